"""Ids that blocks name: each must stand somewhere, under the right kind."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

from ...graph.entry.model import NAMELESS, EntryGraph
from ...graph.entry.references import references
from ...graph.nearest import did_you_mean
from ...graph.problems import Problem
from ..curated.read import Placed
from .read import SECTIONS, EntrySeeds


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
