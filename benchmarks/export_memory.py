"""Peak memory of exports at 1x and at 4x the graph: streaming formats must stay flat.

    python benchmarks/export_memory.py [--formats jsonl,trig,...] [--size 2000]

A made graph of that many companies (2.5 facts each) and one of four times as many stand on the embedded
engine of another process, so that what is measured is the export alone. Each export runs in a process of
its own; its peak is VmHWM of Linux (ru_maxrss would count the parent, which runs the engine).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

from chinaai.graph.apply import apply_plan
from chinaai.graph.elements import Batch, Edge, Node
from chinaai.graph.plan import compare
from chinaai.graph.store import open_store

FORMATS = "jsonl,graphml,gexf,neo4j-csv,parquet,cypher,node-link,trig,turtle,jsonld"
ONE = """import re, sys, time
from pathlib import Path
from chinaai.graph.export.formats import export
from chinaai.graph.store import open_store
name, target, home = sys.argv[1:]
with open_store(home) as store:
    began = time.monotonic()
    told = export(store, Path(target), name)
peak = int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024
print(told.nodes + told.relationships, round(peak), round(time.monotonic() - began, 1))"""


def made(size: int) -> Batch:
    """Companies in a ring with partners further on, each fact with a note and a source."""
    nodes = [Node("Source", "made-source", {"name": "Made", "publisher": "Made", "kind": "news", "licence": "open"})]
    nodes += [Node("Company", f"made-{n}", {"name": f"Made {n}", "name_zh": f"制造 {n}", "country": "CN"})
              for n in range(size)]  # fmt: skip
    edges = [
        Edge("PARTNERS_WITH", f"made-{n}-{step}", ("Company", f"made-{n}"), ("Company", f"made-{(n + step) % size}"), {
            "status": "reported", "confidence": 0.8, "known_from": date(2025, 1, 1), "sources": ["made-source"],
            "note": "One sentence of our own for the reader, as long as such a sentence usually is.",
        })
        for n in range(size) for step in ((1, 7, 31) if n % 2 else (1, 7))
    ]  # fmt: skip
    return Batch("made", nodes, edges)


def main() -> None:
    """Print one line a format."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--formats", default=FORMATS)
    parser.add_argument("--size", type=int, default=2000)
    given = parser.parse_args()
    found: dict[str, list[list[str]]] = {name: [] for name in given.formats.split(",")}
    for size in (given.size, 4 * given.size):
        with tempfile.TemporaryDirectory() as folder, open_store(folder) as store:
            apply_plan(store, compare(store, made(size)), today=date(2026, 11, 24))
            for name, rows in found.items():
                command = [sys.executable, "-c", ONE, name, str(Path(folder) / f"out-{name}"), folder]
                env = {key: value for key, value in os.environ.items() if key != "NEO4J_URI"}
                rows.append(subprocess.run(command, capture_output=True, text=True, check=True, env=env).stdout.split())
    print("| format | elements | peak at 1x | peak at 4x | growth | seconds at 1x and 4x |\n|---|---|---|---|---|---|")
    for name, (one, four) in found.items():
        growth = int(four[1]) / int(one[1])
        print(f"| {name} | {one[0]} / {four[0]} | {one[1]} MB | {four[1]} MB | {growth:.2f} | {one[2]} / {four[2]} |")


if __name__ == "__main__":
    main()
