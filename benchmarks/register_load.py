"""Load time and peak memory of the whole register, against a plain driver loop over the same rows.

    python benchmarks/register_load.py [--engine embedded|neo4j|both] [--rounds 3] [--home FOLDER]

Each round begins with the curated facts and market entry loaded and the register taken out again. Measured are
the plain loop (rows ready-made in memory, `UNWIND` in batches of the same size, one managed transaction a batch,
the same constraints), the loader's way (plan, apply, check, digests) over a batch that was read before, and the
same load once more, which must find nothing to do. Reading and checking the file is a line of its own, as the
plain loop reads nothing. Both begin in turn, so that a warm cache favours neither; the table shows medians.
Memory is the peak of resident memory of this process and its children above what stood before, by sampling.
"""

from __future__ import annotations

import argparse
import gc
import statistics
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
from chinaai.graph.apply import _edge_rows, _node_rows
from chinaai.graph.elements import Batch
from chinaai.graph.engine.local_neo4j import LocalNeo4j
from chinaai.graph.store import BATCH, Store, open_store
from chinaai.loaders.base import SEEDS, Context, Loaded, load
from chinaai.loaders.build import context_of, read_shipped
from chinaai.loaders.cac import CacLoader

DAY = date(2026, 11, 24)
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


def ready_made(batch: Batch) -> list[tuple[str, dict[str, Any]]]:
    """The statements and rows of the register, as the plain loop sends them."""
    work = [(statements.create_nodes(label), {"rows": rows}) for label, rows in _node_rows(batch.nodes, batch.dataset)]
    work += [(statements.merge_edges(kind), {"rows": rows}) for kind, rows in _edge_rows(batch.edges, batch.dataset)]
    return work


def plain_loop(store: Store, work: list[tuple[str, dict[str, Any]]]) -> None:
    """What anybody would write: one transaction a batch."""
    with store._driver.session(database=store.endpoint.database) as session:
        for text, params in work:
            session.execute_write(lambda tx, t=text, p=params: tx.run(t, p).consume())


def take_out(store: Store) -> None:
    """Remove the register and its records."""
    for text in (
        "MATCH (:ChinaAI)-[r]->(:ChinaAI) WHERE r.dataset = 'cac' DELETE r",
        "MATCH (n:ChinaAI) WHERE n.dataset = 'cac' DETACH DELETE n",
        f"MATCH (s:{statements.STATE}) WHERE s.dataset = 'cac' DELETE s",
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
    """One engine: rounds of both ways, and a table. True where the goals are met."""
    for other in others:
        load(store, other, today=DAY)
    loaded = read()
    work = ready_made(loaded.batch)
    facts = len(loaded.batch.nodes) + len(loaded.batch.edges)
    seconds: dict[str, list[float]] = {"plain": [], "first": [], "second": []}
    memory: dict[str, float] = {}

    def ours() -> None:
        fresh, reread = read(), read()  # elements keep their hashes once worked out, so each load gets its own
        first, result = timed(lambda: load(store, fresh, today=DAY))
        assert result.counts()["added"] == facts, result.counts()
        second, again = timed(lambda: load(store, reread, today=DAY))
        assert again.plan.empty
        seconds["first"].append(first)
        seconds["second"].append(second)

    def plain() -> None:
        seconds["plain"].append(timed(lambda: plain_loop(store, work))[0])

    for number in range(rounds + 1):
        for way in (plain, ours) if number % 2 else (ours, plain):
            take_out(store)
            with Peak() as peak:
                way()
            memory[way.__name__] = max(memory.get(way.__name__, 0.0), peak.megabytes)
        if number == 0:  # the first round warms the engine up and counts for nothing
            seconds = {key: [] for key in seconds}
    plain_time, first, second = (statistics.median(seconds[key]) for key in ("plain", "first", "second"))
    print(f"\n{name}: {facts:,} facts (nodes and edges), batches of {BATCH:,}, median of {rounds} rounds")
    print("                        seconds   facts/s   ratio    goal   peak MB")
    print(
        f"plain driver loop      {plain_time:>8.2f} {facts / plain_time:>9,.0f}    1.00           {memory['plain']:>8.0f}"
    )
    print(
        f"first load             {first:>8.2f} {facts / first:>9,.0f} {first / plain_time:>7.2f}  ≤ {GOAL_FIRST:.2f} "
        f"{memory['ours']:>9.0f}"
    )
    print(f"second, unchanged      {second:>8.3f} {'':>9} {second / first:>7.3f}  ≤ {GOAL_SECOND:.2f} (of the first)")
    return first / plain_time <= GOAL_FIRST and second / first <= GOAL_SECOND


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--engine", choices=("embedded", "neo4j", "both"), default="both")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--home", type=Path, help="folder of the databases; a temporary one by default")
    args = parser.parse_args()
    shipped = read_shipped(today=DAY)
    context: Context = context_of(shipped.seeds, DAY)
    others = [item for name, item in shipped.loaded if name != "cac"]

    def read() -> Loaded:
        return CacLoader().read(SEEDS / "registers", context)

    print(f"reading, checking and resolving the register: {timed(read)[0]:.2f} s")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        with engines(args.engine, args.home or Path(folder)) as stores:
            met = [run(name, store, others, read, args.rounds) for name, store in stores]
    print("\ngoals met" if all(met) else "\na goal is missed")


if __name__ == "__main__":
    main()
