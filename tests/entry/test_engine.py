"""The planner over random cases, and its numbers worked out again from what the answer prints."""

from __future__ import annotations

import functools
import json
import math
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from chinaai.graph.entry.draws import Draws, Timed
from chinaai.graph.entry.durations import DurationSpec
from chinaai.graph.entry.outlook import Case, Known, Option, intervals, outlook
from chinaai.graph.entry.plan import GATE, Step, _Planner, plans
from chinaai.graph.entry.profile import case_of
from chinaai.graph.entry.rules import Rules
from chinaai.loaders.entry.read import read_entry
from chinaai.queries.entry.answer import Wish, answer_of
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import betaincinv, ndtr

SEEDS = Path(__file__).resolve().parents[2] / "seeds" / "entry"
TODAY = date(2026, 11, 28)
RULES = Rules(read_entry(SEEDS).graph())
GRAPH = RULES.graph
FACTS = {name: spec for name, spec in GRAPH.facts.items() if spec.when is None}
SAMPLE = {"country": ("CN", "US", "DE"), "date": ("2024-01-01", "2026-12-01")}
VALUES = {name: spec.values() or SAMPLE[spec.type] for name, spec in FACTS.items()}


@st.composite
def cases(draw: st.DrawFn, *, whole: bool = False) -> dict[str, str | None]:
    """Values of all facts, each unknown in one case of three unless `whole`."""
    return {
        name: None if not whole and draw(st.integers(0, 2)) == 0 else draw(st.sampled_from(values))
        for name, values in VALUES.items()
    }


@settings(max_examples=40)
@given(values=cases(whole=True))
def test_with_all_facts_set_nothing_depends(values: dict[str, str | None]) -> None:
    for plan in plans(RULES, values, TODAY):
        assert plan.ids("depends") == []
        assert all(bar.state != "conditional" for bar in plan.bars)


@settings(max_examples=40)
@given(values=cases())
def test_a_prohibition_is_lifted_by_what_is_named_and_open_where_facts_are(values: dict[str, str | None]) -> None:
    for plan in plans(RULES, values, TODAY):
        for bar in plan.bars:
            assert (bar.state == "lifted") == bool(bar.lifted_by), bar.spec.id
            unknown = [name for name in bar.facts if plan.values.get(name) is None]
            assert bar.state == "lifted" or (bar.state == "conditional") == bool(unknown), bar.spec.id


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("r.p-rx", date(2022, 2, 8)), ("r.p-unfiled", date(2023, 8, 15)),
        ("r.p-closed", date(2024, 11, 1)), ("r.p-minorlove", date(2026, 7, 15)),
    ],
)  # fmt: skip
def test_a_prohibition_is_told_from_the_first_day_of_its_law(name: str, first: date) -> None:
    """Of a case of which nothing is known, so that each prohibition in force may hold."""
    for day, told in ((first - timedelta(days=1), False), (first, True)):
        bars = {bar.spec.id for plan in plans(RULES, dict.fromkeys(VALUES), day) for bar in plan.bars}
        assert (name in bars) is told, day


@settings(max_examples=40)
@given(values=cases(), data=st.data())
def test_one_more_fact_is_never_depended_on(values: dict[str, str | None], data: st.DataObject) -> None:
    unknown = sorted(name for name, value in values.items() if value is None)
    if not unknown:
        return
    name = data.draw(st.sampled_from(unknown))
    value = data.draw(st.sampled_from(VALUES[name]))
    before = {step.id: step for step in plans(RULES, values, TODAY)[0].steps.values()}
    for plan in plans(RULES, {**values, name: value}, TODAY):
        for step in plan.steps.values():
            assert step.status != "depends" or name not in step.facts
            known = before.get(step.id)
            if known and known.status == "not-applicable" and not step.needed_by and step.through is None:
                assert step.status == "not-applicable", "a duty that was ruled out came back with more knowledge"


