"""The register of generative-AI services that the Cyberspace Administration of China publishes."""

from .loader import CacLoader
from .lookups import Lookups, read_lookups
from .register import Register, read_register

__all__ = ["CacLoader", "Lookups", "Register", "read_lookups", "read_register"]
