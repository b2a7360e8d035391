"""Values of a near type: converted where nothing is lost, refused with file and line elsewhere."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path

import numpy
import pandas
import pytest
from chinaai.graph.dates import PartialDate
from chinaai.graph.problems import Problem
from chinaai.loaders.build import read_shipped
from chinaai.loaders.notes import noting
from chinaai.loaders.table import read_table
from chinaai.queries.params import QueryError, as_of_date, as_of_day

SMALL = Path(__file__).parents[1] / "data" / "small"


def problems(tmp_path: Path, file: str, text: str) -> list[Problem]:
    """What is told of the small seeds with one more file."""
    folder = tmp_path / "seeds"
    shutil.copytree(SMALL, folder, dirs_exist_ok=True)
    (folder / file).parent.mkdir(exist_ok=True)
    (folder / file).write_text(text, encoding="utf-8")
    return read_shipped(folder).problems


def entity(name: str) -> str:
    return f"entities:\n  - id: extra\n    type: Company\n    name: {name}\n"


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("２０２５", date(2025, 1, 1), date(2025, 12, 31)),
        ("2025-03-０１", date(2025, 3, 1), date(2025, 3, 1)),
        (" ２０２５-Q３ ", date(2025, 7, 1), date(2025, 9, 30)),
        ("2026-h1", date(2026, 1, 1), date(2026, 6, 30)),
        ("2026-q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("9999-12-31", date(9999, 12, 31), date(9999, 12, 31)),
        ("9999", date(9999, 1, 1), date(9999, 12, 31)),
        ("9999-H2", date(9999, 7, 1), date(9999, 12, 31)),
        ("９９９９-Ｑ４", date(9999, 10, 1), date(9999, 12, 31)),
        ("9999-11", date(9999, 11, 1), date(9999, 11, 30)),
    ],
)
def test_dates_of_all_widths_and_up_to_the_last(written: str, first: date, last: date) -> None:
    span = PartialDate.parse(written)
    assert (span.first, span.last) == (first, last)
    assert span.text.isascii() and as_of_date(written) == last


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("2026-02-29", "2026-02 has the days 01 to 28"),
        ("2024-02-00", "2024-02 has the days 01 to 29"),
        ("0000-01-01", "years begin with 0001"),
    ],
)
def test_a_day_that_the_month_has_not_is_told_with_those_it_has(written: str, days: str) -> None:
    with pytest.raises(ValueError, match=f"^{days}$"):
        PartialDate.parse(written)


@pytest.mark.parametrize("written", ["٢٠٢٥", "2025-13", "二〇二五", "0000", "2025-02-30", ""])
def test_what_is_no_date_is_refused(written: str) -> None:
    with pytest.raises(ValueError):
        PartialDate.parse(written)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2025, 6, 1, 12, 0), date(2025, 6, 1)),
        (datetime(2024, 2, 29, 23, 59, 59, 999_999, tzinfo=UTC), date(2024, 2, 29)),
        (pandas.Timestamp("2023-12-31 08:15", tz="Asia/Shanghai"), date(2023, 12, 31)),
        (datetime.max, date.max),
    ],
)
def test_a_moment_is_its_day(moment: datetime, day: date) -> None:
    assert as_of_date(moment) == day and type(as_of_date(moment)) is date


@pytest.mark.parametrize("moment", [pandas.NaT, numpy.datetime64("2025-06-01"), time(12, 30), 1_748_736_000, 2025.5])
def test_what_is_no_moment_of_a_day_is_refused(moment: object) -> None:
    with pytest.raises(QueryError, match="is not a date for 'as_of'"):
        as_of_day(moment)  # type: ignore[arg-type]


def test_today_is_a_word() -> None:
    assert as_of_date("today") == date.today() == as_of_date(date.today())


FIGURE = """facts:
  - id: f-odd
    subject: alpha
    metric: revenue
    value: {}
    unit: USD
    status: reported
    sources: [firm-page]
"""
ENDED = """facts:
  - id: odd
    subject: alpha
    predicate: PARTNERS_WITH
    object: gamma
    status: reported
    valid_to: {}
    sources: [firm-page]
