"""SHACL shapes, generated from the declarations: what an export has to look like."""

from __future__ import annotations

from typing import Any, get_args

from rdflib import PROV, RDF, SH, XSD, BNode, Graph, Literal, URIRef

from ..model import EDGES, METRICS, NODES
from ..model.base import EdgeType
from ..model.shapes import Status
from .rdf_terms import DATED, SILENT, Terms, blank, listing, say
from .vocabulary import property_range

_PARTIAL = r"^[0-9]{4}(-(Q[1-4]|H[12]|[0-9]{2}(-[0-9]{2})?))?$"


def shapes(terms: Terms) -> Graph:
    """Shapes of nodes, of facts and figures with their provenance, and of the ends of every edge type."""
    graph = terms.graph()
    for label, cls in NODES.items():
        _node(graph, terms, label, cls.model_json_schema())
    _evidence(graph, terms)
    for edge in EDGES.values():
        _statement(graph, terms, edge)
        if edge.structural:
            _ends(graph, terms, edge)
    return graph


def _node(graph: Graph, terms: Terms, label: str, schema: dict[str, Any]) -> None:
    this = _shape(graph, terms, label, terms.own(label))
    for name, field in schema["properties"].items():
        if name in SILENT:
            continue
        prop = _property(graph, this, terms.own(name))
        # a list that must be given may be empty, and RDF can't tell an empty one from none
        if name in schema.get("required", ()) and (field.get("type") != "array" or field.get("minItems")):
            graph.add((prop, SH.minCount, Literal(1)))
        parts = [part for part in field.get("anyOf", [field]) if part.get("type") != "null"]
        if len(parts) == 1:
            part = parts[0]
            if part.get("type") != "array":
                graph.add((prop, SH.maxCount, Literal(1)))
            _values(graph, prop, name, part.get("items", part), field)
        if field.get("description"):
            graph.add((prop, SH.description, Literal(field["description"], lang="en")))


def _values(graph: Graph, prop: BNode, name: str, part: dict[str, Any], field: dict[str, Any]) -> None:
    kind = property_range(name, field)
    if name in DATED:
        graph.add((prop, SH.pattern, Literal(_PARTIAL)))
        return
    if kind is not None:
        graph.add((prop, SH.datatype, kind))
    if "enum" in part or "const" in part:
        listing(graph, prop, SH["in"], [Literal(item) for item in part.get("enum", [part.get("const")])])
    for key, constraint in (("minimum", SH.minInclusive), ("maximum", SH.maxInclusive), ("minLength", SH.minLength),
                            ("maxLength", SH.maxLength), ("pattern", SH.pattern)):  # fmt: skip
        if key in part and name != "id":  # ids of loaders are wider than a curator's slugs
            graph.add((prop, constraint, Literal(part[key])))


def _evidence(graph: Graph, terms: Terms) -> None:
    this = _shape(graph, terms, "Evidence", terms.own("Fact"))
    graph.add((this, SH.targetClass, terms.own("Observation")))
    status = _property(graph, this, terms.own("status"), 1, 1)
    listing(graph, status, SH["in"], [Literal(item) for item in get_args(Status)])
    confidence = _property(graph, this, terms.own("confidence"), 1, 1)
    bounds = (SH.minInclusive, Literal(0)), (SH.maxInclusive, Literal(1))
    say(graph, confidence, (SH.datatype, XSD.decimal), *bounds)
    graph.add((_property(graph, this, PROV.wasDerivedFrom, 1), SH["class"], terms.own("Source")))
    graph.add((_property(graph, this, PROV.qualifiedDerivation, 1), SH["class"], PROV.Derivation))
    for names, constraint, wanted in (
        (("known_from", "valid_to", "retired"), SH.datatype, XSD.date),
        (("since", "until", "announced", "as_of"), SH.pattern, Literal(_PARTIAL)),
        (("weak", "preferred"), SH.datatype, XSD.boolean),
    ):
        for name in names:
            graph.add((_property(graph, this, terms.own(name), None, 1), constraint, wanted))
    figure = _shape(graph, terms, "Figure", terms.own("Observation"))
    metric = _property(graph, figure, terms.own("metric"), 1, 1)
    listing(graph, metric, SH["in"], [Literal(name) for name in sorted(METRICS)])


def _statement(graph: Graph, terms: Terms, edge: EdgeType) -> None:
    """One subject, predicate and object, of the types that the edge type may join."""
    this = _shape(graph, terms, f"{edge.name}.fact", terms.statement_class(edge.name))
    graph.add((_property(graph, this, RDF.predicate, 1, 1), SH.hasValue, terms.own(edge.name)))
    _any_class(graph, terms, _property(graph, this, RDF.subject, 1, 1), edge.subjects)
    _any_class(graph, terms, _property(graph, this, RDF.object, 1, 1), edge.objects)


def _ends(graph: Graph, terms: Terms, edge: EdgeType) -> None:
    """The same for edges that stand as bare triples."""
    subjects = _shape(graph, terms, f"{edge.name}.subjects", None)
    graph.add((subjects, SH.targetSubjectsOf, terms.own(edge.name)))
    _any_class(graph, terms, subjects, edge.subjects)
    if edge.cardinality == "many-to-one":
        _property(graph, subjects, terms.own(edge.name), None, 1)
    objects = _shape(graph, terms, f"{edge.name}.objects", None)
    graph.add((objects, SH.targetObjectsOf, terms.own(edge.name)))
    _any_class(graph, terms, objects, edge.objects)


def _shape(graph: Graph, terms: Terms, name: str, target: URIRef | None) -> URIRef:
    this = terms.shapes[name]
    graph.add((this, RDF.type, SH.NodeShape))
    if target is not None:
        graph.add((this, SH.targetClass, target))
    return this


def _property(graph: Graph, shape: URIRef, path: URIRef, least: int | None = None, most: int | None = None) -> BNode:
    this = blank(graph)
    graph.add((shape, SH.property, this))
    graph.add((this, SH.path, path))
    counts = (SH.minCount, least), (SH.maxCount, most)
    say(graph, this, *((constraint, Literal(count)) for constraint, count in counts if count is not None))
    return this


def _any_class(graph: Graph, terms: Terms, shape: URIRef | BNode, labels: tuple[str, ...]) -> None:
    if len(labels) == 1:
        graph.add((shape, SH["class"], terms.own(labels[0])))
        return
    choices = []
    for label in labels:
        choice = blank(graph)
        graph.add((choice, SH["class"], terms.own(label)))
        choices.append(choice)
    listing(graph, shape, SH["or"], choices)
