"""Who could be the partner of a step: companies with the evidence it asks for, ranked by reasons that are facts.

The score is a sum of whole points, each the weight of one reason (`POINTS`). It orders candidates by what is on
record; it is our own rule and measures nothing else. Without evidence a company is no candidate.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from ...graph.entry.model import EntryGraph
from ...graph.model.base import MARK
from ..ask import Ask
from .rows import Partner, Reason, Ref

#: Points of a first and of each further piece of evidence, and how many pieces count.
FIRST, FURTHER, PIECES = 3, 1, 3
#: Cases of others with the same kind of service that count.
CASES = 2
#: Points by code; a partnership that both sides or an authority confirm weighs one more.
POINTS = {"served": 2, "partner": 3, "talks": 1, "rejected": -2, "control-list": -2, "rival": -1, "dispute": -3}
_ON_DAY = """(r.known_from IS NULL OR r.known_from <= $as_of)
  AND (r.valid_to IS NULL OR r.valid_to > $as_of)
  AND r.status <> 'denied' AND r.retired IS NULL AND coalesce(r.preferred, true)"""
_FACT = """type(r) AS relation, r.fact_id AS fact_id, r.status AS status, r.outcome AS outcome, r.scope AS scope,
       r.confidence AS confidence, r.sources AS sources"""
_TIES = f"""MATCH (c:{MARK} {{id: $company}})-[r:PARTNERS_WITH|LICENSES_TO|USES_SERVICE_OF|SUPPLIES|NEGOTIATED_WITH|CONSIDERED|COMPETES_WITH|DISPUTES_WITH]-(x:{MARK}:Company)
WHERE {_ON_DAY}
RETURN x.id AS id, x.name AS name, {_FACT}
ORDER BY fact_id"""  # noqa: E501
_LISTS = f"""MATCH (x:{MARK}:Company)-[r:NAMED_IN]->(l:{MARK}:ControlList)
WHERE {_ON_DAY}
RETURN x.id AS id, l.name AS name, {_FACT}
ORDER BY fact_id"""
_GROUP = f"""MATCH (x:{MARK}:Company)-[r:SUBSIDIARY_OF]->(p:{MARK}:Company)
WHERE {_ON_DAY}
RETURN x.id AS id, p.id AS parent
ORDER BY id, parent"""
_SERVED = f"""MATCH (k:{MARK}:Case)-[s:FOR_SERVICE]->(v:{MARK} {{id: $service}})
MATCH (k)-[r:CASE_OF]->(x:{MARK}:Company)
OPTIONAL MATCH (k)-[o:CASE_OF]->(c:{MARK} {{id: $company}}) WHERE o.retired IS NULL
WITH k, s, r, x, count(o) AS own
WHERE own = 0 AND r.role = 'partner' AND s.retired IS NULL AND r.retired IS NULL AND k.retired IS NULL
  AND (k.known_from IS NULL OR k.known_from <= $as_of)
