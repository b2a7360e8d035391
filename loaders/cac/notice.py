"""The register's newest notice as the regulator publishes it, put beside the shipped ones."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from ...graph.model.register import Notice
from ...graph.problems import Problem
from ..notice import Document, Record, read_notice
from ..table import Line, Table
from .lookups import COLUMNS
from .mend import SCENARIO

#: Our columns, and the names under which the notices' tables print them.
PRINTED = {
    "seq": ("序号",), "province": ("属地",),
    "name": ("模型名称", "大模型名称", "应用/功能名称", "应用名称", "服务名称"),
    "entity": ("备案单位", "登记单位", "备案主体", "登记主体"),
    "number": ("备案号", "备案编号", "上线编号", "登记号", "登记编号"), "date": ("备案时间", "登记时间"),
}  # fmt: skip
_EXTRA = {"scenario": ("适用场景",)}


def put_beside(path: Path, table: Table, notices: list[Notice]) -> tuple[Table, list[Notice], Document]:
    """The shipped table and notices with those of a notice's own page or Word attachment in their place."""
    found = read_notice(path, PRINTED, "number", _EXTRA)
    period = found.month
    if not period and not found.problems:
        hint = "rename the file so that its name holds YYYY-MM, as in notice_2026-10.docx"
        found.problems.append(
            Problem(found.file, 0, 0, "MONTH", "neither name nor text says of which month it is", hint)
        )
    if found.problems:
        return table, notices, found
    last = max((line.number for line in table.lines), default=1)
    fresh = [_line(record, period, last + at) for at, record in enumerate(found.records, start=1)]
    kept = [line for line in table.lines if line.cells[0] != period]
    kinds = [line.cells[1] for line in fresh]
    notice = Notice(
        id=f"notice-cac-genai-{period}", name=f"CAC notice on generative AI services, {period}",
        name_zh=f"生成式人工智能服务已备案和已登记信息（{int(period[:4])}年{int(period[5:])}月）", period=period,
        url=notices[-1].url, rows_printed=len(fresh), filings_printed=kinds.count("备案"),
        registrations_printed=kinds.count("登记"), sources=[f"cac-genai-{period}"],
    )  # fmt: skip
    found.remarks += [f"table {r.table}, row {r.row}: {mend}" for r in found.records for mend in r.mends]
    whole = Table(found.file, table.header, table.header, (*kept, *fresh), table.encoding)
    return whole, [*(one for one in notices if one.period != period), notice], found


def _line(record: Record, period: str, number: int) -> Line:
    values = record.values
    kind = "登记" if re.search(r"\d{8}S\d{4}$", values["number"]) else "备案"
    scenario = values.get("scenario", "")
    held = {
        **values, "period": period, "kind": kind, "date": _day(values["date"]),
        "extra": f"{SCENARIO}{scenario}" if scenario else "",
    }  # fmt: skip
    return Line(number, tuple(held[column] for column in COLUMNS), tuple((record.row, 1) for _ in COLUMNS))


def _day(text: str) -> str:
    """2026年10月9日 and 2026-10-09 as the register writes days: 2026/10/9, with the mark behind it."""
    folded = unicodedata.normalize("NFKC", text)
    match = re.fullmatch(r"(20[0-9]{2})\s*[年./-]\s*([0-9]{1,2})\s*[月./-]\s*([0-9]{1,2})\s*日?(.*)", folded)
    return f"{match[1]}/{int(match[2])}/{int(match[3])}{match[4]}" if match else text
