"""Answers on the shipped seeds. Expected rows were worked out by hand from seeds/*.yaml and the rules in
decisions/0002: what is known from when, and until when it holds."""

from __future__ import annotations

import pytest
from chinaai.face import KnowledgeGraph


@pytest.mark.parametrize(
    ("day", "partners"),
    [
        ("2022-12-31", set()),
        ("2025-02-12", set()),
        ("2025-03-01", {("alibaba", "confirmed", "2025-02-13", None)}),
        ("2025-12-31", {("alibaba", "confirmed", "2025-02-13", None), ("baidu", "reported", None, "2025-09")}),
        ("2026-11-24", {("alibaba", "confirmed", "2025-02-13", None), ("baidu", "reported", None, "2025-09")}),
    ],
)
def test_partners_of_apple(
    kg: KnowledgeGraph, day: str, partners: set[tuple[str, str, str | None, str | None]]
) -> None:
    assert {(r.partner_id, r.status, r.announced, r.seen) for r in kg.partnerships("Apple", as_of=day)} == partners


def test_the_other_side_is_named_beside_the_one_shown(kg: KnowledgeGraph) -> None:
    (baidu,) = [r for r in kg.partnerships("苹果", as_of="2025-12-31") if r.partner_id == "baidu"]
    assert baidu.conflict == "apple-baidu-role"
    sides = {(r.fact_id, r.preferred) for r in kg.conflicts() if r.conflict == "apple-baidu-role"}
    assert sides == {("apple-with-baidu", None), ("apple-considered-baidu-rejected", None)}


def test_talks_of_apple_before_and_after_it_chose(kg: KnowledgeGraph) -> None:
    def talks(day: str) -> set[tuple[str, str]]:
        return {(r.relation, r.other_id) for r in kg.run("talks", company="Apple", as_of=day)}

    considered = {("CONSIDERED", c) for c in ("baidu", "bytedance", "deepseek", "tencent")}
    assert talks("2025-02-12") == considered | {("NEGOTIATED_WITH", c) for c in ("baidu", "bytedance", "tencent")}
    assert talks("2025-03-01") == considered
    # The talks with Baidu have no date of their own; their earliest source is of 2024-12-19.
    assert talks("2024-12-31") == {("NEGOTIATED_WITH", c) for c in ("baidu", "bytedance", "tencent")}


def test_cambricon_shows_one_revenue_and_names_the_misprint(kg: KnowledgeGraph) -> None:
    rows = kg.observations("寒武纪", metric="revenue")
    assert [(r.value, r.unit, r.seen, r.conflict) for r in rows] == [
        (2_881_000_000.0, "CNY", "2025-H1", "cambricon-h1-revenue")
    ]
    sides = {(r.fact_id, r.preferred) for r in kg.conflicts() if r.conflict == "cambricon-h1-revenue"}
    assert sides == {("cambricon-revenue-2025-h1", True), ("cambricon-revenue-2025-h1-misprint", False)}


def test_three_firms_count_phone_shares_side_by_side(kg: KnowledgeGraph) -> None:
    rows = kg.run("shares", market="cn-smartphone-market", as_of="2026-11-24")
    apple = {(r.seen, r.measured_by, r.value) for r in rows if r.subject == "Apple Inc." and r.seen[:4] == "2024"}
    assert apple == {
        ("2024-Q1", "IDC", 15.6),
        ("2024-Q4", "Canalys", 17.0),
        ("2024", "Canalys", 15.0),
        ("2024", "Counterpoint Research", 15.5),
    }


def test_a_share_of_a_year_is_not_known_before_the_year_is_over(kg: KnowledgeGraph) -> None:
    rows = kg.run("shares", market="cn-smartphone-market", as_of="2024-12-31")
    past = {"2021-Q3", "2021-Q4", "2022-Q1", "2022-Q2", "2022-Q3", "2022-Q4"}
    assert {r.seen for r in rows} == past | {"2024-Q1", "2024-Q3"}


def test_the_multiples_of_the_index(kg: KnowledgeGraph) -> None:
    rows = kg.observations("恒生科技指数", metric="forward_pe", as_of="2025-03-01")
    assert {(r.value, r.seen, r.confidence is not None) for r in rows} == {(18.5, "2025-02-06", True)}
    average = kg.observations("hstech", metric="forward_pe_5y_average", as_of="2025-10-01")
    assert [(r.value, r.seen) for r in average] == [(23.3, "2025-09-17")]


