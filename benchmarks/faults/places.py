"""Where the graph of a try lives: a home folder of its own, or a server that is emptied for it."""

from __future__ import annotations

import contextlib
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from chinaai.graph.digest import status
from chinaai.graph.engine.embedded import stop_embedded
from chinaai.graph.engine.endpoint import Endpoint
from chinaai.graph.engine.files import read_private
from chinaai.graph.engine.local_neo4j import LocalNeo4j
from chinaai.graph.store import Store, open_store

_EMPTY = "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS"


@dataclass
class Standing:
    """What stands: digest, altered elements, and how often each id does."""

    digest: str
    altered: list[str]
    ids: Counter[str]


class Place:
    """An engine for tries, one after the other.

    Args:
        engine: `embedded` or `neo4j`.
        folder: for homes, or for the server.
    """

    def __init__(self, engine: str, folder: Path, server: LocalNeo4j | None) -> None:
        self.engine, self._folder, self._server = engine, folder, server
        self._home = folder / "home"
        self._kept: Path | None = None
        self.endpoint: Endpoint | None = server.start() if server else None

    @property
    def variables(self) -> dict[str, str]:
        """The environment that leads a command here."""
        return self.lead(self.endpoint.uri) if self.endpoint else {"CHINAAI_HOME": str(self._home), **_NO_SERVER}

    def lead(self, uri: str) -> dict[str, str]:
        """The same by another address."""
        if self.endpoint is None:
            return self.variables
        account = {"NEO4J_USERNAME": self.endpoint.username, "NEO4J_PASSWORD": self.endpoint.password}
        return {"NEO4J_URI": uri, "NEO4J_DATABASE": self.endpoint.database or "", **account}

    def clear(self) -> None:
        """Begin with nothing."""
        if self.engine == "embedded":
            stop_embedded(self._home)
            shutil.rmtree(self._home, ignore_errors=True)
            return
        with self.open() as store, store.session() as session:
            session.run(_EMPTY).consume()

    def keep(self) -> None:
        """Keep what stands, so that `again` puts it back; on a server that is for the caller to do."""
        if self.engine == "embedded":
            stop_embedded(self._home)
            self._kept = self._folder / "kept"
            shutil.copytree(self._home, self._kept)

    def again(self) -> bool:
        """Put back what was kept; False where there is nothing but to load it."""
        self.clear()
        if self._kept is None:
            return False
        shutil.copytree(self._kept, self._home)
        return True

    def open(self) -> Store:
        """A connection."""
        return Store(self.endpoint) if self.endpoint else open_store(self._home)

    def standing(self) -> Standing:
        """Read everything."""
        with self.open() as store:
            found = status(store)
            nodes = store.read("MATCH (n:ChinaAI) WHERE n.dataset IS NOT NULL RETURN n.id AS id")
            edges = store.read("MATCH (:ChinaAI)-[r]->(:ChinaAI) WHERE r.hash IS NOT NULL RETURN r.fact_id AS id")
            return Standing(found.digest, found.altered, Counter(str(row["id"]) for row in [*nodes, *edges]))

    def kill_engine(self) -> None:
        """The engine, as a power cut would end it."""
        if self.engine == "embedded":
            note = read_private(self._home / "embedded" / "engine.json")
            pid = note.get("pid") if note else None
        else:
            assert self._server is not None
            pid = self._server.status().pid
        if pid:
            with contextlib.suppress(psutil.Error):
                process = psutil.Process(pid)
                process.kill()
                process.wait(60)

    def revive(self) -> None:
        """Start the server anew; the embedded engine is started by whoever needs it."""
        if self._server is not None:
            self.endpoint = self._server.start()


_NO_SERVER = {"NEO4J_URI": "", "CHINAAI_ENGINE_KEEP": "5"}


@contextmanager
def place(engine: str, folder: Path) -> Iterator[Place]:
    """A place that is gone at the end."""
    folder.mkdir(parents=True, exist_ok=True)
    server = LocalNeo4j(folder / "server") if engine == "neo4j" else None
    found = None
    try:
        found = Place(engine, folder, server)
        yield found
    finally:
        if server is not None:
            server.stop()
        elif found is not None:
            found.clear()
