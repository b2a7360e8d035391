"""The words of a look: colours and shapes. The page, its legend and the check of declarations all take them from here.

Colours are the eight of Okabe and Ito (2008, "Color Universal Design"), black replaced by a grey that stands on white
and on near-black. `outline` in view/assets/data.js draws each shape; a test holds it to these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..errors import ChinaAIError
from ..nearest import did_you_mean

COLOURS = {
    "blue": "#0072B2", "orange": "#E69F00", "green": "#009E73", "pink": "#CC79A7", "sky": "#56B4E9", "red": "#D55E00",
    "yellow": "#F0E442", "grey": "#8A8A8A",
}  # fmt: skip
SHAPES = ("dot", "square", "diamond", "triangle", "hexagon", "triangleDown", "star")


def free_looks(taken: Iterable[str]) -> list[str]:
    """Looks that no declared type has, shapes that few have first; undeclared types are drawn with these."""
    held = {tuple(look.split()) for look in taken}
    return [f"{colour} {shape}" for shape in reversed(SHAPES) for colour in COLOURS if (colour, shape) not in held]


def check_looks(looks: dict[str, str]) -> None:
    """Refuse a look whose words don't exist or that a type before has, by name of type."""
    held: dict[str, str] = {}
    for name, look in looks.items():
        free = f"free are {', '.join(free_looks(looks.values())[:4])}"
        for told in _wrong_words(look):
            raise ChinaAIError(f"node type {name}: {told}", hint=free)
        if first := held.get(look):
            raise ChinaAIError(f"node types {name} and {first} have the same look '{look}'", hint=free)
        held[look] = name


def _wrong_words(look: str) -> Iterator[str]:
    words = look.split(" ")
    if len(words) != 2:
        yield f"the look '{look}' is not a colour and a shape, as 'blue dot'"
        return
    for word, what, known in zip(words, ("colour", "shape"), (tuple(COLOURS), SHAPES), strict=True):
        if word not in known:
            meant = did_you_mean(word, known)
            there = f"{what}s are {', '.join(known)}"
            yield f"there is no {what} '{word}' for its look, {f'{meant} {there}' if meant else there}"
