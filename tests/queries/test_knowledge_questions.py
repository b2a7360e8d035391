"""Who builds on what, people, capital, use, the stack, restrictions: rows worked out by hand from seeds/*.yaml.

Both engines are asked. What a day changes is tested on both sides of it.
"""

from __future__ import annotations

from typing import Any, get_args

import pytest
from chinaai import KnowledgeGraph
from chinaai.graph.model.actors import Layer, Sector
from chinaai.graph.store import Store
from chinaai.queries.saved import catalogue

DAY = "2026-11-24"


def test_models_products_and_companies_that_build_on_qwen(kg: KnowledgeGraph) -> None:
    rows = kg.run("who-builds-on", model="通义千问", as_of=DAY)
    found = {(r.user_type, r.user_id, r.how, r.indirect) for r in rows}
    makers = {"airbnb", "apple", "meta", "g42", "abeja", "elyza", "lightblue", "axcxept", "perplexity", "ocbc"}
    built_in = {("Company", name, "builds it in", False) for name in makers}
    products = {("Product", name, "builds it in", False) for name in ("bmw-ipa", "yan-ai")}
    models = {
        ("Model", name, "made from it", False)
        for name in ("baichuan-m2", "deepseek-r1-distill", "keye-vl", "r1-distill-qwen-32b")
    }
    # Skywork-OR1 was made from a model of DeepSeek that was made from Qwen2.5-32B.
    through = {("Model", "skywork-or1", "made from it", True)}
    assert built_in | products | models | through <= found
    assert ("Company", "aws", "serves it from own machines", False) in found
    # What Alibaba made of Qwen is Qwen, not something that builds on it.
    assert not {r.user_id for r in rows} & {"qwen3", "qwen38-max-0902", "qwen"}
    (keye,) = [r for r in rows if r.user_id == "keye-vl"]
    assert (keye.companies, keye.model_id) == (["Kuaishou Technology"], "qwen3-8b")


def test_who_builds_on_a_model_is_told_as_of_a_day(kg: KnowledgeGraph) -> None:
    def users(day: str) -> set[str]:
        return {r.user_id for r in kg.run("who-builds-on", model="Qwen", as_of=day)}

    assert "apple" not in users("2025-02-12")
    assert "apple" in users("2025-02-13")
    assert "abeja" not in users("2025-04-16")


def test_a_version_is_asked_for_by_itself(kg: KnowledgeGraph) -> None:
    rows = kg.run("who-builds-on", model="DeepSeek-R1", as_of="2026-08-12")
    assert {r.model_id for r in rows if not r.indirect} == {"deepseek-r1"}
    users = {(r.user_id, r.how, r.product) for r in rows}
    assert ("microsoft", "serves it from own machines", "Azure AI Foundry") in users
    # Microsoft took it off its list on 2026-08-13.
    later = {r.user_id for r in kg.run("who-builds-on", model="DeepSeek-R1", as_of=DAY)}
    assert "aws" in later and "microsoft" not in later


def test_who_leads_alibaba_and_what_it_makes(kg: KnowledgeGraph) -> None:
    rows = kg.run("people", company="阿里巴巴", as_of=DAY)
    assert {(r.person_id, r.of_id, r.standing, r.since, r.until) for r in rows} >= {
        ("eddie-wu", "alibaba", "in office", "2023-09-10", None),
        ("joe-tsai", "alibaba", "in office", "2023-09-10", None),
        ("wu-zeming", "alibaba", "in office", None, None),
        ("lin-junyang", "qwen", "left", None, "2026-03-04"),
    }
    before = {r.person_id: r.standing for r in kg.run("people", company="XPeng", as_of="2025-10-08")}
    after = {r.person_id: r.standing for r in kg.run("people", company="XPeng", as_of="2025-10-09")}
    assert (before.get("li-liyun"), before.get("liu-xianming")) == ("in office", None)
    assert (after["li-liyun"], after["liu-xianming"]) == ("left", "in office")


def test_founders_are_no_office_holders(kg: KnowledgeGraph) -> None:
    rows = {(r.person_id, r.role, r.standing) for r in kg.run("people", company="Moonshot", as_of=DAY)}
    assert {("yang-zhilin", "founder", "founded"), ("zhang-yutong", "president", "in office")} <= rows


