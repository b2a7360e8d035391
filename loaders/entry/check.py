"""What one block can't know: rings, dead ends, ways for nobody, dates out of order, missing evidence."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from itertools import pairwise
from typing import Any

from ...graph.dates import PartialDate
from ...graph.entry.law import Situation, problem_of
from ...graph.entry.model import EntryGraph, RouteSpec
from ...graph.entry.sets import find_cycles, minimal_sets, reachable
from ...graph.problems import Problem
from ..curated.read import Placed
from .conditions import check_conditions
from .read import EntrySeeds
from .references import check_references


def check_entry(seeds: EntrySeeds, today: date, companies: Collection[str] | None = None) -> list[Problem]:
    """All problems of the market-entry seeds, those of reading among them, sorted by place.

    Args:
        today: day on which every route must be passable for its actors.
        companies: ids of the curated companies; None leaves the companies of cases unchecked.
    """
    graph = seeds.graph()
    found = [*seeds.problems, *check_references(seeds, graph, companies), *_dates(seeds), *_evidence(seeds)]
    found += check_conditions(seeds, graph)
    rings = list(_rings(seeds, graph))
    found += rings
    broken = any(p.code.startswith("UNKNOWN-") for p in found)
    if not rings and not broken:  # what follows walks the graph and would stumble over what was said above
        found += [*_routes(seeds, graph, today), *_loose_ends(seeds, graph)]
    return sorted(dict.fromkeys(found))


def _rings(seeds: EntrySeeds, graph: EntryGraph) -> Iterator[Problem]:
    needs = {r.id: sorted({n for way in r.ways for n in way.needs}) for r in graph.requirements.values()}
    placed = seeds.placed("requirements")
    for ring in find_cycles(needs):
        item = placed[ring[0]]
        path = next(
            (
                ("ways", i, "needs", j)
                for i, way in enumerate(item.item.ways)
                for j, n in enumerate(way.needs)
                if n == ring[1]
            ),
            (),
        )
        lines = ", ".join(
            f"{name} {placed[name].block.file}:{placed[name].block.line}" for name in ring[:-1] if name in placed
        )
        yield item.block.problem(
            "CYCLE", f"requirements need each other: {' → '.join(ring)}", f"members: {lines}", path=path
        )
    for route in seeds.blocks["routes"]:
        order = {name: list(found) for name, found in needs.items()}
        for step in route.item.before:
            order.setdefault(step.then, []).append(step.first)
        known = find_cycles(needs)
        for ring in find_cycles(order):
            if ring not in known and not known:
                message = f"the order of route '{route.item.id}' runs in a ring: {' → '.join(ring)}"
                yield route.problem("CYCLE", message, "drop one line of `before`", at="before")


def _situations(route: RouteSpec, day: date) -> Iterator[Situation]:
    for actor in route.actors:
        for service in route.services:
            yield Situation(actor, service, day, also=frozenset())


def _routes(seeds: EntrySeeds, graph: EntryGraph, today: date) -> Iterator[Problem]:
    for placed in seeds.blocks["routes"]:
        route: RouteSpec = placed.item
        if not route.goal.requirements():
            yield placed.problem(
                "NO-GOAL", f"route '{route.id}' has no goal", "name requirements under `all` or `any`", at="goal"
            )
            continue
        if (route.run_by == "partner") != bool(route.own_steps):
            yield placed.problem("VALUE", "run_by: partner and own_steps go together", at="run_by")
        inside = reachable([[frozenset(route.goal.requirements())]], _all_ways(graph))
        for i, step in enumerate(route.before):
            for end in ("first", "then"):
                if getattr(step, end) not in inside:
                    message = f"'{getattr(step, end)}' is no step of route '{route.id}'"
                    yield placed.block.problem("DEAD-ORDER", message, "drop the line", path=("before", i, end))
        for case in _situations(route, today):
            problem = problem_of(graph, route, case)
            if not minimal_sets(problem.goal, problem.ways, limit=1).sets:
                message = f"route '{route.id}' can't be passed by '{case.actor}' for '{case.service}'"
                closed = sorted(n for n in inside if not problem.open_ways[n] and n not in problem.waived)
                yield placed.problem("NO-WAY", message, f"no way is open through {', '.join(closed)}", at="goal")


def _all_ways(graph: EntryGraph) -> dict[str, list[frozenset[str]]]:
    return {r.id: [frozenset(way.needs) for way in r.ways] for r in graph.requirements.values()}


def _loose_ends(seeds: EntrySeeds, graph: EntryGraph) -> Iterator[Problem]:
    """Requirements that nothing leads to, and ways that no route opens to anybody."""
    from_goals: set[str] = set()
    used: set[str] = set()
    for route in graph.routes.values():
        asked = [*route.goal.requirements(), *(c.requirement for c in route.conditional)]
        from_goals |= reachable([[frozenset(asked)]], _all_ways(graph))
        for case in _situations(route, date.max):
            problem = problem_of(graph, route, case)
            seen = reachable([[frozenset(asked)]], problem.ways)
            used |= {way.id for name in seen for way, _ in problem.open_ways.get(name, [])}
    triggers = {trigger.by for r in graph.requirements.values() for trigger in r.triggered_by}
    lifting = {name for p in graph.prohibitions.values() for name in p.lifted_by}
    for placed in seeds.blocks["requirements"]:
        item = placed.item
        if item.id not in from_goals | triggers | lifting and item.when is None:
            hint = "name it in a goal, a need, or under `conditional` of a route"
            yield placed.problem("DANGLING", f"no route leads to the requirement '{item.id}'", hint, at="id")
            continue
        for i, way in enumerate(item.ways):
            if (
                way.id not in used
                and item.when is None
                and way.until is None
                and item.until is None
                and item.id not in triggers
            ):
                message = f"nobody can use the way '{way.id}': no route brings its actors and services together"
                yield placed.block.problem(
                    "UNUSABLE-WAY", message, "mend its actors or services", path=("ways", i, "id")
                )
    named = {name for route in graph.routes.values() for name in route.prohibitions}
    for placed in seeds.blocks["prohibitions"]:
        if placed.item.id not in named and not placed.item.condition and placed.item.when is None:
            yield placed.problem("DANGLING", f"no route names the prohibition '{placed.item.id}'", at="id")


def _dates(seeds: EntrySeeds) -> Iterator[Problem]:
    for section in ("instruments", "requirements", "prohibitions", "routes"):
        for placed in seeds.blocks[section]:
            item = placed.item
            begin = getattr(item, "effective", None) or getattr(item, "since", None)
            yield from _rising(placed, (), begin, item.until, "until")
            if section == "instruments":
                yield from _rising(placed, (), item.promulgated, item.effective, "effective", same=True)
                for i, article in enumerate(item.articles):
                    begin = article.effective or item.effective
                    yield from _rising(placed, ("articles", i), begin, article.until, "until")
            for i, way in enumerate(getattr(item, "ways", [])):
                yield from _rising(placed, ("ways", i), way.since, way.until, "until")
    for placed in seeds.blocks["cases"]:
        for i, (a, b) in enumerate(pairwise(placed.item.timeline)):
            if b.date.after <= a.date.first:
                message = f"{b.date} stands after {a.date} in the time line"
                yield placed.block.problem(
                    "DATE-ORDER", message, "order events by date", path=("timeline", i + 1, "date")
                )


def _rising(
    placed: Placed[Any],
    path: tuple[str | int, ...],
    first: PartialDate | None,
    then: PartialDate | None,
    field: str,
    *,
    same: bool = False,
) -> Iterator[Problem]:
    if first and then and (then.after <= first.first if same else then.first <= first.first):
        message = f"{field} {then} lies {'before' if same else 'not after'} {first}"
        yield placed.block.problem("DATE-ORDER", message, path=(*path, field))


def _evidence(seeds: EntrySeeds) -> Iterator[Problem]:
    for section in ("requirements", "prohibitions", "routes", "cases"):
        for placed in seeds.blocks[section]:
            item = placed.item
            pages = list(item.sources)
            pages += [b.checked.source for b in getattr(item, "legal_basis", []) if b.checked.source]
            none = getattr(item, "no_legal_basis", None)
            pages += [none.checked.source] if none and none.checked.source else []
            pages += [m.source for m in getattr(item, "timeline", []) if m.source]
            if not pages:
                yield placed.problem(
                    "NO-SOURCE", f"'{item.id}' cites no page at all", "every block cites at least one source", at="id"
                )
