"""What one block can't know: ids, ends, units, conflicts and sentences across all files."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import Any

from ...graph.facts import Figure, Relation
from ...graph.model import EDGES, METRICS, NODES
from ...graph.model.values import valid_lei, valid_uscc
from ...graph.nearest import did_you_mean
from ...graph.problems import Problem
from ..identity import Identity
from .days import check_days
from .places import check_places
from .read import Placed, Seeds


def check_seeds(seeds: Seeds, today: date | None = None) -> list[Problem]:
    """All problems of the seeds, those of reading among them, sorted by place.

    Args:
        today: day after which nothing can have been seen; that of the machine, unless a later one is given.
    """
    identity = seeds.identity()
    found = [
        *seeds.problems,
        *_duplicates(seeds),
        *_entities(seeds, identity),
        *check_places(seeds),
        *check_days(seeds, max(today or date.min, date.today())),
        *_evidence(seeds),
        *(p for fact in seeds.relations for p in _relation(seeds, fact, identity)),
        *(p for fact in seeds.figures for p in _figure(seeds, fact, identity)),
        *_conflicts(seeds),
        *_sentences(seeds),
        *_floors(seeds),
    ]
    return sorted(dict.fromkeys(found))


def _duplicates(seeds: Seeds) -> Iterator[Problem]:
    groups: tuple[tuple[str, Iterable[Placed]], ...] = (  # type: ignore[type-arg]
        ("source", seeds.sources), ("entity", seeds.entities), ("fact", seeds.facts),
        ("conflict", seeds.conflicts), ("sentence", seeds.sentences),
    )  # fmt: skip
    for what, group in groups:
        first: dict[str, Placed] = {}  # type: ignore[type-arg]
        for placed in group:
            held = first.setdefault(placed.item.id, placed)
            if held is not placed:
                where = f"first in {held.block.file}:{held.block.line}"
                yield placed.problem("DUPLICATE-ID", f"{what} id '{placed.item.id}' stands twice", where, at="id")
    entity_ids = {placed.item.id for placed in seeds.entities}
    for source in seeds.sources:
        if source.item.id in entity_ids:
            yield source.problem("DUPLICATE-ID", f"source id '{source.item.id}' is an entity's too", at="id")


def _entities(seeds: Seeds, identity: Identity) -> Iterator[Problem]:
    placed_by_id = {placed.item.id: placed for placed in seeds.entities}
    for key, ids in identity.ambiguous():
        for later in ids[1:]:
            message = f"the name key '{key}' means {', '.join(ids)}"
            yield placed_by_id[later].problem(
                "AMBIGUOUS-NAME", message, "drop the alias from all but one", at="aliases"
            )
    for placed in seeds.entities:
        lei, uscc = getattr(placed.item, "lei", None), getattr(placed.item, "uscc", None)
        if lei and not valid_lei(lei):
            yield placed.problem("CHECK-DIGIT", f"LEI '{lei}' fails its check digits (ISO 17442)", at="lei")
        if uscc and not valid_uscc(uscc):
            yield placed.problem("CHECK-DIGIT", f"USCC '{uscc}' fails its check digit (GB 32100)", at="uscc")


def _evidence(seeds: Seeds) -> Iterator[Problem]:
    sources, sentences, conflicts = (_known(seeds, target) for target in ("sources", "sentences", "conflicts"))
    meant = cache(lambda source: did_you_mean(source, sources))
    for fact in seeds.facts:
        for i, source in enumerate(fact.item.sources):
            if source in fact.item.sources[:i]:
                hint = "a source that says it counts once"
                yield fact.problem("VALUE", f"sources names '{source}' twice", hint, at="sources", index=i)
            elif source not in sources:
                message = f"unknown source '{source}'"
                yield fact.problem("UNKNOWN-SOURCE", message, meant(source), at="sources", index=i)
        for i, ref in enumerate(fact.item.seed):
            if ref not in sentences:
                message = f"the article has no sentence '{ref}'"
                yield fact.problem("SEED-REF", message, "p1s1 to p9s4", at="seed", index=i)
        if fact.item.conflict and fact.item.conflict not in conflicts:
            hint = did_you_mean(fact.item.conflict, conflicts)
            yield fact.problem("UNKNOWN-CONFLICT", f"unknown conflict '{fact.item.conflict}'", hint, at="conflict")


def _known(seeds: Seeds, target: str) -> set[str]:
    """Ids of all blocks of a kind, the ones with defects among them."""
    return {placed.item.id for placed in getattr(seeds, target)} | set(seeds.broken[target])


def _broken_facts(seeds: Seeds) -> dict[str, Any]:
    return {**seeds.broken["relations"], **seeds.broken["figures"]}


def _ends(
    seeds: Seeds, fact: Placed[Relation] | Placed[Figure], ends: Iterable[tuple[str, str | None, tuple[str, ...]]],
    identity: Identity, edge: str = "",
) -> Iterator[Problem]:  # fmt: skip
    """Ends that do not stand, or are of a type that can't stand there; each end with its name and the types allowed."""
    for at, name, allowed in ends:
        entity = identity.entities.get(name) if name else None
        if entity is None and name and name not in seeds.broken["entities"]:
            near = identity.near(name, *allowed) or identity.near(name)
            hint = f"did you mean {' or '.join(near)}?" if near else "add it to `entities`"
            what = allowed[0].lower() if len(allowed) == 1 else "company" if "Company" in allowed else "entity"
            yield fact.problem("UNKNOWN-ENTITY", f"unknown {what} '{name}'", hint, at=at)
        elif entity is not None and entity.label() not in allowed:
            thing = f"the {entity.label()} '{name}'"
            message = f"{edge} can't have {thing} as its {at}" if edge else f"{at} can't be {thing}"
            yield fact.problem("EDGE-END", message, f"allowed: {', '.join(allowed)}", at=at)


