"""Market-entry answers over the shipped graph on both engines, against values worked out by hand from the seeds."""

from __future__ import annotations

import csv
import statistics
from datetime import date
from pathlib import Path

import pytest
import yaml
from chinaai.face import KnowledgeGraph
from chinaai.graph.errors import ChinaAIError
from chinaai.queries.entry import EntryAnswer
from chinaai.queries.saved import QueryError

REGISTER = Path(__file__).parents[2] / "seeds" / "registers" / "cac-genai-filings.tsv"
DAY = "2026-11-24"


def printed() -> list[dict[str, str]]:
    """The register's rows as printed, read in the plainest way."""
    with REGISTER.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def days_of(row: dict[str, str]) -> int:
    """Days from the eight digits in a number to the printed date."""
    digits = row["number"].split("-")[-1][:8]
    year, month, day = (int(part) for part in row["date"].split("/"))
    return (date(year, month, day) - date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))).days


def foreign_filings() -> list[dict[str, str]]:
    """Printed 备案 rows of legal entities that a reviewed line gives to an owner outside China."""
    owners = yaml.safe_load((REGISTER.parent / "owners.yaml").read_text(encoding="utf-8"))["owners"]
    foreign = {line["entity"] for line in owners if line["owner_country"] not in ("CN", "HK", "MO", "TW")}
    return [row for row in printed() if row["kind"] == "备案" and row["entity"] in foreign]


PHONES = [row for row in printed() if row["extra"].startswith("适用场景")]


@pytest.mark.parametrize(
    ("company", "actor"),
    [
        ("苹果", "fie"),  # 苹果技术开发（上海）有限公司 stands in the register
        ("Samsung", "fie"),
        ("TSLA", "fie"),
        ("OpenAI", "offshore"),  # no company in mainland China on record
        ("Microsoft", "offshore"),
        ("DeepSeek", "domestic"),
    ],
)
def test_what_a_company_is_follows_from_its_facts(kg: KnowledgeGraph, company: str, actor: str) -> None:
    answer = kg.market_entry_paths(company, "consumer-chatbot", DAY, limit=1)
    assert answer.actor == actor
    assert bool(answer.actor_facts) == (actor == "fie")
    assert all(fact.sources for fact in answer.actor_facts)
    asked = kg.market_entry_paths(company, "consumer-chatbot", DAY, actor="fie", limit=1)
    assert (asked.actor, asked.actor_why) == ("fie", "as asked")


#: Company, service, route, typical days and critical path of the fastest of the route, by hand; middles of the
#: planned intervals: r.entity 90-180 (135; domestic 1-8), r.modelpartner 60, r.content-safety 60, r.gai-reg 90-120
#: (105), r.display-no 3, r.algo-filing at most 42, r.gai-filing 180-240 (210), r.licensee 231, r.hosting 14,
#: r.mlps3 90,
#: r.vats-pilot 128, r.veh-access 180, r.ota 60, r.not-public and r.pi 60 together, r.weights-only 5.
ROUTES = [
    ("Apple", "phone-assistant", "pa.phone", 135 + 105 + 3, ["r.entity", "r.gai-reg", "r.display-no"]),
    ("Duolingo", "consumer-chatbot", "pa.api-register", 135 + 105 + 3, ["r.entity", "r.gai-reg", "r.display-no"]),
    (
        "Coca-Cola",
        "聊天机器人",
        "pa.own-filed",
        135 + 42 + 210 + 3,
        ["r.entity", "r.algo-filing", "r.gai-filing", "r.display-no"],
    ),
    ("特斯拉", "车载语音", "pa.car", 135 + 105 + 3, ["r.entity", "r.gai-reg", "r.display-no"]),
    ("Microsoft", "cloud", "pa.licensed-cloud", 231 + 14 + 90, ["r.licensee", "r.hosting", "r.mlps3"]),
    ("Siemens", "cloud", "pa.pilot-cloud", 135 + 128 + 14 + 90, ["r.entity", "r.vats-pilot", "r.hosting", "r.mlps3"]),
    ("Tesla", "adas", "pa.adas", 180 + 60, ["r.veh-access", "r.ota"]),
    ("SAP", "internal-tool", "pa.internal", 60, ["r.not-public", "r.pi"]),
    ("Meta", "open-weights", "pa.weights", 5, ["r.weights-only"]),
    (
        "深度求索",
        "consumer-chatbot",
        "pa.domestic-own",
        90 + 60 + 210 + 3,
        ["r.lawful-data", "r.gai-secassess", "r.gai-filing", "r.display-no"],
    ),
]


