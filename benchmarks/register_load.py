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
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import psutil
from chinaai.graph import statements
from chinaai.graph.apply import inputs_of
from chinaai.graph.store import BATCH, Store, open_store
from chinaai.loaders.base import SEEDS, Context, Loaded, load
from chinaai.loaders.build import Shipped, build, context_of, load_file, read_shipped
from chinaai.loaders.cac import CacLoader
from plain_loop import Work, own_server, ready_made, send, timed

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


def take_out(store: Store) -> None:
    """Remove the register and its records."""
    for text in (
        "MATCH (:ChinaAI)-[r]->(:ChinaAI) WHERE r.dataset = 'cac' DELETE r",
        "MATCH (n:ChinaAI) WHERE n.dataset = 'cac' DETACH DELETE n",
        f"MATCH (s:{statements.STATE}) WHERE s.dataset IN ['cac', '{inputs_of('cac')}'] DELETE s",
    ):
        store.write([(text, {})])


@contextmanager
def engines(which: str, home: Path | None) -> Iterator[list[tuple[str, Store]]]:
    """Open stores, in folders that are kept where `home` is given."""
    with ExitStack() as opened:
        stores: list[tuple[str, Store]] = []
        if which in ("embedded", "both"):
            folder = home or Path(opened.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
            stores.append(("embedded", opened.enter_context(open_store(folder / "embedded"))))
        if which in ("neo4j", "both"):
            server = opened.enter_context(own_server(home and home / "server"))
            stores.append(("neo4j", opened.enter_context(Store(server.start()))))
        yield stores


def run(name: str, store: Store, before: Shipped, read: Callable[[], Loaded], rounds: int) -> bool:
    """One engine: rounds of all ways, and a table. True where the goals are met."""
    build(store, before, today=DAY)
    batch = read().batch
    # The embedded engine can't add a label to a node that stands, so nodes are created there in both loops.
    rows = partial(ready_made, batch.nodes, batch.edges, dataset=batch.dataset)
    again, once = rows(nodes_again=name == "neo4j", edges_again=True), rows()
    facts = len(batch.nodes) + len(batch.edges)
    seconds: dict[str, list[float]] = {}
    memory: dict[str, float] = {}

    def note(what: str, action: Callable[[], Any]) -> Any:
        gc.collect()
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

    def loop(work: Work) -> None:
        with store.session() as session:
            send(session, work)

    ways: list[Callable[[], None]] = [
        lambda: note("plain", lambda: loop(again)), ours,
        lambda: note("plain once", lambda: loop(once)), whole,
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
    names = [name for name, _ in shipped.loaded]
    before = Shipped(shipped.seeds, shipped.loaded[: names.index("cac")])  # what comes later refers to the register

    def read() -> Loaded:
        return CacLoader().read(SEEDS / "registers", context)

    print(f"reading, checking and resolving the register: {timed(read)[0]:.2f} s")
    with engines(args.engine, args.home) as stores:
        met = [run(name, store, before, read, args.rounds) for name, store in stores]
    print("\ngoals met" if all(met) else "\na goal is missed")


if __name__ == "__main__":
    main()