def test_capital_of_moonshot_newest_first(kg: KnowledgeGraph) -> None:
    rows = kg.run("capital", company="月之暗面", as_of=DAY)
    investors = {r.other_id for r in rows if r.what == "investor"}
    assert investors >= {"alibaba", "tencent", "5y-capital", "idg-capital", "china-mobile", "citic-pe", "dragon-ball"}
    values = [(r.value, r.unit, r.day) for r in rows if r.what == "valued at"]
    assert [v for v in values if v[2] <= "2026-05"] == [
        (20e9, "USD", "2026-05"), (10e9, "USD", "2026-02"), (4.8e9, "USD", "2026-01"), (4.3e9, "USD", "2025-12-31"),
    ]  # fmt: skip
    assert not [r for r in kg.run("capital", company="Moonshot", as_of="2024-01-31") if r.other_id == "alibaba"]


@pytest.mark.parametrize(
    ("company", "day", "holders"),
    [
        # BMW took three quarters on 2022-02-11, and held half before.
        ("BMW Brilliance", DAY, {("bmw", "75%"), ("brilliance-china", "25%")}),
        ("BMW Brilliance", "2022-02-10", {("bmw", "50%")}),
        # GM's report for 2024; Bloomberg of 2010-11-11, Gasgoo and China Times of January 2011 on Wuling
        ("SAIC-GM", DAY, {("gm", "50%"), ("saic", "50%")}),
        ("SAIC-GM-Wuling", DAY, {("gm", "44%"), ("saic", "50.1%")}),
        ("SAIC-GM-Wuling", "2010-11-30", {("gm", "34%"), ("saic", "50.1%")}),
    ],
)
def test_shares_of_a_venture_are_told_wherever_they_are_written(
    kg: KnowledgeGraph, company: str, day: str, holders: set[tuple[str, str]]
) -> None:
    rows = kg.run("capital", company=company, as_of=day)
    assert {(row.other_id, row.says) for row in rows if row.what == "shareholder"} == holders


def test_a_listing_and_what_it_raised(kg: KnowledgeGraph) -> None:
    rows = {(r.what, r.other_id, r.value, r.unit) for r in kg.run("capital", company="宇树", as_of=DAY)}
    assert rows >= {
        ("listed on", "sse-star", None, None),
        ("raised", None, 6.099e9, "CNY"),
        ("offer price of a share", None, 150.8, "CNY"),
        ("investor", "deepseek", None, None),
        ("investor", "tencent", None, None),
    }
    # Its application ended with the listing.
    assert not [what for what, *_ in rows if what.startswith("applied")]


def test_firms_that_count_the_same_stand_side_by_side(kg: KnowledgeGraph) -> None:
    rows = kg.run("market", market="cn-assistants", metric="monthly_active_users", as_of=DAY)
    doubao = {(r.day, r.measured_by, r.value) for r in rows if r.subject_id == "doubao-app"}
    assert doubao >= {
        ("2026-02", None, 200e6),  # the page names DataEye and disclosures of firms, and not which of the two it is
        ("2025-11", "AI Product Ranking (AICPB)", 167.91e6),
        ("2025-09", "QuestMobile", 172e6),
        ("2025-05", "QuestMobile", 131e6),
    }


def test_both_sides_of_a_conflict_of_figures_are_rows(kg: KnowledgeGraph) -> None:
    rows = kg.run("market", entity="vivo", metric="market_share", as_of=DAY)
    sides = {(r.value, r.measured_by, r.preferred) for r in rows if r.conflict == "vivo-2025q3-share"}
    assert sides == {(17.2, "IDC", True), (17.3, "IDC", False)}


def test_a_company_is_asked_with_what_it_makes(kg: KnowledgeGraph) -> None:
    found = {(r.subject_id, r.metric, r.value) for r in kg.run("market", entity="Pony.ai", as_of=DAY)}
    assert {("pony-ai", "fleet", 1159.0), ("pony-ai", "fleet", 961.0)} <= found
    tokens = kg.run("market", entity="ByteDance", metric="tokens_processed", as_of=DAY)
    assert {("doubao", 180e12, "2026-06"), ("doubao", 30e12, "2025-09")} <= {
        (r.subject_id, r.value, r.day) for r in tokens
    }


