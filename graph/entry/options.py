"""Options of a route: its minimal sets in a situation, each with ways, order and time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from .law import AndOr, Situation, acting_as, in_force_from, problem_of
from .model import EntryGraph, RouteSpec, WaySpec
from .schedule import Days, Schedule, schedule
from .sets import LIMIT, WORK, Enumeration, minimal_sets, reachable


@dataclass(frozen=True)
class Option:
    """One minimal set of a route, planned."""

    route: RouteSpec
    requirements: frozenset[str]
    ways: dict[str, WaySpec]  # the first way in the curator's order that the set supports
    others: dict[str, list[WaySpec]]  # further ways that the same set supports
    plan: Schedule

    def sort_key(self) -> tuple[float, float, float, int, list[str], str]:
        """Fastest first by typical days, then least effort, then by the longest, the fewest steps, and ids."""
        total, names = self.plan.total, sorted(self.requirements)
        return total.middle(), self.plan.effort, total.high(), len(names), names, self.route.id


@dataclass(frozen=True)
class RouteOptions:
    """All options of a route in a situation, fastest first, and whether none was cut off."""

    options: list[Option]
    enumeration: Enumeration
    problem: AndOr


def options_of(
    graph: EntryGraph, route: RouteSpec, case: Situation, *, limit: int = LIMIT, work: int = WORK
) -> RouteOptions:
    """Enumerate and plan the minimal sets of a route.

    Raises:
        ChinaAIError: an unknown requirement is named in the situation.
        CycleError: requirements or the practical order run in a ring.
    """
    problem = problem_of(graph, route, case)
    found = minimal_sets(problem.goal, problem.ways, limit=limit, work=work)
    options = sorted((_plan(graph, route, case, problem, names) for names in found.sets), key=Option.sort_key)
    return RouteOptions(options, found, problem)


def days_of(graph: EntryGraph, route: RouteSpec, requirement: str, case: Situation) -> Days | None:
    """The interval to plan a requirement with; None for one that takes no time of its own."""
    spec = graph.requirements[requirement].duration(acting_as(route, requirement, case.actor), case.service)
    return Days(spec.min, spec.typical, spec.max) if spec else None


def _plan(graph: EntryGraph, route: RouteSpec, case: Situation, problem: AndOr, names: frozenset[str]) -> Option:
    ways: dict[str, WaySpec] = {}
    others: dict[str, list[WaySpec]] = {}
    order: list[tuple[str, str]] = [(step.first, step.then) for step in route.before]
    for name in sorted(names):
        fitting = [(way, needs) for way, needs in problem.open_ways[name] if needs <= names]
        ways[name] = fitting[0][0]
        others[name] = [way for way, _ in fitting[1:]]
        order += [(need, name) for need in fitting[0][1]]
    steps = {name: days_of(graph, route, name, case) for name in names}
    return Option(route, names, ways, others, schedule(steps, order))


def change_days(graph: EntryGraph, route: RouteSpec) -> list[date]:
    """Days on which the law that a route depends on changes, sorted; the first is when any of it began."""
    every = {r.id: [frozenset(way.needs) for way in r.ways] for r in graph.requirements.values()}
    asked = frozenset(route.goal.requirements() | {c.requirement for c in route.conditional if c.services})
    days: set[date] = set()
    for name in reachable([[asked]], every):
        requirement = graph.requirements[name]
        days |= {day for day in (in_force_from(graph, requirement),) if day}
        days |= {item.first for item in (requirement.until,) if item}
        days |= {d.first for way in requirement.ways for d in (way.since, way.until) if d}
    days |= {d.first for d in (route.since, route.until) if d}
    return sorted(days)


@dataclass(frozen=True)
class DatedOption:
    """An option with the span in which it is one: half open, `until` None while it still holds."""

    option: Option
    case: Situation
    since: date | None
    until: date | None
    complete: bool


def options_over_time(
    graph: EntryGraph, route: RouteSpec, actor: str, service: str, *, limit: int = LIMIT
) -> Iterator[DatedOption]:
    """Every option of a route for an actor and service at any time, with the span in which it holds."""
    days = change_days(graph, route)
    spans = [*zip([None, *days], [*days, None], strict=True)]
    running: dict[frozenset[str], DatedOption] = {}
    for since, until in spans:
        day = since or (until - timedelta(days=1) if until else date.max)
        open_now = (route.since is None or route.since.first <= day) and (
            route.until is None or day < route.until.first
        )
        case = Situation(actor, service, day)  # type: ignore[arg-type]
        found = options_of(graph, route, case, limit=limit) if open_now else None
        now = {option.requirements: option for option in found.options} if found else {}
        for names in [names for names in running if names not in now]:
            yield _ended(running.pop(names), since)
        for names, option in now.items():
            held = running.get(names)
            if held is not None and _same(held.option, option):
                continue
            if held is not None:
                yield _ended(running.pop(names), since)
            running[names] = DatedOption(option, case, since, None, bool(found and found.enumeration.complete))
    yield from running.values()


def _ended(dated: DatedOption, until: date | None) -> DatedOption:
    return DatedOption(dated.option, dated.case, dated.since, until, dated.complete)


def _same(a: Option, b: Option) -> bool:
    return a.plan == b.plan and {n: w.id for n, w in a.ways.items()} == {n: w.id for n, w in b.ways.items()}
