"""The shipped graph in RDF: it keeps its shapes, and SPARQL answers what Cypher answers."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pyshacl
import pytest
from chinaai.graph.export.rdf import to_rdf
from chinaai.graph.export.rdf_terms import Terms
from chinaai.graph.export.reading import Reader
from chinaai.graph.export.shapes import shapes
from chinaai.graph.store import Store
from chinaai.queries.api import KnowledgeGraph
from chinaai.queries.saved import QueryError, catalogue
from chinaai.queries.twins import Twins, twins

pytestmark = pytest.mark.slow

#: Further parameters beside the example: other days, other names, and names of which nothing is known.
ASKED: dict[str, list[dict[str, Any]]] = {
    "beneficiaries": [{"event": "deepseek-rally-2025", "as_of": "2026-11-24"}, {"event": "DeepSeek"}],
    "conflicts": [],
    "embeds": [{"as_of": "2026-11-24"}, {"model": "DeepSeek-R1", "as_of": "2025-06-30"}, {"model": "文心一言"}],
    "foreign-chinese-partnerships": [{"as_of": "2024-06-30"}, {"as_of": "2026-11-24"}],
    "hosts": [{"as_of": "2026-11-24"}, {"model": "Qwen", "as_of": "2025-12-31"}],
    "lineage": [{"model": "Qwen", "as_of": "2026-11-24"}, {"model": "DeepSeek-V3", "as_of": "2026-11-24"}],
    "models": [{"as_of": "2026-11-24"}, {"developer": "阿里巴巴集团", "as_of": "2026-11-24"}],
    "observations": [
        {"entity": "Apple", "as_of": "2026-11-24"},
        {"entity": "DeepSeek", "as_of": "2025-02-28"},
        {"entity": "Apple", "metric": "market_share", "as_of": "2026-11-24"},
    ],
    "partnerships": [
        {"company": "Apple", "as_of": "2025-02-12"},
        {"company": "BMW", "as_of": "2026-11-24"},
        {"company": "腾讯", "as_of": "2026-11-24"},
    ],
    "shares": [{"market": "cn-smartphone-market", "as_of": "2026-11-24"}],
    "sources": [{"fact": "no-such-fact"}],
    "talks": [{"company": "Apple", "as_of": "2024-12-31"}, {"company": "Apple", "as_of": "2026-11-24"}],
    "ties": [{"entity": "Huawei", "as_of": "2026-11-24"}, {"entity": "国家互联网信息办公室", "as_of": "2026-11-24"}],
}


@pytest.fixture(scope="module")
def rdf(embedded_shipped: Store) -> Twins:
    return Twins(embedded_shipped)


@pytest.fixture(scope="module")
def cypher(embedded_shipped: Store) -> KnowledgeGraph:
    return KnowledgeGraph(embedded_shipped)


def test_every_twin_is_asked_for() -> None:
    assert set(twins()) == set(ASKED) and len(ASKED) >= 10


@pytest.mark.parametrize(
    ("name", "params"),
    [(name, asked) for name, further in ASKED.items() for asked in (catalogue()[name].front.example, *further)],
    ids=str,
)
def test_sparql_and_cypher_give_the_same_rows(
    rdf: Twins, cypher: KnowledgeGraph, name: str, params: dict[str, Any]
) -> None:
    wanted = [repr(row.to_dict()) for row in cypher.run(name, **params)]
    assert Counter(repr(row.to_dict()) for row in rdf.run(name, **params)) == Counter(wanted)
    if params == catalogue()[name].front.example:
        assert wanted


def test_sources_of_a_figure_of_a_fact_and_of_a_legal_basis(rdf: Twins, cypher: KnowledgeGraph) -> None:
    ids = [
        cypher.cypher(text + " AS id ORDER BY id LIMIT 1").rows[0]["id"]
        for text in (
            "MATCH (o:Observation) RETURN o.id",
            "MATCH ()-[r:DEVELOPED]->() RETURN r.fact_id",
            "MATCH ()-[r:BASED_ON]->() WHERE r.sources IS NOT NULL RETURN r.fact_id",
        )
    ]
    for fact in ids:
        wanted = [row.to_dict() for row in cypher.sources(fact)]
        assert [row.to_dict() for row in rdf.run("sources", fact=fact)] == wanted and wanted


def test_an_unknown_question_lists_those_that_sparql_answers(rdf: Twins) -> None:
    with pytest.raises(QueryError, match="'path' has no SPARQL twin; those have: beneficiaries, conflicts"):
        rdf.run("path", start="Apple", end="Qwen")


def test_the_shipped_graph_keeps_its_shapes(embedded_shipped: Store) -> None:
    terms = Terms()
    conforms, _, text = pyshacl.validate(to_rdf(Reader(embedded_shipped), terms), shacl_graph=shapes(terms))
    assert conforms, text[:2000]
