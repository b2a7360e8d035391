"""The embedded engine after kills, with files that are torn or lost, halted, or in a folder that can't be used."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from chinaai.graph.engine.embedded import EmbeddedEngine, stop_embedded
from chinaai.graph.errors import ChinaAIError, EngineError
from embedded_helpers import PROLOGUE, another, ask, keeper, kill, kill_engine, needs_posix
from faults.running import IN_TIME, rest
from neo4j.exceptions import Neo4jError

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("pause", [0.0, 0.15, 0.4])
@pytest.mark.parametrize("victim", ["load", "engine"])
def test_a_load_that_was_killed_keeps_whole_transactions(home: Path, pause: float, victim: str) -> None:
    body = """
ask("CREATE CONSTRAINT chinaai_id IF NOT EXISTS FOR (n:ChinaAI) REQUIRE n.id IS UNIQUE")
for batch in range(100000):
    rows = [{"id": f"{batch}-{i}", "batch": batch} for i in range(200)]
    ask("UNWIND $rows AS row CREATE (n:ChinaAI:Company) SET n = row", rows=rows)
    print(batch, flush=True)
"""
    loader = another(home, body)
    assert loader.stdout is not None
    assert loader.stdout.readline() == "0\n"
    time.sleep(pause)
    kill_engine(home) if victim == "engine" else None
    loader.kill()
    said = [int(line) for line in rest(loader)[0].split()]
    acknowledged = max(said, default=0)
    with EmbeddedEngine(home) as engine:
        assert engine.started is (victim == "engine")
        counts = ask(engine, "MATCH (n:ChinaAI) RETURN n.batch AS batch, count(*) AS n")
        assert {n for _, n in counts} == {200}
        assert {batch for batch, _ in counts} >= set(range(acknowledged + 1))
        with pytest.raises(Neo4jError):
            ask(engine, "CREATE (n:ChinaAI {id: '0-0'})")


def test_a_kill_in_the_first_start_does_not_block_the_next(home: Path) -> None:
    command = [sys.executable, "-c", PROLOGUE, str(home)]
    for delay in (0.45, 0.6, 0.75, 0.9):
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        time.sleep(delay)
        with contextlib.suppress(OSError, ValueError, psutil.Error):
            kill_engine(home)
        kill(process)
    with EmbeddedEngine(home) as engine:
        assert ask(engine, "RETURN 1", reader=True) == {(1,)}


def test_files_left_by_a_killed_process_do_not_block(home: Path) -> None:
    first = another(home, "sys.stdin.read()")
    folder = home / "embedded"
    note = json.loads((folder / "engine.json").read_text())
    kill_engine(home)
    kill(first)
    assert (folder / "engine.json").exists() and (folder / "engine.lock").exists()
    note["pid"] = os.getpid()  # even where the number lives again
    (folder / "engine.json").write_text(json.dumps(note))
    with EmbeddedEngine(home) as engine:
        assert engine.started


@pytest.mark.parametrize("content", ["", "{", "[]", '{"port": "x"}'])
def test_damaged_notes_do_not_block(home: Path, content: str) -> None:
    """Neither those of an engine that was killed nor those of one that runs, which writes them anew."""
    with EmbeddedEngine(home):
        (home / "embedded" / "engine.json").write_text(content)
        with EmbeddedEngine(home) as engine:
            assert ask(engine, "RETURN 1") == {(1,)}
        kill_engine(home)
    (home / "embedded" / "engine.json").write_text(content)
    with EmbeddedEngine(home) as engine:
        assert ask(engine, "RETURN 1") == {(1,)}


#: An account as the engine writes it, of a password that nobody has.
_STRANGE = '{"name":"root","databases":{"*":["admin"]},"password":"PBKDF2WithHmacSHA256$65536$c2FsdA==$aGFzaA=="}\n'


@pytest.mark.parametrize("damage", ["secret.json", "server/config/server-users.jsonl"])
@pytest.mark.parametrize("content", [None, "", '{"name":"root","datab', _STRANGE])
def test_lost_or_torn_secrets_are_made_anew_and_the_data_stays(home: Path, damage: str, content: str | None) -> None:
    with EmbeddedEngine(home) as engine:
        ask(engine, "CREATE (n:ChinaAI {id: 'kept'})")
    stop_embedded(home)
    path = home / "embedded" / damage
    path.unlink() if content is None else path.write_text(content)
    with EmbeddedEngine(home) as engine:
        assert ask(engine, "MATCH (n:ChinaAI) RETURN n.id", reader=True) == {("kept",)}
        assert ask(engine, "MATCH (n:ChinaAI) RETURN n.id") == {("kept",)}


@needs_posix
def test_an_engine_that_does_not_answer_is_named_in_time(home: Path) -> None:
    with EmbeddedEngine(home):
        process = keeper(home)
        process.suspend()
        try:
            began = time.monotonic()
            with pytest.raises(EngineError, match=str(process.pid)) as caught:
                EmbeddedEngine(home)
            assert time.monotonic() - began < IN_TIME
            assert str(home / "embedded") in str(caught.value)
        finally:
            process.resume()
        with EmbeddedEngine(home) as engine:
            assert not engine.started


def test_a_file_in_place_of_the_folder_is_a_clear_error(home: Path) -> None:
    home.write_text("not a folder")
    with pytest.raises(EngineError, match="can't be used") as caught:
        EmbeddedEngine(home)
    assert str(home) in str(caught.value) and "--home" in str(caught.value)
    assert home.read_text() == "not a folder"


def test_a_folder_that_cannot_be_written_is_a_clear_error(home: Path) -> None:
    if os.name == "nt" or os.geteuid() == 0:
        home = Path("/proc/self/chinaai")  # not even root can make a folder there
        if not home.parent.exists():
            pytest.skip("root may write everywhere here")
    else:
        home.mkdir(mode=0o500)
    with pytest.raises(ChinaAIError, match="can't be used"):
        EmbeddedEngine(home)
