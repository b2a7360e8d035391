"""A cited, dated knowledge graph of the China AI ecosystem."""

from __future__ import annotations

__version__ = "0.1.0"
