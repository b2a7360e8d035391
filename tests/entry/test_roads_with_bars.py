"""A road with an open question of law in its way stands behind one that has none, and the head says so.

Which roads have which bars was read in seeds/entry/prohibitions.yaml: from abroad to business customers in every case,
patients' data and shares in firms that train pupils besides."""

from __future__ import annotations

import pytest
from chinaai.cli.paths_text import print_answer
from chinaai.face import KnowledgeGraph
from chinaai.graph.store import Store
from chinaai.queries.entry import EntryAnswer

DAY = "2026-12-01"
TELECOM, TELECOM_ZH = "Telecom licence question of a service sold from abroad", "境外销售的电信业务许可问题"


@pytest.fixture
def embedded_kg(embedded_shipped: Store) -> KnowledgeGraph:
    return KnowledgeGraph(embedded_shipped)


def asked(kg: KnowledgeGraph, service: str, seat: str, onshore: bool, **facts: str) -> EntryAnswer:
    return kg.market_entry_paths(None, service, DAY, seat=seat, onshore=onshore, facts=facts, flips=False)


def binding(answer: EntryAnswer, strategy: str) -> set[str]:
    return {
        bar.id for plan in answer.plans if plan.strategy.id == strategy for bar in plan.bars if bar.state == "binding"
    }


@pytest.mark.parametrize(
    ("service", "seat", "onshore", "facts", "bars"),
    [
        ("saas", "US", False, {}, {"r.p-xb-telecom"}),
        ("saas", "DE", True, {"paid": "yes", "decides": "yes"}, {"r.p-xb-telecom"}),
        ("cloud", "US", True, {}, {"r.p-xb-telecom"}),
        ("enterprise-api", "FR", False, {"model": "foreign"}, {"r.p-xb-telecom"}),
        (
            "medical",
            "DE",
            True,
            {"audience": "business", "generates_text": "no"},
            {"r.p-xb-telecom", "r.p-health-abroad"},
        ),
        ("customer-service", "US", True, {"audience": "business", "customers_public": "yes"}, {"r.p-xb-telecom"}),
    ],
)
def test_what_is_sold_from_abroad_is_no_first_advice_where_a_company_on_the_mainland_may_sell_it(
    kg: KnowledgeGraph, service: str, seat: str, onshore: bool, facts: dict[str, str], bars: set[str]
) -> None:
    answer = asked(kg, service, seat, onshore, **facts)
    assert answer.plans[0].strategy.id == "own-company" and not binding(answer, "own-company")
    assert binding(answer, "from-abroad") == bars
    (back,) = [plan for plan in answer.plans if plan.set_back]
    (line,) = [line for line in answer.head if line.startswith("Not first, for what is in its way: ")]
    assert line.startswith(f"Not first, for what is in its way: From abroad (P50 {back.launch.p50}): ")
    assert TELECOM in line
    (line_zh,) = [line for line in answer.head_zh if line.startswith("因有障碍未列首选：")]
    assert line_zh.startswith(f"因有障碍未列首选：从境外提供（P50 {back.launch.p50}）：") and TELECOM_ZH in line_zh


def test_pupils_are_reached_by_licence_before_a_company_that_foreign_capital_may_not_hold(kg: KnowledgeGraph) -> None:
    answer = asked(kg, "education", "GB", True, school="yes")
    assert answer.plans[0].strategy.id == "licence" and "r.p-tutor-foreign" not in binding(answer, "licence")
    (line,) = [line for line in answer.head if line.startswith("Not first, for what is in its way: ")]
    assert "Through an own company in mainland China (P50 " in line
    assert "No foreign capital in subject training of pupils" in line and "photo-search" not in line
    learners = asked(kg, "education", "GB", True, school="no")
    assert learners.plans[0].strategy.id == "own-company" and not any(plan.set_back for plan in learners.plans)


@pytest.mark.parametrize(("service", "facts"), [("medical", {"prescribes": "yes"}), ("companion", {"minors": "yes"})])
def test_what_binds_every_road_alike_sets_none_back(kg: KnowledgeGraph, service: str, facts: dict[str, str]) -> None:
    answer = asked(kg, service, "JP", True, **facts)
    assert answer.plans[0].strategy.id == "own-company" and binding(answer, "own-company")
    assert not any(plan.set_back for plan in answer.plans)
    assert not any(line.startswith("Not first") for line in answer.head)


def test_a_road_that_would_not_be_first_anyway_is_not_told_as_set_back(kg: KnowledgeGraph) -> None:
    """Microsoft's cloud runs by an operator; what is sold from abroad takes as long and has a question beside."""
    answer = kg.market_entry_paths("Microsoft", "cloud", DAY, flips=False)
    assert answer.plans[0].strategy.id == "operator" and not any(plan.set_back for plan in answer.plans)


def test_who_asks_for_the_road_itself_is_told_what_is_in_its_way(kg: KnowledgeGraph) -> None:
    answer = kg.market_entry_paths(None, "saas", DAY, seat="US", onshore=False, strategy="from-abroad", flips=False)
    assert answer.head[0].startswith(f"In the way: {TELECOM}. ")
    zh = f"障碍：{TELECOM_ZH}。在中国经营电信业务须取得许可；"
    assert answer.head_zh[0].startswith(zh) and answer.head_zh[0].endswith("予以容忍。")
    assert not any(line.startswith("Not first") for line in answer.head)


def test_the_list_of_other_plans_names_what_is_in_their_way(
    embedded_kg: KnowledgeGraph, capsys: pytest.CaptureFixture[str]
) -> None:
    print_answer(asked(embedded_kg, "saas", "US", False), limit=1, explain=False)
    said = " ".join(capsys.readouterr().out.split()).partition("Other plans")[2].partition("No option")[0]
    road = said[said.index("From abroad") :]
    assert f"in the way: {TELECOM} {TELECOM_ZH}" in road and said.count("in the way: ") == 1
