"""What a newcomer is told first: a road that others have gone, what frees a plan, and what is said to hold it up.

Expected roads and bars were worked out from the register and seeds/entry, before any answer was looked at."""

from __future__ import annotations

from typing import Any

import pytest
from chinaai.cli.paths_text import print_answer
from chinaai.face import KnowledgeGraph
from chinaai.graph.store import Store
from chinaai.queries.entry import EntryAnswer
from chinaai.queries.entry.brief import calendar
from chinaai.queries.params import QueryError

DAY = "2026-11-28"


@pytest.fixture
def embedded_kg(embedded_shipped: Store) -> KnowledgeGraph:
    return KnowledgeGraph(embedded_shipped)


def asked(kg: KnowledgeGraph, service: str, seat: str = "KR", day: str = DAY, **facts: str) -> EntryAnswer:
    return kg.market_entry_paths(None, service, day, facts={"seat": seat, **facts}, flips=False)


def changes(kg: KnowledgeGraph, service: str, **facts: str) -> EntryAnswer:
    return kg.market_entry_paths(None, service, DAY, facts={"seat": "JP", **facts}, flips=True)


@pytest.mark.parametrize("service", ["ai-agent", "search", "education", "phone-assistant"])
def test_filings_of_a_chinese_firm_for_itself_are_no_road_for_the_brand_of_another(
    kg: KnowledgeGraph, service: str
) -> None:
    """Foreign groups stand on the register by own companies, and no row of it is that of a licensed brand."""
    plans = asked(kg, service).plans
    assert plans[0].strategy.id == "own-company"
    licensed = [plan.gate_evidence.text for plan in plans if plan.strategy.id == "licence"]
    assert licensed and all(text.startswith("domestic, any kind of service: ") for text in licensed)


def test_a_game_still_goes_by_licence_which_alone_is_open(kg: KnowledgeGraph) -> None:
    assert {plan.strategy.id for plan in asked(kg, "game", "SE").plans} == {"licence"}


@pytest.mark.parametrize(
    ("service", "facts", "fact", "bars"),
    [
        ("medical", {"prescribes": "yes"}, "prescribes", ["r.p-rx"]),
        ("education", {"school": "yes"}, "school", ["r.p-photosearch", "r.p-tutor-foreign"]),
    ],
)
def test_what_frees_a_plan_of_a_prohibition_is_told_first(
    embedded_kg: KnowledgeGraph, service: str, facts: dict[str, str], fact: str, bars: list[str]
) -> None:
    answer = changes(embedded_kg, service, **facts)
    first = answer.flips[0]
    assert (first.fact, first.value, first.frees) == (fact, "no", bars)
    assert any(
        line.startswith("What would change it most: ") and "no longer in the way: " in line for line in answer.head
    )
    assert "不再受限于" in first.text_zh


def test_a_change_that_brings_a_prohibition_names_it(embedded_kg: KnowledgeGraph) -> None:
    answer = changes(embedded_kg, "medical", prescribes="no")
    (flip,) = [flip for flip in answer.flips if (flip.fact, flip.value) == ("prescribes", "yes")]
    assert flip.bars == ["r.p-rx"] and "; in the way: No AI prescriptions" in f"; {flip.text.partition(': ')[2]}"


def test_another_kind_of_service_is_no_change_of_this_one(embedded_kg: KnowledgeGraph) -> None:
    """Who sells hosting asks for a cloud, and who publishes weights for open weights."""
    assert not {"sells_hosting", "weights_open"} & {flip.fact for flip in changes(embedded_kg, "robotics").flips}


@pytest.mark.parametrize(
    ("service", "day", "facts", "told"),
    [
        ("adas-l3", DAY, {}, True),
        ("adas-l3", DAY, {"vehicle": "l4"}, True),
        ("adas-l3", "2026-04-28", {}, False),  # the reports are of the day after
        ("adas-l3", DAY, {"onshore_company": "yes", "road_test_permit": "yes", "l3_permit": "yes"}, False),
        ("adas", DAY, {}, False),
    ],
)
def test_a_reported_stop_of_licences_stands_in_front_where_one_is_asked_for(
    kg: KnowledgeGraph, service: str, day: str, facts: dict[str, str], told: bool
) -> None:
    answer = asked(kg, service, "CN", day, **facts)
    lines = [line for line in answer.head if line.startswith("Reported, not settled, not counted: ")]
    assert bool(lines) is told and all("calls this unfounded" in line for line in lines)
    assert any(line.startswith("据报道、未经证实、未计入：") for line in answer.head_zh) is told
    text = calendar(answer).replace("\r\n ", "")
    assert "(reported)" not in text and ("SUMMARY:reported: " in text or not told)


