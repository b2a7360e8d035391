"""The plan of every kind of service, actor and strategy, as nodes and edges that saved Cypher reads."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import Any

from ...graph.elements import Batch, Edge, Node
from ...graph.entry.draws import Draws
from ...graph.entry.gate import Row
from ...graph.entry.outlook import Case, NoOption, Option, Outlook, outlook
from ...graph.entry.profile import case_of
from ...graph.entry.rules import Rules
from ...graph.entry.steps import levels, span_of
from .law import DATASET, edge


def plan_elements(rules: Rules, start: date, rows: Collection[Row]) -> Batch:
    """Plans for work that begins on `start`; each stands until law that comes into force would change one of them."""
    batch = Batch(DATASET)
    draws = Draws()
    for service in rules.graph.services.values():
        for actor in rules.graph.actors.values():
            case = case_of(rules.graph, service.id, start, profile=actor.facts)
            found = outlook(rules, case, rows, draws)
            until = _until(rules, case, found)
            for rank, option in enumerate(found.options, 1):
                _option(batch, rules, (service.id, actor.id), case, option, rank, until)
            for closed in found.closed:
                _closed(batch, (service.id, actor.id), case, closed, until)
    return batch


def _until(rules: Rules, case: Case, found: Outlook) -> date | None:
    """First day on which an answer may differ: work begun then launches after law that changes the case."""
    days = []
    for option in found.options:
        values = {**case.values(), **option.strategy.sets}
        for change in rules.change_days:
            turn = change - timedelta(days=option.timing.window.p50)
            if turn > case.start and rules.differs(values, change):
                days.append(turn)
    return min(days, default=None)


def _key(ends: tuple[str, str], strategy: str, start: date, *parts: str) -> str:
    return ".".join(["plan", *ends, strategy, *parts, start.isoformat()])


def _option(
    batch: Batch, rules: Rules, ends: tuple[str, str], case: Case, option: Option, rank: int, until: date | None
) -> None:
    plan, window = option.plan, option.timing.window
    taken = [step for _, step in sorted(plan.steps.items()) if _chosen(rules, step)]
    ways = [step.way.id.removeprefix("w.") for step in taken if step.way]
    key = _key(ends, option.strategy.id, case.start, *ways)
    service, actor = ends
    props: dict[str, Any] = {
        "name": f"{rules.graph.services[service].name}, {actor}: {option.strategy.name}",
        "service": service,
        "actor": actor,
        "strategy": option.strategy.id,
        "gate": plan.gate,
        "gate_tier": option.evidence.tier,
        "gate_evidence": option.evidence.words(rules.graph.services[service].name),
        "rank": rank,
        **{f"days_{name}": value for name, value in window.days().items()},
        "due": plan.ids("due"),
        "held": plan.ids("held"),
        "depends": plan.ids("depends"),
        "unknown": sorted({fact for step in plan.steps.values() if step.status == "depends" for fact in step.facts}),
        "bars": sorted(bar.spec.id for bar in plan.bars if bar.state == "binding"),
        "untimed": list(option.timing.untimed),
        "known_from": case.start,
        "valid_to": until,
    }
    here = ("EntryPlan", key)
    batch.nodes.append(Node("EntryPlan", key, props))
    batch.edges.append(edge("PLAN_OF", here, ("EntryStrategy", option.strategy.id)))
    batch.edges.append(edge("FOR_SERVICE", here, ("ServiceKind", service)))
    batch.edges += _steps(rules, here, option)


def _chosen(rules: Rules, step: Any) -> bool:
    return step.way is not None and rules.graph.requirements[step.id].choice == "decides"


def _steps(rules: Rules, here: tuple[str, str], option: Option) -> Iterator[Edge]:
    level = levels(option.plan)
    for name, step in sorted(option.plan.steps.items()):
        if step.status == "not-applicable":
            continue
        span = span_of(rules, option, name) if step.status == "due" else None
        yield edge(
            "INCLUDES",
            here,
            ("Requirement", name),
            step=step.status,
            level=level.get(name),
            way=step.way.id if step.way else None,
            performer=step.performer,
            critical=option.timing.window.critical.get(name),
            days_min=_float(span.min) if span else None,
            days_typical=_float(span.typical) if span else None,
            days_max=_float(span.max) if span else None,
            measures=span.measures if span else None,
            days_basis=span.basis if span else None,
            days_n=span.n if span else None,
        )


def _float(value: float | None) -> float | None:
    return None if value is None else float(value)


def _closed(batch: Batch, ends: tuple[str, str], case: Case, closed: NoOption, until: date | None) -> None:
    service, actor = ends
    key = _key(ends, closed.strategy.id, case.start, "closed")
    bars = sorted(bar.spec.id for bar in closed.bars)
    props: dict[str, Any] = {
        "name": f"{service}, {actor}: {closed.strategy.name} (closed)",
        "service": service,
        "actor": actor,
        "strategy": closed.strategy.id,
        "gate_tier": "none",
        "gate_evidence": "closed",
        "rank": 0,
        "closed_by": bars,
        "known_from": case.start,
        "valid_to": until,
    }
    here = ("EntryPlan", key)
    batch.nodes.append(Node("EntryPlan", key, props))
    batch.edges.append(edge("PLAN_OF", here, ("EntryStrategy", closed.strategy.id)))
    batch.edges.append(edge("FOR_SERVICE", here, ("ServiceKind", service)))
    batch.edges += [edge("CLOSED_BY", here, ("Requirement", name)) for name in bars]
