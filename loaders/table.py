"""A table as published: bytes to records of cells with their positions, or problems that say where it breaks."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..graph.problems import Problem
from .input_file import read_input

#: Most characters of one quoted cell; abstracts and notes are long.
csv.field_size_limit(10_000_000)


@dataclass(frozen=True)
class Line:
    """One record of a table, mostly one line. `places` holds line and column of each cell, from 1."""

    number: int
    cells: tuple[str, ...]
    places: tuple[tuple[int, int], ...]


@dataclass
class Table:
    """Header names and lines of a file that could be read."""

    file: str
    header: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    encoding: str = "utf-8"

    def problem(self, line: Line, field: str, code: str, message: str, hint: str = "") -> Problem:
        """A problem at a cell, named by its column."""
        at = line.places[self.header.index(field)] if field in self.header else (line.number, 1)
        return Problem(self.file, *at, code, message, hint)

    def at(self, line: int, code: str, message: str, hint: str = "") -> Problem:
        """A problem of a whole line, or of the whole file where the line is 0."""
        return Problem(self.file, line, min(line, 1), code, message, hint)

    def rows(self) -> Iterator[tuple[Line, dict[str, str]]]:
        """Each record with its cells by column, outer spaces cut."""
        for line in self.lines:
            yield line, {name: cell.strip() for name, cell in zip(self.header, line.cells, strict=True)}


def read_table(
    path: Path, expected: tuple[str, ...], optional: tuple[str, ...] = ()
) -> tuple[Table, list[Problem]]:  # fmt: skip
    """Read a tab- or comma-separated file whose header holds the expected names, in any order, and no others.

    UTF-8 with or without BOM, UTF-16 with BOM, and GBK (GB18030) are read. Quoted cells of a comma-separated file
    may run over several lines. Problems are collected, never raised.

    Args:
        optional: further names that the header may hold.
    """
    name = path.name
    text, encoding, problem = read_text(path, f"a table of {len(expected)} columns or more, {expected[0]} among them")
    if problem:
        return Table(name), [problem]
    return _split(text, name, encoding, expected, optional)


def read_text(path: Path, wanted: str) -> tuple[str, str, Problem | None]:
    """Text and encoding of a file that is not empty and no web page, or the problem with it.

    Args:
        wanted: what the file should be, in a phrase for the hint.
    """
    name = path.name
    try:
        data = read_input(path)
    except OSError as error:
        hint = f"name a file that is {wanted}"
        return "", "", Problem(name, 0, 0, "FILE", f"the file can't be read: {error.strerror or error}", hint)
    return decode(data, name, wanted)


def decode(data: bytes, name: str, wanted: str) -> tuple[str, str, Problem | None]:
    """Text and encoding of the bytes of a file, or the problem with them."""
    text, encoding, problem = _decode(data, name)
    if problem is None and not text.strip():
        problem = Problem(name, 0, 0, "EMPTY", "the file is empty", f"expected {wanted}")
    elif problem is None and (text.lstrip()[:1] == "<" or "<html" in text[:2000].casefold()):
        hint = "save the file itself, not the page that shows it"
        problem = Problem(name, 1, 1, "HTML", "the file is a web page (HTML)", hint)
    return text, encoding, problem


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


def _split(
    text: str, name: str, encoding: str, expected: tuple[str, ...], optional: tuple[str, ...]
) -> tuple[Table, list[Problem]]:
    whole = text.endswith("\n")
    raw = [line.removesuffix("\r") for line in text.split("\n")]
    if whole:
        raw.pop()
    records, open_quote = _tabbed(raw) if "\t" in raw[0] else _quoted(raw)
    header = records[0]
    problems = _header_problems(name, header, expected, optional)
    if problems:
        return Table(name, encoding=encoding), problems
    lines = []
    for line in records[1:]:
        if len(line.cells) == len(header.cells):
            lines.append(line)
            continue
        counted = f"{len(line.cells)} of {len(header.cells)} columns"
        if line is records[-1] and not whole and not open_quote:
            at = (len(raw), len(raw[-1]) + 1)
            problems.append(Problem(name, *at, "CUT", f"the file ends after {counted}", "fetch the file again"))
        else:
            at = (line.number, 1)
            hint = "a cell was lost or added"
            problems.append(Problem(name, *at, "COLUMNS", f"the line has {counted}", hint))
    if open_quote:
        message = f"the file ends inside the quoted cell that begins in line {open_quote}"
        hint = "fetch the file again, or close the quote"
        problems.append(Problem(name, len(raw), len(raw[-1]) + 1, "CUT", message, hint))
    return Table(name, header.cells, tuple(lines), encoding), problems


def _tabbed(raw: list[str]) -> tuple[list[Line], int]:
    """Records of a tab-separated file, which knows no quotes."""
    return [_placed(number, line.split("\t"), [line]) for number, line in enumerate(raw, start=1)], 0


def _quoted(raw: list[str]) -> tuple[list[Line], int]:
    """Records of a comma-separated file, and the line of a quote that is never closed (0 where there is none)."""
    reader = csv.reader((line + "\n" for line in raw), strict=True)
    found: list[Line] = []
    while True:
        begun = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            if "unexpected end" in str(error):
                return found or [_placed(1, [raw[0]], raw[:1])], begun
            cells = []  # told as a line whose columns don't fit
        if cells is None:
            return found, 0
        found.append(_placed(begun, cells or [""], raw[begun - 1 : reader.line_num]))


def _placed(number: int, cells: list[str], raw: list[str]) -> Line:
    """A record with the place of each cell, searched from the end of the cell before."""
    places, row, at = [], 0, 0
    for cell in cells:
        parts = cell.replace('"', '""').split("\n")
        first = parts[0].rstrip("\r")
        for later in range(row, len(raw)):
            found = raw[later].find(first, at if later == row else 0)
            if found >= 0:
                row, at = later, found
                break
        places.append((number + row, at + 1))
        if len(parts) > 1:
            row, at = min(row + len(parts) - 1, len(raw) - 1), len(parts[-1])
        else:
            at += len(first) + 1
    return Line(number, tuple(cells), tuple(places))


def _header_problems(name: str, header: Line, expected: tuple[str, ...], optional: tuple[str, ...]) -> list[Problem]:
    hint = f"expected: {', '.join(expected)}"
    found = []
    for i, cell in enumerate(header.cells):
        if cell not in expected and cell not in optional:
            found.append(Problem(name, *header.places[i], "HEADER", f"unknown column '{cell[:40]}'", hint))
        elif cell in header.cells[:i]:
            found.append(Problem(name, *header.places[i], "HEADER", f"column '{cell}' stands twice", hint))
    missing = [wanted for wanted in expected if wanted not in header.cells]
    if missing:
        found.append(Problem(name, 1, 1, "HEADER", f"missing: {', '.join(missing)}", hint))
    return found


def one_if_shifted(table: Table, line: Line, problems: list[Problem]) -> list[Problem]:
    """The problems of one record; three or more are told as one, for the cells have moved."""
    if len(problems) < 3:
        return problems
    message = f"{len(problems)} cells don't fit their columns; the row seems shifted"
    hint = "compare the line with the header: a cell was added, lost or moved"
    first = min(problems)
    return [Problem(table.file, first.line, first.column, "SHIFTED", message, hint)]
