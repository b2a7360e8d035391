"""The registers of algorithms that the Cyberspace Administration of China publishes: synthesis and recommendation."""

from .loader import AlgorithmsLoader

__all__ = ["AlgorithmsLoader"]
