"""How types look and what they are called in both languages: one pair of colour and shape a node type.

Colours are the eight of Okabe and Ito (2008, "Color Universal Design"), black replaced by a grey that
stands on white and on near-black. No two types share both colour and shape. Looks and names are declared with the
types, in `graph/model`.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..graph.model import EDGES, NODES
from ..graph.model.base import Declared

COLOURS = {
    "blue": "#0072B2", "orange": "#E69F00", "green": "#009E73", "pink": "#CC79A7", "sky": "#56B4E9", "red": "#D55E00",
    "yellow": "#F0E442", "grey": "#8A8A8A",
}  # fmt: skip


@dataclass(frozen=True)
class Look:
    """Colour (hex), vis-network shape, and the two names of a node type."""

    colour: str
    shape: str
    en: str
    zh: str


def _declared(cls: type[Declared]) -> Look:
    colour, shape = cls.look.split()
    return Look(COLOURS[colour], shape, cls.en, cls.zh)


NODE_LOOKS: dict[str, Look] = {label: _declared(cls) for label, cls in NODES.items()}
_SPARE = tuple(
    (COLOURS[colour], shape) for shape in ("star", "triangleDown") for colour in ("blue", "orange", "green", "sky")
)


def look(label: str, spare: int = 0) -> Look:
    """The look of a type; an unknown one gets a spare pair by its number among the unknown ones."""
    known = NODE_LOOKS.get(label)
    if known:
        return known
    colour, shape = _SPARE[spare % len(_SPARE)]
    return Look(colour, shape, label, label)


def edge_names(kind: str) -> tuple[str, str]:
    """English and Chinese name of an edge type: `PARTNERS_WITH` gives `partners with`, `合作`."""
    if kind in EDGES:
        return EDGES[kind].en, EDGES[kind].zh
    plain = kind.replace("_", " ").lower() if kind.isupper() else kind
    return plain, plain
