"""A connection for one command, and what the user should know about how names were read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..face import KnowledgeGraph
from ..graph.store import open_store
from . import output


@contextmanager
def asking(home: Path | None, known: str | None = None) -> Iterator[KnowledgeGraph]:
    """The graph of a home folder or server; at the end, remarks about names go to stderr.

    Args:
        known: the graph as it was known on that day.
    """
    with KnowledgeGraph(open_store(home), home=home) as kg:
        asked = kg if known is None else kg.as_known(known, output.note)
        yield asked
        for told in asked.lookup.told:
            output.note(told)


def tell_cut(shown: int) -> None:
    """Say on stderr that there are more rows than were printed."""
    output.note(f"cut at {shown} rows; there are more (--limit)")