@pytest.mark.parametrize(("company", "service", "route", "days", "chain"), ROUTES, ids=[row[2] for row in ROUTES])
def test_ten_routes(kg: KnowledgeGraph, company: str, service: str, route: str, days: int, chain: list[str]) -> None:
    answer = kg.market_entry_paths(company, service, DAY)
    path = next(path for path in answer.paths if path.route.id == route)
    assert (path.total.typical, path.critical_path) == (days, chain)
    assert not path.blocked
    assert [p.total.typical for p in answer.paths] == sorted(p.total.typical for p in answer.paths)


def test_saved_cypher_tells_the_same_fastest_path(kg: KnowledgeGraph) -> None:
    for company, service, *_ in ROUTES:
        path = kg.market_entry_paths(company, service, DAY, limit=1).paths[0]
        rows = kg.run("entry-path", company=company, service=service, as_of=DAY)
        assert {(r.requirement_id, r.level, r.days_min, r.days_typical, r.days_max, r.days_basis) for r in rows} == {
            (
                s.requirement.id,
                s.level,
                *((s.duration.min, s.duration.typical, s.duration.max) if s.duration else (None,) * 3),
                s.duration.basis if s.duration else None,
            )
            for s in path.steps
        }, (company, service)


def test_options_listed_by_cypher_are_the_planner_s(kg: KnowledgeGraph) -> None:
    answer = kg.market_entry_paths("Apple", "phone-assistant", DAY)
    rows = kg.run("entry-options", service="phone-assistant", actor="fie", as_of=DAY)
    listed = [(r.route_id, r.days_typical, sorted(r.requirements)) for r in rows]
    assert sorted(listed) == sorted((p.route.id, p.total.typical, p.requirements) for p in answer.paths)
    assert [days for _, days, _ in listed] == [p.total.typical for p in answer.paths]
    # 3 bases (registration; filing on a filed or an own base) by 7 ways for data
    assert len(rows) == answer.total_paths == 21
    only = kg.run("entry-options", service="phone-assistant", without="r.modelpartner", as_of=DAY)
    assert len(only) == 14


def test_apple_and_samsung_as_precedents_of_the_phone_route(kg: KnowledgeGraph) -> None:
    assert sorted(days_of(row) for row in PHONES) == [82, 133, 303, 323, 323, 329, 387]
    path = kg.market_entry_paths("Apple", "phone-assistant", DAY, limit=1).paths[0]
    register = {(p.companies[0].id, p.number, p.days) for p in path.precedents if p.kind == "filing"}
    assert {
        ("apple", "Shanghai-AppleZhiNeng-202506160057", 387),
        ("samsung", "Beijing-GalaxyAI-202602250185", 133),
    } <= register
    assert {(number, days) for _, number, days in register} >= {(row["number"], days_of(row)) for row in PHONES}
    cases = {(p.id, p.status, p.days) for p in path.precedents if p.kind == "case"}
    assert cases == {("c.apple-intelligence", "filed", 387), ("c.samsung-s24", "filed", 0)}
    assert [p.own for p in path.precedents] == [True, True] + [False] * (len(path.precedents) - 2)
    assert all(p.days is None or p.days_basis for p in path.precedents)
    assert all(p.sources for p in path.precedents)


