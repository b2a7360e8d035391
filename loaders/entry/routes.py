"""Routes as nodes and edges, with their options at every time."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from datetime import date
from typing import Any

from ...graph.elements import Batch, Edge, Node
from ...graph.entry.law import acting_as
from ...graph.entry.model import EntryGraph, RouteSpec
from ...graph.entry.options import DatedOption, options_over_time
from ...graph.identity import name_keys

DATASET = "entry"
_ENDS = {"min", "typical", "max"}


def route_elements(graph: EntryGraph, route: RouteSpec) -> Batch:
    """A route with its goal, its conditions and prohibitions, and its options."""
    here = ("EntryRoute", route.id)
    props: dict[str, Any] = {
        "name": route.name,
        "name_zh": route.name_zh,
        "actors": list(route.actors),
        "services": list(route.services),
        "run_by": route.run_by,
        "own_steps": list(route.own_steps),
        "summary": route.summary,
        "viability": route.viability,
        "preconditions": route.preconditions,
        "sources": list(route.sources),
        "keys": name_keys([route.id, route.name, route.name_zh or ""]),
        "known_from": route.since.first if route.since else None,
        "valid_to": route.until.first if route.until else None,
    }
    batch = Batch(DATASET, [Node("EntryRoute", route.id, props)])
    batch.edges += [edge("FOR_SERVICE", here, ("ServiceKind", service)) for service in route.services]
    batch.edges += [_goal(here, name, 0, 0) for name in route.goal.all]
    for i, choice in enumerate(route.goal.any, 1):
        for j, alternative in enumerate(choice, 1):
            batch.edges += [_goal(here, name, i, j) for name in alternative]
    for order, c in enumerate(route.conditional, 1):
        extra: dict[str, Any] = {"when": c.when, "services": list(c.services), "order": order}
        batch.edges.append(edge("TRIGGERED_BY", ("Requirement", c.requirement), here, **extra))
    for name in route.prohibitions:
        batch.edges.append(edge("BLOCKS", ("Requirement", name), here, when=graph.prohibitions[name].condition))
    for step in route.before:
        batch.edges.append(
            edge("BEFORE", ("Requirement", step.first), ("Requirement", step.then), route.id, route=route.id)
        )
    batch.extend(_options(graph, route))
    return batch


def _goal(here: tuple[str, str], name: str, choice: int, alternative: int) -> Edge:
    return edge(
        "HAS_GOAL", here, ("Requirement", name), f"{choice}.{alternative}", choice=choice, alternative=alternative
    )


def edge(kind: str, start: tuple[str, str], end: tuple[str, str], part: str = "", **props: Any) -> Edge:
    """An edge whose key comes from its ends, and `part` where two may join the same ends."""
    key = "/".join([start[1], kind.lower().replace("_", "-"), end[1], *([part] if part else [])])
    return Edge(kind, key, start, end, {"status": "confirmed", **props})


def _options(graph: EntryGraph, route: RouteSpec) -> Batch:
    """Options of all actors; services for which an option is the same in all but name share one node."""
    batch = Batch(DATASET)
    for actor in route.actors:
        alike: dict[tuple[Any, ...], list[tuple[str, DatedOption]]] = defaultdict(list)
        for service in route.services:
            for dated in options_over_time(graph, route, actor, service):
                plan = dated.option.plan
                ways = tuple(sorted((name, way.id) for name, way in dated.option.ways.items()))
                key = (
                    tuple(sorted(dated.option.requirements)),
                    dated.since or date.min,
                    dated.until or date.max,
                    ways,
                    plan.critical,
                    tuple(tuple(_days(graph, dated, name).items()) for name in sorted(dated.option.requirements)),
                )
                alike[key].append((service, dated))
        for key in sorted(alike, key=repr):
            batch.extend(_option(graph, route, actor, [service for service, _ in alike[key]], alike[key][0][1]))
    return batch


def _option(graph: EntryGraph, route: RouteSpec, actor: str, services: list[str], dated: DatedOption) -> Batch:
    option, plan = dated.option, dated.option.plan
    names = sorted(option.requirements)
    text = " ".join([route.id, actor, *services, *names, str(dated.since or "")])
    key = f"option.{route.id.removeprefix('pa.')}.{actor}.{hashlib.sha256(text.encode()).hexdigest()[:12]}"
    node = Node(
        "EntryOption",
        key,
        {
            "name": f"{route.name}: {len(names)} steps",
            "route": route.id,
            "actor": actor,
            "services": services,
            "size": len(names),
            "requirements": names,
            "days_min": float(plan.total.low()),
            "days_typical": float(plan.total.middle()),
            "days_max": float(plan.total.high()),
            "effort": float(plan.effort),
            "open_ended": plan.open_ended,
            "critical": list(plan.critical),
            "complete": dated.complete,
            "known_from": dated.since,
            "valid_to": dated.until,
        },
    )
    here = ("EntryOption", key)
    batch = Batch(DATASET, [node], [edge("OPTION_OF", here, ("EntryRoute", route.id))])
    for name in names:
        way = option.ways[name]
        by_partner = route.run_by == "partner" and name not in route.own_steps
        batch.edges.append(
            edge(
                "INCLUDES",
                here,
                ("Requirement", name),
                level=plan.level[name],
                way=way.id,
                critical=name in plan.critical,
                performer="partner" if by_partner else way.performer or "self",
                starts_on_day=float(plan.start[name]),
                **_days(graph, dated, name),
            )
        )
    return batch


def _days(graph: EntryGraph, dated: DatedOption, name: str) -> dict[str, Any]:
    """The interval that a step was planned with, and what it rests on."""
    case, route = dated.case, dated.option.route
    spec = graph.requirements[name].duration(acting_as(route, name, case.actor), case.service)
    if spec is None:
        return {}
    days = {key: None if value is None else float(value) for key, value in spec.model_dump(include=_ENDS).items()}
    return {**{f"days_{key}": value for key, value in days.items()}, "days_basis": spec.basis, "days_n": spec.n}
