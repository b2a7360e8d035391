"""From the caller's graph to plain rows: clean text, sources by number, figures folded into their subject.

The caller's graph is read, never changed. Order is by id, so the same graph gives the same rows however
it was put together.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

import networkx as nx

from ..graph.identity import folded
from ..graph.legal import RULED
from ..graph.when import spoken
from . import clean
from .choose import ROLES
from .errors import ViewError

#: Types with many names, of which the page leaves out what others hold.
_SAID_SHORTER = RULED | {"ServiceKind"}
_NODE_OWN = {"label", "name", "name_zh", "aliases", "sources"}
#: Readings are the house's own record: of a fact, which `chinaai ask sources` tells, and of an article.
_READ = {"read", "read_on"}
#: Registered names help to find a company and rest on no source, so no page tells them; the day of a date stands in it.
_NODE_SILENT = {"keys", "words", "hash", "bucket", "id", "dataset", "spec", "legal_names", "date_from", *_READ}
_EDGE_OWN = {"type", "status", "known_from", "valid_to", "confidence", "sources"}
_EDGE_SILENT = {"hash", "bucket", "fact_id", "dataset", *_READ}


class Registry:
    """Gives each cited source its number, in the order of first citation."""

    def __init__(self, known: dict[str, dict[str, Any]]) -> None:
        self._known = known
        self._place: dict[str, int] = {}
        self.rows: list[list[Any]] = []

    def written(self, raw: object) -> list[str]:
        """Written dates of these sources, as far as they have one."""
        found = [self._known.get(source, {}).get("published") for source in self._ids(raw)]
        return [str(text) for text in found if text]

    def places(self, raw: object) -> list[int]:
        return [self._one(item) for item in self._ids(raw)]

    @staticmethod
    def _ids(raw: object) -> list[str]:
        items = [raw] if isinstance(raw, str) else list(raw) if isinstance(raw, list | tuple | set) else []
        return [str(item["id"]) if isinstance(item, dict) and "id" in item else str(item) for item in items]

    def _one(self, source: str) -> int:
        if source not in self._place:
            self._place[source] = len(self.rows)
            found = self._known.get(source)
            row: list[Any] = [clean.text(source), *([None] * 6)]
            if found is not None:
                keys = ("title", "publisher", "published", "kind")
                row[1:5] = [None if found.get(key) is None else clean.text(found[key]) for key in keys]
                row[5] = clean.link(found.get("url"))
                if row[5] is None and found.get("url"):
                    row[6] = clean.text(found["url"])
            self.rows.append(row)
        return self._place[source]


@dataclass(frozen=True)
class NodeRow:
    """One drawn entity; `more` holds the type's own fields that are not empty."""

    id: str
    label: str
    name: str
    name_zh: str
    aliases: list[str]
    sources: list[int]
    more: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class _DatedRow:
    """What edges and figures tell alike; days count from 1970-01-01."""

    known_from: int | None
    valid_to: int | None
    confidence: float | None
    sources: list[int]
    when: list[tuple[str, str]]
    more: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class EdgeRow(_DatedRow):
    """One fact between the entities at places `start` and `end`."""

    id: str
    start: int
    end: int
    type: str
    status: str


@dataclass(frozen=True, kw_only=True)
class FigureRow(_DatedRow):
    """One figure shown in the panel of the entity at place `node`."""

    id: str
    node: int


@dataclass
class Rows:
    """Everything the page knows, in a fixed order."""

    nodes: list[NodeRow] = field(default_factory=list)
    edges: list[EdgeRow] = field(default_factory=list)
    figures: list[FigureRow] = field(default_factory=list)
    sources: list[list[Any]] = field(default_factory=list)
    digest: str = ""
    as_of: int | None = None
    #: To which day each area was searched.
    searched: dict[str, str] = field(default_factory=dict)
    registry: Registry | None = field(default=None, compare=False, repr=False)

    def cite(self, ids: object) -> list[int]:
        """Numbers of these sources; one that was not cited before is taken up. Empty without a registry."""
        return self.registry.places(ids) if self.registry else []


