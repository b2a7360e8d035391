"""Free queries: nothing but reading the graph, on both engines, in Python and on the command line."""

from __future__ import annotations

import json
import threading
import time
from typing import Any

import pytest
from chinaai import KnowledgeGraph, StoreError
from chinaai.graph.errors import GoneError
from chinaai.graph.native import bounded
from chinaai.graph.store import Store
from chinaai.queries.params import QueryError
from faults.running import IN_TIME, PATIENCE, chinaai
from neo4j.exceptions import ServiceUnavailable, TransientError
from small import Small

READS_ONLY = "this connection reads only; the query would write"
#: Statements that a reader may not run, and how the refusal begins; "" where each engine has words of its own.
REFUSED = {
    "CREATE (n:ChinaAI:Company {id: 'x'})": READS_ONLY,
    "MERGE (n:ChinaAI:Company {id: 'x'})": READS_ONLY,
    "INSERT (:ChinaAI {id: 'x'})": READS_ONLY,
    "MATCH (n:ChinaAI) SET n.name = 'x'": READS_ONLY,
    "MATCH (n:ChinaAI) SET n:Marked": READS_ONLY,
    "MATCH (n:ChinaAI) REMOVE n.name": READS_ONLY,
    "MATCH (n:ChinaAI) DETACH DELETE n": READS_ONLY,
    "MATCH (:ChinaAI)-[r]->(:ChinaAI) DELETE r": READS_ONLY,
    "MATCH (n:ChinaAI) WITH collect(n) AS all FOREACH (n IN all | SET n.name = 'x')": READS_ONLY,
    "MATCH (n:ChinaAI) CALL (n) { SET n.name = 'x' RETURN 1 AS one } RETURN one": READS_ONLY,
    "MATCH (n:ChinaAI) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10 ROWS": READS_ONLY,
    "UNWIND range(1, 3) AS i CALL (i) { CREATE (:ChinaAI {id: toString(i)}) } IN TRANSACTIONS": READS_ONLY,
    "CREATE INDEX foo FOR (n:ChinaAI) ON (n.name)": READS_ONLY,
    "CREATE FULLTEXT INDEX foo FOR (n:ChinaAI) ON EACH [n.name]": READS_ONLY,
    "CREATE CONSTRAINT foo FOR (n:ChinaAI) REQUIRE n.name IS UNIQUE": READS_ONLY,
    "DROP CONSTRAINT chinaai_id": READS_ONLY,
    "DROP INDEX chinaai_id": READS_ONLY,
    "CREATE DATABASE foo": READS_ONLY,
    "CREATE USER eve SET PASSWORD 'long enough'": READS_ONLY,
    "ALTER CURRENT USER SET PASSWORD FROM 'a' TO 'long enough'": READS_ONLY,
    "TERMINATE TRANSACTION 'neo4j-transaction-1'": READS_ONLY,
    "COMMIT": READS_ONLY,
    # What hides a write, or another reading of the text.
    "/* only reads */ CREATE (n:ChinaAI {id: 'x'})": READS_ONLY,
    "// only 'reads\nCREATE (n:ChinaAI {id: 'x'})": READS_ONLY,
    "CREATE/**/(n:ChinaAI {id: 'x'})": READS_ONLY,
    "\n\t  create (n:ChinaAI {id: 'x'})": READS_ONLY,
    "\\u0043REATE (n:ChinaAI {id: 'x'})": READS_ONLY,
    "PROFILE CREATE (n:ChinaAI {id: 'x'})": READS_ONLY,
    "EXPLAIN CREATE (n:ChinaAI {id: 'x'})": READS_ONLY,
    "CYPHER 25 CREATE (n:ChinaAI {id: 'x'})": READS_ONLY,
    "PROFILE MATCH (n:ChinaAI) SET n.name = 'x'": READS_ONLY,
    "MATCH (n:ChinaAI) S\\u0045T n.name = 'x'": "",
    "RETURN 1 AS x; CREATE (n:ChinaAI {id: 'x'})": "the query was refused",
    "*/ CREATE (n:ChinaAI {id: 'x'}) /*": "the query was refused",
    # Beyond the graph.
    "LOAD CSV FROM 'file:///etc/hostname' AS line RETURN line": "LOAD CSV reads files and addresses",
    "load /* */ csv FROM 'http://127.0.0.1/' AS line RETURN line": "LOAD CSV reads files and addresses",
    "L\\u004fAD CSV FROM 'file:///etc/hostname' AS line RETURN line": "LOAD CSV reads files and addresses",
    "RETURN 1 AS x UNION LOAD CSV FROM 'file:///etc/hostname' AS x RETURN x": "LOAD CSV reads files and addresses",
    "// it's\nLOAD CSV FROM 'file:///etc/hostname' AS line RETURN line // it's": "LOAD CSV reads files and addresses",
    "LOAD CSV FROM 'file:///etc/hostname' AS line CREATE (:X {l: line})": "LOAD CSV reads files and addresses",
    "CALL apoc.load.json('file:///etc/passwd')": "procedure apoc.load.json does more than read the graph",
    "CALL `apoc`.`load`.`csv`('http://127.0.0.1/')": "procedure apoc.load.csv does more than read the graph",
    "OPTIONAL CALL apoc.cypher.runFile('x') YIELD row RETURN row": "procedure apoc.cypher.runFile does more than",
    "CALL apoc.util.sleep(30000)": "procedure apoc.util.sleep does more than read the graph",
    "RETURN genai.vector.encode('x', 'OpenAI', {token: 't'}) AS v": "function genai.vector.encode does more than",
    "RETURN apoc.cypher.runFirstColumnSingle('MATCH (n) RETURN n', {}) AS v": "function apoc.cypher.runFirstColumnSi",
    "SHOW SETTINGS": "SHOW SETTINGS tells of the server",
    "SHOW TRANSACTIONS": "SHOW TRANSACTIONS tells of the server",
    "show all users": "SHOW USERS tells of the server",
    "EXPLAIN SHOW DATABASES": "SHOW DATABASES tells of the server",
    "SHOW INDEXES YIELD name SHOW SETTINGS": "SHOW SETTINGS tells of the server",
    "SHOW TRANSACTIONS YIELD transactionId AS t TERMINATE TRANSACTIONS t YIELD message RETURN message": "SHOW TRANSA",
    "SHOW INDEXES YIELD name TERMINATE TRANSACTIONS name": READS_ONLY,
    "USE system MATCH (n) RETURN n": "USE asks another database",
    "BACKUP DATABASE neo4j": "'BACKUP' begins no query that reads",
    "CALL db.createLabel('Foo')": "",
    "CALL db.createProperty('foo')": "",
    "CALL db.createRelationshipType('FOO')": "",
    "CALL db.clearQueryCaches()": "procedure db.clearQueryCaches does more than read the graph",
    "CALL dbms.killConnections(['bolt-1'])": "procedure dbms.killConnections does more than read the graph",
    "CALL `dbms`.`killConnection`('bolt-1')": "procedure dbms.killConnection does more than read the graph",
    "RETURN 1 AS x UNION CALL dbms . listConfig() YIELD name AS x RETURN x": "procedure dbms.listConfig does more than",
}  # fmt: skip
MANY = "range(1, 3000)"
SLOW = f"UNWIND {MANY} AS a UNWIND {MANY} AS b UNWIND {MANY} AS c WITH a * b + c AS n WHERE n < 0 RETURN n"


