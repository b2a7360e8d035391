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
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import neo4j
from chinaai.graph.engine.embedded import stop_embedded
from chinaai.graph.engine.endpoint import Endpoint
from chinaai.graph.engine.local_neo4j import LocalNeo4j
from chinaai.graph.store import BATCH, Store
from chinaai.loaders.base import SEEDS
from chinaai.loaders.build import Shipped, build, read_shipped

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


def on_neo4j(folder: Path) -> None:
    """The whole graph by our load and by a plain loop, in turn, each on an empty database."""
    server = LocalNeo4j(folder)
    shipped = read_shipped(today=date.today())
    try:
        endpoint = server.start(on_progress=lambda text: print(text, file=sys.stderr))
        ours, plain = [], []
        for _ in range(RUNS):
            ours.append(timed(endpoint, lambda e: load(e, shipped)))
            rows = ready_made(shipped)
            plain.append(timed(endpoint, lambda e, r=rows: loop(e, *r)))  # type: ignore[misc]
    finally:
        server.stop()
    first, second = statistics.median(ours), statistics.median(plain)
    print(f"Neo4j, whole graph: load {first:.2f} s, plain loop {second:.2f} s, ratio {first / second:.2f}")


def timed(endpoint: Endpoint, work: Any) -> float:
    """Seconds of the work on an empty database."""
    with driver(endpoint) as link, link.session(database=endpoint.database) as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS").consume()
        for name in session.run("SHOW CONSTRAINTS YIELD name").value():
            session.run(f"DROP CONSTRAINT `{name}`").consume()
    begun = time.perf_counter()
    work(endpoint)
    return time.perf_counter() - begun


def driver(endpoint: Endpoint) -> neo4j.Driver:
    """A driver as anybody would open it."""
    return neo4j.GraphDatabase.driver(endpoint.uri, auth=(endpoint.username, endpoint.password))


def load(endpoint: Endpoint, shipped: Shipped) -> None:
    """Our load: constraints, plan, apply, checks, records."""
    with Store(endpoint) as store:
        build(store, shipped, today=date.today())


Rows = dict[str, list[dict[str, Any]]]


def ready_made(shipped: Shipped) -> tuple[Rows, Rows]:
    """The rows of the graph by type."""
    nodes: Rows = defaultdict(list)
    edges: Rows = defaultdict(list)
    for _, loaded in shipped.loaded:
        for node in loaded.batch.nodes:
            nodes[node.label].append(dict(node.props))
        for edge in loaded.batch.edges:
            edges[edge.type].append({"start": edge.start[1], "end": edge.end[1], "props": dict(edge.props)})
    return nodes, edges


def batched(rows: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Rows in the sizes of our own load."""
    rest = iter(rows)
    while batch := list(islice(rest, BATCH)):
        yield batch


def loop(endpoint: Endpoint, nodes: Rows, edges: Rows) -> None:
    """What somebody writes who knows the driver: constraints on what is looked up, UNWIND, batches."""
    with driver(endpoint) as link, link.session(database=endpoint.database) as session:
        session.run("CREATE CONSTRAINT plain FOR (n:ChinaAI) REQUIRE n.id IS UNIQUE").consume()
        for kind in edges:
            text = f"CREATE CONSTRAINT plain_{kind} FOR ()-[r:{kind}]-() REQUIRE r.fact_id IS UNIQUE"
            session.run(text).consume()
        for label, rows in nodes.items():
            text = f"UNWIND $rows AS row CREATE (n:ChinaAI:{label}) SET n = row"
            for batch in batched(rows):
                session.execute_write(lambda tx, t=text, b=batch: tx.run(t, rows=b).consume())
        for kind, rows in edges.items():
            text = (
                "UNWIND $rows AS row MATCH (a:ChinaAI {id: row.start}) MATCH (b:ChinaAI {id: row.end}) "
                f"MERGE (a)-[r:{kind} {{fact_id: row.props.fact_id}}]->(b) SET r = row.props"
            )
            for batch in batched(rows):
                session.execute_write(lambda tx, t=text, b=batch: tx.run(t, rows=b).consume())


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--neo4j", action="store_true", help="also on a Neo4j server of its own")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        embedded(Path(folder))
        if args.neo4j:
            on_neo4j(Path(folder) / "neo4j-home")


if __name__ == "__main__":
    main()
