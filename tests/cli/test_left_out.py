"""What an answer leaves out by its rule is told beside it: ties that had ended, ties that a chain does not follow.

Expected ties and days were worked out by hand from seeds/*.yaml and decisions/0002."""

from __future__ import annotations

import json

import pytest
from chinaai import KnowledgeGraph
from chinaai.cli.mcp_tools import tools
from chinaai.graph.store import Store
from faults.running import chinaai

FORD = (
    "left out, ended by 2026-11-24: ford-with-alibaba (since 2017-12-07, ended 2020-12-07); "
    "an earlier day (as_of) shows what is known to have held on it · "
    "至2026-11-24已结束、未列出的有1条；以更早的日期（as_of）提问，可见已知当日仍有效者"
)
TALKS = (
    "not followed, of another kind or ended: apple-considered-tencent (CONSIDERED, seen 2025-02), "
    "apple-talks-tencent (NEGOTIATED_WITH, announced 2024-12-19, ended 2025-02); ties and talks of either show them, "
    "ended ones as of an earlier day (as_of) · "
    "两者之间另有2条洽谈、选择等或已结束的关系未计入；见 ties 与 talks，已结束者以更早的日期（as_of）提问"
)
OTHER = (
    "talks, choices and the like are not followed here; evidence-path follows ties of every kind · "
    "此处不计洽谈、选择等关系；evidence-path 涵盖所有关系"
)


@pytest.fixture
def here(embedded_shipped: Store) -> KnowledgeGraph:
    return KnowledgeGraph(embedded_shipped)


def test_ended_partnerships_are_named_with_their_days(here: KnowledgeGraph) -> None:
    rows = here.partnerships("Ford", as_of="2026-11-24")
    assert "ford-with-alibaba" not in {row.fact_id for row in rows}
    assert rows.notes == [FORD]
    assert rows[:1].notes == [FORD] and FORD in repr(rows) and FORD in rows._repr_html_()
    then = here.partnerships("Ford", as_of="2020-12-06")
    assert ("ford-with-alibaba" in {row.fact_id for row in then}, then.notes) == (True, [])


@pytest.mark.parametrize(
    ("question", "asked", "ended"),
    [
        # the newest first; the day of an end is the first on which it no longer held
        (
            "partnerships",
            {"company": "Alibaba"},
            ["loreal-with-alibaba", "starbucks-with-alibaba", "ford-with-alibaba"],
        ),
        ("ties", {"entity": "Ford"}, ["ford-with-alibaba"]),
        ("foreign-chinese-partnerships", {"sector": "retail", "as_of": "2022-01-01"}, ["starbucks-with-alibaba"]),
        ("hosts", {"model": "DeepSeek-R1", "as_of": "2026-07-10"}, ["snowflake-hosts-deepseek-r1"]),
        ("hosts", {"model": "DeepSeek-R1", "as_of": "2026-07-09"}, []),
        ("who-builds-on", {"model": "Qwen"}, ["googl-hosts-qwen", "cerebras-hosts-qwen"]),
        ("models", {"developer": "Alibaba Cloud"}, ["alibaba-cloud-made-qwen"]),
        ("talks", {"company": "Toyota"}, []),
    ],
)
def test_so_are_ended_ties_of_other_questions(
    here: KnowledgeGraph, question: str, asked: dict[str, str], ended: list[str]
) -> None:
    said = here.run(question, **{"as_of": "2026-11-24", **asked}).notes
    notes = [note for note in said if not note.startswith("not counted, ")]
    assert len(notes) == bool(ended)
    places = [notes[0].index(f"{one} (") for one in ended]
    assert places == sorted(places)
    assert all(note.count("ended 20") == len(ended) for note in notes)


def test_a_chain_names_the_talks_that_it_does_not_follow(here: KnowledgeGraph) -> None:
    rows = here.path("Apple", "Tencent", as_of="2026-11-24")
    assert rows and rows.notes == [TALKS]
    assert here.path("Apple", "Alibaba", as_of="2025-03-01").notes == []


