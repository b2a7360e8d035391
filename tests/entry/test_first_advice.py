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
        # the first road is a licence, which holds no share in a firm that trains pupils
        ("education", {"school": "yes"}, "school", ["r.p-photosearch"]),
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


@pytest.mark.parametrize("service", ["enterprise-api", "open-weights", "recommender", "education"])
def test_what_would_change_it_most_is_a_question_of_this_kind(embedded_kg: KnowledgeGraph, service: str) -> None:
    """Maps, diagnosis or banks are no part of these kinds unless somebody says so: such changes end the list."""
    answer = changes(embedded_kg, service)
    strange = [answer.case[flip.fact].origin == "default" and not flip.frees for flip in answer.flips]
    assert any(strange) and strange == sorted(strange)
    (line,) = [line for line in answer.head if line.startswith("What would change it most: ")]
    (told,) = [flip for flip in answer.flips if line == f"What would change it most: {flip.text}."]
    assert answer.case[told.fact].origin != "default"
    assert told.days or told.adds or told.removes or told.opens, "a road beside the first plan is no change of it"


def test_a_change_names_roads_and_gates_by_their_names(embedded_kg: KnowledgeGraph) -> None:
    search = {(flip.fact, flip.value): flip for flip in changes(embedded_kg, "search").flips}
    gone = search["paid", "yes"]
    own = ("Through an own company in mainland China", "通过自有境内公司")
    assert gone.text == f"if users pay for it: no plan is left by this strategy; no longer open: {own[0]}"
    assert gone.text_zh == f"若向用户收费：该策略不再有方案；不再可行：{own[1]}"
    api = embedded_kg.market_entry_paths(None, "enterprise-api", DAY, seat="CN", facts={"model": "own"})
    (public,) = [flip for flip in api.flips if flip.fact == "customers_public"]
    assert public.text.endswith("; gate none → filing 备案") and public.text_zh.endswith("关口无→备案")


def test_a_duty_that_only_a_later_day_brings_says_so(embedded_kg: KnowledgeGraph) -> None:
    """The standards bind types already approved from 2028-01-01; the place of the office has no part in them."""
    answer = embedded_kg.market_entry_paths(None, "in-car", DAY, facts={"seat": "KR"})
    said = "Vehicle cybersecurity, update and recorder standards"
    flips = {(flip.fact, flip.value): flip.text for flip in answer.flips if "r.gb-vehsec" in flip.adds}
    assert f"+ {said} (its law begins by that launch)" in flips["province", "sichuan"]
    assert flips["new_type", "yes"].endswith(f"+ {said}")  # the type asks for them by itself


@pytest.mark.parametrize("seat", ["DE", "JP"])
def test_of_roads_that_end_on_one_day_the_one_of_fewer_steps_comes_first(kg: KnowledgeGraph, seat: str) -> None:
    """A joint venture for driving functions takes as long as an own company, and merger control may come on top."""
    first, second = asked(kg, "adas", seat).plans[:2]
    assert (first.strategy.id, second.strategy.id) == ("own-company", "joint-venture")
    assert first.launch.p50 == second.launch.p50


@pytest.mark.parametrize("company", ["HSBC", "OCBC", "Standard Chartered"])
@pytest.mark.parametrize("service", ["internal-tool", "consumer-chatbot"])
def test_a_bank_is_bound_by_its_supervisors(kg: KnowledgeGraph, company: str, service: str) -> None:
    answer = kg.market_entry_paths(company, service, DAY, flips=False)
    assert (answer.case["finance"].value, answer.case["finance"].origin) == ("yes", "assumption")
    assert "r.fin" in {step.requirement.id for step in answer.plans[0].steps if step.status == "due"}
    said = kg.market_entry_paths(company, service, DAY, facts={"finance": "no"}, flips=False)
    assert "r.fin" not in {step.requirement.id for step in said.plans[0].steps if step.status == "due"}
    other = kg.market_entry_paths("Grab", service, DAY, flips=False)
    assert other.case["finance"].origin == "default"


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        ({"zone": "gba"}, "depends"),
        ({"zone": "gba", "persons_out": "over-1m"}, "due"),
        ({"zone": "shanghai", "off_list": "yes"}, "depends"),
        ({"zone": "shanghai", "off_list": "yes", "sensitive_out": "under-10k"}, "due"),
    ],
)
def test_a_zone_says_not_that_data_leave(kg: KnowledgeGraph, facts: dict[str, str], status: str) -> None:
    """Contract and list of a zone are ways of export: who does not say that data leave is asked for none."""
    steps = {step.requirement.id: step.status for step in asked(kg, "consumer-chatbot", "HK", **facts).plans[0].steps}
    assert steps["r.xb"] == status


