"""pyvis' `Network` as the carrier of nodes and edges: always directed, never asked for HTML."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pyvis.network import Network

from .collect import Rows
from .layout import Layout
from .legend import Look


class _Ids(list[Any]):
    """A list that knows its members: pyvis asks `in` for every node and edge, which a list answers slowly."""

    def __init__(self, items: Iterable[Any] = ()) -> None:
        super().__init__(items)
        self._known = set(self)

    def append(self, item: Any) -> None:
        super().append(item)
        self._known.add(item)

    def __contains__(self, item: object) -> bool:
        return item in self._known


def carry(rows: Rows, looks: dict[str, Look], made: Layout) -> Network:
    """Nodes by place with position and look, edges with their fact; parallel facts stay parallel."""
    net = Network(directed=True, notebook=False, cdn_resources="in_line")
    net.node_ids = _Ids()
    for place, row in enumerate(rows.nodes):
        net.add_node(place, label=row.name, shape=looks[row.label].shape, group=row.label,
                     x=made.x[place], y=made.y[place], physics=False)  # fmt: skip
    for number, edge in enumerate(rows.edges):
        net.add_edge(edge.start, edge.end, id=number, kind=edge.type)
    return net
