"""Authorities, instruments and articles of the market-entry seeds as nodes and edges."""

from __future__ import annotations

from typing import Any

from ...graph.dates import PartialDate
from ...graph.elements import Batch, Edge, Node
from ...graph.entry.model import EntryGraph, InstrumentSpec
from .names import keys_of_item

DATASET = "entry"
_LEVELS = frozenset({"national", "provincial"})


def edge(kind: str, start: tuple[str, str], end: tuple[str, str], part: str = "", **props: Any) -> Edge:
    """An edge whose key comes from its ends, and `part` where two may join the same ends."""
    parts = (end[1], part) if part else (end[1],)
    return Edge.keyed(kind, start, end, *parts, props={"status": "confirmed", **props})


def held(since: PartialDate | None, until: PartialDate | None) -> dict[str, Any]:
    """From which day it counts, and from which it counts no more."""
    return {"known_from": since.first if since else None, "valid_to": until.first if until else None}


def authority(graph: EntryGraph, name: str) -> tuple[str, str]:
    """Label and id of the node that an authority is."""
    return "Authority", graph.authorities[name].entity or name


def instrument(item: InstrumentSpec) -> tuple[str, str]:
    """Label and id of the node that an instrument is."""
    return "Instrument", item.entity or item.id


def law_elements(batch: Batch, graph: EntryGraph) -> None:
    """Bodies and rules; where a curated entity is the same thing, that one stands for it."""
    for body in graph.authorities.values():
        if body.entity is None:
            props = {
                "name": body.name,
                "name_zh": body.name_zh,
                "role": body.role,
                "country": "CN",
                "sources": body.sources,
                "level": body.level if body.level in _LEVELS else None,
                "aliases": body.aliases,
                "keys": keys_of_item(body),
            }
            batch.nodes.append(Node("Authority", body.id, props))
    for item in graph.instruments.values():
        _instrument(batch, graph, item)


def _instrument(batch: Batch, graph: EntryGraph, item: InstrumentSpec) -> None:
    end = instrument(item)
    if item.entity is None:
        law: dict[str, Any] = {
            "name": item.name,
            "name_zh": item.name_zh,
            "kind": item.kind,
            "number": item.number,
            "country": "CN",
            "promulgated": item.promulgated,
            "effective": item.effective,
            "repealed": item.until,
            "effective_seen": item.effective_seen,
            "legal_status": item.status,
            "revised": [str(d) for d in item.revised],
            "note": " ".join(x for x in (item.summary, item.note) if x),
            "sources": item.sources,
            "keys": keys_of_item(item),
        }
        batch.nodes.append(Node("Instrument", item.id, law))
    batch.edges += [edge("ISSUED_BY", end, authority(graph, name)) for name in item.issuers]
    if item.replaces:
        batch.edges.append(edge("REPLACES", end, instrument(graph.instruments[item.replaces])))
    for article in item.articles:
        key = item.article_id(article)
        place: dict[str, Any] = {
            "name": f"{item.name}, {article.art}",
            "art": article.art,
            "about": article.about,
            "name_zh": f"{item.name_zh} {article.art}" if item.name_zh else None,
        }
        batch.nodes.append(Node("Article", key, {**place, **held(*graph.span(key))}))
        batch.edges.append(edge("PART_OF", ("Article", key), end))
