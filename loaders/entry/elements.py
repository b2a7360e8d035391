"""The checked market-entry seeds as nodes and edges: a block stands whole on its node, edges are made from it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from pydantic import BaseModel

from ...graph.confidence import judge
from ...graph.elements import Batch, Edge, Node
from ...graph.entry.case_model import CaseSpec
from ...graph.entry.condition import Condition, facts_of
from ...graph.entry.evidence import cited, confidence_of, lacks_of, status_of
from ...graph.entry.gate import Row
from ...graph.entry.law import basis_on, in_force_from
from ...graph.entry.model import EntryGraph, ProhibitionSpec, RequirementSpec
from ...graph.entry.rules import Rules
from ...graph.identity import name_keys
from ..cac.number import filing_id
from ..curated.elements import source_node
from .law import DATASET, authority, edge, held, instrument, law_elements, place_of
from .names import keys_of_item
from .places import place_edges
from .plans import plan_elements

#: Every edge here states what a curator checked; the as-of test of saved queries asks for a status.
_STATUS = {True: "confirmed", False: "reported"}
#: Sections whose blocks stand on no node of their own.
RULES = ("authorities", "instruments", "order", "company_facts", "gate_evidence")


def entry_batch(
    graph: EntryGraph, reviewed: date, rows: Collection[Row] = (), planned: Rules | None = None
) -> Batch:  # fmt: skip
    """All nodes and edges of checked seeds.

    Args:
        reviewed: day on which confidence and gaps are judged, and from which stored plans begin.
        rows: the register, for the evidence on gates.
        planned: the same duties, of which plans were made before and are kept; plans read nothing of curated entities.
    """
    batch = Batch(DATASET)
    batch.nodes += [source_node(source) for source in graph.sources.values()]
    rules = Rules(graph)
    law_elements(batch, graph)
    _presets(batch, graph)
    for requirement in graph.requirements.values():
        _requirement(batch, rules, requirement, reviewed)
    for prohibition in graph.prohibitions.values():
        _prohibition(batch, rules, prohibition, reviewed)
    for case in graph.cases.values():
        _case(batch, graph, case, reviewed)
    _outside(batch, rules)
    batch.edges += place_edges(graph)
    batch.nodes.append(Node("EntryRules", "entry-rules", {"name": "Rules of market entry", "blocks": _blocks(graph)}))
    if graph.strategies:
        batch.extend(plan_elements(planned or rules, reviewed, rows))
    return batch


def _blocks(graph: EntryGraph) -> list[str]:
    found = []
    for section in RULES:
        held = getattr(graph, section)
        found += [f"{section}: {spec(item)}" for item in (held.values() if isinstance(held, dict) else held)]
    return found


def spec(item: BaseModel) -> str:
    """A block as one JSON object, read back by its model."""
    return item.model_dump_json(exclude_none=True)


def fact_node(name: str) -> tuple[str, str]:
    """Label and id of the node of a case fact."""
    return "CaseFact", f"fact.{name}"


def _named(item: Any, label: str = "", **props: Any) -> dict[str, Any]:
    names = {"name": item.name, "name_zh": item.name_zh, "aliases": getattr(item, "aliases", None) or None}
    return {**names, "spec": spec(item), "keys": keys_of_item(item, label), **props}


def _presets(batch: Batch, graph: EntryGraph) -> None:
    for service in graph.services.values():
        props = _named(service, public=service.public, about=service.about)
        batch.nodes.append(Node("ServiceKind", service.id, {**props, "law_since": service.law_since}))
    for fact in graph.facts.values():
        label, key = fact_node(fact.id)
        values = list(fact.values() or ())
        batch.nodes.append(
            Node(label, key, _named(fact, group=fact.group, kind=fact.type, values=values, asks=fact.asks))
        )
        if fact.when is not None:
            batch.edges += _reads((label, key), fact.when, "derived")
    for actor in graph.actors.values():
        batch.nodes.append(Node("EntryActor", f"actor.{actor.id}", _named(actor)))
    for place, strategy in enumerate(graph.strategies.values(), 1):
        props = _named(strategy, summary=strategy.summary, viability=strategy.viability, order=place)
        here = ("EntryStrategy", strategy.id)
        batch.nodes.append(Node(*here, {**props, "sources": list(strategy.sources)}))
        batch.edges += _reads(here, strategy.when, "when")


def _reads(here: tuple[str, str], condition: Condition | None, role: str) -> Iterator[Edge]:
    for name in sorted(facts_of(condition.node) - {"day"}) if condition else ():
        yield edge("READS_FACT", here, fact_node(name), role, role=role)


def _requirement(batch: Batch, rules: Rules, item: RequirementSpec, day: date) -> None:
    graph = rules.graph
    here = ("Requirement", item.id)
    lacks = [f"{lack.code}: {lack.text}" for lack in lacks_of(graph, item, basis_on(graph, item, day))]
    said = item.model_dump(include={"kind", "summary", "partner_evidence", "blocks_launch"})
    props = _named(item, "Requirement", prohibition=False, gaps=lacks, **said, **_common(rules, item, day))
    batch.nodes.append(Node("Requirement", item.id, props))
    _law(batch, graph, item)
    read: dict[str, Edge] = {}
    conditions = [("when", item.when), ("held", item.held_when), ("held", item.lost_when)]
    conditions += [("exemption", exemption.when) for exemption in item.exemptions]
    conditions += [("duration", d.when) for d in item.durations]
    conditions += [("basis", basis.when) for basis in item.legal_basis]
    for order, way in enumerate(item.ways, 1):
        there = ("Way", way.id)
        one: dict[str, Any] = {
            **way.model_dump(include={"name", "name_zh", "performer", "gate", "documents"}),
            **_said(rules, "when", way.when),
            **held(way.since, way.until),
            "order": order,
        }
        batch.nodes.append(Node("Way", way.id, one))
        batch.edges.append(edge("HAS_WAY", here, there, order=order))
        batch.edges += [edge("NEEDS", there, ("Requirement", need)) for need in dict.fromkeys(way.needs)]
        conditions.append(("way", way.when))
    for role, one_condition in conditions:
        read |= {found.fact_id: found for found in _reads(here, one_condition, role)}
    batch.edges += read.values()


def _common(rules: Rules, item: RequirementSpec | ProhibitionSpec, day: date) -> dict[str, Any]:
    sure = confidence_of(rules.graph, item, day)
    return {
        **_said(rules, "when", item.when),
        "known_from": in_force_from(rules.graph, item),
        "valid_to": item.until.first if item.until else None,
        "sources": cited(item, item.legal_basis),
        "read_on": list(item.sources),
        "status": status_of(item),
        "confidence": sure.value if sure else None,
        "confidence_why": sure.why if sure else None,
    }


def _said(rules: Rules, name: str, condition: Condition | None) -> dict[str, str]:
    """A condition in words of both languages, as properties of that name."""
    condition = condition or Condition("always")
    return {name: rules.words.condition(condition), f"{name}_zh": rules.words.condition(condition, "zh")}


def _prohibition(batch: Batch, rules: Rules, item: ProhibitionSpec, day: date) -> None:
    here = ("Requirement", item.id)
    props = _named(
        item,
        "Requirement",
        kind="prohibition",
        prohibition=True,
        summary=item.summary,
        blocks_launch=True,
        **_common(rules, item, day),
    )
    batch.nodes.append(Node("Requirement", item.id, props))
    _law(batch, rules.graph, item)
    batch.edges += [edge("LIFTED_BY", here, ("Requirement", name)) for name in item.lifted_by]
    batch.edges += _reads(here, item.when, "when")


def _law(batch: Batch, graph: EntryGraph, item: RequirementSpec | ProhibitionSpec) -> None:
    here = ("Requirement", item.id)
    for order, basis in enumerate(item.legal_basis, 1):
        batch.edges.append(
            edge(
                "BASED_ON",
                here,
                place_of(graph, basis.at),
                status=_STATUS[basis.verified],
                order=order,
                **basis.model_dump(include={"says", "verified"}),
                **basis.checked.model_dump(include={"verdict", "was"}),
                **held(*graph.span(basis.at)),
                sources=[basis.checked.source] if basis.checked.source else [],
            )
        )
    bodies = enumerate(item.authorities, 1)
    batch.edges += [edge("DECIDED_BY", here, authority(graph, name), order=order) for order, name in bodies]


def _outside(batch: Batch, rules: Rules) -> None:
    """Offices, law ahead and practical order."""
    graph = rules.graph
    for office in graph.offices.values():
        here = ("Office", office.id)
        given = office.model_dump(
            include={"province", "portal", "telephone", "form", "what_differs", "sources"}, exclude_none=True
        )
        batch.nodes.append(Node("Office", office.id, _named(office, **given)))
        batch.edges.append(edge("OFFICE_OF", here, authority(graph, office.authority)))
        batch.edges += [edge("BROUGHT_TO", ("Requirement", name), here) for name in office.requirements]
    for item in graph.ahead.values():
        here = ("LawAhead", item.id)
        props = {
            "name": item.says,
            "name_zh": item.says_zh,
            "spec": spec(item),
            "day": item.day,
            "first_day": item.day.first if item.day else None,
            "day_means": item.day_means,
            "legal_status": item.status,
            **_said(rules, "concerns", item.when),
            "watch": item.watch,
            "sources": list(item.sources),
        }
        batch.nodes.append(Node("LawAhead", item.id, props))
        batch.edges += [edge("TOUCHES", here, ("Requirement", name)) for name in item.requirements]
        if item.instrument:
            batch.edges.append(edge("TOUCHES", here, instrument(graph.instruments[item.instrument])))
        batch.edges += _reads(here, item.when, "when")
    for line in graph.order:
        when = rules.words.condition(line.when) if line.when else None
        ends = ("Requirement", line.first), ("Requirement", line.then)
        batch.edges.append(edge("BEFORE", *ends, why=line.why, when=when))


def _reported(graph: EntryGraph, pages: list[str], day: date) -> dict[str, Any]:
    sure = judge([graph.sources[name] for name in pages], "reported", reviewed=day, last_seen=None, open_ended=False)
    return {"sources": pages, "confidence": sure.value, "confidence_why": sure.why}


def _case(batch: Batch, graph: EntryGraph, item: CaseSpec, day: date) -> None:
    here = ("Case", item.id)
    dates = [moment.date for moment in item.timeline]
    pages = list(dict.fromkeys([*item.sources, *(m.source for m in item.timeline if m.source)]))
    plain = {"who", "product", "service", "place", "status", "outcome", "days", "days_basis", "disputed"}
    props = {
        "name": item.name,
        "name_zh": item.name_zh,
        **item.model_dump(include=plain | {"partners_note"}),
        "filing": filing_id(item.filing) if item.filing else None,
        "status_as_of": item.status_as_of,
        "status_from": item.status_as_of.first,
        "started": dates[0] if len(dates) > 1 else None,  # an event alone is what came of it, and no beginning
        "timeline": [f"{m.date}: {m.event}" + (f" [{m.source}]" if m.source else "") for m in item.timeline],
        "known_from": min((d.first for d in dates), default=None),
        **_reported(graph, pages, day),
        "keys": name_keys([item.id, item.name]),
    }
    batch.nodes.append(Node("Case", item.id, props))
    batch.edges.append(edge("FOR_SERVICE", here, ("ServiceKind", item.service)))
    batch.edges += [edge("PRECEDENT_FOR", here, ("EntryStrategy", name)) for name in item.strategies]
    batch.edges += [edge("CASE_OF", here, ("Company", name), role="company") for name in item.companies]
    batch.edges += [edge("CASE_OF", here, ("Company", name), "partner", role="partner") for name in item.partners]
    batch.edges += [edge("HANDLED_BY", here, authority(graph, name)) for name in item.authorities]
    for proof in item.proofs:
        shown = {
            "holder": proof.holder,
            "says": proof.says,
            "open": proof.open,
            "status": "reported",
            "since": proof.since,
            # what was seen to be held in a case, nobody says since when, counts with the case
            "known_from": proof.since.first if proof.since else props["known_from"],
            "known_from_basis": "valid_from" if proof.since else None,
            **_reported(graph, [proof.source], day),
        }
        batch.edges.append(edge("SATISFIES", here, ("Requirement", proof.requirement), proof.holder, **shown))
