"""A table as published: bytes to records of cells with their positions, or problems that say where it breaks."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..graph.identity import invisible, visible
from ..graph.nearest import did_you_mean
from ..graph.problems import Problem
from .input_file import read_input
from .notes import note

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
    """Header names and lines of a file that could be read. `raw_header`: its names, be they those wanted or not."""

    file: str
    header: tuple[str, ...] = ()
    raw_header: tuple[str, ...] = ()
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
        """Each record with its cells by column, without outer spaces and, which is noted, what can't be seen."""
        for line in self.lines:
            for place, cell in zip(line.places, line.cells, strict=True):
                if codes := invisible(cell):
                    note(f"{self.file}:{place[0]}:{place[1]} {', '.join(codes)} left out, which can't be seen")
            yield line, {name: visible(cell).strip() for name, cell in zip(self.header, line.cells, strict=True)}


def read_table(
    path: Path, expected: tuple[str, ...], optional: tuple[str, ...] = ()
) -> tuple[Table, list[Problem]]:  # fmt: skip
    """Read a file separated by tabs, commas, semicolons or bars whose header holds the expected names, in any order.

    UTF-8 with or without BOM, UTF-16 with BOM, and GBK (GB18030) are read; other encodings, workbooks, web pages and
    lines above the header are told as what they are. A first line `sep=,` is obeyed. Quoted cells may run over several
    lines; in a tab-separated file a cell is quoted only where the quotes of the whole cell add up, as Excel writes
    them. Problems are collected, never raised.

    Args:
        optional: further names that the header may hold.
    """
    name = path.name
    among = f" of {len(expected)} columns or more, {expected[0]} among them" if expected else ""
    text, encoding, problem = read_text(path, f"a table{among}")
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
    if kind := other_format(data):
        hint = f"save it as {wanted}" if kind.endswith("workbook") else f"expected {wanted}"
        return "", "", Problem(name, 0, 0, "FORMAT", f"the file is {kind}, whatever its name says", hint)
    text, encoding, problem = _decode(data, name)
    if problem is None and not text.strip():
        problem = Problem(name, 0, 0, "EMPTY", "the file is empty", f"expected {wanted}")
    elif problem is None and (text.lstrip()[:1] == "<" or "<html" in text[:2000].casefold()):
        hint = "save the file itself, not the page that shows it"
        problem = Problem(name, 1, 1, "HTML", "the file is a web page (HTML)", hint)
    return text, encoding, problem


def other_format(data: bytes) -> str:
    """What a file is by its first bytes, with its article; empty where it may be text."""
    if data[:4] == b"PK\x03\x04":
        inside = data[:4000] + data[-8000:]
        for mark, what in ((b"xl/", "an Excel workbook"), (b"word/", "a Word document (DOCX)")):
            if mark in inside:
                return what
        return "a ZIP archive"
    return next((what for mark, what in _FORMATS.items() if data.startswith(mark)), "")


_FORMATS = {
    b"\xd0\xcf\x11\xe0": "an old Excel or Word file", b"%PDF": "a PDF", b"\x1f\x8b": "a gzip archive",
    b"PAR1": "a Parquet file", b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture", b"SQLite format": "a database",
}  # fmt: skip


def _decode(data: bytes, name: str) -> tuple[str, str, Problem | None]:
    """The text by what the file says of its encoding, else as UTF-8, else as GBK where that gives Chinese."""
    mark, said = next((one for one in _MARKS.items() if data.startswith(one[0])), (b"", ""))
    if said:
        text, bad = _tried(data[len(mark) :], said)
        if bad is None:
            return text, said.removesuffix("-le").removesuffix("-be"), None
        kind = said.upper().removesuffix("-LE").removesuffix("-BE")
        what = f"the file's first bytes say {kind}, and what stands here is none"
        return "", "", _cut(name, text, bad, len(data) - len(mark)) or Problem(
            name, *_end_of(text), "ENCODING", what, "fetch or save the file again"
        )  # fmt: skip
    if data.count(0) * 5 > len(data):
        what = "the file is UTF-16 or UTF-32 without the mark (BOM) that says so"
        return "", "", Problem(name, 1, 1, "ENCODING", what, "save it as UTF-8 (Excel: CSV UTF-8)")
    furthest = ""
    for encoding in ("utf-8", "gb18030"):
        text, bad = _tried(data, encoding)
        if bad is not None:
            if _is_chinese(text) and (cut := _cut(name, text, bad, len(data))):
                return "", "", cut
            furthest = max(furthest, text, key=len)
            continue
        if encoding == "gb18030" and not _is_chinese(text):
            odd = next(i for i, sign in enumerate(text) if not sign.isascii())
            message = f"the file is not UTF-8, and read as GBK it is no Chinese ('{text[odd : odd + 6].split()[0]}')"
            return "", "", Problem(name, *_end_of(text[:odd]), "ENCODING", message, _SAVE)
        return text, encoding, None
    return "", "", Problem(name, *_end_of(furthest), "ENCODING", "the file is neither UTF-8 nor GBK here", _SAVE)


