"""The market-entry seeds: read with positions, check as a whole, turn into nodes and edges."""

from .read import EntrySeeds, read_entry

__all__ = ["EntrySeeds", "read_entry"]
