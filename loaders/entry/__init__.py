"""The market-entry seeds: read with positions, check as a whole, turn into nodes and edges."""

from .check import check_entry
from .read import EntrySeeds, read_entry

__all__ = ["EntrySeeds", "check_entry", "read_entry"]
