"""The embedded engine in second processes, asked by a driver of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import neo4j
import psutil
import pytest
from chinaai.graph.engine.embedded import EmbeddedEngine
from faults.running import PATIENCE, rest

#: Runs `body` in another process, with the home folder in `home`; it says `ready` once the engine is open.
#: Ctrl-C comes as from a terminal, even where what started the tests hands down "ignore".
PROLOGUE = """
import signal, sys, time
from pathlib import Path
from chinaai.cli.main import _import_driver
_import_driver()
import neo4j
from chinaai.graph.engine.embedded import EmbeddedEngine
signal.signal(signal.SIGINT, signal.default_int_handler)
home = Path(sys.argv[1])
engine = EmbeddedEngine(home)
driver = neo4j.GraphDatabase.driver(
    engine.endpoint.uri, auth=(engine.endpoint.username, engine.endpoint.password)
)
def ask(text, **params):
    return [r.data() for r in driver.execute_query(text, params, database_=engine.endpoint.database).records]
print("ready", engine.started, flush=True)
"""

needs_posix = pytest.mark.skipif(os.name == "nt", reason="file modes and stop signals are POSIX")


def ask(engine: EmbeddedEngine, text: str, *, reader: bool = False, **params: object) -> set[tuple[object, ...]]:
    point = engine.endpoint
    auth = point.reader if reader else (point.username, point.password)
    options = {"connection_timeout": PATIENCE, "max_transaction_retry_time": 0}
    with neo4j.GraphDatabase.driver(point.uri, auth=auth, **options) as driver:
        answer = driver.execute_query(text, params, database_=point.database)
        return {tuple(record.values()) for record in answer.records}


def another(home: Path, body: str) -> subprocess.Popen[str]:
    """A second Python process on the same home; returns once it has opened the engine."""
    process = subprocess.Popen(
        [sys.executable, "-c", PROLOGUE + body, str(home)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    first = process.stdout.readline()
    if not first.startswith("ready"):
        process.kill()
        raise AssertionError(rest(process)[1])
    return process


def keeper(home: Path) -> psutil.Process:
    """The process that runs the engine of a home."""
    note = json.loads((home / "embedded" / "engine.json").read_text(encoding="utf-8"))
    return psutil.Process(note["pid"])


def kill_engine(home: Path) -> None:
    """End the engine as a power cut would."""
    process = keeper(home)
    process.kill()
    process.wait(PATIENCE)


def kill(process: subprocess.Popen[str]) -> None:
    process.kill()
    rest(process)