@settings(max_examples=25)
@given(values=cases())
def test_what_is_held_takes_no_time_and_every_step_waits_for_its_needs(values: dict[str, str | None]) -> None:
    case = Case({name: Known(value, "preset") for name, value in values.items()}, TODAY)
    for option in outlook(RULES, case, [], Draws(200)).options:
        held = set(option.plan.ids("held", "depends", "not-applicable"))
        assert not held & option.timing.launch.keys()
        starts = option.timing.window.starts
        for first, then in option.plan.order:
            if first in starts and then in starts:
                assert starts[first][1] <= starts[then][0] + 1


@pytest.mark.slow
@pytest.mark.parametrize("actor", ["fie", "offshore", "domestic"])
@pytest.mark.parametrize("service", sorted(GRAPH.services))
def test_half_of_fresh_draws_are_done_by_the_median(service: str, actor: str) -> None:
    """The printed JSON alone, drawn again with other numbers and other code: P50 is met in 45 to 55 of 100."""
    case = case_of(GRAPH, service, TODAY, profile=GRAPH.actors[actor].facts)
    answer = answer_of(RULES, case, service, [], Wish(TODAY, flips=False)).to_dict()
    for plan in answer["plans"]:
        total = drawn_again(plan, answer["method"], 8_000)
        days = plan["days"]
        assert (date.fromisoformat(plan["launch"]["p50"]) - TODAY).days == days["p50"]
        share = float((total <= days["p50"]).mean())
        assert 0.45 <= share <= 0.55, (service, plan["strategy"]["id"], share)


def test_intervals_of_one_cause_move_together_and_others_do_not() -> None:
    """docs/market-entry.md: correlation 0.5 of the normal factors, so a rank correlation of 6/π · asin(0.5/2)."""
    from scipy.stats import spearmanr  # which takes longer to import than all else that the tests import

    spec = DurationSpec(
        min=10, typical=20, max=60, measures="authority", basis="estimate", clock="authority", rule="made"
    )
    draws = Draws(20_000)
    days = {
        step: draws.time(step, Timed(((spec, cause),))) for step, cause in (("a", "cac"), ("b", "cac"), ("c", "miit"))
    }
    assert abs(spearmanr(days["a"], days["b"]).statistic - 6 / math.pi * math.asin(0.25)) < 0.02
    assert abs(spearmanr(days["a"], days["c"]).statistic) < 0.02


@functools.cache
def normals(name: str, count: int) -> np.ndarray:
    """Numbers that belong to a cause or to an interval of a step; none of ours."""
    return np.random.default_rng([7, *name.encode()]).standard_normal(count)


@functools.cache
def days_again(step: str, part: str, shared: float, tail: float, count: int) -> np.ndarray:
    """Days of one interval of a step, in each draw."""
    said = json.loads(part)
    own = normals(f"{step}/{part}", count)
    z = math.sqrt(shared) * normals(said["cause"], count) + math.sqrt(1 - shared) * own
    return days_at(said, ndtr(z), z, tail)


def drawn_again(plan: dict[str, Any], method: dict[str, Any], count: int) -> np.ndarray:
    """Totals of a plan, from its JSON."""
    shared, tail = method["correlation_of_one_cause"], method["tail"]
    times: dict[str, np.ndarray] = {}
    waits = [s for s in plan["steps"] if s["status"] == "due" and s["blocks_launch"]]
    for step in waits:
        name, total = step["requirement"]["id"], np.zeros(count)
        for part in (step["duration"] or {"parts": []})["parts"] if step["counted"] else []:
            said = {end: part[end] for end in ("cause", "measures", "min", "typical", "p90", "max")}
            total = total + days_again(name, json.dumps(said), shared, tail, count)
        times[name] = total
    needs = {s["requirement"]["id"]: [n for n in s["needs"] if n in times] for s in waits}
    ends: dict[str, np.ndarray] = {}

    def end(name: str) -> np.ndarray:
        if name not in ends:
            start = np.zeros(count)
            for need in needs[name]:
                start = np.maximum(start, end(need))
            ends[name] = start + times[name]
        return ends[name]

    total = np.zeros(count)
    for name in times:
        total = np.maximum(total, end(name))
    return total


