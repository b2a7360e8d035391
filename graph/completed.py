"""What a load works out where a batch does not give it: keys of names, and the days between which a fact counts.

By keys alone a name is found, and by these days alone an answer for a day has the fact or not: what lacks them would be
as good as not loaded, or be in every answer.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any

from .dates import PartialDate
from .elements import Edge, Elements, Node, Stream
from .form import is_edge, is_node
from .identity import keys_of
from .model import NODES

#: Types that are asked for by name; what accounts for facts, and the parts of market entry, come with keys or without.
_NAMED = frozenset(name for name, cls in NODES.items() if cls.family not in ("evidence", "entry"))


def completed(elements: Elements) -> Elements:
    """The same elements, with what follows from what they say; what is given stays as it is."""
    if isinstance(elements, Stream):
        nodes, edges = elements.nodes, elements.edges
        return Stream(elements.dataset, lambda: map(_keyed, nodes), lambda: map(_dated, edges))
    if not (isinstance(elements.nodes, list | tuple) and isinstance(elements.edges, list | tuple)):
        return elements  # the gate refuses it in words
    return replace(elements, nodes=list(map(_keyed, elements.nodes)), edges=list(map(_dated, elements.edges)))


def _keyed(one: Any) -> Any:
    """A node of a type that is asked for by name, with the keys of its names."""
    if not is_node(one) or one.label not in _NAMED or "keys" in one.props:
        return one
    with suppress(TypeError, AttributeError):  # names that are no text, which the gate refuses in words
        return Node(one.label, one.id, {**one.props, "keys": keys_of(one.props, one.label)})
    return one


def _dated(one: Any) -> Any:
    """A fact that says when it began or ended, with the days that follow: see decisions/0002-dates-and-as-of.md."""
    if not is_edge(one) or one.props.keys().isdisjoint(("since", "until")):
        return one
    more: dict[str, Any] = {}
    with suppress(ValueError, TypeError):  # what is no date, which the gate refuses in words
        if "since" in one.props and "known_from" not in one.props:
            more |= {"known_from": PartialDate.parse(one.props["since"]).first, "known_from_basis": "valid_from"}
        if "until" in one.props and "valid_to" not in one.props:
            more["valid_to"] = PartialDate.parse(one.props["until"]).end
    return Edge(one.type, one.fact_id, one.start, one.end, {**more, **one.props}) if more else one
