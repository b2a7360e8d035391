"""Load time and peak memory of the whole register, against a plain driver loop over the same rows.

    python benchmarks/register_load.py [--engine embedded|neo4j|both] [--rounds 3] [--home FOLDER]

Each round begins with the curated facts and market entry loaded and the register taken out again. Measured are
the plain loop (rows ready-made in memory, `UNWIND` in batches of the same size, one managed transaction a batch,
the same constraints), the load of a batch that was read before, and the load from the file, each of the two once
more where nothing changed. All begin in turn, so that a warm cache favours none; the table shows medians. Memory is
the peak of resident memory of this process and its children above what stood before, by sampling.
"""

from __future__ import annotations

import argparse
import gc
import signal
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import psutil
from chinaai.graph import statements
from chinaai.graph.apply import inputs_of
from chinaai.graph.elements import Batch, Edge, Node, bucket_of
from chinaai.graph.engine.local_neo4j import LocalNeo4j
from chinaai.graph.store import BATCH, Store, open_store
from chinaai.graph.words import words_of
from chinaai.loaders.base import SEEDS, Context, Loaded, load
from chinaai.loaders.build import context_of, load_file, read_shipped
from chinaai.loaders.cac import CacLoader

DAY = date(2026, 11, 24)
Work = list[tuple[str, dict[str, Any]]]
GOAL_FIRST, GOAL_SECOND = 1.15, 0.05


class Peak:
    """Samples the resident memory of this process and its children."""

    def __init__(self) -> None:
        self.process, self.most, self.stopped = psutil.Process(), 0, threading.Event()

    def now(self) -> int:
        total = self.process.memory_info().rss
        for child in self.process.children(recursive=True):
            try:
                total += child.memory_info().rss
            except psutil.Error:
                continue
        return total

    def __enter__(self) -> Peak:
        self.before = self.now()
        self.thread = threading.Thread(target=self._sample, daemon=True)
        self.thread.start()
        return self

    def _sample(self) -> None:
        while not self.stopped.wait(0.05):
            self.most = max(self.most, self.now())

    def __exit__(self, *_: object) -> None:
        self.stopped.set()
        self.thread.join()

    @property
    def megabytes(self) -> float:
        """Peak above the start."""
        return max(0, self.most - self.before) / 1e6


