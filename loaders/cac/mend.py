"""Rows of the register, checked cell by cell and mended by reviewed rules only."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from pydantic import BaseModel, ConfigDict

from ...graph.identity import visible
from ...graph.problems import Problem
from ..table import Line, Table, one_if_shifted
from .lookups import COLUMNS, Lookups, RowMend
from .number import FilingNumber

SCENARIO = "适用场景="
_PERIOD = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])")
_DATE = re.compile(r"([0-9]{4})/([0-9]{1,2})/([0-9]{1,2})")
_Tell = Callable[[str, str, str], None]


@dataclass(frozen=True)
class Mended:
    """One mend of one cell: what stood there, what stands now, by which rule and why."""

    line: int
    field: str
    printed: str
    mended: str
    rule: str
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.field} '{self.printed}' → '{self.mended}' ({self.rule}: {self.reason})"


@dataclass(frozen=True)
class Refused:
    """A line that is no filing, and why."""

    line: int
    period: str
    kind: str
    rule: str
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}: refused ({self.rule}: {self.reason})"


class CacRow(BaseModel):
    """One row of the register: cells after mends, what was printed, and its number's parts."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    line: int
    period: str
    kind: Literal["备案", "登记"]
    seq: int
    province: str
    name: str
    entity: str
    number: FilingNumber
    listed: date
    late: bool
    scenario: str | None
    printed: dict[str, str]
    mends: tuple[Mended, ...]


@dataclass
class _Cells:
    """Cells under repair."""

    line: int
    values: dict[str, str]
    mends: list[Mended]

    def put(self, field: str, value: str, rule: str, reason: str) -> None:
        self.mends.append(Mended(self.line, field, self.values[field], value, rule, reason))
        self.values[field] = value


def read_row(table: Table, line: Line, known: Lookups) -> tuple[CacRow | Refused | None, list[Problem]]:
    """Type one line: a row, a refused line, or None with its problems."""
    values = dict(zip(table.header, line.cells, strict=True))
    for header in known.headers:
        if all(values.get(field) == text for field, text in header.cells.items()):
            return Refused(line.number, values["period"], values["kind"], header.id, header.reason), []
    cells = _Cells(line.number, dict(values), [])
    problems = []
    _take_unseen(cells)
    for mend in known.rows.get(values["number"], ()):
        problems += _apply(table, line, cells, mend)
    late = _take_marks(cells, known)
    _take_prefix(cells, known)
    row, more = _type(table, line, cells, late, known, values)
    problems += more
    return (None if problems else row), one_if_shifted(table, line, problems)


def _apply(table: Table, line: Line, cells: _Cells, mend: RowMend) -> list[Problem]:
    if mend.swap:
        one, other = mend.swap
        first, second = cells.values[one], cells.values[other]
        cells.put(one, second, mend.id, mend.reason)
        cells.put(other, first, mend.id, mend.reason)
        return []
    problems = []
    for change in mend.change:
        if cells.values[change.field].count(change.printed) != 1:
            message = f"mend {mend.id} expects '{change.printed}' once in '{cells.values[change.field]}'"
            hint = "the source changed; review cac-mends.yaml"
            problems.append(table.problem(line, change.field, "MEND", message, hint))
            continue
        value = cells.values[change.field].replace(change.printed, change.mended)
        cells.put(change.field, value, mend.id, mend.reason)
    return problems


def _take_unseen(cells: _Cells) -> None:
    """Signs of Unicode's category Cf (zero-width space, soft hyphen, byte-order mark …) show nothing and part names."""
    for field, value in list(cells.values.items()):
        if (seen := visible(value)) != value:
            cells.put(field, seen, "unseen", "signs that nobody sees are no part of a name or number")


def _take_marks(cells: _Cells, known: Lookups) -> bool:
    late = False
    for mark in known.marks:
        if cells.values["date"].endswith(mark.printed):
            cells.put("date", cells.values["date"].removesuffix(mark.printed), mark.id, mark.reason)
            late = True
    return late