def test_cases_on_no_route_stand_apart(kg: KnowledgeGraph) -> None:
    answer = kg.market_entry_paths("Apple", "consumer-chatbot", DAY, limit=1)
    assert {(p.id, p.who, p.status) for p in answer.off_route} == {
        ("c.manus", "Meta Platforms", "refused"),
        ("c.chongqing-gpt", "Nanchuan Rongcheng Network Technology Studio", "penalised"),
    }
    assert not {p.id for p in answer.paths[0].precedents} & {"c.manus", "c.chongqing-gpt"}


def test_nothing_leaks_from_after_the_day(kg: KnowledgeGraph) -> None:
    answer = kg.market_entry_paths("Apple", "phone-assistant", "2026-07-07", limit=1)
    (case,) = answer.record  # the register listed it a day later
    assert (case.id, case.status, case.status_as_of, case.outcome, case.days) == (
        "c.apple-intelligence", "open", None, None, None,
    )  # fmt: skip
    assert [line.split(": ")[0] for line in case.timeline] == [
        "2025-02", "2025-06-05", "2025-10-19", "2026-03-30", "2026-03-30",
    ]  # fmt: skip


def test_a_gate_that_nobody_passed_is_said(kg: KnowledgeGraph) -> None:
    paths = kg.market_entry_paths("Apple", "phone-assistant", DAY).paths
    by_gate = {("r.gai-reg" in p.requirements, any(g.code == "no-precedent" for g in p.gaps)) for p in paths}
    assert by_gate == {(True, True), (False, False)}  # all rows of the kind are filings
    gap = next(g for g in paths[0].gaps if g.code == "no-precedent")
    # the seven with a printed scenario and 豆包手机助手
    assert gap.text == "register rows of this kind of service: 8 met r.gai-filing, none r.gai-reg"


def test_an_observed_wait_takes_the_place_of_an_agent_s_figure_and_says_n(kg: KnowledgeGraph) -> None:
    waits = sorted(days_of(row) for row in PHONES)
    path = next(
        p for p in kg.market_entry_paths("Apple", "phone-assistant", DAY).paths if "r.gai-filing" in p.requirements
    )
    step = next(s for s in path.steps if s.requirement.id == "r.gai-filing")
    assert step.duration is not None
    assert (step.duration.min, step.duration.typical, step.duration.max) == (
        waits[0],
        statistics.median(waits),
        waits[-1],
    )
    assert (step.duration.basis, step.duration.n, step.duration.clock) == ("observed", 7, "derived")
    # r.entity 135, r.algo-filing 42, the wait 323, the number 3
    assert path.total.typical == 135 + 42 + 323 + 3
    listed = [d for d in step.evidence_on_time if d.rule.startswith("Register: ")]
    assert [d.n for d in listed] == [1112, len(foreign_filings()), 8]
    other = next(p for p in kg.market_entry_paths("Duolingo", "chatbot", DAY).paths if "r.gai-filing" in p.requirements)
    kept = next(s.duration for s in other.steps if s.requirement.id == "r.gai-filing")
    assert kept is not None and (kept.min, kept.max, kept.n) == (180, 240, None)


def test_the_blocker_of_openai_s_own_public_service(kg: KnowledgeGraph) -> None:
    answer = kg.market_entry_paths("OpenAI", "consumer-chatbot", DAY)
    bars = {bar.id: bar for bar in answer.prohibitions if bar.state == "binding"}
    assert bars["r.p-offshore"].article == ["Interim Measures for Generative AI Services, 20"]
    assert bars["r.p-offshore"].lifted_by == ["r.entity", "r.licensee", "r.not-public"]
    assert [(p.id, p.status, p.outcome) for p in answer.record] == [
        ("c.openai-block", "refused", "no entry by the supplier itself")
    ]
    assert {p.route.id for p in answer.paths} == {"pa.partner-operated"}  # by a domestic operator alone


