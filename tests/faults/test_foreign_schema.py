"""Constraints, indexes and marked nodes of somebody else: a way on is found, or offered before the first write."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from chinaai import KnowledgeGraph, StoreError
from chinaai.graph.store import Store
from chinaai.loaders.build import build_folder

SMALL = Path(__file__).parents[1] / "data" / "small"
TODAY = date(2026, 11, 24)


def run(store: Store, *texts: str) -> None:
    for text in texts:
        with store.session() as session:
            session.run(text).consume()


@pytest.fixture
def bare(neo4j_store: Store) -> Iterator[Store]:
    """An empty database without our own constraints; what a test leaves is taken away."""

    def drop() -> None:
        run(neo4j_store, "MATCH (n) DETACH DELETE n")
        for name in (row["name"] for row in neo4j_store.read("SHOW CONSTRAINTS YIELD name")):
            run(neo4j_store, f"DROP CONSTRAINT `{name}`")
        for row in neo4j_store.read("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP'"):
            run(neo4j_store, f"DROP INDEX `{row['name']}`")

    drop()
    yield neo4j_store
    drop()


def build(store: Store) -> int:
    return build_folder(store, SMALL, today=TODAY)["seeds"].counts()["added"]


def ours(store: Store) -> int:
    return int(store.read("MATCH (n:ChinaAI) WHERE n.dataset IS NOT NULL RETURN count(n) AS n")[0]["n"])


@pytest.mark.parametrize(
    ("label", "prop", "value"),
    [("Company", "name", "Gamma"), ("Model", "name", "Beta-1"), ("Source", "id", "firm-page")],
)
def test_a_unique_constraint_that_would_be_broken_is_told_first(bare: Store, label: str, prop: str, value: str) -> None:
    run(
        bare,
        f"CREATE CONSTRAINT theirs FOR (n:{label}) REQUIRE n.{prop} IS UNIQUE",
        f"CREATE (:{label} {{{prop}: '{value}'}})",
    )
    with pytest.raises(
        StoreError, match=rf"theirs on :{label}\({prop}\), would be broken.*{value}.*drop it, set NEO4J_DATABASE"
    ):
        build(bare)
    assert ours(bare) == 0


def test_a_unique_constraint_that_holds_is_no_matter(bare: Store) -> None:
    run(bare, "CREATE CONSTRAINT theirs FOR (n:Company) REQUIRE n.name IS UNIQUE", "CREATE (:Company {name: 'Zeta'})")
    assert build(bare) > 10


@pytest.mark.parametrize(
    "text",
    [
        "CREATE CONSTRAINT chinaai_id FOR (n:Other) REQUIRE n.id IS UNIQUE",
        "CREATE INDEX chinaai_id FOR (n:Other) ON (n.id)",
        "CREATE INDEX chinaai_partners_with FOR (n:Other) ON (n.name)",
        # a full disk ends the making of a constraint and leaves an index of its name that belongs to none
        "CREATE INDEX chinaai_partners_with FOR ()-[r:PARTNERS_WITH]-() ON (r.fact_id)",
        "CREATE INDEX chinaai_id FOR (n:ChinaAI) ON (n.id)",
    ],
)
def test_a_name_of_ours_in_use_is_no_matter(bare: Store, text: str) -> None:
    run(bare, text)
    assert build(bare) > 10
    unique = bare.read("SHOW CONSTRAINTS YIELD labelsOrTypes, properties, type WHERE type CONTAINS 'UNIQUE'")
    held = {(row["labelsOrTypes"][0], row["properties"][0]) for row in unique}
    assert {("ChinaAI", "id"), ("PARTNERS_WITH", "fact_id")} <= held
    assert build_folder(bare, SMALL, today=TODAY, full=True)["seeds"].counts()["added"] == 0


def test_an_index_in_the_place_of_our_constraint_is_named(bare: Store) -> None:
    run(bare, "CREATE INDEX mine FOR (n:ChinaAI) ON (n.id)")
    with pytest.raises(StoreError, match=r"the index mine on :ChinaAI\(id\) stands where.*DROP INDEX `mine`"):
        build(bare)
    assert ours(bare) == 0


def test_relationships_of_theirs_with_one_fact_id(bare: Store) -> None:
    run(bare, "CREATE (a:X), (b:X), (a)-[:PARTNERS_WITH {fact_id: 'f'}]->(b), (b)-[:PARTNERS_WITH {fact_id: 'f'}]->(a)")
    assert build(bare) > 10
    assert build_folder(bare, SMALL, today=TODAY, full=True)["seeds"].counts()["added"] == 0


def test_nodes_and_relationships_of_theirs_with_our_mark(store: Store, tmp_path: Path) -> None:
    theirs = "CREATE (:ChinaAI {title: 'not ours'})-[:PARTNERS_WITH {fact_id: 'f'}]->(:ChinaAI:Company {id: 'stray'})"
    store.write([(theirs, {})])
    build(store)
    kg = KnowledgeGraph(store)
    nodes, edges = ours(store), store.read("MATCH ()-[r {dataset: 'seeds'}]->() RETURN count(r) AS n")[0]["n"]
    told = kg.status()
    assert (told.nodes, told.relationships) == (nodes, edges)
    done = kg.export(tmp_path / "out.jsonl", "jsonl")
    assert (done.nodes, done.relationships) == (nodes, edges)
    drawn = kg.to_networkx()
    assert (len(drawn), drawn.number_of_edges()) == (nodes, edges)
    assert store.read("MATCH (n:ChinaAI {title: 'not ours'})-[r]->() RETURN r.fact_id AS id") == [{"id": "f"}]
