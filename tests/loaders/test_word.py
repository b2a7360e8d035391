"""What Word wraps, strikes out, hides or nests: rows come out as a reader sees them, or a word says what is wrong."""

from __future__ import annotations

import copy
import csv
import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from chinaai.loaders.base import SEEDS
from chinaai.loaders.cac.notice import PRINTED
from chinaai.loaders.notice import Document, one_line, read_notice
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

HEADER = ["序号", "属地", "模型名称", "备案单位", "备案号", "备案时间"]
COLUMNS = ("seq", "province", "name", "entity", "number", "date")
Rows = list[list[str]]


@functools.cache
def real() -> tuple[tuple[str, ...], ...]:
    """Thirty rows of one notice, as printed."""
    with (SEEDS / "registers" / "cac-genai-filings.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    held = [row for row in rows if row["period"] == "2026-06" and row["kind"] == "备案"][:30]
    return tuple(tuple(row[column] for column in COLUMNS) for row in held)


def read(folder: Path, change: Callable[[Any, Any], None], rows: Rows | None = None) -> Document:
    document = docx.Document()
    document.add_paragraph("生成式人工智能服务已备案信息（2026年6月）")
    table = document.add_table(rows=0, cols=len((rows or [HEADER])[0]))
    for row in rows or [HEADER, *map(list, real())]:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    change(document, table)
    document.save(str(folder / "notice.docx"))
    return read_notice(folder / "notice.docx", PRINTED, "number")


def got(found: Document) -> list[tuple[str, ...]]:
    return [tuple(record.values[column] for column in COLUMNS) for record in found.records]


def wrap(item: Any, *names: str) -> None:
    """Put an element into elements of these names, the outermost first."""
    for name in names:
        outer = OxmlElement(name)
        item.addprevious(outer)
        outer.append(item)
        item = item if name == names[-1] else outer
        if name != names[-1]:
            inner = outer[0]
            outer.remove(inner)
            outer.append(inner)
            item = inner


def run(table: Any, row: int, column: int) -> Any:
    return table.rows[row].cells[column].paragraphs[0].runs[0]._r


def tracked_row(_document: Any, table: Any) -> None:
    table.rows[-1]._tr.get_or_add_trPr().append(OxmlElement("w:ins"))
    for column in range(len(HEADER)):
        wrap(run(table, -1, column), "w:ins")


def struck_row(_document: Any, table: Any) -> None:
    old = copy.deepcopy(table.rows[-1]._tr)
    table.rows[-1]._tr.addprevious(old)
    old.get_or_add_trPr().append(OxmlElement("w:del"))


def struck_text(_document: Any, table: Any) -> None:
    old = copy.deepcopy(run(table, 5, 3))
    run(table, 5, 3).addprevious(old)
    for text in old.findall(qn("w:t")):
        text.tag, text.text = qn("w:delText"), "旧名有限公司"
    wrap(old, "w:del")


def nested(_document: Any, table: Any) -> None:
    cell = table.rows[5].cells[3]
    text, cell.text = cell.text, ""
    cell.add_table(1, 1).cell(0, 0).text = text


def laid_out(document: Any, table: Any) -> None:
    document.add_table(1, 1).cell(0, 0)._tc.insert(1, table._tbl)


def two_lines(_document: Any, table: Any) -> None:
    cell = table.rows[5].cells[3]
    text = cell.text
    cell.text = text[:4]
    cell.add_paragraph(text[4:])


def hidden(_document: Any, table: Any) -> None:
    table.rows[5].cells[3].paragraphs[0].add_run("（内部）").font.hidden = True


@pytest.mark.parametrize(
    "change",
    [
        tracked_row, struck_row, struck_text, nested, laid_out, two_lines, hidden,
        lambda _, table: wrap(run(table, -1, 0), "w:ins"),
        lambda _, table: wrap(run(table, 5, 3), "w:moveTo"),
        lambda _, table: wrap(run(table, 5, 3), "w:smartTag"),
        lambda _, table: wrap(run(table, 5, 0), "w:fldSimple"),
        lambda _, table: wrap(run(table, 5, 3), "w:sdt", "w:sdtContent"),
        lambda _, table: wrap(table.rows[-1]._tr, "w:sdt", "w:sdtContent"),
        lambda _, table: wrap(table.rows[6].cells[2]._tc, "w:sdt", "w:sdtContent"),
        lambda _, table: wrap(table._tbl, "w:sdt", "w:sdtContent"),
    ],
)  # fmt: skip
def test_what_word_wraps_or_strikes_out_changes_no_row(tmp_path: Path, change: Callable[[Any, Any], None]) -> None:
    found = read(tmp_path, change)
    assert found.problems == []
    assert got(found) == list(real())


@pytest.mark.parametrize("change", [struck_row, hidden])
def test_what_was_left_out_is_told(tmp_path: Path, change: Callable[[Any, Any], None]) -> None:
    assert [remark[:9] for remark in read(tmp_path, change).remarks] == ["left out,"]


@pytest.mark.parametrize("total", [["合计", "", "", "", "", "30"], ["", "总 计", "30", "", "", ""]])
def test_a_sum_below_is_no_row_and_spoils_none(tmp_path: Path, total: list[str]) -> None:
    found = read(tmp_path, lambda *_: None, [HEADER, *map(list, real()), total])
    assert got(found) == list(real()) and "a note, no row" in found.remarks[0]


@pytest.mark.parametrize("form", ["{}.", "{}、", "{}.0", " {} "])
def test_a_number_of_a_row_may_bear_a_dot(tmp_path: Path, form: str) -> None:
    rows = [HEADER, *([form.format(row[0]), *row[1:]] for row in real())]
    found = read(tmp_path, lambda *_: None, rows)
    assert got(found) == list(real())


def test_text_in_a_column_without_a_name_is_not_dropped(tmp_path: Path) -> None:
    rows = [[HEADER[0], "", *HEADER[1:]], *([row[0], "!" if row == real()[3] else "", *row[1:]] for row in real())]
    found = read(tmp_path, lambda *_: None, rows)
    assert [(p.code, p.line) for p in found.problems] == [("COLUMNS", 5)] and "without a name" in found.problems[
        0
    ].message


def test_rows_that_word_numbers_by_itself_say_what_to_do(tmp_path: Path) -> None:
    rows = [HEADER, *(["", *row[1:]] for row in real())]
    found = read(tmp_path, lambda *_: None, rows)
    assert {p.code for p in found.problems} == {"EMPTY-CELL"} and "turn its numbers into text" in found.problems[0].hint


def test_a_break_parts_latin_words_and_no_chinese_name() -> None:
    assert one_line("雄安华清\n智言科技有限公司") == "雄安华清智言科技有限公司"
    assert one_line("Big\nModel 大\n模型") == "Big Model 大模型"
    assert one_line(" a\n\n b ") == "a b"


def test_what_a_page_strikes_out_or_hides_is_no_text_of_a_cell(tmp_path: Path) -> None:
    lines = ["".join(f"<td>{cell}</td>" for cell in row) for row in (HEADER, *real())]
    lines[5] = lines[5].replace("<td>", "<td><del>旧名</del><span style='display: none'>x</span>", 1)
    lines.insert(3, lines[3].replace("<td>", "<td hidden>"))
    path = tmp_path / "2026-06.html"
    path.write_text(
        f"<html><body><table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table></body></html>", "utf-8"
    )
    found = read_notice(path, PRINTED, "number")
    assert found.problems == [] and got(found) == list(real())
    assert found.remarks == ["left out, parts of tables that are struck out or not shown: 8"]