def test_an_empty_chain_says_which_question_follows_every_tie(here: KnowledgeGraph) -> None:
    rows = here.path("Apple", "Hunyuan", as_of="2026-11-24")
    assert (list(rows), rows.notes) == ([], [OTHER])
    assert here.evidence_path("Apple", "Hunyuan", as_of="2026-11-24")


def test_the_tool_says_it(here: KnowledgeGraph) -> None:
    asked = {"company": "Ford", "as_of": "2026-11-24"}
    told = tools()["partnerships"].run(here, asked)["notes"]
    assert len(told) == 1 and told[0].startswith("left out, ended by 2026-11-24: ford-with-alibaba (")
    assert "notes" not in tools()["partnerships"].run(here, {**asked, "as_of": "2020-12-06"})


def test_the_command_says_it_under_the_table_and_beside_json(shipped_at: dict[str, str]) -> None:
    asked = ("ask", "partnerships", "--company", "Ford", "--as-of", "2026-11-24")
    assert FORD in chinaai(*asked, NO_PAGER="1", **shipped_at).stdout.splitlines()
    assert f"*{FORD}*" in chinaai(*asked, "--md", NO_PAGER="1", **shipped_at).stdout.splitlines()
    plain = chinaai(*asked, "--json", **shipped_at)
    assert json.loads(plain.stdout) and FORD in plain.stderr.splitlines()
    empty = chinaai("ask", "path", "--start", "Apple", "--end", "Hunyuan", "--as-of", "2026-11-24", **shipped_at)
    assert (empty.stdout, OTHER in empty.stderr.splitlines()) == ("", True)


@pytest.mark.parametrize(
    ("question", "model", "named"),
    [
        ("hosts", "Pangu", "Pangu Ultra MoE"),
        ("who-builds-on", "Doubao", "Doubao Seed 2.0"),
        ("embeds", "ERNIE", "ERNIE 5.1"),
        ("lineage", "GLM", "GLM-5.2"),
    ],
)
def test_models_of_the_name_asked_for_are_told_where_no_source_counts_them_in(
    here: KnowledgeGraph, question: str, model: str, named: str
) -> None:
    """An engineer who asks who hosts a family is not told nobody while each of its models has hosts."""
    (note,) = [n for n in here.run(question, model=model, as_of="2026-11-24").notes if n.startswith("not counted, ")]
    assert f"{named}" in note and "ask for each by its own name" in note and "请按其名称分别查询" in note
    assert not [n for n in here.run(question, model="DeepSeek-R1").notes if n.startswith("not counted, ")]


def test_a_model_is_told_beside_its_namesake_from_its_first_day_on(here: KnowledgeGraph) -> None:
    """GLM-5.3 is of August 2026, GLM-4.6V of the year before; the newest come first."""
    (note,) = [n for n in here.hosts("GLM", as_of="2026-01-31").notes if n.startswith("not counted, ")]
    assert "GLM-4.6V" in note and "GLM-5.3" not in note
    (note,) = [n for n in here.hosts("GLM", as_of="2026-11-24").notes if n.startswith("not counted, ")]
    assert note.index("GLM-5.3") < note.index("GLM-4.5")


def test_of_how_many_services_the_kind_was_judged_stands_beside_rows_of_a_kind(here: KnowledgeGraph) -> None:
    """No row of a kind is no sign that nobody has filed one: of most services nobody judged the kind."""
    said = "the kind was judged of 211 of the 1,837 services listed by 2026-11-24: "
    for rows in (
        here.precedents("social", as_of="2026-11-24"), here.precedents("medical", as_of="2026-11-24"),
        here.gate_passed("registration", service="saas", as_of="2026-11-24"),
    ):  # fmt: skip
        assert [n.startswith(said) for n in rows.notes if "kind was judged" in n] == [True]
    assert not [n for n in here.gate_passed("registration", as_of="2026-11-24").notes if "kind was judged" in n]
    # the year 2024 ended with 302 filings and 106 registrations, of one service both
    (then,) = here.gate_passed("filing", service="saas", as_of="2024-12-31").notes
    assert "of the 407 services listed by 2024-12-31: " in then
