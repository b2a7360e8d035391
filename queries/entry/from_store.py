"""The requirement graph as it stands in the database, so that an answer rests on what was loaded.

Reads a few hundred nodes and edges; options are not among them, since the planner computes its own.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from pydantic import BaseModel

from ...graph.entry.case_model import ServiceSpec
from ...graph.entry.model import (
    AuthoritySpec,
    EntryGraph,
    InstrumentSpec,
    ProhibitionSpec,
    RequirementSpec,
    RouteSpec,
)
from ...graph.errors import ChinaAIError
from ...graph.model.base import MARK
from ...graph.model.evidence import Source
from ...graph.store import Store

_NODES = f"MATCH (n:{MARK}:%s) WHERE n.retired IS NULL RETURN properties(n) AS p ORDER BY n.id"
_EDGES = (
    f"MATCH (a:{MARK}:%s)-[r:%s]->(b:{MARK}) WHERE r.retired IS NULL "
    "RETURN a.id AS a, b.id AS b, properties(r) AS p ORDER BY coalesce(r.order, 0), r.fact_id"
)
_CITED = f"MATCH (n:{MARK}:Source) WHERE n.id IN $ids RETURN properties(n) AS p ORDER BY n.id"
Spec = TypeVar("Spec", bound=BaseModel)
Props = dict[str, Any]


class _Edges:
    """Edges of one type by their start."""

    def __init__(self, store: Store, label: str, kind: str) -> None:
        self.by_start: dict[str, list[tuple[str, Props]]] = defaultdict(list)
        for row in store.read(_EDGES % (label, kind)):
            self.by_start[row["a"]].append((row["b"], row["p"]))

    def ends(self, start: str) -> list[str]:
        return [end for end, _ in self.by_start[start]]

    def of(self, start: str) -> list[tuple[str, Props]]:
        return self.by_start[start]


def entry_graph(store: Store) -> EntryGraph:
    """Read the requirement graph.

    Raises:
        ChinaAIError: the database holds no market-entry facts.
        StoreError: the database can't be read.
    """
    services = {p["id"]: _make(ServiceSpec, p) for p in _nodes(store, "ServiceKind")}
    if not services:
        raise ChinaAIError("the graph holds no market-entry facts", hint="run chinaai build")
    law = _Law(store)
    requirements, prohibitions = _requirements(store, law)
    routes = _routes(store)
    items: list[Any] = [*requirements.values(), *prohibitions.values(), *routes.values()]
    cited = {name for item in items for name in _cited(item)}
    rows = store.read(_CITED, ids=sorted(cited))
    return EntryGraph(
        sources={row["p"]["id"]: _make(Source, row["p"]) for row in rows},
        authorities=law.authorities,
        instruments=law.instruments,
        services=services,
        requirements=requirements,
        prohibitions=prohibitions,
        routes=routes,
    )


def _nodes(store: Store, label: str) -> list[Props]:
    return [row["p"] for row in store.read(_NODES % label)]


def _make(shape: type[Spec], props: Props) -> Spec:
    """A typed block from properties; what the block has no field for is the graph's own."""
    fields = {key: _plain(value) for key, value in props.items() if key in shape.model_fields}
    return shape.model_validate(fields)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _cited(item: Any) -> Iterable[str]:
    yield from item.sources
    for basis in getattr(item, "legal_basis", []):
        if basis.checked.source:
            yield basis.checked.source
    none = getattr(item, "no_legal_basis", None)
    if none and none.checked.source:
        yield none.checked.source
    yield from (d.source for d in getattr(item, "durations", []) if d.source)


class _Law:
    """Instruments with their articles, and the bodies that stand behind them."""

    def __init__(self, store: Store) -> None:
        issued = _Edges(store, "Instrument", "ISSUED_BY")
        part = _Edges(store, "Article", "PART_OF")
        articles: dict[str, list[Props]] = defaultdict(list)
        for p in _nodes(store, "Article"):
            for instrument in part.ends(p["id"]):
                articles[instrument].append(p)
        self.instruments: dict[str, InstrumentSpec] = {}
        for p in _nodes(store, "Instrument"):
            if issued.ends(p["id"]):
                self.instruments[p["id"]] = _instrument(p, articles[p["id"]], issued.ends(p["id"]))
        self.authorities = {p["id"]: _authority(p) for p in _nodes(store, "Authority")}


def _authority(p: Props) -> AuthoritySpec:
    level = p.get("level") if p.get("level") in ("national", "provincial") else "national"
    fields = {
        "id": p["id"],
        "name": p["name"],
        "name_zh": p.get("name_zh"),
        "level": level,
        "role": p.get("role") or "",
    }
    return AuthoritySpec.model_validate(fields)


def _instrument(p: Props, articles: list[Props], issuers: list[str]) -> InstrumentSpec:
    # an instrument that the curated facts own bears no date of ours: its articles do
    rows = [
        {
            "id": a["id"],
            "art": a["art"],
            "about": a["about"],
            **{key: _plain(a[name]) for key, name in (("effective", "known_from"), ("until", "valid_to")) if name in a},
        }
        for a in articles
    ]
    return InstrumentSpec.model_validate(
        {
            "id": p["id"],
            "name": p["name"],
            "name_zh": p.get("name_zh"),
            "kind": p.get("kind") or "instrument",
            "number": p.get("number"),
            "issuers": issuers,
            "effective": p.get("effective"),
            "until": p.get("repealed"),
            "status": p.get("legal_status", "in-force"),
            "effective_seen": p.get("effective_seen", False),
            "summary": p.get("note") or "",
            "articles": rows,
        }
    )


