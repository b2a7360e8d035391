"""The law of market entry as data: every duty of every kind of service, who asks and strategy is complete."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from chinaai.graph.entry.plan import Plan, plans
from chinaai.graph.entry.profile import case_of
from chinaai.graph.entry.rules import Rules
from chinaai.loaders.entry.read import read_entry

SEEDS = Path(__file__).resolve().parents[2] / "seeds" / "entry"
TODAY = date(2026, 11, 28)
#: Steps without an interval of their own, and why. Their time is a gap in an answer, never nought days.
UNTIMED = {
    "r.gate": "a choice; its ways take the time",
    "r.xb": "a choice; its ways take the time",
    "r.l3": "only the calendar of the programme is known",
    "r.auto-test": "only the calendar of one round is known",
    "r.clinical": "no page gives its time",
    "r.carry": "no page gives the time of a city",
    "r.base-foreign": "never seen",
    "r.home-law": "not Chinese law",
    "r.game-isbn": "known for imported games alone",
}
#: Duties towards a private party or the law at home: they name no authority and say why there is no article.
PRIVATE = {"r.supplier-ok", "r.home-law"}


@pytest.fixture(scope="module")
def rules() -> Rules:
    seeds = read_entry(SEEDS)
    assert not seeds.problems
    return Rules(seeds.graph())


@pytest.fixture(scope="module")
def every(rules: Rules) -> list[tuple[str, str, str, Plan]]:
    """Every plan of every kind of service for every profile and strategy."""
    return list(_every(rules))


def _every(rules: Rules) -> Iterator[tuple[str, str, str, Plan]]:
    for service in rules.graph.services:
        for actor in rules.graph.actors.values():
            case = case_of(rules.graph, service, TODAY, profile=actor.facts)
            values = {name: known.value for name, known in case.facts.items()}
            for strategy in rules.graph.strategies.values():
                if rules.truth(strategy.when, values, TODAY) is False:
                    continue
                for plan in plans(rules, {**values, **strategy.sets}, TODAY):
                    yield service, actor.id, strategy.id, plan


def test_no_kind_of_service_is_lost(rules: Rules) -> None:
    """A new kind passes; one that is gone or renamed would leave questions, cases and register rows without it."""
    assert set(rules.graph.services) >= {
        "phone-assistant", "consumer-chatbot", "customer-service", "in-car", "cloud", "enterprise-api", "adas",
        "adas-l3", "internal-tool", "open-weights", "content-tool", "companion", "social", "robotics", "education",
        "medical", "recommender", "ai-agent", "image-video", "saas", "search", "game", "robotaxi",
    }  # fmt: skip


def test_everybody_has_a_strategy_for_every_kind(rules: Rules, every: list[tuple[str, str, str, Plan]]) -> None:
    asked = {(service, actor) for service, actor, _, _ in every}
    assert asked == {(service, actor) for service in rules.graph.services for actor in rules.graph.actors}


def test_every_duty_is_complete(rules: Rules, every: list[tuple[str, str, str, Plan]]) -> None:
    seen = {name for *_, plan in every for name in plan.ids("due", "held", "depends")}
    assert len(seen) > 70
    for name in sorted(seen):
        item = rules.graph.requirements[name]
        assert item.authorities or (name in PRIVATE and item.no_legal_basis), f"{name}: nobody to go to"
        assert item.legal_basis or item.no_legal_basis, f"{name}: no law and no word why"
        pages = [*item.sources, *(b.checked.source for b in item.legal_basis if b.checked.source)]
        assert pages, f"{name}: no source"
        assert any(d.plan for d in item.durations) != (name in UNTIMED and name != "r.game-isbn"), name


def test_the_way_that_is_taken_says_why(rules: Rules, every: list[tuple[str, str, str, Plan]]) -> None:
    for *where, plan in every:
        for step in plan.steps.values():
            if step.way is not None and len(rules.graph.requirements[step.id].ways) > 1:
                assert step.way.why and step.way.why_zh, (where, step.way.id)


def test_only_articles_close(every: list[tuple[str, str, str, Plan]]) -> None:
    closed = {(service, actor, strategy) for service, actor, strategy, plan in every if _closed(plan)}
    for *_, plan in every:
        for bar in plan.bars:
            if bar.closes:
                assert any(basis.verified for basis in bar.spec.legal_basis), bar.spec.id
    # nothing is closed to a domestic company; to a foreign one service to the public from abroad, and its own game
    assert not {one for one in closed if one[1] == "domestic"}
    assert {strategy for service, _, strategy in closed if service != "game"} == {"from-abroad"}
    assert ("game", "fie", "own-company") in closed


def _closed(plan: Plan) -> bool:
    return any(bar.closes for bar in plan.bars)


def test_a_gate_for_every_generator_of_a_company_in_china(every: list[tuple[str, str, str, Plan]]) -> None:
    for service, actor, strategy, plan in every:
        values = plan.values
        generates = "yes" in {values[f"generates_{what}"] for what in ("text", "image", "voice", "video")}
        onshore = values["provider"] in ("own-company", "joint-venture", "operator", "licensee")
        if generates and onshore and values["audience"] == "public":
            assert plan.gate in ("filing", "registration"), (service, actor, strategy)
            assert {"r.algo-filing", "r.label", "r.realname"} <= set(plan.ids("due", "held")), (service, actor)


def test_every_word_is_in_both_languages(rules: Rules) -> None:
    for fact in rules.graph.facts.values():
        assert fact.when is not None or (fact.asks and fact.asks_zh), fact.id
        assert fact.type != "bool" or (fact.yes and fact.yes_zh and fact.no and fact.no_zh), fact.id
    for item in rules.graph.requirements.values():
        assert item.name_zh, item.id
        if item.when is not None and not item.when.chosen:
            assert rules.words.condition(item.when) and rules.words.condition(item.when, "zh"), item.id
    assert all(strategy.name_zh and strategy.summary_zh for strategy in rules.graph.strategies.values())
    assert all(line.says_zh for line in rules.graph.ahead.values())


def test_a_full_text_is_cited_for_its_own_law_alone(rules: Rules) -> None:
    checked = 0
    for item in [*rules.graph.requirements.values(), *rules.graph.prohibitions.values()]:
        for basis in item.legal_basis:
            title = rules.graph.sources[basis.checked.source].title or "" if basis.checked.source else ""
            if "full text" not in title:
                continue
            instrument = rules.graph.articles[basis.at][0]
            names = re.split("[;；]", (instrument.name_zh or "").replace("中华人民共和国", ""))
            assert any(name.split("(")[0] in title.replace("中华人民共和国", "") for name in names), (item.id, basis.at)
            checked += 1
    assert checked > 60


#: Days of the two mandatory standards, and of grace, as the sources give them.
@pytest.mark.parametrize(
    ("service", "step", "day", "asked"),
    [
        ("adas", "r.gb-l2", date(2026, 12, 31), False),
        ("adas", "r.gb-l2", date(2027, 1, 1), True),
        ("adas-l3", "r.gb-ads", date(2027, 6, 30), False),
        ("adas-l3", "r.gb-ads", date(2027, 7, 1), True),
        ("in-car", "r.gb-vehsec", date(2027, 12, 31), False),
        ("in-car", "r.gb-vehsec", date(2028, 1, 1), True),
    ],
)
def test_standards_bind_from_their_day(rules: Rules, service: str, step: str, day: date, asked: bool) -> None:
    case = case_of(
        rules.graph, service, day, profile=rules.graph.actors["fie"].facts, said={"cars_on_sale": "yes"}
    )  # fmt: skip
    values = {name: known.value for name, known in case.facts.items()}
    (plan, *_) = plans(rules, {**values, **rules.graph.strategies["own-company"].sets}, day)
    assert (step in plan.ids("due")) is asked


#: Which way data leave, by number and sensitivity (cross-border provisions 3, 5, 7, 8).
@pytest.mark.parametrize(
    ("said", "way"),
    [
        ({"persons_out": "none", "sensitive_out": "none"}, "w.xb.none"),
        ({"persons_out": "under-100k", "sensitive_out": "none"}, "w.xb.few"),
        ({"persons_out": "100k-1m", "sensitive_out": "none"}, "w.xb.scc"),
        ({"persons_out": "under-100k", "sensitive_out": "under-10k"}, "w.xb.scc"),
        ({"persons_out": "over-1m", "sensitive_out": "none"}, "w.xb.assess"),
        ({"persons_out": "none", "sensitive_out": "from-10k"}, "w.xb.assess"),
        ({"persons_out": "under-100k", "sensitive_out": "none", "important_out": "yes"}, "w.xb.assess"),
        ({"persons_out": "under-100k", "sensitive_out": "none", "cii": "yes"}, "w.xb.assess"),
        ({"persons_out": "over-1m", "sensitive_out": "none", "export_necessary": "yes"}, "w.xb.necessary"),
    ],
)
def test_way_of_data_export(rules: Rules, said: dict[str, str], way: str) -> None:
    profile = rules.graph.actors["fie"].facts
    case = case_of(rules.graph, "phone-assistant", TODAY, profile=profile, said={"export_necessary": "no"} | said)
    values = {name: known.value for name, known in case.facts.items()}
    (plan, *_) = plans(rules, {**values, **rules.graph.strategies["own-company"].sets}, TODAY)
    taken = plan.steps["r.xb"].way
    assert taken is not None and taken.id == way


#: Ten million persons bind to articles 30 and 32 of the network data regulations, not to the yearly assessment of 33.
@pytest.mark.parametrize(
    ("said", "due"),
    [
        ({"users": "1m-10m"}, set()),
        ({"users": "from-10m"}, {"r.important"}),
        ({"users": "1m-10m", "important_data": "yes"}, {"r.important", "r.data-risk"}),
    ],
)
def test_many_persons_are_no_important_data(rules: Rules, said: dict[str, str], due: set[str]) -> None:
    case = case_of(rules.graph, "phone-assistant", TODAY, profile=rules.graph.actors["fie"].facts, said=said)
    values = {name: known.value for name, known in case.facts.items()}
    (plan, *_) = plans(rules, {**values, **rules.graph.strategies["own-company"].sets}, TODAY)
    assert {"r.important", "r.data-risk"} & set(plan.ids("due")) == due


@pytest.mark.parametrize("seat", ["FR", "US"])
def test_who_only_publishes_weights_is_asked_for_no_duty_of_a_service(rules: Rules, seat: str) -> None:
    """Whatever others may do with them: advertising, devices, banks and schools bind who runs a service."""
    facts = {name: "yes" for name, spec in rules.graph.facts.items() if spec.type == "bool" and spec.when is None}
    said = {"seat": seat, "audience": "weights", "provider": "nobody", "model": "own", "vehicle": "none"}
    for plan in plans(rules, {**dict.fromkeys(rules.graph.facts), **facts, **said}, TODAY):
        assert set(plan.ids("due", "depends", "held")) <= {
            "r.weights-only", "r.home-law", "r.techexp", "r.crypto", "r.ethics", "r.train-data", "r.own-base",
        }  # fmt: skip
        assert not [bar.spec.id for bar in plan.bars if bar.state == "binding" and bar.spec.id != "r.p-supplier"]
