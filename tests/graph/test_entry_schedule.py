"""Levels, parallel steps and the critical path, worked out by hand."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pytest
from chinaai.graph.entry.draws import Draws, Timed, Window
from chinaai.graph.entry.durations import DurationSpec
from chinaai.graph.entry.plan import Plan, Step
from chinaai.graph.entry.sets import CycleError
from chinaai.graph.entry.steps import levels

Order = Collection[tuple[str, str]]


def window(days: dict[str, float], order: Order) -> Window:
    """The marks where each step takes just so many days in every draw."""
    return Draws(4).window({name: np.full(4, long) for name, long in days.items()}, order)[0]


def level(steps: Collection[str], order: Order) -> dict[str, int]:
    plan = Plan({name: Step(name, "due") for name in steps}, tuple(order), None, False, ())
    return levels(plan)


def on_longest(found: Window) -> list[str]:
    return [name for name, share in found.critical.items() if share == 1]


def test_levels_and_critical_path() -> None:
    # a(10) and b(30) in parallel, c(5) after both, d(50) after a: b+c = 35 < a+d = 60
    order = [("a", "c"), ("b", "c"), ("a", "d"), ("a", "elsewhere")]
    assert level("abcd", order) == {"a": 1, "b": 1, "c": 2, "d": 2}
    plan = window({"a": 10, "b": 30, "c": 5, "d": 50}, order)
    assert on_longest(plan) == ["a", "d"]
    assert plan.starts == {"a": (0, 10), "b": (0, 30), "c": (30, 35), "d": (10, 60)}
    # shortest ends: a+d = 5, b+c = 5; longest: b+c = 140 although the typical chain is a, d
    assert plan.p50 == 60
    assert window({"a": 1, "b": 2, "c": 3, "d": 4}, order).p50 == 5
    longest = window({"a": 20, "b": 40, "c": 100, "d": 60}, order)
    assert longest.p50 == 140
    assert on_longest(longest) == ["b", "c"]


def test_levels_are_of_what_is_due() -> None:
    steps = {"a": Step("a", "due"), "b": Step("b", "held"), "c": Step("c", "due"), "d": Step("d", "due")}
    plan = Plan(steps, (("a", "b"), ("b", "c"), ("c", "d")), None, False, ())
    assert levels(plan) == {"a": 1, "c": 1, "d": 2}


def test_unknown_ends_are_said() -> None:
    few = DurationSpec(
        max=60, typical=20, measures="authority", basis="statutory", clock="authority", rule="r", source="s"
    )
    many = DurationSpec(min=450, measures="preparation", basis="estimate", clock="applicant", rule="r", n=3)
    whole = Timed(((few, "cac"), (many, "own-team")))
    assert (whole.min, whole.typical, whole.max) == (None, None, None)
    alone = Timed(((few, "cac"),))
    assert (alone.min, alone.typical, alone.max) == (None, 20, 60)
    assert (whole.measures, whole.basis, whole.n) == ("authority+preparation", "estimate", 3)
    order = [("a", "b"), ("b", "c")]
    assert on_longest(window({"a": 60, "b": 450, "c": 0}, order)) == ["a", "b"]  # c takes no time of its own
    assert level("abc", order)["c"] == 3


def test_nothing_to_do() -> None:
    assert window({}, []).days() == {"p10": 0, "p50": 0, "p80": 0, "p90": 0}


def test_a_ring_is_refused() -> None:
    with pytest.raises(CycleError, match="a → b → a"):
        window({"a": 1, "b": 1}, [("a", "b"), ("b", "a")])
