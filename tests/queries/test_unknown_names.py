"""A mistyped label, type or property in a free query is told, since to a database it only means no rows."""

from __future__ import annotations

import pytest
from chinaai import KnowledgeGraph
from chinaai.graph.store import Store
from chinaai.graph.unknown_names import unknown_names
from chinaai.queries.saved import SavedQuery, catalogue

_NO = "nothing in the graph is of the type"
TOLD: dict[str, list[str]] = {
    "MATCH (c:Compny) RETURN count(c) AS n": [f"{_NO} 'Compny'; did you mean Company?"],
    "MATCH (c:ChinaAI:company {id: 'apple'}) RETURN c": [f"{_NO} 'company'; did you mean Company?"],
    "MATCH (c:公司) RETURN c.id": [f"{_NO} '公司'; did you mean Company?"],
    "MATCH (a)-[r:PARTNERS_WIHT|INVESTED_IN]->(b) RETURN r": [f"{_NO} 'PARTNERS_WIHT'; did you mean PARTNERS_WITH?"],
    "MATCH ()-[:合作*1..2]-(b) RETURN b": [f"{_NO} '合作'; did you mean PARTNERS_WITH?"],
    "MATCH (c:Company) WHERE NOT c:Fnd RETURN c.id LIMIT 1": [f"{_NO} 'Fnd'; did you mean Fund?"],
    "MATCH (c:Company) WHERE EXISTS { MATCH (c)--(:`Modl`) } RETURN c": [f"{_NO} 'Modl'; did you mean Model?"],
    "MATCH (c:Company {nmae: 'Apple'}) RETURN c": ["Company has no property 'nmae'; did you mean name?"],
    "MATCH (c:Company) RETURN c.ticker LIMIT 1": ["Company has no property 'ticker'; did you mean tickers?"],
    "MATCH (c:Company|Fund) RETURN c.名称 LIMIT 1": ["Company or Fund has no property '名称'; did you mean name?"],
    "MATCH ()-[r:DEVELOPED]->() RETURN r.statsu LIMIT 1": ["DEVELOPED has no property 'statsu'; did you mean status?"],
    "// :Compny\nMATCH (c:Company {id: ':Compny'}) RETURN c.name, c.retired, c.hash": [],
    "MATCH (c:Company) WITH {nmae: c.name} AS c RETURN c.nmae LIMIT 1": [],
    "UNWIND [{nmae: 1}] AS c RETURN c.nmae": [],
    "RETURN date('2026-01-02').year AS y, 1 IS :: INTEGER AS i, [1, 2][0..1] AS l": [],
    "MATCH (c:Company) RETURN c {.name, nmae: c.name} AS c LIMIT 1": [],
    "MATCH (f:Filing) RETURN f.listed.year AS y LIMIT 1": [],
}  # fmt: skip


@pytest.mark.parametrize("text", TOLD)
def test_a_name_that_nothing_bears_is_told(kg: KnowledgeGraph, text: str) -> None:
    assert list(kg.cypher(text).doubts) == TOLD[text]


def test_what_stands_in_the_graph_is_no_doubt(store: Store) -> None:
    store.write([("CREATE (:Mine {id: 'a'})-[:HOLDS]->(:`My own` {id: 'b'})", {})])
    with KnowledgeGraph(store) as own:
        found = own.cypher("MATCH (a:Mine)-[r:HOLDS]->(b:`My own`) RETURN a.id AS a, r.any AS r, b.nmae AS b")
    assert (found.rows, found.doubts) == ([{"a": "a", "r": None, "b": None}], ())


@pytest.mark.parametrize("question", catalogue().values(), ids=lambda one: one.name)
def test_no_saved_question_is_doubted(question: SavedQuery) -> None:
    assert unknown_names(question.cypher, lambda name, label: False) == []
