"""Who could be the partner of a step: companies with the evidence it asks for, ranked by reasons that are facts.

The score is a sum of whole points, each the weight of one reason (`POINTS`). It orders candidates by what is on
record; it is our own rule and measures nothing else. Without evidence a company is no candidate.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ...graph.entry.condition import YES
from ...graph.entry.model import EntryGraph
from ...graph.model.technology import made_by
from ..ask import Ask
from ..rows import cited
from ..words import statement
from .rows import Partner, Reason, Ref

#: Effect of a control list, in words, for an asker with its seat in the list's country and for any other.
LIST_EFFECT = {
    "entity-list": (
        "items under US export rules need a licence to go to it",
        "binds items under US export rules, wherever the asker is",
    ),
    "list-1260h": ("bars contracts of the US Department of Defense; blocks no trade", "blocks no trade"),
    "us-ns-cmic": ("US persons may not deal in its listed securities; blocks no trade", "blocks no trade"),
}
#: Points of a first and of each further piece of evidence, and how many pieces count.
FIRST, FURTHER, PIECES = 3, 1, 3
#: Cases of others with the same kind of service that count.
CASES = 2
#: Points by code; a partnership that both sides or an authority confirm weighs one more.
POINTS = {
    "own-case": 4,
    "served": 2,
    "partner": 3,
    "talks": 1,
    "rejected": -2,
    "control-list": -2,
    "rival": -1,
    "dispute": -3,
}
_PARTNER = {
    "PARTNERS_WITH": "works with",
    "LICENSES_TO": "licence between it and",
    "USES_SERVICE_OF": "service between it and",
    "SUPPLIES": "supply between it and",
}
_OTHER = {"NEGOTIATED_WITH": "talks", "COMPETES_WITH": "rival", "DISPUTES_WITH": "dispute"}
_FACT = """type(r) AS relation, r.fact_id AS fact_id, r.status AS status, r.outcome AS outcome, r.scope AS scope,
       r.confidence AS confidence, r.sources AS sources
ORDER BY fact_id"""
_SPOKEN = "|".join((*_PARTNER, *_OTHER, "CONSIDERED"))
_TIES = statement(f"""MATCH (c:ChinaAI {{id: $company}})-[r:{_SPOKEN}]-(x:ChinaAI:Company)
WHERE {{{{in_force(r)}}}}
RETURN x.id AS id, x.name AS name, {_FACT}""")
_LISTS = statement(f"""MATCH (x:ChinaAI:Company)-[r:NAMED_IN]->(l:ChinaAI:ControlList)
WHERE {{{{in_force(r)}}}}
RETURN x.id AS id, l.name AS name, l.id AS list, l.country AS country, l.effect AS effect, {_FACT}""")
_GROUP = statement("""MATCH (x:ChinaAI:Company)-[r:SUBSIDIARY_OF]->(p:ChinaAI:Company)
WHERE {{in_force(r)}}
RETURN x.id AS id, p.id AS parent
ORDER BY id, parent""")
_SERVED = statement("""MATCH (k:ChinaAI:Case)-[s:FOR_SERVICE]->(v:ChinaAI)
MATCH (k)-[r:CASE_OF]->(x:ChinaAI:Company)
OPTIONAL MATCH (k)-[o:CASE_OF]->(c:ChinaAI {id: $company}) WHERE {{stands(o)}} AND o.role = 'company'
WITH k, v, s, r, x, count(o) > 0 AS own
WHERE (v.id = $service OR own) AND r.role = 'partner' AND {{stands(s, r)}} AND {{known_either(k)}}
RETURN x.id AS id, k.name AS name, k.who AS who, own, v.id = $service AS same, k.id AS fact_id,
       k.confidence AS confidence, k.sources AS sources
