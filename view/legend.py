"""How types look and what they are called in both languages: one pair of colour and shape a node type.

No two types share both colour and shape. Looks and names are declared with the types, in `graph/model`; their words are
those of `graph/model/looks.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..graph.model import EDGES, NODES
from ..graph.model.looks import COLOURS, free_looks


@dataclass(frozen=True)
class Look:
    """Colour (hex), vis-network shape, and the two names of a node type."""

    colour: str
    shape: str
    en: str
    zh: str


def _drawn(words: str, en: str, zh: str) -> Look:
    colour, shape = words.split()
    return Look(COLOURS[colour], shape, en, zh)


NODE_LOOKS: dict[str, Look] = {label: _drawn(cls.look, cls.en, cls.zh) for label, cls in NODES.items()}
_SPARE = free_looks(cls.look for cls in NODES.values())


def look(label: str, spare: int = 0) -> Look:
    """The look of a type; an unknown one gets a pair that no type has, by its number among the unknown ones."""
    return NODE_LOOKS.get(label) or _drawn(_SPARE[spare % len(_SPARE)], label, label)


def edge_names(kind: str) -> tuple[str, str]:
    """English and Chinese name of an edge type: `PARTNERS_WITH` gives `partners with`, `合作`."""
    if kind in EDGES:
        return EDGES[kind].en, EDGES[kind].zh
    plain = kind.replace("_", " ").lower() if kind.isupper() else kind
    return plain, plain