def test_who_embeds_qwen(kg: KnowledgeGraph) -> None:
    def users(day: str) -> set[tuple[str, str, str | None]]:
        return {(r.user_id, r.status, r.developer) for r in kg.embeds("Qwen", as_of=day)}

    assert users("2025-03-01") == {("apple", "announced", "Alibaba Cloud")}
    # Qwen left the cloud unit on 2026-03-16; the cloud unit's line counts until March is over.
    assert users("2026-11-24") == {
        ("airbnb", "confirmed", "Alibaba Group"),
        ("apple", "announced", "Alibaba Group"),
        ("bmw-ipa", "announced", "Alibaba Group"),
        ("yan-ai", "confirmed", "Alibaba Group"),
        # companies abroad that build on its open weights, each from the page beside its fact
        ("abeja", "confirmed", "Alibaba Group"), ("axcxept", "confirmed", "Alibaba Group"),
        ("elyza", "confirmed", "Alibaba Group"), ("g42", "reported", "Alibaba Group"),
        ("lightblue", "reported", "Alibaba Group"), ("meta", "reported", "Alibaba Group"),
        ("ocbc", "reported", "Alibaba Group"), ("perplexity", "reported", "Alibaba Group"),
    }  # fmt: skip


def test_each_model_of_a_host_has_its_own_days(kg: KnowledgeGraph) -> None:
    """Azure took Kimi K2 Thinking off on 2026-03-29 and sells K2.5 to K2.7; Nvidia had M2 to March, M2.7 to July."""

    def had(host: str, models: tuple[str, ...], day: str) -> list[str]:
        """Those of the models that a fact gives to the host; the list of offers of June 2026 knows of no end."""
        return [m for m in models if any(r.fact_id.startswith(f"{host}-hosts-") for r in kg.hosts(m, as_of=day))]

    kimi = ("Kimi K2", "Kimi K2 Thinking", "Kimi K2.5", "Kimi K2.6", "Kimi K2.7 Code")
    assert had("microsoft", kimi, "2026-03-01") == ["Kimi K2 Thinking"]
    assert had("microsoft", kimi, "2026-11-24") == ["Kimi K2.5", "Kimi K2.6", "Kimi K2.7 Code"]
    minimax = ("MiniMax-M2", "MiniMax-M2.7")
    assert had("nvidia", minimax, "2025-12-01") == ["MiniMax-M2"]
    assert had("nvidia", minimax, "2026-05-01") == ["MiniMax-M2.7"]
    assert had("nvidia", minimax, "2026-09-01") == []
    assert had("nebius", kimi, "2026-03-01") == ["Kimi K2", "Kimi K2.5"] and had("nebius", kimi, "2026-07-01") == []


def test_who_hosts_deepseek_r1(kg: KnowledgeGraph) -> None:
    rows = kg.hosts("DeepSeek-R1", as_of="2025-01-29")
    assert {(r.user_id, r.announced) for r in rows} == {("azure-foundry", "2025-01-29"), ("microsoft", "2025-01-29")}
    rows = kg.hosts("DeepSeek-R1", as_of="2025-12-31")
    assert {r.user_id for r in rows} == {"aws", "azure-foundry", "microsoft", "nvidia"}


def test_beneficiaries_of_the_rally(kg: KnowledgeGraph) -> None:
    rows = kg.beneficiaries("deepseek-rally-2025", as_of="2025-03-01")
    assert {r.other_id for r in rows} == {"kuaishou", "bilibili", "baidu", "hstech"}
    assert {r.other_id: {s.id for s in r.sources} for r in rows} == {
        "baidu": {"seed-article", "scmp-2025-01-28-baidu"},
        "bilibili": {"seed-article"},
        "hstech": {"seed-article", "xinhua-hstech-2025-02-15"},
        "kuaishou": {"seed-article", "moneylink-2025-02-14"},
    }


def test_paths_from_apple_to_qwen(kg: KnowledgeGraph) -> None:
    rows = kg.path("Apple", "qwen", as_of="2025-03-01")
    assert [[(s["relation"], s["from"], s["to"]) for s in r.steps] for r in rows] == [
        [("EMBEDS", "apple", "qwen")],
        [
            ("PARTNERS_WITH", "apple", "alibaba"),
            ("SUBSIDIARY_OF", "alibaba-cloud", "alibaba"),
            ("DEVELOPED", "alibaba-cloud", "qwen"),
        ],
    ]
    assert all(step["sources"] for r in rows for step in r.steps)


def test_lineage_of_deepseek_r1(kg: KnowledgeGraph) -> None:
    rows = kg.run("lineage", model="DeepSeek-R1", as_of="2025-12-31")
    assert {(r.relation, r.direction, r.other_id) for r in rows} == {
        ("DERIVED_FROM", "out", "deepseek-v3"),
        ("DERIVED_FROM", "in", "deepseek-r1-distill"),
        ("IN_FAMILY", "out", "deepseek-models"),
        ("LICENSED_UNDER", "out", "mit"),
    }


def test_models_of_deepseek(kg: KnowledgeGraph) -> None:
    rows = kg.models("深度求索", as_of="2025-12-31")
    assert {(r.model_id, r.released) for r in rows if r.released} >= {
        ("deepseek-r1", "2025-01-20"),
        ("deepseek-v3", "2024-12-26"),
        ("deepseek-v2", "2024-05-06"),
    }
    assert not {"deepseek-v4-pro", "deepseek-v4-flash"} & {r.model_id for r in rows}