def _tried(data: bytes, encoding: str) -> tuple[str, int | None]:
    """The text, or as much of it as there is and the place of the first byte that is none."""
    try:
        return data.decode(encoding), None
    except UnicodeDecodeError as error:
        return data[: error.start].decode(encoding), error.start


def _cut(name: str, text: str, bad: int, size: int) -> Problem | None:
    """The problem with a file whose last character is not whole; None where something else is wrong."""
    if bad < size - 4 or text.isascii():
        return None
    message = "the file ends inside a character; it was cut"
    return Problem(name, *_end_of(text), "CUT", message, "fetch the file again")


#: Marks by which a file says what it is; the longer ones first.
_MARKS = {
    b"\xff\xfe\0\0": "utf-32-le", b"\0\0\xfe\xff": "utf-32-be", b"\x84\x31\x95\x33": "gb18030",
    b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be",
}  # fmt: skip
_SAVE = "save it as UTF-8 (Excel: CSV UTF-8); it may be in a Western, Korean, Japanese or traditional Chinese encoding"
#: Characters that make up more than a quarter of Chinese prose and of names of firms, places and models. Nearly every
#: pair of bytes is some character of GB18030, so a file of another encoding is known by the lack of these.
_FREQUENT = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    "十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平"
    "形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题"
    "党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西"
    "有限公司科技股份集团智能信息网络软件北京上海广东深圳杭州江苏浙江南省市称名号日期序类型模型服务企业备案登记代码"
)


def _is_chinese(text: str) -> bool:
    """Whether what GBK made of the bytes is Chinese: characters of GB2312, a quarter of them frequent."""
    signs = [sign for sign in text if not sign.isascii() and not _PUNCTUATION.match(sign)]
    plain = [sign for sign in signs if "\u4e00" <= sign <= "\u9fff" and _in_gb2312(sign)]
    return 5 * len(plain) >= 4 * len(signs) and 4 * sum(sign in _FREQUENT for sign in plain) >= len(plain)


#: What stands between and in words of any language: punctuation, signs of full width, digits in circles, symbols.
_PUNCTUATION = re.compile("[\u00a0-\u00bf\u00d7\u2000-\u26ff\u3000-\u303f\uff00-\uffef]")


def _in_gb2312(sign: str) -> bool:
    try:
        sign.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


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
    above, sign = _separator(raw)
    raw = raw[above:]
    records, open_quote = _tabbed(raw) if sign == "\t" else _quoted(raw, sign)
    records = [_moved(line, above) for line in records] if above else records
    records = _tidied(records, name, (*expected, *optional))
    header = records[0]
    problems = _header_problems(name, header, expected, optional)
    if problems and (found := _below(records, expected)):
        below, sure = found
        message = f"the {'column names stand' if sure else 'header seems to stand'} in line {below}, "
        message += f"below {below - 1} other lines"
        problems = [Problem(name, 1, 1, "HEADER", message, "delete the lines above the column names")]
    if problems:
        return Table(name, raw_header=header.cells, encoding=encoding), problems
    lines = []
    for line in records[1:]:
        if len(line.cells) == len(header.cells):
            lines.append(line)
            continue
        counted = f"{len(line.cells)} of {len(header.cells)} columns"
        if line is records[-1] and not whole and not open_quote:
            at = (len(raw) + above, len(raw[-1]) + 1)
            problems.append(Problem(name, *at, "CUT", f"the file ends after {counted}", "fetch the file again"))
        else:
            at = (line.number, 1)
            hint = "a cell was lost or added"
            problems.append(Problem(name, *at, "COLUMNS", f"the line has {counted}", hint))
    if open_quote:
        message = f"the file ends inside the quoted cell that begins in line {open_quote + above}"
        hint = "fetch the file again, or close the quote"
        problems.append(Problem(name, len(raw) + above, len(raw[-1]) + 1, "CUT", message, hint))
    return Table(name, header.cells, header.cells, tuple(lines), encoding), problems


