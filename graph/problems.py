"""A defect in an input file, with its position and a way to mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .errors import ChinaAIError


@dataclass(frozen=True, order=True)
class Problem:
    """One defect. `line` and `column` count from 1; 0 means the file, or the data set, as a whole."""

    file: str
    line: int
    column: int
    code: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        tail = f"; {self.hint}" if self.hint else ""
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return f"{place} {self.code} {self.message}{tail}"


class InputError(ChinaAIError):
    """The input holds problems; nothing was written. `problems` has all of them, sorted by place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems)
        count = len(self.problems)
        super().__init__(f"{count} problem{'s' if count != 1 else ''} in the input; nothing was written")
