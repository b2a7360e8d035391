"""What stands, counted and hashed, equal on both engines and in any load order.

The digest is one over the content digests of all elements, sorted. `status` reads and hashes every element; `told` asks
the manifests that loads wrote, which is quick. It sees what somebody else added or deleted, not what he altered.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from . import statements
from .elements import content_digest
from .manifest import FIRST_EDGE, KINDS, Manifest, in_pages, read_manifest
from .marks import MARK, own_label
from .prints import Array, halves, joined
from .store import Store

_NODES = (
    f"MATCH (n:{MARK}) WHERE {statements.own_node('n')} AND {statements.in_page('n')} "
    "RETURN labels(n) AS labels, properties(n) AS props"
)
_EDGES = (
    f"MATCH (a:{MARK})-[r]->(b:{MARK}) WHERE {statements.own_edge('r')} "
    f"AND {statements.in_page('r')} RETURN type(r) AS type, a.id AS start, b.id AS end, properties(r) AS props"
)


@dataclass
class Status:
    """Counts and digest of the graph.

    Attributes:
        altered: elements whose content differs from their hash.
        deep: whether every element was read, or only what loads wrote down.
    """

    engine: str
    nodes: int = 0
    relationships: int = 0
    counts: dict[str, dict[str, int]] = field(default_factory=lambda: {"labels": {}, "types": {}})
    digest: str = ""
    retired: int = 0
    altered: list[str] = field(default_factory=list)
    deep: bool = field(default=True, compare=False)


def status(store: Store) -> Status:
    """Read every element of ours once and hash its content, bookkeeping apart."""
    found = Status(store.engine)
    digests: list[bytes] = []
    labels, types = Counter[str](), Counter[str]()
    for row in in_pages(store, _NODES):
        label = own_label(row["labels"])
        props = row["props"]
        found.nodes += 1
        labels[label] += 1
        _take(found, digests, f"{label} {props['id']}", content_digest(label, (), props), props)
    for row in in_pages(store, _EDGES):
        props = row["props"]
        found.relationships += 1
        types[row["type"]] += 1
        own = content_digest(row["type"], (row["start"], row["end"]), props)
        _take(found, digests, f"{row['type']} {props['fact_id']}", own, props)
    found.counts = {"labels": dict(sorted(labels.items())), "types": dict(sorted(types.items()))}
    found.digest = digest_of(joined(digests))
    return found


def told(store: Store) -> Status | None:
    """The same from the manifests; None where they and the database's own counts differ, or there are none."""
    held, counts = _written(store)
    if not held or _differing(store, counts):
        return None
    nodes = sum(number for kind, number in counts.items() if kind < FIRST_EDGE)
    found = Status(store.engine, nodes, sum(counts.values()) - nodes, deep=False)
    for kind, number in sorted(counts.items()):
        table = found.counts["labels" if kind < FIRST_EDGE else "types"]
        table[KINDS[kind].partition(" ")[2]] = number
    found.retired = sum(int(np.count_nonzero(one.closed)) for one in held)
    found.digest = digest_of(np.concatenate([one.contents for one in held]))
    return found


def differing(store: Store) -> list[str]:
    """How the database's own counts differ from what loads wrote; empty where they don't, or nothing was written."""
    return _differing(store, _written(store)[1])


def _written(store: Store) -> tuple[list[Manifest], dict[int, int]]:
    """The manifests, and what they count by kind; none where one of them is missing."""
    names = [row["dataset"] for row in store.read(statements.HELD)]
    held = [one for one in (read_manifest(store, name) for name in names) if one is not None]
    if len(held) < len(names):
        return [], {}
    counts: dict[int, int] = {}
    for one in held:
        for kind, number in zip(*np.unique(one.kinds, return_counts=True), strict=True):
            counts[int(kind)] = counts.get(int(kind), 0) + int(number)
    return held, counts


def _differing(store: Store, counts: dict[int, int]) -> list[str]:
    if not counts:
        return []
    wanted = {KINDS[kind].partition(" ")[2]: number for kind, number in counts.items() if kind >= FIRST_EDGE}
    found = _edges_of(store, wanted)
    wanted["nodes"] = sum(number for kind, number in counts.items() if kind < FIRST_EDGE)
    found["nodes"] = store.read(statements.COUNT_NODES)[0]["n"]
    pairs = [(name, found.get(name, 0), number) for name, number in wanted.items()]
    return [f"{standing:,} {name} in place of {number:,}" for name, standing, number in pairs if standing != number]


def _edges_of(store: Store, types: Iterable[str]) -> dict[str, int]:
    """Relationships by type. Neo4j keeps the count of each; the embedded engine goes through all of them, so once."""
    if store.engine == "embedded":
        return {row["type"]: row["n"] for row in store.read(statements.COUNT_EDGES)}
    return {name: store.read(statements.count_edges(name))[0]["n"] for name in types}


def digest_of(contents: Array) -> str:
    """The digest of a graph whose elements have these content digests, in any order."""
    low, high = (half.byteswap() for half in halves(contents))  # as the bytes would be sorted
    return hashlib.sha256(contents[np.lexsort((high, low))].tobytes()).hexdigest()


def _take(found: Status, digests: list[bytes], name: str, own: bytes, props: dict[str, object]) -> None:
    if props.get("retired") is not None:
        found.retired += 1
    elif own.hex() != props.get("hash"):
        found.altered.append(name)
    digests.append(own)
