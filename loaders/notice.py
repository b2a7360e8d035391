"""A notice as a regulator publishes it, a web page or a Word attachment: its tables as rows by column, nothing lost.

Tables are found by their header. What office programs do to them is undone and told: headers repeated on each page,
rows split by a page, cells merged downwards, figures in full width, notes below. What can't be understood is a problem.
"""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from ..graph.identity import visible
from ..graph.problems import Problem
from .input_file import check_regular
from .table import decode, other_format

#: Cells of one row; a cell that is merged with the one before it, in the same row, is None.
Cells = list[str | None]


@dataclass
class Grid:
    """One table with the words that stand before it."""

    before: str
    rows: list[Cells]


@dataclass
class Record:
    """One row by column, with its place and what was mended in it."""

    table: int
    row: int
    before: str
    values: dict[str, str]
    mends: list[str] = field(default_factory=list)


@dataclass
class Document:
    """The rows of a notice, the words around its tables, and what is wrong or worth telling."""

    file: str
    text: str = ""
    records: list[Record] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def month(self) -> str:
        """Month of the notice as YYYY-MM, by its name or else by its words; empty where neither says."""
        named = re.search(r"(20\d{2})[-_](0[1-9]|1[0-2])(?!\d)", self.file)
        said = re.search(r"[（(]\s*(20\d{2})\s*年\s*(\d{1,2})\s*月\s*[)）]", unicodedata.normalize("NFKC", self.text))
        said = said or re.search(r"(20\d{2})\s*年\s*(\d{1,2})\s*月", unicodedata.normalize("NFKC", self.text))
        found = named or said
        return f"{found[1]}-{int(found[2]):02d}" if found else ""


def is_notice(path: Path) -> bool:
    """True for a file that is a Word document or a web page, whatever its name says."""
    data = _bytes(path)[:4_000_000]
    head = data[:3000].lstrip().lower()
    page = b"<html" in head or (head.startswith(b"<") and b"<table" in data.lower())
    return page or bool({"Word", "PDF"} & set(other_format(data).split()))


def read_notice(
    path: Path, columns: Mapping[str, tuple[str, ...]], key: str, optional: Mapping[str, tuple[str, ...]] | None = None
) -> Document:  # fmt: skip
    """Read every table whose header holds the columns. Problems are collected, never raised.

    Args:
        columns: our name of each column, and the names under which notices print it.
        key: column without which a row is the rest of the row above, as the number of a filing.
        optional: further columns that a table may have.
    """
    found = Document(path.name)
    grids = _docx(path, found) if "DOCX" in other_format(_bytes(path)) else _html(path, found)
    if found.problems:
        return found
    reader = _Reader(found, columns, key, optional or {})
    for number, grid in enumerate(grids, start=1):
        found.text += "\n" + grid.before
        reader.table(number, grid)
    if not reader.headers and not found.problems:
        names = "、".join(names[0] for names in columns.values())
        links = re.findall(r"[^\s\"'/]+\.(?:docx?|pdf|xlsx?)", found.text)
        hint = f"the list is in an attachment: fetch {', '.join(dict.fromkeys(links))}" if links else "fetch it again"
        message = f"no table with the columns {names} is in the file"
        found.problems.append(Problem(found.file, 0, 0, "NO-TABLE", message, hint))
    return found


def _bytes(path: Path) -> bytes:
    try:
        check_regular(path)
        return path.read_bytes()
    except OSError:
        return b""


def squeezed(text: str) -> str:
    """A cell as one looks it up: one width, nothing unseen, no spaces."""
    return "".join(visible(unicodedata.normalize("NFKC", text)).split())


def one_line(text: str) -> str:
    """A cell in one line; between two Chinese characters a break parts no words."""
    parts = visible(text).split("\n")
    joined = parts[0].rstrip()
    for part in (one.strip() for one in parts[1:]):
        chinese = bool(joined and part) and all(ord(one) > _CHINESE for one in (joined[-1], part[0]))
        joined += part if chinese or not joined else f" {part}"
    return " ".join(joined.split())


#: Before it stand Latin letters and the punctuation between them.
_CHINESE = 0x2E80


