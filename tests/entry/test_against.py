"""What the asker says of a company against what the graph holds of it: one word stands, and all that rests on it."""

from __future__ import annotations

from typing import Any

import pytest
from chinaai.cli.mcp_tools import _paths
from chinaai.cli.paths_text import print_answer, print_partners
from chinaai.face import KnowledgeGraph
from chinaai.graph.entry.outlook import Known
from chinaai.graph.entry.profile import case_of
from chinaai.graph.errors import ChinaAIError
from chinaai.graph.store import Store
from chinaai.queries.entry import EntryAnswer
from chinaai.queries.entry.brief import markdown

from .test_engine import GRAPH, TODAY

DAY = "2026-11-28"


@pytest.fixture
def embedded_kg(embedded_shipped: Store) -> KnowledgeGraph:
    return KnowledgeGraph(embedded_shipped)


def asked(kg: KnowledgeGraph, company: str, service: str, **said: Any) -> EntryAnswer:
    return kg.market_entry_paths(company, service, DAY, **{"flips": False, **said})


def held(answer: EntryAnswer) -> set[str]:
    return {step.requirement.id for plan in answer.plans for step in plan.steps if step.status == "held"}


@pytest.mark.parametrize("said", [{"onshore": False}, {"actor": "offshore"}, {"facts": {"境内公司": "无"}}])
def test_who_says_that_it_has_no_company_has_no_filing_of_one(
    embedded_kg: KnowledgeGraph, said: dict[str, Any]
) -> None:
    answer = asked(embedded_kg, "Apple", "phone-assistant", **said)
    assert not any(plan.gate_held or plan.gate_evidence.tier == "own" for plan in answer.plans)
    assert not held(answer) & {"r.entity", "r.gai-filing", "r.gate", "r.hosting", "r.neglist-ok"}
    case = answer.case
    assert (case["onshore_company"].value, case["listed_filing"].value) == ("no", "no")
    assert case["listed_filing"].why == "follows from: the group has no company in mainland China"
    page = "Cyberspace Administration of China https://www.cac.gov.cn/2024-04/02/c_1713729983803145.htm"
    owner = "苹果技术开发（上海）有限公司 SUBSIDIARY_OF Apple Inc."
    basis = "(name: 苹果 in the registered name; service: filed as Apple智能 for 苹果手机)"
    listed = "service of this kind of the group is on the list of filings"
    assert answer.head[0] == (
        "Taken as said, against the record: the group has no company in mainland China (on record: the group has a "
        f"company in mainland China; {owner} {basis}, {page}); no {listed} (on record: a {listed}; "
        f"Apple智能, 备案 Shanghai-AppleZhiNeng-202506160057, {page})."
    )
    assert answer.head_zh[0].startswith(
        "按所述作答，与记录不符：集团在中国内地没有公司（记录：集团在中国内地有公司；苹果技术开发"
    )
    assert [(row.fact, row.said, row.held, row.taken) for row in answer.against] == [
        ("onshore_company", "no", "yes", True), ("listed_filing", "no", "yes", True),
    ]  # fmt: skip
    assert all(row.evidence and row.evidence[0].sources for row in answer.against)


#: Company, service, what is said, what the case then holds, steps held no more, facts told as against the record.
SAID: list[tuple[str, str, dict[str, Any], dict[str, str | None], set[str], list[str]]] = [
    ("Apple", "phone-assistant", {"facts": {"listed_filing": "no"}}, {"onshore_company": "yes"},
     {"r.gai-filing", "r.gate"}, ["listed_filing"]),
    ("Apple", "phone-assistant", {"facts": {"model_contract": "no"}}, {"listed_filing": "yes"}, {"r.modelpartner"},
     ["model_contract"]),
    ("Apple", "phone-assistant", {"facts": {"algorithm_filed": "no"}}, {"listed_filing": "yes"}, {"r.algo-filing"}, []),
    ("Apple", "phone-assistant", {"facts": {"seat": "CN"}}, {"capital": "domestic"}, set(), ["capital", "seat"]),
    ("Apple", "phone-assistant", {"actor": "domestic"}, {"capital": "domestic", "seat": "CN"}, {"r.neglist-ok"},
     ["capital", "seat"]),
    ("Samsung", "phone-assistant", {"actor": "fie"}, {"seat": "KR", "onshore_company": "yes"}, set(), []),
    ("Alibaba", "consumer-chatbot", {"facts": {"seat": "US"}}, {"capital": "foreign", "model": "filed-api"}, set(),
     ["capital", "seat"]),
    ("Alibaba", "consumer-chatbot", {}, {"capital": "domestic", "model": "own"}, set(), []),
    ("Anthropic", "consumer-chatbot", {"facts": {"listed_filing": "yes"}}, {"onshore_company": "yes"}, set(),
     ["onshore_company"]),
    ("Mercedes", "adas-l3", {"onshore": False}, {"road_test_permit": "no"}, {"r.roadtest", "r.entity"},
     ["onshore_company"]),
    ("Siemens", "saas", {"onshore": False}, {"pilot_held": "no"}, {"r.vats-pilot"}, ["onshore_company"]),
]  # fmt: skip


