"""OWL vocabulary, generated from the declarations and mapped to public ones through their `term`.

A class is a subclass of its term. An edge type is a sub-property of its term where both mean the same
of the inverse where the term points the other way (schema:creator goes from
work to maker), and else only a related match,
which no reasoner draws conclusions from.
"""

from __future__ import annotations

import inspect
from typing import Any

from pydantic import BaseModel
from rdflib import OWL, PROV, RDF, RDFS, SKOS, XSD, BNode, Graph, Literal, URIRef

from ..facts import Evidence, Figure, Relation
from ..model import EDGES, METRICS, NODES
from ..model.base import EdgeType, Metric
from ..model.properties import PROPERTIES_ZH
from .rdf_terms import ADDRESSES, DATED, DC, ELI, SILENT, Terms, blank, listing, public, say

#: Our properties under public ones.
_UNDER: dict[str, URIRef] = {
    "name": RDFS.label, "name_zh": RDFS.label, "aliases": SKOS.altLabel, "note": SKOS.note, "scope": SKOS.scopeNote,
    "title": DC.title, "publisher": DC.publisher, "language": DC.language, "published": DC.date,
    "number": ELI.id_local,
}  # fmt: skip
#: What the store and this export add.
_ADDED: dict[str, tuple[str, URIRef]] = {
    "fact_id": ("Id of the fact, unique over all facts.", XSD.string),
    "retired": ("Day on which it left the data; it is claimed no more.", XSD.date),
    "dataset": ("Data set that owns it.", XSD.string),
    "place": ("Place of a source among those of a fact, from 1.", XSD.integer),
}  # fmt: skip
_TYPES = {"string": XSD.string, "integer": XSD.integer, "number": XSD.decimal, "boolean": XSD.boolean}


def vocabulary(terms: Terms) -> Graph:
    """The whole vocabulary: classes, edge types, properties, and the metrics as a SKOS scheme."""
    graph = terms.graph()
    this = URIRef(str(terms.vocabulary).rstrip("#"))
    say(graph, this, (RDF.type, OWL.Ontology), (RDFS.label, Literal("Vocabulary of the China AI graph", lang="en")))
    _classes(graph, terms)
    for edge in EDGES.values():
        _edge(graph, terms, edge)
    _properties(graph, terms)
    scheme = terms.own("metrics")
    graph.add((scheme, RDF.type, SKOS.ConceptScheme))
    for metric in METRICS.values():
        _metric(graph, terms, scheme, metric)
    return graph


def _classes(graph: Graph, terms: Terms) -> None:
    for label, cls in NODES.items():
        this = terms.own(label)
        _named(graph, this, OWL.Class, label, cls.zh, inspect.getdoc(cls) or "")
        if cls.term:
            graph.add((this, RDFS.subClassOf, public(cls.term)))
    comment = "A statement of two nodes with status, dates, confidence and the sources it rests on."
    above = (RDFS.subClassOf, RDF.Statement), (RDFS.subClassOf, PROV.Entity)
    say(graph, terms.own("Fact"), (RDF.type, OWL.Class), (RDFS.comment, Literal(comment, lang="en")), *above)
    graph.add((terms.own("Observation"), RDFS.subClassOf, PROV.Entity))


def _named(graph: Graph, this: URIRef, kind: URIRef, en: str, zh: str, comment: str) -> None:
    names = (RDFS.label, Literal(en, lang="en")), (RDFS.label, Literal(zh, lang="zh"))
    say(graph, this, (RDF.type, kind), *names, (RDFS.comment, Literal(comment, lang="en")))


def _edge(graph: Graph, terms: Terms, edge: EdgeType) -> None:
    this = terms.own(edge.name)
    _named(graph, this, OWL.ObjectProperty, edge.en, edge.zh, edge.definition)
    graph.add((this, SKOS.example, Literal(edge.example)))
    for side, ends in ((RDFS.domain, edge.subjects), (RDFS.range, edge.objects)):
        graph.add((this, side, _one_of(graph, terms, ends)))
    if edge.symmetric:
        graph.add((this, RDF.type, OWL.SymmetricProperty))
    if edge.term and edge.mapping == "same":
        graph.add((this, RDFS.subPropertyOf, public(edge.term)))
    elif edge.term and edge.mapping == "inverse":
        inverse = BNode(f"inverse-of-{edge.name}")
        graph.add((inverse, OWL.inverseOf, public(edge.term)))
        graph.add((this, RDFS.subPropertyOf, inverse))
    elif edge.term:
        graph.add((this, SKOS.relatedMatch, public(edge.term)))
    comment = Literal(f"Statements whose predicate is {edge.name}.", lang="en")
    kind = (RDF.type, OWL.Class), (RDFS.subClassOf, RDF.Statement)
    say(graph, terms.statement_class(edge.name), *kind, (RDFS.comment, comment))


def _one_of(graph: Graph, terms: Terms, labels: tuple[str, ...]) -> Any:
    if len(labels) == 1:
        return terms.own(labels[0])
    union = blank(graph)
    graph.add((union, RDF.type, OWL.Class))
    listing(graph, union, OWL.unionOf, [terms.own(label) for label in labels])
    return union


def _properties(graph: Graph, terms: Terms) -> None:
    models: list[type[BaseModel]] = [*NODES.values(), *(cls.kept for cls in NODES.values()), Evidence, Relation, Figure]
    models += [edge.props for edge in EDGES.values()]
    for model in dict.fromkeys(models):
        for name, field in model.model_json_schema()["properties"].items():
            if name not in SILENT:
                _property(graph, terms, name, field.get("description", ""), property_range(name, field))
    for name, (text, kind) in _ADDED.items():
        _property(graph, terms, name, text, kind)


def _property(graph: Graph, terms: Terms, name: str, text: str, kind: URIRef | None) -> None:
    this = terms.own(name)
    graph.add((this, RDF.type, OWL.DatatypeProperty))
    if name in PROPERTIES_ZH:
        graph.add((this, RDFS.label, Literal(PROPERTIES_ZH[name], lang="zh")))
    if text:
        graph.add((this, RDFS.comment, Literal(text, lang="en")))
    if kind is not None and (this, RDFS.range, None) not in graph:
        graph.add((this, RDFS.range, kind))
    if name in _UNDER:
        graph.add((this, RDFS.subPropertyOf, _UNDER[name]))


def property_range(name: str, field: dict[str, Any]) -> URIRef | None:
    """Datatype of a property, from its JSON Schema; None where it has several, as partial dates do."""
    if name in DATED:
        return RDFS.Literal
    if name in ADDRESSES:
        return XSD.anyURI
    kinds = [part for part in field.get("anyOf", [field]) if part.get("type") != "null"]
    if len(kinds) != 1:
        return None
    part = kinds[0].get("items", kinds[0])
    return XSD.date if part.get("format") == "date" else _TYPES.get(part.get("type", "string"))


def _metric(graph: Graph, terms: Terms, scheme: URIRef, metric: Metric) -> None:
    this = terms.metric(metric.name)
    names = (Literal(metric.name.replace("_", " "), lang="en"), Literal(metric.zh, lang="zh"))
    say(graph, this, (RDF.type, SKOS.Concept), (SKOS.inScheme, scheme), (SKOS.notation, Literal(metric.name)))
    say(graph, this, *((SKOS.prefLabel, name) for name in names))
    graph.add((this, SKOS.definition, Literal(metric.definition, lang="en")))
    if metric.term:
        graph.add((this, SKOS.relatedMatch, public(metric.term)))
