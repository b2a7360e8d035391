"""Answers: rows that turn into plain values, frames, and a table in a notebook."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, SupportsIndex, TypeVar, overload

from ..graph.dates import PartialDate
from ..graph.errors import ChinaAIError
from .rows import Row

AnyRow = TypeVar("AnyRow", bound=Row)
#: Most rows that a notebook shows; the list holds all of them.
SHOWN = 100
#: Most rows that a console prints.
PRINTED = 10
#: Columns whose text is a date of the precision that its source gives.
_DATES = frozenset(
    {"since", "until", "announced", "seen", "published", "date", "started", "effective", "in_force_from"}
)


class Rows(list[AnyRow]):
    """A list of rows that also turns into plain values or a frame.

    `cut`: there are more. `bounds`: to which day was searched, where the answer is asked for a later one. `notes`:
    what the answer leaves out by its rule, such as ties that had ended; or what is said against the record.
    """

    def __init__(
        self, items: Iterable[AnyRow] = (), columns: list[str] | None = None, cut: bool = False, bounds: str = "",
        notes: Sequence[str] = (),
    ) -> None:  # fmt: skip
        super().__init__(items)
        self.columns = columns or []
        self.cut = cut
        self.bounds = bounds
        self.notes = list(notes)

    @property
    def said(self) -> list[str]:
        """The sentences that stand under the rows wherever they are shown."""
        return [*self.notes, *([self.bounds] if self.bounds else [])]

    def __repr__(self) -> str:
        """What a console prints: how many rows, and the first ones in columns that fit 100 signs."""
        count = counted(len(self))
        return "\n".join([f"<{count}>" if self else "<no rows>", *_printed(self), *self.said])

    def _repr_html_(self) -> str:
        """What a notebook shows: columns that hold something, sources as links."""
        rows = self.to_dicts()
        columns = [c for c in self.columns if any(row.get(c) not in (None, "", []) for row in rows)]
        more = f"<p>{len(rows):,} rows, of which {SHOWN} are shown</p>" if len(rows) > SHOWN else ""
        return (
            (table(columns, rows[:SHOWN]) if rows else "<p>no rows</p>")
            + more
            + "".join(f"<p>{html.escape(sentence)}</p>" for sentence in self.said)
        )

    @overload
    def __getitem__(self, place: SupportsIndex) -> AnyRow: ...
    @overload
    def __getitem__(self, place: slice) -> Rows[AnyRow]: ...
    def __getitem__(self, place: SupportsIndex | slice) -> AnyRow | Rows[AnyRow]:
        found = super().__getitem__(place)
        return self._like(found) if isinstance(found, list) else found

    def __add__(self, other: list[Any]) -> Rows[Any]:
        return self._like([*self, *other])

    def copy(self) -> Rows[AnyRow]:
        """The same rows in a list of their own."""
        return self._like(self)

    def _like(self, rows: Iterable[Any]) -> Rows[Any]:
        return Rows(rows, self.columns, self.cut, self.bounds, self.notes)

    def to_dicts(self) -> list[dict[str, Any]]:
        """Plain values of all rows."""
        return [row.to_dict() for row in self]

    def to_pandas(self) -> Any:
        """A pandas DataFrame. Beside a date as text stands its day: announced_day. Raises ChinaAIError."""
        try:
            import pandas
        except ImportError as error:
            raise ChinaAIError("pandas is not installed", hint="pip install pandas") from error
        frame = pandas.DataFrame(self.to_dicts(), columns=self.columns)
        for name, days in self._days().items():
            frame[name] = pandas.to_datetime(pandas.Series(days, dtype="object", index=frame.index))
        return frame

    def to_polars(self) -> Any:
        """A polars DataFrame, as `to_pandas`. Raises ChinaAIError without polars."""
        try:
            import polars
        except ImportError as error:
            raise ChinaAIError("polars is not installed", hint="pip install polars") from error
        frame = polars.DataFrame(self.to_dicts(), schema=self.columns or None, infer_schema_length=None)
        return frame.with_columns(polars.Series(name, days, polars.Date) for name, days in self._days().items())

    def _days(self) -> dict[str, list[date | None]]:
        """Days of the columns that hold dates as text, by the name of a column beside it; None for a coarser date."""
        return {
            f"{name}_day": [_day(getattr(row, name, None)) for row in self]
            for name in self.columns
            if name in _DATES and f"{name}_day" not in self.columns
        }


def counted(number: int, noun: str = "row") -> str:
    """A number of things in words: `1 row`, `1,200 rows`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _printed(rows: Rows[Any]) -> list[str]:
    """The first rows as lines: the first columns that hold something, cut to fit."""
    told = [{key: _short(value) for key, value in row.to_dict().items()} for row in rows[:PRINTED]]
    held = [name for name in rows.columns if any(row.get(name) for row in told)]
    names = [name for name in held if name != "sources" and not name.endswith(("_id", "_zh"))][:6] or held[:6]
    if not names:
        return []
    width = 96 // len(names)
    lines = [names, *([row.get(name, "") for name in names] for row in told)]
    more = [f"… and {len(rows) - PRINTED:,} more"] if len(rows) > PRINTED else []
    return ["  ".join(cell[:width].ljust(width) for cell in line).rstrip() for line in lines] + more


def _short(value: Any) -> str:
    text = "" if value is None else "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    return " ".join(text.split())


def _day(text: Any) -> date | None:
    """The day that a text names; None where it names none, or a month or year."""
    if isinstance(text, date):
        return text
    if not isinstance(text, str):
        return None
    try:
        found = PartialDate.parse(text)
    except ValueError:
        return None
    return found.first if found.precision == "day" else None


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


def bounds_of(searched: Mapping[str, str], day: date) -> str:
    """One sentence on how far was searched, for an answer as of a day; empty where the day lies before it.

    Args:
        searched: area -> the day to which it was searched, of any precision.
    """
    short = {area: to for area, to in searched.items() if PartialDate.parse(to).last < day}
    if not short:
        return ""
    days = sorted(set(short.values()))
    told = days[0] if len(days) == 1 else ", ".join(f"{area} {to}" for area, to in sorted(short.items()))
    return f"searched to {told}: not known is not the same as nothing happened · 检索至 {told}，未知不等于没有"
