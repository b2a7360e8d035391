"""networkx both ways: every element comes back equal, on both engines."""

from __future__ import annotations

from datetime import date

import networkx as nx
import pytest
from chinaai.graph.digest import status
from chinaai.graph.errors import ExportError
from chinaai.graph.export.network import from_networkx, to_networkx
from chinaai.graph.export.selection import Selection
from chinaai.graph.gate import admit
from chinaai.graph.store import Store

from .conftest import elements, fill, load_batch
from .odd import COMMAS, DAY, odd_batch


def test_every_element_comes_back_equal(filled: Store, wanted: set[tuple[str, str]]) -> None:
    batch = from_networkx(to_networkx(filled))
    assert elements(batch.nodes, batch.edges) == wanted


def test_sources_kept_out_of_the_nodes_come_back_too(filled: Store, wanted: set[tuple[str, str]]) -> None:
    graph = to_networkx(filled, with_sources=False)
    assert {data["label"] for _, data in graph.nodes(data=True)}.isdisjoint({"Source"})
    assert graph.graph["sources"]["odd-open"]["published"] == "2025-Q3"
    batch = from_networkx(graph)
    assert elements(batch.nodes, batch.edges) == wanted


def test_values_keep_their_types(filled: Store) -> None:
    graph = to_networkx(filled)
    assert graph.nodes["odd-quotes"]["aliases"] == COMMAS
    assert graph.nodes["odd-value"]["known_from"] == DAY
    assert type(graph.nodes["odd-value"]["value"]) is float
    assert type(graph.nodes["odd-value"]["rank"]) is int
    assert "name_zh" not in graph.nodes["odd-bare"]
    assert graph.nodes["odd-bare"]["hq"] == ""


def test_parallel_facts_stay_two(filled: Store) -> None:
    graph = to_networkx(filled)
    between = graph.get_edge_data("odd-quotes", "odd-lines")
    assert {key: (data["type"], data["status"]) for key, data in between.items()} == {
        "odd-twin-1": ("PARTNERS_WITH", "confirmed"),
        "odd-twin-2": ("PARTNERS_WITH", "denied"),
    }


def test_the_digest_is_that_of_the_store_and_the_same_on_both_engines(store: Store, filled: Store) -> None:
    fill(store)
    graph = to_networkx(store)
    assert graph.graph["digest"] == status(store).digest == to_networkx(filled).graph["digest"]


def test_a_graph_written_back_changes_nothing(embedded_store: Store) -> None:
    load_batch(embedded_store, odd_batch())
    before = status(embedded_store)
    batch = from_networkx(to_networkx(embedded_store))
    assert batch.dataset == "odd"
    load_batch(embedded_store, batch)
    assert status(embedded_store) == before


def test_as_of_leaves_out_what_does_not_hold(filled: Store) -> None:
    graph = to_networkx(filled, Selection(as_of=date(2025, 3, 1)))
    kept = {key for *_, key in graph.edges(keys=True)}
    assert "odd-twin-1" in kept and "alpha-beta" in kept
    assert {"odd-twin-2", "alpha-gamma-talks"}.isdisjoint(kept)
    earlier = {key for *_, key in to_networkx(filled, Selection(as_of=date(2025, 2, 28))).edges(keys=True)}
    assert earlier - kept == {"alpha-gamma-talks"}


def test_open_licence_leaves_the_rest_out_and_says_how_many(filled: Store) -> None:
    graph = to_networkx(filled, Selection(licence="open"))
    assert {key for *_, key in graph.edges(keys=True)} == {
        "odd-twin-1", "odd-loop", "odd-ended", "odd-value/of", "odd-事件",
    }  # fmt: skip
    assert set(graph.graph["sources"]) == {"odd-open"}
    # denied twin, text observation; of the small seeds three relations and one figure
    assert graph.graph["left_out"][0] == "left out 6 facts whose sources are not all open"
    # edges of the two observations (1 + 3) and the four other sources
    assert graph.graph["left_out"][1] == "left out 8 more that can't stand without these"


def test_other_kinds_of_graph_are_refused() -> None:
    with pytest.raises(ExportError, match="MultiDiGraph"):
        from_networkx(nx.DiGraph())
    graph = nx.MultiDiGraph()
    graph.add_edge("a", "b", type="PARTNERS_WITH")
    with pytest.raises(ExportError, match="node 'a' has no label"):
        from_networkx(graph)


def test_a_graph_read_from_one_store_passes_the_gate_of_another(embedded_store: Store, filled: Store) -> None:
    """What was read names its data set and the day of its end; that is no fault of it."""
    for batch in (from_networkx(to_networkx(filled)), from_networkx(to_networkx(filled), "mine")):
        assert [problem for problem in admit(batch, embedded_store) if "written by the store" in str(problem)] == []
