"""To which day was searched: told with an answer for a later day, and with an empty one; never mixed with 'no'."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from chinaai import KnowledgeGraph
from chinaai.cli.mcp_tools import tools
from chinaai.graph.model.evidence import AREAS
from chinaai.graph.store import Store
from chinaai.loaders.curated import read_seeds
from chinaai.queries.answers import bounds_of
from chinaai.queries.saved import catalogue
from faults.running import chinaai


@pytest.fixture
def here(embedded_shipped: Store) -> KnowledgeGraph:
    return KnowledgeGraph(embedded_shipped)


def test_an_answer_for_a_later_day_says_how_far_was_searched(here: KnowledgeGraph) -> None:
    day = here.searched()["partnerships"]
    late = here.partnerships("Apple", as_of="2099-01-01")
    assert late
    assert late.bounds == (
        f"searched to {day}: not known is not the same as nothing happened · 检索至 {day}，未知不等于没有"
    )
    assert here.partnerships("Apple", as_of=day).bounds == ""
    assert late[:1].bounds == late.bounds


def test_the_briefing_says_it_as_the_question_does(here: KnowledgeGraph, at_embedded: dict[str, str]) -> None:
    window = ("2026-11-01", "2026-11-24")
    said = here.changes(*window).bounds
    assert said
    words = ("changes", "--from", window[0], "--to", window[1])
    assert chinaai(*words, NO_PAGER="1", **at_embedded).stdout.endswith(f"{said}\n")
    assert chinaai(*words, "--json", **at_embedded).stderr == f"{said}\n"
    early = ("changes", "--from", "2025-01-01", "--to", "2025-01-31")
    assert "searched to" not in chinaai(*early, NO_PAGER="1", **at_embedded).stdout


def test_an_empty_answer_says_it_too(here: KnowledgeGraph) -> None:
    none = here.run("people", company="Canalys", as_of="2099-01-01")
    assert (list(none), none.bounds[:12]) == ([], "searched to ")
    assert none.bounds[-8:] == "，未知不等于没有"
    assert "searched to" in none._repr_html_()


def test_every_area_has_a_day_and_every_question_about_facts_an_area(here: KnowledgeGraph) -> None:
    assert set(here.searched()) == set(AREAS)
    asked = {area for query in catalogue().values() for area in query.front.areas}
    assert asked == set(AREAS)


def test_several_areas_are_told_one_by_one() -> None:
    days = {"models": "2026-09", "law": "2026-07-05", "people": "2026-12-01"}
    assert bounds_of(days, date(2026, 10, 1)).startswith("searched to law 2026-07-05, models 2026-09: ")
    # A month is over with its last day.
    assert bounds_of({"models": "2026-09"}, date(2026, 9, 30)) == ""


def test_the_tool_says_it(here: KnowledgeGraph) -> None:
    told = tools()["people"].run(here, {"company": "Apple", "as_of": "2099-01-01"})
    assert told["searched"].startswith("searched to ")
    assert "searched" not in tools()["people"].run(here, {"company": "Apple", "as_of": "2024-01-01"})


def test_the_command_says_it_under_the_table_and_beside_json(shipped_at: dict[str, str]) -> None:
    table = chinaai("ask", "people", "--company", "Alibaba", "--as-of", "2099-01-01", **shipped_at)
    assert "searched to " in table.stdout and "检索至" in table.stdout
    empty = chinaai("ask", "people", "--company", "Canalys", "--as-of", "2099-01-01", **shipped_at)
    assert (empty.returncode, "no rows" in empty.stderr, "searched to " in empty.stderr) == (0, True, True)
    plain = chinaai("ask", "people", "--company", "Canalys", "--as-of", "2099-01-01", "--json", **shipped_at)
    assert (json.loads(plain.stdout), "searched to " in plain.stderr) == ([], True)


def test_an_unknown_area_is_refused(tmp_path: Path) -> None:
    about = "reviewed: 2026-11-28\nlicence: CC-BY-4.0\nsearched:\n  model: 2026-09-01\n"
    (tmp_path / "about.yaml").write_text(about, encoding="utf-8")
    (tmp_path / "facts.yaml").write_text("facts: []\n", encoding="utf-8")
    (problem,) = [p for p in read_seeds(tmp_path).problems if "area" in p.message]
    assert "there is no area 'model'; there are partnerships, models" in problem.message
    assert (problem.file, problem.line) == ("about.yaml", 4)