def standing(store: Store) -> tuple[object, ...]:
    """All that a write could change: elements, constraints, labels."""
    everything = store.read("MATCH (n) RETURN labels(n) AS l, properties(n) AS p")
    facts = store.read("MATCH ()-[r]->() RETURN type(r) AS t, properties(r) AS p")
    names = store.read("SHOW INDEXES")
    return sorted(map(str, everything)), sorted(map(str, facts)), sorted(str(row["name"]) for row in names)


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_more_than_reading_is_refused(small_place: Small, text: str) -> None:
    store, _ = small_place
    before = standing(store)
    with pytest.raises(StoreError) as caught:
        KnowledgeGraph(store).cypher(text)
    assert str(caught.value).startswith(REFUSED[text])
    assert standing(store) == before


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (c:Company) RETURN c.id AS id, 'LOAD CSV; CREATE (n)' AS note ORDER BY id LIMIT 1",
        "MATCH (c:Company) // CREATE, LOAD CSV, CALL dbms.killConnections()\nRETURN c.id AS id ORDER BY id LIMIT 1",
        "MATCH (create:Company) RETURN create.id AS id ORDER BY id LIMIT 1",
        "PROFILE MATCH (c:Company) RETURN c.id AS id ORDER BY id LIMIT 1",
        "MATCH (c:Company) WITH c ORDER BY c.id LIMIT 1 CALL (c) { RETURN c.id AS id } RETURN id",
        "MATCH (show:Company) RETURN show.id AS id, {call: 1, load: 'csv', set: 2} AS call ORDER BY id LIMIT 1",
        "MATCH (c:Company) WHERE c.set IS NULL AND NOT c:Terminate RETURN c.id AS id ORDER BY id LIMIT 1",
        "MATCH (c:Company) RETURN c.id AS id, duration.between(date('2025-01-01'), date()) AS d ORDER BY id LIMIT 1",
    ],
)
def test_what_reads_is_allowed(small_place: Small, text: str) -> None:
    assert [row["id"] for row in KnowledgeGraph(small_place[0]).cypher(text).rows] == ["alpha"]


