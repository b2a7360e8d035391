"""A connection for one command, and what the user should know about how names were read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..face import KnowledgeGraph
from ..graph.store import open_store
from . import output


@contextmanager
def asking(home: Path | None) -> Iterator[KnowledgeGraph]:
    """The graph of a home folder or server; at the end, remarks about names go to stderr."""
    with KnowledgeGraph(open_store(home)) as kg:
        yield kg
        for told in kg.lookup.told:
            output.note(told)


def tell_cut(shown: int) -> None:
    """Say on stderr that there are more rows than were printed."""
    output.note(f"cut at {shown} rows; there are more (--limit)")
