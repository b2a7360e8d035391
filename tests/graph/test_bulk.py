"""A load at once into an empty local server leaves what any load leaves; a kill at any moment leaves nothing half."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from chinaai.graph.bulk import Bulk
from chinaai.graph.bulk_files import Files
from chinaai.graph.digest import Status, status, told
from chinaai.graph.elements import Batch, Edge, Node
from chinaai.graph.engine.conf import Memory
from chinaai.graph.engine.endpoint import Endpoint
from chinaai.graph.engine.local_neo4j import LocalNeo4j
from chinaai.graph.errors import ChinaAIError, StoreError
from chinaai.graph.export.cells import CSV_TYPES
from chinaai.graph.plan import Fresh, LoadError
from chinaai.graph.problems import InputError
from chinaai.graph.store import Store, open_store
from chinaai.loaders.base import Loaded, LoadResult, load
from chinaai.loaders.bulk import load_at_once, ready
from command_lines import bearing
from faults import test_streamed as made
from faults.running import chinaai, settings
from faults.seedfolders import write_seeds
from fixtures_neo4j import empty, started

pytestmark = pytest.mark.slow

TODAY = date(2026, 11, 28)
EVIDENCE = {"status": "reported", "confidence": 0.1 + 0.2, "weak": False, "sources": ["a-page"]}
#: Texts that a file of columns may spoil.
TEXTS = [
    "", " ", "a,b;c|d", 'said "so", he said ""', "first\nsecond\r\nthird\r\n", "\n", "深度求索（杭州）𠮷 😀 é \u2028",
    "\\n \\", "'", "=1+1", "true", "12", "2025-02-13", "null", "\t tab ", '"', '""', ",",
]  # fmt: skip
#: One longer than the import tool's buffer is by itself; it takes long over it.
LONG = "长文 long, text\n" * 200_000


@pytest.fixture(scope="module")
def server(neo4j_server: Endpoint, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalNeo4j]:
    """A server of our own, for it is stopped and started; the shared one proves that it can be had."""
    found = LocalNeo4j(tmp_path_factory.mktemp("a home, 图"))
    found.start(memory=Memory("512m", "32m"))
    yield found
    found.stop()


@pytest.fixture
def running(server: LocalNeo4j) -> Endpoint:
    """Its address, with nothing in its database."""
    endpoint = started(server)
    empty(endpoint)
    return endpoint


def at_once(server: LocalNeo4j, store: Store, *items: Loaded, **options: bool) -> dict[str, LoadResult]:
    bulk = ready(Bulk.of(store, server.folder.parent, lambda _: None))
    assert bulk is not None
    return load_at_once(bulk, [(item.wanted.dataset, item) for item in items], **options)


def odd(*more: str) -> Batch:
    """Facts with odd texts, lists, dates and numbers; two are parallel."""
    texts = [*TEXTS, *more]
    page = {"name": "A page", "publisher": "Paper", "kind": "news", "licence": "unknown"}
    nodes = [Node("Source", "a-page", page)]
    nodes += [Node("Company", f"c{n}", {"name": f"Company {n}", "note": text}) for n, text in enumerate(texts)]
    nodes.append(Node("Company", "lists", {"name": "Lists", "hub_names": ["a", "", 'b"', "c,d", "e\nf", "中文"]}))
    nodes.append(Node("Company", "bare", {"name": "Bare"}))
    ends = ("Company", "c1"), ("Company", "c2")
    days = {"known_from": date(1, 1, 1), "valid_to": date(9999, 12, 31)}
    edges = [Edge("PARTNERS_WITH", f"f{n}", *ends, {**EVIDENCE, "scope": text}) for n, text in enumerate(TEXTS[1:])]
    edges.append(Edge("PARTNERS_WITH", "days", *ends, {**EVIDENCE, **days, "confidence": 1e-07, "weak": True}))
    return Batch("odd", nodes, edges)


def online(home: Path, *items: Loaded) -> Status:
    """What the same loads leave elsewhere, one by one."""
    with open_store(home) as store:
        for item in items:
            load(store, item, today=TODAY)
        return status(store)


def same(found: Status | None, wanted: Status) -> bool:
    assert found is not None
    return (found.digest, found.counts, found.altered) == (wanted.digest, wanted.counts, [])


def test_it_leaves_what_any_load_leaves(server: LocalNeo4j, running: Endpoint, tmp_path: Path) -> None:
    items = [Loaded(Batch("made"), stream=made.stream()), Loaded(Batch("own", [Node("Company", "x", {"name": "X"})]))]
    wanted = online(tmp_path, *items)
    with Store(running) as store:
        results = at_once(server, store, *items)
        assert {name: result.counts()["added"] for name, result in results.items()} == {"made": 1600, "own": 1}
        assert wanted.relationships == made.EDGES  # the parallel ones all there
        assert same(status(store), wanted) and same(told(store), wanted)
        assert all(load(store, item, today=TODAY).plan.empty for item in items)
        names = {row["name"] for row in store.read("SHOW INDEXES YIELD name")}
        assert {"chinaai_id", "chinaai_state", "chinaai_supplies", "chinaai_names"} <= names
        with pytest.raises(LoadError, match=r"the database is not empty: it holds a node :.*; load it without --bulk"):
            at_once(server, store, *items)
    assert not server.importing.files.exists()


def test_after_an_import_that_failed_odd_values_arrive_as_they_are(
    server: LocalNeo4j, running: Endpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = online(tmp_path, Loaded(odd(LONG)))
    with Store(running) as store:
        monkeypatch.setattr("chinaai.graph.bulk_files.CSV_TYPES", {**CSV_TYPES, "string": "date"})
        with pytest.raises(StoreError, match="the import failed: "):
            at_once(server, store, Loaded(odd()))
    monkeypatch.undo()
    with Store(started(server)) as store:
        assert store.read("MATCH (n) RETURN n") == []
        at_once(server, store, Loaded(odd(LONG)))
        assert same(status(store), wanted)
        rows = store.read("MATCH (n:Company) WHERE n.id STARTS WITH 'c' RETURN n.id AS id, n.note AS note")
        assert {row["id"]: row["note"] for row in rows} == {f"c{n}": text for n, text in enumerate([*TEXTS, LONG])}
        assert load(store, Loaded(odd(LONG)), today=TODAY, full=True).plan.empty


def test_the_commands(server: LocalNeo4j, running: Endpoint, tmp_path: Path) -> None:
    seeds = str(write_seeds(tmp_path / "seeds", facts=60))
    there = {**settings(running), "CHINAAI_HOME": str(server.folder.parent)}
    dry = chinaai("build", "--seeds", seeds, "--bulk", "--dry-run", "--json", **there)
    done = chinaai("build", "--seeds", seeds, "--bulk", "--json", **there)
    assert (done.returncode, json.loads(done.stdout)) == (0, json.loads(dry.stdout)), done.stderr
    again = chinaai("build", "--seeds", seeds, "--bulk", "--json", **there)
    assert json.loads(again.stdout) == {
        "added": 0,
        "changed": 0,
        "closed": 0,
        "unchanged": json.loads(done.stdout)["added"],
    }
    digests = [chinaai("status", "--deep", "--json", **there).stdout]
    elsewhere = {"CHINAAI_HOME": str(tmp_path / "home")}
    chinaai("build", "--seeds", seeds, **elsewhere)
    digests.append(chinaai("status", "--deep", "--json", **elsewhere).stdout)
    assert len({json.loads(text)["digest"] for text in digests}) == 1
    assert bearing([running.password], words="database import full") == []


def test_what_the_gate_refuses_leaves_the_server_alone(server: LocalNeo4j, running: Endpoint) -> None:
    before = server.status()
    wrong = Batch("made", [Node("Company", "c1", {"name": "One"})])
    wrong.edges = [Edge("PARTNERS_WITH", "f1", ("Company", "c1"), ("Company", "c2"), {})]
    listed = Batch("made", [Node("Company", "c1", {"name": "One", "hub_names": [""]})])
    mine = Batch("mine", [Node("Company", "c1", {"name": "One"})])
    with Store(running) as store:
        with pytest.raises(InputError):
            at_once(server, store, Loaded(wrong))
        with pytest.raises(LoadError, match=r"'c1' can't be written for the import: .*; load it without --bulk"):
            at_once(server, store, Loaded(listed))
        with pytest.raises(LoadError, match=r"id 'c1' belongs to data set mine \(yours\)"):
            at_once(server, store, Loaded(mine), Loaded(Batch("yours", mine.nodes)))
        assert store.read("MATCH (n) WHERE NOT n:ChinaAITurn RETURN n") == []
    assert server.status() == before and not server.importing.files.exists()


def test_only_an_empty_database_of_this_home_is_taken(
    server: LocalNeo4j, running: Endpoint, neo4j_server: Endpoint, embedded_store: Store
) -> None:
    home = server.folder.parent
    with pytest.raises(LoadError, match=r"a bulk load needs a Neo4j server, not the embedded engine .*neo4j start"):
        Bulk.of(embedded_store, home, print)
    with Store(neo4j_server) as other:
        with pytest.raises(LoadError, match="a bulk load can only go to the local server of this home, bolt://127"):
            Bulk.of(other, home, print)
        with pytest.raises(LoadError, match="needs the local server of this home, and none runs"):
            Bulk.of(other, home / "elsewhere", print)
    with Store(running) as store:
        bulk = Bulk.of(store, home, print)
        store.write([("CREATE INDEX theirs FOR (n:Theirs) ON (n.name)", {})])
        with pytest.raises(LoadError, match="would drop 'theirs', a constraint or index of somebody else"):
            ready(bulk)
        store.write([("DROP INDEX theirs", {})])
        store.write([("CREATE (:Theirs)", {})])
        with pytest.raises(LoadError, match="it holds a node :Theirs"):
            ready(bulk)
        store.write([("MATCH (n:Theirs) DELETE n", {})])
        with _connected(running), pytest.raises(LoadError, match="others are connected: somebody at 127"):
            ready(bulk)
        assert ready(bulk) is bulk


def _connected(endpoint: Endpoint) -> subprocess.Popen[bytes]:
    """Another process that is connected."""
    text = (
        "import os, neo4j; d = neo4j.GraphDatabase.driver(os.environ['NEO4J_URI'], user_agent='somebody', "
        "auth=('neo4j', os.environ['NEO4J_PASSWORD'])); d.verify_connectivity(); print('in', flush=True); input()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", text], env={**os.environ, **settings(endpoint)}, stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )  # fmt: skip
    assert other.stdout is not None and other.stdout.readline()
    return other


def test_counts_that_differ_are_told_and_the_next_load_mends(
    server: LocalNeo4j, running: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store(running) as store:
        whole = Files._element

        def without_f3(files: Files, one: Fresh, dataset: str) -> None:
            if one.element.key != "f3":
                whole(files, one, dataset)

        monkeypatch.setattr(Files, "_element", without_f3)
        with pytest.raises(StoreError, match=r"edge PARTNERS_WITH: \d+, not \d+.*load again without --bulk"):
            at_once(server, store, Loaded(odd()))
        monkeypatch.undo()
        assert load(store, Loaded(odd()), today=TODAY).counts()["added"] == 1
        found = told(store)
        assert found == status(store) and found is not None and found.relationships == len(TEXTS)


#: Kills itself before or after a step of a load at once, and some seconds later.
_KILLED = """
import os, signal, sys, threading, time
from pathlib import Path
from chinaai.cli.main import _import_driver
_import_driver()
from chinaai.graph.bulk import Bulk
from chinaai.graph.bulk_files import Files
from chinaai.graph.engine.importing import Importing
from chinaai.graph.engine.local_neo4j import LocalNeo4j
from chinaai.graph.elements import Batch
from chinaai.graph.store import Store
from chinaai.loaders.base import Loaded
from chinaai.loaders.bulk import load_at_once
from faults.test_streamed import stream

