"""The whole shipped graph, built once a run on each engine, whatever the number of its processes.

Nobody may write it. A test that changes it takes `shipped_copy`, a copy of its own.
"""

from __future__ import annotations

import functools
import pickle
import shutil
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from chinaai.face import KnowledgeGraph
from chinaai.graph.engine.embedded import EmbeddedEngine, stop_embedded
from chinaai.graph.engine.endpoint import Endpoint
from chinaai.graph.engine.local_neo4j import LocalNeo4j
from chinaai.graph.problems import Problem
from chinaai.graph.store import Counters, Store
from chinaai.loaders import yaml_reader
from chinaai.loaders.build import Shipped, build, read_shipped
from chinaai.queries.entry import EntryAnswer
from filelock import FileLock
from fixtures_neo4j import started
from workers import Run

TODAY = date(2026, 11, 24)


class ReadStore(Store):
    """A store that many tests share: none may write, and what one has read needs no second reading for another.

    An engine is asked every question once a process with the same words. Half of a run's time went into asking it
    again for what can't have changed.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        super().__init__(endpoint)
        self._told: dict[tuple[str, str], bytes] = {}

    def read(self, text: str, /, **params: Any) -> list[dict[str, Any]]:
        asked = text, repr(sorted(params.items()))
        if asked not in self._told:
            self._told[asked] = pickle.dumps(super().read(text, **params), pickle.HIGHEST_PROTOCOL)
        rows: list[dict[str, Any]] = pickle.loads(self._told[asked])  # each takes rows of its own
        return rows

    def write(self, steps: Iterable[tuple[str, Mapping[str, Any]]]) -> Counters:
        raise AssertionError("the shipped graph belongs to all tests; take the fixture shipped_copy to change it")


class Remembering(KnowledgeGraph):
    """Questions of which the long ones are worked out once a run for the same words; nobody changes an answer."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._told: dict[str, EntryAnswer] = {}

    def market_entry_paths(self, *words: Any, **options: Any) -> EntryAnswer:
        asked = repr((words, sorted(options.items())))
        if asked not in self._told:
            self._told[asked] = super().market_entry_paths(*words, **options)
        return self._told[asked]


@pytest.fixture(scope="session", autouse=True)
def files_read_once() -> Iterator[None]:
    """Texts of YAML that many tests read are parsed once a process; nobody changes a block."""
    held = functools.lru_cache(maxsize=400)(yaml_reader.compose)

    def compose(text: str, name: str) -> tuple[yaml_reader.Block | None, list[Problem]]:
        block, problems = held(text, name)
        return block, list(problems)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(yaml_reader, "compose", compose)
        yield


@pytest.fixture(scope="session")
def shipped(run: Run) -> Shipped:
    """Everything under seeds/, read and checked, once a run."""
    kept = run.folder / "shipped.pickle"
    with FileLock(f"{kept}.lock"):
        if not kept.exists():
            kept.write_bytes(pickle.dumps(read_shipped(today=TODAY)))
    found: Shipped = pickle.loads(kept.read_bytes())
    return found


@pytest.fixture(scope="session")
def shipped_home(run: Run, request: pytest.FixtureRequest) -> Path:
    """A home folder with the shipped graph on the embedded engine, which nobody has open. Copy it."""
    home, built = run.folder / "shipped-embedded", run.folder / "shipped-embedded.done"
    with FileLock(run.folder / "shipped-embedded.lock"):
        if not built.exists():
            shutil.rmtree(home, ignore_errors=True)
            with EmbeddedEngine(home) as engine, Store(engine.endpoint) as store:
                build(store, request.getfixturevalue("shipped"), today=TODAY)
            stop_embedded(home)
            built.touch()
    return home


@pytest.fixture
def shipped_copy(shipped_home: Path, tmp_path: Path) -> Path:
    """A home folder with the shipped graph, for one test to do with as it likes."""
    return Path(shutil.copytree(shipped_home, tmp_path / "shipped"))


@pytest.fixture(scope="session")
def embedded_shipped(shipped_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The shipped graph on the embedded engine; read-only."""
    home = Path(shutil.copytree(shipped_home, tmp_path_factory.mktemp("shipped") / "home"))
    with EmbeddedEngine(home) as engine, ReadStore(engine.endpoint) as store:
        yield store


@pytest.fixture(scope="session")
def neo4j_shipped(run: Run, request: pytest.FixtureRequest) -> Iterator[Store]:
    """The shipped graph on a Neo4j server that serves all processes of the run; read-only."""
    server, built = LocalNeo4j(run.folder / "shipped-neo4j"), run.folder / "shipped-neo4j.done"
    with FileLock(run.folder / "shipped-neo4j.lock"):
        endpoint = started(server)
        if not built.exists():
            _fill(endpoint, request.getfixturevalue("shipped"))
            built.touch()
    with ReadStore(endpoint) as store:
        yield store


def _fill(endpoint: Endpoint, shipped: Shipped) -> None:
    with Store(endpoint) as store:
        build(store, shipped, today=TODAY)


@pytest.fixture(params=["embedded", "neo4j"])
def kg(request: pytest.FixtureRequest, run: Run) -> KnowledgeGraph:
    """Questions over the shipped graph on each of the two engines."""
    store: Store = request.getfixturevalue(f"{request.param}_shipped")
    return _asked(store)


@functools.cache
def _asked(store: Store) -> KnowledgeGraph:
    return Remembering(store)