def _take_prefix(cells: _Cells, known: Lookups) -> None:
    prefix, dash, rest = cells.values["number"].partition("-")
    mend = known.prefixes.get((prefix, cells.values["province"]))
    if mend and dash:
        cells.put("number", f"{mend.use}-{rest}", mend.id, mend.reason)


def _type(
    table: Table, line: Line, cells: _Cells, late: bool, known: Lookups, printed: dict[str, str]
) -> tuple[CacRow | None, list[Problem]]:
    values = cells.values
    found: list[Problem] = []

    def wrong(field: str, message: str, hint: str = "") -> None:
        found.append(table.problem(line, field, field.upper(), message, hint))

    if not _PERIOD.fullmatch(values["period"]):
        wrong("period", f"'{values['period']}' is not a month", "expected YYYY-MM")
    if values["kind"] not in ("备案", "登记"):
        wrong("kind", f"unknown kind '{values['kind']}'", "expected 备案 or 登记")
    if not values["seq"].isascii() or not values["seq"].isdecimal():
        wrong("seq", f"'{values['seq']}' is not a sequence number")
    place = known.places.get(values["province"])
    if place is None:
        wrong("province", f"unknown place '{values['province']}'", "add it to cac-places.yaml once reviewed")
    for field in ("name", "entity"):
        if not values[field].strip():
            wrong(field, f"the {field} is empty")
    number = _number(values, place.prefix if place else None, wrong)
    listed = _listed(values["date"], wrong)
    if listed and number and _PERIOD.fullmatch(values["period"]):
        _in_time(values["period"], {"date": listed, "number": number.accepted}, wrong)
    extra = values["extra"]
    if extra and not extra.startswith(SCENARIO):
        wrong("extra", f"unknown remark '{extra}'", f"expected nothing or {SCENARIO}…")
    if found or number is None or listed is None:
        return None, found
    row = CacRow(
        line=line.number, period=values["period"], kind="备案" if values["kind"] == "备案" else "登记",
        seq=int(values["seq"]), province=values["province"], name=values["name"].strip(),
        entity=values["entity"].strip(), number=number, listed=listed, late=late,
        scenario=extra.removeprefix(SCENARIO) or None, mends=tuple(cells.mends),
        printed={column: printed[column] for column in COLUMNS},
    )  # fmt: skip
    return row, []


def _number(values: dict[str, str], prefix: str | None, tell: _Tell) -> FilingNumber | None:
    try:
        number = FilingNumber.parse(values["number"])
    except ValueError as error:
        tell("number", str(error), "mend it in cac-mends.yaml once reviewed")
        return None
    if prefix and number.place != prefix:
        hint = f"expected {prefix}; another spelling needs a reviewed line in cac-mends.yaml"
        tell("number", f"place '{number.place}' does not fit {values['province']}", hint)
    if values["kind"] in ("备案", "登记") and (number.kind == "registration") != (values["kind"] == "登记"):
        tell("kind", f"'{values['kind']}' does not fit the number '{number.text}'", "S before the serial means 登记")
    return number


#: Days that a row may be printed after the end of its notice's month; the notice of 2025-10 has rows of 2025-11-01.
_SLACK = timedelta(days=31)
#: Chinese law knows these filings since the Interim Measures of 2023-08-15; offices took files in before.
_BEGUN = date(2023, 1, 1)


def _in_time(period: str, days: dict[str, date], tell: _Tell) -> None:
    """A day in a row, or in its number, lies between the first filings and the notice."""
    year, month = map(int, period.split("-"))
    last = date(year + month // 12, month % 12 + 1, 1) + _SLACK
    for field, day in days.items():
        if not _BEGUN <= day <= last:
            side = "long after" if day > last else "before the first filings and"
            tell(field, f"the day {day} lies {side} the notice of {period}", "a digit was mistyped: compare the notice")


def _listed(text: str, tell: _Tell) -> date | None:
    match = _DATE.fullmatch(unicodedata.normalize("NFKC", text))  # digits of full width, as on the regulator's pages
    try:
        if match:
            return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        pass
    tell("date", f"'{text}' is not a date", "expected YYYY/M/D")
    return None
