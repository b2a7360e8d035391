"""Whether the tests notice a fault: small ones are put into the code one at a time, and the tests of that part run.

    python benchmarks/mutations.py [WORD ...]

Each fault of benchmarks/mutations.yaml is made in a copy of the checkout's last commit, never in the checkout itself;
the tests that it names run there on the embedded engine. A table names the first test that failed; the exit status is 1
where one fault lives. WORDs choose the faults whose names hold one of them. All take about ten minutes.
"""

from __future__ import annotations

import argparse
import io
import os
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any

import yaml

LIST = Path(__file__).with_suffix(".yaml")
TOP = LIST.parents[1]
#: Faults of rules that both engines share; one engine is enough to notice them.
SHARED = "not neo4j and not browser"


def noticed(copy: Path, fault: dict[str, Any]) -> str:
    """The first test that fails with the fault; empty where none does."""
    file = copy / fault["file"]
    whole = file.read_text(encoding="utf-8")
    if whole.count(fault["old"]) != 1:
        raise SystemExit(f"{LIST.name}: the text of '{fault['name']}' stands {whole.count(fault['old'])} times")
    file.write_text(whole.replace(fault["old"], fault["new"]), encoding="utf-8")
    words = [sys.executable, "-m", "pytest", "-q", "-x", "-n", "0", "-p", "no:cacheprovider", "-k", SHARED]
    try:
        done = subprocess.run(
            [*words, *fault["tests"]], cwd=copy, capture_output=True, text=True, check=False,
            env={**os.environ, "PYTHONPATH": str(copy.parent)},
        )  # fmt: skip
    finally:
        file.write_text(whole, encoding="utf-8")
    if done.returncode not in (0, 1):
        raise SystemExit(f"'{fault['name']}' was not tried:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    failed = [line for line in done.stdout.splitlines() if line.startswith(("FAILED ", "ERROR "))]
    return failed[0].split()[1].rpartition("/")[2] if failed else ""


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("words", nargs="*", help="words of the faults to try; all by default")
    wanted = parser.parse_args().words
    faults = yaml.safe_load(LIST.read_text(encoding="utf-8"))
    chosen = [one for one in faults if not wanted or any(word in one["name"] for word in wanted)]
    alive = 0
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the copy goes with us
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "chinaai"  # the name that it is imported by
        words = ["git", "archive", "--format=zip", "HEAD"]
        committed = subprocess.run(words, cwd=TOP, check=True, capture_output=True).stdout
        zipfile.ZipFile(io.BytesIO(committed)).extractall(copy)
        print("| fault | file | noticed by | seconds |\n|---|---|---|---|", flush=True)
        for fault in chosen:
            begun = time.monotonic()
            test = noticed(copy, fault)
            alive += not test
            took = time.monotonic() - begun
            print(f"| {fault['name']} | {fault['file']} | {test or 'NOTHING'} | {took:.0f} |", flush=True)
    print(f"\n{len(chosen)} faults, {alive} alive")
    return 1 if alive else 0


if __name__ == "__main__":
    sys.exit(main())
