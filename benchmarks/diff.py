"""Two made exports side by side: how long `chinaai diff` takes and how much memory, as they grow.

    python benchmarks/diff.py 10000 100000 1000000

Each pair is N elements, of which one in a hundred differs; each comparison runs in a process of its own.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def write(path: Path, count: int, *, changed: bool) -> None:
    """An export of `count` elements, a third of them nodes; with `changed` every hundredth says something else."""
    nodes = count // 3
    with path.open("w", encoding="utf-8") as file:
        file.write(json.dumps({"type": "graph"}) + "\n")
        for i in range(count):
            said = {"name": f"Thing {i}", "sources": [f"page-{i % 997}"], "known_from": "2026-01-01"}
            if changed and i % 100 == 0:
                said["name"] += " renamed"
            if i < nodes:
                line = {"type": "node", "id": f"n{i}", "labels": ["ChinaAI", "Company"], "properties": said}
            else:
                ends = {key: {"id": f"n{(i * step) % nodes}"} for key, step in (("start", 7), ("end", 11))}
                line = {"type": "relationship", "id": f"f{i}", "label": "SUPPLIES", **ends, "properties": said}
            file.write(json.dumps(line) + "\n")


def measure(old: Path, new: Path) -> None:
    """Compare in this process and print seconds, megabytes at the peak, and the number of differences."""
    from chinaai.versions import differences, version_of

    def none() -> None:
        raise AssertionError

    begun = time.perf_counter()
    found = sum(1 for _ in differences(version_of(str(old), none), version_of(str(new), none)))  # type: ignore[arg-type]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{time.perf_counter() - begun:.1f}\t{peak:.0f}\t{found}")


def main() -> None:
    """Print the table."""
    if len(sys.argv) == 4 and sys.argv[1] == "--one":
        measure(Path(sys.argv[2]), Path(sys.argv[3]))
        return
    print("| elements | seconds | peak MB | differences |\n|---|---|---|---|")
    for count in map(int, sys.argv[1:] or ["10000", "100000"]):
        with tempfile.TemporaryDirectory() as folder:
            old, new = Path(folder, "old.jsonl"), Path(folder, "new.jsonl")
            write(old, count, changed=False)
            write(new, count, changed=True)
            command = [sys.executable, __file__, "--one", str(old), str(new)]
            said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
            print(f"| {count:,} | {said[0]} | {said[1]} | {said[2]} |", flush=True)


if __name__ == "__main__":
    main()
