"""The words of the curated graph: few, declared, and every raw one accounted for."""

from __future__ import annotations

import re

from chinaai.graph.model import EDGES, NODES

CURATED = {name: edge for name, edge in EDGES.items() if not edge.structural}


def test_none_of_the_curated_edge_types_was_lost() -> None:
    assert len(CURATED) >= 40


def test_each_is_declared_with_ends_cardinality_definition_and_example() -> None:
    for name, edge in EDGES.items():
        assert edge.subjects, name
        assert set(edge.subjects) | set(edge.objects) <= set(NODES) | {"Source"}, name
        assert edge.cardinality in {"one-to-one", "one-to-many", "many-to-one", "many-to-many"}, name
        assert edge.definition.endswith(".") and "\n" not in edge.definition, name
        assert f" {name} " in f" {edge.example} ", name
        assert edge.term is None or re.fullmatch(r"[a-z]+:\w+", edge.term), name
