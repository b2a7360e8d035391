"""What surrounds the statements: transactions, accounts, limits, counters, uniqueness."""

from __future__ import annotations

import time

import neo4j
import pytest
from chinaai.graph.engine.limits import time_limit
from chinaai.graph.errors import StoreError
from conformance.dialect import Bench
from faults.running import IN_TIME
from neo4j.exceptions import ConstraintError, Neo4jError

SLOW = (
    "UNWIND range(1, 3000) AS a UNWIND range(1, 3000) AS b UNWIND range(1, 3000) AS c "
    "WITH a * b + c AS n WHERE n < 0 RETURN n"
)


def count(bench: Bench, label: str) -> int:
    return int(bench.run(f"MATCH (n:{label}) RETURN count(n) AS n")[0][0])


def reader(bench: Bench) -> neo4j.Driver:
    """The connection that may not write: another account, or the same one in read mode."""
    point = bench.endpoint
    return neo4j.GraphDatabase.driver(point.uri, auth=point.reader or (point.username, point.password))


def test_a_rolled_back_transaction_leaves_nothing(bench: Bench) -> None:
    bench.reset()
    with bench.session() as session, session.begin_transaction() as tx:
        tx.run("CREATE (:Rolled {id: 'a'})").consume()
        assert tx.run("MATCH (n:Rolled) RETURN count(n) AS n").single(strict=True)["n"] == 1
        tx.rollback()
    assert count(bench, "Rolled") == 0


def test_a_managed_transaction_stands_whole_or_not_at_all(bench: Bench) -> None:
    bench.reset()

    def work(tx: neo4j.ManagedTransaction) -> None:
        tx.run("CREATE (:Half {id: 'a'})").consume()
        tx.run("RETURN 1 / 0 AS x").consume()

    with bench.session() as session, pytest.raises(Neo4jError):
        session.execute_write(work)
    assert count(bench, "Half") == 0


def test_a_statement_that_fails_midway_outside_a_transaction(bench: Bench) -> None:
    """The embedded engine keeps what such a statement did before it failed, so loads use transactions."""
    bench.reset()
    with pytest.raises(Neo4jError):
        bench.run("MATCH (n:Company {id: 'c4'}) DETACH DELETE n RETURN n.id AS id")
    kept = {"neo4j": 4, "embedded": 3}
    assert count(bench, "Company") == kept[bench.endpoint.engine]


def test_the_reading_connection_can_not_write(bench: Bench) -> None:
    bench.reset()
    refused = ("Forbidden", "AccessMode")
    with reader(bench) as driver:
        options = {"database": bench.endpoint.database, "default_access_mode": neo4j.READ_ACCESS}
        with driver.session(**options) as session, pytest.raises(Neo4jError) as caught:
            session.execute_read(lambda tx: tx.run("CREATE (:Written)").consume())
    assert str(caught.value.code).endswith(refused)
    assert count(bench, "Written") == 0


def test_a_query_ends_at_its_time_limit(bench: Bench) -> None:
    @neo4j.unit_of_work(timeout=1.0)
    def slow(tx: neo4j.ManagedTransaction, mark: str) -> None:
        tx.run(mark + SLOW).consume()

    began = time.monotonic()
    options = {"database": bench.endpoint.database, "default_access_mode": neo4j.READ_ACCESS}
    with (
        pytest.raises((Neo4jError, StoreError)),
        reader(bench) as driver,
        driver.session(**options) as session,
        time_limit(bench.endpoint, 1.0) as mark,
    ):
        session.execute_read(slow, mark)
    assert time.monotonic() - began < IN_TIME


