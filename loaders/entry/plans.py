"""The plan of every kind of service, actor and strategy, as nodes and edges that saved Cypher reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from ...graph.elements import Batch, Edge, Node
from ...graph.entry.case_model import StrategySpec
from ...graph.entry.draws import Draws
from ...graph.entry.gate import Row
from ...graph.entry.outlook import Case, NoOption, Option, Outlook, outlook
from ...graph.entry.profile import case_of
from ...graph.entry.rules import Rules
from ...graph.entry.steps import levels, span_of
from .law import DATASET, edge, place_of

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
                    _option(batch, rules, ends, option, rank, span)
                for closed in found.closed:
                    _closed(batch, ends, closed, span)
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


def _plan(
    batch: Batch, ends: tuple[str, ...], strategy: StrategySpec, parts: Iterable[str], span: Span, props: dict[str, Any]
) -> tuple[str, str]:  # fmt: skip
    """Put the node of a plan into the batch, with its strategy and kind of service; its label and id."""
    service, actor = ends[:2]
    here = ("EntryPlan", ".".join(["plan", *ends, strategy.id, *parts]))
    shared = {"service": service, "actor": actor, "strategy": strategy.id, "known_from": span[0], "valid_to": span[1]}
    batch.nodes.append(Node(*here, {**shared, **props}))
    batch.edges.append(edge("PLAN_OF", here, ("EntryStrategy", strategy.id)))
    batch.edges.append(edge("FOR_SERVICE", here, ("ServiceKind", service)))
    return here


def _option(batch: Batch, rules: Rules, ends: tuple[str, ...], option: Option, rank: int, span: Span) -> None:
    plan, window, graph = option.plan, option.timing.window, rules.graph
    chosen = [step for _, step in sorted(plan.steps.items()) if graph.requirements[step.id].choice == "decides"]
    ways = [step.way.id.removeprefix("w.") for step in chosen if step.way]
    service = graph.services[ends[0]].name
    props: dict[str, Any] = {
        "name": f"{service}, {ends[1]}: {option.strategy.name}",
        "gate": plan.gate,
        "gate_tier": option.evidence.tier,
        "gate_evidence": option.evidence.words(service),
        "rank": rank,
        **{f"days_{name}": value for name, value in window.days().items()},
        **{status: plan.ids(status) for status in ("due", "held", "depends")},
        "unknown": sorted({fact for step in plan.steps.values() if step.status == "depends" for fact in step.facts}),
        "bars": sorted(bar.spec.id for bar in plan.bars if bar.state == "binding"),
        "untimed": list(option.timing.untimed),
    }
    here = _plan(batch, ends, option.strategy, ways, span, props)
    batch.edges += _steps(rules, here, option)


def _steps(rules: Rules, here: tuple[str, str], option: Option) -> Iterator[Edge]:
    level = levels(option.plan)
    for name, step in sorted(option.plan.steps.items()):
        if step.status == "not-applicable":
            continue
        span = span_of(rules, option, name) if step.status == "due" else None
        days: dict[str, Any] = {}
        if span:
            ends = {"days_min": span.min, "days_typical": span.typical, "days_max": span.max}
            days = {key: None if value is None else float(value) for key, value in ends.items()}
            days |= {"measures": span.measures, "days_basis": span.basis, "days_n": span.n}
        yield edge(
            "INCLUDES", here, ("Requirement", name), step=step.status, level=level.get(name),
            way=step.way.id if step.way else None, performer=step.performer,
            critical=option.timing.window.critical.get(name), bound_by=_bound_by(rules, name, option), **days,
        )  # fmt: skip


def _bound_by(rules: Rules, name: str, option: Option) -> list[str] | None:
    """Ids of the articles of a step's law that bind the case, or may; None where all do."""
    law = rules.graph.requirements[name].legal_basis
    day, values = option.timing.day, option.plan.values
    binding = [one for one in law if rules.binds(one, values, day)]
    return None if len(binding) == len(law) else [place_of(rules.graph, one.at)[1] for one in binding]


def _closed(batch: Batch, ends: tuple[str, ...], closed: NoOption, span: Span) -> None:
    bars = sorted(bar.spec.id for bar in closed.bars)
    props: dict[str, Any] = {
        "name": f"{ends[0]}, {ends[1]}: {closed.strategy.name} (closed)", "gate_tier": "none",
        "gate_evidence": "closed", "rank": 0, "closed_by": bars,
    }  # fmt: skip
    here = _plan(batch, ends, closed.strategy, ["closed"], span, props)
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
