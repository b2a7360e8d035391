"""Every saved question gives the same rows in the same order on both engines, over the whole shipped graph."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from chinaai.face import KnowledgeGraph
from chinaai.graph.store import Store
from chinaai.queries.saved import SavedQuery, catalogue

DAYS = ["2017-06-30", "2023-08-15", "2024-12-31", "2025-03", "2026-11-24"]
#: Asked in place of the example's company: makers of phones, cars and models, and one that nobody works with.
COMPANIES = ["apple", "samsung", "tsla", "alibaba", "baidu", "canalys"]
#: Further values of other parameters.
MORE: dict[str, list[dict[str, Any]]] = {
    "embeds": [{"model": "deepseek-r1"}],
    "entry-path": [{"service": "chatbot"}, {"service": "cloud", "actor": "domestic"}],
    "fact-duties": [{"fact": "fact.persons_out"}],
    "law-duties": [{"instrument": "i.pipl"}],
    "hosts": [{"model": "qwen"}],
    "lineage": [{"model": "qwen"}],
    "models": [{"developer": "alibaba"}],
    "names": [{"text": "a"}, {"text": "人工智能"}, {"text": "'; MATCH (n) RETURN n //"}],
    "observations": [{"entity": "hstech", "metric": None}, {"entity": "deepseek-r1", "metric": None}],
    "path": [{"start": "samsung", "end": "deepseek"}, {"start": "qwen", "end": "apple"}],
    "requirements": [{"service": "chatbot"}, {"actor": "domestic"}],
    "ties": [{"entity": "nvda"}, {"entity": "deepseek"}],
    "time-to-listing": [{"by": "province"}, {"by": "notice"}, {"by": "year"}, {"by": "owner"}],
    "unowned-entities": [{"limit": 3}],
}


def variants(query: SavedQuery) -> Iterator[dict[str, Any]]:
    """The example, other days, other companies, no optional parameter, and what is listed above."""
    example = query.front.example
    yield example
    if "as_of" in query.front.params:
        yield from ({**example, "as_of": day} for day in DAYS)
    for name, param in query.front.params.items():
        if "Company" in param.labels:
            yield from ({**example, name: company} for company in COMPANIES)
        if not param.required and param.type != "date":
            yield {key: value for key, value in example.items() if key != name}
    yield from ({**example, **more} for more in MORE.get(query.name, []))


@pytest.mark.parametrize("name", catalogue())
def test_the_same_rows_on_both_engines(embedded_shipped: Store, neo4j_shipped: Store, name: str) -> None:
    query = catalogue()[name]
    here, there = KnowledgeGraph(embedded_shipped), KnowledgeGraph(neo4j_shipped)
    answered = 0
    for params in variants(query):
        rows = here.run(name, **params).to_dicts()
        assert rows == there.run(name, **params).to_dicts(), params
        answered += bool(rows)
    assert answered


def test_the_graphs_are_the_same(embedded_shipped: Store, neo4j_shipped: Store) -> None:
    here, there = KnowledgeGraph(embedded_shipped).status(), KnowledgeGraph(neo4j_shipped).status()
    assert (here.digest, here.counts, here.altered) == (there.digest, there.counts, [])