def test_counters_say_what_was_done(bench: Bench) -> None:
    bench.reset()

    def done(text: str) -> tuple[int, int, int, int]:
        with bench.session() as session:
            c = session.execute_write(lambda tx: tx.run(text).consume()).counters
        return c.nodes_created, c.nodes_deleted, c.relationships_created, c.relationships_deleted

    assert done("UNWIND [1, 2, 3] AS i CREATE (:Counted {id: i})") == (3, 0, 0, 0)
    assert done("MATCH (a:Counted), (b:Counted) WHERE a.id < b.id CREATE (a)-[:R {fact_id: a.id}]->(b)") == (0, 0, 3, 0)
    assert done("MATCH (a:Counted {id: 1})-[r:R]->(b:Counted {id: 2}) MERGE (a)-[x:R {fact_id: 1}]->(b)") == (
        0,
        0,
        0,
        0,
    )
    assert done("MATCH (a:Counted {id: 2})-[r:R]->() DELETE r") == (0, 0, 0, 1)
    assert done("MATCH (a:Counted {id: 1}) DETACH DELETE a") == (0, 1, 0, 2)
    assert done("MATCH (a:Counted) SET a.name = 'x'") == (0, 0, 0, 0)
    bench.run("MATCH (a:Counted) DELETE a")


def test_a_unique_id_holds_over_all_types_of_the_mark(bench: Bench) -> None:
    bench.run("CREATE CONSTRAINT bench_id IF NOT EXISTS FOR (n:Mark) REQUIRE n.id IS UNIQUE")
    bench.run("CREATE CONSTRAINT bench_id IF NOT EXISTS FOR (n:Mark) REQUIRE n.id IS UNIQUE")
    bench.run("CREATE (:Mark:Firm {id: 'a'})")
    for text in ("CREATE (:Mark:Person {id: 'a'})", "CREATE (:Mark {id: 'b'}), (:Mark:Firm {id: 'b'})"):
        with pytest.raises(ConstraintError):
            bench.run(text)
    bench.run("CREATE (:Firm {id: 'a'})")  # somebody else's node of the same type and id is no concern of ours
    assert bench.run("MATCH (n:Mark) RETURN n:Firm AS firm, n.id AS id") == [(True, "a")]


def test_a_unique_fact_id_holds_for_each_relationship_type(bench: Bench) -> None:
    bench.reset()
    bench.run("CREATE CONSTRAINT bench_fact IF NOT EXISTS FOR ()-[r:FACT]-() REQUIRE r.fact_id IS UNIQUE")
    make = "MATCH (a:Company {id: $a}), (b:Company {id: $b}) CREATE (a)-[:FACT {fact_id: $f}]->(b)"
    bench.run(make, {"a": "c1", "b": "c2", "f": "f1"})
    bench.run(make, {"a": "c1", "b": "c2", "f": "f2"})
    with pytest.raises(ConstraintError):
        bench.run(make, {"a": "c3", "b": "c4", "f": "f1"})
    with pytest.raises(ConstraintError):
        bench.run("MATCH ()-[r:FACT {fact_id: 'f2'}]->() SET r = {fact_id: 'f1'}")
    assert bench.run("MATCH ()-[r:FACT]->() RETURN r.fact_id AS f ORDER BY f") == [("f1",), ("f2",)]
    bench.run("MATCH ()-[r:FACT]->() DELETE r")


def test_constraints_are_listed(bench: Bench) -> None:
    bench.run("CREATE CONSTRAINT bench_list IF NOT EXISTS FOR (n:Listed) REQUIRE n.id IS UNIQUE")
    with bench.session() as session:
        names = {row["name"] for row in session.run("SHOW CONSTRAINTS")}
    assert "bench_list" in names


def test_an_index_may_be_asked_for_twice(bench: Bench) -> None:
    for text in (
        "CREATE INDEX bench_node IF NOT EXISTS FOR (n:Indexed) ON (n.name)",
        "CREATE INDEX bench_rel IF NOT EXISTS FOR ()-[r:INDEXED]-() ON (r.known_from)",
    ):
        bench.run(text)
        bench.run(text)


def test_driver_objects_keep_their_shape(bench: Bench) -> None:
    bench.reset()
    ((path,),) = bench.run(
        "MATCH p = (:Company {id: 'c2'})-[:DEVELOPS]->(:Model)-[:SUBJECT_TO]->(:Regulation) RETURN p"
    )
    assert [node["id"] for node in path["nodes"]] == ["c2", "m2", "r1"]
    assert [r["type"] for r in path["relationships"]] == ["DEVELOPS", "SUBJECT_TO"]
    assert [sorted(node["labels"]) for node in path["nodes"]] == [["Company"], ["Model"], ["Regulation"]]
