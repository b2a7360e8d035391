"""The whole shipped graph, built once a run on each engine; read-only for tests."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from chinaai.graph.engine.endpoint import Endpoint
from chinaai.graph.store import Store, open_store
from chinaai.loaders.build import Shipped, build, read_shipped
from chinaai.queries.api import KnowledgeGraph
from fixtures_neo4j import empty

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="session")
def shipped() -> Shipped:
    """Everything under seeds/, read and checked."""
    return read_shipped(today=TODAY)


@pytest.fixture(scope="session")
def embedded_shipped(tmp_path_factory: pytest.TempPathFactory, shipped: Shipped) -> Iterator[Store]:
    """The shipped graph on the embedded engine."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("NEO4J_URI", raising=False)
        with open_store(tmp_path_factory.mktemp("shipped")) as store:
            build(store, shipped, today=TODAY)
            yield store


@pytest.fixture
def neo4j_shipped(neo4j_server: Endpoint, shipped: Shipped) -> Iterator[Store]:
    """The shipped graph on Neo4j; other tests empty the one database, so it is built again where it is gone."""
    wanted = sum(len(loaded.batch.nodes) for _, loaded in shipped.loaded)
    with Store(neo4j_server) as store:
        rows = store.read("MATCH (n:ChinaAI) WHERE n.retired IS NULL RETURN count(n) AS n")
        others = store.read("MATCH (n) WHERE NOT n:ChinaAI AND NOT n:ChinaAIState RETURN count(n) AS n")
        if rows[0]["n"] != wanted or others[0]["n"]:
            empty(neo4j_server)
            build(store, shipped, today=TODAY)
        yield store


@pytest.fixture(params=["embedded", "neo4j"])
def kg(request: pytest.FixtureRequest) -> KnowledgeGraph:
    """Questions over the shipped graph on each of the two engines."""
    return KnowledgeGraph(request.getfixturevalue(f"{request.param}_shipped"))
