"""What networkx says of the curated facts in force on a day: influence, communities, best evidenced paths.

One undirected network: entities, joined by every fact that holds on the day, is not denied, and is not the
worse side of a conflict. The register, computed options and sources are no part of it. A fact counts with
its confidence.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import Any

import networkx as nx

from ..graph.communities import UNLINKED, communities
from ..graph.marks import MARK
from ..graph.model import CROWDS, HIDDEN, REGISTER
from .answers import Rows
from .ask import Ask
from .rows import CitedRow, cited, of_this_version
from .words import statement

#: Facts shown beside a row.
SHOWN = 3
_APART = " AND ".join(f"NOT a:{label} AND NOT b:{label}" for label in sorted(HIDDEN | REGISTER))
_FACTS = statement(f"""MATCH (a:ChinaAI)-[r]->(b:ChinaAI)
WHERE r.sources IS NOT NULL AND r.confidence IS NOT NULL AND {_APART}
  AND {{{{in_force(r)}}}}
RETURN r.fact_id AS fact_id, type(r) AS relation, a.id AS start, b.id AS end, r.status AS status,
       r.since AS since, r.announced AS announced, r.as_of AS seen, r.scope AS scope,
       r.confidence AS confidence, r.sources AS sources""")
_NAMES = f"""UNWIND $ids AS id MATCH (n:{MARK} {{id: id}})
RETURN n.id AS id, n.name AS name, n.name_zh AS name_zh, head([l IN labels(n) WHERE l <> '{MARK}']) AS type"""


class InfluenceRow(CitedRow):
    """An entity by its share of a random walk over the facts. `confidence` is the mean over its facts."""

    rank: int
    id: str
    name: str
    name_zh: str | None
    type: str
    score: float
    facts: int
    neighbours: int
    strongest: list[dict[str, Any]]


class CommunityRow(CitedRow):
    """A hub and those it holds together. `confidence` is the mean over the facts inside."""

    hub_id: str
    hub: str
    hub_zh: str | None
    size: int
    facts_inside: int
    facts_outside: int
    members: list[str]
    member_ids: list[str]
    strongest: list[dict[str, Any]]


class EvidencePathRow(CitedRow):
    """The best evidenced chain of facts: the largest product of confidences. `confidence` is its weakest step."""

    length: int
    nodes: list[str]
    node_ids: list[str]
    steps: list[dict[str, Any]]
    joint_confidence: float
    confidence: float


class FactNetwork:
    """The network of one day. Nodes and edges come in the order of their ids, so answers don't depend on the engine."""

    def __init__(self, ask: Ask, day: date) -> None:
        self.ask, self.day = ask, day
        self.facts = sorted(ask.store.read(_FACTS, as_of=day), key=lambda fact: str(fact["fact_id"]))
        ids = sorted({fact[side] for fact in self.facts for side in ("start", "end")})
        if not ids:
            ask.lookup.need_any()
        rows = ask.store.read(_NAMES, ids=ids)
        self.names: dict[str, dict[str, Any]] = {row["id"]: row for row in rows}
        self.graph = nx.MultiGraph()
        self.graph.add_nodes_from(ids)
        for fact in self.facts:
            self.graph.add_edge(fact["start"], fact["end"], fact["fact_id"], **fact)

    def influence(self, limit: int) -> Rows[InfluenceRow]:
        """PageRank (damping 0.85), links weighted by the sum of the confidences of their facts."""
        weighted = nx.Graph()
        weighted.add_nodes_from(self.graph)
        for fact in self.facts:
            start, end = fact["start"], fact["end"]
            known = weighted.get_edge_data(start, end, {"weight": 0.0})["weight"]
            weighted.add_edge(start, end, weight=known + fact["confidence"])
        score = nx.pagerank(weighted, alpha=0.85, tol=1e-10, max_iter=500, weight="weight") if self.facts else {}
        best = sorted(score, key=lambda node: (-round(score[node], 12), node))[:limit]
        of = self._facts_of(best)
        rows = [
            {"rank": rank, **self.names[node], "score": round(score[node], 6), "facts": len(of[node]),
             "neighbours": len(weighted[node]), **self._evidence(of[node])}
            for rank, node in enumerate(best, 1)
        ]  # fmt: skip
        return Rows(self._typed(InfluenceRow, rows), InfluenceRow.columns())

    def communities(self, limit: int) -> Rows[CommunityRow]:
        """The communities that the page draws, largest first, without those that are one entity alone."""
        ids = list(self.graph)
        place = {node: number for number, node in enumerate(ids)}
        near: list[dict[int, float]] = [defaultdict(float) for _ in ids]
        for fact in self.facts:
            start, end = place[fact["start"]], place[fact["end"]]
            if start != end:
                near[start][end] += 1.0
                near[end][start] += 1.0
        owner = communities(ids, near)
        members: dict[int, list[str]] = defaultdict(list)
        for node, hub in zip(ids, owner, strict=True):
            members[hub].append(node)
        members.pop(UNLINKED, None)
        members = {hub: held for hub, held in members.items() if len(held) > 1}
        inside: dict[int, list[dict[str, Any]]] = defaultdict(list)
        across: dict[int, int] = defaultdict(int)
        for fact in self.facts:
            one, two = owner[place[fact["start"]]], owner[place[fact["end"]]]
            if one == two:
                inside[one].append(fact)
            else:
                across[one] += 1
                across[two] += 1
        rows = []
        for hub in sorted(members, key=lambda hub: (-len(members[hub]), ids[hub]))[:limit]:
            order = sorted(members[hub], key=lambda node: (-self.graph.degree(node), node))
            name = self.names[ids[hub]]
            rows.append({
                "hub_id": ids[hub], "hub": name["name"], "hub_zh": name["name_zh"], "size": len(order),
                "facts_inside": len(inside[hub]), "facts_outside": across[hub],
                "members": [self.names[node]["name"] for node in order], "member_ids": order,
                **self._evidence(inside[hub]),
            })  # fmt: skip
        return Rows(self._typed(CommunityRow, rows), CommunityRow.columns())

    def evidence_path(self, start: str, end: str) -> Rows[EvidencePathRow]:
        """The path with the largest product of confidences: Dijkstra over -log(confidence)."""
        columns = EvidencePathRow.columns()
        kept = [n for n in self.graph if n in (start, end) or self.names[n]["type"] not in CROWDS]
        graph = self.graph.subgraph(kept)
        if start not in graph or end not in graph:
            return Rows([], columns)
        try:
            nodes = nx.dijkstra_path(graph, start, end, weight=_cost)
        except nx.NetworkXNoPath:
            return Rows([], columns)
        used = [_best(graph[one][two]) for one, two in pairwise(nodes)]
        row = {
            "length": len(used), "nodes": [self.names[node]["name"] for node in nodes], "node_ids": nodes,
            "joint_confidence": round(math.prod(fact["confidence"] for fact in used), 6),
            "confidence": min((fact["confidence"] for fact in used), default=1.0),
            "steps": used, "sources": _cited(used),
        }  # fmt: skip
        return Rows(self._typed(EvidencePathRow, [row]), columns)

    def _facts_of(self, nodes: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
        found: dict[str, list[dict[str, Any]]] = {node: [] for node in nodes}
        for fact in self.facts:
            for node in {fact["start"], fact["end"]} & found.keys():
                found[node].append(fact)
        return found

    def _evidence(self, facts: list[dict[str, Any]]) -> dict[str, Any]:
        shown = sorted(facts, key=lambda fact: (-fact["confidence"], fact["fact_id"]))[:SHOWN]
        mean = sum(fact["confidence"] for fact in facts) / len(facts) if facts else None
        return {
            "strongest": shown, "confidence": None if mean is None else round(mean, 3), "sources": _cited(shown),
        }  # fmt: skip

    def _typed(self, model: type[Any], rows: list[dict[str, Any]]) -> list[Any]:
        """Rows with their sources looked up and their facts in words."""
        known = self.ask.pages(source for row in rows for source in row["sources"])

        def told(fact: dict[str, Any]) -> dict[str, Any]:
            pages = [page.model_dump(mode="json") for page in cited(fact["sources"], known)]
            ends: dict[str, Any] = {"from": fact["start"], "relation": fact["relation"], "to": fact["end"]}
            return ends | {k: v for k, v in fact.items() if k not in ("start", "end")} | {"sources": pages}

        found = []
        for row in rows:
            kept: dict[str, Any] = {
                key: [told(fact) for fact in row[key]] for key in ("strongest", "steps") if key in row
            }
            with of_this_version(self.ask.store.endpoint.where):
                found.append(model.model_validate(row | kept | {"sources": cited(row["sources"], known)}))
        return found


def _cited(facts: Iterable[dict[str, Any]]) -> list[str]:
    return list(dict.fromkeys(source for fact in facts for source in fact["sources"]))


def _best(parallel: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return min(parallel.values(), key=lambda fact: (-fact["confidence"], fact["fact_id"]))


def _cost(_: str, __: str, parallel: dict[str, dict[str, Any]]) -> float | None:
    confidence = _best(parallel)["confidence"]
    return -math.log(confidence) if confidence > 0 else None
