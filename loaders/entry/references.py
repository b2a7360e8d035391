"""Ids that blocks name: each must stand somewhere, under the right kind."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from difflib import get_close_matches
from typing import Any

from ...graph.entry.model import NAMELESS, EntryGraph
from ...graph.problems import Problem
from ..curated.read import Placed
from .read import SECTIONS, EntrySeeds

#: Fields that hold one id, and which kind it must be.
_SINGLE = {
    "parent": "authority", "replaces": "instrument", "service": "service", "authority": "authority",
    "instrument": "instrument", "source": "source", "first": "requirement", "then": "requirement",
    "company": "company", "register_kind": "service",
}  # fmt: skip
Path_ = tuple[str | int, ...]
#: What a block names: where in the block, the id, and which kind it must be.
Reference = tuple[Path_, str, str]


def check_references(seeds: EntrySeeds, graph: EntryGraph, companies: Collection[str] | None) -> Iterator[Problem]:
    """Problems of ids: doubled, unknown, never cited."""
    yield from _duplicates(seeds)
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
            for path, name, kind in references(section, placed.item):
                if kind == "source":
                    cited.add(name)
                if kind in known and name not in known[kind]:
                    near = get_close_matches(name, list(known[kind]), n=1)
                    hint = f"did you mean {near[0]}?" if near else ""
                    yield placed.block.problem(f"UNKNOWN-{kind.upper()}", f"unknown {kind} '{name}'", hint, path=path)
    for placed in seeds.blocks["sources"]:
        if placed.item.id not in cited:
            yield placed.problem(
                "UNCITED-SOURCE", f"no block cites the source '{placed.item.id}'", "cite it or drop it", at="id"
            )


def _duplicates(seeds: EntrySeeds) -> Iterator[Problem]:
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


def references(section: str, item: Any) -> Iterator[Reference]:
    """Every id that a block names."""
    simple: dict[str, str] = {
        "sources": "source", "issuers": "authority", "authorities": "authority", "services": "service",
        "lifted_by": "requirement",
        "companies": "company", "partners": "company", "strategies": "strategy", "includes": "requirement",
        "requirements": "requirement",
    }  # fmt: skip
    for name, kind in simple.items():
        for i, value in enumerate(getattr(item, name, None) or []):
            yield (name, i), value, kind
    for name, kind in _SINGLE.items():
        if value := getattr(item, name, None):
            yield (name,), value, kind
    yield from _law(item)
    if section == "requirements":
        yield from _requirement(item)
    for i, moment in enumerate(getattr(item, "timeline", [])):
        if moment.source:
            yield ("timeline", i, "source"), moment.source, "source"
    for i, proof in enumerate(getattr(item, "proofs", [])):
        yield ("proofs", i, "requirement"), proof.requirement, "requirement"
        yield ("proofs", i, "holder"), proof.holder, "company"
        yield ("proofs", i, "source"), proof.source, "source"


def _law(item: Any) -> Iterator[Reference]:
    for i, basis in enumerate(getattr(item, "legal_basis", [])):
        yield ("legal_basis", i, "at"), basis.at, "article"
        if basis.checked.source:
            yield ("legal_basis", i, "checked", "source"), basis.checked.source, "source"
    for i, exemption in enumerate(getattr(item, "exemptions", [])):
        yield ("exemptions", i, "at"), exemption.at, "article"
        if exemption.checked.source:
            yield ("exemptions", i, "checked", "source"), exemption.checked.source, "source"
    none = getattr(item, "no_legal_basis", None)
    if none is not None and none.checked.source:
        yield ("no_legal_basis", "checked", "source"), none.checked.source, "source"


def _requirement(item: Any) -> Iterator[Reference]:
    if item.partner_evidence:
        yield ("partner_evidence",), item.partner_evidence, "requirement"
    for i, way in enumerate(item.ways):
        for j, need in enumerate(way.needs):
            yield ("ways", i, "needs", j), need, "requirement"
        for j, service in enumerate(way.services):
            yield ("ways", i, "services", j), service, "service"
        if way.closed_by:
            yield ("ways", i, "closed_by", "at"), way.closed_by.at, "article"
            if way.closed_by.source:
                yield ("ways", i, "closed_by", "source"), way.closed_by.source, "source"
    for i, duration in enumerate(item.durations):
        if duration.source:
            yield ("durations", i, "source"), duration.source, "source"
        for j, service in enumerate(duration.services):
            yield ("durations", i, "services", j), service, "service"
    for i, trigger in enumerate(item.triggered_by):
        yield ("triggered_by", i, "by"), trigger.by, "requirement"
