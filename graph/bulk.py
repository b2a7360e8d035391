"""A load of everything at once into an empty Neo4j of this home, by the server's own import tool.

The plan, the gate and what is written are those of any load, and so are the digest and the manifest.
See decisions/0017-loads-in-bulk.md.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import psutil

from . import statements
from .apply import INDEX_SECONDS
from .bulk_files import Files
from .engine.files import unusable
from .engine.local_neo4j import LocalNeo4j
from .errors import StoreError
from .manifest import FIRST_EDGE, KINDS, rules, types_of
from .marks import MARK
from .model import EDGES, NODES
from .plan import LoadError, LoadPlan
from .prints import SIZE, repeated
from .store import Store

_ONLINE = "load it without --bulk"
_START = 'start it: eval "$(chinaai neo4j start)"'


@dataclass(frozen=True)
class Bulk:
    """The local server that takes the load, reached by the store."""

    store: Store
    server: LocalNeo4j
    say: Callable[[str], None]

    @classmethod
    def of(cls, store: Store, home: Path, say: Callable[[str], None]) -> Bulk:
        """Raises LoadError where the store is not the local server of this home."""
        server = LocalNeo4j(home)
        where = store.endpoint.where
        if store.engine != "neo4j":
            raise LoadError("a bulk load needs a Neo4j server, not the embedded engine", where, _START)
        own = server.endpoint()
        if own is None:
            raise LoadError(
                "a bulk load needs the local server of this home, and none runs", str(server.folder), _START
            )
        given, mine = urlsplit(store.endpoint.uri), urlsplit(own.uri)
        same = given.hostname in ("127.0.0.1", "localhost", "::1") and given.port == mine.port
        if not same or store.endpoint.database not in (None, own.database):
            what = f"a bulk load can only go to the local server of this home, {own.uri}"
            raise LoadError(what, where, f"{_ONLINE}, or set NEO4J_URI to that server")
        return cls(store, server, say)

    @property
    def left(self) -> bool:
        """Whether an import stands that was broken off before it was checked; a load of any kind finishes it."""
        return bool(self.store.read(statements.UNCHECKED)[0]["n"])

    def check(self) -> None:
        """Raise LoadError where the database holds anything, or others are connected to it."""
        where = self.store.endpoint.where
        found = self.store.read(statements.ANY_NODE)
        if found:
            what = f"the database is not empty: it holds a node :{':'.join(found[0]['labels'])}"
            raise LoadError(f"a bulk load needs an empty one, and {what}", where, _ONLINE)
        known = {MARK, statements.STATE, *NODES, *EDGES}
        for text in (statements.CONSTRAINTS, statements.SCHEMA):
            for row in self.store.read(text):
                if not (row["name"].startswith("chinaai_") and known.issuperset(row["on"] or ())):
                    what = f"the import would drop '{row['name']}', a constraint or index of somebody else"
                    raise LoadError(what, where, f"drop it, or {_ONLINE}")
        others = self._others()
        if others:
            what = f"the server has to be stopped for the import, and others are connected: {', '.join(others)}"
            raise LoadError(what, where, f"end them, or {_ONLINE}")

    def _others(self) -> list[str]:
        """Connections that are not of this process, as far as they can be told."""
        try:
            own = {link.laddr.port for link in psutil.Process().net_connections()}
            rows = self.store.read(statements.CONNECTIONS)
        except (StoreError, psutil.Error):
            return []
        told = {}
        for row in rows:
            port = str(row["clientAddress"]).rpartition(":")[2]
            if not port.isdigit() or int(port) not in own:
                told[row["clientAddress"]] = f"{row['userAgent']} at {row['clientAddress']}"
        return sorted(told.values())

    def write(self, plans: Sequence[LoadPlan], files: Files, progress: Callable[[str, int], None]) -> list[str]:
        """Write the files of what plans add to an empty database; the import tool's arguments.

        Raises:
            LoadError: two data sets want the same id, or a value can't be written.
            EngineError: the disk is full, or the folder can't be used.
        """
        _once(plans)
        try:
            for plan in plans:
                for written in files.add(plan):
                    progress(plan.dataset, written)
            return files.close()
        except OSError as error:
            raise unusable(files.folder, error) from error

    def take(self, arguments: Sequence[str]) -> None:
        """Import the files. Raises EngineError or LoadError; the database is empty then."""
        endpoint = self.server.import_files(arguments, self.check, self.say)
        self.store.renew(endpoint)

    def finish(self, plans: Sequence[LoadPlan], files: Files) -> None:
        """Make constraints and indexes, and hold the database's own counts against the plan.

        Raises:
            StoreError: they differ; the next load reads the graph.
        """
        store = self.store
        self.say("making constraints and indexes")
        store.prepare(types_of(list(files.counts)), INDEX_SECONDS)
        expected = {KINDS[kind]: number for kind, number in sorted(files.counts.items())} | {"parts": files.parts}
        counted = {KINDS[kind]: _count(store, kind) for kind in sorted(files.counts)}
        counted["parts"] = store.read(statements.UNCHECKED)[0]["n"]
        if counted != expected:
            for plan in plans:
                store.write([(statements.FORGET, {"dataset": plan.dataset})])
            differ = "; ".join(
                f"{name}: {counted[name]}, not {expected[name]}" for name in expected if counted[name] != expected[name]
            )
            raise StoreError(
                f"the database counts otherwise than the import: {differ}",
                store.endpoint.where,
                "load again without --bulk",
            )
        for plan in plans:
            store.write([(statements.ADMITTED, {"dataset": plan.dataset, "rules": rules()})])


def _once(plans: Sequence[LoadPlan]) -> None:
    """Raise LoadError where two data sets want a node of one id, or a relationship of one type and id."""
    surveys = [plan.survey for plan in plans if plan.survey is not None]
    if len(surveys) < 2:
        return
    kinds, keys = (np.concatenate([getattr(one, name) for one in surveys]) for name in ("kinds", "keys"))
    for kind in (None, *np.unique(kinds[kinds >= FIRST_EDGE])):
        double = repeated(keys[kinds < FIRST_EDGE if kind is None else kinds == kind])
        if double:
            mine = [
                (one.element.key, plan.dataset) for plan in plans for one in plan.fresh() if one.entry[:SIZE] in double
            ]
            key, dataset = mine[-1]
            raise LoadError(f"id '{key}' belongs to data set {mine[0][1]}", dataset, "choose another id")


def _count(store: Store, kind: int) -> int:
    name = KINDS[kind].partition(" ")[2]
    text = statements.count_label(name) if kind < FIRST_EDGE else statements.count_edges(name)
    return int(store.read(text)[0]["n"])
