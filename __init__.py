"""A cited, dated knowledge graph of the China AI ecosystem.

import chinaai
with chinaai.connect() as kg:
    for row in kg.partnerships("苹果", as_of="2025-03-01"):
        print(row.partner, row.status, row.sources[0].url)
"""

from __future__ import annotations

from pathlib import Path

from .face import KnowledgeGraph
from .graph.errors import ChinaAIError, StoreError
from .graph.store import open_store
from .queries.params import QueryError

__version__ = "0.1.0"
__all__ = ["ChinaAIError", "KnowledgeGraph", "QueryError", "StoreError", "__version__", "connect"]


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
    return KnowledgeGraph(open_store(home, uri, username, password, database))
