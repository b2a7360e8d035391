"""The checked market-entry seeds as nodes and edges; the options of every route are computed here."""

from __future__ import annotations

from datetime import date
from typing import Any

from ...graph.confidence import judge
from ...graph.dates import PartialDate
from ...graph.elements import Batch, Node
from ...graph.entry.durations import DurationSpec
from ...graph.entry.law import in_force_from
from ...graph.entry.model import EntryGraph, InstrumentSpec, ProhibitionSpec, RequirementSpec
from ...graph.entry.precedents import CaseSpec
from ...graph.identity import name_keys
from ...graph.model.evidence import WEAK_KINDS
from ..curated.elements import source_node
from .routes import DATASET, edge, route_elements

_LEVELS = frozenset({"national", "provincial"})
#: Every edge here states what a curator checked; the as-of test of saved queries asks for a status.
_STATUS = {True: "confirmed", False: "reported"}


def entry_batch(graph: EntryGraph, reviewed: date) -> Batch:
    """All nodes and edges of checked seeds.

    Args:
        reviewed: day on which confidence and gaps are judged.
    """
    batch = Batch(DATASET)
    batch.nodes += [source_node(source) for source in graph.sources.values()]
    _law(batch, graph)
    for service in graph.services.values():
        names = [service.id, service.name, service.name_zh or "", *service.aliases]
        props = service.model_dump(exclude_none=True, include={"id", "name", "name_zh", "aliases", "public", "about"})
        batch.nodes.append(Node("ServiceKind", service.id, {**props, "keys": name_keys(names)}))
    for requirement in graph.requirements.values():
        _requirement(batch, graph, requirement, reviewed)
    for prohibition in graph.prohibitions.values():
        _prohibition(batch, graph, prohibition, reviewed)
    for route in graph.routes.values():
        batch.extend(route_elements(graph, route))
    for case in graph.cases.values():
        _case(batch, graph, case, reviewed)
    return batch


def first(value: PartialDate | None) -> date | None:
    """First day of a date."""
    return value.first if value else None


def authority(graph: EntryGraph, name: str) -> tuple[str, str]:
    """Label and id of the node that an authority is."""
    return "Authority", graph.authorities[name].entity or name


def instrument(item: InstrumentSpec) -> tuple[str, str]:
    """Label and id of the node that an instrument is."""
    return "Instrument", item.entity or item.id


def _law(batch: Batch, graph: EntryGraph) -> None:
    for body in graph.authorities.values():
        if body.entity is None:  # else the curated entity stands for it
            props = {
                "name": body.name,
                "name_zh": body.name_zh,
                "role": body.role,
                "country": "CN",
                "sources": body.sources,
                "level": body.level if body.level in _LEVELS else None,
                "aliases": body.aliases,
                "keys": name_keys([body.id, body.name, body.name_zh or "", *body.aliases]),
            }
            batch.nodes.append(Node("Authority", body.id, props))
    for item in graph.instruments.values():
        end = instrument(item)
        if item.entity is None:
            law: dict[str, Any] = {
                "name": item.name,
                "name_zh": item.name_zh,
                "kind": item.kind,
                "number": item.number,
                "country": "CN",
                "promulgated": _text(item.promulgated),
                "effective": _text(item.effective),
                "repealed": _text(item.until),
                "effective_seen": item.effective_seen,
                "legal_status": item.status,
                "revised": [str(d) for d in item.revised],
                "note": " ".join(x for x in (item.summary, item.note) if x),
                "sources": item.sources,
                "keys": name_keys([item.id, item.name, item.name_zh or ""]),
            }
            batch.nodes.append(Node("Instrument", item.id, law))
        batch.edges += [edge("ISSUED_BY", end, authority(graph, name)) for name in item.issuers]
        if item.replaces:
            batch.edges.append(edge("REPLACES", end, instrument(graph.instruments[item.replaces])))
        for article in item.articles:
            key = item.article_id(article)
            since, until = graph.span(key)
            place: dict[str, Any] = {
                "name": f"{item.name}, {article.art}",
                "art": article.art,
                "about": article.about,
                "name_zh": f"{item.name_zh} {article.art}" if item.name_zh else None,
                "known_from": first(since),
                "valid_to": first(until),
            }
            batch.nodes.append(Node("Article", key, place))
            batch.edges.append(edge("PART_OF", ("Article", key), end))


