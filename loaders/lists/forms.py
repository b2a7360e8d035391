"""Control lists in the forms in which they are published: each file to rows of one shape.

The form is told by the header. Members are kept as printed: nobody is dropped because nobody knows him.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ...graph.problems import Problem
from ..cells import Cells
from ..table import Line, Table, read_table

#: Columns of the compact form that ships with the package.
COMPACT = ("list", "edition", "name", "also", "former", "parent", "until")
_DOD = ("Name", "Clean Name", "Alias", "Previous Name", "Parent Name", "Note", "Start date", "End date", "Source Url")
_LAW = ("schema", "name", "aliases", "topics", "program", "authority", "reason", "report-date", "start-date",
        "end-date", "country", "notes", "source_url")  # fmt: skip
_CHINA = ("Type", "QID", "Name", "Alias", "Chinese name", "Country", "Topics", "Summary", "Chinese summary", "Body",
          "List", "Date", "End date", "Source URL", "Address")  # fmt: skip
#: Sections of US law, by a word of the column `program`, and the edition of those that the law itself names.
_SECTIONS = {
    "Section 1286": ("us-section-1286", ""), "Section 889": ("us-section-889", "2018-08-13"),
    "Section 154": ("us-section-154", "2023-12-22"), "Section 5949": ("us-section-5949", "2022-12-23"),
}  # fmt: skip
#: Editions of section 1286 by fiscal year: the day in the address of the published list, as far as it says one.
_YEARS = {"2022": "2023-06-29", "2023": "2024-07", "2024": "2025", "2025": "2026-07"}
#: Chinese lists by the column `List`; each other list and a row without one is a countermeasure.
_CHINESE = {
    "UEL": "cn-unreliable-entity-list", "List of Export Controls": "cn-export-control-list",
    "Export Control Watch List": "cn-export-control-watch-list",
}  # fmt: skip
_COUNTERMEASURES = "cn-countermeasures"


@dataclass(frozen=True)
class Printed:
    """One name as one edition of a list prints it. `until` is an end that the file gives, as printed there."""

    control_list: str
    edition: str
    name: str
    also: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    parent: str = ""
    until: str = ""
    name_zh: str = ""
    line: int = 0


_Reader = Callable[[Table, list[Problem], list[str]], Iterator[Printed]]


def read_printed(path: Path) -> tuple[list[Printed], list[Problem], list[str]]:
    """Rows of a file in any of the known forms, its problems, and the lines that are refused with the reason."""
    header, problem = _header(path)
    if problem:
        return [], [problem], []
    forms: dict[tuple[str, ...], _Reader] = {COMPACT: _compact, _DOD: _dod, _LAW: _law, _CHINA: _china}
    near = max(forms, key=lambda form: len(header & set(form)))
    table, problems = read_table(path, near)
    refused: list[str] = []
    rows = list(forms[near](table, problems, refused)) if table.header else []
    if table.header and not rows and not problems:
        problems.append(table.at(0, "EMPTY", "the list has no members", "fetch the file again"))
    return rows, problems, refused


def _header(path: Path) -> tuple[set[str], Problem | None]:
    table, problems = read_table(path, ())
    unreadable = [problem for problem in problems if problem.code != "HEADER"]
    return set(table.raw_header), unreadable[0] if unreadable and not table.raw_header else None


def _parts(text: str, signs: str = ";") -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in re.split(f"[{signs}]", text) if part.strip()))


def _rows(table: Table, problems: list[Problem]) -> Iterator[tuple[Line, dict[str, str], Cells]]:
    for line, cells in table.rows():
        check = Cells(table, line, cells)
        yield line, cells, check
        problems += check.told()


def _compact(table: Table, problems: list[Problem], refused: list[str]) -> Iterator[Printed]:
    for line, cells, check in _rows(table, problems):
        name, one = check.text("name"), check.text("list")
        edition, until = check.span("edition"), check.span("until", ahead=True) if cells["until"] else None
        yield Printed(
            one, str(edition or ""), name, _parts(cells["also"]), _parts(cells["former"]), cells["parent"],
            str(until or ""), line=line.number,
        )  # fmt: skip


def _dod(table: Table, problems: list[Problem], refused: list[str]) -> Iterator[Printed]:
    """Section 1260H: the printed name with its abbreviation in brackets, and the clean one."""
    for line, cells, check in _rows(table, problems):
        name, edition = check.text("Clean Name"), check.day("Start date")
        until = check.day("End date") if cells["End date"] else ""
        former = _parts(cells["Previous Name"])
        also = tuple(part for part in _parts(cells["Alias"], ",;") if not _SUFFIX.fullmatch(part))
        if re.search("formerly|also known as", cells["Name"]) and also and not former:
            former, also = (cells["Alias"].strip(),), ()  # a registered name, which may hold a comma
        if short := re.fullmatch(r"(.+?)\s*\(([^()]+)\)\.?", name):
            name, also = short[1], tuple(dict.fromkeys((*also, short[2])))
        parent = re.sub(r"\s*\([A-Z]{2,8}\)$", "", cells["Parent Name"])  # without its abbreviation
        yield Printed("list-1260h", edition, name, also, former, parent, until, line=line.number)


#: What is left of a name that a comma cut, as of `Beijing X Co., Ltd.`
_SUFFIX = re.compile(r"(co\.?|ltd\.?|inc\.?|llc|limited|corp\.?)", re.IGNORECASE)


def _law(table: Table, problems: list[Problem], refused: list[str]) -> Iterator[Printed]:
    for line, cells, check in _rows(table, problems):
        found = next((value for word, value in _SECTIONS.items() if cells["program"].startswith(word)), None)
        if found is None:
            hint = f"known: {', '.join(_SECTIONS)}"
            check.wrong("program", "PROGRAM", f"'{cells['program'][:60]}' is no known provision", hint)
            continue
        edition = found[1] or _YEARS.get(cells["report-date"], "")
        if not edition:
            hint = "a newer list: name its year and day in the loader once read"
            check.wrong("report-date", "EDITION", f"no edition of '{cells['report-date']}' is known", hint)
            continue
        yield Printed(found[0], edition, check.text("name"), _parts(cells["aliases"]), line=line.number)


def _china(table: Table, problems: list[Problem], refused: list[str]) -> Iterator[Printed]:
    for line, cells, check in _rows(table, problems):
        if cells["Type"] == "Person":
            refused.append(f"line {line.number}: left out, a person")
            continue
        day = re.fullmatch(r"([0-9]{2})\.([0-9]{2})\.((?:20)?[0-9]{2})", cells["Date"])
        if not day:
            refused.append(f"line {line.number}: refused, '{cells['Name'] or cells['Chinese name']}' has no day")
            continue
        end = re.fullmatch(r"([0-9]{2})\.([0-9]{2})\.((?:20)?[0-9]{2})", cells["End date"])
        name = cells["Name"] or check.text("Chinese name")
        row = Printed(
            _CHINESE.get(cells["List"], _COUNTERMEASURES), _iso(day), name, _parts(cells["Alias"]),
            until=_iso(end) if end else "", name_zh=cells["Chinese name"], line=line.number,
        )  # fmt: skip
        yield replace(row, also=tuple(part for part in row.also if part != name))


def _iso(day: re.Match[str]) -> str:
    return f"20{day[3][-2:]}-{day[2]}-{day[1]}"
