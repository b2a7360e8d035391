"""Positions: the same for the same graph, hardly different for a hardly different one, no two on one spot."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import networkx as nx
import pytest
from chinaai.graph.communities import UNLINKED, communities
from chinaai.view.collect import Rows, collect
from chinaai.view.layout import Layout, layout


def made(rows: Rows, **options: Any) -> Layout:
    return layout([row.id for row in rows.nodes], [(e.start, e.end) for e in rows.edges], **options)


def test_two_stars_are_two_communities() -> None:
    ids = [f"n{number:02d}" for number in range(26)]
    links = [(0, other) for other in range(1, 13)] + [(13, other) for other in range(14, 26)] + [(1, 14)]
    near: list[dict[int, float]] = [{} for _ in ids]
    for start, end in links:
        near[start][end] = near[end][start] = 1.0
    assert communities(ids, near, 2) == [0] * 13 + [13] * 13


def test_small_pieces_belong_to_no_hub() -> None:
    near: list[dict[int, float]] = [{1: 1.0}, {0: 1.0}, {}]
    assert communities(["a", "b", "c"], near) == [UNLINKED] * 3


def test_same_graph_same_drawing_other_seed_another(made_graph: Callable[..., nx.MultiDiGraph]) -> None:
    rows = collect(made_graph(300))
    assert made(rows) == made(rows)
    assert made(rows) != made(rows, seed=1)


def test_a_small_change_moves_little(made_graph: Callable[..., nx.MultiDiGraph]) -> None:
    graph = made_graph(500)
    rows, first = collect(graph), None
    first = made(rows)
    graph.add_node("newcomer", label="Company", name="Newcomer")
    graph.add_edge("newcomer", "apple", key="new-1", type="PARTNERS_WITH", status="reported")
    graph.add_edge("baidu", "newcomer", key="new-2", type="SUPPLIES", status="reported")
    later_rows = collect(graph)
    later = made(later_rows)
    place = {row.id: number for number, row in enumerate(later_rows.nodes)}
    wide = max(first.x) - min(first.x)
    moved = [math.dist((first.x[n], first.y[n]), (later.x[place[row.id]], later.y[place[row.id]]))
             for n, row in enumerate(rows.nodes)]  # fmt: skip
    assert sum(far < wide * 0.05 for far in moved) >= 0.9 * len(moved)


def test_nobody_stands_on_another(made_graph: Callable[..., nx.MultiDiGraph]) -> None:
    drawn = made(collect(made_graph(500)))
    spots = list(zip(drawn.x, drawn.y, strict=True))
    close = sum(math.dist(a, b) < 12 for number, a in enumerate(spots) for b in spots[number + 1 :])
    assert close <= 5


@pytest.mark.parametrize("nodes", [0, 1, 2])
def test_tiny_graphs(nodes: int) -> None:
    drawn = layout([str(number) for number in range(nodes)], [])
    assert len(drawn.x) == nodes
