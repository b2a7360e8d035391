"""Typed seed blocks as nodes and edges, with the dates, confidence and evidence that queries need."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from ...graph.confidence import judge
from ...graph.elements import Batch, Edge, Node
from ...graph.facts import Evidence, Figure, Relation
from ...graph.identity import keys_of
from ...graph.model.actors import Company
from ...graph.model.base import Entity
from ...graph.model.evidence import AREAS, Source
from ...graph.model.regulation import Instrument
from ...graph.model.shapes import Qualifiers
from .places import place_edges
from .read import Seeds

DATASET = "seeds"


def curated_batch(seeds: Seeds) -> Batch:
    """All nodes and edges of checked seeds. The seeds must have no problems."""
    batch, maker = Batch(DATASET), _Maker(seeds)
    batch.nodes += [source_node(source) for source in maker.sources.values()]
    batch.nodes += [maker.entity(placed.item) for placed in seeds.entities]
    for relation in seeds.relations:
        if not relation.item.reading_of:
            batch.edges.append(maker.edge(relation.item))
    for figure in seeds.figures:
        batch.extend(maker.observation(figure.item))
    batch.edges += place_edges(seeds)
    batch.extend(_conflicts(seeds, maker.labels))
    for placed in seeds.sentences:
        props = placed.item.model_dump(exclude_none=True)
        batch.nodes.append(Node("SeedSentence", placed.item.id, {**props, "name": f"Sentence {placed.item.id}"}))
    batch.nodes += [_searched(area, str(day)) for area, day in seeds.about.searched.items()]
    return batch


def source_node(source: Source) -> Node:
    """A source as a node; dates keep their written precision."""
    props: dict[str, Any] = source.model_dump(exclude_none=True)
    name = source.title or f"{source.publisher}: {source.id}"
    published = source.published.first if source.published else None
    return Node("Source", source.id, {**props, "name": name, "published_from": published})


def entity_node(entity: Entity) -> Node:
    """An entity as a node, with the keys under which its names are found."""
    props = entity.model_dump(exclude_none=True)
    houses, listed = (entity.houses, entity.listed) if isinstance(entity, Company) else ((), ())
    return Node(
        entity.label(), entity.id, {**props, "keys": keys_of(props, entity.label(), houses=houses, listed=listed)}
    )


class _Maker:
    def __init__(self, seeds: Seeds) -> None:
        self.sources = {placed.item.id: placed.item for placed in seeds.sources}
        self.labels = {placed.item.id: placed.item.label() for placed in seeds.entities}
        self.names = {placed.item.id: placed.item.name for placed in seeds.entities}
        self.preferred = {placed.item.id: placed.item.prefer for placed in seeds.conflicts}
        self.reviewed = seeds.about.reviewed
        self.further: dict[str, list[Relation]] = defaultdict(list)
        for placed in seeds.relations:
            if placed.item.reading_of:
                self.further[placed.item.reading_of].append(placed.item)
        self.told = _days_told(placed.item for placed in seeds.facts)

    def entity(self, item: Entity) -> Node:
        """An entity as a node; the days of an instrument rest on the pages of the facts of it that tell these days."""
        node = entity_node(item)
        if isinstance(item, Instrument):
            days = (item.promulgated, item.effective, item.repealed)
            pages = dict.fromkeys(page for day in days if day for page in self.told[item.id, str(day)])
            node = Node(node.label, node.id, {**node.props, "sources": list(pages)} if pages else node.props)
        return node

    def edge(self, fact: Relation) -> Edge:
        """A relation as one relationship; a share in percent is told wherever amounts are."""
        share = f"{fact.percent:g}%" if fact.percent else None
        extra = {
            **fact.model_dump(include={*Qualifiers.model_fields, "share", "percent"}), "amount": fact.amount or share,
            "steps": sorted([*map(str, fact.steps), *(_step(one) for one in self.further.get(fact.id, ()))]) or None,
        }  # fmt: skip
        open_ended = fact.valid_to is None and fact.status not in ("ended", "denied")
        return Edge(
            fact.predicate, fact.id, (self.labels[fact.subject], fact.subject), (self.labels[fact.object], fact.object),
            {**self.evidence(fact, open_ended), **extra},
        )  # fmt: skip

    def observation(self, fact: Figure) -> Batch:
        """A figure as an Observation with its structural edges."""
        span = f" ({fact.as_of})" if fact.as_of else ""
        props = {
            "name": f"{self.names[fact.subject]}: {fact.metric} {fact.said}{span}",
            **fact.model_dump(include={"metric", "value", "text", "unit", "rank", "approximate"}),
            "date": fact.date, "date_from": fact.date.first if fact.date else None,
        }  # fmt: skip
        found = Batch(DATASET, [Node("Observation", fact.id, {**self.evidence(fact, False), **props})])
        start = ("Observation", fact.id)
        for kind, end in (("OF", fact.subject), ("MEASURED_BY", fact.measured_by), ("IN_MARKET", fact.market)):
            if end is not None:
                found.edges.append(Edge.keyed(kind, start, (self.labels[end], end)))
        return found

    def evidence(self, fact: Evidence, open_ended: bool) -> dict[str, Any]:
        """Dates, confidence and sources, as every fact carries them."""
        ids = list(dict.fromkeys([*fact.sources, *(s for one in self.further.get(fact.id, ()) for s in one.sources)]))
        cited = [self.sources[i] for i in ids]
        seen = [d for d in (fact.as_of, fact.announced, fact.valid_from, *(s.published for s in cited)) if d]
        last_seen = max((d.first for d in seen), default=None)
        judged = judge(
            cited, fact.status, reviewed=self.reviewed, last_seen=last_seen, open_ended=open_ended, unseen=fact.unseen
        )
        overridden = fact.confidence is not None
        known, basis = known_from(fact, cited, over=isinstance(fact, Figure))
        return {
            "status": fact.status,
            "since": fact.valid_from, "until": fact.valid_to, "announced": fact.announced, "as_of": fact.as_of,
            "known_from": known, "known_from_basis": basis, "valid_to": end_of(fact, cited),
            "confidence": fact.confidence if overridden else judged.value,
            "confidence_why": f"curator: {fact.confidence_reason}" if overridden else judged.why,
            "weak": judged.weak, "unseen": fact.unseen or None, "unseen_reason": fact.unseen_reason,
            "sources": ids, "read": list(map(str, fact.read)) or None, "scope": fact.scope, "note": _note(fact),
            "conflict": fact.conflict, "preferred": self._preferred(fact), "seed": list(fact.seed),
        }  # fmt: skip

    def _preferred(self, fact: Evidence) -> bool | None:
        prefer = self.preferred.get(fact.conflict) if fact.conflict else None
        return None if prefer is None else prefer == fact.id


def _days_told(facts: Iterable[Relation | Figure]) -> dict[tuple[str, str], list[str]]:
    """Pages by what their facts are about and a day that these tell."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for fact in facts:
        ends, more = ((fact.subject, fact.object), None) if isinstance(fact, Relation) else ((fact.subject,), fact.date)
        days = {str(day) for day in (fact.announced, fact.valid_from, fact.valid_to, fact.as_of, more) if day}
        for one in ends if fact.status != "denied" else ():
            for day in days:
                found[one, day] += fact.sources
    return found