RETURN x.id AS id, k.name AS name, k.who AS who, k.id AS fact_id, k.confidence AS confidence, k.sources AS sources
ORDER BY fact_id"""
_PARTNER = {
    "PARTNERS_WITH": "works with",
    "LICENSES_TO": "licence between it and",
    "USES_SERVICE_OF": "service between it and",
    "SUPPLIES": "supply between it and",
}
_OTHER = {"NEGOTIATED_WITH": "talks", "COMPETES_WITH": "rival", "DISPUTES_WITH": "dispute"}


@dataclass(frozen=True)
class _Found:
    """A reason with ids in place of sources."""

    code: str
    points: int
    text: str
    row: dict[str, Any]


def partner_steps(graph: EntryGraph, requirements: Iterable[str]) -> list[str]:
    """Those of some requirements that are met together with a partner, who must show evidence."""
    return [name for name in sorted(set(requirements)) if graph.requirements[name].partner_evidence]


def candidates(
    ask: Ask, graph: EntryGraph, company: Ref, service: str, steps: Iterable[str], as_of: date
) -> dict[str, list[Partner]]:
    """Candidates by partner step, best first.

    Args:
        company: who looks for a partner; its own evidence makes it no candidate.
        service: id of the kind of service.
        steps: ids of partner steps.
    """
    case = {"company": company.id, "service": service, "as_of": as_of}
    reasons = _reasons(ask, company, case)
    return {step: _ranked(ask, graph, step, company, reasons, as_of) for step in steps}


def _ranked(
    ask: Ask, graph: EntryGraph, step: str, company: Ref, reasons: dict[str, list[_Found]], as_of: date
) -> list[Partner]:
    item = graph.requirements[step]
    evidence: dict[str, list[Any]] = defaultdict(list)
    for row in ask.run("partner-evidence", requirement=step, as_of=as_of):
        if row.company_id != company.id:
            evidence[row.company_id].append(row)
    pages = ask.pages(i for found in reasons.values() for one in found for i in one.row["sources"])
    partners = []
    for key, rows in evidence.items():
        best = sorted(rows, key=lambda r: (-(r.confidence or 0), str(r.since or "9"), r.fact_id))
        why = [_evidence(row, i, len(rows)) for i, row in enumerate(best[:PIECES])]
        for one in reasons.get(key, []):
            cited = [pages[i] for i in dict.fromkeys(one.row["sources"]) if i in pages]
            why.append(
                Reason(
                    code=one.code,
                    points=one.points,
                    text=one.text,
                    fact_id=one.row["fact_id"],
                    confidence=one.row["confidence"],
                    sources=cited,
                )
            )
        sources = list({source.id: source for reason in why for source in reason.sources}.values())
        partners.append(
            Partner(
                requirement=Ref(id=item.id, name=item.name, name_zh=item.name_zh),
                company=Ref(id=key, name=rows[0].company, name_zh=rows[0].company_zh),
                score=sum(reason.points for reason in why),
                reasons=why,
                confidence=best[0].confidence,
                sources=sources,
            )
        )
    return sorted(partners, key=lambda p: (-p.score, -len(evidence[p.company.id]), p.company.id))


def _evidence(row: Any, place: int, count: int) -> Reason:
    more = f" (one of {count})" if place == 0 and count > PIECES else ""
    return Reason(
        code="evidence",
        points=FIRST if place == 0 else FURTHER,
        text=f"holds: {row.evidence}{more}",
        fact_id=row.fact_id,
        confidence=row.confidence,
        sources=row.sources,
    )


def _reasons(ask: Ask, company: Ref, case: dict[str, Any]) -> dict[str, list[_Found]]:
    """What is on record of each company beside its evidence; a subsidiary's facts count for its parent too."""
    found: dict[str, list[_Found]] = defaultdict(list)
    parents: dict[str, list[str]] = defaultdict(list)
    for row in ask.store.read(_GROUP, as_of=case["as_of"]):
        parents[row["id"]].append(row["parent"])
    for row in ask.store.read(_TIES, company=case["company"], as_of=case["as_of"]):
        one = _tie(row, company)
        for key in (row["id"], *parents[row["id"]]):
            if one is not None and key != company.id:
                found[key].append(one)
    for row in ask.store.read(_LISTS, as_of=case["as_of"]):
        text = f"named in {row['name']} ({row['status']})"
        for key in (row["id"], *parents[row["id"]]):
            found[key].append(_Found("control-list", POINTS["control-list"], text, row))
    served: dict[str, list[_Found]] = defaultdict(list)
    for row in ask.store.read(_SERVED, **case):
        text = f"partner of {row['who']}: {row['name']}"
        for key in (row["id"], *parents[row["id"]]):
            served[key].append(_Found("served", POINTS["served"], text, row))
    for key, cases in served.items():
        found[key] += cases[:CASES]
    return found


def _tie(row: dict[str, Any], company: Ref) -> _Found | None:
    scope = f": {row['scope']}" if row["scope"] else ""
    relation = row["relation"]
    if relation in _PARTNER:
        points = POINTS["partner"] + (row["status"] == "confirmed")
        return _Found("partner", points, f"{_PARTNER[relation]} {company.name} ({row['status']}){scope}", row)
    if relation == "CONSIDERED":
        rejected = row["outcome"] == "rejected"
        code = "rejected" if rejected else "talks"
        text = f"considered by {company.name}" + (f", {row['outcome']}" if row["outcome"] else "") + scope
        return _Found(code, POINTS[code], text, row)
    code = _OTHER[relation]
    return _Found(code, POINTS[code], f"{relation.replace('_', ' ').lower()} {company.name}{scope}", row)
