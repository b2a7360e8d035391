"""Answers: rows that turn into plain values, frames, and a table in a notebook."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from ..graph.errors import ChinaAIError
from .rows import Row

AnyRow = TypeVar("AnyRow", bound=Row)
#: Most rows that a notebook shows; the list holds all of them.
SHOWN = 100


class Rows(list[AnyRow]):
    """A list of rows that also turns into plain values or a frame. `cut`: there are more."""

    def __init__(
        self, items: Iterable[AnyRow] = (), columns: list[str] | None = None, cut: bool = False
    ) -> None:  # fmt: skip
        super().__init__(items)
        self.columns = columns or []
        self.cut = cut

    def _repr_html_(self) -> str:
        """What a notebook shows: columns that hold something, sources as links."""
        rows = self.to_dicts()
        columns = [c for c in self.columns if any(row.get(c) not in (None, "", []) for row in rows)]
        more = f"<p>{len(rows):,} rows, of which {SHOWN} are shown</p>" if len(rows) > SHOWN else ""
        return (table(columns, rows[:SHOWN]) if rows else "<p>no rows</p>") + more

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


def table(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """An HTML table; nothing of a value is read as markup."""
    head = "".join(f"<th>{html.escape(column)}</th>" for column in columns)
    body = "".join("<tr>" + "".join(f"<td>{_cell(row.get(c))}</td>" for c in columns) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "<br>".join(map(_cell, value))
    if isinstance(value, Mapping):
        if "publisher" not in value:
            return html.escape(", ".join(f"{key}: {item}" for key, item in value.items()))
        shown = html.escape(", ".join(str(value[key]) for key in ("publisher", "published") if value.get(key)))
        url = str(value.get("url") or "")
        return f'<a href="{html.escape(url)}">{shown}</a>' if url.startswith(("https://", "http://")) else shown
    return html.escape(str(value))
