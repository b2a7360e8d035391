"""What tests share: an empty store on each engine."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from chinaai.graph.engine.embedded import EmbeddedEngine
from chinaai.graph.engine.endpoint import Endpoint
from chinaai.graph.store import Store, open_at_home
from hypothesis import HealthCheck, settings

# An example that takes long on a busy machine is no fault.
settings.register_profile("chinaai", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("chinaai")
pytest_plugins = ["command_lines", "quick", "workers", "fixtures_neo4j", "small", "places", "public_site", "shipped"]


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test touches the user's own graph or server."""
    for name in ("NEO4J_URI", "NEO4J_USERNAME", "NEO4J_PASSWORD", "NEO4J_DATABASE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CHINAAI_HOME", str(tmp_path / "home"))


class Engine:
    """A home whose engine belongs to this process, so that not every test has to start one and make its types."""

    def __init__(self, folders: pytest.TempPathFactory) -> None:
        self._folders, self._held = folders, contextlib.ExitStack()
        self.renew()

    def renew(self) -> None:
        self.close()
        self.home = self._folders.mktemp("engine")
        self._held.enter_context(EmbeddedEngine(self.home))

    def close(self) -> None:
        self._held.close()


@pytest.fixture(scope="session")
def embedded_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = Engine(tmp_path_factory)
    yield engine
    engine.close()


@pytest.fixture
def embedded_store(embedded_engine: Engine) -> Iterator[Store]:
    """An empty graph on the embedded engine."""
    with open_at_home(embedded_engine.home) as store:
        many = store.read("MATCH (n) RETURN count(n) > 2000 AS many")[0]["many"]
        if not many:
            store.write([("MATCH (n) DETACH DELETE n", {})])
    if many:  # to take them out takes longer than to start another
        embedded_engine.renew()
    with open_at_home(embedded_engine.home) as store:
        yield store


@pytest.fixture
def neo4j_store(neo4j_endpoint: Endpoint) -> Iterator[Store]:
    """An empty graph on a real Neo4j server."""
    with Store(neo4j_endpoint) as store:
        yield store


@pytest.fixture(params=["embedded", "neo4j"])
def store(request: pytest.FixtureRequest) -> Store:
    """An empty graph on each of the two engines in turn."""
    found: Store = request.getfixturevalue(f"{request.param}_store")
    return found
