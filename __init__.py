"""A cited, dated knowledge graph of the China AI ecosystem.

import chinaai
with chinaai.connect() as kg:
    for row in kg.partnerships("苹果", as_of="2025-03-01"):
        print(row.partner, row.status, row.sources[0].url)
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .face import KnowledgeGraph
    from .graph.errors import ChinaAIError, StoreError
    from .queries.params import QueryError

__version__ = "0.1.0"
__all__ = ["ChinaAIError", "KnowledgeGraph", "QueryError", "StoreError", "__version__", "connect"]
#: Names of the face by module, imported at first use: whoever runs the engine alone need not pay for them.
_LATE = {
    "KnowledgeGraph": ".face",
    "ChinaAIError": ".graph.errors",
    "StoreError": ".graph.errors",
    "QueryError": ".queries.params",
}


def __getattr__(name: str) -> Any:
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_LATE[name], __name__), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_LATE})


def connect(
    home: Path | str | None = None, *, uri: str | None = None, username: str | None = None,
    password: str | None = None, database: str | None = None,
) -> KnowledgeGraph:  # fmt: skip
    """Open the graph: a Neo4j server by address, or the embedded engine.

    Args:
        home: folder of the embedded graph; CHINAAI_HOME or the user's data folder by default.
        uri: address such as bolt://host:7687 or neo4j+s://…; NEO4J_URI by default.
        username, password, database: NEO4J_USERNAME, NEO4J_PASSWORD, NEO4J_DATABASE by default.
    Raises:
        StoreError: the server or engine can't be used; the message says what, where and what to do.
    """
    from .face import KnowledgeGraph
    from .graph.store import open_store
    from .queries.params import TEXT, converted, path_of

    for name, value in (("uri", uri), ("username", username), ("password", password), ("database", database)):
        if value is not None:
            converted(name, TEXT, value)
    folder = None if home is None else path_of("home", home)
    return KnowledgeGraph(open_store(folder, uri, username, password, database))