def _separator(raw: list[str]) -> tuple[int, str]:
    """Lines before the header that only name the separator (0 or 1), and the separator."""
    named = re.fullmatch(r'"?sep=(.)"?', raw[0], re.IGNORECASE)
    if named and len(raw) > 1:
        return 1, named[1]
    first = next((line for line in raw[:20] if re.search("[\t,;|]", line)), raw[0])
    return 0, "\t" if "\t" in first else max(",;|", key=first.count)


def _tidied(records: list[Line], name: str, known: tuple[str, ...]) -> list[Line]:
    """Records without what spreadsheets add: empty lines and columns, spaces and capitals in the names of columns."""
    width = len(records[0].cells)
    head = tuple(cell.strip() for cell in records[0].cells)
    ours = {one.casefold(): one for one in known}
    head = tuple(ours.get(one.casefold(), one) if one not in known else one for one in head)
    rest = [line for line in records[1:] if any(cell.strip() for cell in line.cells)]
    bare = [i for i, one in enumerate(head) if not one and not any(line.cells[i : i + 1] > ("",) for line in rest)]
    bare = bare if len(bare) < width else []
    for number, what in ((len(records) - 1 - len(rest), "empty lines"), (len(bare), "empty columns")):
        if number:
            note(f"{name}: {number} {what} left out")
    kept = [i for i in range(width) if i not in bare]

    def cut(line: Line, cells: tuple[str, ...]) -> Line:
        if not bare or len(cells) != width:
            return Line(line.number, cells, line.places)
        return Line(line.number, tuple(cells[i] for i in kept), tuple(line.places[i] for i in kept))

    return [cut(records[0], head), *(cut(line, line.cells) if bare else line for line in rest)]


def _moved(line: Line, by: int) -> Line:
    return Line(line.number + by, line.cells, tuple((row + by, column) for row, column in line.places))


def _below(records: list[Line], expected: tuple[str, ...]) -> tuple[int, bool] | None:
    """Number of the line further down that is the header, and whether it holds all names; None where none is like it.

    Half of the names, and more than the first line has, are like it.
    """
    wanted = {one.casefold() for one in expected}
    held = {line.number: wanted & {cell.strip().casefold() for cell in line.cells} for line in records[:20]}
    first, *rows = held
    best = max(rows, key=lambda number: len(held[number]), default=first)
    if len(held[best]) <= len(held[first]) or 2 * len(held[best]) < len(wanted):
        return None
    return best, held[best] == wanted


def _tabbed(raw: list[str]) -> tuple[list[Line], int]:
    """Records of a tab-separated file; a cell that Excel quoted loses its quotes and may run over several lines."""
    found, at, width = [], 0, raw[0].count("\t")
    while at < len(raw):
        begun, text = at, raw[at]
        while _opens(text) and text.count("\t") <= width and at + 1 < min(len(raw), begun + 50):
            text, at = f"{text}\n{raw[at + 1]}", at + 1
        if at > begun and (text.count("\t") != width or _opens(text)):
            text, at = raw[begun], begun  # no quoted cell after all: the line is told by its columns
        cells = [cell[1:-1].replace('""', '"') if _EXCEL.fullmatch(cell) else cell for cell in text.split("\t")]
        found.append(_placed(begun + 1, cells, raw[begun : at + 1]))
        at += 1
    return found, 0


_EXCEL = re.compile(r'"(?:[^"]|"")*"')


def _opens(text: str) -> bool:
    """True where the last cell begins with a quote that it doesn't close."""
    cell = text[text.rfind("\t") + 1 :]
    return cell.startswith('"') and not _EXCEL.fullmatch(cell)


def _quoted(raw: list[str], sign: str) -> tuple[list[Line], int]:
    """Records of a file separated by a sign, and the line of a quote that is never closed (0 where there is none)."""
    reader = csv.reader((line + "\n" for line in raw), strict=True, delimiter=sign)
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


#: What stands in brackets in the name of a column: a unit.
_UNIT = re.compile(r"\s*[(（\[].*?[)）\]]")


def _header_problems(name: str, header: Line, expected: tuple[str, ...], optional: tuple[str, ...]) -> list[Problem]:
    hint = f"expected: {', '.join(expected)}" + (f"; may hold: {', '.join(optional[:12])}" if optional else "")
    hint += " and others" if len(optional) > 12 else ""
    found = []
    for i, cell in enumerate(header.cells):
        if cell not in expected and cell not in optional:
            shown = " ".join(cell.split())  # without line breaks
            meant = did_you_mean(_UNIT.sub("", shown), (*expected, *optional))
            what = f"unknown column '{shown[:40]}'"
            found.append(Problem(name, *header.places[i], "HEADER", what, f"{meant} {hint}".strip()))
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
