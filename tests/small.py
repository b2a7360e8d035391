"""The small seeds on each engine, built once a file of tests that only reads them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from chinaai.graph.engine.endpoint import Endpoint
from chinaai.graph.store import Store, open_store
from chinaai.loaders.build import build, read_shipped
from faults.running import settings
from fixtures_neo4j import empty

SMALL = Path(__file__).parent / "data" / "small"

#: The small graph, and the variables that lead a command to it.
Small = tuple[Store, dict[str, str]]


@pytest.fixture(scope="module")
def embedded_small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Small]:
    home = tmp_path_factory.mktemp("small")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("NEO4J_URI", raising=False)
        with open_store(home) as store:
            yield _filled(store), {"CHINAAI_HOME": str(home)}


@pytest.fixture(scope="module")
def neo4j_small(request: pytest.FixtureRequest) -> Iterator[Small]:
    endpoint: Endpoint = request.getfixturevalue("neo4j_server")
    empty(endpoint)
    with Store(endpoint) as store:
        yield _filled(store), settings(endpoint)
    empty(endpoint)


@pytest.fixture(scope="module", params=["embedded", "neo4j"])
def small_place(request: pytest.FixtureRequest) -> Small:
    """The small graph on each of the two engines in turn."""
    found: Small = request.getfixturevalue(f"{request.param}_small")
    return found


def _filled(store: Store) -> Store:
    build(store, read_shipped(SMALL), today=date(2026, 11, 24))
    return store