def test_explain_shows_a_plan_and_runs_nothing(small_place: Small) -> None:
    answer = KnowledgeGraph(small_place[0]).cypher("EXPLAIN MATCH (c:Company) RETURN c.id AS id")
    (row,) = answer.rows
    assert (answer.columns, answer.cut) == (["plan"], False)
    assert len(str(row["plan"]).splitlines()) > 2


def test_procedures_that_read_are_allowed(small_place: Small) -> None:
    answer = KnowledgeGraph(small_place[0]).cypher("CALL db.labels() YIELD label RETURN label ORDER BY label")
    assert {"ChinaAI", "Company"} <= {row["label"] for row in answer.rows}


def test_the_row_limit_says_when_it_cut(small_place: Small) -> None:
    kg = KnowledgeGraph(small_place[0])
    for limit, rows, cut in ((2, 2, True), (3, 3, False), (4, 3, False)):
        answer = kg.cypher("UNWIND [1, 2, 3] AS i RETURN i", limit=limit)
        assert (len(answer.rows), answer.cut) == (rows, cut)


def test_values_of_a_query_may_bear_any_name(small_place: Small) -> None:
    kg = KnowledgeGraph(small_place[0])
    text = "MATCH (c:Company) RETURN c.id AS id ORDER BY id LIMIT $limit"
    assert len(kg.cypher(text, {"limit": 2}).rows) == 2
    with pytest.raises(QueryError, match=r"the query's \$limit has no value"):
        kg.cypher(text, limit=2)
    assert kg.cypher("RETURN $seconds AS s, $text AS t", {"seconds": 7, "text": "x"}).rows == [{"s": 7, "t": "x"}]
    odd = {"query": 1, "parameters": 2, "timeout": 3, "database": 4, "self": 5, "mark": 6, "tx": 7, "kwparameters": 8}
    text = "RETURN " + ", ".join(f"${name} AS {name}" for name in odd)
    assert kg.cypher(text, odd).rows == [odd] == kg.cypher(text, **odd).rows
    words = [word for name, value in odd.items() for word in ("-p", f"{name}={value}")]
    assert json.loads(chinaai("cypher", text, *words, "--json", **small_place[1]).stdout) == [odd]


