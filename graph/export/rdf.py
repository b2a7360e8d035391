"""The graph in RDF: every fact a named statement with provenance and validity.

A fact is an rdf:Statement with an IRI of its own; status, dates, confidence and scope are its properties,
`prov:wasDerivedFrom` its sources, and `prov:qualifiedDerivation` the same with their order. TriG and
JSON-LD hold the bare triple in a graph that bears the fact's name. Outside such graphs it stands
only where the fact is open: not denied, ended, retired, or the worse side of a conflict, so whoever
reads plain triples is told nothing that we do not claim. Files are written in pieces; prefixes once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from rdflib import OWL, PROV, RDF, RDFS, SDO, SOSA, XSD, Dataset, Graph, Literal, URIRef

from ..elements import Edge, Node, chunks
from ..model import NODES
from .rdf_terms import SILENT, WIKIDATA, Terms, literal, public, say
from .reading import Reader

#: Elements serialised at a time.
PIECE = 400
_BARE = frozenset({"fact_id", "dataset"})


def write_turtle(reader: Reader, path: Path, terms: Terms) -> list[str]:
    """Turtle: reified statements and the bare triples of open facts."""
    return _write_text(reader, path, terms, "turtle", named=False)


def write_trig(reader: Reader, path: Path, terms: Terms) -> list[str]:
    """TriG: the same, and each fact's bare triple in the graph of its name."""
    return _write_text(reader, path, terms, "trig", named=True)


def write_jsonld(reader: Reader, path: Path, terms: Terms) -> list[str]:
    """JSON-LD 1.1: what TriG holds, under one context."""
    context = {**terms.prefixes()}
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write('{"@context": ' + json.dumps(context, ensure_ascii=False) + ',\n"@graph": [\n')
        first = True
        for piece in _pieces(reader, terms, named=True):
            found = json.loads(piece.serialize(format="json-ld", context=context, auto_compact=False))
            for item in sorted(_text(item) for item in _objects(found)):
                file.write(("" if first else ",\n") + item)
                first = False
        file.write("\n]}\n")
    return []


def add_node(graph: Graph, terms: Terms, node: Node) -> None:
    """Describe a node; an Observation with its provenance, like a fact."""
    this = terms.node(node.id)
    graph.add((this, RDF.type, terms.own(node.label)))
    if term := NODES[node.label].term:
        graph.add((this, RDF.type, public(term)))
    name, name_zh = node.props.get("name"), node.props.get("name_zh")
    if name:
        graph.add((this, RDFS.label, Literal(name)))
    if name_zh:
        graph.add((this, RDFS.label, Literal(name_zh, lang="zh")))
    if "wikidata" in node.props:
        graph.add((this, SDO.sameAs, WIKIDATA[str(node.props["wikidata"])]))
    if node.label == "Observation":
        graph.add((this, SOSA.observedProperty, terms.metric(str(node.props["metric"]))))
        result = next((node.props[key] for key in ("value", "date", "text") if key in node.props), None)
        if result is not None:
            graph.add((this, SOSA.hasSimpleResult, literal("", result)))
    _describe(graph, terms, this, node.props)


def add_edge(graph: Graph, terms: Terms, edge: Edge, named: Callable[[URIRef], Graph] | None = None) -> None:
    """Describe a fact; `named` gives the graph of its name, where the format has graphs."""
    triple = (terms.node(edge.start[1]), terms.own(edge.type), terms.node(edge.end[1]))
    this = terms.fact(edge.fact_id)
    if _open(edge.props):
        graph.add(triple)
    if edge.props.keys() <= _BARE:  # joins two nodes by construction; it states nothing that needs evidence
        return
    if named is not None:
        named(this).add(triple)
    say(graph, this, (RDF.type, RDF.Statement), (RDF.type, terms.statement_class(edge.type)))
    if "sources" in edge.props:
        graph.add((this, RDF.type, PROV.Entity))
    if "confidence" in edge.props:  # a checked legal basis has a source and a verdict, but claims no confidence
        graph.add((this, RDF.type, terms.own("Fact")))
    say(graph, this, *zip((RDF.subject, RDF.predicate, RDF.object), triple, strict=True))
    _describe(graph, terms, this, edge.props)


