"""The declarations say all of what stands: each property in the loaded graph, and each name in the page and the RDF."""

from __future__ import annotations

from pathlib import Path

from chinaai.graph.elements import BOOKKEEPING
from chinaai.graph.export.rdf_terms import Terms
from chinaai.graph.export.vocabulary import vocabulary
from chinaai.graph.model import EDGES, NODES
from chinaai.graph.model.shapes import Cited, Structure
from chinaai.graph.schema_page import schema_page
from chinaai.graph.store import Store
from chinaai.view.legend import edge_names, look
from rdflib import OWL, RDFS, SKOS, URIRef


def test_everything_that_stands_is_declared_and_on_the_page(embedded_shipped: Store) -> None:
    page = schema_page()
    rows = embedded_shipped.read(
        "MATCH (n:ChinaAI) UNWIND keys(n) AS key UNWIND labels(n) AS label "
        "RETURN DISTINCT label, key ORDER BY label, key"
    )
    found = {(row["label"], row["key"]) for row in rows if row["label"] in NODES}
    declared = {(name, key) for name, cls in NODES.items() for key in {*cls.model_fields, *cls.kept.model_fields}}
    assert {pair for pair in found if pair[1] not in BOOKKEEPING} - declared == set()
    assert {label for label, _ in found} >= {"Source", "Company", "Filing", "Requirement"}
    rows = embedded_shipped.read(
        "MATCH (:ChinaAI)-[r]->(:ChinaAI) UNWIND keys(r) AS key RETURN DISTINCT type(r) AS kind, key ORDER BY kind, key"
    )
    carried = {(row["kind"], row["key"]) for row in rows if row["key"] not in {*BOOKKEEPING, "fact_id"}}
    declared = {
        (name, key) for name, edge in EDGES.items() for key in {*edge.props.model_fields, *Structure.model_fields}
    }
    assert carried - declared == set()
    for key in {key for _, key in found | carried}:
        assert f"| {key} |" in page, key


def test_facts_and_structure_are_told_apart() -> None:
    assert {name for name, edge in EDGES.items() if not edge.structural and not edge.fact} == set()
    assert EDGES["PARTNERS_WITH"].fact and EDGES["SUBSIDIARY_OF"].fact and EDGES["REALISES"].fact
    assert not EDGES["OF"].fact and not EDGES["FILED_BY"].fact
    assert issubclass(NODES["Observation"], Cited)


def test_names_of_the_page_come_from_the_declarations() -> None:
    assert edge_names("APPLIED_TO") == ("applied to", "申请")
    assert edge_names("strange") == ("strange", "strange")
    assert (look("ServiceKind").en, look("ServiceKind").zh) == ("Kind of service", "服务类别")
    assert (look("Source").colour, look("Source").zh) == ("#8A8A8A", "来源")
    assert all(any("\u4e00" <= sign <= "\u9fff" for sign in kind.zh) for kind in (*NODES.values(), *EDGES.values()))


def test_public_terms_point_the_right_way() -> None:
    terms = Terms()
    graph = vocabulary(terms)
    passed_by = URIRef("http://data.europa.eu/eli/ontology#passed_by")
    assert (terms.own("ISSUED_BY"), RDFS.subPropertyOf, passed_by) in graph
    creator = URIRef("https://schema.org/creator")
    (inverse,) = graph.objects(terms.own("DEVELOPED"), RDFS.subPropertyOf)
    assert (inverse, OWL.inverseOf, creator) in graph
    assert (terms.own("PARTNERS_WITH"), SKOS.relatedMatch, URIRef("https://schema.org/knows")) in graph


def test_the_page_is_the_one_in_docs() -> None:
    page = (Path(__file__).parents[2] / "docs" / "schema.md").read_text(encoding="utf-8")
    assert page == schema_page()
