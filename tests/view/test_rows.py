"""What the page takes from a graph, and how it cleans it."""

from __future__ import annotations

import copy
import re
from datetime import date
from pathlib import Path
from typing import get_args

import networkx as nx
import pytest
from chinaai.face import KnowledgeGraph
from chinaai.graph.model import EDGES, METRICS, NODES
from chinaai.graph.model.actors import SECTORS_ZH, Sector
from chinaai.graph.model.evidence import SourceKind
from chinaai.graph.model.metrics import UNITS_ZH
from chinaai.graph.model.properties import PROPERTIES_ZH
from chinaai.graph.store import Store
from chinaai.view import ViewError, assets, clean
from chinaai.view.choose import HUB, neighbourhood
from chinaai.view.collect import collect
from chinaai.view.legend import NODE_LOOKS
from chinaai.view.options import Options
from chinaai.view.register import filings_of


def test_rows_hold_every_fact_once_and_fold_figures(small: nx.MultiDiGraph) -> None:
    before = copy.deepcopy(small)
    rows = collect(small)
    ids = [row.id for row in rows.nodes]
    assert set(ids) == {"apple", "alibaba", "baidu", "deepseek", "idc", "lonely", "qwen", "cac", "tim"}
    facts = {(row.id, ids[row.start], row.type, ids[row.end]) for row in rows.edges}
    assert {fact for fact in facts if fact[1:] != ("x",)} >= {
        ("f1", "apple", "PARTNERS_WITH", "alibaba"), ("f4", "apple", "NEGOTIATED_WITH", "alibaba"),
        ("f9", "alibaba", "PARTNERS_WITH", "apple"),
    }  # fmt: skip
    assert len(rows.edges) == 9
    [figure] = rows.figures
    assert (ids[figure.node], figure.more["value"], figure.more["measured_by"]) == ("apple", 17.3, "IDC")
    assert [source[0] for source in rows.sources] == ["s1", "s2"]
    assert nx.utils.graphs_equal(small, before)


def test_order_of_input_does_not_matter(small: nx.MultiDiGraph) -> None:
    other = nx.MultiDiGraph(**small.graph)
    other.add_nodes_from(reversed(list(small.nodes(data=True))))
    other.add_edges_from(reversed(list(small.edges(keys=True, data=True))))
    assert collect(other) == collect(small)


def test_undirected_or_simple_graphs_are_refused() -> None:
    for kind in (nx.Graph, nx.DiGraph, nx.MultiGraph):
        with pytest.raises(ViewError, match="MultiDiGraph"):
            collect(kind())


def test_observation_without_subject_is_drawn() -> None:
    graph = nx.MultiDiGraph()
    graph.add_node("figure", label="Observation", name="figure")
    assert [row.id for row in collect(graph).nodes] == ["figure"]


@pytest.mark.parametrize(("raw", "shown"), [
    ("exe\u202efdp", "exe⟦U+202E⟧fdp"), ("ap\u200bple", "ap⟦U+200B⟧ple"), ("\ufeffA", "⟦U+FEFF⟧A"),
    ("bad\ud800", "bad⟦U+D800⟧"), ("line\nand\ttab", "line\nand\ttab"), ("苹果 naïve 😀", "苹果 naïve 😀"), (17, "17"),
])  # fmt: skip
def test_invisible_characters_are_marked(raw: object, shown: str) -> None:
    assert clean.text(raw) == shown


@pytest.mark.parametrize(("raw", "safe"), [
    ("https://news.example/a?b=c#d", True), ("HTTP://news.example", True), ("javascript:alert(1)", False),
    ("data:text/html,x", False), ("//news.example", False), ("https://", False), ("https://a b", False),
    ("java\nscript:alert(1)", False), ("https://a.example/\u202egpj.exe", False), ("https://[bad", False),
    (None, False),
])  # fmt: skip
def test_only_web_links_pass(raw: object, safe: bool) -> None:
    assert clean.link(raw) == (raw if safe else None)


