"""The embedded engine: who gets in, what a reader may do, how long a statement may take."""

from __future__ import annotations

import base64
import http.client
import socket
import stat
import time
from collections.abc import Iterator
from pathlib import Path

import neo4j
import psutil
import pytest
from chinaai.graph.engine.embedded import EmbeddedEngine
from chinaai.graph.engine.limits import time_limit
from chinaai.graph.errors import StoreError
from embedded_helpers import ask, keeper, needs_posix
from faults.running import IN_TIME
from neo4j.exceptions import Neo4jError

SLOW = (
    "UNWIND range(1,3000) AS a UNWIND range(1,3000) AS b UNWIND range(1,3000) AS c WITH a*b+c AS n WHERE n<0 RETURN n"
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedEngine]:
    """One engine for the tests that only look."""
    with EmbeddedEngine(tmp_path_factory.mktemp("engine")) as engine:
        ask(engine, "CREATE (n:ChinaAI:Company {id: 'baidu', name: '百度'})-[:PARTNERS_WITH {fact_id: 'f'}]->(n)")
        yield engine


@needs_posix
def test_secrets_are_for_their_owner_alone(shared: EmbeddedEngine) -> None:
    folder = Path(shared.endpoint.where)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir() if path.is_file()}
    files = {"secret.json", "engine.json", "build.json", "engine.lock", "start.lock", "open"}
    assert modes == dict.fromkeys(files, 0o600)
    assert shared.endpoint.password not in repr(shared.endpoint)
    assert shared.endpoint.reader and shared.endpoint.reader[1] not in repr(shared.endpoint)


def test_it_listens_on_loopback_only(shared: EmbeddedEngine) -> None:
    mine = keeper(Path(shared.endpoint.where).parent).net_connections(kind="inet")
    addresses = {c.laddr.ip.removeprefix("::ffff:") for c in mine if c.status == psutil.CONN_LISTEN}
    assert addresses == {"127.0.0.1"}


@pytest.mark.parametrize(
    "text",
    [
        "CREATE (n:ChinaAI:Company {id: 'x'})",
        "CREATE (n:Unheard {id: 'x'})",
        "MERGE (n:ChinaAI:Company {id: 'x'})",
        "MATCH (n:ChinaAI) SET n.name = 'x'",
        "MATCH (n:ChinaAI) SET n = {id: 'x'}",
        "MATCH (n:ChinaAI) SET n:Chip",
        "MATCH (n:ChinaAI) REMOVE n.name",
        "MATCH (n:ChinaAI) REMOVE n:Company",
        "MATCH (n:ChinaAI) DETACH DELETE n",
        "MATCH ()-[r:PARTNERS_WITH]->() DELETE r",
        "MATCH ()-[r:PARTNERS_WITH]->() SET r.note = 'x'",
        "MATCH (n:ChinaAI) CREATE (n)-[:PARTNERS_WITH]->(n)",
        "MATCH (n:ChinaAI) CREATE (n)-[:UNHEARD]->(n)",
        "MATCH (n:ChinaAI) WITH collect(n) AS all FOREACH (n IN all | SET n.name = 'x')",
        "MATCH (n:ChinaAI) CALL (n) { SET n.name = 'x' RETURN 1 AS one } RETURN one",
        "CREATE CONSTRAINT c FOR (n:ChinaAI) REQUIRE n.name IS UNIQUE",
        "CREATE INDEX i FOR (n:ChinaAI) ON (n.name)",
        "CREATE USER eve SET PASSWORD 'long enough'",
        "LOAD CSV FROM 'file:///etc/hostname' AS line RETURN line",
    ],
)
def test_the_reader_cannot_write(shared: EmbeddedEngine, text: str) -> None:
    look = "MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN labels(n)[0], properties(n).name, n.id, type(r), size(keys(r))"
    before = ask(shared, look)
    assert before == {("ChinaAI", "百度", "baidu", "PARTNERS_WITH", 1)}
    with pytest.raises(Neo4jError, match="Forbidden"):
        ask(shared, text, reader=True)
    assert ask(shared, look) == before


def test_a_long_query_stops_at_its_own_limit(shared: EmbeddedEngine) -> None:
    began = time.monotonic()
    with pytest.raises(StoreError, match="longer than its limit of 1 s"), time_limit(shared.endpoint, 1) as mark:
        ask(shared, mark + SLOW, reader=True)
    assert time.monotonic() - began < IN_TIME
    with time_limit(shared.endpoint, 5) as mark:
        assert ask(shared, mark + "RETURN 1", reader=True) == {(1,)}


@pytest.mark.slow
def test_a_statement_stops_at_the_engines_limit_and_a_long_load_does_not(home: Path) -> None:
    with EmbeddedEngine(home, seconds=1.5) as engine:
        began = time.monotonic()
        with pytest.raises(Neo4jError, match="TransactionTimedOut"):
            ask(engine, SLOW, reader=True)
        assert time.monotonic() - began < IN_TIME
        point = engine.endpoint
        with (
            neo4j.GraphDatabase.driver(point.uri, auth=(point.username, point.password)) as driver,
            driver.session(database=point.database) as session,
            session.begin_transaction() as load,
        ):
            for number in range(3):
                load.run("CREATE (n:ChinaAI {id: $id})", id=str(number)).consume()
                time.sleep(0.7)
            load.commit()
        assert ask(engine, "MATCH (n:ChinaAI) RETURN n.id") == {("0",), ("1",), ("2",)}


def test_a_stranger_gets_nothing_over_bolt_or_http(shared: EmbeddedEngine) -> None:
    with (
        neo4j.GraphDatabase.driver(shared.endpoint.uri, auth=("eve", "guess")) as driver,
        pytest.raises(Neo4jError, match="Unauthorized"),
    ):
        driver.execute_query("RETURN 1", database_=shared.endpoint.database)
    own = {int(shared.endpoint.uri.rpartition(":")[2])}
    listening = keeper(Path(shared.endpoint.where).parent).net_connections(kind="inet")
    ports = {c.laddr.port for c in listening if c.status == psutil.CONN_LISTEN} - own
    answers = {
        path: {status for port in ports for status in (_get(port, path, None), _get(port, path, "eve:guess"))}
        for path in ("/api/v1/databases", "/api/v1/server", "/api/v1/exists/chinaai", "/api/v1/openapi.json")
    }
    assert ports and set.union(*answers.values()) <= {
        0,
        400,
        401,
        403,
    }  # 400: the Bolt port of another engine in this process


def _get(port: int, path: str, login: str | None) -> int:
    headers = {"Authorization": "Basic " + base64.b64encode(login.encode()).decode()} if login else {}
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        link.request("GET", path, headers=headers)
        return link.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0  # not an HTTP port
    finally:
        link.close()


def test_a_port_that_is_not_the_engine_gets_no_secret(home: Path) -> None:
    from chinaai.graph.engine.bolt import Answer
    from chinaai.graph.engine.bolt import ask as knock

    with socket.create_server(("127.0.0.1", 0)) as stranger:
        port = stranger.getsockname()[1]
        assert knock("127.0.0.1", port, ("root", "secret"), "chinaai", seconds=1) is Answer.SILENT
        link, _ = stranger.accept()
        with link:
            assert b"secret" not in link.recv(100)
