"""One database an engine for the cases of the dialect."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from chinaai.graph.engine.embedded import EmbeddedEngine
from conformance.dialect import Bench
from fixtures_neo4j import empty


@pytest.fixture(scope="module")
def embedded_bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    with EmbeddedEngine(tmp_path_factory.mktemp("bench")) as engine:
        bench = Bench(engine.endpoint)
        yield bench
        bench.close()


@pytest.fixture(scope="module")
def neo4j_bench(request: pytest.FixtureRequest) -> Iterator[Bench]:
    endpoint = request.getfixturevalue("neo4j_server")
    empty(endpoint)
    bench = Bench(endpoint)
    yield bench
    bench.close()
    empty(endpoint)


@pytest.fixture(scope="module", params=["embedded", "neo4j"])
def bench(request: pytest.FixtureRequest) -> Bench:
    """A database that holds the fixture, on each engine in turn."""
    found: Bench = request.getfixturevalue(f"{request.param}_bench")
    return found
