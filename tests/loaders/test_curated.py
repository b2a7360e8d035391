"""Defects in seed files: all at once, each at its own line, and nothing written."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from chinaai.graph.digest import status
from chinaai.graph.problems import InputError
from chinaai.graph.store import Store
from chinaai.loaders.build import build, read_shipped
from chinaai.loaders.yaml_reader import compose
from faults.running import chinaai

DATA = Path(__file__).parent.parent / "data"


def expected(file: Path) -> set[tuple[int, str]]:
    """Line and code of every mark in a file of defects."""
    lines = file.read_text(encoding="utf-8").splitlines()
    marks = ((n, re.search(r"# expect ([A-Z-]+)$", line)) for n, line in enumerate(lines, 1))
    return {(n, mark[1]) for n, mark in marks if mark}


def test_25_defects_give_25_problems_at_their_lines() -> None:
    problems = read_shipped(DATA / "defects").problems
    assert {(p.line, p.code) for p in problems} == expected(DATA / "defects" / "all.yaml")
    assert len(problems) == 25


#: What the user reads for each defect, by line: no two are of one kind.
SAID = {
    9: "VALUE kind: 'rumour' is not allowed",
    10: "DUPLICATE-ID source id 'page' stands twice; first in all.yaml:3",
    15: "DATE published: 2025-02 has the days 01 to 28",
    22: "UNKNOWN-TYPE unknown entity type 'Robot'",
    23: "VALUE id: ",
    27: "DUPLICATE-KEY 'name' stands twice in one block; first in line 26",
    28: "AMBIGUOUS-NAME the name key 'apple' means apple, apple-2",
    29: "CHECK-DIGIT LEI '5493001KJTIIGC8Y1R13' fails its check digits (ISO 17442)",
    30: "CHECK-DIGIT USCC '91110000802100433C' fails its check digit (GB 32100)",
    35: "UNKNOWN-ENTITY unknown company 'Baidu Inc'; did you mean baidu?",
    40: "UNKNOWN-PREDICATE unknown predicate 'PARTNRS_WITH'; did you mean PARTNERS_WITH?",
    47: "EDGE-END DEVELOPED can't have the Market 'phones' as its object",
    55: "NO-SOURCE fact 'f4' has no source",
    61: "UNKNOWN-SOURCE unknown source 'pagge'; did you mean page?",
    67: "DATE-ORDER fact 'f6': valid_from 2025-03 lies after valid_to 2025-02",
    74: "VALUE status: 'rumoured' is not allowed",
    81: "UNKNOWN-FIELD fact 'f8' has no field 'sorces'; did you mean sources?",
    88: "DATE announced: '13 Feb 2025' is not a date",
    94: "UNIT metric market_share can't have the unit 'units'; use percent",
    101: "TYPE value: ",
    107: "UNKNOWN-METRIC unknown metric 'market_shre'; did you mean market_share?",
    118: "SEED-REF the article has no sentence 'p9s9'",
    124: "UNKNOWN-CONFLICT unknown conflict 'role'",
    126: "DUPLICATE-ID fact id 'f14' stands twice; first in all.yaml:119",
    132: "NO-SOURCE fact 'f15' needs 'sources'",
}


def test_each_defect_is_told_in_its_own_words() -> None:
    lines = {p.line: str(p) for p in read_shipped(DATA / "defects").problems}
    assert set(lines) == set(SAID)
    for number, text in SAID.items():
        assert lines[number].split(" ", 1)[1].startswith(text)
    assert len(set(SAID.values())) == 25


def test_a_problem_names_file_line_column_and_hint() -> None:
    lines = [str(p) for p in read_shipped(DATA / "defects").problems]
    assert "all.yaml:35:11 UNKNOWN-ENTITY unknown company 'Baidu Inc'; did you mean baidu?" in lines


@pytest.mark.parametrize("command", ["check", "build"])
def test_the_command_tells_all_25_at_once_and_writes_nothing(tmp_path: Path, command: str) -> None:
    home = {"CHINAAI_HOME": str(tmp_path)}
    assert chinaai("build", "--seeds", str(DATA / "small"), **home).returncode == 0
    before = chinaai("status", "--json", **home).stdout
    done = chinaai(command, "--seeds", str(DATA / "defects"), **home)
    assert done.returncode == 1
    said = {(int(line.split(":")[1]), line.split()[1]) for line in done.stderr.splitlines() if line.startswith("all.")}
    assert said == expected(DATA / "defects" / "all.yaml")
    assert done.stderr.splitlines()[-1] == "chinaai: 25 problems in the input; nothing was written"
    assert chinaai("status", "--json", **home).stdout == before


def test_defects_leave_the_graph_untouched(embedded_store: Store) -> None:
    build(embedded_store, read_shipped(DATA / "small"), today=date(2026, 11, 24))
    before = status(embedded_store).digest
    with pytest.raises(InputError, match="25 problems"):
        build(embedded_store, read_shipped(DATA / "defects"), today=date(2026, 11, 24))
    assert status(embedded_store).digest == before


@pytest.mark.parametrize(
    ("text", "line", "column", "code"),
    [
        ("a: [1, 2\nb: 3\n", 2, 2, "YAML"),
        ("a: 1\n\tb: 2\n", 2, 1, "YAML"),
        ("", 0, 0, "EMPTY"),
        ("a: 1\nb: 2\na: 3\n", 3, 1, "DUPLICATE-KEY"),
    ],
)
def test_yaml_itself(text: str, line: int, column: int, code: str) -> None:
    _, problems = compose(text, "x.yaml")
    assert [(p.line, p.column, p.code) for p in problems] == [(line, column, code)]


def test_dates_and_numbers_stay_text() -> None:
    block, _ = compose("a: 2025-02\nb: 007\nc: yes\nd: ~\n", "x.yaml")
    assert block is not None
    assert block.value == {"a": "2025-02", "b": "007", "c": "yes", "d": None}


def test_a_file_that_is_no_utf8_says_so(tmp_path: Path) -> None:
    shutil.copytree(DATA / "small", tmp_path / "seeds")
    (tmp_path / "seeds" / "gbk.yaml").write_bytes("sources: [百度]".encode("gbk"))
    assert [(p.file, p.code) for p in read_shipped(tmp_path / "seeds").problems] == [("gbk.yaml", "ENCODING")]


def test_a_lost_file_falls_below_the_floor(tmp_path: Path) -> None:
    shutil.copytree(DATA / "small", tmp_path / "seeds")
    about = tmp_path / "seeds" / "about.yaml"
    about.write_text(about.read_text() + "floors: {Company: 4, PARTNERS_WITH: 2}\n")
    assert [p.message for p in read_shipped(tmp_path / "seeds").problems] == [
        "1 of type PARTNERS_WITH where at least 2 must stand"
    ]
