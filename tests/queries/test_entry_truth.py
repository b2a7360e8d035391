"""Every route against a truth table over the seed files, read and worked out in the plainest way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import yaml
from chinaai.graph.entry.model import EntryGraph
from chinaai.loaders.entry import read_entry
from chinaai.queries.entry import entry_paths
from entry_seeds import SEEDS, TODAY, Sets


@pytest.fixture(scope="module")
def graph() -> EntryGraph:
    return read_entry(SEEDS).graph()


def raw_seeds() -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for path in SEEDS.glob("*.yaml"):
        for key, rows in yaml.safe_load(path.read_text("utf-8")).items():
            found.setdefault(key, []).extend(rows)
    return found


RAW = raw_seeds()


def day_of(value: Any) -> date:
    return (
        value
        if isinstance(value, date)
        else date.fromisoformat(f"{value}-01-01"[:10] if len(str(value)) == 4 else f"{value}-01")
    )


def force_dates() -> dict[str, date]:
    places: dict[str, date] = {}
    for i in RAW["instruments"]:
        if i.get("effective"):
            places[i["id"]] = day_of(i["effective"])
        for a in i.get("articles", []):
            if a.get("effective") or i.get("effective"):
                places[f"{i['id']}.{a['art'].lower().replace(' ', '-')}"] = day_of(a.get("effective") or i["effective"])
    found = {}
    for r in RAW["requirements"]:
        dates = [places[b["at"]] for b in r.get("legal_basis", []) if b["at"] in places]
        found[r["id"]] = day_of(r["since"]) if "since" in r else min(dates, default=date.min)
    return found


FORCE = force_dates()


def truth_table(route: dict[str, Any], actor: str, service: str, day: date) -> Sets:
    """Minimal true points of "the goal can be reached inside this subset", by forward chaining over bit masks."""
    ways: dict[str, list[set[str]]] = {}
    free: set[str] = set()
    for r in RAW["requirements"]:
        if FORCE[r["id"]] > day and r.get("when_absent", "waived") == "waived":
            free.add(r["id"])
    for r in RAW["requirements"]:
        who = "domestic" if route.get("run_by") == "partner" and r["id"] not in route["own_steps"] else actor
        ways[r["id"]] = [
            set(w.get("needs", [])) - free
            for w in r["ways"]
            if FORCE[r["id"]] <= day and who in w["actors"] and (not w.get("services") or service in w["services"])
        ]
    goal = [[{n}] for n in route["goal"]["all"] if n not in free]
    goal += [
        [{n}]
        for c in route.get("conditional", [])
        if service in c.get("services", [])
        for n in [c["requirement"]]
        if n not in free
    ]
    goal += [[set(a) - free for a in choice] for choice in route["goal"].get("any", [])]

    def reach(allowed: set[str]) -> bool:
        met: set[str] = set()
        while new := {n for n in allowed - met if any(w <= met for w in ways[n])}:
            met |= new
        return all(any(a <= met for a in choice) for choice in goal)

    touched = {n for choice in goal for a in choice for n in a}
    while more := {n for t in touched for w in ways[t] for n in w} - touched:
        touched |= more
    if not reach(touched):
        return set()
    forced = {n for n in touched if not reach(touched - {n})}
    rest = sorted(touched - forced)
    return {
        frozenset(forced | {n for i, n in enumerate(rest) if mask >> i & 1})
        for mask in minimal_masks(rest, forced, ways, goal)
    }


def minimal_masks(
    rest: list[str], forced: set[str], ways: dict[str, list[set[str]]], goal: list[list[set[str]]]
) -> Iterator[int]:
    names = [*rest, *sorted(forced)]
    bit = {n: 1 << i for i, n in enumerate(names)}
    fixed = sum(bit[n] for n in forced)
    mask_of = lambda group: sum(bit[n] for n in group)  # noqa: E731
    rules = [(bit[n], [mask_of(w) for w in ways[n] if w <= set(names)]) for n in names]
    asked = [[mask_of(a) for a in choice if a <= set(names)] for choice in goal]

    def true(mask: int) -> bool:
        allowed, met = mask | fixed, 0
        while True:
            before = met
            for own, alternatives in rules:
                if own & allowed and not own & met and any(w & ~met == 0 for w in alternatives):
                    met |= own
            if met == before:
                return all(any(a & ~met == 0 for a in choice) for choice in asked)

    table = [true(mask) for mask in range(1 << len(rest))]
    for mask, value in enumerate(table):
        if value and not any(table[mask & ~(1 << i)] for i in range(len(rest)) if mask >> i & 1):
            yield mask


EVERY = [(r["id"], actor) for r in RAW["routes"] for actor in r["actors"]]


@pytest.mark.parametrize("day", [date(2022, 6, 1), date(2024, 1, 20), TODAY], ids=str)
@pytest.mark.parametrize(("route", "actor"), EVERY, ids=[f"{r}-{a}" for r, a in EVERY])
def test_every_route_equals_the_truth_table(graph: EntryGraph, route: str, actor: Any, day: date) -> None:
    raw = next(r for r in RAW["routes"] if r["id"] == route)
    service = raw["services"][0]
    found = {frozenset(p.requirements) for p in entry_paths(graph, actor, service, day).paths if p.route.id == route}
    assert found == truth_table(raw, actor, service, day)