def _relation(seeds: Seeds, fact: Placed[Relation], identity: Identity) -> Iterator[Problem]:
    item = fact.item
    edge = EDGES.get(item.predicate)
    if edge is None or edge.structural:
        known = [name for name, e in EDGES.items() if not e.structural]
        hint = did_you_mean(item.predicate, known) or "see docs/schema.md"
        yield fact.problem("UNKNOWN-PREDICATE", f"unknown predicate '{item.predicate}'", hint, at="predicate")
        return
    ends = (("subject", item.subject, edge.subjects), ("object", item.object, edge.objects))
    yield from _ends(seeds, fact, ends, identity, edge.name)
    for at in ("share", "percent"):
        if getattr(item, at) is not None and at not in edge.props.model_fields:
            yield fact.problem("QUALIFIER", f"{edge.name} takes no '{at}'", "OWNS_STAKE_IN and SUBSIDIARY_OF do", at=at)
    if item.reading_of:
        yield from _reading(seeds, fact)
    if item.subject == item.object:
        yield fact.problem("EDGE-END", f"'{item.subject}' can't stand on both ends", at="object")


def _reading(seeds: Seeds, fact: Placed[Relation]) -> Iterator[Problem]:
    """A further reading is of a fact that stands, says the same of the same two, and is no further reading itself."""
    item, facts = fact.item, {placed.item.id: placed.item for placed in seeds.relations}
    if item.reading_of == item.id:
        hint = "name the fact that was there first, or take reading_of out"
        yield fact.problem("READING", f"'{item.id}' can't be a further reading of itself", hint, at="reading_of")
        return
    one = facts.get(item.reading_of or "")
    if one is None:
        if item.reading_of not in seeds.broken["relations"]:
            said = f"unknown fact '{item.reading_of}'"
            yield fact.problem("UNKNOWN-FACT", said, did_you_mean(str(item.reading_of), facts), at="reading_of")
        return
    same = {one.subject, one.object} == {item.subject, item.object} and one.predicate == item.predicate
    turned = one.subject != item.subject and not EDGES[item.predicate].symmetric
    if not same or turned:
        said = f"'{one.id}' joins {one.subject} {one.predicate} {one.object}, so this is no reading of it"
        yield fact.problem("READING", said, "a reading says the same of the same two", at="reading_of")
    elif one.reading_of:
        yield fact.problem(
            "READING", f"'{one.id}' is a further reading itself", f"of {one.reading_of}", at="reading_of"
        )
    elif one.status != item.status and "denied" in (one.status, item.status):
        said = f"'{one.id}' is {one.status} and this is {item.status}: that is a conflict"
        yield fact.problem("READING", said, "give both the same `conflict`", at="reading_of")


