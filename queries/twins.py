"""SPARQL twins of saved questions: the same rows from the RDF of the graph.

Each file `sparql/NAME.rq` runs as it stands in any SPARQL 1.1 tool over the exported Turtle; its lines
`VALUES (…) { (…) }` hold the parameters of the example. Here those lines are written anew. Oxigraph
answers: rdflib takes minutes for a join that Oxigraph does in milliseconds.
"""

from __future__ import annotations

import re
import tempfile
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from ..graph.errors import ChinaAIError
from ..graph.export.formats import export
from ..graph.export.rdf_terms import BASE, Terms, literal
from ..graph.store import Store
from .names import Names
from .rows import Row, SourceRef
from .saved import QueryError, SavedQuery, bind, get_query

_VALUES = re.compile(r"^ *VALUES \((?P<names>[^)]*)\) \{ .*\}$", re.MULTILINE)
_SOURCE = ("title", "publisher", "published", "url", "kind")


@cache
def twins() -> dict[str, str]:
    """Text of every twin, by the name of its saved question."""
    folder = resources.files(__package__) / "sparql"
    files = sorted((item for item in folder.iterdir() if item.name.endswith(".rq")), key=lambda item: item.name)
    return {item.name.removesuffix(".rq"): item.read_text(encoding="utf-8") for item in files}


class Twins:
    """The exported RDF of a graph and the questions that SPARQL answers from it.

    Raises:
        ChinaAIError: pyoxigraph is not installed.
    """

    def __init__(self, store: Store, base: str = BASE) -> None:
        try:
            import pyoxigraph
        except ImportError as error:
            raise ChinaAIError("pyoxigraph is not installed", hint="pip install 'chinaai[sparql]'") from error
        self.terms = Terms(base)
        self._names = Names(store)
        self.graph = pyoxigraph.Store()
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "graph.ttl"
            export(store, file, "turtle", base=base)
            self.graph.bulk_load(path=str(file), format=pyoxigraph.RdfFormat.TURTLE)

    def run(self, name: str, **params: Any) -> list[Row]:
        """Rows of a question, of the same model as those of its Cypher.

        Raises:
            QueryError: the question has no twin, or its parameters don't fit.
        """
        query = get_query(name)
        if name not in twins():
            raise QueryError(f"question '{name}' has no SPARQL twin", "", f"those have: {', '.join(twins())}")
        bound = bind(query, params, self._names.resolve, date.today())
        return [self._row(query, row) for row in self._select(self._text(query, bound))]

    def _select(self, text: str) -> list[dict[str, str | None]]:
        found: Any = self.graph.query(text)  # a SELECT gives solutions
        names = [variable.value for variable in found.variables]
        return [{n: None if row[n] is None else row[n].value for n in names} for row in found]

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

    def _row(self, query: SavedQuery, row: dict[str, str | None]) -> Row:
        values = {name: _plain(kind, row.get(name)) for name, kind in query.front.columns.items()}
        values["sources"] = [self._source(key) for key in values["sources"]]
        return query.row.model_validate(values)

    def _source(self, key: str) -> SourceRef:
        wanted = " ".join(f"OPTIONAL {{ ?this <{self.terms.own(name)}> ?{name} }}" for name in _SOURCE)
        text = f"SELECT * WHERE {{ VALUES ?this {{ {self.terms.node(key).n3()} }} {wanted} }}"
        (found,) = self._select(text)
        return SourceRef(id=key, **{name: found.get(name) for name in _SOURCE})


def _plain(kind: str, value: str | None) -> Any:
    if kind == "sources":
        entries = [entry.split(":", 1) for entry in (value or "").split()]
        return list(dict.fromkeys(key for _, key in sorted(entries, key=lambda entry: int(entry[0]))))
    if value is None:
        return None
    if kind == "boolean":
        return value == "true"
    return float(value) if kind == "float" else int(value) if kind == "integer" else value
