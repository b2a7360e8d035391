"""Influence, communities and evidence paths, against networkx called plainly on the seed files themselves."""

from __future__ import annotations

import math
from datetime import date
from types import SimpleNamespace
from typing import Any

import networkx as nx
import pytest
from chinaai import KnowledgeGraph as Face
from chinaai import QueryError
from chinaai.cli import network
from chinaai.face import KnowledgeGraph
from chinaai.loaders.build import Shipped
from small import Small

DAY = date(2026, 11, 24)


@pytest.fixture
def small(small_place: Small) -> Face:
    return Face(small_place[0])


def test_influence_of_a_chain_of_three(small: Face) -> None:
    """alpha - beta - beta-1: by hand, the middle of a chain has 0.15/3 + 0.85 (x + y), the ends share the rest."""
    rows = small.influence(as_of="2025-03-01")
    middle = (0.05 + 0.85 * 0.1) / (1 - 0.85**2)  # the ends are 0.05 + 0.85 * their part of the middle
    assert (rows[0].rank, rows[0].id, rows[0].facts, rows[0].neighbours) == (1, "beta", 2, 2)
    assert rows[0].score == pytest.approx(middle, abs=1e-5)
    assert math.fsum(r.score for r in rows) == pytest.approx(1, abs=1e-5)
    assert [(f["from"], f["relation"], f["to"], [s["id"] for s in f["sources"]]) for f in rows[0].strongest] == [
        ("beta", "DEVELOPED", "beta-1", ["firm-page"]),
        ("alpha", "PARTNERS_WITH", "beta", ["wire-2025", "copy-2025"]),
    ]
    assert {s.publisher for s in rows[0].sources} == {"A Wire", "A Mirror", "Beta Robotics"}
    assert rows[0].name_zh == "贝塔机器人" and rows[0].confidence is not None


def test_influence_counts_only_facts_in_force(small: Face) -> None:
    assert {r.id for r in small.influence(as_of="2024-12-31")} == {"alpha", "gamma", "beta", "beta-1"}
    assert {r.id for r in small.influence(as_of="2025-03-01")} == {"alpha", "beta", "beta-1"}


def test_evidence_path_shows_each_step(small: Face) -> None:
    (row,) = small.evidence_path("阿尔法", "Beta-1", as_of="2025-03-01")
    assert row.node_ids == ["alpha", "beta", "beta-1"] and row.length == 2
    assert [(s["fact_id"], s["status"]) for s in row.steps] == [
        ("alpha-beta", "confirmed"), ("beta-made-beta-1", "confirmed"),
    ]  # fmt: skip
    first, second = (s["confidence"] for s in row.steps)
    assert row.joint_confidence == pytest.approx(first * second) and row.confidence == min(first, second)
    assert {s.id for s in row.sources} == {"wire-2025", "copy-2025", "firm-page"}
    assert small.evidence_path("alpha", "beta-1", as_of="2025-02-12") == []
    assert small.evidence_path("alpha", "phones") == []


def test_a_limit_below_one_and_a_wrong_day_are_told(small: Face) -> None:
    with pytest.raises(QueryError, match="'limit' can't be 0; at least 1"):
        small.influence(limit=0)
    with pytest.raises(QueryError, match="'soon' is not a date for 'as_of'"):
        small.communities("soon")
    with pytest.raises(QueryError, match="unknown entity 'Zzz'"):
        small.evidence_path("Zzz", "alpha")


@pytest.mark.parametrize(("number", "last"), [(12, "m11"), (13, "and 1 more"), (20, "and 8 more")])
def test_twelve_members_of_a_community_are_shown(monkeypatch: pytest.MonkeyPatch, number: int, last: str) -> None:
    shown: list[dict[str, Any]] = []
    monkeypatch.setattr(network, "print_answer", lambda title, columns, told: shown.extend(told))
    row = {"members": [f"m{i}" for i in range(number)]}
    network._print("Communities", SimpleNamespace(columns=["members"], to_dicts=lambda: [row]), False, False)
    assert shown[0]["members"][-1] == last and len(shown[0]["members"]) == min(number, 13)


# -- the shipped graph, with networkx on what the seed files say ---------------------------------------
@pytest.fixture(scope="session")
def plain(shipped: Shipped) -> nx.MultiGraph:
    """Relations of the seed files that hold on the day, read without our queries."""
    graph = nx.MultiGraph()
    labels = {node.id: node.label for _, loaded in shipped.loaded for node in loaded.batch.nodes}
    apart = {"EntryOption", "SeedSentence", "Source", "Filing", "LegalEntity", "Service", "Notice", "Article", "Way"}
    for _, loaded in shipped.loaded:
        for edge in loaded.batch.edges:
            p: dict[str, Any] = dict(edge.props)
            if "sources" not in p or "confidence" not in p or {labels[edge.start[1]], labels[edge.end[1]]} & apart:
                continue
            open_then = p.get("known_from", DAY) <= DAY and p.get("valid_to", date.max) > DAY
            if open_then and p["status"] != "denied" and p.get("preferred") is not False:
                graph.add_edge(edge.start[1], edge.end[1], edge.fact_id, confidence=p["confidence"])
    nx.set_node_attributes(graph, labels, "label")
    return graph


def test_shipped_influence_is_that_of_networkx(kg: KnowledgeGraph, plain: nx.MultiGraph) -> None:
    score = nx.pagerank(plain, weight="confidence")  # parallel edges of a multigraph add up
    rows = Face(kg.store).influence(DAY, limit=10)
    assert [r.score for r in rows] == pytest.approx(sorted(score.values(), reverse=True)[:10], abs=2e-5)
    assert all(r.score == pytest.approx(score[r.id], abs=2e-5) for r in rows)
    assert all(r.facts == plain.degree(r.id) - nx.number_of_edges(plain.subgraph([r.id])) for r in rows)
    assert all(r.sources and all(f["sources"] for f in r.strongest) for r in rows)


@pytest.mark.parametrize("ends", [("lvmh", "nvidia"), ("bmw", "deepseek"), ("apple", "huawei")])
def test_shipped_evidence_path_is_the_best_product(
    kg: KnowledgeGraph, plain: nx.MultiGraph, ends: tuple[str, str]
) -> None:
    crowds = {"ControlList", "Exchange", "Index", "Jurisdiction", "Licence", "Market"}
    part = plain.subgraph([n for n, data in plain.nodes(data=True) if data["label"] not in crowds])
    cost = nx.dijkstra_path_length(
        part, *ends, weight=lambda _, __, p: min(-math.log(e["confidence"]) for e in p.values())
    )
    (row,) = Face(kg.store).evidence_path(*ends, as_of=DAY)
    assert -math.log(row.joint_confidence) == pytest.approx(cost, abs=1e-4)
    assert (row.node_ids[0], row.node_ids[-1]) == ends and len(row.steps) == len(row.nodes) - 1


def test_shipped_communities_hold_each_entity_once(kg: KnowledgeGraph, plain: nx.MultiGraph) -> None:
    rows = Face(kg.store).communities(DAY, limit=100)
    members = [member for row in rows for member in row.member_ids]
    assert len(members) == len(set(members)) and set(members) <= set(plain)
    for row in rows:
        assert row.hub_id in row.member_ids and row.size == len(row.members)
        assert row.facts_inside == plain.subgraph(row.member_ids).number_of_edges()
        assert row.facts_outside == len(list(nx.edge_boundary(plain, row.member_ids)))
        assert row.sources and row.confidence