@pytest.mark.parametrize(
    ("service", "facts", "cites"),
    [
        # four ministries' notice: vehicles used for transport meet the requirements on its licences; Beijing 27: a
        # qualification from the transport body, after the assessment of 26
        ("无人驾驶出租车", {"province": "北京"}, {"i.l3pilot", "i.avservice23", "i.bjad25.27"}),
        ("robotaxi", {"province": "上海"}, {"i.l3pilot", "i.avservice23"}),
        # where nobody says the city, that of Beijing may bind too
        ("adas-l3", {"carries": "yes"}, {"i.l3pilot", "i.avservice23", "i.bjad25.27"}),
    ],
)
def test_who_carries_passengers_without_a_driver_needs_the_licence_of_the_city(
    kg: KnowledgeGraph, service: str, facts: dict[str, str], cites: set[str]
) -> None:
    plan = asked(kg, service, "CN", **facts).plans[0]
    (step,) = [step for step in plan.steps if step.requirement.id == "r.carry"]
    assert (step.status, {basis.article_id for basis in step.basis}) == ("due", cites)
    assert "r.roadtest" in step.needs and "r.carry" in plan.untimed, "no page tells how long a city takes"
    held = asked(kg, service, "CN", **facts, carry_permit="yes").plans[0]
    assert "r.carry" in {step.requirement.id for step in held.steps if step.status == "held"}


def test_who_sells_cars_that_drive_themselves_carries_nobody(kg: KnowledgeGraph) -> None:
    steps = {step.requirement.id: step.status for step in asked(kg, "L4", "CN").plans[0].steps}
    assert steps.get("r.carry", "not-applicable") == "not-applicable"


@pytest.mark.parametrize(("seat", "opens"), [
    ("HK", True), ("MO", True), ("SG", False), ("TW", False), ("KR", False),
])  # fmt: skip
def test_a_joint_venture_for_cloud_is_open_to_suppliers_of_hong_kong_and_macao(
    kg: KnowledgeGraph, seat: str, opens: bool
) -> None:
    """MIIT's Notice 222 of 2016-06-30: certified service suppliers of both hold up to half of one for data centres."""
    plans = [plan for plan in asked(kg, "cloud", seat).plans if plan.strategy.id == "joint-venture"]
    assert bool(plans) is opens
    for plan in plans:
        due = {step.requirement.id for step in plan.steps if step.status == "due"}
        assert {"r.jv50", "r.vats-b11"} <= due and "r.vats-pilot" not in due


@pytest.mark.parametrize(
    ("company", "onshore", "touches"),
    [("Samsung", None, "yes"), ("Grab", None, "depends"), ("Samsung", False, None), (None, False, None)],
)
def test_a_report_on_the_year_before_is_due_from_who_runs_the_service(
    kg: KnowledgeGraph, company: str | None, onshore: bool | None, touches: str | None
) -> None:
    """Samsung's service is listed since July 2026; who launches in 2027 has no minors of 2026 to report."""
    seat = None if company else "US"
    answer = kg.market_entry_paths(company, "phone-assistant", DAY, seat=seat, onshore=onshore, flips=False)
    rows = {row.id: row.touches for row in answer.horizon}
    assert rows.get("h.minaudit27") == touches
    head = [line for line in answer.head if "yearly audit of minors' data for 2026" in line]
    assert bool(head) is (touches == "yes")


def test_a_company_that_the_graph_does_not_have_is_asked_for_by_its_seat(embedded_kg: KnowledgeGraph) -> None:
    with pytest.raises(QueryError, match=r"unknown Company 'Notion'.* --profile enterprise-api --seat US'"):
        embedded_kg.market_entry_paths("Notion", "api", DAY)
    with pytest.raises(QueryError, match=r"can't be asked so: .*; a stranger is asked for by company=None, with its"):
        embedded_kg.market_entry_paths(profile="chatbot", seat="US")  # type: ignore[call-arg]


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
            "it is a robot; the group has its seat in China; it is sold in a phone or other terminal",
        ),
        ("in-car", "CN", "licence", "the group has its seat in China"),
        # by the rules for Hong Kong and Macao alone a joint venture may sell them
        ("cloud", "KR", "joint-venture", "the group has its seat in South Korea; hosting or cloud resources are sold"),
        # it generates text, as the operator may: only the audience is against it
        ("consumer-chatbot", "CN", "operator", "it is offered to the public; the group has its seat in China"),
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
