"""Time and memory of the planner on made requirement graphs, and of the real one.

    python benchmarks/entry_planner.py [--limit 1000]

Prints one line a graph: requirements, routes, sets found, whether a bound cut, seconds, and the peak of
Python's own memory. The made graphs are layered at random from a fixed seed: each requirement has one to
three ways with up to three needs in the layers below; each route asks for 8 requirements of the upper layers.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
import tracemalloc
from datetime import date
from pathlib import Path

from chinaai.graph.entry.sets import LIMIT, WORK, Enumeration, minimal_sets
from chinaai.loaders.entry import read_entry
from chinaai.queries.entry import entry_paths

Ways = dict[str, list[frozenset[str]]]


def made_graph(count: int, seed: int = 1) -> Ways:
    """A layered requirement graph; half of all requirements need nothing."""
    rng = random.Random(seed)
    names = [f"r{i:05}" for i in range(count)]
    ways: Ways = {}
    for i, name in enumerate(names):
        if i < count // 2:
            ways[name] = [frozenset()]
            continue
        kinds = rng.choice([1, 1, 2, 3])
        ways[name] = [frozenset(rng.sample(names[:i], rng.randint(1, 3))) for _ in range(kinds)]
    return ways


def routes(ways: Ways, count: int, seed: int = 2) -> list[list[list[frozenset[str]]]]:
    """Goals over requirements of the upper half."""
    rng = random.Random(seed)
    upper = sorted(ways)[len(ways) // 2 :]
    return [[[frozenset({name})] for name in rng.sample(upper, min(8, len(upper)))] for _ in range(count)]


def run(count: int, how_many: int, limit: int, work: int) -> None:
    """One made graph."""
    ways = made_graph(count)
    tracemalloc.start()
    begun = time.perf_counter()
    found: list[Enumeration] = [minimal_sets(goal, ways, limit=limit, work=work) for goal in routes(ways, how_many)]
    seconds = time.perf_counter() - begun
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    most = max(len(f.sets) for f in found)
    cut = sum(not f.complete for f in found)
    if most > limit:
        sys.exit(f"bound broken: {most} sets, limit {limit}")
    say(count, how_many, sum(len(f.sets) for f in found), most, cut, seconds, peak)


def real() -> None:
    """All services and actors of the seeds, on one day."""
    begun = time.perf_counter()
    graph = read_entry(Path(__file__).resolve().parents[1] / "seeds" / "entry").graph()
    read = time.perf_counter() - begun
    tracemalloc.start()
    begun = time.perf_counter()
    answers = [
        entry_paths(graph, a, s, date(2026, 11, 24)) for s in graph.services for a in ("fie", "offshore", "domestic")
    ]  # type: ignore[arg-type]
    seconds = time.perf_counter() - begun
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    paths = [a.total_paths for a in answers]
    cut = sum(not a.complete for a in answers)
    print(f"the seeds, read and checked for shape in {read:.2f} s; every service and actor, answers in full:")
    say(len(graph.requirements), len(graph.routes), sum(paths), max(paths), cut, seconds, peak)


def say(count: int, how_many: int, sets: int, most: int, cut: int, seconds: float, peak: float) -> None:
    """One line of the table."""
    print(f"{count:>12} {how_many:>7} {sets:>8} {most:>8} {cut:>6} {seconds:>8.2f} {peak:>9.1f}", flush=True)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--limit", type=int, default=LIMIT, help="most sets a route")
    parser.add_argument("--work", type=int, default=WORK, help="most operations a route")
    args = parser.parse_args()
    print(f"limit {args.limit} sets, {args.work:,} operations a route")
    print("requirements  routes     sets  most/rt    cut  seconds  peak MB")
    for count in (125, 250, 500, 1000, 2000, 4000):
        run(count, 20, args.limit, args.work)
    real()


if __name__ == "__main__":
    main()
