"""Tables as programs save them: what spreadsheets add is taken off, what can't be right is told at its cell."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from chinaai.loaders.base import SEEDS, Context, Loaded
from chinaai.loaders.build import curated_context
from chinaai.loaders.listings import ListingsLoader
from chinaai.loaders.notes import noting

Rows = list[list[str]]
SHIPPED = SEEDS / "registers" / "listings.tsv"


@pytest.fixture(scope="module")
def context() -> Context:
    return replace(curated_context(SEEDS), today=date(2026, 11, 28))


def whole() -> Rows:
    return list(csv.reader(io.StringIO(SHIPPED.read_text("utf-8")), delimiter="\t", quoting=csv.QUOTE_NONE))


def saved(path: Path, rows: Rows, sign: str = "\t", before: str = "", encoding: str = "utf-8") -> Path:
    text = io.StringIO()
    csv.writer(text, delimiter=sign).writerows(rows)
    path.write_bytes((before + text.getvalue()).encode(encoding))
    return path


def read(path: Path, context: Context) -> tuple[Loaded, list[str]]:
    with noting() as notes:
        loaded = ListingsLoader().read(path, context)
    return loaded, notes


@pytest.mark.parametrize(
    ("sign", "before", "encoding"),
    [
        (";", "", "utf-8-sig"), (";", "sep=;\r\n", "utf-8"), ("|", "", "utf-8"), ("|", '"sep=|"\r\n', "utf-8"),
        ("\t", "", "utf-16"), (",", "SEP=,\r\n", "utf-8"),
    ],
)  # fmt: skip
def test_a_table_parted_by_any_sign_is_the_table(
    tmp_path: Path, context: Context, sign: str, before: str, encoding: str
) -> None:
    found, _ = read(saved(tmp_path / "rows.csv", whole(), sign, before, encoding), context)
    assert found.problems == [] and len(found.batch.edges) == len(whole()) - 1


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda rows: [[*row, "", ""] for row in rows], "2 empty columns left out"),
        (lambda rows: [["", *row] for row in rows], "1 empty columns left out"),
        (lambda rows: [rows[0], [""] * 6, *rows[1:], [" "] * 6], "2 empty lines left out"),
        (lambda rows: [[f" {name.upper()} " for name in rows[0]], *rows[1:]], ""),
    ],
)
def test_what_a_spreadsheet_adds_is_taken_off_and_told(
    tmp_path: Path, context: Context, change: Callable[[Rows], Rows], told: str
) -> None:
    found, notes = read(saved(tmp_path / "rows.csv", change(whole()), ","), context)
    assert found.problems == [] and len(found.batch.edges) == len(whole()) - 1
    assert [note for note in notes if told and note.endswith(told)] or not told


@pytest.mark.parametrize(
    ("day", "says"),
    [("2123-05-01", "in the future"), ("2027", "in the future"), ("1026-05", "too far back"), ("46023", "not a date")],
)
def test_a_date_that_can_t_be_is_told_at_its_cell(tmp_path: Path, context: Context, day: str, says: str) -> None:
    rows = whole()
    rows[7][rows[0].index("as_of")] = day
    (problem,) = read(saved(tmp_path / "rows.tsv", rows), context)[0].problems
    assert (problem.code, problem.line) == ("DATE", 8) and day in problem.message and says in problem.message


@pytest.mark.parametrize(
    ("day", "told"),
    [("2026-11-29", []), ("2026-11-30", ["in the future"]), ("1900-01-01", []), ("1899-12-31", ["too far back"])],
)
def test_tomorrow_has_begun_somewhere_and_1900_is_near_enough(
    tmp_path: Path, context: Context, day: str, told: list[str]
) -> None:
    """The context's day is 2026-11-28."""
    rows = whole()
    rows[7][rows[0].index("as_of")] = day
    found = read(saved(tmp_path / "rows.tsv", rows), context)[0].problems
    assert [one.message for one in found] == [f"'{day}' lies {side}" for side in told]


def test_a_text_in_a_column_without_a_name_is_told(tmp_path: Path, context: Context) -> None:
    rows = [[*row, "see below" if i == 4 else ""] for i, row in enumerate(whole())]
    found, _ = read(saved(tmp_path / "rows.csv", rows, ";"), context)
    assert [(p.code, p.message) for p in found.problems] == [("HEADER", "unknown column ''")]


@pytest.mark.parametrize("name", ["Nestlé", "Müller “Groß”", "São Paulo", "Škoda", "Łódź", "Ωmega"])
def test_a_western_encoding_becomes_no_names(tmp_path: Path, context: Context, name: str) -> None:
    rows = [[cell.encode("ascii", "ignore").decode() for cell in row] for row in whole()]
    rows[5][rows[0].index("printed")] = name
    encoding = next(one for one in ("cp1252", "cp1250", "cp1253") if name == name.encode(one, "ignore").decode(one))
    found, _ = read(saved(tmp_path / "rows.tsv", rows, encoding=encoding), context)
    assert [(p.code, p.line) for p in found.problems] == [("ENCODING", 6)] and "UTF-8" in found.problems[0].hint