def _requirement(batch: Batch, graph: EntryGraph, item: RequirementSpec, day: date) -> None:
    here = ("Requirement", item.id)
    plan = item.duration("fie")
    props: dict[str, Any] = {
        "name": item.name,
        "name_zh": item.name_zh,
        "kind": item.kind,
        "prohibition": False,
        "summary": item.summary,
        "trigger": item.trigger,
        "known_from": in_force_from(graph, item),
        "valid_to": first(item.until),
        "when_absent": item.when_absent,
        "validity": item.validity,
        "partner_evidence": item.partner_evidence,
        "blocks_launch": item.blocks_launch,
        "no_legal_basis": item.no_legal_basis.why if item.no_legal_basis else None,
        "no_basis_checked": item.no_legal_basis.checked.model_dump_json(exclude_none=True)
        if item.no_legal_basis
        else None,
        "durations": [d.model_dump_json(exclude_none=True) for d in item.durations],
        "gaps": _gaps(graph, item, plan),
        "keys": name_keys([item.id, item.name, item.name_zh or ""]),
        **_evidence(graph, item, day),
    }
    if plan:
        props |= {
            f"duration_{k}": getattr(plan, k)
            for k in ("min", "typical", "max", "basis", "clock", "n", "rule", "source")
        }
        props |= {
            f"duration_{k}": float(props[f"duration_{k}"])
            for k in ("min", "typical", "max")
            if props[f"duration_{k}"] is not None
        }
    batch.nodes.append(Node("Requirement", item.id, props))
    _based_on(batch, graph, item)
    for order, way in enumerate(item.ways, 1):
        there = ("Way", way.id)
        one: dict[str, Any] = {
            "name": way.name,
            "name_zh": way.name_zh,
            "performer": way.performer or "self",
            "actors": list(way.actors),
            "order": order,
            "services": list(way.services),
            "documents": way.documents,
            "known_from": first(way.since),
            "valid_to": first(way.until),
        }
        batch.nodes.append(Node("Way", way.id, one))
        batch.edges.append(edge("HAS_WAY", here, there, order=order))
        batch.edges += [edge("NEEDS", there, ("Requirement", need)) for need in way.needs]
        batch.edges += [edge("FOR_SERVICE", there, ("ServiceKind", service)) for service in way.services]
    batch.edges += [edge("TRIGGERED_BY", here, ("Requirement", t.by), when=t.when) for t in item.triggered_by]


def _prohibition(batch: Batch, graph: EntryGraph, item: ProhibitionSpec, day: date) -> None:
    props: dict[str, Any] = {
        "name": item.name,
        "name_zh": item.name_zh,
        "kind": "prohibition",
        "prohibition": True,
        "summary": item.summary,
        "trigger": item.condition or "always",
        "condition": item.condition,
        "actors": list(item.actors),
        "services": list(item.services),
        "known_from": in_force_from(graph, item),
        "valid_to": first(item.until),
        "blocks_launch": True,
        "keys": name_keys([item.id, item.name, item.name_zh or ""]),
        **_evidence(graph, item, day),
    }
    batch.nodes.append(Node("Requirement", item.id, props))
    _based_on(batch, graph, item)
    batch.edges += [edge("LIFTED_BY", ("Requirement", item.id), ("Requirement", name)) for name in item.lifted_by]


def _based_on(batch: Batch, graph: EntryGraph, item: RequirementSpec | ProhibitionSpec) -> None:
    here = ("Requirement", item.id)
    for order, basis in enumerate(item.legal_basis, 1):
        law, article = graph.articles[basis.at]
        since, until = graph.span(basis.at)
        batch.edges.append(
            edge(
                "BASED_ON",
                here,
                ("Article", basis.at) if article else instrument(law),
                status=_STATUS[basis.verified],
                says=basis.says,
                order=order,
                verdict=basis.checked.verdict,
                verified=basis.verified,
                was=basis.checked.was,
                known_from=first(since),
                valid_to=first(until),
                sources=[basis.checked.source] if basis.checked.source else [],
            )
        )
    bodies = enumerate(item.authorities, 1)
    batch.edges += [edge("DECIDED_BY", here, authority(graph, name), order=order) for order, name in bodies]


