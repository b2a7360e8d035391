"""Market entry: facts of a case from the graph, the answer, partners and precedents."""

from .rows import EntryAnswer

__all__ = ["EntryAnswer"]
