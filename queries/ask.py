"""Asking over one connection: saved questions by name, rows with their sources, read-only free queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from types import TracebackType
from typing import Any, Self, TypeVar

from ..graph.digest import Status, status
from ..graph.errors import ChinaAIError
from ..graph.model.base import MARK
from ..graph.store import Answer, Store
from .names import Names
from .params import QueryError, bind
from .rows import Row, SourceRef
from .saved import SavedQuery, catalogue, get_query

AnyRow = TypeVar("AnyRow", bound=Row)
_SOURCES = f"""UNWIND $ids AS id MATCH (s:{MARK} {{id: id}})
RETURN s.id AS id, s.title AS title, s.publisher AS publisher, s.published AS published, s.url AS url, s.kind AS kind"""
#: Most rows and seconds of a free query, unless the caller says otherwise.
ROW_LIMIT, SECONDS = 1000, 30.0


class Rows(list[AnyRow]):
    """A list of rows that also turns into plain values or a frame. `cut`: there are more."""

    def __init__(
        self, items: Iterable[AnyRow] = (), columns: list[str] | None = None, cut: bool = False
    ) -> None:  # fmt: skip
        super().__init__(items)
        self.columns = columns or []
        self.cut = cut

    def to_dicts(self) -> list[dict[str, Any]]:
        """Plain values of all rows."""
        return [row.to_dict() for row in self]

    def to_pandas(self) -> Any:
        """A pandas DataFrame. Raises ChinaAIError where pandas is not installed."""
        try:
            import pandas
        except ImportError as error:
            raise ChinaAIError("pandas is not installed", hint="pip install pandas") from error
        return pandas.DataFrame(self.to_dicts(), columns=self.columns)

    def to_polars(self) -> Any:
        """A polars DataFrame. Raises ChinaAIError where polars is not installed."""
        try:
            import polars
        except ImportError as error:
            raise ChinaAIError("polars is not installed", hint="pip install polars") from error
        return polars.DataFrame(self.to_dicts(), schema=self.columns or None, infer_schema_length=None)


class Ask:
    """A connection that answers questions. Close it, or use it as a context manager."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.names = Names(store)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection, and the engine where this process runs it."""
        self.store.close()

    def questions(self) -> dict[str, SavedQuery]:
        """All saved questions by name."""
        return catalogue()

    def run(self, name: str, **params: Any) -> Rows[Any]:
        """Ask any saved question by its name."""
        query = get_query(name)
        bound = bind(name, query.front.params, params, self.names.resolve, date.today())
        most = bound.get("limit")
        if most is not None:
            bound["limit"] = most + 1  # one more tells whether there are more
        found = self.store.read(query.cypher, **bound)
        if not found:
            _refuse_unknown_facts(query, bound)
        cut = most is not None and len(found) > most
        return Rows(self._typed(query, found[:most]), query.row.columns(), cut)

    def cypher(self, text: str, /, *, limit: int = ROW_LIMIT, seconds: float = SECONDS, **params: Any) -> Answer:
        """Run a read-only Cypher query; writes are refused on both engines.

        Args:
            limit: most rows returned; `cut` of the answer says whether there were more.
            seconds: time limit.
        """
        return self.store.ask(text, params, limit=limit, seconds=seconds)

    def status(self) -> Status:
        """Counts by label and type, and the digest over the whole content."""
        return status(self.store)

    def pages(self, ids: Iterable[str]) -> dict[str, SourceRef]:
        """Sources by id, as rows show them."""
        wanted = sorted(set(ids))
        return {row["id"]: SourceRef(**row) for row in self.store.read(_SOURCES, ids=wanted)} if wanted else {}

    def _typed(self, query: SavedQuery, found: list[dict[str, Any]]) -> Iterator[Row]:
        cited = [i for row in found for i in row.get("sources") or ()]
        cited += [i for row in found for step in row.get("steps") or () for i in step.get("sources") or ()]
        known = self.pages(cited)
        for row in found:
            if "sources" in query.row.model_fields:
                row["sources"] = [known[i] for i in dict.fromkeys(row["sources"] or ()) if i in known]
            if "steps" in row:
                row["steps"] = [_step(step, known) for step in row["steps"]]
            yield query.row.model_validate(row)


def _refuse_unknown_facts(query: SavedQuery, bound: dict[str, Any]) -> None:
    """No row at all of a fact means that there is no such fact."""
    for name, param in query.front.params.items():
        if param.type == "fact":
            hint = "every row shows the id of its fact in the column fact_id"
            raise QueryError(f"there is no fact '{bound[name]}'", "", hint)


def _step(step: dict[str, Any], known: dict[str, SourceRef]) -> dict[str, Any]:
    cited = [known[i].model_dump(mode="json") for i in step.get("sources") or () if i in known]
    return {**step, "sources": cited}