def test_a_day_may_be_a_value(small_place: Small) -> None:
    _, variables = small_place
    text = "RETURN $day < date('2025-03-02') AS earlier, $n + 1 AS more"
    done = chinaai("cypher", text, "-p", "day:date=2025-03-01", "-p", "n=4", "--csv", **variables)
    assert done.stdout == "earlier,more\nyes,5\n"
    text = "UNWIND [date('2025-03-01')] AS d WITH d WHERE d = $day RETURN d"
    done = chinaai("cypher", text, "-p", "day=2025-03-01", **variables)
    assert "day was sent as text; --param day:date=2025-03-01 sends it as a date" in done.stderr
    done = chinaai("cypher", "RETURN $day", "-p", "day:date=2025-02-30", **variables)
    assert done.returncode == 2 and "no date" in done.stderr


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("duration('P1Y2M3DT4H')", "P1Y2M3DT4H"),
        ("duration('P30M')", "P2Y6M"),
        ("duration('PT90S')", "PT1M30S"),
        ("[duration('P10D'), duration({hours: 36})]", ["P10D", "PT36H"]),
        ("{span: duration('P1W'), day: date('2025-02-28') + duration('P1D')}", {"span": "P7D", "day": "2025-03-01"}),
    ],
)
def test_durations_are_shown_as_iso_8601_writes_them(small_place: Small, value: str, shown: object) -> None:
    done = chinaai("cypher", f"RETURN {value} AS d", "--json", **small_place[1])
    assert (json.loads(done.stdout), done.stderr) == ([{"d": shown}], "")


@pytest.mark.parametrize("value", ["date('-0044-03-15')", "{d: date('-0001-06-01')}", "[date('0000-12-31')]"])
def test_a_value_that_python_has_no_room_for_is_told(small_place: Small, value: str) -> None:
    kg = KnowledgeGraph(small_place[0])
    with pytest.raises(StoreError, match=r"a value that Python has no room for .*toString"):
        kg.cypher(f"RETURN {value} AS d")
    assert kg.cypher("RETURN 1 AS one").rows == [{"one": 1}]


@pytest.mark.parametrize("text", ["", "   ", ";", "\n;\t"])
def test_an_empty_query_is_told(small_place: Small, text: str) -> None:
    with pytest.raises(QueryError, match="the query is empty; as MATCH"):
        KnowledgeGraph(small_place[0]).cypher(text)


def test_nothing_is_shown(small_place: Small) -> None:
    done = chinaai("cypher", "RETURN null AS nothing", **small_place[1])
    assert "nothing" in done.stdout