def test_foreign_chinese_pairs(kg: KnowledgeGraph) -> None:
    rows = kg.foreign_chinese_partnerships(as_of="2024-02-01")
    pairs = {(r.foreign_id, r.chinese_id) for r in rows}
    assert ("samsung", "baidu") in pairs
    assert ("apple", "alibaba") not in pairs
    assert {r.country for r in rows}.isdisjoint({"CN", "HK", "MO", None})


def test_the_article_is_accounted_for(kg: KnowledgeGraph) -> None:
    rows = {r.sentence: r for r in kg.run("article")}
    assert len(rows) == 30
    assert (rows["p1s1"].account, rows["p9s4"].account) == ("opinion", "opinion")
    assert rows["p5s3"].account == "refused"
    assert "garbled" in rows["p5s3"].reason
    assert rows["p4s2"].facts == ["apple-with-alibaba"]
    assert kg.run("names", text="Pakistan") == []


def test_sources_explain_a_confidence(kg: KnowledgeGraph) -> None:
    rows = kg.sources("cambricon-revenue-2025-h1-misprint")
    # One trade page, reported: 0.75 x 0.90 = 0.675, rounded to 0.68 (half to even over 0.675 in binary is 0.68).
    assert [(r.source_id, r.kind, r.confidence, r.confidence_why) for r in rows] == [
        ("trendforce-cambricon", "trade", 0.68, "trade 0.75; reported ×0.90; = 0.68")
    ]


def test_what_a_foreign_phone_assistant_needs(kg: KnowledgeGraph) -> None:
    rows = kg.run("requirements", service="手机助手", as_of="2026-11-24")
    assert ("r.gai-reg", "Provincial cyberspace administrations (e.g. Beijing, Shanghai, Guangdong)") in {
        (r.requirement_id, r.authority) for r in rows
    }
    assert all(r.sources for r in rows)
    # Plans are stored for work that begins on the day of the seeds' review; an earlier day is the planner's.
    assert not kg.run("requirements", service="phone-assistant", as_of="2023-08-14")


def test_the_first_plan_of_a_foreign_phone_maker_goes_by_filing(kg: KnowledgeGraph) -> None:
    """Apple and Samsung have filings on the register, and no foreign phone has a registration."""
    rows = kg.run("entry-path", service="phone-assistant", actor="fie", as_of="2026-11-24")
    assert {(r.strategy, r.gate) for r in rows} == {("Through an own company in mainland China", "filing")}
    assert {"r.gai-filing", "r.nal", "r.label"} <= {r.requirement_id for r in rows if r.status == "due"}
    assert {r.requirement_id for r in rows if r.status == "held"} >= {"r.entity"}
    assert all(r.sources for r in rows)
    assert all(r.days_basis and r.measures for r in rows if r.days_max is not None)


def test_duties_by_fact_by_law_and_ahead(kg: KnowledgeGraph) -> None:
    paid = kg.run("fact-duties", fact="fact.paid", as_of="2026-11-24")
    assert "r.vats-b25" in {r.duty_id for r in paid}
    law = kg.run("law-duties", instrument="生成式人工智能服务管理暂行办法", as_of="2026-11-24")
    assert ("r.gai-filing", "17") in {(r.duty_id, r.article) for r in law}
    articles = [r.article for r in law]
    assert articles.index("7") < articles.index("17")
    ahead = kg.run("law-ahead", requirement="r.gb-l2", as_of="2026-11-24")
    assert "2027-01-01" in {r.day for r in ahead}
    days = ("2026-12-31", "2027-01-01")  # law is ahead to the eve of its first day
    law_of = [{r.item_id for r in kg.run("law-ahead", requirement="r.gb-l2", as_of=day)} for day in days]
    assert ["h.gb47955" in items for items in law_of] == [True, False]
    passed = kg.run("gate-passed", gate="registration", owners="foreign", as_of="2026-11-24")
    assert {c for r in passed for c in r.companies} == {"Honda Motor", "Canva Pty Ltd"}


def test_the_history_of_a_tie_ends_with_the_day_that_is_asked_for(kg: KnowledgeGraph) -> None:
    def days(company: str, partner: str, day: str) -> list[str]:
        (row,) = [row for row in kg.partnerships(company, day) if row.partner_id == partner]
        return [step.split(" ")[0] for step in row.history]

    asked = ("2025-03-01", "2026-07-14", "2026-07-15", "2026-08-13", "2026-08-14")
    told = ["2026-07-15", "2026-08-14"]
    assert [days("Apple", "alibaba", day) for day in asked] == [[], [], told[:1], told[:1], told]
    assert [days("Toyota", "pony-ai", day) for day in ("2023-08-03", "2023-08-04")] == [[], ["2023-08-04"]]
