"""Asking over one connection: saved questions by name, rows with their sources, read-only free queries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from ..graph.errors import ChinaAIError
from ..graph.marks import MARK
from ..graph.model import EDGES, NODES, entry
from ..graph.store import Answer, Store
from .answers import Rows, bounds_of, table
from .left_out import left_out
from .methods import Methods, method_name
from .names import Names
from .params import (
    LIMIT,
    SPAN,
    TEXT,
    QueryError,
    as_of_day,
    bind,
    check_counts,
    check_sendable,
    choice,
    converted,
    shown,
    texts,
)
from .rows import Row, SourceRef, cited, of_this_version
from .saved import AREAS, SavedQuery, catalogue, get_query
from .words import stands, statement

if TYPE_CHECKING:
    from ..graph.digest import Status

_SOURCES = f"""UNWIND $ids AS id MATCH (s:{MARK} {{id: id}})
RETURN s.id AS id, s.title AS title, s.publisher AS publisher, s.published AS published, s.url AS url, s.kind AS kind"""
_SEARCHED = f"MATCH (n:{MARK}:Coverage) WHERE {stands('n')} RETURN n.area AS area, n.searched AS searched"
_HELD = statement("""CALL () { MATCH (n:ChinaAI) WHERE {{stands(n)}} RETURN count(n) AS nodes }
CALL () { MATCH (:ChinaAI)-[r]->(:ChinaAI) WHERE {{stands(r)}} RETURN count(r) AS facts }
RETURN nodes, facts""")
_HAS_RULES = f"MATCH (k:{MARK}:ServiceKind) RETURN k.id AS id LIMIT 1"
#: What a question may name after a colon.
_DECLARED = frozenset({MARK, *NODES, *EDGES})
#: Types that only the rules of market entry have.
_RULES = frozenset(name for name, kind in NODES.items() if kind.__module__ == entry.__name__)
#: Most rows and seconds of a free query, unless the caller says otherwise.
ROW_LIMIT, SECONDS = 1000, 30.0
#: Most seconds that a clock can count here: thirty years.
_LONGEST = 1e9


class Ask(Methods):
    """A connection that answers questions. Close it, or use it as a context manager."""

    store: Store
    lookup: Names
    #: The day whose knowledge is asked, where it is not the present.
    today: date | None

    def __init__(self, store: Store) -> None:
        self.store, self.lookup, self.today = store, Names(store), None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection, and the engine where this process runs it."""
        self.store.close()

    def __repr__(self) -> str:
        return f"<KnowledgeGraph on {self.store.engine} at {self.store.endpoint.where}: {len(catalogue())} questions>"

    def _repr_html_(self) -> str:
        """What a notebook shows: what stands, and what can be asked."""
        held = self.store.read(_HELD)[0]
        head = f"{held['nodes']:,} nodes and {held['facts']:,} relationships on {self.store.engine}"
        questions = [
            {"ask": f"kg.{method_name(query.name)}(…)", "question": query.front.question, "问题": query.front.title_zh}
            for query in catalogue().values()
        ]
        return f"<p>China AI knowledge graph: {head}</p>" + table(["ask", "question", "问题"], questions)

    def resolve(self, name: str, labels: tuple[str, ...] = ()) -> str:
        """The id of the one node that bears a name.

        Args:
            name: id, English or Chinese name, alias, ticker, hub name or registered name.
            labels: node types to choose from; any where empty.
        Raises:
            QueryError: no node or several bear it; the message lists candidates.
        """
        given = [choice("labels", label, tuple(NODES)) for label in texts("labels", labels)]
        return self.lookup.resolve(name, tuple(given))

    def questions(self) -> dict[str, SavedQuery]:
        """All saved questions by name."""
        return catalogue()

    def as_known(self, day: date | str) -> Self:
        """The same methods over what was known here on a day.

        Raises:
            QueryError: this connection has no history.
        """
        raise QueryError("this connection has no history of what was known", str(day), "ask a KnowledgeGraph")

    def day(self, as_of: date | str | None) -> date:
        """The day that an answer is for: today where none is given, or the day whose knowledge is asked."""
        return self.today or date.today() if as_of is None else as_of_day(as_of)

    def need_rules(self) -> None:
        """Make sure that no answer of a former day is empty because its rules of market entry can't be read.

        Raises:
            QueryError: they can't.
        """
        if self.today is not None and not self.store.read(_HAS_RULES):
            hint = "they were written in a form that this version does not read; ask as known on a later day"
            raise QueryError(f"the rules of market entry as known on {self.today} can't be asked", "", hint)

    def run(self, name: str, *, known: date | str | None = None, **params: Any) -> Rows[Any]:
        """Ask any saved question by its name.

        Args:
            known: answer with what was known here on that day; with what is known now where it is left out.
        """
        if known is not None:
            return self.as_known(known).run(name, **params)
        query = get_query(name)
        named = set(re.findall(r":(\w+)", query.cypher))
        if not named <= _DECLARED:
            refuse_faults(query)
        if _RULES & named:
            self.need_rules()
        bound = bind(name, query.front.params, params, self.resolve, self.day(None))
        most = bound.get("limit")
        if most is not None:
            bound["limit"] = most + 1  # one more tells whether there are more
        found = self.store.read(query.cypher, **bound)
        if not found:
            self.lookup.need_any()
            self._refuse_unknown_facts(query, bound)
        cut = most is not None and len(found) > most
        day = bound.get("as_of") or bound.get("end") or date.today()
        bounds = bounds_of(self.searched(query.front.areas), day) if query.front.areas else ""
        rows = list(self._typed(query, found[:most]))  # first, since it tells rows of another version
        return Rows(rows, query.row.columns(), cut, bounds, left_out(self.store, query, bound, found))

    def searched(self, areas: Iterable[str] = AREAS) -> dict[str, str]:
        """Area -> day to which it was searched, as the seeds say; an area of which they say nothing is left out."""
        wanted = [choice("areas", area, tuple(AREAS)) for area in texts("areas", areas)]
        held = {row["area"]: row["searched"] for row in self.store.read(_SEARCHED)}
        return {area: held[area] for area in wanted if area in held}

    def cypher(
        self, text: str, parameters: Mapping[str, Any] | None = None, /, *, limit: int = ROW_LIMIT,
        seconds: float = SECONDS, **params: Any,
    ) -> Answer:  # fmt: skip
        """Run a read-only Cypher query; writes are refused on both engines.

        Args:
            parameters: values of the query's $parameters, whatever their names; `params` are further ones.
            limit: most rows returned; `cut` of the answer says whether there were more.
            seconds: time limit.
        Returns:
            Rows, and under `doubts` what the query names that neither the graph nor its types know.
        Raises:
            QueryError: the query's own $limit or $seconds has no value in `parameters`, or a value can't be.
            StoreError: it would do more than read, is no Cypher, or takes longer than its time.
        """
        if not converted("text", TEXT, text).strip(" \t\r\n;"):
            raise QueryError("the query is empty", "", "as MATCH (c:Company) RETURN count(c) AS companies")
        if not isinstance(parameters, Mapping | None):
            what = f"'parameters' can't be '{shown(parameters)}'"
            raise QueryError(what, "", "give values by name, as {'id': 'apple'}")
        given = {**params, **(parameters or {})}
        for name in ("limit", "seconds"):
            if name not in given and re.search(rf"\${name}\b", text):
                hint = f"pass it as cypher(text, {{'{name}': …}})"
                raise QueryError(f"the query's ${name} has no value; {name}= is our own", "", hint)
        check_sendable(given)
        if unused := [name for name in given if f"${name}" not in text and f"$`{name}`" not in text]:
            raise QueryError(f"the query has no ${unused[0]}", "", "leave its value out, or write the name there")
        check_counts(text, given)
        most, time = converted("limit", LIMIT, limit), converted("seconds", SPAN, seconds)
        from ..graph.unknown_names import unknown_names  # with the models of all types, which no saved question needs

        found = self.store.ask(text, given, limit=most, seconds=min(time, _LONGEST))
        return replace(found, doubts=tuple(unknown_names(text, self._stands)))

    def _stands(self, name: str, label: bool) -> bool:
        """Whether the graph holds a node under a label, or else a relationship of a type."""
        quoted = "`" + name.replace("`", "``") + "`"
        pattern = f"(n:{quoted})" if label else f"()-[r:{quoted}]->()"
        return bool(self.store.read(f"MATCH {pattern} RETURN 1 AS stands LIMIT 1"))

    def status(self, *, deep: bool = False) -> Status:
        """Counts by label and type, and the digest over the whole content."""
        from ..graph.digest import status, told  # with numpy, which no question needs

        return (None if deep else told(self.store)) or status(self.store)

    def pages(self, ids: Iterable[str]) -> dict[str, SourceRef]:
        """Sources by id, as rows show them."""
        wanted = sorted(set(texts("ids", ids)))
        with of_this_version(self.store.endpoint.where):
            return {row["id"]: SourceRef(**row) for row in self.store.read(_SOURCES, ids=wanted)} if wanted else {}

    def _refuse_unknown_facts(self, query: SavedQuery, bound: dict[str, Any]) -> None:
        """No row at all of a fact means that there is no such fact."""
        for name, param in query.front.params.items():
            if param.type == "fact":
                near = " or ".join(self.lookup.near_facts(bound[name]))
                hint = f"did you mean {near}?" if near else "every row shows the id of its fact in the column fact_id"
                raise QueryError(f"there is no fact '{shown(bound[name])}'", "", hint)

    def _typed(self, query: SavedQuery, found: list[dict[str, Any]]) -> Iterator[Row]:
        ids = [i for row in found for i in row.get("sources") or ()]
        ids += [i for row in found for step in row.get("steps") or () for i in step.get("sources") or ()]
        known = self.pages(ids)
        for row in found:
            try:
                if "sources" in query.row.model_fields:
                    row["sources"] = cited(row["sources"], known)
                for step in row.get("steps", ()):
                    step["sources"] = [page.model_dump(mode="json") for page in cited(step.get("sources"), known)]
                with of_this_version(self.store.endpoint.where):
                    made = query.row.model_validate(row)
            except (ChinaAIError, KeyError):
                refuse_faults(query)
                raise
            yield made


def refuse_faults(query: SavedQuery) -> None:
    """Raises QueryError where the file of a question is at fault; nothing where it is sound."""
    from .faults import refuse  # no sound question needs it

    refuse(query)