def _note(fact: Evidence) -> str | None:
    """The curator's sentence, and what is not known of the fact though it was looked for."""
    told = [fact.note] if fact.note else []
    if fact.beginning:
        told.append("When it began is not known.")
    if fact.outcome_sought:
        told.append(f"What became of it was searched for to {fact.outcome_sought} and not found.")
    return " ".join(told) or None


def _step(reading: Relation) -> str:
    """A further reading of a tie as a step of it: its day, and what it says."""
    day = reading.valid_from or reading.announced or reading.as_of
    said = reading.scope or reading.product or reading.note or f"also told as {reading.id}"
    return f"{day} {said}" if day else said


def known_from(fact: Evidence, cited: list[Source], *, over: bool) -> tuple[date | None, str | None]:
    """First day on which an answer may use the fact, and what says so; unknown stays unknown.

    Args:
        over: what is of a month, quarter or year is not known before the span is over, as a figure is not.
    """
    for basis, value in (("valid_from", fact.valid_from), ("announced", fact.announced), ("as_of", fact.as_of)):
        if value:
            return value.end if over and basis == "as_of" else value.first, basis
    published = [source.published.first for source in cited if source.published]
    return (min(published), "source") if published else (None, None)


def end_of(fact: Evidence, cited: list[Source]) -> date | None:
    """First day on which the fact surely no longer holds.

    A day is exact (half open). A month, quarter or year may have ended on any of its days, so the
    fact counts until the span is over. An ended fact of unknown end has ended when it was told.
    """
    if fact.valid_to:
        return fact.valid_to.end
    if fact.status != "ended":
        return None
    told = [d.first for d in (fact.as_of, fact.announced, *(s.published for s in cited)) if d]
    return max(told) if told else None


def _conflicts(seeds: Seeds, labels: dict[str, str]) -> Batch:
    found = Batch(DATASET)
    for placed in seeds.conflicts:
        item = placed.item
        sides = [fact.item for fact in seeds.facts if fact.item.conflict == item.id]
        props = {
            **item.model_dump(exclude_none=True, exclude={"register_rows"}),
            "name": item.question,
            "facts": sorted([*(side.id for side in sides), *item.register_rows]),
        }
        here = ("Conflict", f"conflict.{item.id}")
        found.nodes.append(Node(*here, {**props, "conflict": item.id}))
        for about in sorted({side.subject for side in sides}):
            found.edges.append(Edge.keyed("CONCERNS", here, (labels[about], about), about))
    return found


def _searched(area: str, day: str) -> Node:
    props = {"name": f"{area}, searched to {day}", "name_zh": AREAS[area], "area": area, "searched": day}
    return Node("Coverage", f"searched.{area}", props)
