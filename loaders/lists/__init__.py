"""Control lists of the United States and China: members by edition, joined to companies by reviewed lines."""

from .loader import ChinaListsLoader, ListsLoader

__all__ = ["ChinaListsLoader", "ListsLoader"]
