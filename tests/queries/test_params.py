"""Every wrong value of every parameter of every question is refused in words: API, command and tools."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from chinaai.cli.app import app
from chinaai.cli.mcp_tools import tools
from chinaai.face import KnowledgeGraph
from chinaai.graph.errors import ChinaAIError
from chinaai.graph.store import Store
from chinaai.queries.params import Param, QueryError, as_of_date, as_of_day, bind
from chinaai.queries.saved import catalogue
from typer.testing import CliRunner

WRONG: dict[str, list[Any]] = {
    "entity": ["no such thing at all", "", 7, ["apple"]],
    "fact": ["no-such-fact", "", 7],
    "date": ["2025-13", "2025-02-30", "tomorrow", "", 20250301, 2025.5, True],
    "string": ["", "  ", 7],
    "words": ["", "  ", 7],
    "metric": ["market-share", "MARKET_SHARE", "shares", "", 7],
    "integer": ["ten", "1.5", 1.5, True, "", "1_000", -1, 0],
    "float": ["much", "nan", "inf", True, ""],
    "boolean": ["maybe", "", 2],
}
#: Values that once answered "no rows", or were ignored.
ONCE = [
    ("requirements", {"service": "phone-assistant", "actor": "foreign"}, "use fie, offshore or domestic"),
    ("time-to-listing", {"by": "provinz"}, "'by' can't be 'provinz'; did you mean province? use kind, notice, "),
    ("time-to-listing", {"kind": "filings"}, "did you mean filing? use filing or registration"),
    ("requirements", {"service": "phone-assistant", "actor": "gone"}, "'actor' can't be 'gone'; use fie, offshore or"),
    ("gate-passed", {"gate": "filing", "owners": "foreing"}, "did you mean foreign? use foreign or domestic"),
    ("entry-path", {"service": "phone-assistant", "actor": "FIE"}, "did you mean fie?"),
    ("entry-path", {"service": "phone-assistant", "option": "x"}, "unknown EntryPlan 'x'"),
    ("entry-options", {"service": "phone-assistant", "without": "r.modelpartne"}, "did you mean r.modelpartner "),
    ("entry-options", {"service": "phone-assistant", "without": "apple"}, "'apple' is no Requirement; it names "),
    ("sources", {"fact": "apple-with-alibabba"}, "there is no fact 'apple-with-alibabba'"),
    ("unowned-entities", {"limit": -5}, "'limit' can't be -5; at least 1"),
    ("observations", {"entity": "hstech", "metric": "market-share"}, "did you mean market_share?"),
]


def wrong(param: Param) -> Iterator[Any]:
    """Values that a parameter can't have: of its kind, and near misses of its choices."""
    yield from WRONG[param.type]
    for word in param.choices[:3]:
        yield from (word.upper(), word + "s", word[:-1], f" {word}")


def test_no_question_takes_a_wrong_value(embedded_shipped: Store) -> None:
    kg = KnowledgeGraph(embedded_shipped)
    tried = 0
    for name, query in catalogue().items():
        for key, param in query.front.params.items():
            for value in wrong(param):
                with pytest.raises(QueryError) as refused:
                    kg.run(name, **{**query.front.example, key: value})
                    pytest.fail(f"{name} took {key}={value!r}")
                assert str(value) in str(refused.value) or f"'{key}'" in str(refused.value)
                tried += 1
    assert tried > 300


@pytest.mark.parametrize(("name", "params", "words"), ONCE)
def test_what_once_passed_is_refused(kg: KnowledgeGraph, name: str, params: dict[str, Any], words: str) -> None:
    with pytest.raises(QueryError) as refused:
        kg.run(name, **params)
    assert words in str(refused.value)


def test_a_ban_bans(kg: KnowledgeGraph) -> None:
    free = kg.run("entry-options", service="phone-assistant")
    held = kg.run("entry-options", service="phone-assistant", without="R.Gai-Reg")
    assert held and len(held) < len(free)
    assert all("r.gai-reg" not in row.due for row in held)


def test_a_filing_leads_to_its_source_too(kg: KnowledgeGraph) -> None:
    filing = kg.run("filings", company="Tesla")[0].fact_id
    assert [row.source_id for row in kg.run("sources", fact=filing)][-1:] != []


def test_the_tools_list_the_choices() -> None:
    for query in catalogue().values():
        given = tools()[query.name.replace("-", "_")].parameters
        assert {key: schema.get("enum") for key, schema in given.items()} == {
            key: param.choices or None for key, param in query.front.params.items()
        }
    assert tools()["time_to_listing"].parameters["by"]["enum"] == ["kind", "notice", "province", "year", "owner"]


