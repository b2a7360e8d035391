"""Cells of a table by their kind: texts, numbers, days and dates, each wrong one told at its place."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date

from ..graph.dates import MISTYPED, PartialDate, beyond
from ..graph.problems import Problem
from .table import Line, Table, one_if_shifted
from .yaml_reader import Block

#: The year first, as spreadsheets and Chinese pages write a date: 2025/7/1, 2025年7月1日; its parts may be fewer.
_YEAR_FIRST = re.compile(r"([0-9]{4})(?:/([0-9]{1,2})(?:/([0-9]{1,2}))?|年(?:([0-9]{1,2})月(?:([0-9]{1,2})日)?)?)")
_DIGITS = re.compile(r"-?([0-9]+|[1-9][0-9]{0,2}(,[0-9]{3})+)(\.[0-9]+)?([eE][+-]?[0-9]{1,2})?")


def span_of(text: str) -> PartialDate:
    """A date as `PartialDate` writes it, or as 2025/7/1 or 2025年7月1日. Raises ValueError that names the forms."""
    parts = _YEAR_FIRST.fullmatch("".join(unicodedata.normalize("NFKC", text).split()))
    return PartialDate.parse("-".join(part.zfill(2) for part in parts.groups() if part) if parts else text)


@dataclass
class Cells:
    """One row under check: reads cells by their kind and collects what is wrong with them."""

    table: Table
    line: Line
    cells: dict[str, str]
    today: date | None = None  # that of the machine where none is given
    _found: list[Problem] = field(default_factory=list)

    def wrong(self, column: str, code: str, message: str, hint: str = "") -> None:
        """Note a problem at a cell."""
        self._found.append(self.table.problem(self.line, column, code, message, hint))

    def text(self, column: str) -> str:
        """A cell that must not be empty."""
        if not self.cells[column]:
            self.wrong(column, "EMPTY-CELL", f"'{column}' is empty", "a cell was lost, or the line was cut")
        return self.cells[column]

    def number(self, column: str, *, signed: bool = False) -> float | None:
        """A number above zero, or None where the cell is empty or wrong. Commas may stand between thousands, as 5,000.

        Args:
            signed: take zero and numbers below it too.
        """
        text = self.cells[column]
        found = float(text.replace(",", "")) if _DIGITS.fullmatch(text) else None
        if found is not None and (signed or found > 0):
            return found
        if text:
            hint = "expected digits without a sign of money or percent, as 512, 0.5, 5,000 or 1.5e+22"
            self.wrong(column, "NUMBER", f"'{text[:40]}' is not a number{'' if signed else ' above zero'}", hint)
        return None

    @property
    def block(self) -> Block:
        """The row as a place, for `at=` of the methods of `Outside`."""
        return Block(self.table.file, *self.line.places[0], {})

    def day(self, column: str, *, ahead: bool = False, blank: bool = False) -> str:
        """A day as YYYY-MM-DD; where the cell holds none, a problem and a day that nobody will use.

        Args:
            ahead: allow days to come. Without it a day after tomorrow, or before 1900, is a problem.
            blank: allow an empty cell, which gives an empty text.
        """
        text = self.cells[column]
        if blank and not text:
            return ""
        try:
            found = span_of(text)
        except ValueError:
            found = None
        if found is None or found.precision != "day":
            self.wrong(column, "DATE", f"'{text[:40]}' is not a day", "expected YYYY-MM-DD")
            return date.min.isoformat()
        self._lies(column, found.first, ahead=ahead)
        return found.text

    def span(self, column: str, *, ahead: bool = False, blank: bool = False) -> PartialDate | None:
        """A date of any precision, as 2025, 2025-02 or 2025-02-13; None, with a problem, where it is none.

        Args:
            ahead: allow spans to come, as `day` does.
            blank: allow an empty cell, which gives None: an unknown date is left out.
        """
        if blank and not self.cells[column]:
            return None
        try:
            found = span_of(self.cells[column])
        except ValueError as error:
            self.wrong(column, "DATE", str(error))
            return None
        return None if self._lies(column, found.first, ahead=ahead) else found

    def _lies(self, column: str, found: date, *, ahead: bool) -> bool:
        """Whether a day lies where none can, which is then told."""
        side = beyond(found, self.today or date.today(), ahead=ahead)
        if side:
            self.wrong(column, "DATE", f"'{self.cells[column]}' lies {side}", MISTYPED)
        return bool(side)

    def told(self) -> list[Problem]:
        """What is wrong with the row; three cells or more mean that it is shifted."""
        return one_if_shifted(self.table, self.line, self._found)
