"""The shipped graph in RDF keeps its shapes."""

from __future__ import annotations

import pyshacl
import pytest
from chinaai.graph.export.rdf import to_rdf
from chinaai.graph.export.rdf_terms import Terms
from chinaai.graph.export.reading import Reader
from chinaai.graph.export.shapes import shapes
from chinaai.graph.store import Store

pytestmark = pytest.mark.slow


def test_the_shipped_graph_keeps_its_shapes(embedded_shipped: Store) -> None:
    terms = Terms()
    conforms, _, text = pyshacl.validate(to_rdf(Reader(embedded_shipped), terms), shacl_graph=shapes(terms))
    assert conforms, text[:2000]