@pytest.mark.parametrize(("company", "service", "said", "case", "fallen", "told"), SAID)
def test_with_a_fact_falls_what_rests_on_it(
    embedded_kg: KnowledgeGraph, company: str, service: str, said: dict[str, Any], case: dict[str, str | None],
    fallen: set[str], told: list[str],
) -> None:  # fmt: skip
    answer = asked(embedded_kg, company, service, **said)
    assert {name: answer.case[name].value for name in case} == case
    assert not held(answer) & fallen
    assert [row.fact for row in answer.against] == told
    assert any("against the record" in line for line in answer.head) is bool(told)
    if "no" in (answer.case["onshore_company"].value, answer.case["listed_filing"].value):
        assert not any(plan.gate_held or plan.gate_evidence.tier == "own" for plan in answer.plans)


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        ({"capital": "half-foreign", "onshore_company": "no"}, set()),
        ({"capital": "half-foreign"}, set()),
        ({"capital": "half-foreign", "onshore_company": "yes"}, {"r.jv50"}),
        ({"capital": "half-foreign", "b25_held": "yes"}, {"r.jv50", "r.vats-b25"}),
    ],
)
def test_a_joint_venture_is_held_where_there_is_one(
    embedded_kg: KnowledgeGraph, said: dict[str, str], stands: set[str]
) -> None:
    answer = asked(embedded_kg, None, "consumer-chatbot", facts={"paid": "yes", **said}, strategy="joint-venture")
    assert held(answer) & {"r.jv50", "r.vats-b25"} == stands
    assert answer.case["capital"].value == "half-foreign"


def test_who_holds_a_licence_has_a_company(embedded_kg: KnowledgeGraph) -> None:
    answer = asked(embedded_kg, None, "consumer-chatbot", facts={"b25_held": "yes", "seat": "US"})
    company = answer.case["onshore_company"]
    assert (company.value, company.why) == ("yes", "follows from: the provider holds a licence B25")
    assert "r.entity" in held(answer) and answer.against == []


@pytest.mark.parametrize(
    ("company", "service", "said", "record"),
    [
        ("Apple", "phone-assistant", {}, ["c.apple-intelligence"]),
        ("Apple", "phone-assistant", {"onshore": False}, []),
        ("Apple", "phone-assistant", {"facts": {"listed_filing": "no"}}, []),
        ("Mercedes", "adas-l3", {}, ["c.mercedes-l4"]),
        ("Mercedes", "adas-l3", {"facts": {"road_test_permit": "no"}}, []),
        # Its first phones ran on the filed service of a partner, which a denial of its own filing leaves as it is.
        ("Samsung", "phone-assistant", {"facts": {"listed_filing": "no"}}, ["c.samsung-s24"]),
    ],
)
def test_what_the_asker_denies_is_no_record_of_it_and_no_precedent(
    embedded_kg: KnowledgeGraph, company: str, service: str, said: dict[str, Any], record: list[str]
) -> None:
    answer = asked(embedded_kg, company, service, **said)
    assert sorted(item.id for item in answer.record) == record
    beside = {item.id for plan in answer.plans for item in plan.precedents if item.own}
    assert beside <= set(record)


def test_a_filing_that_is_said_alone_is_not_told_as_one_of_the_register(embedded_kg: KnowledgeGraph) -> None:
    gate = asked(embedded_kg, "Anthropic", "consumer-chatbot", facts={"listed_filing": "yes"}).plans[0].gate_evidence
    assert gate.text == "own filing 备案 by what is said; no row of the register shows it"
    assert gate.text_zh == "据所述本公司已有备案，名单未显示"


def test_an_own_row_of_a_kind_that_nobody_judged_is_not_told_as_held(embedded_kg: KnowledgeGraph) -> None:
    plan = asked(embedded_kg, "Huawei", "in-car").plans[0]
    assert (plan.gate, plan.gate_held, plan.gate_evidence.tier) == ("filing", False, "own")
    assert plan.gate_evidence.text == (
        "own filing 备案 on the register, of a service whose kind nobody judged: it shows the gate, and is not held "
        "for this kind"
    )
    assert plan.gate_evidence.text_zh == "本公司有备案记录，其服务类型未经判定：可见准入方式，不视为已取得"


def test_an_assumption_against_the_graph_is_told_and_not_taken(embedded_kg: KnowledgeGraph) -> None:
    answer = asked(embedded_kg, "Apple", "phone-assistant", assume={"onshore_company": "no"})
    assert answer.case["onshore_company"].value == "yes" and answer.plans[0].gate_held
    assert answer.head[0].startswith(
        "Assumed and not taken, for it is known: the group has no company in mainland China ("
    )
    assert answer.head[0].endswith("; say it as a fact (--set) to ask with it.")
    assert answer.head_zh[0].startswith("所作假设未采用，因已有记录：集团在中国内地没有公司（记录：")


