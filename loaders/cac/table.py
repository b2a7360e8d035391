"""A table as published: bytes to lines of cells with their positions, or problems that say where it breaks."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from ...graph.problems import Problem


@dataclass(frozen=True)
class Line:
    """One line of a table. `columns` holds the position of each cell, in characters from 1."""

    number: int
    cells: tuple[str, ...]
    columns: tuple[int, ...]


@dataclass
class Table:
    """Header names and lines of a file that could be read."""

    file: str
    header: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    encoding: str = "utf-8"

    def problem(self, line: Line, field: str, code: str, message: str, hint: str = "") -> Problem:
        """A problem at a cell, named by its column."""
        at = line.columns[self.header.index(field)] if field in self.header else 1
        return Problem(self.file, line.number, at, code, message, hint)


def read_table(path: Path, expected: tuple[str, ...], shown: str | None = None) -> tuple[Table, list[Problem]]:
    """Read a tab- or comma-separated file with a header line of exactly the expected names, in any order.

    UTF-8 with or without BOM, UTF-16 with BOM, and GBK (GB18030) are read. Problems are collected, never raised.
    """
    name = shown or path.name
    try:
        data = path.read_bytes()
    except OSError as error:
        return Table(name), [Problem(name, 0, 0, "FILE", f"the file can't be read: {error.strerror}")]
    text, encoding, problem = _decode(data, name)
    if problem:
        return Table(name), [problem]
    if not text.strip():
        return Table(name), [Problem(name, 0, 0, "EMPTY", "the file is empty", f"expected {len(expected)} columns")]
    if text.lstrip()[:1] == "<" or "<html" in text[:2000].casefold():
        hint = "save the table itself, not the page that shows it"
        return Table(name), [Problem(name, 1, 1, "HTML", "the file is an HTML page, not a table", hint)]
    return _split(text, name, encoding, expected)


def _decode(data: bytes, name: str) -> tuple[str, str, Problem | None]:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace"), "utf-16", None
    best = 0
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding), encoding.removesuffix("-sig"), None
        except UnicodeDecodeError as error:
            good = data[: error.start].decode(encoding)
            if error.start >= len(data) - 4 and not good.isascii():
                hint = "fetch the file again"
                at = _end_of(good)
                return "", "", Problem(name, *at, "CUT", "the file ends inside a character; it was cut", hint)
            best = max(best, error.start)
    at = _end_of(data[:best].decode("gb18030", errors="replace"))
    return "", "", Problem(name, *at, "ENCODING", "the file is neither UTF-8 nor GBK here", "save it as UTF-8 or GBK")


def _end_of(text: str) -> tuple[int, int]:
    """Line and column behind the last character."""
    return text.count("\n") + 1, len(text) - text.rfind("\n")


def _split(text: str, name: str, encoding: str, expected: tuple[str, ...]) -> tuple[Table, list[Problem]]:
    whole = text.endswith("\n")
    raw = [line.removesuffix("\r") for line in text.split("\n")]
    if whole:
        raw.pop()
    separator = "\t" if "\t" in raw[0] else ","
    header = _cells(raw[0], separator, 1)
    problems = _header_problems(name, header, expected)
    if problems:
        return Table(name, encoding=encoding), problems
    lines = []
    for number, one in enumerate(raw[1:], start=2):
        line = _cells(one, separator, number)
        if len(line.cells) == len(expected):
            lines.append(line)
            continue
        counted = f"{len(line.cells)} of {len(expected)} columns"
        if number == len(raw) and not whole:
            problems.append(
                Problem(name, number, len(one) + 1, "CUT", f"the file ends after {counted}", "fetch the file again")
            )
        else:
            problems.append(Problem(name, number, 1, "COLUMNS", f"the line has {counted}", "a cell was lost or added"))
    return Table(name, header.cells, tuple(lines), encoding), problems


def _cells(text: str, separator: str, number: int) -> Line:
    cells = text.split("\t") if separator == "\t" else next(csv.reader([text]), [""])
    columns, at = [], 0
    for cell in cells:
        found = text.find(cell, at)
        at = found if found >= 0 else at
        columns.append(at + 1)
        at += len(cell) + 1
    return Line(number, tuple(cells), tuple(columns))


def _header_problems(name: str, header: Line, expected: tuple[str, ...]) -> list[Problem]:
    hint = f"expected: {', '.join(expected)}"
    found = []
    for i, cell in enumerate(header.cells):
        if cell not in expected:
            found.append(Problem(name, 1, header.columns[i], "HEADER", f"unknown column '{cell[:40]}'", hint))
        elif cell in header.cells[:i]:
            found.append(Problem(name, 1, header.columns[i], "HEADER", f"column '{cell}' stands twice", hint))
    missing = [wanted for wanted in expected if wanted not in header.cells]
    if missing:
        found.append(Problem(name, 1, 1, "HEADER", f"missing: {', '.join(missing)}", hint))
    return found
