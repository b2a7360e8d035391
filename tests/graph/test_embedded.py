"""The embedded engine: real engine, real second processes, real kills."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from chinaai.graph.engine.embedded import open_embedded
from chinaai.graph.errors import ChinaAIError, EngineError, StoreError
from embedded_helpers import PROLOGUE, another, ask, kill, needs_posix
from faults.running import IN_TIME, PATIENCE
from neo4j.exceptions import DriverError, Neo4jError

pytestmark = pytest.mark.slow


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def test_what_is_written_stands_after_a_restart(home: Path) -> None:
    with open_embedded(home) as engine:
        assert engine.owner
        ask(engine, "CREATE (n:ChinaAI:Company {id: 'baidu', name: '百度'})")
    with open_embedded(home) as engine:
        assert ask(engine, "MATCH (n:ChinaAI) RETURN n.id, n.name") == {("baidu", "百度")}


def test_handles_of_one_process_share_one_engine(home: Path) -> None:
    first, second = open_embedded(home), open_embedded(home)
    assert first.endpoint == second.endpoint
    first.close()
    first.close()
    assert ask(second, "RETURN 1") == {(1,)}
    second.close()
    with pytest.raises(DriverError):
        ask(second, "RETURN 1")


@pytest.mark.parametrize("locale", ["C", "C.UTF-8"])
def test_a_home_with_spaces_and_chinese_in_its_name(tmp_path: Path, locale: str) -> None:
    home = tmp_path / "我的 资料"
    command = [sys.executable, "-c", PROLOGUE + "driver.close(); engine.close()", str(home)]
    environment = {**os.environ, "LC_ALL": locale}
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False, env=environment)
    assert (done.stdout, done.stderr) == ("ready True\n", "")
    assert {path.name for path in tmp_path.iterdir()} == {"我的 资料"}
    with open_embedded(home) as engine:
        assert ask(engine, "RETURN 1", reader=True) == {(1,)}


def test_two_homes_in_one_process_do_not_mix(tmp_path: Path) -> None:
    with open_embedded(tmp_path / "a") as a, open_embedded(tmp_path / "b") as b:
        ask(a, "CREATE (n:ChinaAI {id: 'only-a'})")
        assert ask(b, "MATCH (n:ChinaAI) RETURN n.id") == set()
        assert a.endpoint.password != b.endpoint.password


def test_a_second_process_uses_the_engine_of_the_first(home: Path) -> None:
    with open_embedded(home) as engine:
        ask(engine, "CREATE (n:ChinaAI {id: 'from-first'})")
        body = "ask(\"CREATE (n:ChinaAI {id: 'from-second'})\"); print(engine.owner); driver.close(); engine.close()"
        out, err = another(home, body).communicate(timeout=PATIENCE)
        assert (out, err) == ("False\n", "")
        assert ask(engine, "MATCH (n:ChinaAI) RETURN n.id") == {("from-first",), ("from-second",)}


def test_the_second_process_gets_a_clear_error_when_the_first_ends(home: Path) -> None:
    from chinaai.graph.store import open_store

    first = another(home, "sys.stdin.read()")
    store = open_store(home)
    assert store.read("RETURN 1 AS one") == [{"one": 1}]
    kill(first)
    began = time.monotonic()
    with pytest.raises(StoreError, match="ended"):
        store.read("RETURN 1 AS one")
    assert time.monotonic() - began < IN_TIME
    store.close()
    with open_embedded(home) as engine:
        assert engine.owner


def test_many_processes_that_start_at_once_agree_on_one_engine(home: Path) -> None:
    body = "ask('CREATE (n:ChinaAI {id: $id})', id=sys.stdin.readline()); print('done', flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", PROLOGUE + body, str(home)]
    crowd = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    owners = []
    for number, process in enumerate(crowd):
        assert process.stdout is not None and process.stdin is not None
        owners.append(process.stdout.readline().split()[-1])
        process.stdin.write(f"{number}\n")
        process.stdin.flush()
        assert process.stdout.readline() == "done\n"
    assert sorted(owners) == ["False", "False", "False", "True"]
    for process in crowd:
        kill(process)
    with open_embedded(home) as engine:
        assert ask(engine, "MATCH (n:ChinaAI) RETURN count(n)") == {(4,)}


@pytest.mark.parametrize("pause", [0.0, 0.15, 0.4])
def test_a_load_that_was_killed_keeps_whole_transactions(home: Path, pause: float) -> None:
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
    loader.kill()
    said = [int(line) for line in loader.communicate(timeout=PATIENCE)[0].split()]
    acknowledged = max(said, default=0)
    began = time.monotonic()
    with open_embedded(home) as engine:
        assert engine.owner
        assert time.monotonic() - began < IN_TIME
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
        kill(process)
    with open_embedded(home) as engine:
        assert ask(engine, "RETURN 1", reader=True) == {(1,)}


def test_files_left_by_a_killed_process_do_not_block(home: Path) -> None:
    first = another(home, "sys.stdin.read()")
    folder = home / "embedded"
    note = json.loads((folder / "engine.json").read_text())
    assert note["pid"] == first.pid
    kill(first)
    assert (folder / "engine.json").exists() and (folder / "engine.lock").exists()
    note["pid"] = os.getpid()  # even where the number lives again
    (folder / "engine.json").write_text(json.dumps(note))
    with open_embedded(home) as engine:
        assert engine.owner


@pytest.mark.parametrize("content", ["", "{", "[]", '{"port": "x"}'])
def test_damaged_notes_do_not_block(home: Path, content: str) -> None:
    open_embedded(home).close()
    (home / "embedded" / "engine.json").write_text(content)
    with open_embedded(home) as engine:
        assert ask(engine, "RETURN 1") == {(1,)}


@pytest.mark.parametrize("damage", ["secret.json", "server/config/server-users.jsonl"])
@pytest.mark.parametrize("content", [None, "", '{"name":"root","datab'])
def test_lost_or_torn_secrets_are_made_anew_and_the_data_stays(home: Path, damage: str, content: str | None) -> None:
    with open_embedded(home) as engine:
        ask(engine, "CREATE (n:ChinaAI {id: 'kept'})")
    path = home / "embedded" / damage
    path.unlink() if content is None else path.write_text(content)
    with open_embedded(home) as engine:
        assert ask(engine, "MATCH (n:ChinaAI) RETURN n.id", reader=True) == {("kept",)}
        assert ask(engine, "MATCH (n:ChinaAI) RETURN n.id") == {("kept",)}


@needs_posix
def test_a_forked_child_uses_the_engine_and_ends_without_harm(home: Path, tmp_path: Path) -> None:
    body = f"""
