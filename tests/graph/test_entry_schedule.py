"""Levels, parallel steps and the critical path, worked out by hand."""

from __future__ import annotations

import pytest
from chinaai.graph.entry.schedule import Days, schedule
from chinaai.graph.entry.sets import CycleError


def test_levels_and_critical_path() -> None:
    # a(10) and b(30) in parallel, c(5) after both, d(50) after a: b+c = 35 < a+d = 60
    plan = schedule(
        {"a": Days(1, 10, 20), "b": Days(2, 30, 40), "c": Days(3, 5, 100), "d": Days(4, 50, 60)},
        [("a", "c"), ("b", "c"), ("a", "d"), ("a", "elsewhere")],
    )
    assert plan.level == {"a": 1, "b": 1, "c": 2, "d": 2}
    assert plan.critical == ("a", "d")
    # shortest ends: a+d = 5, b+c = 5; longest: b+c = 140 although the typical chain is a, d
    assert plan.total == Days(5, 60, 140)
    assert plan.start == {"a": 0, "b": 0, "c": 30, "d": 10}
    assert not plan.open_ended


def test_unknown_ends_are_said() -> None:
    plan = schedule({"a": Days(None, None, 60), "b": Days(450, None, None), "c": None}, [("a", "b"), ("b", "c")])
    assert plan.total == Days(450, 60 + 450, 60 + 450)
    assert plan.open_ended
    assert plan.critical == ("a", "b")  # c takes no time of its own
    assert plan.level["c"] == 3


def test_nothing_to_do() -> None:
    assert schedule({}, []).total == Days(0, 0, 0)


def test_a_ring_is_refused() -> None:
    with pytest.raises(CycleError, match="a → b → a"):
        schedule({"a": None, "b": None}, [("a", "b"), ("b", "a")])
