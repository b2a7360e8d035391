"""Minimal sets against a truth table that knows nothing of the method, cycles, bounds."""

from __future__ import annotations

import random
import time
from itertools import combinations

import pytest
from chinaai.graph.entry.sets import CycleError, find_cycles, minimal_sets
from chinaai.graph.errors import ChinaAIError

Ways = dict[str, list[frozenset[str]]]
Goal = list[list[frozenset[str]]]


def f(*names: str) -> frozenset[str]:
    return frozenset(names)


def by_truth_table(goal: Goal, ways: Ways) -> set[frozenset[str]]:
    """Every subset of all requirements is tried by forward chaining; the minimal true points remain."""
    names = sorted(ways)

    def holds(allowed: frozenset[str]) -> bool:
        met: set[str] = set()
        while True:
            new = {r for r in allowed - met if any(way <= met for way in ways[r])}
            if not new:
                return all(any(alternative <= met for alternative in choice) for choice in goal)
            met |= new

    true: set[frozenset[str]] = set()
    for size in range(len(names) + 1):
        for subset in map(frozenset, combinations(names, size)):
            if not any(small <= subset for small in true) and holds(subset):
                true.add(subset)
    return true


def made_graph(rng: random.Random, count: int) -> tuple[Goal, Ways]:
    names = [f"r{i:02}" for i in range(count)]
    ways: Ways = {}
    for i, name in enumerate(names):
        kinds = rng.choice([0, 1, 1, 2, 3]) if i > 2 else 1
        ways[name] = [frozenset(rng.sample(names[:i], min(i, rng.randint(0, 3)))) for _ in range(kinds)]
    goal: Goal = [
        [frozenset(rng.sample(names, rng.randint(1, 2))) for _ in range(rng.randint(1, 3))]
        for _ in range(rng.randint(1, 3))
    ]
    return goal, ways


@pytest.mark.parametrize("seed", range(120))
def test_equal_to_the_truth_table(seed: int) -> None:
    goal, ways = made_graph(random.Random(seed), 9)
    found = minimal_sets(goal, ways)
    assert found.complete
    assert set(found.sets) == by_truth_table(goal, ways)
    assert len(set(found.sets)) == len(found.sets)


@pytest.mark.parametrize("seed", range(40))
def test_what_a_cut_leaves_is_minimal(seed: int) -> None:
    goal, ways = made_graph(random.Random(seed), 10)
    every = by_truth_table(goal, ways)
    for limit, work in ((1, 5_000), (2, 5_000), (1000, 1), (1000, 20)):
        found = minimal_sets(goal, ways, limit=limit, work=work)
        assert set(found.sets) <= every
        assert len(found.sets) <= limit
        assert found.complete == (set(found.sets) == every) or not found.complete
        assert bool(found.sets) == bool(every)
        assert ("cut" in found.note()) == (not found.complete)


def test_alternatives_are_united_and_needs_combined() -> None:
    ways = {"a": [f()], "b": [f()], "c": [f("a"), f("b")], "d": [f("c", "b"), f("a")]}
    # d by a: {a, d}; d by c and b with c by b: {b, c, d}; d by c and b with c by a: {a, b, c, d}, absorbed
    assert minimal_sets([[f("d")]], ways).sets == (f("a", "d"), f("b", "c", "d"))
    assert set(minimal_sets([[f("d")], [f("c")]], ways).sets) == {f("a", "c", "d"), f("b", "c", "d")}


def test_a_requirement_without_a_way_closes_its_branch() -> None:
    ways = {"a": [f()], "shut": [], "g": [f("a"), f("shut")]}
    assert minimal_sets([[f("g")]], ways).sets == (f("a", "g"),)
    assert minimal_sets([[f("shut")]], ways).sets == ()
    assert minimal_sets([[f("unknown")]], ways).sets == ()


def test_nothing_asked_needs_nothing() -> None:
    assert minimal_sets([], {}).sets == (f(),)
    assert minimal_sets([[f(), f("a")]], {"a": [f()]}).sets == (f(),)


def test_the_same_answer_in_the_same_order() -> None:
    goal, ways = made_graph(random.Random(7), 12)
    shuffled = {name: list(reversed(ways[name])) for name in sorted(ways, reverse=True)}
    assert minimal_sets(goal, ways) == minimal_sets(goal, shuffled)


def test_a_ring_is_named_with_its_members() -> None:
    assert find_cycles({"a": ["b"], "b": ["c"], "c": ["a"], "d": ["a"], "e": ["e"]}) == [
        ["a", "b", "c", "a"],
        ["e", "e"],
    ]
    assert find_cycles({"a": ["b"], "b": []}) == []
    with pytest.raises(CycleError, match="a → b → a"):
        minimal_sets([[f("a")]], {"a": [f("b")], "b": [f("a")]})


def test_bounds_below_one_are_refused() -> None:
    with pytest.raises(ChinaAIError, match="at least 1"):
        minimal_sets([], {}, limit=0)


def test_two_thousand_requirements_stay_in_the_bound() -> None:
    """20 groups of two alternatives, each with 49 forced needs: 2^20 sets, of which the bound keeps 200."""
    ways: Ways = {}
    goal: Goal = []
    for group in range(20):
        for side in "ab":
            names = [f"g{group:02}{side}{i:02}" for i in range(50)]
            ways |= {name: [f(*names[i + 1 : i + 2])] for i, name in enumerate(names)}
        goal.append([f(f"g{group:02}a00"), f(f"g{group:02}b00")])
    begun = time.process_time()  # of the processor, which a busy machine does not stretch
    found = minimal_sets(goal, ways, limit=200)
    assert time.process_time() - begun < 20
    assert not found.complete
    assert len(found.sets) == 200
    assert {len(names) for names in found.sets} == {1000}
