"""The shipped graph in RDF keeps its shapes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TypeVar

import pyshacl
import pytest
from chinaai.graph.elements import Edge, Node
from chinaai.graph.export.rdf import add_edge, add_node
from chinaai.graph.export.rdf_terms import Terms
from chinaai.graph.export.reading import Reader
from chinaai.graph.export.shapes import shapes
from chinaai.graph.store import Store

pytestmark = pytest.mark.slow

#: Of each type at most so many every day, spread over all; with the nodes that their edges join and their pages.
MOST = 40
Element = TypeVar("Element", Node, Edge)


def spread(elements: Iterable[Element], most: int) -> list[Element]:
    found = defaultdict(list)
    for one in elements:
        found[one.kind].append(one)
    return [one for many in found.values() for one in many[:: -(-len(many) // most)]]


@pytest.mark.parametrize("most", [MOST, pytest.param(10**9, marks=pytest.mark.nightly)])
def test_the_shipped_graph_keeps_its_shapes(embedded_shipped: Store, most: int) -> None:
    terms, reader = Terms(), Reader(embedded_shipped)
    nodes, edges = list(reader.nodes()), spread(reader.edges(), most)
    chosen = {node.id for node in spread(nodes, most)} | {end[1] for edge in edges for end in (edge.start, edge.end)}
    kept = [node for node in nodes if node.id in chosen or node.label == "Source"]
    graph = terms.graph()
    for node in kept:
        add_node(graph, terms, node)
    for edge in edges:
        add_edge(graph, terms, edge)
    # in place: else it makes a copy of the graph first
    conforms, _, text = pyshacl.validate(graph, shacl_graph=shapes(terms), inplace=True)
    assert conforms, text[:2000]
    assert {node.label for node in kept} == set(reader.labels) and {edge.type for edge in edges} == set(reader.types)
