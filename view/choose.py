"""Which part of the graph a page draws: everything of interest, a neighbourhood, or what lies along a path."""

from __future__ import annotations

from collections.abc import Iterable

import networkx as nx

from ..graph.model import HIDDEN, REGISTER

#: A figure stands in the panel of the thing it is of, and is no way from one thing to another.
FIGURE = "Observation"
#: What a figure says of itself by way of its edges.
ROLES = {"MEASURED_BY": "measured_by", "IN_MARKET": "market"}
#: Drawn only where everything is: who sells which model at what price, a list of thousands, and the seat of a company,
#: which its own page says.
PRICE_LIST = ("open", "OFFERS")
SEAT = "IN_JURISDICTION"
#: Neighbours beyond this many links are not walked through: two firms of one city are not close.
HUB = 150


def chosen(graph: nx.MultiDiGraph, *, everything: bool = False) -> nx.MultiDiGraph:
    """A copy without what is never drawn, and without the register unless `everything`."""
    dropped = HIDDEN if everything else HIDDEN | REGISTER
    keep = [node for node, data in graph.nodes(data=True) if data.get("label") not in dropped]
    part = _part(graph, keep)
    if not everything:
        listed = [(a, b, key) for a, b, key, data in part.edges(keys=True, data=True)
                  if (data.get("dataset"), data.get("type")) == PRICE_LIST
                  or (data.get("type") == SEAT and part.nodes[a].get("hq"))]  # fmt: skip
        part.remove_edges_from(listed)
        ends = {node for a, b, _ in listed for node in (a, b)}
        part.remove_nodes_from([node for node in ends if part.degree(node) == 0])
    return part


def neighbourhood(graph: nx.MultiDiGraph, focus: Iterable[str], hops: int) -> nx.MultiDiGraph:
    """What can be reached from the focus in so many steps, the register among it; figures come along."""
    found = set(focus)
    edge_of = found
    for step in range(hops):
        edge_of = {
            other
            for node in edge_of
            if node in graph and (step == 0 or graph.degree(node) <= HUB)
            for other in (*graph.predecessors(node), *graph.successors(node))
            if graph.nodes[other].get("label") not in HIDDEN and graph.nodes[other].get("label") != FIGURE
        } - found
        found |= edge_of
    figures = {
        figure
        for node in found
        for figure, _, data in graph.in_edges(node, data=True)
        if data.get("type") == "OF" and graph.nodes[figure].get("label") == FIGURE
    }
    return _part(graph, found | figures)


def _part(graph: nx.MultiDiGraph, nodes: Iterable[str]) -> nx.MultiDiGraph:
    part = graph.subgraph(nodes).copy()
    part.graph.update(graph.graph)
    # a figure keeps its market and who counted it, also where these are not drawn
    for node, data in part.nodes(data=True):
        if data.get("label") == FIGURE:
            for _, end, edge in graph.out_edges(node, data=True):
                role = ROLES.get(edge.get("type", ""))
                if role and end not in part:
                    data[role] = graph.nodes[end].get("name") or graph.nodes[end].get("name_zh") or end
    return part