@pytest.mark.parametrize("said", [{"onshore": False}, {"actor": "offshore"}, {"assume": {"onshore_company": "no"}}])
def test_two_facts_that_the_asker_says_and_that_exclude_each_other_are_refused(
    embedded_kg: KnowledgeGraph, said: dict[str, Any]
) -> None:
    given = {"facts": {"listed_filing": "yes"}, **said}
    if "assume" in said:  # of two assumptions none counts more; a fact goes before one
        given = {"assume": {"listed_filing": "yes", **said["assume"]}}
    with pytest.raises(ChinaAIError) as caught:
        embedded_kg.market_entry_paths(None, "consumer-chatbot", **given)
    assert str(caught.value) == (
        "'listed_filing' can't be 'yes' where 'onshore_company' is 'no'; leave out one of the two, or say that the "
        "group has a company in mainland China"
    )


def test_every_face_tells_it(embedded_kg: KnowledgeGraph, capsys: pytest.CaptureFixture[str]) -> None:
    answer = asked(embedded_kg, "Apple", "phone-assistant", actor="offshore")
    print_answer(answer, limit=1, explain=True)
    told = capsys.readouterr().out
    assert "Taken as said, against the record: " in told
    assert "  against the record: the group has no company in mainland China (on record: " in told
    assert "## Said against the record 所述与记录不符" in markdown(answer)
    assert [row["fact"] for row in answer.to_dict()["against"]] == ["onshore_company", "listed_filing"]
    tool = _paths(embedded_kg, {"company": "Apple", "service": "phone-assistant", "as_of": DAY, "onshore": False})
    assert [row["held"] for row in tool["against"]] == ["yes", "yes"] and "against the record" in tool["head"][0]
    partners = embedded_kg.partners_for("Apple", "phone-assistant", DAY, actor="offshore")
    assert partners.notes == [answer.head[0]]
    print_partners("Apple", partners, partners.notes)
    assert capsys.readouterr().out.startswith("Taken as said, against the record: ")
    compared = embedded_kg.compare_entry("Apple", "phone-assistant", "Xiaomi", DAY, actor="offshore").rows
    (row,) = [row for row in compared if row.aspect == "said against the record"]
    assert row.left.startswith("the group has no company in mainland China (on record: ") and row.left != row.right
    changes = embedded_kg.entry_changes("Apple", "phone-assistant", "2026-08-01", DAY, onshore=False)
    assert any(note.startswith("Taken as said, against the record: ") for note in changes.notes)


def test_without_a_contradiction_nothing_is_told(embedded_kg: KnowledgeGraph) -> None:
    answer = asked(embedded_kg, "Apple", "phone-assistant", onshore=True, facts={"seat": "US"})
    assert answer.against == [] and answer.plans[0].gate_held
    assert embedded_kg.partners_for("Apple", "phone-assistant", DAY).notes == []


def test_a_changed_fact_takes_with_it_what_rests_on_it(embedded_kg: KnowledgeGraph) -> None:
    """What would be without the company is what is answered where the asker says that there is none."""
    road = {"strategy": "own-company"}
    answer = asked(embedded_kg, "Apple", "phone-assistant", flips=True, **road)
    (flip,) = [flip for flip in answer.flips if (flip.fact, flip.value) == ("onshore_company", "no")]
    assert {"r.entity", "r.gai-filing"} <= set(flip.adds)
    without = asked(embedded_kg, "Apple", "phone-assistant", onshore=False, **road).plans[0]
    assert flip.days is not None and abs(flip.days - (without.days["p50"] - answer.plans[0].days["p50"])) <= 5
    assert set(flip.adds) <= {step.requirement.id for step in without.steps if step.status == "due"}
    assert not any("no company in mainland China" in line for line in answer.head), "what the graph shows is no change"


def test_a_word_that_counts_more_stands_whichever_fact_it_is_on() -> None:
    """An assumption gives way to the graph, and two facts of the graph stay as they are."""

    def case(known: dict[str, Known], **assumed: str) -> tuple[str | None, str | None]:
        facts = case_of(GRAPH, "phone-assistant", TODAY, graph_facts=known, assumed=assumed).facts
        return facts["onshore_company"].value, facts["road_test_permit"].value

    permit = {"road_test_permit": Known("yes", "graph")}
    assert case(permit) == ("yes", "yes")  # who has a permit has a company, whoever says nothing of one
    assert case({}) == (None, None)
    assert case(permit, onshore_company="no") == ("yes", "yes")
    assert case({**permit, "onshore_company": Known("no", "graph")}) == ("no", "yes")
    assert case({"onshore_company": Known("no", "graph")}) == ("no", "no")


def test_law_is_told_as_read_or_not_read(embedded_kg: KnowledgeGraph, capsys: pytest.CaptureFixture[str]) -> None:
    answer = asked(embedded_kg, "Apple", "phone-assistant")
    print_answer(answer, limit=1, explain=True)
    told = " ".join(capsys.readouterr().out.split())
    assert "(April 2024): Services show the model name and the filing number. (read)" in told
    assert "Check the user's real identity before publishing functions; none without. (not read)" in told
    assert "(wrong)" not in told
