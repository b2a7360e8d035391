"""Time and memory of building the shipped graph and of the first answers.

    python benchmarks/build.py [--neo4j]

Every line but those of Neo4j is a command in a process of its own: seconds on the clock, seconds of processor,
peak of memory. With --neo4j a server of its own is started (extra `neo4j`), the whole graph is loaded into it, and
after it the same rows, ready-made, by a plain loop over the driver; medians of three, in turn.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from chinaai.graph.engine.embedded import stop_embedded
from chinaai.graph.engine.endpoint import Endpoint
from chinaai.graph.store import Store
from chinaai.loaders.base import SEEDS
from chinaai.loaders.build import Shipped, build, read_shipped
from plain_loop import Work, empty, own_server, ready_made, send, session_of, timed

COMMAND = [sys.executable, "-c", "from chinaai.cli.main import main; main()"]
ASK = ["ask", "partnerships", "--company", "Apple", "--as-of", "2025-03-01", "--json"]
RUNS = 3


def run(title: str, home: Path, *words: str) -> None:
    """One command; prints a line."""
    begun = time.perf_counter()
    environment = {**os.environ, "CHINAAI_HOME": str(home)}
    process = subprocess.Popen([*COMMAND, *words], env=environment, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begun
    if status:
        sys.exit(f"{title}: status {status}")
    print(
        f"{title:<44} {seconds:>8.2f} {used.ru_utime + used.ru_stime:>8.2f} {used.ru_maxrss / 1024:>8.0f}", flush=True
    )


def embedded(folder: Path) -> None:
    """Builds from nothing, again, and the first answer of a warm start."""
    curated = folder / "seeds"
    shutil.copytree(SEEDS, curated, ignore=shutil.ignore_patterns("entry", "registers"))
    print(f"{'embedded engine':<44} {'seconds':>8} {'cpu s':>8} {'peak MB':>8}")
    run("build of the curated facts, from nothing", folder / "a", "build", "--seeds", str(curated), "--json")
    run("build of everything, from nothing", folder / "b", "build", "--json")
    run("the same build again", folder / "b", "build", "--json")
    run("the same build again, --full", folder / "b", "build", "--full", "--json")
    for number in range(1, RUNS + 1):
        stop_embedded(folder / "b")
        run(f"first answer, with an engine to start, {number}", folder / "b", *ASK)
        run(f"next answer, of the engine that runs, {number}", folder / "b", *ASK)


def on_neo4j() -> None:
    """The whole graph by our load and by a plain loop, in turn, each on an empty database."""
    shipped = read_shipped(today=date.today())
    ours, plain = [], []
    with own_server() as server:
        endpoint = server.start(on_progress=lambda text: print(text, file=sys.stderr))
        for _ in range(RUNS):
            empty(endpoint)
            ours.append(timed(lambda: load(endpoint, shipped))[0])
            batches = [loaded.batch for _, loaded in shipped.loaded]
            nodes = [node for batch in batches for node in batch.nodes]
            edges = [edge for batch in batches for edge in batch.edges]
            work = ready_made(nodes, edges, edges_again=True)
            empty(endpoint)
            plain.append(timed(lambda kinds={e.type for e in edges}, rows=work: loop(endpoint, kinds, rows))[0])
    first, second = statistics.median(ours), statistics.median(plain)
    print(f"Neo4j, whole graph: load {first:.2f} s, plain loop {second:.2f} s, ratio {first / second:.2f}")


def load(endpoint: Endpoint, shipped: Shipped) -> None:
    """Our load: constraints, plan, apply, checks, records."""
    with Store(endpoint) as store:
        build(store, shipped, today=date.today())


def loop(endpoint: Endpoint, kinds: set[str], work: Work) -> None:
    """The plain loop with constraints on what is looked up."""
    with session_of(endpoint) as session:
        session.run("CREATE CONSTRAINT plain FOR (n:ChinaAI) REQUIRE n.id IS UNIQUE").consume()
        for kind in kinds:
            text = f"CREATE CONSTRAINT plain_{kind} FOR ()-[r:{kind}]-() REQUIRE r.fact_id IS UNIQUE"
            session.run(text).consume()
        send(session, work)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--neo4j", action="store_true", help="also on a Neo4j server of its own")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        embedded(Path(folder))
        if args.neo4j:
            on_neo4j()


if __name__ == "__main__":
    main()
