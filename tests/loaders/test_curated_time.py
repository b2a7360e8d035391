"""What held on a day. Expected rows were worked out by hand from seeds/*.yaml and decisions/0002."""

from __future__ import annotations

import pytest
from chinaai.face import KnowledgeGraph


def ties(kg: KnowledgeGraph, entity: str, relation: str, day: str) -> set[tuple[str, str]]:
    """Other ends of one relation on a day, with the status."""
    return {(r.other_id, r.status) for r in kg.ties(entity, as_of=day) if r.relation == relation}


@pytest.mark.parametrize(
    ("day", "members"),
    [
        # East Buy has no date of its own; its page is of February 2025. It left on 2025-03-10.
        ("2022-12-31", set()),
        ("2025-02-12", {"east-buy"}),
        # The compiler told on 2025-02-21 that ZhongAn would leave on 2025-03-10.
        ("2025-03-01", {"east-buy", "zhongan"}),
        ("2025-05-20", {"horizon", "tencent-music", "china-literature"}),
        ("2025-12-31", {"horizon", "tencent-music", "byd", "leapmotor"}),
        ("2026-11-24", {"horizon", "tencent-music", "byd", "leapmotor", "minimax", "zhipu"}),
    ],
)
def test_who_came_into_the_index_and_who_left(kg: KnowledgeGraph, day: str, members: set[str]) -> None:
    movers = {"east-buy", "zhongan", "china-literature", "horizon", "tencent-music", "byd", "leapmotor"}
    found = {other for other, _ in ties(kg, "hstech", "MEMBER_OF_INDEX", day)}
    assert found & (movers | {"minimax", "zhipu"}) == members


@pytest.mark.parametrize(
    ("day", "lists", "spun_out"),
    [
        # section 889 names it since the act of 2018-08-13, 1260H since the edition of June 2021
        ("2018-08-12", set(), set()),
        ("2019-05-15", {"us-section-889"}, set()),
        ("2019-05-16", {"us-section-889", "entity-list"}, set()),
        ("2022-12-31", {"us-section-889", "entity-list", "list-1260h"}, {("honor", "confirmed")}),
        ("2026-11-24", {"us-section-889", "entity-list", "list-1260h"}, {("honor", "confirmed")}),
    ],
)
def test_huawei_on_the_list_and_without_honor(
    kg: KnowledgeGraph, day: str, lists: set[str], spun_out: set[tuple[str, str]]
) -> None:
    assert ties(kg, "华为", "NAMED_IN", day) == {(name, "confirmed") for name in lists}
    assert ties(kg, "Huawei", "SPUN_OUT_OF", day) == spun_out


@pytest.mark.parametrize(
    ("day", "held"),
    [("2025-02-14", False), ("2025-02-15", True), ("2025-03-01", True), ("2025-04-27", True), ("2025-04-28", False)],
)
def test_the_korean_stop_of_deepseek_ended(kg: KnowledgeGraph, day: str, held: bool) -> None:
    assert (("pipc", "ended") in ties(kg, "DeepSeek", "RESTRICTS", day)) is held


@pytest.mark.parametrize(
    ("day", "buyers"),
    [
        ("2025-12-28", set()),
        ("2025-12-31", {("meta", "ended")}),
        # China ordered it undone on 2026-04-27; by pages of May and June 2026 Meta still had it.
        ("2026-04-27", {("meta", "ended")}),
        ("2026-06-18", {("meta", "ended")}),
        ("2026-10-08", set()),
    ],
)
def test_a_purchase_that_was_undone(kg: KnowledgeGraph, day: str, buyers: set[tuple[str, str]]) -> None:
    assert ties(kg, "Manus", "ACQUIRED", day) == buyers


@pytest.mark.parametrize(
    ("day", "makers"),
    [
        ("2025-12-31", {("alibaba-cloud", "ended")}),
        # The cloud unit's line ends in March 2026, on a day that no page names.
        ("2026-03-16", {("alibaba-cloud", "ended"), ("alibaba", "confirmed")}),
        ("2026-11-24", {("alibaba", "confirmed")}),
    ],
)
def test_qwen_left_the_cloud_unit(kg: KnowledgeGraph, day: str, makers: set[tuple[str, str]]) -> None:
    assert ties(kg, "Qwen", "DEVELOPED", day) == makers


def test_alibaba_on_the_list_of_the_pentagon(kg: KnowledgeGraph) -> None:
    assert ties(kg, "阿里巴巴", "NAMED_IN", "2025-12-31") == set()
    now = [r for r in kg.ties("阿里巴巴", as_of="2026-11-24") if r.relation == "NAMED_IN"]
    # the row of the edition, with the curated fact that tells the same and that a statement of Alibaba disputes
    assert [(r.other_id, r.since, r.others, r.conflict) for r in now] == [
        ("list-1260h", "2026-06-08", ["alibaba-on-list-1260h"], "alibaba-1260h"),
    ]  # fmt: skip


def test_every_open_conflict_with_all_its_sides(kg: KnowledgeGraph) -> None:
    sides: dict[str, set[tuple[str, bool | None]]] = {}
    for row in kg.conflicts():
        sides.setdefault(row.conflict, set()).add((row.fact_id, row.preferred))
    assert sides == {
        "airbnb-qwen-weight": {("airbnb-embeds-qwen", None), ("airbnb-statement-2026-05-2", None)},
        "alibaba-1260h": {
            ("alibaba-on-list-1260h", None),
            ("alibaba-on-list-1260h-feb-2026", None),
            ("alibaba-statement-2025-11", None),
        },
        "apple-intelligence-approval": {
            ("apple-intelligence-status-in-market-2026-06", False),
            ("filing-shanghai-applezhineng-202506160057", True),
        },
        "apple-baidu-role": {("apple-considered-baidu-rejected", None), ("apple-with-baidu", None)},
        "ascend-950pr-figures": {("ascend-950pr-feature-2025-09-18", None), ("atlas-350-feature-2026-09-11", None)},
        "cambricon-h1-revenue": {
            ("cambricon-revenue-2025-h1", True),
            ("cambricon-revenue-2025-h1-misprint", False),
        },
        "deepseek-founding-date": {("deepseek-founded", None), ("deepseek-founded-2", None)},
        "minimax-first-day": {("minimax-first-day", True), ("minimax-first-day-intraday", False)},
        "moore-first-day": {("moore-threads-first-day", True), ("moore-threads-first-day-411", False)},
        "phones-2024-growth": {
            ("cn-smartphone-market-growth-canalys-2024", None),
            ("cn-smartphone-market-growth-idc-2024", None),
        },
        "phones-2024-ranking": {
            ("apple-market-share-canalys-2024", None),
            ("apple-market-share-counterpoint-2024", None),
        },
        "vivo-2025q3-share": {
            ("vivo-market-share-idc-2025-q3", False),
            ("vivo-market-share-idc-2025-q3-2", True),
        },
    }


def test_a_plan_is_no_listing_and_no_operation(kg: KnowledgeGraph) -> None:
    def listed(day: str) -> set[str]:
        return {r.other_id for r in kg.ties("hkex", as_of=day) if r.relation == "LISTED_ON"}

    # the offering was told of long before; trading began on 2026-07-08
    assert "momenta" not in listed("2026-07-07") and "momenta" in listed("2026-07-08")
    assert {r.relation for r in kg.ties("gcbd", as_of="2026-11-24")} == {"OPERATES"}
    assert {r.other_id for r in kg.ties("gcbd", as_of="2026-11-24")} == {"icloud-china"}