def days_at(part: dict[str, Any], u: np.ndarray, z: np.ndarray, tail: float) -> np.ndarray:
    """Days of one interval, as docs/market-entry.md says."""
    low, mid, p90, high = part["min"], part["typical"], part["p90"], part["max"]
    if p90 is not None and mid is not None:
        return np.interp(u, [0, 0.5, 0.9, 1], [low or 0, mid, p90, high if high is not None else 1.5 * p90])
    if high is not None:
        if low is None:
            low, mid = (high / 4, high * 3 / 4) if mid is None else (mid / 2, mid)
        mid = (low + high) / 2 if mid is None else mid
        if high == low:
            return np.full_like(u, low)
        a, b = 1 + 4 * (mid - low) / (high - low), 1 + 4 * (high - mid) / (high - low)
        return low + (high - low) * betaincinv(a, b, u)
    known = mid if mid is not None else low
    base = low if low is not None else known / 2
    return base + max(known - base, known / 4) * np.exp(tail * z)


def test_a_gate_is_held_where_all_that_it_needs_is() -> None:
    """No gate of ours needs two things, so one is made."""
    way: Any = SimpleNamespace(needs=["a", "b"], gate="filing")
    for second, held in (("due", False), ("held", True)):
        steps: Any = {GATE: Step(GATE, "due", way=way), "a": Step("a", "held"), "b": Step("b", second)}
        assert _Planner(RULES, {}, TODAY)._gate(steps) == ("filing", held)


def test_what_comes_before_the_gate_comes_before_the_way_through_it() -> None:
    """order.yaml puts the company before the gate, and says nothing of filing and registration."""
    for option in asked("consumer-chatbot", TODAY):
        through = {"filing": "r.gai-filing", "registration": "r.gai-reg"}[str(option.plan.gate)]
        assert ("r.entity", through) in option.plan.order


def test_with_a_filing_all_is_held_that_any_filing_needs() -> None:
    """Its three ways share four needs, and differ in the base model, of which nothing is known here."""
    known = {"generates_text": "yes", "audience": "public", "listed_filing": "yes", "provider": "own-company"}
    values = {**dict.fromkeys(FACTS), **known}
    for plan in plans(RULES, values, TODAY):
        held = set(plan.ids("held"))
        assert plan.steps["r.gai-filing"].way is None, "else its own way says what it needs"
        assert {"r.gai-secassess", "r.algo-filing", "r.label", "r.content-safety"} <= held
        assert not {"r.base-filed", "r.own-base", "r.base-foreign"} & held


def test_what_the_graph_knows_comes_before_the_profile() -> None:
    known = {"seat": Known("DE", "graph")}
    case = case_of(GRAPH, "consumer-chatbot", TODAY, profile={"seat": "US"}, graph_facts=known)
    assert (case.facts["seat"].value, case.facts["seat"].origin) == ("DE", "graph")


def test_law_of_the_launch_day_is_part_of_the_plan() -> None:
    """The Regulation on Network Data is in force from 2025-01-01, and no other law from the November before.

    Work is begun so that it ends on that very day, and a day before it.
    """
    binds, early = date(2025, 1, 1), date(2024, 11, 2)
    (option,) = asked("cloud", early, "domestic")
    start = binds - timedelta(days=option.timing.window.p50)
    assert early <= start
    for begun, told in ((start, True), (start - timedelta(days=1), False)):
        (option,) = asked("cloud", begun, "domestic")
        assert ("r.incident" in option.plan.ids("due")) is told, begun


@pytest.mark.parametrize(("province", "typical"), [("beijing", 38), ("guangdong", 57), ("hainan", 41)])
def test_the_time_of_a_province_comes_before_the_general_one(province: str, typical: float) -> None:
    """From acceptance to listing; the rules have none of Hainan's own."""
    parts = intervals(RULES, Step("r.gai-filing", "due"), {"province": province}, TODAY).parts
    assert [spec.typical for spec, _ in parts if spec.measures == "acceptance-to-listing"] == [typical]


def asked(service: str, start: date, actor: str = "fie") -> tuple[Option, ...]:
    """The options of an own company in a case with few draws."""
    case = case_of(GRAPH, service, start, profile=GRAPH.actors[actor].facts)
    return outlook(RULES, case, [], Draws(200), strategies=["own-company"]).options
