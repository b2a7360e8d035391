"""Rows of the algorithm registers from notices (HTML, DOCX) and tab files, checked cell by cell."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from ...graph.problems import Problem
from ..notice import Record, gaps, is_notice, read_notice, squeezed
from ..table import read_table

#: Our columns, and the names under which the lists print them.
PRINTED = {
    "seq": ("序号",), "name": ("算法名称",), "entity": ("主体名称", "备案主体"), "product": ("应用产品",),
    "number": ("备案编号", "备案号"),
}  # fmt: skip
OPTIONAL = {
    "role": ("角色",), "category": ("算法类别", "算法类型"), "purpose": ("主要用途",), "remark": ("备注",),
    "period": ("period", "批次"),
}  # fmt: skip
#: Six digits of an administrative division (GB/T 2260), seven of the filer, two, two of the year, three of the serial,
#: and one more. Measured on the shipped rows of the first two lists; what the two and the one stand for is not known.
NUMBER = re.compile(r"网信算备([0-9]{6})([0-9]{7})([0-9]{2})([0-9]{2})([0-9]{3})([0-9])号")
Kind = Literal["deep-synthesis", "recommendation"]


@dataclass(frozen=True)
class AlgorithmRow:
    """One filing of an algorithm."""

    file: str
    place: int
    period: str
    kind: Kind
    seq: int
    name: str
    entity: str
    product: str
    number: str
    role: str = ""
    category: str = ""
    purpose: str = ""
    remark: str = ""
    mends: tuple[str, ...] = ()


@dataclass
class Algorithms:
    """All rows of a file or folder."""

    rows: list[AlgorithmRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def read_algorithms(path: Path) -> Algorithms:
    """Read one list, or every list of a folder. Problems are collected, never raised."""
    found = Algorithms()
    files = sorted(file for file in path.iterdir() if file.is_file()) if path.is_dir() else [path]
    for file in files:
        _notice(found, file) if is_notice(file) else _table(found, file)
    _twice(found)
    return found


def _notice(found: Algorithms, path: Path) -> None:
    document = read_notice(path, PRINTED, "number", OPTIONAL)
    found.problems += document.problems
    found.remarks += [f"{path.name}: {remark}" for remark in document.remarks]
    if document.problems:
        return
    if not document.month:
        hint = "rename the file so that its name holds YYYY-MM, as in list_2024-06.docx"
        message = "neither name nor text says of which month it is"
        found.problems.append(Problem(path.name, 0, 0, "MONTH", message, hint))
        return
    kind: Kind = "deep-synthesis" if "深度合成" in document.text or "角色" in document.text else "recommendation"
    if any("role" in record.values for record in document.records):
        kind = "deep-synthesis"
    _take(found, path.name, document.records, kind, document.month)


def _table(found: Algorithms, path: Path) -> None:
    names = tuple(names[0] for names in PRINTED.values())
    table, problems = read_table(path, names, tuple(name for names in OPTIONAL.values() for name in names))
    found.problems += problems
    ours = {name: one for one, names in {**PRINTED, **OPTIONAL}.items() for name in names}
    records = [
        Record(1, line.number, "", {ours[column]: cell for column, cell in cells.items()})
        for line, cells in table.rows()
    ]
    if problems:
        return
    month = re.search(r"(20[0-9]{2}-(?:0[1-9]|1[0-2]))", path.name)
    kind: Kind = "deep-synthesis" if "角色" in table.header else "recommendation"
    _take(found, path.name, records, kind, month[1] if month else "", runs_on=False)


def _take(
    found: Algorithms, file: str, records: Iterable[Record], kind: Kind, month: str, *, runs_on: bool = True
) -> None:  # fmt: skip
    held: dict[str, list[int]] = defaultdict(list)
    for record in records:
        values, wrong = record.values, []
        seq, number = squeezed(values["seq"]), squeezed(values["number"])
        period = values.get("period", "") or month
        if not seq.isdecimal():
            wrong.append(("SEQ", f"'{values['seq']}' is no number of a row"))
        if not NUMBER.fullmatch(number):
            wanted = "expected 网信算备, 21 digits and 号"
            wrong.append(("NUMBER", f"'{values['number']}' is no number of an algorithm; {wanted}"))
        if not re.fullmatch(r"20[0-9]{2}-(0[1-9]|1[0-2])", period):
            wrong.append(("MONTH", f"'{period}' is no month; write YYYY-MM in the column period or the file's name"))
        wrong += [("EMPTY-CELL", f"'{PRINTED[one][0]}' is empty") for one in ("name", "entity") if not values[one]]
        for code, message in wrong:
            hint = "compare it with the notice"
            found.problems.append(Problem(file, record.row, 1, code, f"table {record.table}: {message}", hint))
        if wrong:
            continue
        held[period].append(int(seq))
        row = AlgorithmRow(
            file, record.row, period, kind, int(seq), values["name"], values["entity"], values["product"], number,
            role=values.get("role", ""), category=values.get("category", ""), purpose=values.get("purpose", ""),
            remark=values.get("remark", ""), mends=tuple(record.mends),
        )  # fmt: skip
        found.rows.append(row)
        found.remarks += [f"{file}: row {record.row}: {mend}" for mend in record.mends]
    if runs_on and not found.problems:
        for seqs in held.values():
            found.problems += [
                Problem(file, 0, 0, "SEQ", message, "a row was lost or doubled: compare it with the notice")
                for message in gaps(seqs)
            ]


def _twice(found: Algorithms) -> None:
    """A number is given once; later lists print it again where products changed, which is told and kept once."""
    counts = Counter(row.number for row in found.rows)
    newest: dict[str, AlgorithmRow] = {}
    for row in sorted(found.rows, key=lambda row: (row.period, row.file, row.place)):
        held = newest.get(row.number)
        if held is not None and squeezed(held.entity) != squeezed(row.entity):
            message = f"number {row.number} stands under '{held.entity}' and '{row.entity}'"
            found.problems.append(Problem(row.file, row.place, 1, "NUMBER-OTHER-ENTITY", message, "compare the lists"))
        elif held is not None and held.period == row.period and held.file == row.file:
            message = f"number {row.number} stands twice"
            hint = f"first in row {held.place}"
            found.problems.append(Problem(row.file, row.place, 1, "NUMBER-TWICE", message, hint))
        newest[row.number] = row
    again = sum(n - 1 for n in counts.values() if n > 1)
    if again:
        found.remarks.append(f"{again} rows print a number that an earlier list has; the newest row stands")
    found.rows = list(newest.values())
