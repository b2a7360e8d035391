"""Names in RDF: where our own terms and things live, and the public vocabularies they are mapped to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from rdflib import RDF, RDFS, SH, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from ..errors import ChinaAIError
from ..model.vocabularies import VOCABULARIES

#: A name that belongs to nobody, so no reader is led to a stranger's page; publishers give their own.
BASE = "https://chinaai.example/"
WIKIDATA = Namespace("http://www.wikidata.org/entity/")
PUBLIC = {prefix: Namespace(base) for prefix, base in VOCABULARIES.items()}
ELI, DC = PUBLIC["eli"], PUBLIC["dc"]
#: Terms as declared whose place is another vocabulary: CPSV-AP itself takes `spatial` from DCMI.
_MOVED = {"cv:spatial": "dcterms:spatial"}
#: Properties whose text is a date of limited precision.
DATED = frozenset({
    "since", "until", "announced", "as_of", "date", "published", "retrieved", "promulgated", "effective", "repealed",
})  # fmt: skip
#: Properties whose text is an address.
ADDRESSES = frozenset({"url", "website"})
#: Properties that another property or type says: the IRI's own parts, look-up keys, provenance links.
SILENT = frozenset({"keys", "words", "sources", "hash", "bucket"})
_PRECISION = ((re.compile(r"[0-9]{4}"), XSD.gYear), (re.compile(r"[0-9]{4}-[0-9]{2}"), XSD.gYearMonth),
              (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), XSD.date))  # fmt: skip


class Terms:
    """The names of one export, all under one base."""

    def __init__(self, base: str = BASE) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+[/#:]", base):
            raise ChinaAIError(f"'{base}' is no base of names", hint="give an address that ends with / or #")
        self.base = base
        self.vocabulary = Namespace(base + "vocabulary#")
        self.shapes = Namespace(base + "shapes#")
        self.ids = Namespace(base + "id/")
        self.facts = Namespace(base + "fact/")

    def node(self, key: str) -> URIRef:
        """IRI of a node, from its id."""
        return self.ids[_path(key)]

    def fact(self, key: str) -> URIRef:
        """IRI of a fact: the statement's own name, and that of its named graph."""
        return self.facts[_path(key)]

    def own(self, name: str) -> URIRef:
        """One of our own classes or properties."""
        return self.vocabulary[name]

    def statement_class(self, edge_type: str) -> URIRef:
        """Class of the statements of an edge type: PARTNERS_WITH gives PartnersWith."""
        return self.vocabulary["".join(part.capitalize() for part in edge_type.split("_"))]

    def metric(self, name: str) -> URIRef:
        """SKOS concept of a metric."""
        return self.vocabulary[f"metric-{name}"]

    def graph(self) -> Graph:
        """An empty graph with all prefixes."""
        found: Graph = self.bind(Graph(bind_namespaces="none"))
        return found

    def prefixes(self) -> dict[str, str]:
        """Prefix to namespace, in the order in which files show them."""
        found = {"v": self.vocabulary, "id": self.ids, "fact": self.facts, "rdf": RDF, "rdfs": RDFS, "xsd": XSD}
        found |= {"sh": SH, **{name: space for name, space in PUBLIC.items() if name != "cccev"}}
        return {name: str(space) for name, space in found.items()}

    def bind(self, graph: Any) -> Any:
        """Bind all prefixes in a graph or data set."""
        for prefix, space in self.prefixes().items():
            graph.bind(prefix, space, replace=True)
        return graph


def public(term: str) -> URIRef:
    """IRI of a declared `prefix:name`. Raises ChinaAIError for a prefix that is not known."""
    prefix, _, name = _MOVED.get(term, term).partition(":")
    if prefix not in PUBLIC:
        raise ChinaAIError(f"term '{term}' has an unknown prefix", hint=f"known: {', '.join(PUBLIC)}")
    return PUBLIC[prefix][name]


def literal(name: str, value: Any) -> Literal:
    """A property value as a typed literal; dates keep the precision of their text, quarters stay text."""
    if isinstance(value, str):
        if name in ADDRESSES:
            return Literal(value, datatype=XSD.anyURI)
        if name in DATED:
            return Literal(value, datatype=date_type(value))
        return Literal(value)
    if isinstance(value, bool):
        return Literal(value)
    if isinstance(value, float):
        # Not xsd:double: writers round it to six digits. A decimal is written digit by digit.
        return Literal(format(Decimal(repr(value)), "f"), datatype=XSD.decimal)
    if isinstance(value, date):
        return Literal(value.isoformat(), datatype=XSD.date)
    return Literal(value)


def date_type(text: str) -> URIRef | None:
    """Datatype of a written date: year, month or day; None for a quarter, a half, or anything else."""
    return next((kind for pattern, kind in _PRECISION if pattern.fullmatch(text)), None)


def _path(key: str) -> str:
    """Non-ASCII letters stay (IRIs), everything that would end or change an IRI is escaped."""
    return "".join(c if c.isalnum() else quote(c, safe="-._~/:@") for c in key)


def say(graph: Graph, subject: Node, *pairs: tuple[URIRef, Node]) -> None:
    """Add what is said of a subject: predicates, each with its object."""
    for predicate, value in pairs:
        graph.add((subject, predicate, value))


def blank(graph: Graph) -> BNode:
    """A blank node named by what the graph holds, so that the same export has the same bytes. Add to it at once."""
    return BNode(f"b{len(graph):06}")


def listing(graph: Graph, subject: Node, predicate: URIRef, items: Sequence[Node]) -> None:
    """Add an RDF list of at least one item."""
    cells = [BNode(f"{blank(graph)}.{place:03}") for place in range(len(items))]
    graph.add((subject, predicate, cells[0]))
    for cell, item, rest in zip(cells, items, [*cells[1:], RDF.nil], strict=True):
        graph.add((cell, RDF.first, item))
        graph.add((cell, RDF.rest, rest))
