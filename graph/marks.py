"""Names by which the engine knows what is ours. Who runs it imports these alone: the declarations take too long."""

from __future__ import annotations

from collections.abc import Iterable

#: Label that every node of this graph bears; nodes without it in the same database are never ours.
MARK = "ChinaAI"
#: Name of the full-text index over the property `words` of our nodes, on both engines.
INDEX = "chinaai_names"


def own_label(labels: Iterable[str]) -> str:
    """The type among a node's labels, the mark apart."""
    return next((name for name in sorted(labels) if name != MARK), MARK)