def collect(graph: nx.MultiDiGraph) -> Rows:
    """Read the graph of the page.

    Raises:
        ViewError: it is not a MultiDiGraph (other kinds lose parallel facts or their direction).
    """
    if not (graph.is_directed() and graph.is_multigraph()):
        raise ViewError(
            "the page draws a networkx.MultiDiGraph", type(graph).__name__,
            "other kinds of graph drop parallel facts or their direction",
        )  # fmt: skip
    known = graph.graph.get("sources") or {}
    sources = Registry({str(key): dict(item) for key, item in known.items()})
    searched = {clean.text(area): clean.text(day) for area, day in (graph.graph.get("searched") or {}).items()}
    rows = Rows(as_of=clean.day(graph.graph.get("as_of")), searched=searched)
    folded = _folded(graph)
    drawn = sorted(
        (key for key, data in graph.nodes(data=True) if data.get("label") != "Source" and key not in folded),
        key=str,
    )
    place = {key: number for number, key in enumerate(drawn)}
    rows.nodes = [_node(str(key), dict(graph.nodes[key]), sources) for key in drawn]
    edges = sorted(graph.edges(keys=True, data=True), key=lambda edge: (str(edge[2]), str(edge[0]), str(edge[1])))
    for start, end, key, data in edges:
        if start in place and end in place:
            rows.edges.append(_edge(str(key), place[start], place[end], dict(data), sources))
    for key, subject in sorted(folded.items(), key=lambda item: str(item[0])):
        rows.figures.append(_figure(graph, key, place[subject], sources))
    rows.sources, rows.registry = sources.rows, sources
    rows.digest = str(graph.graph.get("digest") or "") or _digest(rows)
    return rows


def _folded(graph: nx.MultiDiGraph) -> dict[Any, Any]:
    """Observation -> the entity it is of; one without a drawn subject stays a node of its own."""
    found = {}
    for key, data in graph.nodes(data=True):
        if data.get("label") != "Observation":
            continue
        for _, end, edge in graph.out_edges(key, data=True):
            if edge.get("type") == "OF" and graph.nodes[end].get("label") not in ("Source", "Observation"):
                found[key] = end
    return found


def _more(data: dict[str, Any], skip: set[str]) -> dict[str, Any]:
    """The other fields by name, none that is empty."""
    kept = {key: item for key, item in data.items() if key not in skip and item not in (None, "", [])}
    if not kept.get("weak"):
        kept.pop("weak", None)
    return {clean.text(key): clean.value(item) for key, item in sorted(kept.items(), key=lambda pair: str(pair[0]))}


def _node(key: str, data: dict[str, Any], sources: Registry) -> NodeRow:
    name = data.get("name") or data.get("name_zh") or key
    return NodeRow(
        id=clean.text(key), label=clean.text(data.get("label") or "Unknown"), name=clean.text(name),
        name_zh=clean.text(data.get("name_zh") or ""), aliases=_further(data),
        sources=sources.places(data.get("sources")),
        more=_more(data, _NODE_OWN | _NODE_SILENT),
    )  # fmt: skip


def _further(data: dict[str, Any]) -> list[str]:
    """Aliases; of law and services without those whose words longer names hold, so that a search finds them."""
    if data.get("label") not in _SAID_SHORTER:
        return clean.strings(data.get("aliases"))
    found = sorted(clean.strings(data.get("aliases")), key=len)
    held = [folded(data.get(field) or "") for field in ("name", "name_zh")]
    others = [" ".join([*held, *map(folded, found[i + 1 :])]) for i in range(len(found))]
    return [
        one for one, more in zip(found, others, strict=True) if not all(word in more for word in folded(one).split())
    ]


def _edge(key: str, start: int, end: int, data: dict[str, Any], sources: Registry) -> EdgeRow:
    return EdgeRow(
        id=clean.text(key), start=start, end=end, type=clean.text(data.get("type") or "RELATED"),
        status=clean.text(data.get("status") or ""), known_from=clean.day(data.get("known_from")),
        more=_more(data, _EDGE_OWN | _EDGE_SILENT), **_evidence(data, sources),
    )  # fmt: skip


def _figure(graph: nx.MultiDiGraph, key: Any, node: int, sources: Registry) -> FigureRow:
    data = dict(graph.nodes[key])
    more = _more(data, (_NODE_OWN | _NODE_SILENT | _EDGE_OWN) - {"status"})
    for _, end, edge in graph.out_edges(key, data=True):
        role = ROLES.get(edge.get("type", ""))
        if role:
            other = graph.nodes[end]
            more[role] = clean.text(other.get("name") or other.get("name_zh") or end)
    known = clean.day(data.get("known_from") or data.get("period_start"))
    return FigureRow(id=clean.text(key), node=node, known_from=known, more=more, **_evidence(data, sources))


def _evidence(data: dict[str, Any], sources: Registry) -> dict[str, Any]:
    cited = data.get("sources")
    return {
        "valid_to": clean.day(data.get("valid_to")), "confidence": clean.number(data.get("confidence")),
        "sources": sources.places(cited),
        "when": [(word, clean.text(text)) for word, text in spoken(data, sources.written(cited))],
    }  # fmt: skip


def _digest(rows: Rows) -> str:
    parts = [[n.id, n.label, n.name] for n in rows.nodes], [[e.id, e.start, e.end, e.type] for e in rows.edges]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=True).encode()).hexdigest()[:16]