def _figure(seeds: Seeds, fact: Placed[Figure], identity: Identity) -> Iterator[Problem]:
    item = fact.item
    metric = METRICS.get(item.metric)
    if metric is None:
        hint = did_you_mean(item.metric, METRICS) or "see docs/schema.md"
        yield fact.problem("UNKNOWN-METRIC", f"unknown metric '{item.metric}'", hint, at="metric")
        return
    given = [name for name in ("value", "text", "date") if getattr(item, name) is not None]
    wanted = "value" if metric.kind == "number" else metric.kind
    if given != [wanted]:
        yield fact.problem(
            "VALUE", f"metric {metric.name} takes '{wanted}'", f"given: {', '.join(given) or 'nothing'}", at="metric"
        )
    if metric.kind == "number" and item.unit not in metric.units:
        yield fact.problem(
            "UNIT",
            f"metric {metric.name} can't have the unit '{item.unit}'",
            f"use {', '.join(metric.units)}",
            at="unit",
        )
    ends = (
        ("subject", item.subject, EDGES["OF"].objects),
        ("measured_by", item.measured_by, EDGES["MEASURED_BY"].objects),
        ("market", item.market, EDGES["IN_MARKET"].objects),
    )
    yield from _ends(seeds, fact, ends, identity)


def _conflicts(seeds: Seeds) -> Iterator[Problem]:
    members: dict[str, list[str]] = defaultdict(list)
    for fact in seeds.facts:
        if fact.item.conflict:
            members[fact.item.conflict].append(fact.item.id)
    for fact_id, raw in _broken_facts(seeds).items():
        members[str(raw.get("conflict"))].append(fact_id)
    for placed in seeds.conflicts:
        sides = members[placed.item.id] + placed.item.register_rows
        if len(sides) < 2:
            yield placed.problem(
                "CONFLICT", f"conflict '{placed.item.id}' has {len(sides)} sides", "a conflict links two facts or more"
            )
        if placed.item.prefer and placed.item.prefer not in sides:
            yield placed.problem(
                "CONFLICT",
                f"'{placed.item.prefer}' is no side of this conflict",
                f"sides: {', '.join(sides)}",
                at="prefer",
            )


def _sentences(seeds: Seeds) -> Iterator[Problem]:
    facts = {fact.item.id: fact for fact in seeds.facts}
    for placed in seeds.sentences:
        for i, fact_id in enumerate(placed.item.facts):
            if fact_id in _broken_facts(seeds):
                continue
            if fact_id not in facts:
                yield placed.problem(
                    "UNKNOWN-FACT", f"unknown fact '{fact_id}'", did_you_mean(fact_id, facts), at="facts", index=i
                )
            elif placed.item.id not in facts[fact_id].item.seed:
                hint = f"add {placed.item.id} to `seed` of the fact"
                yield placed.problem(
                    "SEED-REF", f"fact '{fact_id}' does not name this sentence", hint, at="facts", index=i
                )


def _floors(seeds: Seeds) -> Iterator[Problem]:
    """Least numbers by type, so that a lost file can't pass."""
    counts = Counter(placed.item.label() for placed in seeds.entities)
    counts.update(fact.item.predicate for fact in seeds.relations)
    counts.update(fact.item.metric for fact in seeds.figures)
    counts.update({"Source": len(seeds.sources), "Observation": len(seeds.figures), "Fact": len(seeds.facts)})
    counts["Name"] = len(seeds.names.lines)
    known = {*NODES, *EDGES, *METRICS, "Fact", "Name"}
    for name, least in seeds.about.floors.items():
        if name not in known and seeds.about_block is not None:
            message, hint = (
                f"floors: there is no type '{name}'",
                did_you_mean(name, sorted(known)) or "see docs/schema.md",
            )
            yield seeds.about_block.problem("UNKNOWN-TYPE", message, hint, path=("floors", name), key=True)
        elif counts[name] < least:
            message = f"{counts[name]} of type {name} where at least {least} must stand"
            yield Problem(
                "about.yaml", 0, 0, "FLOOR", message, "a file may be missing; lower the floor only on purpose"
            )
