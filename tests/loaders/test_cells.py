"""Cells of a stranger's table: what is read, what is refused, and a header that is nearly right."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from chinaai.loaders.cells import Cells
from chinaai.loaders.table import read_table

TODAY = date(2026, 11, 24)


def row(folder: Path, cell: str) -> Cells:
    path = folder / "made.tsv"
    path.write_text(f"name\tcell\nAcme\t{cell}\n", encoding="utf-8")
    table, problems = read_table(path, ("name", "cell"))
    assert problems == []
    ((line, cells),) = table.rows()
    return Cells(table, line, cells, TODAY)


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("2025/7/1", "2025-07-01"), ("2025/07", "2025-07"), ("2025年7月1日", "2025-07-01"),
        ("2025 年 12 月", "2025-12"), ("2025年", "2025"), ("２０２５／７／１", "2025-07-01"), ("2025-Q3", "2025-Q3"),
    ],
)  # fmt: skip
def test_a_date_with_the_year_first_is_read(tmp_path: Path, cell: str, read: str) -> None:
    found = row(tmp_path, cell)
    assert str(found.span("cell", ahead=True)) == read
    assert found.told() == []
    day = row(tmp_path, cell)
    assert (day.day("cell") == read, day.told() == []) == ((True, True) if len(read) == 10 else (False, False))


@pytest.mark.parametrize("cell", ["7/1/2025", "1.7.2025", "2025/13", "2025/2/30", "2025.7.1", "", "7月1日"])
def test_any_other_is_refused(tmp_path: Path, cell: str) -> None:
    found = row(tmp_path, cell)
    assert found.span("cell") is None
    assert [str(problem).split(" ")[:2] for problem in found.told()] == [["made.tsv:2:6", "DATE"]]


def test_an_empty_cell_is_no_date_where_it_is_allowed(tmp_path: Path) -> None:
    found = row(tmp_path, "")
    assert (found.span("cell", blank=True), found.day("cell", blank=True), found.number("cell")) == (None, "", None)
    assert found.told() == []


def test_a_day_to_come_lies_within_a_hundred_years(tmp_path: Path) -> None:
    assert str(row(tmp_path, "2126").span("cell", ahead=True)) == "2126"
    found = row(tmp_path, "3025")
    found.span("cell", ahead=True)
    assert [problem.message for problem in found.told()] == ["'3025' lies too far ahead"]


@pytest.mark.parametrize(
    ("cell", "above", "signed"),
    [("5,000", 5000, 5000), ("1,234,567.5", 1234567.5, 1234567.5), ("0", None, 0), ("-2.5", None, -2.5)],
)  # fmt: skip
def test_a_number_is_read(tmp_path: Path, cell: str, above: float | None, signed: float) -> None:
    found = row(tmp_path, cell)
    assert (found.number("cell", signed=True), found.told()) == (signed, [])
    assert row(tmp_path, cell).number("cell") == above


@pytest.mark.parametrize("cell", ["¥1000", "5%", "1,50", "0,500", "1.234.567", "12,34,567", "+5"])
def test_any_other_number_is_refused(tmp_path: Path, cell: str) -> None:
    found = row(tmp_path, cell)
    assert found.number("cell", signed=True) is None
    (problem,) = found.told()
    assert problem.message == f"'{cell}' is not a number"
    assert problem.hint == "expected digits without a sign of money or percent, as 512, 0.5, 5,000 or 1.5e+22"


WANTED = "did you mean max_subsidy? expected: max_subsidy, name; may hold: city"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Max subsidy（万元）,name\n", f"unknown column 'Max subsidy（万元）'; {WANTED}"),
        ('"Max\nsubsidy(RMB)",name\n', f"unknown column 'Max subsidy(RMB)'; {WANTED}"),
        (
            "Grants of 2025\n\nMax_subsidy,title\n1,x\n",
            "the header seems to stand in line 3, below 2 other lines; delete the lines above the column names",
        ),
    ],
)
def test_a_header_that_is_nearly_right(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "made.csv"
    path.write_text(text, encoding="utf-8")
    problem = read_table(path, ("max_subsidy", "name"), ("city",))[1][0]
    assert (problem.line, problem.code, f"{problem.message}; {problem.hint}") == (1, "HEADER", told)