def test_what_the_company_holds_stands_at_its_step(kg: KnowledgeGraph) -> None:
    paths = kg.market_entry_paths("Apple", "phone-assistant", DAY).paths
    held = {(s.requirement.id, h.fact_id) for p in paths for s in p.steps for h in s.held}
    assert {requirement for requirement, _ in held} == {"r.entity", "r.gai-filing"}
    assert ("r.gai-filing", "filing-shanghai-applezhineng-202506160057") in held


def test_what_if(kg: KnowledgeGraph) -> None:
    # with a company on hand: contract and filters 60 + 60, registration 105, number 3
    quick = kg.market_entry_paths("Apple", "手机", DAY, having=["r.entity"], limit=1).paths[0]
    assert (quick.total.typical, "r.entity" in quick.requirements) == (228, False)
    # an altered model needs a filing: 2 bases by 7 ways for data
    altered = kg.market_entry_paths("Apple", "手机", DAY, without=["r.modelpartner"])
    assert altered.total_paths == 14
    assert all("r.gai-filing" in p.requirements for p in altered.paths)
    # no joint venture: free of charge or the pilot
    no_jv = kg.market_entry_paths("Duolingo", "chatbot", DAY, without=["r.jv50"])
    assert no_jv.paths and not any("r.jv50" in p.requirements for p in no_jv.paths)
    # before 2023-08-15 there is no filing; before 2024-04-28 no registration
    in_2022 = {n for p in kg.market_entry_paths("Apple", "手机", "2022-06-01").paths for n in p.requirements}
    in_2024 = {n for p in kg.market_entry_paths("Apple", "手机", "2024-01-20").paths for n in p.requirements}
    today = {n for p in kg.market_entry_paths("Apple", "手机", DAY).paths for n in p.requirements}
    gates = {"r.gai-filing", "r.gai-reg"}
    assert (in_2022 & gates, in_2024 & gates, today & gates) == (set(), {"r.gai-filing"}, gates)


def reasons(kg: KnowledgeGraph, company: str, service: str, partner: str, day: str) -> dict[str, list[int]]:
    """Points by code of one candidate."""
    (found,) = [p for p in kg.partners_for(company, service, day) if p.company.id == partner]
    points: dict[str, list[int]] = {}
    for reason in found.reasons:
        points.setdefault(reason.code, []).append(reason.points)
    assert found.score == sum(sum(each) for each in points.values())
    return points


def test_a_score_is_the_sum_of_reasons_that_are_facts(kg: KnowledgeGraph) -> None:
    # filings of Qwen (2023-09-12), Wan (2024-10-31) and the Qwen task assistant (2026-08-24); a confirmed
    # partnership from 2025-02-13; on the 1260H list from 2026-06-08
    assert reasons(kg, "Apple", "phone-assistant", "alibaba", DAY) == {
        "evidence": [3, 1, 1], "partner": [4], "control-list": [-2],
    }  # fmt: skip
    assert reasons(kg, "Apple", "phone-assistant", "alibaba", "2025-03-01") == {"evidence": [3, 1], "partner": [4]}
    assert reasons(kg, "Apple", "phone-assistant", "alibaba", "2024-06-30") == {"evidence": [3]}
    # the maker of MiniCPM served Samsung's phone; three of its models are filed
    assert reasons(kg, "Apple", "phone-assistant", "modelbest", DAY) == {"evidence": [3, 1, 1], "served": [2]}


