"""The register as a whole: every row of every notice, checked against the notices' own counts."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from ...graph.model.register import Notice
from ...graph.problems import Problem
from ..notice import is_notice
from ..table import Line, Table, read_table
from .lookups import COLUMNS, Lookups
from .mend import CacRow, Mended, Refused, read_row
from .notice import put_beside

FILINGS, NOTICES = "cac-genai-filings.tsv", "cac-genai-notices.tsv"
NOTICE_COLUMNS = ("period", "title", "url", "rows", "filings", "registrations", "columns")


@dataclass
class Register:
    """What the files hold. Where `problems` is not empty, nothing of it may be used."""

    rows: list[CacRow] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    encoding: str = "utf-8"
    remarks: list[str] = field(default_factory=list)  # of a notice that was read beside the shipped ones

    @property
    def mends(self) -> list[Mended]:
        """Every mend of every row, in the order of the file."""
        return [mend for row in self.rows for mend in row.mends]


def read_register(path: Path, known: Lookups, shipped: Path) -> Register:
    """Read the register from a file, or a folder that holds `cac-genai-filings.tsv`, or put a notice beside it.

    A notice is the regulator's own page (HTML) or attachment (DOCX); its rows take the place of those of its month. A
    folder may hold several.

    The notices' own counts come from `cac-genai-notices.tsv` beside it, else from the shipped registers.
    Problems are collected, never raised.
    """
    given = [path]
    if path.is_dir() and not (path / FILINGS).is_file():
        given = sorted(file for file in path.iterdir() if file.is_file() and is_notice(file))
    filings = path / FILINGS if path.is_dir() else path
    notices = filings.parent / NOTICES
    found = Register(problems=list(known.problems))
    _read_notices(found, notices if notices.is_file() else shipped / NOTICES)
    notice = bool(given) and is_notice(given[0])
    table, problems = read_table(shipped / FILINGS if notice else filings, COLUMNS)
    found.encoding = table.encoding
    found.problems += problems
    for one in given if notice and not problems else ():
        table, found.notices, document = put_beside(one, table, found.notices)
        found.problems += document.problems
        found.remarks += [f"{one.name}: {remark}" for remark in document.remarks]
    if notice and found.problems:
        return found
    if table.header:
        _read_rows(found, table, known)
    found.problems = sorted(dict.fromkeys(found.problems))
    return found


def newest_notice(registers: Path) -> str:
    """Month of the newest notice of a folder, as YYYY-MM; empty where it has none."""
    found = Register()
    _read_notices(found, registers / NOTICES)
    return max((notice.period for notice in found.notices), default="")


def _read_notices(found: Register, path: Path) -> None:
    table, problems = read_table(path, NOTICE_COLUMNS)
    found.problems += problems
    for line in table.lines:
        cells = dict(zip(table.header, line.cells, strict=True))
        for column in ("rows", "filings", "registrations"):
            if not re.fullmatch("[0-9]{1,9}", cells[column]):
                found.problems.append(table.problem(line, column, "COUNT", f"'{cells[column][:40]}' is not a count"))
                return
        period = cells["period"]
        if any(notice.period == period for notice in found.notices):
            found.problems.append(table.problem(line, "period", "NOTICE-TWICE", f"notice {period} stands twice"))
            continue
        try:
            found.notices.append(_notice(cells))
        except ValidationError as error:
            wrong = {str(part["loc"][0]): str(part["msg"]) for part in error.errors()}
            columns = {"name_zh": "title", "url": "url"}
            for column in dict.fromkeys(columns.get(name, "period") for name in wrong):
                hint = "a month is written as 2026-08, an address begins with https:// and has no spaces"
                message = f"'{cells[column][:60]}' is no {column} of a notice"
                found.problems.append(table.problem(line, column, "NOTICE", message, hint))


def _notice(cells: dict[str, str]) -> Notice:
    period = cells["period"]
    return Notice(
        id=f"notice-cac-genai-{period}", name=f"CAC notice on generative AI services, {period}",
        name_zh=cells["title"], period=period, url=cells["url"], rows_printed=int(cells["rows"]),
        filings_printed=int(cells["filings"]), registrations_printed=int(cells["registrations"]),
        sources=[f"cac-genai-{period}"],
    )  # fmt: skip


def _read_rows(found: Register, table: Table, known: Lookups) -> None:
    repeated = _repeated_notices(table)
    for period, line in repeated.items():
        message = f"notice {period} stands in the file twice"
        found.problems.append(table.problem(line, "period", "NOTICE-TWICE", message, "keep one copy of its rows"))
    lines = _without_copies(table, set(repeated))
    before = len(found.problems)
    for line in lines:
        row, problems = read_row(table, line, known)
        found.problems += problems
        if isinstance(row, Refused):
            found.refused.append(row)
        elif row is not None:
            found.rows.append(row)
    found.problems += _numbers(table, found.rows, {line.number: line for line in lines})
    found.problems += _counts(table, lines, found.notices)
    if len(found.problems) == before:
        found.problems += _gaps(table, found.rows, known)
    kinds = Counter((row.period, row.kind) for row in found.rows)
    refused = Counter(row.period for row in found.refused)
    found.notices = [
        notice.model_copy(
            update={
                "filings": kinds[notice.period, "备案"], "registrations": kinds[notice.period, "登记"],
                "rows_refused": refused[notice.period],
            }
        )
        for notice in found.notices
    ]  # fmt: skip


def _cell(table: Table, line: Line, column: str) -> str:
    return line.cells[table.header.index(column)]


def _repeated_notices(table: Table) -> dict[str, Line]:
    """Notices at least half of whose lines stand again, word for word, with the first line that does."""
    seen: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    copies: dict[str, list[Line]] = defaultdict(list)
    for line in table.lines:
        period = _cell(table, line, "period")
        if line.cells in seen[period]:
            copies[period].append(line)
        seen[period].add(line.cells)
    return {period: lines[0] for period, lines in copies.items() if 2 * len(lines) >= len(seen[period])}


def _without_copies(table: Table, periods: set[str]) -> list[Line]:
    seen: set[tuple[str, ...]] = set()
    kept = []
    for line in table.lines:
        if _cell(table, line, "period") in periods and line.cells in seen:
            continue
        seen.add(line.cells)
        kept.append(line)
    return kept


def _numbers(table: Table, rows: Iterable[CacRow], lines: dict[int, Line]) -> Iterator[Problem]:
    first: dict[str, CacRow] = {}
    for row in rows:
        held = first.setdefault(row.number.text.casefold(), row)
        if held is row:
            continue
        line = lines[row.line]
        where = f"line {held.line}, notice {held.period}"
        if held.entity != row.entity:
            message = f"number {row.number.text} stands under '{held.entity}' and '{row.entity}'"
            yield table.problem(line, "entity", "NUMBER-OTHER-ENTITY", message, f"first in {where}")
        else:
            message = f"number {row.number.text} stands twice"
            yield table.problem(line, "number", "NUMBER-TWICE", message, f"first in {where}")


def _counts(table: Table, lines: list[Line], notices: list[Notice]) -> Iterator[Problem]:
    """The rows as printed, header rows and wrong tags among them, against the notices' own counts."""
    printed = Counter((_cell(table, line, "period"), _cell(table, line, "kind")) for line in lines)
    totals = Counter(_cell(table, line, "period") for line in lines)
    periods = {notice.period for notice in notices}
    for notice in notices:
        wanted = (notice.rows_printed, notice.filings_printed, notice.registrations_printed)
        have = (totals[notice.period], printed[notice.period, "备案"], printed[notice.period, "登记"])
        if have != wanted:
            message = f"notice {notice.period} has {_triple(have)}; its own count is {_triple(wanted)}"
            hint = "the file was cut or is an excerpt; fetch it again, or give the notices of the excerpt beside it"
            yield Problem(table.file, 0, 0, "COUNT", message, hint)
    for line in lines:
        period = _cell(table, line, "period")
        if period not in periods:
            periods.add(period)
            hint = f"add it to {NOTICES} with its page and its own counts"
            yield table.problem(line, "period", "UNKNOWN-NOTICE", f"no notice '{period}' is known", hint)


def _triple(counts: tuple[int, int, int]) -> str:
    return f"{counts[0]} rows ({counts[1]} 备案, {counts[2]} 登记)"


def _gaps(table: Table, rows: list[CacRow], known: Lookups) -> Iterator[Problem]:
    """Sequence numbers run on over all notices; one that is missing is a lost row unless reviewed."""
    for kind in ("备案", "登记"):
        used = Counter(row.seq for row in rows if row.kind == kind and row.scenario is None)
        for seq in range(min(used, default=1), max(used, default=0) + 1):
            if used[seq] == 0 and (kind, seq) not in known.gaps:
                message = f"no row bears the {kind} sequence number {seq}"
                hint = "a row was lost, or add a reviewed gap to cac-mends.yaml"
                yield Problem(table.file, 0, 0, "GAP", message, hint)
            elif used[seq] > 1:
                message = f"{used[seq]} rows bear the {kind} sequence number {seq}"
                yield Problem(table.file, 0, 0, "SEQ-TWICE", message, "compare the rows with the notice")