def test_an_answer_is_bounded_in_bytes(small_place: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chinaai.graph.native.BYTES", 2000)
    kg = KnowledgeGraph(small_place[0])
    answer = kg.cypher("UNWIND range(1, 100) AS i RETURN 'a text of some thirty letters ' + i AS t")
    assert answer.cut and 20 < len(answer.rows) < 100
    with pytest.raises(StoreError, match="one row of the answer is over"):
        kg.cypher("RETURN [i IN range(1, 500) | 'a text'] AS l")


def test_the_time_limit_says_when_it_cut(small_place: Small) -> None:
    began = time.monotonic()
    with pytest.raises(StoreError, match=r"the query took longer than its (time limit|limit of 1 s)"):
        KnowledgeGraph(small_place[0]).cypher(SLOW, seconds=1)
    assert time.monotonic() - began < IN_TIME


@pytest.mark.slow
@pytest.mark.parametrize("many", [200_000, 17_000], ids=["too long to be read", "long"])
def test_a_list_of_literals_is_stopped_in_words(small_place: Small, many: int) -> None:
    """An engine reads a text before it looks at the time: 200,000 numbers took half a minute."""
    kg, began = KnowledgeGraph(small_place[0]), time.monotonic()
    text = f"RETURN size([{','.join(map(str, range(many)))}]) AS n"
    if len(text) > 100_000:
        with pytest.raises(StoreError, match=r"1,288,909 characters long, more than 100,000.*as parameters"):
            kg.cypher(text, seconds=3)
    else:
        try:
            assert kg.cypher(text, seconds=3).rows == [{"n": many}]
        except StoreError as error:
            assert "the query took longer than its" in str(error)
    assert time.monotonic() - began < IN_TIME
    found = kg.cypher("RETURN size($list) AS n", {"list": list(range(200_000))}).rows
    assert found == [{"n": 200_000}]


@pytest.mark.slow
def test_nobody_waits_long_beyond_the_limit(small_place: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the engine does not end a query, the caller's own wait does, and the query is not asked again."""
    asked: list[str] = []
    over, ended = threading.Event(), threading.Event()

    def asleep(text: str) -> bool:
        if "AS mine" not in text:
            return False
        asked.append(text)
        over.wait(PATIENCE)
        ended.set()
        raise StoreError("left behind", "here")  # else its thread would go on into what the next test has replaced

    monkeypatch.setattr("chinaai.graph.store.explains", asleep)
    began = time.monotonic()
    with pytest.raises(StoreError, match=r"the query took longer than its limit of 1 s .*allow it more time"):
        KnowledgeGraph(small_place[0]).cypher("RETURN 1 AS mine", seconds=1)
    assert time.monotonic() - began < IN_TIME
    assert asked == ["RETURN 1 AS mine"]
    over.set()
    assert ended.wait(PATIENCE)


@pytest.mark.slow
@pytest.mark.parametrize("broken", [ServiceUnavailable("cut"), TransientError("no memory"), GoneError("ended")])
def test_a_query_that_has_had_its_time_is_not_asked_again(
    small_place: Small, monkeypatch: pytest.MonkeyPatch, broken: Exception
) -> None:
    """The driver repeats what a broken link or a lack of memory ended, and we what the engine's end did."""
    asked: list[str] = []

    def late(*rows: Any) -> Any:
        if list(rows[0].keys()) != ["mine"]:  # of an earlier test, which left it behind in its thread
            return bounded(*rows)
        asked.append("again" if asked else "once")
        time.sleep(1.2)
        raise broken

    monkeypatch.setattr("chinaai.graph.store.bounded", late)
    with pytest.raises(StoreError, match=r"the query took longer than its limit of 1 s .*allow it more time|^ended$"):
        KnowledgeGraph(small_place[0]).cypher("RETURN 1 AS mine", seconds=1)
    assert asked == ["once"]


def test_a_query_whose_link_broke_in_time_is_asked_again(small_place: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def broken_once(*rows: Any) -> Any:
        if list(rows[0].keys()) != ["mine"]:  # of an earlier test, which left it behind in its thread
            return bounded(*rows)
        asked.append("asked")
        if len(asked) == 1:
            raise ServiceUnavailable("cut")
        return bounded(*rows)

    monkeypatch.setattr("chinaai.graph.store.bounded", broken_once)
    assert KnowledgeGraph(small_place[0]).cypher("RETURN 1 AS mine", seconds=40).rows == [{"mine": 1}]
    assert len(asked) == 2


def test_the_command_refuses_and_cuts_as_python_does(small_place: Small) -> None:
    store, variables = small_place
    before = standing(store)
    for text in ("MATCH (n:ChinaAI) SET n.name = 'x'", "// r\nCREATE (n:ChinaAI {id: 'x'})"):
        done = chinaai("cypher", text, "--json", **variables)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.startswith(f"chinaai: {READS_ONLY}") and done.stderr.count("\n") == 1
    assert standing(store) == before
    done = chinaai("cypher", "UNWIND [1, 2, 3] AS i RETURN i", "--limit", "2", "--json", **variables)
    assert (done.returncode, done.stdout.split()) == (0, ["[", "{", '"i":', "1", "},", "{", '"i":', "2", "}", "]"])
    assert done.stderr == "cut at 2 rows; there are more (--limit)\n"
    done = chinaai("cypher", SLOW, "--seconds", "1", **variables)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("chinaai: the query took longer than its")
