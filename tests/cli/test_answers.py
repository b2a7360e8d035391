"""Commands that answer: one JSON array of rows on stdout, messages on stderr, the same on both engines."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from chinaai.cli.text import print_markdown
from chinaai.graph.digest import status
from chinaai.graph.store import Store
from chinaai.queries.saved import catalogue
from faults.running import chinaai
from rich.cells import cell_len

SMALL = Path(__file__).parents[1] / "data" / "small"

SOURCE = {"id", "title", "publisher", "published", "url"}


def rows(*arguments: str, **variables: str) -> list[dict[str, Any]]:
    done = chinaai(*arguments, "--json", **variables)
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    assert isinstance(found, list) and all(isinstance(row, dict) for row in found)
    return found


def test_partnerships_of_apple(shipped_at: dict[str, str]) -> None:
    found = rows("ask", "partnerships", "--company", "苹果", "--as-of", "2025-03-01", **shipped_at)
    assert [(r["partner_id"], r["status"], r["announced"]) for r in found] == [("alibaba", "confirmed", "2025-02-13")]
    assert 0 < found[0]["confidence"] <= 1
    assert len(found[0]["sources"]) == 10
    assert all(set(source) >= SOURCE for source in found[0]["sources"])
    assert rows("ask", "partnerships", "--company", "AAPL", "--as-of", "2025-02-12", **shipped_at) == []


def test_status_is_one_object_equal_on_both_engines(shipped_at: dict[str, str], embedded_shipped: Store) -> None:
    done = chinaai("status", "--json", **shipped_at)
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    wanted = status(embedded_shipped)
    assert found["engine"] == ("neo4j" if "NEO4J_URI" in shipped_at else "embedded")
    assert (found["nodes"], found["relationships"], found["digest"]) == (
        wanted.nodes, wanted.relationships, wanted.digest,
    )  # fmt: skip
    assert found["counts"] == {**wanted.counts["labels"], **wanted.counts["types"]}
    assert sum(found["counts"].values()) == found["nodes"] + found["relationships"]


def test_every_question_answers_on_the_command_line(embedded_shipped: Store, at_embedded: dict[str, str]) -> None:
    from chinaai.cli.app import app
    from typer.testing import CliRunner

    for name, query in catalogue().items():
        words = [w for key, value in query.front.example.items() for w in (f"--{key.replace('_', '-')}", str(value))]
        done = CliRunner().invoke(app, ["ask", name, *words, "--json"], env=at_embedded)
        assert done.exit_code == 0, done.output
        found = json.loads(done.stdout)
        assert found, name
        assert list(found[0]) == query.row.columns()


#: What each question asks for, as heads of the table that 80 columns have room for.
ASKED = {
    "newest-models": {"developer", "model", "released"}, "models": {"model", "released"},
    "foreign-chinese-partnerships": {"foreign company", "chinese company", "when", "status"},
    "embeds": {"user", "model", "when", "status"}, "talks": {"relation", "other", "when", "status"},
    "conflicts": {"question", "says"}, "ties": {"relation", "direction", "other", "when"},
    "observations": {"metric", "value", "unit", "when"}, "sources": {"title", "publisher", "published", "kind"},
    "approvals": {"kind", "says", "day"}, "law-ahead": {"day", "says", "instrument"},
    "filings": {"service", "kind", "listed"}, "foreign-filings": {"company", "service", "kind"},
    "gate-passed": {"service", "companies", "listed"}, "lineage": {"relation", "direction", "other"},
    "shares": {"subject", "value", "measured by", "when"}, "time-to-listing": {"group", "n", "median"},
    "entry-options": {"strategy", "gate", "days p50"}, "partner-evidence": {"company", "evidence"},
    "filing-beside-notice": {"service", "accepted", "listed", "days"}, "filed-model-makers": {"company", "models"},
}  # fmt: skip


def test_a_narrow_terminal_shows_what_was_asked_for(embedded_shipped: Store, at_embedded: dict[str, str]) -> None:
    for name, wanted in ASKED.items():
        example = catalogue()[name].front.example
        words = [w for key, value in example.items() for w in (f"--{key.replace('_', '-')}", str(value))]
        lines = chinaai("ask", name, *words, COLUMNS="80", NO_PAGER="1", **at_embedded).stdout.splitlines()
        assert wanted <= set(re.split(r" {2,}", lines[1].strip())), (name, lines[1])
        assert all(cell_len(line) <= 80 for line in lines[1:3]), name


@pytest.mark.parametrize("width", ["60", "100"])
def test_a_figure_stands_with_its_day(embedded_shipped: Store, at_embedded: dict[str, str], width: str) -> None:
    """Whether it tells of a day, as a release does, or was counted on one."""
    shown = chinaai("ask", "observations", "--entity", "Atlas 350", COLUMNS=width, NO_PAGER="1", **at_embedded).stdout
    assert re.search(r" released +2026-03-20 ", shown) and re.search(r" feature .* 2026-09-11 ", shown)
    assert " date" not in shown.partition("not shown:")[2]


def test_a_day_on_which_a_tie_was_only_seen_is_no_beginning(at_embedded: dict[str, str]) -> None:
    words = ("ask", "hosts", "--model", "Kimi K2")
    rows = json.loads(chinaai(*words, "--json", **at_embedded).stdout)
    seen = {row["fact_id"]: row["seen"] for row in rows if not (row["since"] or row["announced"])}
    assert seen["huggingface-hosts-kimi-k2"]
    table = chinaai(*words, "--md", **at_embedded).stdout.splitlines()
    for fact, day in seen.items():
        assert any(f"| seen {day} |" in line and f"| {fact} |" in line for line in table)
    assert " seen |" not in table[2]  # told once


def test_of_several_days_the_beginning_stands_bare(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        {"name": "a", "since": "2024", "seen": "2026"},
        {"name": "b", "announced": "2025"},
        {"name": "c", "seen": "2023"},
    ]
    print_markdown("days", ["name", "since", "announced", "seen"], rows)
    assert capsys.readouterr().out.splitlines()[2:7] == [
        "| name | when | seen |",
        "| --- | --- | --- |",
        "| a | 2024 | 2026 |",
        "| b | 2025 |  |",
        "| c | seen 2023 |  |",
    ]


def test_names_that_are_unknown_or_shared_list_candidates(shipped_at: dict[str, str]) -> None:
    done = chinaai("ask", "partnerships", "--company", "Aplle", "--json", **shipped_at)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("chinaai: unknown Company 'Aplle'; did you mean apple (Company: Apple Inc.)")
    done = chinaai("ask", "partnerships", "--company", "Qwen", "--json", **shipped_at)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("chinaai: 'Qwen' is no Company; it names qwen (")


def test_csv_has_one_line_a_row(at_embedded: dict[str, str]) -> None:
    words = ["ask", "partnerships", "--company", "Apple", "--as-of", "2025-12-31"]
    done = chinaai(*words, "--csv", **at_embedded)
    table = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [row["partner_id"] for row in table] == [row["partner_id"] for row in rows(*words, **at_embedded)]
    assert "https://" in table[0]["sources"] and table[0]["partner_zh"] == "阿里巴巴集团"


def test_a_number_keeps_all_its_digits_in_every_form(shipped_at: dict[str, str]) -> None:
    """The level of the Hang Seng Index on 2025-02-14, and users of Doubao; six digits would be other numbers."""
    for words, number, read in (
        (["observations", "--entity", "hsi", "--as-of", "2025-02-28"], "22620.33", "22,620.33"),
        (["market", "--entity", "doubao-app", "--as-of", "2025-12-31"], "167910000", "167,910,000"),
    ):
        done = chinaai("ask", *words, "--csv", **shipped_at)
        assert number in [row["value"] for row in csv.DictReader(io.StringIO(done.stdout))]
        assert f"     value: {number}\n" in chinaai("ask", *words, "-v", **shipped_at).stdout
        assert f" {read} " in chinaai("ask", *words, "--md", **shipped_at).stdout
    says = [row["says"] for row in rows("ask", "conflicts", **shipped_at)]
    assert "Cambricon Technologies: revenue 2,881,000,000 CNY (2025-H1)" in says


def test_an_answer_that_is_cut_says_so(at_embedded: dict[str, str]) -> None:
    words = ["ask", "names", "--text", "上海", "--limit"]
    cut = chinaai(*words, "3", "--json", **at_embedded)
    assert len(json.loads(cut.stdout)) == 3
    assert cut.stderr == "cut at 3 rows; there are more (--limit)\n"
    assert chinaai(*words[:2], "--text", "MiniMax-M1", "--limit", "900", "--json", **at_embedded).stderr == ""


def test_the_home_option_goes_before_the_variable(at_embedded: dict[str, str], tmp_path: Path) -> None:
    home = at_embedded["CHINAAI_HOME"]
    words = ["ask", "names", "--text", "alibaba", "--json"]
    assert '"alibaba"' in chinaai(*words, "--home", home, CHINAAI_HOME=str(tmp_path)).stdout
    assert chinaai(*words, CHINAAI_HOME=str(tmp_path / "new")).returncode == 1


def test_a_home_that_is_not_there_is_told_and_not_made(tmp_path: Path) -> None:
    new = tmp_path / "new"
    told = f"chinaai: the graph is empty ({new}); run 'chinaai build' first\n"
    for words in ("ask names --text alibaba --json", "influence", "cite x", "paths Apple phone-assistant"):
        done = chinaai(*words.split(), "--home", str(new))
        assert (done.returncode, done.stdout, done.stderr) == (1, "", told)
    assert not new.exists()


def test_an_empty_graph_says_what_to_do(tmp_path: Path) -> None:
    done = chinaai("ask", "partnerships", "--company", "Apple", CHINAAI_HOME=str(tmp_path))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "chinaai: unknown Company 'Apple'; the graph is empty; run 'chinaai build' first\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "keys"),
    [
        (
            ["check", "--seeds", str(SMALL)],
            {"facts", "entities", "sources", "conflicts", "sentences", "problems", "doubts"},
        ),
        (["audit"], {"lists"}),
        (["neo4j", "status"], {"running", "pid", "uri", "home", "version"}),
    ],
)
def test_commands_without_a_graph_give_one_object(words: list[str], keys: set[str], tmp_path: Path) -> None:
    done = chinaai(*words, "--json", CHINAAI_HOME=str(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    assert keys <= set(json.loads(done.stdout))


@pytest.mark.parametrize("words", [["check"], ["build"], ["build", "--dry-run"]])
def test_problems_are_records_for_a_program(words: list[str], tmp_path: Path) -> None:
    seeds = Path(shutil.copytree(SMALL, tmp_path / "seeds"))
    whole = (SMALL / "all.yaml").read_text(encoding="utf-8")
    (seeds / "all.yaml").write_text(whole.replace("status: confirmed", "status: konfirmed", 1), encoding="utf-8")
    line = whole[: whole.index("status: confirmed")].count("\n") + 1
    done = chinaai(*words, "--seeds", str(seeds), "--json", CHINAAI_HOME=str(tmp_path / "home"))
    assert done.returncode == 1
    told = json.loads(done.stdout)
    (problem,) = told.pop("found")
    assert told == {"problems": 1}
    hint = "use 'announced', 'reported', 'confirmed', 'denied' or 'ended'"
    assert problem == {
        "file": "all.yaml", "line": line, "column": len("  status: ") + 1, "code": "VALUE",
        "message": "status: 'konfirmed' is not allowed", "hint": hint,
    }  # fmt: skip
    assert done.stderr.startswith(f"all.yaml:{line}:11 VALUE status: 'konfirmed' is not allowed; {hint}\n")


def test_lists_of_questions_and_loaders(tmp_path: Path) -> None:
    listed = json.loads(chinaai("ask", "--json").stdout)
    assert [q["name"] for q in listed] == list(catalogue())
    assert {"cac", "lists", "open"} <= {row["name"] for row in json.loads(chinaai("load", "--list", "--json").stdout)}


def test_a_page_is_written(at_embedded: dict[str, str], tmp_path: Path) -> None:
    target = tmp_path / "苹果.html"
    done = chinaai("view", "--focus", "苹果", "-o", str(target), **at_embedded)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{target}\n", "")
    assert target.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_what_json_has_no_word_for(at_embedded: dict[str, str]) -> None:
    text = "RETURN 0.0 / 0.0 AS nan, date('2025-02-13') AS day, duration('P1D') AS span, [1.5, null] AS list"
    (row,) = rows("cypher", text, **at_embedded)
    assert (row["nan"], row["day"], row["list"]) == (None, "2025-02-13", [1.5, None])


def test_changes_of_ninety_days_set_what_may_lie_outside_apart_at_the_end(at_embedded: dict[str, str]) -> None:
    """15 days of February from the 13th, 31 of March, 30 of April and 14 of May are ninety."""
    told = chinaai("changes", "--to", "2025-05-14", NO_PAGER="1", **at_embedded).stdout
    assert told.startswith("What changed, 2025-02-13 to 2025-05-14: ")
    heads = [line for line in told.splitlines() if line.startswith(("2025-0", "may lie outside"))]
    assert heads == ["2025-02", "2025-03", "2025-04", "2025-05", "may lie outside the window (no exacter day is told)"]


@pytest.mark.parametrize("last", ["0001-01-02", "9999-12-31", "0001"])
def test_changes_reach_to_the_first_and_the_last_day(at_embedded: dict[str, str], tmp_path: Path, last: str) -> None:
    for form in (["--json"], ["-o", str(tmp_path / "feed.xml")], ["--by", "week", "-o", str(tmp_path / "brief.md")]):
        done = chinaai("changes", "--to", last, *form, **at_embedded)
        assert done.returncode == 0
        assert done.stderr.startswith("searched to ") if last > "2026-11" else not done.stderr
