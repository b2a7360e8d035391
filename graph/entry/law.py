"""What is in force on a day and who may use what: from the requirement graph to an AND/OR problem."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from ..errors import ChinaAIError
from .durations import Actor
from .model import BasisSpec, EntryGraph, ProhibitionSpec, RequirementSpec, RouteSpec, WaySpec
from .sets import Goal


@dataclass(frozen=True)
class Situation:
    """Who wants what, when, and what is given or ruled out.

    Attributes:
        actor: what the company is in Chinese law.
        service: id of the service kind.
        as_of: day on which the law is read.
        having: requirements already met; they and their needs are not asked for.
        without: requirements that must not be used.
        also: conditional requirements to count as asked for.
    """

    actor: Actor
    service: str
    as_of: date
    having: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    also: frozenset[str] = frozenset()


@dataclass(frozen=True)
class AndOr:
    """An AND/OR problem with the ways that each alternative stands for, in the curator's order."""

    goal: Goal
    ways: dict[str, list[frozenset[str]]]
    open_ways: dict[str, list[tuple[WaySpec, frozenset[str]]]]
    waived: frozenset[str] = field(default_factory=frozenset)


def in_force_from(graph: EntryGraph, item: RequirementSpec | ProhibitionSpec) -> date | None:
    """First day of force: stated, else the earliest date of the legal basis; None where always in force."""
    if item.since is not None:
        return item.since.first
    dates = [since.first for basis in item.legal_basis if (since := graph.span(basis.at)[0])]
    return min(dates, default=None)


def in_force(graph: EntryGraph, item: RequirementSpec | ProhibitionSpec, day: date) -> bool:
    """True where it applies on that day."""
    since = in_force_from(graph, item)
    return (since is None or since <= day) and (item.until is None or day < item.until.first)


def basis_on(graph: EntryGraph, item: RequirementSpec | ProhibitionSpec, day: date) -> list[BasisSpec]:
    """The legal basis in force on that day; a place without a date counts as in force."""
    found = []
    for basis in item.legal_basis:
        since, until = graph.span(basis.at)
        if (since is None or since.first <= day) and (until is None or day < until.first):
            found.append(basis)
    return found


def acting_as(route: RouteSpec, requirement: str, actor: Actor) -> Actor:
    """Whose ways count: where a partner runs the service, a domestic company's, but for the company's own steps."""
    return "domestic" if route.run_by == "partner" and requirement not in route.own_steps else actor


def usable(way: WaySpec, actor: Actor, service: str, day: date) -> bool:
    """True where this actor may use the way for this service on that day."""
    return (
        actor in way.actors
        and (not way.services or service in way.services)
        and (way.since is None or way.since.first <= day)
        and (way.until is None or day < way.until.first)
    )


def problem_of(graph: EntryGraph, route: RouteSpec, case: Situation) -> AndOr:
    """The AND/OR problem of a route in a situation.

    What is not in force and waived, or already met, drops out of goals and needs; what is not in force
    and closed, or ruled out, keeps no way. Raises ChinaAIError for an unknown requirement.
    """
    for name in sorted(case.having | case.without | case.also):
        if name not in graph.requirements:
            raise ChinaAIError(
                f"unknown requirement '{name}'", hint="see the requirements of the seeds, ids begin with r."
            )
    waived = {
        r.id for r in graph.requirements.values() if r.when_absent == "waived" and not in_force(graph, r, case.as_of)
    }
    gone = frozenset(waived | case.having)
    open_ways: dict[str, list[tuple[WaySpec, frozenset[str]]]] = {}
    for requirement in graph.requirements.values():
        shut = requirement.id in case.without or not in_force(graph, requirement, case.as_of)
        actor = acting_as(route, requirement.id, case.actor)
        open_ways[requirement.id] = (
            []
            if shut
            else [
                (way, frozenset(way.needs) - gone)
                for way in requirement.ways
                if usable(way, actor, case.service, case.as_of)
            ]
        )
    called = {c.requirement for c in route.conditional if case.service in c.services} | case.also
    asked = list(dict.fromkeys([*route.goal.all, *sorted(called)]))
    goal: list[list[frozenset[str]]] = [[frozenset({name})] for name in asked if name not in gone]
    goal += [[frozenset(alternative) - gone for alternative in choice] for choice in route.goal.any]
    ways = {name: [needs for _, needs in found] for name, found in open_ways.items()}
    return AndOr(goal, ways, open_ways, gone)
