"""Orders that answers promise, days on which a thing turns, and counts at their limits; on both engines.

What is expected stands in `seeds/`, and each test says where it follows from.
"""

from __future__ import annotations

from typing import Any

import pytest
from chinaai import KnowledgeGraph

#: Question, what it is asked, columns, and some rows in the order in which they must stand.
ORDERS: list[tuple[str, dict[str, str], tuple[str, ...], list[tuple[Any, ...]]]] = [
    # the newest count first, of one day and firm the largest: two counts by QuestMobile of 2026-02-07
    (
        "market", {"market": "cn-assistants", "as_of": "2026-11-24"}, ("metric", "day", "value"),
        [("daily_active_users", "2026-02-16", 100_000_000), ("daily_active_users", "2026-02-07", 78_710_000),
         ("daily_active_users", "2026-02-07", 73_520_000), ("monthly_active_users", "2026-02-18", 114_000_000),
         ("monthly_active_users", "2025-11", 167_910_000)],
    ),
    # the same: the firms' letters and the shares themselves would give another order
    (
        "shares", {"market": "cn-smartphone-market", "as_of": "2025-03-01"},
        ("subject", "measured_by", "value", "seen"),
        [("OPPO", "Canalys", 14, "2024-Q4"), ("vivo", "Canalys", 19, "2024-Q3"),
         ("Honor Device", "IDC", 17.1, "2024-Q1"), ("vivo", "Counterpoint Research", 18, "2022-Q4")],
    ),
    # figures of one entity the oldest first, whoever counted
    (
        "observations", {"entity": "vivo", "metric": "market_share", "as_of": "2026-11-24"}, ("seen", "measured_by"),
        [("2021-Q3", "Counterpoint Research"), ("2024-Q1", "IDC"), ("2024-Q3", "Canalys"), ("2025-Q4", "Omdia")],
    ),
    # who leads the company itself before the head of a unit, whose id comes first in the alphabet
    (
        "people", {"company": "Huawei", "as_of": "2026-11-24"}, ("standing", "of_id", "person_id"),
        [("in office", "huawei", "richard-yu"), ("in office", "hisilicon", "jeffery-gao"),
         ("in office", "pangu", "richard-yu")],
    ),
    (
        "talks", {"company": "Apple", "as_of": "2025-02-12"}, ("relation", "other_id"),
        [("CONSIDERED", "tencent"), ("NEGOTIATED_WITH", "bytedance")],
    ),
    # printed with 2025/11/1 and with 2026/4/20
    (
        "filings", {"company": "Tesla", "as_of": "2026-11-24"}, ("number",),
        [("Shanghai-TeslaxBotKeHuFuWu-202507230067",), ("Shanghai-TeslaCheJiYuYinDaMoXingFuWu-202603020128",)],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("question", "asked", "columns", "wanted"), ORDERS, ids=[one[0] for one in ORDERS])
def test_rows_stand_in_their_order(
    kg: KnowledgeGraph, question: str, asked: dict[str, str], columns: tuple[str, ...], wanted: list[tuple[Any, ...]]
) -> None:
    rows = [tuple(getattr(row, column) for column in columns) for row in kg.run(question, **asked)]
    assert [row for row in dict.fromkeys(rows) if row in wanted] == wanted


def test_the_shortest_and_best_evidenced_paths_are_kept_where_an_answer_is_cut(kg: KnowledgeGraph) -> None:
    """Apple embeds Qwen by a fact of its own, and works with Alibaba, which made it."""
    asked = {"start": "Apple", "end": "Qwen", "as_of": "2026-11-24"}
    every = [(row.length, -row.confidence) for row in kg.run("path", limit=1000, **asked)]
    assert [length for length, _ in sorted(every)[:2]] == [1, 2] and len(set(every)) < len(every) < 1000
    assert [(row.length, -row.confidence) for row in kg.run("path", limit=25, **asked)] == sorted(every)[:25]


@pytest.mark.parametrize(("day", "status"), [("2026-09-13", "open"), ("2026-09-14", "filed")])
def test_a_case_has_its_outcome_from_the_day_on_which_it_is_told(kg: KnowledgeGraph, day: str, status: str) -> None:
    """`status_as_of` of the case is 2026-09-14."""
    rows = kg.run("precedents", service="phone-assistant", as_of=day)
    (case,) = [row for row in rows if row.precedent_id == "c.apple-intelligence"]
    assert (case.status, case.outcome is None) == (status, status == "open")


@pytest.mark.parametrize(
    ("service", "case", "number"),
    [
        ("customer-service", "c.tesla-xbot", "Shanghai-TeslaxBotKeHuFuWu-202507230067"),
        ("in-car", "c.volvo-xiaowo", "Shanghai-XiaoWoZhiNengZhuShou-202509090068"),
        ("consumer-chatbot", "c.deepseek-filed", "Beijing-DeepseekChat-202404280016"),
    ],
)
def test_a_case_and_its_row_of_the_register_are_one_precedent(
    kg: KnowledgeGraph, service: str, case: str, number: str
) -> None:
    rows = kg.run("precedents", service=service, as_of="2026-11-24")
    assert [(row.precedent_id, row.requirement) for row in rows if row.number == number] == [(case, "r.gai-filing")]
    numbers = [row.number for row in rows if row.number]
    assert len(set(numbers)) == len(numbers)


def test_before_the_outcome_of_a_case_is_told_its_row_stands_for_itself(kg: KnowledgeGraph) -> None:
    """Listed on 2025-11-01 and 11; the outcome of the case is of 2025-11-14."""
    rows = kg.run("precedents", service="customer-service", as_of="2025-11-13")
    found = {row.precedent_id: row.number for row in rows if "Tesla, Inc." in row.companies}
    assert found == {
        "c.tesla-xbot": None,
        "filing-shanghai-teslaxbotkehufuwu-202507230067": "Shanghai-TeslaxBotKeHuFuWu-202507230067",
    }


@pytest.mark.parametrize(("day", "ahead"), [("2026-10-31", True), ("2026-11-01", False)])
def test_law_lies_ahead_until_the_day_before_its_first(kg: KnowledgeGraph, day: str, ahead: bool) -> None:
    """GB/T 47863 is in force from 2026-11-01, GB 47955 from 2027-01-01; a draft without a day stays ahead."""
    items = {row.item_id for row in kg.run("law-ahead", as_of=day)}
    assert ("h.gbt47863" in items) is ahead and {"h.gb47955", "h.minorai26"} <= items


@pytest.mark.parametrize(
    ("day", "told"), [("2026-06-07", {("not named", "2025-01-07")}), ("2026-06-08", {("named", "2026-06-08")})]
)
def test_an_edition_counts_from_its_day(kg: KnowledgeGraph, day: str, told: set[tuple[str, str]]) -> None:
    """Of the editions of 2025-01-07 and 2026-06-08 only the later one prints Alibaba Group Holding Limited."""
    rows = kg.run("restrictions", company="Alibaba", as_of=day)
    assert {(row.standing, row.edition) for row in rows if row.list_id == "list-1260h" and row.edition} == told


@pytest.mark.parametrize(("day", "preferred"), [("2026-07-07", None), ("2026-07-08", False)])
def test_reports_stand_back_from_the_day_on_which_the_register_lists(
    kg: KnowledgeGraph, day: str, preferred: bool | None
) -> None:
    """The conflict prefers the filing of Apple, which the register lists on 2026-07-08."""
    rows = kg.run("approvals", company="Apple", as_of=day)
    (report,) = [row for row in rows if row.fact_id == "apple-intelligence-status-in-market-2026-06"]
    assert report.preferred is preferred and (report.reason is None) is (preferred is None)


FEW = "fewer than 5 waits: read them one by one"


def test_five_waits_are_no_longer_few(kg: KnowledgeGraph) -> None:
    """The register prints four filings of Liaoning and five of Shaanxi, each with a later day than its number."""
    rows = kg.run("time-to-listing", by="province", as_of="2026-11-24")
    told = {row.group: (row.n, row.unknown, row.note) for row in rows if row.kind == "filing"}
    assert (told["辽宁省"], told["陕西省"]) == ((4, 0, FEW), (5, 0, None))
    notes = {}
    for place in ("Liaoning", "Shaanxi"):
        rows = kg.run("place", place=place, as_of="2026-11-24")
        notes[place] = next(row.note for row in rows if row.kind == "filing")
    assert notes == {"Liaoning": FEW, "Shaanxi": "the wait of each is known"}


def test_a_filing_of_two_kinds_names_its_company_once(kg: KnowledgeGraph) -> None:
    """`kinds.yaml` has two lines about 与莉莉通话, `owners.yaml` one about its filer."""
    rows = kg.run("gate-passed", gate="filing", owners="foreign", as_of="2026-11-24")
    (row,) = [row for row in rows if row.filing_id == "filing-beijing-yulilitonghua-202509080122"]
    assert (row.companies, row.kinds) == (["Duolingo, Inc."], ["consumer-chatbot", "education"])


def test_makers_by_their_first_listing(kg: KnowledgeGraph) -> None:
    """云雀 of ByteDance and abab of MiniMax are printed with 2023/8/31, other models of both with later days."""
    rows = {row.company_id: row for row in kg.run("filed-model-makers", as_of="2026-11-24")}
    assert {str(rows[key].first_listed) for key in ("bytedance", "minimax")} == {"2023-08-31"}
    assert rows["bytedance"].n > 1 and rows["minimax"].n > 1


def test_what_supports_a_model_is_among_its_hosts(kg: KnowledgeGraph) -> None:
    """DeepSeek's page of V3 names the accelerators of AMD and of Huawei, seen in December 2024."""
    users = {row.user_id for row in kg.run("hosts", model="DeepSeek-V3", as_of="2025-12-31")}
    assert {"amd", "huawei"} <= users