home, name, when, delay = Path(sys.argv[1]), sys.argv[2], sys.argv[3], float(sys.argv[4])

def die():
    os.kill(os.getpid(), signal.SIGKILL)

def hit():
    die() if delay == 0 else threading.Timer(delay, die).start()

holder, attribute = name.split(".")
holder = globals()[holder]
whole = getattr(holder, attribute)

def step(*args, **options):
    if when == "before":
        hit()
    found = whole(*args, **options)
    if when == "after":
        hit()
    return found

server = LocalNeo4j(home)
with Store(server.endpoint()) as store:
    bulk = Bulk.of(store, home, print)
    bulk.check()
    setattr(holder, attribute, step)
    load_at_once(bulk, [("made", Loaded(Batch("made"), stream=stream()))])
    time.sleep(delay)
"""
#: Steps in their order, before or after which the load is killed at once.
STEPS = [
    ("Files.close", "before"), ("Files.close", "after"), ("LocalNeo4j.import_files", "before"),
    ("LocalNeo4j._end", "before"), ("LocalNeo4j._end", "after"), ("Importing.begin", "before"),
    ("Importing.begin", "after"), ("Importing.end", "before"), ("Importing.end", "after"),
    ("LocalNeo4j._spawn", "after"), ("Store.renew", "before"), ("Store.renew", "after"),
    ("Store.prepare", "before"), ("Store.prepare", "after"), ("Bulk.finish", "after"),
]  # fmt: skip
MOMENTS = [(*step, 0.0) for step in STEPS]
#: And some time after the beginning of the three that take long: the tool, the start, the indexes.
_DRAWN = random.Random(15)
MOMENTS += [("Importing.begin", "after", _DRAWN.uniform(0.1, 8)) for _ in range(20)]
MOMENTS += [("Importing.end", "after", _DRAWN.uniform(0.1, 10)) for _ in range(9)]
MOMENTS += [("Store.prepare", "before", _DRAWN.uniform(0.01, 1.5)) for _ in range(6)]
DAILY = [("Importing.begin", "after", 2.0), ("LocalNeo4j._spawn", "after", 0.0)]


@pytest.fixture(scope="module")
def wanted(tmp_path_factory: pytest.TempPathFactory) -> Status:
    """What an uninterrupted load leaves."""
    return online(tmp_path_factory.mktemp("whole"), _stream())


def _stream() -> Loaded:
    return Loaded(Batch("made"), stream=made.stream())


@pytest.mark.skipif(os.name == "nt", reason="there is no such signal")
@pytest.mark.parametrize(
    ("step", "when", "delay"), [*DAILY, *(pytest.param(*one, marks=pytest.mark.nightly) for one in MOMENTS)]
)
def test_killed_at_any_moment_the_next_run_ends_the_same(
    server: LocalNeo4j, running: Endpoint, wanted: Status, step: str, when: str, delay: float
) -> None:
    paths = os.pathsep.join([str(Path(__file__).parents[1]), *filter(None, [os.environ.get("PYTHONPATH")])])
    command = [sys.executable, "-c", _KILLED, str(server.folder.parent), step, when, str(delay)]
    done = subprocess.run(command, env={**os.environ, "PYTHONPATH": paths}, capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL or (delay and done.returncode == 0), done.stderr
    with Store(started(server)) as store:
        stands = store.read("MATCH (n:ChinaAI) RETURN count(n) AS n")[0]["n"]
        assert stands in (0, made.NODES)  # nothing half
        bulk = ready(Bulk.of(store, server.folder.parent, print)) if not stands else None
        if bulk is not None and not delay:
            load_at_once(bulk, [("made", _stream())])
        else:
            load(store, _stream(), today=TODAY)
        assert same(status(store), wanted) and same(told(store), wanted)
        assert load(store, _stream(), today=TODAY).plan.empty
        names = {row["name"] for row in store.read("SHOW INDEXES YIELD name")}
        assert {"chinaai_id", "chinaai_state", "chinaai_supplies", "chinaai_names"} <= names


def test_a_note_of_an_import_clears_nothing_that_was_written_after_a_start(
    server: LocalNeo4j, running: Endpoint
) -> None:
    """The note is looked for at each start, so none can stand beside a database that somebody wrote to."""
    server.stop()
    server.importing.begin()
    with Store(started(server)) as store:
        assert store.read("MATCH (n) RETURN n") == []
        store.write([("CREATE (:Theirs)", {})])
    server.stop()
    with Store(started(server)) as store:
        assert store.read("MATCH (n) RETURN labels(n) AS labels") == [{"labels": ["Theirs"]}]


def test_two_at_once_are_told_apart(server: LocalNeo4j) -> None:
    with LocalNeo4j(server.folder.parent).importing.working():
        with pytest.raises(ChinaAIError, match="another bulk load is under way"), server.importing.working():
            pass
        server.importing.sweep()
        assert server.importing.files.exists()
    assert not server.importing.files.exists()