def _requirements(store: Store, law: _Law) -> tuple[dict[str, RequirementSpec], dict[str, ProhibitionSpec]]:
    based = _Edges(store, "Requirement", "BASED_ON")
    decided = _Edges(store, "Requirement", "DECIDED_BY")
    lifted = _Edges(store, "Requirement", "LIFTED_BY")
    has_way = _Edges(store, "Requirement", "HAS_WAY")
    needs = _Edges(store, "Way", "NEEDS")
    ways = {p["id"]: p for p in _nodes(store, "Way")}
    requirements: dict[str, RequirementSpec] = {}
    prohibitions: dict[str, ProhibitionSpec] = {}
    for p in _nodes(store, "Requirement"):
        key = p["id"]
        common: Props = {
            "id": key,
            "name": p["name"],
            "name_zh": p.get("name_zh"),
            "summary": p["summary"],
            "sources": p.get("read_on", []),
            "authorities": decided.ends(key),
            "legal_basis": [_basis(at, q) for at, q in based.of(key)],
            "since": _plain(p.get("known_from")),
            "until": _plain(p.get("valid_to")),
        }
        if p["prohibition"]:
            extra = {
                "actors": p["actors"],
                "services": p.get("services", []),
                "condition": p.get("condition"),
                "lifted_by": lifted.ends(key),
            }
            prohibitions[key] = ProhibitionSpec.model_validate({**common, **extra})
            continue
        found = sorted((ways[way] for way in has_way.ends(key)), key=lambda w: w["order"])
        none = (
            {"why": p["no_legal_basis"], "checked": json.loads(p["no_basis_checked"])}
            if "no_legal_basis" in p
            else None
        )
        requirements[key] = RequirementSpec.model_validate(
            {
                **common,
                "kind": p["kind"],
                "trigger": p["trigger"],
                "no_legal_basis": none,
                "when_absent": p["when_absent"],
                "since_reason": "as loaded" if common["since"] else None,
                "validity": p.get("validity"),
                "partner_evidence": p.get("partner_evidence"),
                "blocks_launch": p["blocks_launch"],
                "durations": [json.loads(text) for text in p.get("durations", [])],
                "ways": [_way(w, needs.ends(w["id"])) for w in found],
            }
        )
    return requirements, prohibitions


def _basis(at: str, q: Props) -> Props:
    pages = q.get("sources", [])
    checked = {"verdict": q["verdict"], "was": q.get("was"), "source": pages[0] if pages else None}
    return {"at": at, "says": q["says"], "verified": q["verified"], "checked": checked}


def _way(p: Props, needs: list[str]) -> Props:
    return {
        "id": p["id"],
        "name": p["name"],
        "name_zh": p.get("name_zh"),
        "needs": needs,
        "actors": p["actors"],
        "performer": p["performer"],
        "services": p.get("services", []),
        "documents": p.get("documents", []),
        "since": _plain(p.get("known_from")),
        "until": _plain(p.get("valid_to")),
    }


def _routes(store: Store) -> dict[str, RouteSpec]:
    goals = _Edges(store, "EntryRoute", "HAS_GOAL")
    conditional: dict[str, list[Props]] = defaultdict(list)
    for row in store.read(_EDGES % ("Requirement", "TRIGGERED_BY")):
        extra = {"when": row["p"]["when"], "services": row["p"].get("services", [])}
        conditional[row["b"]].append({"requirement": row["a"], **extra})
    before: dict[str, list[Props]] = defaultdict(list)
    for row in store.read(_EDGES % ("Requirement", "BEFORE")):
        before[row["p"]["route"]].append({"first": row["a"], "then": row["b"]})
    blocked: dict[str, list[str]] = defaultdict(list)
    for row in store.read(_EDGES % ("Requirement", "BLOCKS")):
        blocked[row["b"]].append(row["a"])
    found = {}
    for p in _nodes(store, "EntryRoute"):
        key = p["id"]
        found[key] = RouteSpec.model_validate(
            {
                "id": key,
                "name": p["name"],
                "name_zh": p.get("name_zh"),
                "services": p["services"],
                "actors": p["actors"],
                "run_by": p["run_by"],
                "own_steps": p.get("own_steps", []),
                "summary": p["summary"],
                "preconditions": p.get("preconditions", []),
                "viability": p["viability"],
                "sources": p.get("sources", []),
                "goal": _goal(goals.of(key)),
                "conditional": conditional[key],
                "before": before[key],
                "prohibitions": blocked[key],
                "since": _plain(p.get("known_from")),
                "until": _plain(p.get("valid_to")),
            }
        )
    return found


def _goal(edges: list[tuple[str, Props]]) -> Props:
    always = [name for name, p in edges if p["choice"] == 0]
    choices: dict[int, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for name, p in edges:
        if p["choice"]:
            choices[p["choice"]][p["alternative"]].append(name)
    return {
        "all": always,
        "any": [[sorted(a) for _, a in sorted(choice.items())] for _, choice in sorted(choices.items())],
    }
