"""What a company is in Chinese law, and what it already holds, from its own facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ...graph.entry.durations import Actor
from ...graph.entry.model import ACTORS
from ...graph.errors import ChinaAIError
from ...graph.model.base import MARK
from ..ask import Ask
from .rows import Held, Ref

_COMPANY = f"MATCH (c:{MARK} {{id: $id}}) RETURN c.id AS id, c.name AS name, c.name_zh AS name_zh, c.country AS country"
_SATISFIED = f"""MATCH (f:{MARK}:Filing)-[b:FILED_BY]->(l:{MARK}:LegalEntity)
MATCH (l)-[o:SUBSIDIARY_OF]->(c:{MARK} {{id: $id}})
MATCH (f)-[q:SATISFIES]->(m:{MARK}:Requirement)
WHERE b.retired IS NULL AND q.retired IS NULL AND f.retired IS NULL
  AND (f.known_from IS NULL OR f.known_from <= $as_of)
  AND (o.valid_to IS NULL OR o.valid_to > $as_of) AND o.status <> 'denied' AND o.retired IS NULL
RETURN m.id AS requirement, f.id AS fact_id, f.name + ', ' + f.kind_zh + ' ' + f.number AS text,
       o.confidence AS confidence, f.sources + o.sources AS sources
ORDER BY f.listed, fact_id"""
#: Requirement that a company in mainland China meets.
ENTITY = "r.entity"


@dataclass(frozen=True)
class Asker:
    """The company that asks: its names, what it is in law and why, and what it holds by requirement."""

    company: Ref
    actor: Actor
    why: str
    facts: list[Held]
    held: dict[str, list[Held]]


def asker(ask: Ask, company: str, as_of: date, today: date, actor: str | None) -> Asker:
    """Who asks, as an actor.

    A seat in mainland China makes a domestic company. A foreign one with a subsidiary or joint venture
    there, at whatever time the graph learned of it, is a foreign-invested company; one without acts from abroad.

    Args:
        company: id of the company.
        as_of: day for which its filings count.
        today: last day whose knowledge of its seats counts.
        actor: overrides what follows from the facts.
    Raises:
        ChinaAIError: the actor is unknown, or does not follow since the graph knows no seat.
    """
    if actor is not None and actor not in ACTORS:
        raise ChinaAIError(f"unknown actor '{actor}'", hint=f"known: {', '.join(ACTORS)}")
    (row,) = ask.store.read(_COMPANY, id=company)
    this = Ref(id=row["id"], name=row["name"], name_zh=row["name_zh"])
    onshore = [
        Held(
            fact_id=found.fact_id,
            text=f"{found.onshore} {found.relation} {this.id}" + (f" ({found.basis})" if found.basis else ""),
            confidence=found.confidence,
            sources=found.sources,
        )
        for found in ask.run("onshore", company=company, as_of=max(as_of, today))
    ]
    held = _held(ask, company, as_of)
    if onshore:
        held[ENTITY] = onshore
    if actor is not None:
        return Asker(this, actor, "as asked", [], held)
    country = row["country"]
    if country is None:
        hint = f"say which: {', '.join(ACTORS)} (--actor)"
        raise ChinaAIError(f"the graph knows no seat of {this.name}, so what it is in law does not follow", hint=hint)
    if country == "CN":
        return Asker(this, "domestic", f"{this.name} has its seat in mainland China", [], held)
    if onshore:
        why = f"{this.name} has its seat in {country} and a company in mainland China"
        return Asker(this, "fie", why, onshore, held)
    why = (
        f"{this.name} has its seat in {country}, and the graph knows no company of it in mainland China; "
        "with one, ask as fie"
    )
    return Asker(this, "offshore", why, [], held)


def _held(ask: Ask, company: str, as_of: date) -> dict[str, list[Held]]:
    rows = ask.store.read(_SATISFIED, id=company, as_of=as_of)
    pages = ask.pages(name for row in rows for name in row["sources"])
    found: dict[str, list[Held]] = {}
    for row in rows:
        cited = [pages[name] for name in dict.fromkeys(row["sources"]) if name in pages]
        item = Held(
            fact_id=row["fact_id"],
            text=row["text"],
            confidence=row["confidence"],
            sources=cited,
        )
        found.setdefault(row["requirement"], []).append(item)
    return found