class _Reader:
    def __init__(
        self, found: Document, columns: Mapping[str, tuple[str, ...]], key: str, optional: Mapping[str, tuple[str, ...]]
    ) -> None:  # fmt: skip
        self.found, self.columns, self.key = found, columns, key
        self.known = {**columns, **optional}
        self.names = {squeezed(name): ours for ours, names in self.known.items() for name in names}
        self.headers: list[list[str]] = []

    def table(self, number: int, grid: Grid) -> None:
        """Take the rows below the header; a table without one goes on with the header of the table before."""
        at = next((i for i, row in enumerate(grid.rows) if self._is_header(row)), None)
        if at is None:
            self._without_header(number, grid)
            return
        for i, row in enumerate(grid.rows[:at]):
            if text := " ".join(cell for cell in row if cell):
                self.found.text += "\n" + text
                if self._like_data(row):
                    self._wrong(number, i + 1, "ABOVE-HEADER", f"a row stands above the header: '{text[:60]}'")
        header = [squeezed(cell or "") for cell in grid.rows[at]]
        unknown = [name for name in header if name and name not in self.names]
        missing = [names[0] for ours, names in self.columns.items() if ours not in {self.names.get(n) for n in header}]
        if unknown:
            hint = "the notice has a new form; a newer version of the loader may know it"
            self._wrong(number, at + 1, "HEADER", f"unknown column '{unknown[0]}'", hint)
        if missing:
            self._wrong(number, at + 1, "HEADER", f"the header lacks {'、'.join(missing)}")
        if unknown or missing:
            return
        self.headers.append([self.names.get(name, "") for name in header])
        before = " ".join([grid.before, *(cell or "" for row in grid.rows[:at] for cell in row)])
        self._rows(number, grid.rows[at + 1 :], at + 2, before)

    def _without_header(self, number: int, grid: Grid) -> None:
        rows = [row for row in grid.rows if any(cell and cell.strip() for cell in row)]
        named = any(self.names.get(squeezed(cell or "")) for row in rows[:3] for cell in row)
        width = len(self.headers[-1]) if self.headers else -1
        if rows and all(len(row) == width for row in rows) and any(self._like_data(row) for row in rows):
            self.found.remarks.append(f"table {number} has no header: read as the rest of the table before it")
            self._rows(number, grid.rows, 1, "")
        elif named or any(self._like_data(row) for row in rows):
            self._wrong(number, 1, "HEADER", f"the table of {len(rows)} rows has no header that is known")
        elif rows:
            self.found.text += "\n" + " ".join(cell or "" for row in rows for cell in row)

    def _is_header(self, row: Cells) -> bool:
        """At least half of the columns are named, one of them the key or the first."""
        return 2 * len({self.names.get(squeezed(cell or "")) for cell in row} - {None}) >= len(self.columns)

    def _like_data(self, row: Cells) -> bool:
        return bool(row) and squeezed(row[0] or "").isdecimal() and sum(bool(cell) for cell in row) > 2

    def _rows(self, number: int, rows: list[Cells], first: int, before: str) -> None:
        header = self.headers[-1]
        for at, row in enumerate(rows, start=first):
            texts = [(cell or "").strip() for cell in row]
            if not any(texts):
                continue
            if self._is_header(row):
                self.found.remarks.append(f"table {number}, row {at}: the header once more; left out")
                continue
            filled = [text for text in texts if text]
            if (None in row and len(filled) == 1) or _NOTE.match(filled[0]):
                self.found.text += "\n" + filled[0]
                self.found.remarks.append(f"table {number}, row {at}: a note, no row: '{filled[0][:60]}'")
                continue
            if len(row) != len(header):
                message = f"the row has {len(row)} cells, the header {len(header)}: '{' | '.join(filled)[:60]}'"
                self._wrong(number, at, "COLUMNS", message)
                continue
            nameless = [text for name, text in zip(header, texts, strict=True) if not name and text]
            if nameless:
                message = f"'{nameless[0][:60]}' stands in a column without a name"
                self._wrong(number, at, "COLUMNS", message)
                continue
            if None in row:
                column = self.known[header[row.index(None)]][0]
                message = f"'{column}' is merged with the cell before it: '{' | '.join(filled)[:60]}'"
                self._wrong(number, at, "MERGED", message, "part the cells; which column the text is of is not told")
                continue
            self._row(number, at, before, dict(zip(header, texts, strict=True)))

    def _row(self, number: int, at: int, before: str, values: dict[str, str]) -> None:
        records = self.found.records
        if not squeezed(values["seq"]) and records and records[-1].table in (number, number - 1):
            above = records[-1]
            if not _BEGINS.match(squeezed(values[self.key])):
                for column, text in values.items():
                    above.values[column] += text
                above.mends.append(f"row {at} is the rest of row {above.row}, split by a page")
                return
        if not squeezed(values["seq"]):
            hint = "where Word numbers the rows by itself, turn its numbers into text"
            self._wrong(number, at, "EMPTY-CELL", f"'{self.known['seq'][0]}' is empty", hint)
            return
        record = Record(number, at, before, {}, [])
        for column, text in values.items():
            kept = " ".join(visible(text).split())
            plain = squeezed(text)
            if column == "seq" and (match := re.fullmatch(r"(\d+)(?:[.、．]|\.0+)", plain)):
                plain = match[1]
            if column in ("seq", self.key) and plain != text:
                undone = "width and spaces" if plain == squeezed(text) else "a dot"
                record.mends.append(f"{column}: '{text}' → '{plain}' ({undone})")
                kept = plain
            record.values[column] = kept
        records.append(record)

    def _wrong(self, table: int, row: int, code: str, message: str, hint: str = "compare it with the notice") -> None:
        self.found.problems.append(Problem(self.found.file, row, 1, code, f"table {table}, row {row}: {message}", hint))


#: A note below or between rows, or their sum.
_NOTE = re.compile(r"(注|备注|说明|附注)[:：\s]|[*＊※]|(合|总|共|小)\s*计")
#: How the numbers of the registers begin: what begins so is no rest of a number that a page split.
_BEGINS = re.compile(r"网信算备|[A-Za-z]+-")


