"""What an element must be before anything reads it: a node or an edge whose parts are what they are declared as.

A stranger's loader may hand over anything. What can't even be compared is told here in words, before a digest, an index
or a driver stumbles over it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from .elements import Batch, Edge, Elements, Node

#: What keeps an element, or a whole batch, from being read: what it is called, what is wrong, and what to do.
Fault = tuple[str, str, str]
_DATASET = re.compile(r"[\w.-]+")
_HALF = re.compile("[\ud800-\udfff]")
_KINDS = "a property holds text, a number, true or false, a day, or a list of these"


def of_batch(elements: Elements) -> Iterator[Fault]:
    """What is wrong with the batch itself: its name, and what its elements are held in."""
    name = elements.dataset
    if not isinstance(name, str) or not _DATASET.fullmatch(name) or _HALF.search(name):
        yield repr(name)[:60], "it is no name of a data set", "use letters, digits, dots and hyphens, as 'my-clients'"
    if isinstance(elements, Batch):
        for what, held in (("nodes", elements.nodes), ("edges", elements.edges)):
            if not isinstance(held, list | tuple):
                yield (
                    what,
                    f"they are a {type(held).__name__}",
                    "give a list, or a Stream where it is too large for one",
                )


def readable(text: str) -> str:
    """A text that any terminal can print: what can't be seen in it is written as Python would."""
    return text if text.isprintable() else "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


def is_node(one: Any) -> bool:
    """Whether it is a node with a type, an id and properties that can be read."""
    return (
        isinstance(one, Node) and isinstance(one.label, str) and isinstance(one.id, str)
        and type(one.props) is dict
    )  # fmt: skip


def is_edge(one: Any) -> bool:
    """The same for an edge and its ends."""
    return (
        isinstance(one, Edge) and isinstance(one.type, str) and isinstance(one.fact_id, str)
        and _is_end(one.start) and _is_end(one.end)
        and type(one.props) is dict
    )  # fmt: skip


def of_element(one: Any, *, node: bool) -> Iterator[Fault]:
    """What is wrong with what `is_node` or `is_edge` says no to."""
    wanted = Node if node else Edge
    if not isinstance(one, wanted):
        what = f"it is no {wanted.__name__} but of the type {type(one).__name__}"
        yield repr(one)[:60], what, f"{'nodes' if node else 'edges'} of a batch are made with {wanted.__name__}(…)"
        return
    key = one.key if isinstance(one.key, str) else repr(one.key)[:60]
    for name, text in (("label" if node else "type", one.kind), ("id" if node else "fact_id", one.key)):
        if not isinstance(text, str):
            yield key, f"{name} can't be {text!r:.60}", "write it as one text"
    for name in () if node else ("start", "end"):
        end = getattr(one, name)
        if not _is_end(end):
            yield key, f"{name} can't be {end!r:.60}", "write it as a pair (type, id), as ('Company', 'apple')"
    if type(one.props) is not dict:
        yield key, f"its properties can't be {one.props!r:.60}", "give a dict of names and values"


def of_values(one: Node | Edge) -> Iterator[Fault]:
    """What a well formed element holds that no database can."""
    ends = () if isinstance(one, Node) else (*one.start, *one.end)
    for text in (one.kind, one.key, *ends):
        if _HALF.search(text):
            yield one.key, f"{text!r:.60} holds half a character", "the text was cut or read in the wrong encoding"
    for name, value in one.props.items():
        if not isinstance(name, str) or _HALF.search(name):
            yield one.key, f"a property can't be named {name!r:.60}", "write the name of a declared property"
        elif name not in ("id", "fact_id") and (why := _odd(value)):
            yield one.key, f"{name} can't be {value!r:.60}", why


def _is_end(end: Any) -> bool:
    return isinstance(end, tuple) and len(end) == 2 and isinstance(end[0], str) and isinstance(end[1], str)


def _odd(value: Any) -> str:
    """Why a property can't hold a value; empty where it can."""
    layer: Iterable[Any] = value if isinstance(value, list) else (value,)
    if any(isinstance(one, str) and _HALF.search(one) for one in layer):
        return "it holds half a character: the text was cut or read in the wrong encoding"
    return "" if all(isinstance(one, str | int | float | date) for one in layer) else _KINDS