"""


@pytest.mark.parametrize("value", ["nan", "NaN", "inf", "-Infinity", "1e400", "+1E999", "-.5e310", "infinity"])
def test_a_figure_is_a_finite_number(tmp_path: Path, value: str) -> None:
    told = problems(tmp_path, "odd.yaml", FIGURE.format(value))
    assert [p.line for p in told if "finite" in p.message] == [5]


@pytest.mark.parametrize("end", ["9999-12-31", "9999", "９９９９-12"])
def test_no_end_is_left_out(tmp_path: Path, end: str) -> None:
    told = problems(tmp_path, "odd.yaml", ENDED.format(end))
    assert any("stands for no end; leave it out" in p.message and p.file == "odd.yaml" for p in told), told


@pytest.mark.parametrize("field", ["announced", "valid_from", "as_of"])
@pytest.mark.parametrize("day", ["9999-12-31", "9999-Q1", "９９９９"])
def test_no_day_is_left_out(tmp_path: Path, field: str, day: str) -> None:
    told = problems(tmp_path, "odd.yaml", ENDED.replace("valid_to", field).format(day))
    assert any("stands for no day; leave it out" in p.message and p.file == "odd.yaml" for p in told), told


@pytest.mark.parametrize("sign", ["\u200b", "\ufeff", "\u202e", "\u00ad", "\u2066", "\u2063"])
def test_what_cannot_be_seen_is_told_at_its_line(tmp_path: Path, sign: str) -> None:
    (told,) = problems(tmp_path, "odd.yaml", entity(f'"Al{sign}pha Two"'))
    assert (told.file, told.line, told.code) == ("odd.yaml", 4, "INVISIBLE")
    assert f"U+{ord(sign):04X}" in told.message


def test_a_blank_name_is_told(tmp_path: Path) -> None:
    (told,) = problems(tmp_path, "odd.yaml", entity('"   "'))
    assert (told.line, told.code) == (4, "BLANK")


@pytest.mark.parametrize("name", ["more.yml", "more.YAML", "more.yaml.txt", "sub/more.yml", "facts.json"])
def test_a_file_that_looks_like_a_seed_is_named(tmp_path: Path, name: str) -> None:
    told = problems(tmp_path, name, entity("Extra"))
    assert [(p.file, p.code) for p in told] == [(name, "NOT-READ")]


@pytest.mark.parametrize("name", [".more.yaml.swp", "~$more.yml", ".DS_Store", "more.yaml~", "README.md", "Thumbs.db"])
def test_what_systems_leave_behind_is_passed_over(tmp_path: Path, name: str) -> None:
    assert problems(tmp_path, name, "x") == []


def test_a_table_tells_what_it_leaves_out(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("a,b\n北京\u200b智谱,1\nx,\ufeff2\n", encoding="utf-8")
    table, told = read_table(path, ("a", "b"))
    with noting() as notes:
        rows = [cells for _, cells in table.rows()]
    assert (told, rows) == ([], [{"a": "北京智谱", "b": "1"}, {"a": "x", "b": "2"}])
    assert notes == [
        "table.csv:2:1 U+200B left out, which can't be seen",
        "table.csv:3:3 U+FEFF left out, which can't be seen",
    ]


SAVED: dict[str, Callable[[str], bytes]] = {
    "crlf": lambda text: text.replace("\n", "\r\n").encode(),
    "cr": lambda text: text.replace("\n", "\r").encode(),
    "bom and crlf": lambda text: text.replace("\n", "\r\n").encode("utf-8-sig"),
    "blanks behind lines": lambda text: text.replace("\n", "  \n").encode(),
    "no last line feed": lambda text: text.rstrip().encode(),
    "lines of two systems": lambda text: text.replace("\n", "\r\n", 9).encode(),
}


@pytest.mark.parametrize("way", SAVED)
def test_seeds_saved_by_programs_of_other_systems_say_the_same(tmp_path: Path, way: str) -> None:
    folder = tmp_path / "seeds"
    shutil.copytree(SMALL, folder)
    for file in folder.glob("*.yaml"):
        file.write_bytes(SAVED[way](file.read_text(encoding="utf-8")))
    found, wanted = read_shipped(folder), read_shipped(SMALL)
    assert found.problems == []
    held, meant = (
        {node.id: node.hash for _, one in read.loaded for node in one.batch.nodes} for read in (found, wanted)
    )
    assert held == meant and len(held) > 8


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("entities：\n  - id: extra\n", 1),
        ("entities:\n  - id: “extra”\n    type: Company\n    name: Extra\n", 2),
        ("entities:\n  - id: extra\n    type: Company\n    name: Extra\n    country: 中国\n", 5),
        ("entities:\n  - id: extra\n    type： Company\n    name: Extra\n", 3),
        ("<<<<<<< HEAD\nentities: []\n=======\nentities: []\n>>>>>>> mine\n", 2),
        ("entities: []\n---\nentities: []\n", 2),
        ("entities:\n  - id: extra\n\ttype: Company\n", 3),
        ("entities:\n  - !python/object:os.system {id: extra}\n", 2),
    ],
)
def test_what_other_keyboards_and_programs_leave_is_told_at_its_line(tmp_path: Path, text: str, line: int) -> None:
    told = problems(tmp_path, "odd.yaml", text)
    assert told and {one.file for one in told} == {"odd.yaml"} and line in {one.line for one in told}, told


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "mac_roman", "gb18030"])
def test_seeds_in_another_encoding_are_told_at_their_line(tmp_path: Path, encoding: str) -> None:
    folder = tmp_path / "seeds"
    shutil.copytree(SMALL, folder)
    (folder / "odd.yaml").write_bytes(entity("Café 咖啡" if encoding == "gb18030" else "Café").encode(encoding))
    (told,) = read_shipped(folder).problems
    assert (told.file, told.code, told.line) == ("odd.yaml", "ENCODING", 1 if encoding == "utf-16" else 4)


@pytest.mark.parametrize("country", ["NO", "no", "On", "y"])
def test_words_that_yaml_takes_for_truth_stay_words(tmp_path: Path, country: str) -> None:
    """Norway, and whoever bears a word such as yes or on for a name."""
    assert problems(tmp_path, "odd.yaml", entity(country) + f"    note: {country}\n    country: NO\n") == []
