"""Authorities, instruments and articles of the market-entry seeds as nodes and edges."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ...graph.dates import PartialDate
from ...graph.elements import Batch, Edge, Node
from ...graph.entry.model import AuthoritySpec, EntryGraph, InstrumentSpec, ProhibitionSpec, RequirementSpec
from .names import keys_of_item

DATASET = "entry"
_LEVELS = frozenset({"national", "provincial"})
#: What the node of an instrument says in the words of its block.
_AS_WRITTEN = {"name", "name_zh", "aliases", "kind", "number", "promulgated", "effective", "effective_seen"}


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


def place_of(graph: EntryGraph, at: str) -> tuple[str, str]:
    """Label and id of the node that a citable place is: an article, or an instrument as a whole."""
    law, article = graph.articles[at]
    return ("Article", at) if article else instrument(law)


def law_elements(batch: Batch, graph: EntryGraph) -> None:
    """Bodies and rules; where a curated entity is the same thing, that one stands for it."""
    batch.nodes += [node for node, item in _nodes(graph) if item.entity is None]
    for item in graph.instruments.values():
        _edges(batch, graph, item)


def tell_curated(batch: Batch, graph: EntryGraph, curated: Batch) -> None:
    """Let each curated entity that stands for a body or rule say what market entry says of it.

    What the curated facts say themselves stays. The pages go over to the curated facts with it: they are loaded first,
    and a source must stand before it is named.

    Args:
        batch: everything of market entry, which loses these pages.
        curated: the curated facts, whose nodes are made anew in place.
    """
    at = {(node.label, node.id): place for place, node in enumerate(curated.nodes)}
    address = {node.id: node.props.get("url", node.id) for node in (*curated.nodes, *batch.nodes)}
    named: set[str] = set()
    for said, item in _nodes(graph):
        if item.entity is not None:
            place = at[said.label, item.entity]
            own = curated.nodes[place].props
            pages = [*_listed(own, "sources"), *_listed(said.props, "sources")]
            once = list({address[page]: page for page in reversed(pages)}.values())[::-1]  # one page may have two ids
            keys = sorted({*_listed(own, "keys"), *_listed(said.props, "keys")})
            curated.nodes[place] = Node(said.label, item.entity, {**said.props, **own, "sources": once, "keys": keys})
            named.update(once)
    curated.nodes += [node for node in batch.nodes if node.label == "Source" and node.id in named]
    batch.nodes[:] = [node for node in batch.nodes if node.label != "Source" or node.id not in named]


def _listed(props: Mapping[str, Any], field: str) -> list[str]:
    return list(props.get(field) or ())


def _nodes(graph: EntryGraph) -> Iterator[tuple[Node, AuthoritySpec | InstrumentSpec]]:
    """Every body and rule as a node of its own, and the block that it is made from."""
    for body in graph.authorities.values():
        props = {
            **body.model_dump(include={"name", "name_zh", "aliases", "role", "sources"}),
            "country": "CN",
            "level": body.level if body.level in _LEVELS else None,
            "keys": keys_of_item(body, "Authority", country="CN"),
        }
        yield Node("Authority", body.id, props), body
    read = _read_on(graph)
    for item in graph.instruments.values():
        yield Node("Instrument", item.id, _said(graph, item, read)), item


def _said(graph: EntryGraph, item: InstrumentSpec, read: Mapping[str, Iterable[str]]) -> dict[str, Any]:
    props = {
        **item.model_dump(include=_AS_WRITTEN),
        "country": "CN",
        "repealed": item.until,
        "legal_status": item.status,
        "revised": [str(d) for d in item.revised],
        "note": " ".join(x for x in (item.summary, item.note) if x),
        "sources": item.sources or list(read.get(item.id, ())),
    }
    issuers = [graph.authorities[name].name_zh or "" for name in item.issuers]
    return {**props, "keys": keys_of_item(item, "Instrument", issuers=issuers, **props)}


def _read_on(graph: EntryGraph) -> dict[str, dict[str, None]]:
    """Pages on which articles of an instrument were read for a duty, in order, by its id."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    duties: list[RequirementSpec | ProhibitionSpec] = [*graph.requirements.values(), *graph.prohibitions.values()]
    for duty in duties:
        for basis in (*duty.legal_basis, *getattr(duty, "exemptions", ())):
            if basis.checked.source:
                found[graph.articles[basis.at][0].id][basis.checked.source] = None
        for way in getattr(duty, "ways", ()):
            if way.closed_by and way.closed_by.source:
                found[graph.articles[way.closed_by.at][0].id][way.closed_by.source] = None
    for ahead in graph.ahead.values():
        if ahead.instrument:
            found[ahead.instrument] |= dict.fromkeys(ahead.sources)
    return found


def _edges(batch: Batch, graph: EntryGraph, item: InstrumentSpec) -> None:
    end = instrument(item)
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
