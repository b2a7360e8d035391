"""Market-entry paths: which are open, what each needs, in which order, how long, and what stands against."""

from .planner import entry_paths
from .rows import EntryAnswer, EntryPath, EntryStep

__all__ = ["EntryAnswer", "EntryPath", "EntryStep", "entry_paths"]
