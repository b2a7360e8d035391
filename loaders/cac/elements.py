"""The register as nodes and edges of the data set `cac`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ...graph.confidence import judge
from ...graph.elements import Batch, Edge, Node
from ...graph.identity import keys_of
from ...graph.model.actors import Jurisdiction
from ...graph.model.evidence import Source
from ...graph.model.register import Filing, FilingKind, Notice
from ..curated.elements import entity_node, source_node
from ..identity import Identity
from .lookups import KindLine, Lookups, Owner, ServiceLine
from .mend import CacRow
from .number import filing_id
from .register import Register
from .resolve import Resolved

DATASET = "cac"
PUBLISHER = "Cyberspace Administration of China"
#: Requirement that a filing or registration meets.
REQUIREMENT = {"filing": "r.gai-filing", "registration": "r.gai-reg"}
#: Ids of filings on which curated reports say otherwise: the conflict, and whether the filing is preferred.
Sides = Mapping[str, tuple[str, bool | None]]
#: A row stands in one notice of the register itself.
_SURE = judge(
    [Source(id="notice", publisher=PUBLISHER, kind="register")], "confirmed", reviewed=date.max, last_seen=None,
    open_ended=False,
)  # fmt: skip
#: Notes on a wait. The date in a number is read as acceptance; where it is the day of the listing, or later, the
#: office numbered when it listed, and the number says nothing of waiting.
_SAME = "no wait known: the number bears the day of the listing"
_LATER = "no wait known: the date in the number lies after the printed date"
_MIXED = "most registrations are numbered on the day of listing, so these days may be less than the wait"


def filing_of(row: CacRow, sides: Sides) -> Filing:
    """The filing that a row lists, with what is derived from its number marked as such."""
    kind: FilingKind = "filing" if row.kind == "备案" else "registration"
    days: int | None = (row.listed - row.number.accepted).days
    note = _MIXED if kind == "registration" else None
    if days is not None and days <= 0:
        days, note = None, _SAME if days == 0 else _LATER
    one = filing_id(row.printed["number"])
    conflict, preferred = sides.get(one, (None, None))
    return Filing(
        id=one, conflict=conflict, preferred=preferred, name=row.name, kind=kind, kind_zh=row.kind,
        number=row.number.text, number_printed=row.printed["number"], place=row.number.place,
        label_part=row.number.label, serial=row.number.serial, listed=row.listed, numbered=row.number.accepted,
        accepted=None if days is None else row.number.accepted, late=row.late, confidence=_SURE.value,
        confidence_why=_SURE.why, days_to_listing=days, days_note=note,
        derived=[] if days is None else ["accepted", "days_to_listing"], scenario=row.scenario, period=row.period,
        seq=row.seq, province=row.province, line=row.line,
        mends=[f"{m.field}: '{m.printed}' → '{m.mended}' ({m.rule}: {m.reason})" for m in row.mends],
        sources=[f"cac-genai-{row.period}"], known_from=row.listed,
    )  # fmt: skip


def register_batch(
    register: Register, known: Lookups, resolved: Resolved, identity: Identity, sides: Sides
) -> Batch:  # fmt: skip
    """All nodes and edges of a register without problems."""
    batch = Batch(DATASET)
    batch.nodes += [source_node(source) for source in _sources(register.notices, known)]
    batch.nodes += [entity_node(item) for item in (*resolved.things, *register.notices)]
    batch.nodes += [entity_node(item) for item in (*resolved.entities.values(), *resolved.services.values())]
    places = _places(batch, register, known, identity)
    for row in register.rows:
        filing = filing_of(row, sides)
        props = filing.model_dump(exclude_none=True)
        keys = keys_of(props, "Filing", [filing.number, filing.number_printed])
        batch.nodes.append(Node("Filing", filing.id, {**props, "keys": keys}))
        batch.edges += _filing_edges(filing, row, resolved, places)
    batch.edges += _entity_places(register, resolved, places)
    batch.edges += [owner_edge(entity, line, resolved.first_listed[entity]) for entity, line in resolved.owners.items()]
    for service, thing in resolved.realised:
        end = (resolved.labels[thing.is_], thing.is_)
        batch.edges.append(_service_edge(resolved, "REALISES", service, end, thing))
    for service, line in resolved.kinds:
        end = ("ServiceKind", line.kind)
        batch.edges.append(_service_edge(resolved, "FOR_SERVICE", service, end, line, line.kind))
    return batch


def _sources(notices: list[Notice], known: Lookups) -> list[Source]:
    issues = [
        Source(
            id=f"cac-genai-{notice.period}", url=notice.url, publisher=PUBLISHER, title=notice.name_zh,
            published=notice.period, kind="register", language="zh",
        )
        for notice in notices
    ]  # fmt: skip
    return [*issues, *known.sources.values()]


def _places(batch: Batch, register: Register, known: Lookups, identity: Identity) -> dict[str, str]:
    """Ids of the places in use; one that the curated seeds hold keeps its id and its node."""
    found = {}
    for printed in sorted({row.province for row in register.rows}):
        place = known.places[printed]
        curated = identity.find(printed, "Jurisdiction") or identity.find(place.id, "Jurisdiction")
        found[printed] = curated[0] if curated else place.id
        if not curated:
            item = Jurisdiction(id=place.id, name=place.name or printed, name_zh=printed, country="CN", note=place.note)
            batch.nodes.append(entity_node(item))
    return found


def _filing_edges(filing: Filing, row: CacRow, resolved: Resolved, places: dict[str, str]) -> list[Edge]:
    start = ("Filing", filing.id)
    ends = [
        ("FILED_BY", ("LegalEntity", resolved.filer[row.line])),
        ("COVERS", ("Service", resolved.covered[row.line])),
        ("PUBLISHED_IN", ("Notice", f"notice-cac-genai-{row.period}")),
        ("IN_JURISDICTION", ("Jurisdiction", places[row.province])),
        ("SATISFIES", ("Requirement", REQUIREMENT[filing.kind])),
    ]
    return [Edge.keyed(kind, start, end) for kind, end in ends]


def _entity_places(register: Register, resolved: Resolved, places: dict[str, str]) -> list[Edge]:
    """Each legal entity with the place of every office that took a filing of it, from the first one listed."""
    since: dict[tuple[str, str], date] = {}
    for row in register.rows:
        ends = (resolved.filer[row.line], places[row.province])
        since[ends] = min(row.listed, since.get(ends, row.listed))
    return [
        Edge.keyed(
            "IN_JURISDICTION", ("LegalEntity", entity), ("Jurisdiction", place), place, props={"known_from": day}
        )
        for (entity, place), day in since.items()
    ]


def evidence_of(line: Owner | ServiceLine | KindLine, why: str) -> dict[str, Any]:
    """What an edge carries that a reviewed line says."""
    return {
        "status": "reported", "confidence": line.confidence, "confidence_why": f"curator: {why}",
        "sources": list(line.sources), "weak": False,
    }  # fmt: skip


def owner_edge(entity: str, line: Owner, listed: date) -> Edge:
    """Who owns a legal entity, by a reviewed line.

    Args:
        listed: day on which a register first named the entity; from then on it is known where the line has no day.
    """
    dated = line.since or line.as_of
    props = {
        **evidence_of(line, line.basis), "share": line.share, "percent": line.percent, "basis": line.basis,
        "since": line.since, "as_of": line.as_of, "note": line.note, "known_from": dated.first if dated else listed,
        "known_from_basis": "valid_from" if line.since else "as_of" if line.as_of else "first listing",
    }  # fmt: skip
    return Edge.keyed("SUBSIDIARY_OF", ("LegalEntity", entity), ("Company", line.owner), props=props)


def _service_edge(
    resolved: Resolved, kind: str, service: str, end: tuple[str, str], line: ServiceLine | KindLine, *parts: str
) -> Edge:  # fmt: skip
    props = {
        **evidence_of(line, line.reason), "note": line.reason, "known_from": resolved.first_listed[service],
        "known_from_basis": "first listing",
    }  # fmt: skip
    return Edge.keyed(kind, ("Service", service), end, *parts, props=props)
