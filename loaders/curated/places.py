"""One hierarchy of places: what lies in what, and the places of companies' seats.

A seat is written as text (`hq`). It leads to a place where the text, or each part of it between slashes, is the name of
one; any other text stays text. Nothing is guessed from a company's name or country.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...graph.elements import Edge
from ...graph.model.actors import Company, Fund, Jurisdiction
from ...graph.model.base import Entity
from ...graph.problems import Problem
from ..identity import Identity
from .read import Placed, Seeds


def seats(item: Entity, identity: Identity) -> list[str]:
    """Ids of the places that the text of a seat names, each part of it one; empty where a part names none."""
    found = [identity.find(part, "Jurisdiction") for part in seat_parts(item)]
    return [one[0] for one in found] if all(len(one) == 1 for one in found) else []


def seat_parts(item: Entity) -> list[str]:
    """The places that the text of a seat names, as they are written."""
    text = item.hq if isinstance(item, (Company, Fund)) else None
    return re.split(r"\s+/\s+", text) if text else []


def place_edges(seeds: Seeds) -> Iterator[Edge]:
    """PART_OF between places, and IN_JURISDICTION from those whose seat is known to its place."""
    identity = seeds.identity()
    for placed in seeds.entities:
        item = placed.item
        here = (item.label(), item.id)
        larger = item.part_of if isinstance(item, Jurisdiction) else []
        for kind, ends in (("PART_OF", larger), ("IN_JURISDICTION", seats(item, identity))):
            for end in dict.fromkeys(ends):
                yield Edge.keyed(kind, here, ("Jurisdiction", end), end)


def check_places(seeds: Seeds) -> Iterator[Problem]:
    """A larger place stands and is a place, and no place lies in itself."""
    places: dict[str, Placed[Entity]] = {
        placed.item.id: placed for placed in seeds.entities if isinstance(placed.item, Jurisdiction)
    }
    for placed in places.values():
        for i, name in enumerate(_larger(placed)):
            if name not in places and name not in seeds.broken["entities"]:
                hint = "name the id of a Jurisdiction of these files"
                yield placed.problem("UNKNOWN-PLACE", f"unknown place '{name}'", hint, at="part_of", index=i)
        above, todo = set[str](), list(_larger(placed))
        while todo:
            name = todo.pop()
            if name not in above and name in places:
                above.add(name)
                todo += _larger(places[name])
        if placed.item.id in above:
            yield placed.problem("CYCLE", f"'{placed.item.id}' would lie in itself", "drop a part_of", at="part_of")


def _larger(placed: Placed[Entity]) -> list[str]:
    return placed.item.part_of if isinstance(placed.item, Jurisdiction) else []
