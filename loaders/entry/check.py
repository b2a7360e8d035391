"""Checks that need all files: ids, rings, duties that nothing triggers, kinds that lead nowhere, dates, evidence."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from ...graph.dates import PartialDate
from ...graph.entry.model import NAMELESS, EntryGraph, RequirementSpec
from ...graph.entry.plan import Plan, plans
from ...graph.entry.profile import case_of
from ...graph.entry.references import references
from ...graph.entry.rules import Rules
from ...graph.entry.sets import find_cycles
from ...graph.nearest import did_you_mean
from ...graph.problems import Problem
from ..curated.days import days_of_source
from ..curated.read import Placed
from ..lost import is_lost
from .conditions import check_conditions
from .names import check_names
from .places import check_places
from .read import SECTIONS, EntrySeeds

#: Fields whose pages say what a block is about; that of an interval or a way says so much alone.
_CITING = ("sources", "legal_basis", "no_legal_basis", "timeline")


def check_entry(
    seeds: EntrySeeds, today: date, companies: Collection[str] | None = None, places: Collection[str] | None = None
) -> list[Problem]:
    """All problems of the market-entry seeds, those of reading among them, sorted by place.

    Args:
        today: day on which every kind of service must lead somewhere.
        companies: ids of the curated companies; None leaves the companies of cases unchecked.
        places: ids of the curated places; None leaves places unchecked.
    """
    graph = seeds.graph()
    found = [*seeds.problems, *_references(seeds, graph, companies), *_dates(seeds, today), *_evidence(seeds)]
    found += [*check_conditions(seeds, graph), *check_names(seeds)]
    found += check_places(seeds, graph, places) if places is not None else ()
    found += _rings(seeds, graph)
    broken = any(p.code.startswith("UNKNOWN-") or p.code in ("VALUE", "NEVER", "CYCLE") or is_lost(p) for p in found)
    if not broken:  # what follows walks the graph and would stumble over what was said above
        found += _duties(seeds, seeds.rules, today)
    return sorted(dict.fromkeys(found))


def _references(seeds: EntrySeeds, graph: EntryGraph, companies: Collection[str] | None) -> Iterator[Problem]:
    """Problems of ids: doubled, unknown, never cited."""
    yield from _doubled(seeds)
    known: dict[str, Collection[str]] = {
        "source": graph.sources, "authority": graph.authorities, "instrument": graph.instruments,
        "article": graph.articles, "service": graph.services, "requirement": graph.requirements,
        "prohibition": graph.prohibitions, "strategy": graph.strategies,
    }  # fmt: skip
    if companies is not None:
        known["company"] = companies
    for placed in seeds.blocks["company_facts"]:
        name = re.sub(r"[^a-z0-9]+", "-", (placed.item.name or "").casefold()).strip("-")
        if name and companies is not None and name in companies:
            hint = f"write 'company: {name}' in place of the name"
            yield placed.problem("COMPANY-STANDS", f"'{placed.item.name}' stands in the graph", hint, at="name")
    cited: set[str] = set()
    for section in SECTIONS:
        for placed in seeds.blocks[section]:
            for path, name, kind in references(placed.item):
                if kind == "source":
                    cited.add(name)
                if kind in known and name not in known[kind]:
                    hint = did_you_mean(name, known[kind])
                    yield placed.block.problem(f"UNKNOWN-{kind.upper()}", f"unknown {kind} '{name}'", hint, path=path)
    for placed in seeds.blocks["sources"]:
        if placed.item.id not in cited:
            yield placed.problem(
                "UNCITED-SOURCE", f"no block cites the source '{placed.item.id}'", "cite it or drop it", at="id"
            )


def _doubled(seeds: EntrySeeds) -> Iterator[Problem]:
    first: dict[str, Placed[Any]] = {}
    for section in sorted(SECTIONS.keys() - NAMELESS - {"facts"}):  # facts have names of their own, as --set takes them
        for placed in seeds.blocks[section]:
            ways = getattr(placed.item, "ways", [])
            for name, path in [(placed.item.id, ("id",)), *((w.id, ("ways", i, "id")) for i, w in enumerate(ways))]:
                held = first.setdefault(name, placed)
                if held is not placed:
                    where = f"first in {held.block.file}:{held.block.line}"
                    yield placed.block.problem("DUPLICATE-ID", f"the id '{name}' stands twice", where, path=path)
    for placed in seeds.blocks["instruments"]:
        slugs = [article.slug for article in placed.item.articles]
        for i, slug in enumerate(slugs):
            if slug in slugs[:i]:
                yield placed.block.problem(
                    "DUPLICATE-ID", f"article '{slug}' stands twice", path=("articles", i, "art")
                )


def _rings(seeds: EntrySeeds, graph: EntryGraph) -> Iterator[Problem]:
    needs = {r.id: sorted({n for way in r.ways for n in way.needs}) for r in graph.requirements.values()}
    placed = seeds.placed("requirements")
    for ring in find_cycles(needs):
        item = placed[ring[0]]
        path = next((at for at, name, _ in references(item.item) if "needs" in at and name == ring[1]), ())
        lines = ", ".join(
            f"{name} {placed[name].block.file}:{placed[name].block.line}" for name in ring[:-1] if name in placed
        )
        yield item.block.problem(
            "CYCLE", f"requirements need each other: {' → '.join(ring)}", f"members: {lines}", path=path
        )


def _duties(seeds: EntrySeeds, rules: Rules, today: date) -> Iterator[Problem]:
    """Every kind of service leads somewhere or is closed by an article; every duty can be called for; no ring of steps.

    Each kind of service is asked as it stands, and with all that an asker may set left open: what neither calls for nor
    needs is a duty that nothing can trigger.
    """
    graph = rules.graph
    reached: set[str] = set()
    told: set[tuple[str, ...]] = set()
    walked: set[tuple[tuple[str, str], ...]] = set()  # most plans have their order from another
    for placed in seeds.blocks["services"]:
        for actor in graph.actors.values():
            case = case_of(graph, placed.item.id, today, profile=actor.facts)
            fixed = {name: k.value for name, k in case.facts.items() if k.origin in ("profile", "preset")}
            found = 0
            for strategy in graph.strategies.values():
                values = {**case.values(), **strategy.sets}
                left = [r for r in graph.requirements.values() if r.id not in reached]
                reached |= {r.id for r in left if _may(rules, r, {**fixed, **strategy.sets})}
                if rules.truth(strategy.when, case.values(), today) is False:
                    continue
                for plan in plans(rules, values, today):
                    found += 1
                    reached |= set(plan.ids("due", "held", "depends"))
                    for ring in () if plan.order in walked else find_cycles(_after(plan)):
                        if tuple(ring) not in told:
                            told.add(tuple(ring))
                            message = f"steps wait for each other: {' → '.join(ring)} ({strategy.id}, {actor.id})"
                            yield placed.problem("CYCLE", message, "drop a line of `order` or a need", at="id")
                    walked.add(plan.order)
            if not found:
                message = f"no strategy is an option for '{placed.item.id}' and '{actor.id}'"
                yield placed.problem("NO-WAY", message, "see `when` of the strategies", at="id")
    todo = list(reached)
    while todo:
        for way in graph.requirements[todo.pop()].ways:
            todo += [need for need in way.needs if need not in reached]
            reached |= set(way.needs)
    for placed in seeds.blocks["requirements"]:
        item = placed.item
        if item.when is None:
            message = f"requirement '{item.id}' needs 'when'"
            yield placed.problem("MISSING-FIELD", message, "write a condition, or `chosen`")
        elif item.id not in reached:
            hint = "mend its condition, or the facts of a kind of service"
            yield placed.problem("DANGLING", f"nothing can trigger the duty '{item.id}'", hint, at="when")
    for placed in seeds.blocks["prohibitions"]:
        for name in ("when", "closes"):
            if getattr(placed.item, name) is None:
                yield placed.problem("MISSING-FIELD", f"prohibition '{placed.item.id}' needs '{name}'")


def _may(rules: Rules, item: RequirementSpec, values: Mapping[str, str | None]) -> bool:
    """True where some value of what is unknown calls for the requirement, on some day."""
    return item.when is not None and not item.when.chosen and rules.domain.can(item.when.node, values, True)


def _after(plan: Plan) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for first, then in plan.order:
        found.setdefault(then, []).append(first)
    return found


def _dates(seeds: EntrySeeds, today: date) -> Iterator[Problem]:
    for source in seeds.blocks["sources"]:
        yield from days_of_source(source, max(today, date.today()))
    for section in ("instruments", "requirements", "prohibitions"):
        for placed in seeds.blocks[section]:
            item = placed.item
            begin = getattr(item, "effective", None) or getattr(item, "since", None)
            yield from _rising(placed, (), begin, item.until, "until")
            if section == "instruments":
                yield from _rising(placed, (), item.promulgated, item.effective, "effective", same=True)
                for i, article in enumerate(item.articles):
                    begin = article.effective or item.effective
                    yield from _rising(placed, ("articles", i), begin, article.until, "until")
            for i, way in enumerate(getattr(item, "ways", [])):
                yield from _rising(placed, ("ways", i), way.since, way.until, "until")
    for placed in seeds.blocks["cases"]:
        for i, (a, b) in enumerate(pairwise(placed.item.timeline)):
            if b.date.after <= a.date.first:
                message = f"{b.date} stands after {a.date} in the time line"
                yield placed.block.problem(
                    "DATE-ORDER", message, "order events by date", path=("timeline", i + 1, "date")
                )


def _rising(
    placed: Placed[Any],
    path: tuple[str | int, ...],
    first: PartialDate | None,
    then: PartialDate | None,
    field: str,
    *,
    same: bool = False,
) -> Iterator[Problem]:
    if first and then and (then.after <= first.first if same else then.first <= first.first):
        message = f"{field} {then} lies {'before' if same else 'not after'} {first}"
        yield placed.block.problem("DATE-ORDER", message, path=(*path, field))


def _evidence(seeds: EntrySeeds) -> Iterator[Problem]:
    for section in ("requirements", "prohibitions", "cases"):
        for placed in seeds.blocks[section]:
            item = placed.item
            if not any(kind == "source" and at[0] in _CITING for at, _, kind in references(item)):
                yield placed.problem(
                    "NO-SOURCE", f"'{item.id}' cites no page at all", "every block cites at least one source", at="id"
                )
