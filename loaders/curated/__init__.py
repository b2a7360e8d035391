"""The curated facts in seeds/: read, check, resolve, and turn into nodes and edges."""

from .check import check_seeds
from .elements import curated_batch
from .read import Seeds, read_seeds

__all__ = ["Seeds", "check_seeds", "curated_batch", "read_seeds"]
