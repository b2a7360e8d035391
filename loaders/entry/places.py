"""Where offices work, and where instruments and ways hold that don't hold in all of the country."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ...graph.elements import Edge
from ...graph.entry.condition import All, Any_, Node, Test
from ...graph.entry.model import EntryGraph
from ...graph.problems import Problem
from .law import edge, held, instrument
from .read import EntrySeeds

_KIND = "IN_JURISDICTION"


def place_edges(graph: EntryGraph) -> Iterator[Edge]:
    """Offices by their province, instruments by their `places`, ways by the places that their conditions name."""
    for office in graph.offices.values():
        for place in _places(graph, "province", office.province):
            yield edge(_KIND, ("Office", office.id), ("Jurisdiction", place))
    for item in graph.instruments.values():
        for place in item.places:
            yield edge(_KIND, instrument(item), ("Jurisdiction", place), **held(item.effective, item.until))
    for requirement in graph.requirements.values():
        for way in requirement.ways:
            named = _named(graph, way.when.node) if way.when else []
            for place in dict.fromkeys(named):
                yield edge(_KIND, ("Way", way.id), ("Jurisdiction", place), **held(way.since, way.until))


def check_places(seeds: EntrySeeds, graph: EntryGraph, places: Collection[str]) -> Iterator[Problem]:
    """Places that do not stand, and offices of a province that is no choice of the fact.

    Args:
        places: ids of the curated places.
    """
    for placed in seeds.blocks["instruments"]:
        for i, name in enumerate(placed.item.places):
            if name not in places:
                yield placed.block.problem("UNKNOWN-PLACE", f"unknown place '{name}'", path=("places", i))
    for placed in seeds.blocks["facts"]:
        for i, choice in enumerate(placed.item.choices):
            for name in choice.places:
                if name not in places:
                    yield placed.block.problem("UNKNOWN-PLACE", f"unknown place '{name}'", path=("choices", i))
    fact = graph.facts.get("province")
    known = {choice.id for choice in fact.choices} if fact else set()
    for placed in seeds.blocks["offices"]:
        if placed.item.province and placed.item.province not in known:
            message = f"'{placed.item.province}' is no choice of the fact 'province'"
            yield placed.problem("UNKNOWN-PLACE", message, "write a choice of it", at="province")


def _places(graph: EntryGraph, fact: str, value: str | None) -> list[str]:
    spec = graph.facts.get(fact)
    return [place for choice in spec.choices if choice.id == value for place in choice.places] if spec else []


def _named(graph: EntryGraph, node: Node) -> Iterator[str]:
    """Places that a condition asks for; what it rules out under `not` is none of them."""
    if isinstance(node, Test):
        yield from (place for value in node.values for place in _places(graph, node.fact, value))
    elif isinstance(node, (All, Any_)):
        for part in node.parts:
            yield from _named(graph, part)