def test_help_shows_the_choices_and_the_command_refuses_others(
    embedded_shipped: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHINAAI_HOME", str(Path(embedded_shipped.endpoint.where).parent))
    shown = CliRunner().invoke(app, ["ask", "time-to-listing", "--help"])
    assert "--kind filing|registration" in shown.output
    done = CliRunner().invoke(app, ["ask", "time-to-listing", "--by", "provinz"])
    assert done.exit_code == 1 and "did you mean province?" in str(done.exception)


def test_the_shell_completes_the_choices() -> None:
    env = {**os.environ, "_CHINAAI_COMPLETE": "complete_bash", "COMP_WORDS": "chinaai ask requirements --actor o"}
    command = [sys.executable, "-c", "from chinaai.cli.app import app; app(prog_name='chinaai')"]
    done = subprocess.run(
        command, env={**env, "COMP_CWORD": "4"}, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.stdout.split() == ["offshore"], done.stderr


def test_days() -> None:
    assert as_of_date("2025-02") == date(2025, 2, 28)
    assert as_of_date(datetime(2025, 2, 3, 4, 5)) == date(2025, 2, 3)
    assert type(as_of_date(datetime(2025, 2, 3, 4, 5))) is date


def test_a_mistyped_parameter_is_told_with_the_nearest() -> None:
    query = catalogue()["partnerships"]
    with pytest.raises(
        QueryError, match="has no parameter 'compny'; did you mean company\\? it has: company, as_of, known"
    ):
        bind("partnerships", query.front.params, {"compny": "Apple"}, lambda name, labels: name, date(2026, 11, 24))


@pytest.mark.parametrize("day", ["9999-12-31", "9999", "9950-H1"])
def test_work_that_begins_where_the_calendar_ends_is_refused(embedded_shipped: Store, day: str) -> None:
    kg = KnowledgeGraph(embedded_shipped)
    asked: list[Callable[[], object]] = [
        lambda: kg.market_entry_paths("Apple", "phone-assistant", day),
        lambda: kg.market_entry_paths("Apple", "phone-assistant", start=day, by="9999-12-31"),
        lambda: kg.partners_for("Tesla", "adas", day),
        lambda: kg.compare_entry("Apple", "phone-assistant", "Samsung", day),
        lambda: kg.entry_changes("Apple", "phone-assistant", "2026-01-01", day),
    ]
    for ask in asked:
        with pytest.raises(ChinaAIError, match="has no days left; let it begin on 9900-01-01 at the latest"):
            ask()


def test_today_can_be_said_in_chinese() -> None:
    assert as_of_day("今天") == as_of_day(" Today ") == as_of_day(None)


@pytest.mark.parametrize(
    ("question", "said", "plain"),
    [
        ("gate-passed", {"gate": "登記", "owners": "内资"}, {"gate": "registration", "owners": "domestic"}),
        ("stack", {"layer": "光刻"}, {"layer": "lithography"}),
        ("foreign-chinese-partnerships", {"sector": "机器人"}, {"sector": "robots"}),
        ("time-to-listing", {"by": "年份", "kind": "备案"}, {"by": "year", "kind": "filing"}),
        ("changes", {"start": "2026-09-01", "end": "2026-09-30", "kind": "资本"}, {"kind": "capital"}),
        ("market", {"metric": "出货量"}, {"metric": "shipments"}),
        ("entry-options", {"service": "game", "actor": "中国公司"}, {"actor": "domestic"}),
        ("requirements", {"service": "社交网络", "actor": "overseas"}, {"service": "social", "actor": "offshore"}),
    ],
)  # fmt: skip
def test_a_word_of_a_list_can_be_said_as_answers_say_it(
    embedded_shipped: Store, question: str, said: dict[str, str], plain: dict[str, str]
) -> None:
    kg = KnowledgeGraph(embedded_shipped)
    rows = kg.run(question, **said)
    assert rows and rows.to_dicts() == kg.run(question, **{**said, **plain}).to_dicts()


def test_the_word_of_another_list_is_refused_with_those_of_this() -> None:
    with pytest.raises(QueryError, match="'kind' can't be '外资'"):
        given = {"kind": Param(about="a kind", choices=["filing", "registration"])}
        bind("q", given, {"kind": "外资"}, lambda name, labels: name, date(2026, 11, 24))