import os
from chinaai.graph.errors import EngineError
if os.fork() == 0:
    child = open_embedded(home)
    print("owner", child.owner, flush=True)
    try:
        open_embedded(Path({str(tmp_path / "other")!r}))
    except EngineError as error:
        print(error.what, flush=True)
    child.close()
    sys.exit(0)
print("ended", os.wait()[1], ask("RETURN 1 AS one"), flush=True)
driver.close()
engine.close()
"""
    out, err = another(home, body).communicate(timeout=PATIENCE)
    assert out.splitlines() == [
        "owner False",
        "the embedded engine can't run in a forked process",
        "ended 0 [{'one': 1}]",
    ]
    assert err == ""


@needs_posix
def test_an_engine_that_does_not_answer_is_named_in_time(home: Path) -> None:
    first = another(home, "sys.stdin.read()")
    try:
        os.kill(first.pid, signal.SIGSTOP)
        began = time.monotonic()
        with pytest.raises(EngineError, match=str(first.pid)) as caught:
            open_embedded(home, wait=3)
        assert time.monotonic() - began < IN_TIME
        assert str(home / "embedded") in str(caught.value)
    finally:
        os.kill(first.pid, signal.SIGCONT)
    with open_embedded(home) as engine:
        assert not engine.owner
    kill(first)


def test_a_process_that_waits_takes_over_when_the_first_ends(home: Path) -> None:
    with open_embedded(home):
        body = "driver.close(); engine.close(); input(); engine = open_embedded(home); print(engine.owner)"
        second = another(home, body)
    assert second.communicate("\n", timeout=PATIENCE)[0] == "True\n"


def test_a_file_in_place_of_the_folder_is_a_clear_error(home: Path) -> None:
    home.write_text("not a folder")
    with pytest.raises(EngineError, match="can't be used") as caught:
        open_embedded(home)
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
        open_embedded(home)


def test_it_is_silent_and_leaves_the_working_folder_alone(home: Path, tmp_path: Path) -> None:
    code = PROLOGUE + "ask('RETURN 1'); driver.close(); engine.close()"
    work = tmp_path / "work"
    work.mkdir()
    command = [sys.executable, "-c", code, str(home)]
    done = subprocess.run(command, cwd=work, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "ready True\n", "")
    assert list(work.iterdir()) == []
    assert any((home / "embedded" / "server" / "log").iterdir())


@needs_posix
def test_ctrl_c_ends_it_and_the_next_start_works(home: Path) -> None:
    process = another(home, "time.sleep(60)")
    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=PATIENCE)
    assert "KeyboardInterrupt" in err and time.monotonic() - began < IN_TIME
    with open_embedded(home) as engine:
        assert engine.owner


def test_a_warm_start_is_fast(home: Path) -> None:
    open_embedded(home).close()
    code = PROLOGUE + "print(ask('MATCH (n:ChinaAI) RETURN count(n) AS n')); driver.close(); engine.close()"
    before = os.times()
    subprocess.run([sys.executable, "-c", code, str(home)], check=True, capture_output=True, timeout=PATIENCE)
    after = os.times()
    # Time of the processor, which a busy machine does not stretch: 0.7 s.
    assert after.children_user + after.children_system - before.children_user - before.children_system < 2.5