def _open(props: Mapping[str, Any]) -> bool:
    return (
        props.get("status") not in ("denied", "ended")
        and props.get("valid_to") is None and props.get("retired") is None and props.get("preferred") is not False
    )  # fmt: skip


def _describe(graph: Graph, terms: Terms, this: URIRef, props: Mapping[str, Any]) -> None:
    for name, value in props.items():
        if name in SILENT:
            continue
        for item in value if isinstance(value, list) else [value]:
            graph.add((this, terms.own(name), literal(name, item)))
    for place, source in enumerate(props.get("sources") or (), 1):
        step, page = URIRef(f"{this}#source-{place}"), terms.node(source)
        say(graph, this, (PROV.wasDerivedFrom, page), (PROV.qualifiedDerivation, step))
        say(graph, step, (RDF.type, PROV.Derivation), (PROV.entity, page), (terms.own("place"), Literal(place)))
    retired = props.get("retired")
    if isinstance(retired, date):
        graph.add((this, PROV.invalidatedAtTime, Literal(f"{retired.isoformat()}T00:00:00Z", datatype=XSD.dateTime)))


def _describe_file(graph: Graph, terms: Terms, reader: Reader) -> None:
    """What the file is: an ontology import, the selection it holds, and its licence of facts."""
    this = URIRef(terms.base + "export")
    title = Literal("A cited, dated graph of the China AI ecosystem")
    ontology = URIRef(str(terms.vocabulary).rstrip("#"))
    say(graph, this, (RDF.type, PROV.Entity), (RDFS.label, title), (OWL.imports, ontology))
    if reader.selection.as_of:
        graph.add((this, terms.own("as_of"), literal("", reader.selection.as_of)))
    if reader.selection.licence:
        graph.add((this, terms.own("licence"), Literal(reader.selection.licence)))


def _pieces(reader: Reader, terms: Terms, *, named: bool) -> Iterator[Dataset]:
    """Data sets of some hundred elements each; together they are the whole."""
    head = _dataset(terms)
    _describe_file(head.default_graph, terms, reader)
    yield head
    for nodes in chunks(reader.nodes(), PIECE):
        piece = _dataset(terms)
        for node in nodes:
            add_node(piece.default_graph, terms, node)
        yield piece
    for edges in chunks(reader.edges(), PIECE):
        piece = _dataset(terms)
        for edge in edges:
            add_edge(piece.default_graph, terms, edge, piece.graph if named else None)
        yield piece


def _dataset(terms: Terms) -> Dataset:
    found: Dataset = terms.bind(Dataset(default_union=False))
    return found


def _write_text(reader: Reader, path: Path, terms: Terms, form: str, *, named: bool) -> list[str]:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for prefix, space in terms.prefixes().items():
            file.write(f"@prefix {prefix}: <{space}> .\n")
        for piece in _pieces(reader, terms, named=named):
            graph = piece if named else terms.bind(piece.default_graph)
            file.write("\n" + _without_head(graph.serialize(format=form)).strip("\n") + "\n")
    return []


def _objects(found: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The objects of a piece, those of its default graph taken out of their wrapping."""
    found.pop("@context", None)
    for item in found["@graph"] if "@graph" in found and "@id" not in found else [found]:
        if "@graph" in item and "@id" not in item:
            yield from item["@graph"]
        else:
            yield item


def _text(item: dict[str, Any]) -> str:
    """An object as one line, the values of a property in a fixed order."""
    ordered = {
        key: sorted(value, key=lambda one: json.dumps(one, sort_keys=True)) if isinstance(value, list) else value
        for key, value in item.items()
    }
    return json.dumps(ordered, ensure_ascii=False, sort_keys=True)


def _without_head(text: str) -> str:
    """The piece without its own prefix lines, which stand in front of everything else."""
    lines = text.split("\n")
    start = next(i for i, line in enumerate(lines) if line and not line.startswith("@prefix"))
    return "\n".join(lines[start:])