def test_dates_are_days_and_unknown_stays_unknown() -> None:
    assert clean.day(date(1970, 1, 2)) == 1
    assert clean.day("2025-02-13") == 20132
    assert (clean.day("2025"), clean.day(None), clean.day("soon")) == (None, None, None)


def test_every_type_has_a_sign_of_its_own() -> None:
    pairs = [(look.colour, look.shape) for look in NODE_LOOKS.values()]
    assert len(set(pairs)) == len(pairs)
    assert all(look.zh and look.en for look in NODE_LOOKS.values())


def test_everything_that_is_declared_has_a_chinese_name() -> None:
    declared = {name for cls in NODES.values() for name in (*cls.model_fields, *cls.kept.model_fields)}
    declared |= {name for edge in EDGES.values() for name in edge.props.model_fields}
    assert declared - set(PROPERTIES_ZH) == set()
    assert set(SECTORS_ZH) == set(get_args(Sector))
    words = {**PROPERTIES_ZH, **SECTORS_ZH, **{name: metric.zh for name, metric in METRICS.items()}}
    assert {name for name, word in words.items() if not re.search(r"[\u4e00-\u9fff]", word)} == set()


@pytest.mark.parametrize(("links", "walked"), [(HUB, True), (HUB + 1, False)])
def test_a_neighbourhood_ends_at_what_half_the_graph_hangs_on(links: int, walked: bool) -> None:
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(["me", "hub", *map(str, range(1, links))], label="Company")
    graph.add_edge("me", "hub", type="PARTNERS_WITH")
    graph.add_edges_from([(str(n), "hub") for n in range(1, links)], type="PARTNERS_WITH")
    assert ("1" in neighbourhood(graph, ["me"], 2)) is walked
    assert "1" in neighbourhood(graph, ["hub"], 1)  # asked for by name it is shown whole


def test_a_path_of_which_one_end_is_on_another_page_is_left_out() -> None:
    given = Options(path=("a", "b"), focus=("a", "c"))
    assert given.within({"a", "c"}).path == () and given.within({"a", "b"}).path == ("a", "b")
    assert list(given.within({"a"}).focus) == ["a"]


def test_a_confidence_keeps_three_digits() -> None:
    assert [clean.number(raw) for raw in (0.8764, 1, float("nan"), True, "0.5")] == [0.876, 1.0, None, None, None]


def test_filings_of_owners_newest_first_and_of_none_that_ended() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for key, day in (("f1", "2025-01-01"), ("f2", "2026-01-01")):
        graph.add_node(key, label="Filing", name=key, number=key, kind="filing", listed=day)
        graph.add_edge(key, "le", type="FILED_BY")
    graph.add_node("le", label="LegalEntity", name="LE")
    for owner, status in (("now", "confirmed"), ("then", "ended"), ("never", "denied")):
        graph.add_node(owner, label="Company", name=owner)
        graph.add_edge("le", owner, type="SUBSIDIARY_OF", status=status)
    assert [(row["number"], row["company"]) for row in filings_of(graph)] == [("f2", "now"), ("f1", "now")]


def test_the_page_has_a_word_for_whatever_a_row_bears(embedded_shipped: Store) -> None:
    """A word that is missing stood there as w_drafted or k_wiki."""
    words = (Path(assets.__file__).parent / "assets" / "words.js").read_text(encoding="utf-8")
    known = set(re.findall(r'^  "?([a-z][a-z_ -]*?)"?: \[', words, re.MULTILINE))
    assert {f"k_{kind}" for kind in get_args(SourceKind)} <= known
    rows = KnowledgeGraph(embedded_shipped).run("changes", start="1949-10-01", end="2100-01-01")
    told = {row.what for row in rows} | {"repealed", "denied"}
    assert {f"w_{what}" for what in told - {"figure"}} <= known
    assert {f"c_{row.kind}" for row in rows} <= known
    assert {row.detail for row in rows if row.kind == "law" and row.detail and not row.relation} <= known


def test_every_unit_has_its_chinese_word() -> None:
    assert {unit for metric in METRICS.values() for unit in metric.units} == set(UNITS_ZH)
