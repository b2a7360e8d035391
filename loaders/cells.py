"""Cells of a table by their kind: texts, numbers, days and dates, each wrong one told at its place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from ..graph.dates import PartialDate
from ..graph.problems import Problem
from .table import Line, Table, one_if_shifted
from .yaml_reader import Block

#: What to do about a day on which nothing can be.
MISTYPED = "a digit was mistyped, or the clock of this machine is wrong"


def beyond(found: date, today: date, *, ahead: bool = False) -> str:
    """On which side a day lies beyond what a source can tell of; empty where it does not.

    Args:
        ahead: allow days to come. Tomorrow is none, for it has begun somewhere.
    """
    if found > today + timedelta(days=1):
        return "" if ahead else "in the future"
    return "too far back" if found.year < 1900 else ""


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

    def number(self, column: str) -> float | None:
        """A number above zero, or None where the cell is empty or wrong."""
        text = self.cells[column]
        if re.fullmatch(r"[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,2})?", text) and float(text) > 0:
            return float(text)
        if text:
            hint = "expected digits, as 512, 0.5 or 1.5e+22"
            self.wrong(column, "NUMBER", f"'{text[:40]}' is not a number above zero", hint)
        return None

    @property
    def block(self) -> Block:
        """The row as a place, for `at=` of the methods of `Outside`."""
        return Block(self.table.file, *self.line.places[0], {})

    def day(self, column: str, *, ahead: bool = False) -> str:
        """A day as YYYY-MM-DD; where the cell holds none, a problem and a day that nobody will use.

        Args:
            ahead: allow days to come. Without it a day after tomorrow, or before 1900, is a problem.
        """
        text = self.cells[column]
        try:
            found = date.fromisoformat(text if len(text) == 10 else "")
        except ValueError:
            self.wrong(column, "DATE", f"'{text[:40]}' is not a day", "expected YYYY-MM-DD")
            return date.min.isoformat()
        self._lies(column, found, ahead=ahead)
        return found.isoformat()

    def span(self, column: str, *, ahead: bool = False) -> PartialDate | None:
        """A date of any precision, as 2025, 2025-02 or 2025-02-13; None, with a problem, where it is none.

        Args:
            ahead: allow spans to come, as `day` does.
        """
        try:
            found = PartialDate.parse(self.cells[column])
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