def _docx(path: Path, found: Document) -> list[Grid]:
    from docx import Document as open_docx
    from docx.opc.exceptions import PackageNotFoundError
    from docx.table import Table

    from .word import straighten

    try:
        document = open_docx(str(path))
    except (PackageNotFoundError, KeyError, ValueError, zipfile.BadZipFile) as error:
        message = f"the Word document can't be read: {error}"[:160]
        found.problems.append(Problem(path.name, 0, 0, "CUT", message, "it was cut: fetch it again"))
        return []
    found.remarks += straighten(document)
    grids: list[Grid] = []
    words: list[str] = []
    for item in document.iter_inner_content():
        if isinstance(item, Table):
            grids.append(Grid("\n".join(words), [_docx_row(row) for row in item.rows]))
            words = []
        elif item.text.strip():
            words.append(item.text.strip())
    found.text = "\n".join(words)
    return grids


def _docx_row(row: Any) -> Cells:
    """Cells of a row; python-docx gives a merged cell once for each cell of the grid that it covers."""
    cells: Cells = []
    last: Any = None
    for cell in row.cells:
        cells.append(None if cell._tc is last else one_line(cell.text))
        last = cell._tc
    return cells


def _html(path: Path, found: Document) -> list[Grid]:
    from lxml import html

    data = _bytes(path)
    if not data:
        found.problems.append(Problem(path.name, 0, 0, "FILE", "the file can't be read, or is empty", "fetch it again"))
        return []
    if kind := other_format(data):
        message = f"the file is {kind}, no web page and no Word document (DOCX)"
        found.problems.append(Problem(path.name, 0, 0, "FORMAT", message, "save it as DOCX"))
        return []
    text, _, problem = decode(data, path.name, "a notice")
    if problem is not None and problem.code != "HTML":
        found.problems.append(problem)
        return []
    root = html.fromstring(text or data.decode("utf-8", errors="replace"))
    for unwanted in root.xpath("//script|//style"):
        unwanted.drop_tree()
    unseen = root.xpath(_UNSEEN)
    for unwanted in unseen:
        unwanted.drop_tree()
    if unseen:
        found.remarks.append(f"left out, parts of tables that are struck out or not shown: {len(unseen)}")
    around = deepcopy(root)
    for table in around.xpath("//table"):
        table.drop_tree()
    found.text = " ".join(around.text_content().split()) + " " + " ".join(root.xpath("//a/@href"))
    inner = [table for table in root.iter("table") if not table.xpath(".//table")]
    return [Grid(_before(table), _html_rows(table)) for table in inner]


#: What a browser shows struck out, or not at all, inside a table.
_UNSEEN = (
    "//table//del | //table//s | //table//strike | //table//*[@hidden]"
    " | //table//*[contains(translate(@style, ' ', ''), 'display:none')]"
)


def _before(table: Any) -> str:
    """The nearest words before a table."""
    for item in table.xpath("preceding::*[not(self::table) and not(ancestor::table)]")[::-1][:8]:
        if words := " ".join(item.text_content().split()):
            return words[-300:]
    return ""


def _html_rows(table: Any) -> list[Cells]:
    """Rows with `rowspan` written out and `colspan` as merged cells."""
    rows: list[Cells] = []
    below: dict[int, tuple[int, str]] = {}
    for line in table.iter("tr"):
        row: Cells = []
        for cell in line.iterchildren("td", "th"):
            _fill(row, below)
            text = one_line(cell.text_content())
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            for part in range(wide):
                if high > 1:
                    below[len(row)] = (high - 1, text if part == 0 else "")
                row.append(text if part == 0 else None)
        _fill(row, below)
        rows.append(row)
    return rows


def _fill(row: Cells, below: dict[int, tuple[int, str]]) -> None:
    while len(row) in below:
        left, text = below[len(row)]
        if left == 1:
            del below[len(row)]
        else:
            below[len(row)] = (left - 1, text)
        row.append(text)


def _span(cell: Any, name: str) -> int:
    value = str(cell.get(name, "1"))
    return min(int(value), 1000) if value.isdecimal() and int(value) else 1


def to_come(file: str, months: Iterable[str], today: date) -> list[Problem]:
    """Problems of months (YYYY-MM) that have not begun: nobody can have published them."""
    hint = "mend the month in the file's name or in its rows, or the clock of this machine"
    late = sorted({month for month in months if month > f"{today:%Y-%m}"})
    return [Problem(file, 0, 0, "MONTH", f"the month {month} lies in the future", hint) for month in late]


def gaps(numbers: Iterable[int]) -> Iterator[str]:
    """What is wrong with numbers that should run on by one: lost and repeated ones."""
    held = sorted(numbers)
    seen = set(held)
    for one in range(held[0], held[-1] + 1) if held else ():
        if one not in seen:
            yield f"no row bears the number {one}"
        elif held.count(one) > 1:
            yield f"{held.count(one)} rows bear the number {one}"