def _cited(item: RequirementSpec | ProhibitionSpec) -> list[str]:
    none = getattr(item, "no_legal_basis", None)
    ids = [*item.sources, *(b.checked.source for b in item.legal_basis), none.checked.source if none else None]
    return list(dict.fromkeys(name for name in ids if name))


def _evidence(graph: EntryGraph, item: RequirementSpec | ProhibitionSpec, day: date) -> dict[str, Any]:
    cited = _cited(item)
    if not cited:
        return {"sources": [], "read_on": []}
    status = _STATUS[any(b.verified for b in item.legal_basis)]
    sure = judge([graph.sources[name] for name in cited], status, reviewed=day, last_seen=None, open_ended=False)
    return {
        "sources": cited,
        "read_on": list(item.sources),
        "status": status,
        "confidence": sure.value,
        "confidence_why": sure.why,
    }


def _gaps(graph: EntryGraph, item: RequirementSpec, plan: DurationSpec | None) -> list[str]:
    found = [f"no-legal-basis: {item.no_legal_basis.why}"] if item.no_legal_basis else []
    found += [f"unverified-basis: {basis.at}" for basis in item.legal_basis if not basis.verified]
    kinds = {graph.sources[name].kind for name in _cited(item)}
    found += ["no-source: no page was read"] if not kinds else []
    found += [f"weak-source: only {', '.join(sorted(kinds))} pages"] if kinds and kinds <= WEAK_KINDS else []
    return [*found, *([f"estimate: {plan.rule}"] if plan and plan.basis == "estimate" else [])]


def _text(value: PartialDate | None) -> str | None:
    return str(value) if value else None


def _case(batch: Batch, graph: EntryGraph, item: CaseSpec, day: date) -> None:
    here = ("Case", item.id)
    dates = [moment.date for moment in item.timeline]
    pages = list(dict.fromkeys([*item.sources, *(m.source for m in item.timeline if m.source)]))
    sure = judge([graph.sources[name] for name in pages], "reported", reviewed=day, last_seen=None, open_ended=False)
    batch.nodes.append(
        Node(
            "Case",
            item.id,
            {
                "name": item.name,
                "name_zh": item.name_zh,
                "who": item.who,
                "product": item.product,
                "service": item.service,
                "place": item.place,
                "status": item.status,
                "outcome": item.outcome,
                "status_as_of": str(item.status_as_of),
                "status_from": item.status_as_of.first,
                "days": item.days,
                "days_basis": item.days_basis,
                "started": str(dates[0]) if dates else None,
                "disputed": item.disputed,
                "timeline": [f"{m.date}: {m.event}" + (f" [{m.source}]" if m.source else "") for m in item.timeline],
                "partners_note": item.partners_note,
                "known_from": min((d.first for d in dates), default=None),
                "sources": pages,
                "confidence": sure.value,
                "confidence_why": sure.why,
                "keys": name_keys([item.id, item.name]),
            },
        )
    )
    batch.edges.append(edge("FOR_SERVICE", here, ("ServiceKind", item.service)))
    batch.edges += [edge("PRECEDENT_FOR", here, ("EntryRoute", route)) for route in item.routes]
    batch.edges += [edge("CASE_OF", here, ("Company", name), role="company") for name in item.companies]
    batch.edges += [edge("CASE_OF", here, ("Company", name), "partner", role="partner") for name in item.partners]
    batch.edges += [edge("HANDLED_BY", here, authority(graph, name)) for name in item.authorities]
    for proof in item.proofs:
        sure = judge([graph.sources[proof.source]], "reported", reviewed=day, last_seen=None, open_ended=False)
        batch.edges.append(
            edge(
                "SATISFIES",
                here,
                ("Requirement", proof.requirement),
                proof.holder,
                holder=proof.holder,
                says=proof.says,
                status="reported",
                known_from=first(proof.since),
                sources=[proof.source],
                confidence=sure.value,
                confidence_why=sure.why,
            )
        )
