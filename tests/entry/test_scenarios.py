"""Scenarios of market entry, judged step by step from law and register, against the answers of both engines."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from chinaai.face import KnowledgeGraph
from chinaai.queries.entry import EntryAnswer
from chinaai.queries.entry.rows import PlanRow

DATA = yaml.safe_load((Path(__file__).parent / "scenarios.yaml").read_text(encoding="utf-8"))
DAY = "2026-11-28"
SCENARIOS = {one["id"]: one for one in DATA["scenarios"]}
SCENARIO = pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=SCENARIOS)


def said(facts: dict[str, Any]) -> dict[str, str]:
    """Facts as one would say them on the command line."""
    return {name: {True: "yes", False: "no"}.get(value, value) for name, value in facts.items()}


def answer_to(kg: KnowledgeGraph, scenario: dict[str, Any]) -> EntryAnswer:
    """The answer to what a scenario asks."""
    ask = scenario["ask"]
    facts = said({**ask.get("profile", {}), **ask.get("set", {})})
    day = ask.get("day", DAY)
    return kg.market_entry_paths(ask.get("company"), ask["service"], day, facts=facts, flips=False)


def plan_of(answer: EntryAnswer, scenario: dict[str, Any]) -> PlanRow:
    """The plan that a scenario judges: the first of all, or the first of the strategy and gate that it names."""
    if "strategy" in scenario:
        first = answer.plans[0]
        assert first.strategy.id == scenario["strategy"], f"first stands {first.strategy.id}"
        return first
    for plan in answer.plans:
        if plan.strategy.id == scenario["plan"] and plan.gate == scenario.get("gate", plan.gate):
            return plan
    raise AssertionError(f"no plan by {scenario['plan']}: {[(p.strategy.id, p.gate) for p in answer.plans]}")


def by_status(plan: PlanRow) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {"held": set(), "due": set(), "depends": set(), "not-applicable": set()}
    for step in plan.steps:
        found[step.status].add(step.requirement.id)
    return found


def test_every_expected_step_has_its_reason() -> None:
    for scenario in SCENARIOS.values():
        words = {**DATA["law"], **scenario.get("law", {})}
        assert not [name for name in scenario.get("due", []) if name not in words], scenario["id"]
        assert all(scenario.get("held", {}).values()) and all(scenario.get("never", {}).values())


@SCENARIO
def test_steps(kg: KnowledgeGraph, scenario: dict[str, Any]) -> None:
    if not {"strategy", "plan"} & set(scenario):
        return
    plan = plan_of(answer_to(kg, scenario), scenario)
    if "gate" in scenario:
        assert plan.gate == scenario["gate"]
    if scenario.get("gate_held") is not None:
        assert plan.gate_held is scenario["gate_held"]
    found = by_status(plan)
    free = {*scenario.get("free", []), "r.gate"}
    assert set(scenario.get("held", {})) <= found["held"], "not held"
    assert set(scenario.get("due", [])) - free <= found["due"], "not asked for"
    if not scenario.get("open"):
        assert found["due"] - free <= set(scenario.get("due", [])) | set(scenario.get("due_later", {})), "asked for"
    assert set(scenario.get("depends", {})) <= found["depends"]
    assert set(scenario.get("not_applicable", {})) <= found["not-applicable"]
    wrong = set(scenario.get("never", {})) & (found["due"] | found["held"])
    assert not wrong, {name: scenario["never"][name] for name in wrong}


@SCENARIO
def test_what_a_step_says(kg: KnowledgeGraph, scenario: dict[str, Any]) -> None:
    """Why it depends, who takes it, in which order, and that nothing held takes time."""
    if not {"strategy", "plan"} & set(scenario):
        return
    plan = plan_of(answer_to(kg, scenario), scenario)
    steps = {step.requirement.id: step for step in plan.steps}
    for name, facts in scenario.get("depends", {}).items():
        assert set(facts) <= set(steps[name].facts), name
    for name, facts in scenario.get("not_applicable", {}).items():
        assert set(facts) <= set(steps[name].facts), name
    for name, performer in scenario.get("performer", {}).items():
        assert steps[name].performer == performer
    law = {name: {basis.article_id for basis in step.basis} for name, step in steps.items()}
    for name, articles in scenario.get("cites", {}).items():
        assert set(articles) <= law[name], name
    for name, articles in scenario.get("silent", {}).items():
        assert not set(articles) & law[name], name
    for first, then in scenario.get("order", []):
        assert first in steps[then].needs
    for name in scenario.get("not_blocking", []):
        assert not steps[name].blocks_launch
    for step in plan.steps:
        assert step.why and step.why_zh, step.requirement.id
        if step.status == "held":
            assert step.duration is None and not step.critical, f"{step.requirement.id} is held and charged"


@SCENARIO
def test_bars_and_closed_strategies(kg: KnowledgeGraph, scenario: dict[str, Any]) -> None:
    answer = answer_to(kg, scenario)
    closed = {row.strategy.id: row for row in answer.closed}
    for name in scenario.get("closed", {}):
        assert closed[name].article, f"{name} is told as closed without an article"
    assert all(row.article for row in answer.closed)
    bars = [bar for plan in answer.plans for bar in plan.bars if bar.state == "binding"]
    for name in scenario.get("bars", {}):
        assert name in {bar.id for bar in bars}
    if "bar_first" in scenario:
        assert "Anthropic" in answer.head[0] or bars[0].id == scenario["bar_first"]
        assert any(bar.private for bar in answer.plans[0].bars if bar.state == "binding")
    if scenario.get("open") or "strategy" in scenario:
        assert answer.plans, "no plan where law closes nothing"


@pytest.mark.parametrize("name", ["tesla-adas", "xpeng-adas"])
def test_standard_of_2027_is_part_of_a_plan_that_ends_after_it(kg: KnowledgeGraph, name: str) -> None:
    answer = answer_to(kg, SCENARIOS[name])
    plan = answer.plans[0]
    due = by_status(plan)["due"]
    assert ("r.gb-l2" in due) == (plan.launch.p50 >= date(2027, 1, 1))
    assert "h.gb47955" in {row.id for row in answer.horizon}
