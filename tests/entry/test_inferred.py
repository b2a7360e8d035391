"""What an answer takes of a company from facts of the graph, and what it leaves open though something is on record."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from chinaai import KnowledgeGraph
from chinaai.cli.paths_text import print_answer
from chinaai.graph.dates import PartialDate
from chinaai.graph.model.technology import made_by
from chinaai.queries.entry.company import recorded
from chinaai.queries.entry.inferred import capital
from chinaai.queries.entry.rows import Ref

DAY = "2026-11-28"


@pytest.mark.parametrize(
    ("company", "value", "facts"),
    [
        ("Apple", "yes", {"apple-embeds-qwen", "apple-with-alibaba"}),
        # Its assistant holds the model, and Volcano Engine is a company of the maker's house.
        ("Tesla", "yes", {"tesla-voice-cn-embeds-doubao", "tesla-with-volcano-engine"}),
        ("BMW", "yes", {"bmw-ipa-embeds-qwen", "bmw-with-alibaba"}),
        # The tie with DeepSeek was announced, and no page tells that a contract is in force.
        ("Honda", None, {"honda-ye-embeds-deepseek-models", "honda-with-deepseek"}),
        # Weights of Qwen and DeepSeek that anyone may use; Airbnb says that it is no customer of Alibaba.
        ("Honor", None, {"honor-embeds-deepseek-r1"}), ("Geely", None, {"geely-embeds-deepseek-r1"}),
        ("Airbnb", None, {"airbnb-embeds-qwen"}), ("Rakuten", None, {"rakuten-embeds-deepseek-v3"}),
        ("Volvo", None, set()),
    ],
)  # fmt: skip
def test_use_of_open_weights_is_no_contract_and_a_tie_in_force_with_the_makers_house_is(
    kg: KnowledgeGraph, company: str, value: str | None, facts: set[str]
) -> None:
    answer = kg.market_entry_paths(company, "phone-assistant", DAY, flips=False)
    known = answer.case["model_contract"]
    assert {held.fact_id for held in known.evidence} == facts and known.value == value
    held = [step.status for plan in answer.plans for step in plan.steps if step.requirement.id == "r.modelpartner"]
    assert value or "held" not in held


#: Company, fact of the case, its value, facts on record beside it.
FACTS: list[tuple[str, str, str | None, set[str]]] = [
    # A company in mainland China that belongs to one abroad has foreign capital, whatever its seat.
    ("Microsoft (China) Co., Ltd.", "capital", "foreign",
     {"on-microsoft-microsoft-china-co-ltd-subsidiary-of-microsoft"}),
    ("BMW China Automotive Trading Ltd.", "capital", "foreign",
     {"on-bmw-bmw-china-automotive-trading-ltd-subsidiary-of-bmw"}),
    # Each holds half; General Motors 44 in 100; BMW 75 since 2022; Nokia half and one share.
    ("BYD Toyota EV Technology Co., Ltd.", "capital", "half-foreign",
     {"byd-owns-stake-in-byd-toyota-ev", "toyota-owns-stake-in-on-toyota-byd-toyota-ev-technology-co-ltd"}),
    ("SAIC-GM", "capital", "half-foreign", {"gm-owns-stake-in-saic-gm", "saic-owns-saic-gm"}),
    ("SAIC-GM-Wuling Automobile Co., Ltd.", "capital", "half-foreign",
     {"gm-owns-stake-in-on-gm-saic-gm-wuling-automobile-co-ltd", "saic-owns-stake-in-sgmw"}),
    ("BMW Brilliance Automotive", "capital", "foreign",
     {"bmw-owns-stake-in-bmw-brilliance", "brilliance-china-owns-stake-in-bmw-brilliance"}),
    ("Nokia Shanghai Bell Co., Ltd.", "capital", "foreign",
     {"nokia-owns-stake-in-on-nokia-nokia-shanghai-bell-co-ltd"}),
    ("BYD", "capital", "domestic", set()), ("Volvo", "capital", "foreign", set()),
    # Shares in ventures are no company of its own; units on a US list may stand anywhere.
    ("General Motors", "onshore_company", None,
     {"gm-owns-stake-in-saic-gm", "gm-owns-stake-in-on-gm-saic-gm-wuling-automobile-co-ltd"}),
    ("Google", "onshore_company", "yes", {"on-googl-zh21-subsidiary-of-googl", "on-googl-zh22-subsidiary-of-googl"}),
    # What was given for a term, or for services that no page names.
    ("BMW", "road_test_permit", None, {"c.bmw-l3/satisfies/r.roadtest/bmw"}),
    ("Tesla", "map_number", "yes", {"c.tesla-fsd/satisfies/r.map-review/tesla"}),
    ("Tesla", "map_partner", "yes", {"c.tesla-fsd/satisfies/r.map-partner/baidu"}),
    ("Siemens", "pilot_held", None, {"c.vats-13/satisfies/r.vats-pilot/siemens"}),
]  # fmt: skip


@pytest.mark.parametrize(("company", "fact", "value", "evidence"), FACTS)
def test_a_fact_is_taken_where_the_record_shows_it_and_hinted_at_where_it_does_not(
    kg: KnowledgeGraph, company: str, fact: str, value: str | None, evidence: set[str]
) -> None:
    known = kg.market_entry_paths(company, "in-car", DAY, flips=False).case[fact]
    assert known.value == value and known.origin == ("graph" if value else "unknown")
    assert {held.fact_id for held in known.evidence} == evidence
    assert all(held.sources for held in known.evidence)


@pytest.mark.parametrize(
    ("shares", "value", "told"),
    [
        ([("Delta", "DE", 60.0), ("Alfa", "CN", 40.0)], "foreign", "Delta, which holds 60%"),
        ([("Delta", "DE", 49.0), ("Alfa", "CN", 30.0)], "half-foreign", "Delta, which holds 49%"),
        # two facts tell of one holder; what the side abroad holds follows from the other
        (
            [("Delta", "DE", None), ("Alfa", "CN", 50.0), ("Alfa", "CN", 50.0)],
            "half-foreign",
            "which holds at most 50%",
        ),
        ([("Delta", "DE", 25.0), ("Gamma", "US", 26.0)], "foreign", "Delta, Gamma, which holds 51%"),
        ([("Delta", "DE", 25.0), ("Gamma", "US", None), ("Alfa", "CN", 30.0)], None, "whose share is not on record"),
        ([("Delta", "DE", "majority"), ("Alfa", "CN", None)], "foreign", "Delta, and Delta holds the majority"),
        ([("Delta", "DE", None), ("Alfa", "CN", "majority")], None, "whose share is not on record"),
        ([("Alfa", "CN", None)], "domestic", "Venture has its seat in CN"),
    ],
)
def test_the_capital_of_a_venture_follows_its_shares(
    shares: list[tuple[str, str, float | str | None]], value: str | None, told: str
) -> None:
    rest = {"text": "", "fact_id": "f", "confidence": 0.9, "sources": []}
    rows = [
        {
            "name": name,
            "country": country,
            "percent": None if words else share,
            "share": share if words else None,
            **rest,
        }
        for name, country, share in shares
        for words in (isinstance(share, str),)
    ]
    store = SimpleNamespace(read=lambda text, **_: [] if "SUBSIDIARY_OF" in text else rows)
    ask: Any = SimpleNamespace(store=store, pages=lambda _: {})
    known = capital(ask, Ref(id="v", name="Venture"), date(2026, 11, 28))
    assert known.value == value and told in known.why


def test_units_of_a_control_list_are_not_told_as_companies_in_mainland_china(kg: KnowledgeGraph) -> None:
    """The list of section 1260H prints units in the British Virgin Islands and in America under these groups."""
    for group in ("SMIC", "China Unicom", "China Telecom"):
        assert not {row.onshore_id for row in kg.onshore(group, DAY) if row.onshore_id.startswith("lists-")}


@pytest.mark.parametrize(
    ("company", "service", "model"),
    [
        ("Moonshot AI", "consumer-chatbot", "own"),
        # ShuffleNet and YOLOX tell what is in a picture, and write nothing.
        ("Megvii", "consumer-chatbot", "filed-api"),
        ("Microsoft (China) Co., Ltd.", "consumer-chatbot", "filed-api"),
    ],
)
def test_a_maker_is_taken_to_run_on_its_own_model_as_a_guess(
    kg: KnowledgeGraph, company: str, service: str, model: str
) -> None:
    known = kg.market_entry_paths(company, service, DAY, flips=False).case["model"]
    assert (known.value, known.origin) == (model, "assumption")
    said: Any = {"model": "filed-api"}
    answer = kg.market_entry_paths(company, service, DAY, flips=False, assume=said)
    assert answer.case["model"].value == "filed-api" and not answer.against


@pytest.mark.parametrize(
    ("modality", "made"),
    [
        (None, {"text"}), ("text", {"text"}), ("multimodal", {"text"}), ("Vision", set()), ("image", {"image"}),
        ("Multimodal, Image generation, Vision, Language", {"text", "image"}), ("Robotics", set()),
        ("Language, Speech, Audio", {"text", "voice"}), ("video", {"video"}),
    ],
)  # fmt: skip
def test_a_model_makes_what_its_modality_tells(modality: str | None, made: set[str]) -> None:
    assert made_by(modality) == made


def test_filters_of_a_called_model_leave_the_providers_duty_due(kg: KnowledgeGraph) -> None:
    """Article 15 of the Interim Measures asks the provider for a channel of complaints, whoever makes the model."""
    answer = kg.market_entry_paths(None, "consumer-chatbot", DAY, actor="fie", facts={"model_contract": "yes"})
    steps = {step.requirement.id: step for step in answer.plans[0].steps}
    assert steps["r.modelpartner"].status == "held"
    assert steps["r.content-safety"].status == "due"
    (foreign,) = [flip for flip in answer.flips if (flip.fact, flip.value) == ("model", "foreign")]
    assert foreign.days is None and "Foreign base model accepted in the filing" in foreign.text
    assert not any(line.startswith("What would change it most: if the model is a model run or trained abroad")
                   for line in answer.head)  # fmt: skip


def test_what_hints_at_a_fact_is_told_beside_it(kg: KnowledgeGraph, capsys: pytest.CaptureFixture[str]) -> None:
    print_answer(kg.market_entry_paths("Siemens", "saas", DAY, flips=False), limit=1, explain=False)
    told = capsys.readouterr().out
    assert (
        "on record, and not enough for pilot_held: Among the first 13 approvals of the pilot. Which services its "
        "approval covers was not read." in told
    )
    assert "graph: capital=foreign, onshore_company=yes, seat=DE\n" in told


@pytest.mark.parametrize(("day", "held"), [(date(2025, 1, 31), False), (date(2025, 2, 1), True),
                                           (date(2026, 5, 31), True), (date(2026, 6, 1), False)])  # fmt: skip
def test_what_is_on_record_of_a_company_holds_from_its_first_day_to_the_day_before_its_end(
    day: date, held: bool
) -> None:
    line = SimpleNamespace(
        company="acme", name=None, services=[], since=PartialDate.parse("2025-02"), until=PartialDate.parse("2026-06"),
        source="page", says="It has a permit.", seat=None, facts={"map_number": "yes"},
    )  # fmt: skip
    graph: Any = SimpleNamespace(company_facts=[line])
    ask: Any = SimpleNamespace(pages=lambda _: {})
    found = recorded(ask, graph, "in-car", day, company="acme")
    assert {name: known.value for name, known in found.items()} == ({"map_number": "yes"} if held else {})