ORDER BY own DESC, fact_id""")
_SAME_KIND = statement("""MATCH (k:ChinaAI {id: $service})<-[g:FOR_SERVICE]-(v:ChinaAI:Service)
MATCH (v)<-[s:COVERS]-(f:ChinaAI:Filing)
MATCH (f)-[b:FILED_BY]->(l:ChinaAI:LegalEntity)-[o:SUBSIDIARY_OF]->(x:ChinaAI:Company)
WHERE {{stands(g, s, b)}} AND {{known_either(f)}} AND {{in_force(o)}}
RETURN x.id AS id, f.name AS name, f.id AS fact_id, f.confidence AS confidence, f.sources AS sources
ORDER BY fact_id""")
_SPEAKS = statement("""MATCH (f:ChinaAI:Filing)-[s:COVERS]->(v:ChinaAI:Service)-[t:REALISES]->(x:ChinaAI)
WHERE f.id IN $ids AND {{stands(s, t)}}
OPTIONAL MATCH (x)<-[i:IN_FAMILY]-(m:ChinaAI:Model) WHERE {{stands(i)}}
RETURN f.id AS id, collect(DISTINCT m.modality) AS modalities""")


@dataclass(frozen=True)
class Seeker:
    """Who looks for a partner: its own evidence makes it no candidate. A profile has no company.

    Attributes:
        denied: ids of records of its own that can't be by what it says.
    """

    company: Ref | None
    service: str
    seat: str | None
    as_of: date
    denied: frozenset[str] = frozenset()

    @property
    def id(self) -> str:
        """Id of the company; empty for a profile."""
        return self.company.id if self.company else ""

    @property
    def name(self) -> str:
        """Its name in sentences."""
        return self.company.name if self.company else "the asker"


@dataclass(frozen=True)
class _Found:
    """A reason with ids in place of sources."""

    code: str
    points: int
    text: str
    row: dict[str, Any]


def partner_steps(graph: EntryGraph, requirements: Iterable[str]) -> list[str]:
    """Those of some requirements that are met together with a partner, who must show evidence."""
    known = graph.requirements
    return [name for name in sorted(set(requirements)) if known[name].partner_evidence]


def candidates(ask: Ask, graph: EntryGraph, seeker: Seeker, steps: Iterable[str]) -> dict[str, list[Partner]]:
    """Candidates by partner step, best first.

    Args:
        steps: ids of partner steps.
    """
    wanted = list(dict.fromkeys(steps))
    if not wanted:
        return {}
    reasons = _reasons(ask, seeker)
    return {step: _ranked(ask, graph, step, seeker, reasons) for step in wanted}


def _ranked(ask: Ask, graph: EntryGraph, step: str, seeker: Seeker, reasons: dict[str, list[_Found]]) -> list[Partner]:
    item = graph.requirements[step]
    evidence: dict[str, list[Any]] = defaultdict(list)
    rows = ask.run("partner-evidence", requirement=step, as_of=seeker.as_of)
    for row in _of_kind(ask, graph, seeker, rows):
        if row.company_id != seeker.id:
            evidence[row.company_id].append(row)
    pages = ask.pages(i for found in reasons.values() for one in found for i in one.row["sources"] or ())
    partners = []
    for key, seen in evidence.items():
        best = sorted(seen, key=lambda r: (-(r.confidence or 0), str(r.since or "9"), r.fact_id))
        why = [_evidence(row, i, len(seen)) for i, row in enumerate(best[:PIECES])]
        for one in reasons.get(key, []):
            fact, shown = one.row, cited(one.row["sources"], pages)
            why.append(Reason.like(one, fact_id=fact["fact_id"], confidence=fact["confidence"], sources=shown))
        sources = list({source.id: source for reason in why for source in reason.sources}.values())
        partners.append(
            Partner(
                requirement=Ref.like(item),
                company=Ref(id=key, name=seen[0].company, name_zh=seen[0].company_zh),
                score=sum(reason.points for reason in why),
                warnings=[reason.text for reason in why if reason.code in ("control-list", "rival")],
                reasons=why,
                confidence=best[0].confidence,
                sources=sources,
            )
        )
    return sorted(partners, key=lambda p: (-p.score, -len(evidence[p.company.id]), p.company.id))


def _of_kind(ask: Ask, graph: EntryGraph, seeker: Seeker, rows: Iterable[Any]) -> list[Any]:
    """Evidence of the right kind: for a service that talks, no model that is known to make only pictures or video."""
    found = list(rows)
    if graph.services[seeker.service].facts.get("generates_text") != YES:
        return found
    spoken = ask.store.read(_SPEAKS, ids=[row.fact_id for row in found if row.kind == "filing"])
    silent = {
        row["id"] for row in spoken
        if (known := [m for m in row["modalities"] if m]) and not any("text" in made_by(m) for m in known)
    }  # fmt: skip
    return [row for row in found if row.fact_id not in silent]


def _evidence(row: Any, place: int, count: int) -> Reason:
    more = f" (one of {count})" if place == 0 and count > PIECES else ""
    points = FIRST if place == 0 else FURTHER
    return Reason.like(row, code="evidence", points=points, text=f"holds: {row.evidence}{more}")


def _reasons(ask: Ask, seeker: Seeker) -> dict[str, list[_Found]]:
    """What is on record of each company beside its evidence; a subsidiary's facts count for its parent too.

    Ties of one pair are one deal, however many facts tell of it: the weightiest counts.
    """
    found: dict[str, list[_Found]] = defaultdict(list)
    parents: dict[str, list[str]] = defaultdict(list)
    for row in ask.store.read(_GROUP, as_of=seeker.as_of):
        parents[row["id"]].append(row["parent"])
    ties: dict[str, list[_Found]] = defaultdict(list)
    for row in ask.store.read(_TIES, company=seeker.id, as_of=seeker.as_of):
        one = _tie(row, seeker)
        for key in (row["id"], *parents[row["id"]]):
            if key != seeker.id:
                ties[key].append(one)
    for key, told in ties.items():
        found[key] += _once(told)
    for key, hits in _listed(ask, seeker, parents).items():
        found[key] += hits
    served: dict[str, list[_Found]] = defaultdict(list)
    for row in ask.store.read(_SERVED, company=seeker.id, service=seeker.service, as_of=seeker.as_of):
        if row["own"] and row["fact_id"] in seeker.denied:
            continue
        code = "own-case" if row["own"] and row["same"] else "served"
        text = f"partner of {row['who']}: {row['name']}"
        for key in (row["id"], *parents[row["id"]]):
            served[key].append(_Found(code, POINTS[code], text, row))
    for key, cases in served.items():
        found[key] += sorted(cases, key=lambda one: -one.points)[:CASES]
    rivals: set[str] = set()
    for row in ask.store.read(_SAME_KIND, service=seeker.service, as_of=seeker.as_of):
        if row["id"] not in rivals | {seeker.id}:
            rivals.add(row["id"])
            found[row["id"]].append(
                _Found("rival", POINTS["rival"], f"rival: runs {row['name']} of this kind itself", row)
            )
    return found


def _listed(ask: Ask, seeker: Seeker, parents: Mapping[str, list[str]]) -> dict[str, list[_Found]]:
    """Hits of control lists by company: one for each list, however many facts and units tell of it."""
    hits: dict[tuple[str, str], list[_Found]] = defaultdict(list)
    for row in ask.store.read(_LISTS, as_of=seeker.as_of):
        unknown = (row["effect"] or "its effect is not on record",) * 2
        effect = LIST_EFFECT.get(row["list"], unknown)[seeker.seat != row["country"]]
        text = f"named in {row['name']} ({row['status']}): {effect}"
        harmless = "blocks no trade" in effect and seeker.seat != row["country"]
        one = _Found("control-list", 0 if harmless else POINTS["control-list"], text, row)
        for key in (row["id"], *parents[row["id"]]):
            hits[key, row["list"]].append(one)
    found: dict[str, list[_Found]] = defaultdict(list)
    for (key, _), told in sorted(hits.items()):
        found[key] += _once(told)
    return found


def _once(told: list[_Found]) -> list[_Found]:
    """Of facts with one code the weightiest, with a word on the others."""
    kept: dict[str, _Found] = {}
    for one in sorted(told, key=lambda f: (-abs(f.points), -(f.row["confidence"] or 0), f.row["fact_id"])):
        kept.setdefault(one.code, one)
    more = {code: sum(one.code == code for one in told) - 1 for code in kept}
    return [
        replace(one, text=f"{one.text} (also told by {more[code]} more)") if more[code] else one
        for code, one in kept.items()
    ]


def _tie(row: dict[str, Any], company: Seeker) -> _Found:
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