def test_memory_companies_with_buyers_and_those_of_whom_nothing_is_known(kg: KnowledgeGraph) -> None:
    rows = {(r.company_id, r.relation, r.thing_id, r.other_id) for r in kg.run("stack", layer="memory", as_of=DAY)}
    assert rows >= {
        ("cxmt", "designs", "cxmt-g5", None),
        ("cxmt", "supplies", None, "xiaomi"),
        ("sk-hynix", "supplies", None, "huawei"),
        ("samsung", "supplies", None, "huawei"),
        ("ymtc", "licenses to", None, "samsung"),
        ("gigadevice", "stands in the layer, no page cited", None, None),
    }
    # Who has rows of facts has none without.
    assert ("cxmt", "stands in the layer, no page cited", None, None) not in rows


@pytest.mark.parametrize(
    ("chip", "designer", "fabs"),
    [
        ("ascend-910b", "huawei", {"smic"}),
        ("ascend-910c", "huawei", {"smic", "tsmc"}),
        ("kirin-9030", "huawei", {"smic"}),
        ("h200", "nvidia", {"tsmc"}),
        ("xring-o1", "xiaomi", {"tsmc"}),
        ("enflame-s60", "enflame", {"tsmc"}),
    ],
)
def test_who_fabs_which_chip(kg: KnowledgeGraph, chip: str, designer: str, fabs: set[str]) -> None:
    here = kg.run("stack", company=designer, as_of=DAY)
    assert {r.other_id for r in here if (r.relation, r.thing_id) == ("is made for it by", chip)} == fabs
    foundry = kg.run("stack", layer="foundry", as_of=DAY)
    made = {(r.company_id, r.other_id) for r in foundry if (r.relation, r.thing_id) == ("makes", chip)}
    assert made == {(fab, designer) for fab in fabs}


def test_everybody_who_gained_after_deepseek(kg: KnowledgeGraph) -> None:
    found = {(r.other_id, r.after_id) for r in kg.run("beneficiaries", event="深度求索", as_of="2025-03-01")}
    rally = {(name, "deepseek-rally-2025") for name in ("kuaishou", "bilibili", "baidu", "hstech")}
    assert found == rally | {("hstech", "deepseek")}
    only = {r.other_id for r in kg.run("beneficiaries", event="deepseek-rally-2025", as_of="2025-03-01")}
    assert only == {"kuaishou", "bilibili", "baidu", "hstech"}
    assert not kg.run("beneficiaries", event="Baidu", as_of="2025-03-01")


def restrictions(kg: KnowledgeGraph, company: str, day: str = DAY) -> dict[str, Any]:
    return {r.fact_id: r for r in kg.run("restrictions", company=company, as_of=day) if r.kind != "list"}


def test_bans_and_suspensions_of_a_company(kg: KnowledgeGraph) -> None:
    rows = restrictions(kg, "DeepSeek")
    garante = rows["garante-restricts-deepseek"]
    assert (garante.kind, garante.standing, garante.since, garante.until) == ("block", "in force", "2025-01-30", None)
    pipc = rows["pipc-restricts-deepseek"]
    assert (pipc.kind, pipc.standing, pipc.since, pipc.until) == ("suspension", "ended", "2025-02-15", "2025-04-28")
    assert pipc.statement == (
        "Personal Information Protection Commission (Korea): suspension on DeepSeek, since 2025-02-15, "
        "until 2025-04-28 (new app downloads)"
    )
    # The page says how things stood on a day, not since when.
    australia = rows["au-homeaffairs-restricts-deepseek"]
    assert (australia.since, "seen 2025-02-04" in australia.statement) == (None, True)
    assert "pipc-restricts-deepseek" in restrictions(kg, "DeepSeek", "2025-03-01")
    assert "garante-restricts-deepseek" not in restrictions(kg, "DeepSeek", "2025-01-29")


def test_export_rules_reach_a_company_through_what_it_makes_and_whose_it_is(kg: KnowledgeGraph) -> None:
    nvidia = restrictions(kg, "Nvidia")
    assert {"bis-restricts-h20", "bis-permits-h200", "us-president-restricts-h200", "samr-reviews-nvidia"} <= set(
        nvidia
    )
    assert nvidia["bis-restricts-h20"].who == "what it makes, Nvidia H20"
    hisilicon = restrictions(kg, "海思")
    assert hisilicon["bis-restricts-huawei"].who == "the group above it, Huawei"


