"""RDF by rdflib: three syntaxes say the same, every element can be rebuilt, the shapes hold."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pyshacl
import pytest
from chinaai.graph.elements import Batch, Edge, Node
from chinaai.graph.export.formats import export, export_declared
from chinaai.graph.export.rdf_terms import BASE, DATED, PUBLIC, Terms
from chinaai.graph.export.selection import Selection
from chinaai.graph.model import EDGES, NODES
from chinaai.graph.store import Store, open_store
from chinaai.loaders.build import build, read_shipped
from rdflib import OWL, PROV, RDF, RDFS, SH, SKOS, XSD, Dataset, Graph, Literal, URIRef

from .conftest import SMALL, TODAY, elements, load_batch

TERMS = Terms()
V = TERMS.vocabulary
FACT = URIRef(BASE + "fact/alpha-beta")
ALPHA, BETA = URIRef(BASE + "id/alpha"), URIRef(BASE + "id/beta")


@pytest.fixture(scope="module")
def files(filled: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rdf")
    for name in ("turtle", "trig", "jsonld", "vocabulary", "shapes"):
        export(filled, folder / name, name)
    return folder


@pytest.fixture(scope="module")
def turtle(files: Path) -> Graph:
    return Graph().parse(files / "turtle", format="turtle")


@pytest.fixture(scope="module")
def trig(files: Path) -> Dataset:
    found = Dataset(default_union=False)
    found.parse(files / "trig", format="trig")
    return found


def quads(data: Dataset) -> set[tuple[Any, ...]]:
    default = data.default_graph.identifier
    return {(s, p, o, None if g in (None, default) else g) for s, p, o, g in data.quads()}


def test_trig_and_json_ld_say_the_same_and_turtle_the_default_part(files: Path, turtle: Graph, trig: Dataset) -> None:
    linked = Dataset(default_union=False)
    linked.parse(files / "jsonld", format="json-ld")
    assert quads(linked) == quads(trig)
    assert set(turtle) == {(s, p, o) for s, p, o, g in quads(trig) if g is None}


def test_a_fact_is_a_named_statement_with_provenance_and_dates(trig: Dataset) -> None:
    graph = trig.default_graph
    own = dict(graph.predicate_objects(FACT))
    assert (own[RDF.subject], own[RDF.predicate], own[RDF.object]) == (ALPHA, V.PARTNERS_WITH, BETA)
    assert set(graph.objects(FACT, RDF.type)) == {RDF.Statement, V.Fact, V.PartnersWith, PROV.Entity}
    assert own[V.announced] == own[V.known_from] == Literal("2025-02-13", datatype=XSD.date)
    assert set(graph.objects(FACT, PROV.wasDerivedFrom)) == {
        URIRef(BASE + "id/wire-2025"), URIRef(BASE + "id/copy-2025"),
    }  # fmt: skip
    order = {
        graph.value(step, V.place).toPython(): graph.value(step, PROV.entity)
        for step in graph.objects(FACT, PROV.qualifiedDerivation)
    }
    assert order == {1: URIRef(BASE + "id/wire-2025"), 2: URIRef(BASE + "id/copy-2025")}
    assert set(trig.graph(FACT)) == {(ALPHA, V.PARTNERS_WITH, BETA)}
    talks = URIRef(BASE + "fact/alpha-gamma-talks")
    assert graph.value(talks, V.announced) == Literal("2024-12", datatype=XSD.gYearMonth)
    assert graph.value(talks, V.valid_to) == Literal("2025-03-01", datatype=XSD.date)


def test_only_open_facts_stand_as_bare_triples(trig: Dataset) -> None:
    graph, gamma = trig.default_graph, URIRef(BASE + "id/gamma")
    assert (ALPHA, V.PARTNERS_WITH, BETA) in graph
    assert (ALPHA, V.NEGOTIATED_WITH, gamma) not in graph  # it ended
    assert (ALPHA, V.NEGOTIATED_WITH, gamma) in trig.graph(URIRef(BASE + "fact/alpha-gamma-talks"))


def test_every_element_comes_back_equal(turtle: Graph, wanted: set[tuple[str, str]], filled: Store) -> None:
    """Values of a list have no order in RDF, so lists are compared as sorted; sources keep their places."""
    from .conftest import _read

    nodes, edges = _read(filled)
    labels = {TERMS.node(node.id): (node.label, node.id) for node in nodes}
    found_nodes = [Node(label, key, _props(turtle, this)) for this, (label, key) in labels.items()]
    found_edges = []
    for edge in edges:
        this = TERMS.fact(edge.fact_id)
        if (this, RDF.type, RDF.Statement) not in turtle:  # joins by construction: the bare triple says it all
            start, end = TERMS.node(edge.start[1]), TERMS.node(edge.end[1])
            assert (start, V[edge.type], end) in turtle and set(edge.props) <= {"fact_id", "dataset"}
            found_edges.append(edge)
            continue
        start, end = (labels[turtle.value(this, side)] for side in (RDF.subject, RDF.object))
        kind = str(turtle.value(this, RDF.predicate)).removeprefix(str(V))
        found_edges.append(Edge(kind, edge.fact_id, start, end, _props(turtle, this)))
    assert elements(found_nodes, found_edges) == elements(
        [Node(n.label, n.id, _flat(n.props)) for n in nodes],
        [Edge(e.type, e.fact_id, e.start, e.end, _flat(e.props)) for e in edges],
    )
    assert len(wanted) == len(found_nodes) + len(found_edges)


LISTS = {"aliases", "tickers", "registered_names", "domains", "hubs", "facts", "seed", "keys"}


def _flat(props: Any) -> dict[str, Any]:
    kept = {name: value for name, value in props.items() if name != "keys"}
    return {n: sorted(v) if isinstance(v, list) and n != "sources" else v for n, v in kept.items()}


def _props(graph: Graph, this: URIRef) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for predicate, value in graph.predicate_objects(this):
        name = str(predicate).removeprefix(str(V))
        if not str(predicate).startswith(str(V)) or not isinstance(value, Literal):
            continue
        plain = str(value) if name in DATED or value.datatype == XSD.anyURI else value.toPython()
        plain = float(plain) if value.datatype == XSD.decimal else plain
        if name in LISTS:
            found[name] = sorted([*found.get(name, []), plain])
        else:
            assert name not in found, (this, name)
            found[name] = plain
    steps = sorted((graph.value(s, V.place).toPython(), graph.value(s, PROV.entity))
                   for s in graph.objects(this, PROV.qualifiedDerivation))  # fmt: skip
    if steps:
        found["sources"] = [str(graph.value(cited, V.id)) for _, cited in steps]
    return found


def test_a_base_of_ones_own(filled: Store, tmp_path: Path) -> None:
    export(filled, tmp_path / "own.ttl", "turtle", base="https://data.example.org/china/")
    text = (tmp_path / "own.ttl").read_text("utf-8")
    assert "<https://data.example.org/china/id/>" in text and BASE not in text


def test_open_licence_in_rdf(filled: Store, tmp_path: Path) -> None:
    summary = export(filled, tmp_path / "open.ttl", "turtle", Selection(licence="open"))
    graph = Graph().parse(tmp_path / "open.ttl", format="turtle")
    facts = {str(fact).removeprefix(BASE + "fact/") for fact in graph.subjects(RDF.type, V.Fact)}
    assert facts == {"odd-twin-1", "odd-loop", "odd-ended", "odd-事件"}
    assert summary.remarks[0] == "left out 6 facts whose sources are not all open"
    assert (URIRef(BASE + "export"), V.licence, Literal("open")) in graph


def test_vocabulary_names_every_type_with_its_public_term(tmp_path: Path) -> None:
    export_declared(tmp_path / "v.ttl", "vocabulary")
    graph = Graph().parse(tmp_path / "v.ttl", format="turtle")
    assert {V[name] for name in NODES} <= set(graph.subjects(RDF.type, OWL.Class))
    assert set(graph.subjects(RDF.type, OWL.ObjectProperty)) == {V[name] for name in EDGES}
    schema = PUBLIC["schema"]
    assert (V.Company, RDFS.subClassOf, PUBLIC["org"].FormalOrganization) in graph
    assert (V.LICENSED_UNDER, RDFS.subPropertyOf, schema.license) in graph
    assert (V.PARTNERS_WITH, SKOS.relatedMatch, schema.knows) in graph
    for name in NODES:
        assert graph.value(V[name], RDFS.comment), name


def test_every_property_that_is_used_is_declared(files: Path, turtle: Graph) -> None:
    declared = set(Graph().parse(files / "vocabulary", format="turtle").subjects(RDF.type))
    used = {p for p in turtle.predicates() if str(p).startswith(str(V))}
    used |= {o for o in turtle.objects(None, RDF.type) if str(o).startswith(str(V))}
    assert used - declared == set()


# -- SHACL ------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def shapes() -> Graph:
    from chinaai.graph.export.shapes import shapes

    return shapes(TERMS)


def complaints(graph: Graph, shapes: Graph) -> set[tuple[str, str, str]]:
    """What pySHACL finds: thing, path, kind of rule."""
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes)
    return {
        (str(report.value(r, SH.focusNode)).removeprefix(BASE), str(report.value(r, SH.resultPath)).rpartition("#")[2],
         str(report.value(r, SH.sourceConstraintComponent)).rpartition("#")[2])
        for r in report.subjects(RDF.type, SH.ValidationResult)
    }  # fmt: skip


def test_the_small_graph_keeps_the_shapes_and_broken_ones_do_not(tmp_path: Path, shapes: Graph) -> None:
    with open_store(tmp_path / "home") as store:
        build(store, read_shipped(SMALL), today=TODAY)
        load_batch(store, Batch("broken", [Node("Company", "nameless", {"country": "China"})], []))
        export(store, tmp_path / "g.ttl", "turtle")
    graph = Graph().parse(tmp_path / "g.ttl", format="turtle")
    nameless = {
        ("id/nameless", "name", "MinCountConstraintComponent"),
        ("id/nameless", "country", "PatternConstraintComponent"),
    }
    assert complaints(graph, shapes) == nameless
    graph.remove((FACT, V.confidence, None))
    graph.remove((FACT, PROV.wasDerivedFrom, None))
    graph.set((FACT, V.status, Literal("rumoured")))
    graph.set((FACT, RDF.object, URIRef(BASE + "id/beta-1")))
    graph.set((FACT, V.known_from, Literal("soon")))
    assert complaints(graph, shapes) - nameless == {
        ("fact/alpha-beta", "confidence", "MinCountConstraintComponent"),
        ("fact/alpha-beta", "wasDerivedFrom", "MinCountConstraintComponent"),
        ("fact/alpha-beta", "status", "InConstraintComponent"),
        ("fact/alpha-beta", "object", "OrConstraintComponent"),
        ("fact/alpha-beta", "known_from", "DatatypeConstraintComponent"),
    }


def test_dates_are_dates(turtle: Graph) -> None:
    for name in ("known_from", "valid_to"):
        values = list(turtle.objects(None, V[name]))
        assert values and all(isinstance(value.toPython(), date) for value in values)
