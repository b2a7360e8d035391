"""The plan of every kind of service, actor and strategy, as nodes and edges that saved Cypher reads."""

from __future__ import annotations

from collections import defaultdict
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

#: Most spans of days that follow each other for one kind of service and actor.
SPANS = 4
#: First day on which a plan is the answer, and first day on which it may no longer be.
Span = tuple[date | None, date | None]


def plan_elements(rules: Rules, start: date, rows: Collection[Row]) -> Batch:
    """Plans for work that begins on `start`, and after later days on which coming law changes them, `SPANS` in all."""
    batch = Batch(DATASET)
    draws = Draws(spans=False)
    for service in rules.graph.services.values():
        for actor in rules.graph.actors.values():
            begin: date | None = start
            for part in range(SPANS):
                if begin is None:
                    break
                case = case_of(rules.graph, service.id, begin, profile=actor.facts)
                found = outlook(rules, case, rows, draws)
                span = _span(rules, case, found, rows)
                span = (begin if part else span[0], span[1])
                ends = (service.id, actor.id, *([begin.isoformat()] if part else []))
                for rank, option in enumerate(found.options, 1):
                    _option(batch, rules, ends, case, option, rank, span)
                for closed in found.closed:
                    _closed(batch, ends, case, closed, span)
                begin = span[1]
    return batch


def _span(rules: Rules, case: Case, found: Outlook, rows: Collection[Row]) -> Span:
    """Days of beginning work for which the answer is this one.

    Work that begins earlier or later launches before or after law that changes the case, and the evidence on gates
    is that of the last listing before the start.
    """
    since = max((row.listed for row in rows if row.listed is not None and row.listed <= case.start), default=date.min)
    until: date | None = None
    for option in found.options:
        values = {**case.values(), **option.strategy.sets}
        days = timedelta(days=option.timing.window.p50)
        turns = [(change - days, change) for change in rules.change_days]
        before = [pair for pair in turns if since < pair[0] <= case.start]
        since = next((turn for turn, change in reversed(before) if rules.differs(values, change)), since)
        after = [pair for pair in turns if pair[0] > case.start and (until is None or pair[0] < until)]
        until = next((turn for turn, change in after if rules.differs(values, change)), until)
    return None if since == date.min else since, until


def _key(ends: tuple[str, ...], strategy: str, *parts: str) -> str:
    return ".".join(["plan", *ends, strategy, *parts])


def _option(
    batch: Batch, rules: Rules, ends: tuple[str, ...], case: Case, option: Option, rank: int, span: Span
) -> None:
    plan, window = option.plan, option.timing.window
    taken = [step for _, step in sorted(plan.steps.items()) if _chosen(rules, step)]
    ways = [step.way.id.removeprefix("w.") for step in taken if step.way]
    key = _key(ends, option.strategy.id, *ways)
    service, actor = ends[:2]
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
        "known_from": span[0],
        "valid_to": span[1],
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


def _closed(batch: Batch, ends: tuple[str, ...], case: Case, closed: NoOption, span: Span) -> None:
    service, actor = ends[:2]
    key = _key(ends, closed.strategy.id, "closed")
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
        "known_from": span[0],
        "valid_to": span[1],
    }
    here = ("EntryPlan", key)
    batch.nodes.append(Node("EntryPlan", key, props))
    batch.edges.append(edge("PLAN_OF", here, ("EntryStrategy", closed.strategy.id)))
    batch.edges.append(edge("FOR_SERVICE", here, ("ServiceKind", service)))
    batch.edges += [edge("CLOSED_BY", here, ("Requirement", name)) for name in bars]


def register_rows(batch: Batch) -> list[Row]:
    """One row a filing: its gate, owner class, companies and kinds of service."""
    ends: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for tie in batch.edges:
        if tie.props.get("status") != "denied":
            ends[tie.type][tie.start[1]].append(tie.end[1])
    owners = {node.id: node.props.get("owner_class") for node in batch.nodes if node.label == "LegalEntity"}
    found = []
    for node in batch.nodes:
        if node.label != "Filing":
            continue
        entities = ends["FILED_BY"][node.id]
        classes = {owners.get(entity) for entity in entities} - {None}
        listed = node.props.get("listed")
        place = node.props.get("province")
        found.append(
            Row(
                node.id,
                str(node.props["kind"]),
                None if not classes else "foreign" in classes,
                frozenset(company for entity in entities for company in ends["SUBSIDIARY_OF"][entity]),
                frozenset(k for service in ends["COVERS"][node.id] for k in ends["FOR_SERVICE"][service]),
                listed if isinstance(listed, date) else None,
                str(place) if place else None,
            )
        )
    return found