def test_a_company_that_a_list_prints_twice_is_told_by_each_name(kg: KnowledgeGraph) -> None:
    rows = [r.statement for r in kg.run("restrictions", company="Huawei", as_of=DAY) if r.list_id == "list-1260h"]
    names = ["Huawei Investment & Holding Co., Ltd.", "Huawei Technologies Co., Ltd."]
    assert sorted(rows) == [
        f"Huawei stands on it since 2021-06-03, as {name}, last in the edition of 2026-06-08" for name in names
    ]


def test_a_listing_that_a_fact_and_the_loaded_list_tell_is_one_row_of_every_question(kg: KnowledgeGraph) -> None:
    loaded = "lists-list-1260h-contemporaryamperextechnologycoltd-34d8cf-2025-01-07"
    asked = {
        "restrictions": kg.run("restrictions", company="CATL", as_of=DAY),
        "ties": kg.run("ties", entity="CATL", as_of=DAY),
        "changes": kg.run("changes", start="2025-01-07", end="2025-01-07", entity="CATL"),
    }
    for name, rows in asked.items():
        (row,) = [r for r in rows if "catl-on-list-1260h" in {r.fact_id, *r.others}]
        assert (row.fact_id, row.others, row.confidence) == (loaded, ["catl-on-list-1260h"], 0.95), name
        assert {"list-1260h-2025-01-07", "worldecr-1260h"} <= {page.id for page in row.sources}, name
    (tie,) = [r for r in asked["ties"] if r.fact_id == loaded]
    assert (tie.since, tie.announced, tie.seen) == ("2025-01-07", "2025-01-06", "2026-06-08")
    # The eve of the list stands in the fact alone; nothing of it is lost.
    rows = kg.run("changes", start="2025-01-06", end="2025-01-06", entity="CATL", kind="restriction")
    assert [(r.what, r.fact_id) for r in rows] == [("announced", "catl-on-list-1260h")]


def test_a_listing_of_another_time_stays_a_row_of_its_own_and_a_dispute_is_still_told(kg: KnowledgeGraph) -> None:
    (now,) = [r for r in kg.run("ties", entity="Alibaba", as_of=DAY) if r.other_id == "list-1260h"]
    assert (now.others, now.conflict) == (["alibaba-on-list-1260h"], "alibaba-1260h")
    rows = kg.run("changes", start="2026-02-01", end="2026-06-30", entity="BYD", kind="restriction")
    assert [(r.what, r.day, r.others) for r in rows if r.object_id == "list-1260h"] == [
        ("began", "2026-02-13", []),
        ("ended", "2026-02-14", []),  # it stood for an hour; the first day without it
        ("began", "2026-06-08", ["byd-on-list-1260h"]),
    ]


def test_the_newest_model_of_a_maker_comes_first(kg: KnowledgeGraph) -> None:
    days = [r.released for r in kg.run("models", developer="Moonshot", as_of=DAY)]
    told = [day for day in days if day]
    assert told == sorted(told, reverse=True)
    assert days[: len(told)] == told
    assert kg.run("models", developer="月之暗面", as_of=DAY)[0].model_id == "kimi-k31-pro"


def test_words_that_may_be_chosen_are_those_that_are_declared() -> None:
    for name, param, declared in (("stack", "layer", Layer), ("foreign-chinese-partnerships", "sector", Sector)):
        assert catalogue()[name].front.params[param].choices == list(get_args(declared)), name


def test_partnerships_of_a_sector(kg: KnowledgeGraph) -> None:
    cars = {(r.foreign_id, r.chinese_id) for r in kg.run("foreign-chinese-partnerships", sector="cars", as_of=DAY)}
    assert {("bmw", "alibaba"), ("volkswagen", "xpeng"), ("toyota", "pony-ai"), ("tesla", "baidu")} <= cars
    assert ("apple", "alibaba") not in cars


def test_a_listing_that_was_only_seen_has_no_day_of_its_own(embedded_shipped: Store) -> None:
    """SenseTime has been listed since 2021; a list of shares of August 2026 says no more than that it is."""
    rows = KnowledgeGraph(embedded_shipped).capital("SenseTime", as_of="2026-11-24")
    (listed,) = [row for row in rows if row.what == "listed on"]
    assert (listed.day, listed.since, listed.seen) == (None, None, "2026-08-20")
    told = KnowledgeGraph(embedded_shipped).capital("Unitree", as_of="2026-11-24")
    assert [row.day for row in told if row.what == "listed on"] == ["2026-08-19"]