def timed(action: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of wall clock, and what the action gave."""
    gc.collect()
    begun = time.perf_counter()
    done = action()
    return time.perf_counter() - begun, done


def ready_made(batch: Batch, verb: str) -> Work:
    """The statements and rows of the register, as the plain loop sends them.

    Args:
        verb: MERGE on `id` and `fact_id`, as a loop needs that may run twice; or CREATE, for an empty graph alone.
    """
    work: Work = []
    for label, nodes in _grouped(batch.nodes):
        rows = [{"id": node.id, "props": _stamped(node, batch.dataset)} for node in nodes]
        text = f"UNWIND $rows AS row MERGE (n:ChinaAI {{id: row.id}}) SET n:{label}, n = row.props"
        work.append((statements.create_nodes(label) if verb == "CREATE" else text, {"rows": rows}))
    for kind, edges in _grouped(batch.edges):
        rows = [{"start": e.start[1], "end": e.end[1], "props": _stamped(e, batch.dataset)} for e in edges]
        text = (
            "UNWIND $rows AS row MATCH (a:ChinaAI {id: row.start}) MATCH (b:ChinaAI {id: row.end}) "
            f"MERGE (a)-[r:{kind} {{fact_id: row.props.fact_id}}]->(b) SET r = row.props"
        )
        work.append((statements.create_edges(kind) if verb == "CREATE" else text, {"rows": rows}))
    return work


def _grouped(elements: list[Any]) -> Iterator[tuple[str, list[Any]]]:
    by_kind: dict[str, list[Any]] = {}
    for element in elements:
        by_kind.setdefault(element.kind, []).append(element)
    for kind, held in sorted(by_kind.items()):
        for begin in range(0, len(held), BATCH):
            yield kind, held[begin : begin + BATCH]


def _stamped(element: Node | Edge, dataset: str) -> dict[str, Any]:
    """All that a load writes of an element."""
    found = {**element.props, "hash": element.hash, "bucket": bucket_of(element.key), "dataset": dataset}
    words = words_of(element.props)
    return {**found, "words": words} if words else found


def plain_loop(store: Store, work: Work) -> None:
    """What anybody would write: one transaction a batch."""
    with store._driver.session(database=store.endpoint.database) as session:
        for text, params in work:
            session.execute_write(lambda tx, t=text, p=params: tx.run(t, p).consume())


def take_out(store: Store) -> None:
    """Remove the register and its records."""
    for text in (
        "MATCH (:ChinaAI)-[r]->(:ChinaAI) WHERE r.dataset = 'cac' DELETE r",
        "MATCH (n:ChinaAI) WHERE n.dataset = 'cac' DETACH DELETE n",
        f"MATCH (s:{statements.STATE}) WHERE s.dataset IN ['cac', '{inputs_of('cac')}'] DELETE s",
    ):
        store.write([(text, {})])


@contextmanager
def engines(which: str, home: Path) -> Iterator[list[tuple[str, Store]]]:
    """Open stores; the server is ended by its own process id."""
    stores: list[tuple[str, Store]] = []
    server = LocalNeo4j(home / "server") if which in ("neo4j", "both") else None
    try:
        if which in ("embedded", "both"):
            stores.append(("embedded", open_store(home / "embedded")))
        if server is not None:
            stores.append(("neo4j", Store(server.start())))
        yield stores
    finally:
        for _, store in stores:
            store.close()
        if server is not None:
            server.stop()


def run(name: str, store: Store, others: list[Loaded], read: Callable[[], Loaded], rounds: int) -> bool:
    """One engine: rounds of all ways, and a table. True where the goals are met."""
    for other in others:
        load(store, other, today=DAY)
    batch = read().batch
    # The embedded engine can't add a label to a node that stands, so nodes are created there in both loops.
    again = ready_made(batch, "MERGE") if name == "neo4j" else _nodes_created(batch)
    once = ready_made(batch, "CREATE")
    facts = len(batch.nodes) + len(batch.edges)
    seconds: dict[str, list[float]] = {}
    memory: dict[str, float] = {}

    def note(what: str, action: Callable[[], Any]) -> Any:
        with Peak() as peak:
            took, done = timed(action)
        seconds.setdefault(what, []).append(took)
        memory[what] = max(memory.get(what, 0.0), peak.megabytes)
        return done

    def ours() -> None:
        fresh, reread = read(), read()
        assert note("load", lambda: load(store, fresh, today=DAY)).counts()["added"] == facts
        assert note("compared", lambda: load(store, reread, today=DAY)).plan.empty

    def whole() -> None:
        assert note("file", lambda: load_file(store, CacLoader(), today=DAY)).counts()["added"] == facts
        assert note("file again", lambda: load_file(store, CacLoader(), today=DAY)).plan.empty

    ways: list[Callable[[], None]] = [
        lambda: note("plain", lambda: plain_loop(store, again)), ours,
        lambda: note("plain once", lambda: plain_loop(store, once)), whole,
    ]  # fmt: skip
    for number in range(rounds + 1):
        for way in ways if number % 2 else reversed(ways):
            take_out(store)
            way()
        if number == 0:  # the first round warms the engine up and counts for nothing
            seconds.clear()
    print(f"\n{name}: {facts:,} facts (nodes and edges), batches of {BATCH:,}, median of {rounds} rounds")
    print(f"{'':<44} seconds   facts/s   ratio    goal  peak MB")
    middle = {what: statistics.median(values) for what, values in seconds.items()}

    def line(title: str, what: str, base: str, goal: float | None) -> bool:
        ratio = middle[what] / middle[base]
        asked = f"≤ {goal:.2f}" if goal else ""
        rate = f"{facts / middle[what]:>9,.0f}"
        print(f"{title:<44} {middle[what]:>7.3f} {rate} {ratio:>7.3f}  {asked:>6} {memory[what]:>8.0f}")
        return goal is None or ratio <= goal

    line("plain driver loop that may run twice (MERGE)", "plain", "plain", None)
    line("plain driver loop for an empty graph (CREATE)", "plain once", "plain", None)
    met = line("load: plan, apply, check, digests", "load", "plain", GOAL_FIRST if name == "neo4j" else None)
    line("load again, every element compared", "compared", "load", None)
    line("load from the file: read, check, load", "file", "file", None)
    return line("load from the unchanged file", "file again", "file", GOAL_SECOND) and met


def _nodes_created(batch: Batch) -> Work:
    merged, created = ready_made(batch, "MERGE"), ready_made(batch, "CREATE")
    return [one if "-[r:" in one[0] else other for one, other in zip(merged, created, strict=True)]


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--engine", choices=("embedded", "neo4j", "both"), default="both")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--home", type=Path, help="folder of the databases; a temporary one by default")
    args = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the server is ended as well
    shipped = read_shipped(today=DAY)
    context: Context = context_of(shipped.seeds, DAY)
    others = [item for name, item in shipped.loaded if name != "cac"]

    def read() -> Loaded:
        return CacLoader().read(SEEDS / "registers", context)

    print(f"reading, checking and resolving the register: {timed(read)[0]:.2f} s")
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        engines(args.engine, args.home or Path(folder)) as stores,
    ):
        met = [run(name, store, others, read, args.rounds) for name, store in stores]
    print("\ngoals met" if all(met) else "\na goal is missed")


if __name__ == "__main__":
    main()
