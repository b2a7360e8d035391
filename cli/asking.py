"""A connection for one command, and what the user should know about how names were read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..face import KnowledgeGraph
from ..graph.home import home_folder
from ..graph.store import open_store
from ..queries.answers import counted
from ..queries.names import EMPTY
from ..queries.params import QueryError
from . import output


@contextmanager
def asking(home: Path | None, known: str | None = None) -> Iterator[KnowledgeGraph]:
    """The graph of a home folder or server; at the end, remarks about names go to stderr.

    Args:
        known: the graph as it was known on that day.
    """
    if known is None and not os.environ.get("NEO4J_URI", "").strip() and not home_folder(home).exists():
        raise QueryError(EMPTY[0], str(home_folder(home)), EMPTY[1])  # a folder would be made of a slip of the pen
    with KnowledgeGraph(open_store(home), home=home) as kg:
        asked = kg if known is None else kg.as_known(known, output.note)
        yield asked
        for told in asked.lookup.told:
            output.note(told)


def tell_cut(shown: int) -> None:
    """Say on stderr that there are more rows than were printed."""
    output.note(f"cut at {counted(shown)}; there are more (--limit)")
