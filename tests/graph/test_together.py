"""Several processes on one graph: readers, loads and ends of processes at the same time."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from chinaai import KnowledgeGraph
from chinaai.graph.digest import status
from chinaai.graph.engine.embedded import stop_embedded
from chinaai.graph.errors import StoreError
from chinaai.graph.store import Store, open_store
from chinaai.graph.writing import writing
from chinaai.loaders.build import build, read_shipped
from embedded_helpers import kill_engine
from faults.running import COMMAND, chinaai, chinaai_process, rest, settings
from places import Place

pytestmark = pytest.mark.slow
SMALL = Path(__file__).parents[1] / "data" / "small"
TODAY = date.today()


@pytest.fixture(autouse=True)
def lasting(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Engines that outlive their users for longer than a busy machine takes between two lines of a test."""
    monkeypatch.setenv("CHINAAI_ENGINE_KEEP", "60")
    yield
    for home in (tmp_path, tmp_path / "home"):
        with contextlib.suppress(StoreError):
            stop_embedded(home)


def begun(*words: str, **variables: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*COMMAND, *words], env={**os.environ, **variables}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def ended(processes: list[subprocess.Popen[str]]) -> list[tuple[int | None, str, str]]:
    said = [rest(process) for process in processes]
    return [(process.returncode, out, err) for process, (out, err) in zip(processes, said, strict=True)]


def test_many_readers_at_once_on_a_home_where_nothing_runs(tmp_path: Path) -> None:
    home = {"CHINAAI_HOME": str(tmp_path)}
    assert chinaai("build", "--seeds", str(SMALL), **home).returncode == 0
    kill_engine(tmp_path)
    words = ["ask", "partnerships", "--company", "阿尔法", "--json"]
    for code, out, err in ended([begun(*words, **home) for _ in range(8)]):
        assert (code, err) == (0, "")
        assert [row["partner_id"] for row in json.loads(out)] == ["beta"]


def test_readers_outlive_an_engine_that_is_killed_among_them(tmp_path: Path) -> None:
    home = {"CHINAAI_HOME": str(tmp_path)}
    assert chinaai("build", "--seeds", str(SMALL), **home).returncode == 0
    readers = [begun("ask", "names", "--text", "beta", "--json", **home) for _ in range(6)]
    for _ in range(2):
        chinaai_process("ask", "names", "--text", "alpha", **home)
        kill_engine(tmp_path)
    assert [(code, err) for code, _, err in ended(readers)] == [(0, "")] * 6


def test_builds_at_once_all_end_well_and_write_once(place: Place) -> None:
    builds = [begun("build", "--seeds", str(SMALL), "--json", **place.variables) for _ in range(3)]
    done = ended(builds)
    assert [code for code, _, _ in done] == [0, 0, 0], done
    assert all(line.startswith("waiting for another load") for _, _, err in done for line in err.splitlines())
    counts = sorted((json.loads(out)["added"], json.loads(out)["unchanged"]) for _, out, _ in done)
    assert counts == [(0, 16), (0, 16), (16, 0)]
    with place.open() as store:
        assert (status(store).nodes, status(store).relationships, status(store).altered) == (10, 6, [])


def test_a_load_that_waits_says_for_whom(place: Place) -> None:
    with place.open() as store, writing(store):
        second = begun("build", "--seeds", str(SMALL), **place.variables)
        assert second.stderr is not None
        told = second.stderr.readline()
    assert told.startswith("waiting for another load to end (")
    assert f"process {os.getpid()} (" in told
    ((code, out, err),) = ended([second])
    assert (code, err) == (0, "")
    assert out.startswith("in all: 16 added")


def test_what_a_killed_load_held_keeps_nobody_waiting(place: Place) -> None:
    code = (
        "import sys\nfrom chinaai.graph.store import open_store\nfrom chinaai.graph.writing import writing\n"
        "with open_store() as store, writing(store):\n    print('in', flush=True)\n    sys.stdin.read()\n"
    )
    holder = subprocess.Popen(
        [COMMAND[0], "-c", code], env={**os.environ, **place.variables}, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout is not None and holder.stdout.readline() == b"in\n"
    holder.kill()
    holder.wait()
    assert chinaai("build", "--seeds", str(SMALL), **place.variables).stdout.startswith("in all: 16 added")


def test_somebodys_lock_on_a_server_is_told(neo4j_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = read_shipped(SMALL)
    build(neo4j_store, shipped, today=TODAY)
    with neo4j_store.session() as session, session.begin_transaction() as theirs:
        theirs.run("MATCH (n:ChinaAI) SET n.x = 1").consume()
        monkeypatch.setattr("chinaai.graph.store.STATEMENT_SECONDS", 2.0)
        edited = read_shipped(SMALL)
        edited.loaded[0][1].batch.nodes[-1].props["note"] = "said anew"
        with pytest.raises(StoreError, match=r"a statement was not done in its time .* SHOW TRANSACTIONS tells"):
            build(neo4j_store, edited, today=TODAY)
        monkeypatch.undo()
        theirs.rollback()
    with neo4j_store.session() as session, session.begin_transaction() as theirs:
        theirs.run("MATCH (n:ChinaAITurn) SET n.x = 1").consume()
        waiting = begun("build", "--seeds", str(SMALL), "--full", **settings(neo4j_store.endpoint))
        assert waiting.stderr is not None
        assert waiting.stderr.readline().endswith("somebody's open transaction; SHOW TRANSACTIONS tells whose\n")
        theirs.rollback()
    ((code, out, _),) = ended([waiting])
    assert (code, out.startswith("in all: 0 added, 0 changed")) == (0, True)


def test_a_connection_of_another_process_is_refused_in_every_use(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a child finds it that was forked with the connection open: the process is another one."""
    build(store, read_shipped(SMALL), today=TODAY)
    kg = KnowledgeGraph(store)
    uses: list[Callable[[], object]] = [
        lambda: kg.partnerships("alpha"), lambda: kg.cypher("RETURN 1"), lambda: kg.status(deep=True), kg.to_networkx,
        lambda: kg.export(tmp_path / "out", "jsonl"), lambda: build(store, read_shipped(SMALL), today=TODAY),
    ]  # fmt: skip
    with monkeypatch.context() as child:
        child.setattr(store, "_process", os.getpid() + 1)
        for use in uses:
            with pytest.raises(StoreError, match=r"can't be used in a forked process .*'spawn'"):
                use()
    assert [row.partner_id for row in kg.partnerships("alpha")] == ["beta"]
    assert not (tmp_path / "out").exists()


def test_a_reader_while_others_load(tmp_path: Path) -> None:
    home = {"CHINAAI_HOME": str(tmp_path)}
    with open_store(tmp_path) as store, writing(store):
        build(store, read_shipped(SMALL), today=TODAY)
        assert chinaai_process("ask", "names", "--text", "alpha", "--json", **home).returncode == 0