@pytest.mark.parametrize(
    ("service", "seat", "strategy", "why"),
    [
        # audience is the public, as the strategy asks: no word of it
        (
            "robotics",
            "CN",
            "from-abroad",
            "it is a robot; Seat of the group is CN; it is sold in a phone or other terminal",
        ),
        ("in-car", "CN", "licence", "Seat of the group is CN"),
        ("cloud", "KR", "joint-venture", "hosting or cloud resources are sold"),
        # it generates text, as the operator may: only the audience is against it
        ("consumer-chatbot", "CN", "operator", "Audience is the public; Seat of the group is CN"),
    ],
)
def test_a_road_is_no_option_by_the_facts_that_are_against_it(
    embedded_kg: KnowledgeGraph, service: str, seat: str, strategy: str, why: str
) -> None:
    unfit = {row.strategy.id: row.why for row in asked(embedded_kg, service, seat).no_option}
    assert unfit[strategy] == why


def test_what_came_of_a_case_is_not_its_beginning(kg: KnowledgeGraph) -> None:
    """Cases with one event on record, and cases first heard of when they stood on the register."""
    kinds = kg.cypher("MATCH (k:ServiceKind) RETURN k.id AS id").rows
    rows: dict[str, Any] = {
        row.precedent_id: row for kind in kinds for row in kg.precedents(kind["id"], as_of=DAY) if row.kind == "case"
    }
    assert len(rows) > 20
    late = [name for name, row in rows.items() if row.listed and row.started and row.started >= str(row.listed)]
    assert late == []
    # in the number: 202509090068; 202404280016; one event alone, and no row
    assert rows["c.volvo-xiaowo"].started == "2025-09-09"
    assert rows["c.deepseek-filed"].started == "2024-04-28"
    assert (rows["c.manus"].started, rows["c.mercedes-l4"].started) == (None, "2023-12-18")


def test_a_case_that_ended_in_a_row_is_of_the_company_that_owns_its_filer(kg: KnowledgeGraph) -> None:
    """Volvo's assistant once stood under its Chinese parent, and was no precedent from abroad."""
    rows = kg.cypher(
        "MATCH (x:ChinaAI:Case)-[o:CASE_OF {role: 'company'}]->(c:ChinaAI:Company) WHERE x.filing IS NOT NULL "
        "MATCH (:ChinaAI:Filing {id: x.filing})-[:FILED_BY]->(l:ChinaAI:LegalEntity) "
        "MATCH (l)-[:SUBSIDIARY_OF]->(w:ChinaAI:Company) "
        "RETURN x.id AS case, collect(DISTINCT c.id) AS companies, collect(DISTINCT w.id) AS owners"
    ).rows
    assert {"c.volvo-xiaowo", "c.tesla-voice", "c.mercedes-mbva"} <= {row["case"] for row in rows}
    assert [row for row in rows if not set(row["owners"]) & set(row["companies"])] == []


def test_precedents_are_told_apart_by_the_seats_of_their_owners(
    embedded_kg: KnowledgeGraph, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of the clinics and doctors on the register three have owners that are known: Baidu, Baichuan and ByteDance."""
    answer = embedded_kg.market_entry_paths("BYD", "medical", DAY, flips=False)
    gates = {plan.gate: plan.gate_evidence for plan in answer.plans}
    assert (gates["registration"].tier, gates["registration"].took) == ("same-kind", 3)
    assert gates["filing"].tier == "same-owners" and "contradicts" not in gates["filing"].text
    print_answer(answer, limit=1, explain=False)
    said = " ".join(capsys.readouterr().out.split())
    names = ["Baidu (CN): 文心健康管家", "Baichuan AI (CN): 百方AI医生", "ByteDance (CN): 小荷AI医生"]
    assert [said.index(name) for name in names] == sorted(said.index(name) for name in names)
    assert said.index(names[-1]) < said.index(" (owner not known): ")
    print_answer(embedded_kg.market_entry_paths("Tesla", "in-car", DAY, flips=False), limit=1, explain=False)
    said = " ".join(capsys.readouterr().out.split())
    assert said.index("Volvo Car AB (SE): Xiao Wo assistant") < said.index("Li Auto (CN): MindGPT")


@pytest.mark.parametrize(
    ("word", "kinds"),
    [
        ("resume screening", ["internal-tool", "saas"]),
        ("AI glasses", ["phone-assistant"]),
        ("智能玩具", ["companion", "robotics"]),
        ("翻译", ["consumer-chatbot"]),
        ("Copilot", ["ai-agent", "internal-tool", "saas"]),
    ],
)
def test_a_product_that_is_no_kind_is_met_with_the_kinds_it_may_be_of(
    kg: KnowledgeGraph, word: str, kinds: list[str]
) -> None:
    """The same ones whether a case is asked for, or a question on the kind."""
    with pytest.raises(QueryError) as case:
        asked(kg, word)
    assert f"did you mean {' or '.join(kinds)}? kinds: " in str(case.value)
    with pytest.raises(QueryError) as question:
        kg.requirements(word)
    named = str(question.value).partition("did you mean ")[2]
    assert [named.index(f"{kind} (ServiceKind: ") for kind in kinds]
