"""SPARQL twins of saved questions: the same rows from the RDF of the graph.

Each file `sparql/NAME.rq` runs as it stands in any SPARQL 1.1 tool over the exported Turtle; its line
`VALUES (…) { (…) }` holds the parameters of the example. Here that line is written anew.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from rdflib import Graph

from ..graph.export.rdf import to_rdf
from ..graph.export.rdf_terms import BASE, Terms, literal
from ..graph.export.reading import Reader
from ..graph.store import Store
from .names import Names
from .rows import Row, SourceRef
from .saved import QueryError, SavedQuery, bind, get_query

_VALUES = re.compile(r"^ *VALUES \((?P<names>[^)]*)\) \{ .*\}$", re.MULTILINE)


@cache
def twins() -> dict[str, str]:
    """Text of every twin, by the name of its saved question."""
    folder = resources.files(__package__) / "sparql"
    files = sorted((item for item in folder.iterdir() if item.name.endswith(".rq")), key=lambda item: item.name)
    return {item.name.removesuffix(".rq"): item.read_text(encoding="utf-8") for item in files}


class Twins:
    """The RDF of a graph in memory and the questions that SPARQL answers from it."""

    def __init__(self, store: Store, base: str = BASE) -> None:
        self.terms = Terms(base)
        self.graph: Graph = to_rdf(Reader(store), self.terms)
        self._names = Names(store)

    def run(self, name: str, **params: Any) -> list[Row]:
        """Rows of a question, of the same model as those of its Cypher.

        Raises:
            QueryError: the question has no twin, or its parameters don't fit.
        """
        query = get_query(name)
        if name not in twins():
            raise QueryError(f"question '{name}' has no SPARQL twin", "", f"those have: {', '.join(twins())}")
        bound = bind(query, params, self._names.resolve, date.today())
        found = self.graph.query(self._text(query, bound))
        return [self._row(query, {str(var): value for var, value in row.items()}) for row in found.bindings]

    def _text(self, query: SavedQuery, bound: dict[str, Any]) -> str:
        text = twins()[query.name].replace(BASE, self.terms.base)

        def values(match: re.Match[str]) -> str:
            wanted = [name.removeprefix("?p_") for name in match["names"].split()]
            return f"VALUES ({match['names']}) {{ ({' '.join(self._value(query, n, bound[n]) for n in wanted)}) }}"

        return _VALUES.sub(values, text)

    def _value(self, query: SavedQuery, name: str, value: Any) -> str:
        if value is None:
            return "UNDEF"
        if query.front.params[name].type == "entity":
            return self.terms.node(value).n3()
        return literal("", value).n3()

    def _row(self, query: SavedQuery, row: dict[str, Any]) -> Row:
        values = {name: _plain(kind, row.get(name)) for name, kind in query.front.columns.items()}
        values["sources"] = [self._source(key) for key in values["sources"]]
        return query.row.model_validate(values)

    def _source(self, key: str) -> SourceRef:
        this = self.terms.node(key)
        fields = ("title", "publisher", "published", "url", "kind")
        found = {name: self.graph.value(this, self.terms.own(name)) for name in fields}
        return SourceRef(id=key, **{name: None if value is None else str(value) for name, value in found.items()})


def _plain(kind: str, value: Any) -> Any:
    if kind == "sources":
        entries = [entry.split(":", 1) for entry in str(value or "").split()]
        return list(dict.fromkeys(key for _, key in sorted(entries, key=lambda entry: int(entry[0]))))
    if value is None:
        return None
    if kind == "float":
        return float(value)
    if kind in ("integer", "boolean"):
        return value.toPython()
    return str(value)
