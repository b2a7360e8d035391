"""Keys for nodes that come without: by them alone a name is found, and what can't be found is as good as not loaded."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any

from .elements import Elements, Node, Stream
from .form import is_node
from .identity import keys_of
from .model import NODES

#: Types that are asked for by name; what accounts for facts, and the parts of market entry, come with keys or without.
_NAMED = frozenset(name for name, cls in NODES.items() if cls.family not in ("evidence", "entry"))


def findable(elements: Elements) -> Elements:
    """The same elements, each node of a type that is asked for by name with the keys of its names."""
    if isinstance(elements, Stream):
        nodes = elements.nodes
        return Stream(elements.dataset, lambda: map(_keyed, nodes), lambda: elements.edges)
    if not isinstance(elements.nodes, list | tuple):
        return elements  # the gate refuses it in words
    return replace(elements, nodes=list(map(_keyed, elements.nodes)))


def _keyed(one: Any) -> Any:
    if not is_node(one) or one.label not in _NAMED or "keys" in one.props:
        return one
    with suppress(TypeError, AttributeError):  # names that are no text, which the gate refuses in words
        return Node(one.label, one.id, {**one.props, "keys": keys_of(one.props, one.label)})
    return one
