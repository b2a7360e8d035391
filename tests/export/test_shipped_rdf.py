"""The shipped graph in RDF keeps its shapes."""

from __future__ import annotations

import pyshacl
import pytest
from chinaai.graph.export.rdf import add_edge, add_node
from chinaai.graph.export.rdf_terms import Terms
from chinaai.graph.export.reading import Reader
from chinaai.graph.export.shapes import shapes
from chinaai.graph.store import Store

pytestmark = pytest.mark.slow


def test_the_shipped_graph_keeps_its_shapes(embedded_shipped: Store) -> None:
    terms = Terms()
    graph, reader = terms.graph(), Reader(embedded_shipped)
    for node in reader.nodes():
        add_node(graph, terms, node)
    for edge in reader.edges():
        add_edge(graph, terms, edge)
    # in place: else it makes a copy of the graph first
    conforms, _, text = pyshacl.validate(graph, shacl_graph=shapes(terms), inplace=True)
    assert conforms, text[:2000]