def test_partners_hold_the_evidence_of_their_step(kg: KnowledgeGraph) -> None:
    filed = {row["number"] for row in printed() if row["kind"] == "备案"}
    steps = {"r.modelpartner": "filing-", "r.licensee": "c.", "r.map-partner": "c."}
    seen = set()
    for company, service, *_ in ROUTES:
        for partner in kg.partners_for(company, service, DAY):
            proofs = [reason for reason in partner.reasons if reason.code == "evidence"]
            assert proofs and all(reason.sources for reason in partner.reasons)
            assert all(reason.fact_id.startswith(steps[partner.requirement.id]) for reason in proofs)
            seen |= {(partner.requirement.id, reason.fact_id) for reason in proofs}
    keys = [fact for step, fact in seen if step == "r.modelpartner"]
    rows = kg.cypher("MATCH (f:ChinaAI:Filing) WHERE f.id IN $keys RETURN f.number_printed AS n", keys=keys).rows
    assert rows and {row["n"] for row in rows} <= filed
    operators = {p.company.id for p in kg.partners_for("Microsoft", "cloud", DAY) if p.requirement.id == "r.licensee"}
    assert operators == {"21vianet", "gcbd", "nwcd", "sinnet"}
    assert [p.company.id for p in kg.partners_for("BMW", "adas", DAY)] == ["baidu"]


def every_answer(kg: KnowledgeGraph) -> list[EntryAnswer]:
    services = kg.cypher("MATCH (s:ChinaAI:ServiceKind) RETURN s.id AS id ORDER BY id").rows
    return [
        kg.market_entry_paths(company, row["id"], DAY, limit=3)
        for row in services
        for company in ("Apple", "OpenAI", "DeepSeek")
    ]


def test_no_time_without_basis_and_no_step_without_law_and_page_or_gap(kg: KnowledgeGraph) -> None:
    steps = [step for answer in every_answer(kg) for path in answer.paths for step in path.steps]
    assert len(steps) > 300
    for step in steps:
        codes = {gap.code for gap in step.gaps}
        assert step.basis or "no-legal-basis" in codes
        assert step.sources or "no-source" in codes
        for duration in [*([step.duration] if step.duration else []), *step.evidence_on_time]:
            assert duration.basis in ("statutory", "observed", "estimate") and duration.rule
            assert duration.source or duration.basis == "estimate"


def test_two_companies_and_two_services_side_by_side(kg: KnowledgeGraph) -> None:
    found = kg.compare_entry("Apple", "phone-assistant", "Samsung", DAY)
    rows = {row.aspect: (row.left, row.right, row.differs) for row in found.rows}
    assert rows["company"] == ("Apple Inc.", "Samsung Electronics", True)
    assert rows["own record"][0].startswith("Apple智能: listed 2026-07-08, 387 days")
    assert rows["own record"][1].startswith("盖乐世AI: listed 2026-07-08, 133 days")
    assert (found.left_only, found.right_only) == ([], [])
    services = kg.compare_entry("Apple", "phone-assistant", "in-car", DAY)
    # goals: r.nal, r.minors and r.xb of the phone; r.veh-access, r.auto-data and r.auto-xb of the car
    assert services.left_only == ["r.minors", "r.nal", "r.xb"]
    assert services.right_only == ["r.auto-data", "r.auto-xb", "r.veh-access"]


def test_what_can_t_be_asked_is_said(kg: KnowledgeGraph) -> None:
    with pytest.raises(QueryError, match="unknown ServiceKind 'phone-assistent'; did you mean phone-assistant"):
        kg.market_entry_paths("Apple", "phone-assistent", DAY)
    with pytest.raises(ChinaAIError, match="unknown actor 'foreign'; known: "):
        kg.market_entry_paths("Apple", "cloud", DAY, actor="foreign")
    with pytest.raises(ChinaAIError, match=r"unknown requirement 'r.nothing'"):
        kg.market_entry_paths("Apple", "cloud", DAY, having=["r.nothing"])
    with pytest.raises(ChinaAIError, match=r"both in having and without: r.entity"):
        kg.market_entry_paths("Apple", "cloud", DAY, having=["r.entity"], without=["r.entity"])
    with pytest.raises(QueryError, match=r"'Kimi' is no Company|unknown Company 'Kimi'"):
        kg.partners_for("Kimi", "cloud", DAY)
