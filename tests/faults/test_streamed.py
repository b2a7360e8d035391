"""A streamed load that is killed again and again ends as one that was not."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from chinaai.graph.digest import status, told
from chinaai.graph.elements import Batch, Edge, Node, Stream
from chinaai.graph.store import Store, open_store
from chinaai.loaders.base import Loaded, load
from faults.running import PATIENCE
from places import Place

pytestmark = pytest.mark.slow

#: Facts of a stream, rows of a transaction, and how often the load is killed: 160 transactions, two or three a life.
NODES, EDGES, ROWS, KILLS = 400, 1200, 10, 6
TODAY = date(2026, 11, 28)
#: Loads the stream, and is killed somewhere in its second transaction, or just before or after.
_KILLED = """
import os, random, signal, sys, threading
from chinaai.cli.main import _import_driver
_import_driver()
from chinaai.graph import apply
from chinaai.graph.store import Store, open_store
from faults.test_streamed import NODES, ROWS, TODAY, stream
from chinaai.graph.elements import Batch
from chinaai.loaders.base import Loaded, load

seed = int(sys.argv[1])
apply.BATCH, apply.WAITING, apply.MANY = ROWS, 4 * ROWS, NODES  # the first life would make the indexes at its end
write, done = Store.write, 0

def counted(self, *args):
    global done
    done += 1
    if done == 3:
        threading.Timer(random.Random(seed).random() * 0.03, os.kill, (os.getpid(), signal.SIGKILL)).start()
    return write(self, *args)

Store.write = counted
with open_store() as store:
    load(store, Loaded(Batch("made"), stream=stream()), today=TODAY)
"""


def stream() -> Stream:
    """Companies, and facts between them of which every tenth has a parallel one."""
    evidence = {"status": "reported", "confidence": 0.4, "weak": False, "sources": ["a-page"]}

    def nodes() -> list[Node]:
        page = {"name": "A page", "publisher": "Paper", "kind": "news", "licence": "unknown"}
        companies = [Node("Company", f"c{n}", {"name": f"Company {n}"}) for n in range(NODES - 1)]
        return [Node("Source", "a-page", page), *companies]

    def edges() -> list[Edge]:
        drawn, found = random.Random(2), []
        for number in range(EDGES):
            if number % 10 != 9:
                ends = [("Company", f"c{n}") for n in drawn.sample(range(NODES - 1), 2)]  # a tie is between two
            kind = ("PARTNERS_WITH", "SUPPLIES", "INVESTED_IN")[number // 10 % 3]
            found.append(Edge(kind, f"f{number}", ends[0], ends[1], evidence))
        return found

    return Stream("made", nodes, edges)


def indexes(store: Store) -> set[str]:
    """Names of our constraints and indexes on a Neo4j server."""
    rows = store.read("SHOW INDEXES YIELD name") if store.engine == "neo4j" else []
    return {row["name"] for row in rows if row["name"].startswith("chinaai_")}


@pytest.mark.parametrize("kills", [KILLS, pytest.param(50, marks=pytest.mark.nightly)])
def test_a_streamed_load_killed_again_and_again(place: Place, tmp_path: Path, kills: int) -> None:
    with open_store(tmp_path / "whole") as store:
        load(store, Loaded(Batch("made"), stream=stream()), today=TODAY)
        wanted = status(store)
    assert (wanted.nodes, wanted.relationships) == (NODES, EDGES)
    paths = os.pathsep.join([str(Path(__file__).parents[1]), *filter(None, [os.environ.get("PYTHONPATH")])])
    environment = {**os.environ, **place.variables, "PYTHONPATH": paths}
    died = 0
    with place.open() as store:
        for name in indexes(store):
            store.write([(f"DROP CONSTRAINT {name} IF EXISTS", {}), (f"DROP INDEX {name} IF EXISTS", {})])
    for moment in range(kills):
        command = [sys.executable, "-c", _KILLED, str(moment)]
        done = subprocess.run(command, env=environment, capture_output=True, timeout=PATIENCE, check=False)
        assert done.returncode in (0, -signal.SIGKILL), done.stderr
        died += done.returncode != 0
        with place.open() as store:
            assert told(store) == status(store)  # what is there, and what the manifest says, at any moment
    assert died >= min(kills, 6)
    with place.open() as store:
        load(store, Loaded(Batch("made"), stream=stream()), today=TODAY)
        found = status(store)
        assert (found.digest, found.counts, found.altered) == (wanted.digest, wanted.counts, [])
        assert load(store, Loaded(Batch("made"), stream=stream()), today=TODAY).plan.empty
        if store.engine == "neo4j":
            assert indexes(store) >= {"chinaai_id", "chinaai_state", "chinaai_supplies", "chinaai_names"}
