"""What stands, counted and hashed from the content itself, equal on both engines and in any load order."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from .elements import content_hash
from .model.base import MARK
from .store import Store

#: A node of somebody else that bears our mark has no data set.
_NODES = f"MATCH (n:{MARK}) WHERE n.dataset IS NOT NULL RETURN labels(n) AS labels, properties(n) AS props"
_EDGES = (
    f"MATCH (a:{MARK})-[r]->(b:{MARK}) WHERE r.fact_id IS NOT NULL AND r.hash IS NOT NULL "
    "RETURN type(r) AS type, a.id AS start, b.id AS end, properties(r) AS props"
)


@dataclass
class Status:
    """Counts and digest of the graph. `altered` lists elements whose content differs from their hash."""

    engine: str
    nodes: int = 0
    relationships: int = 0
    counts: dict[str, dict[str, int]] = field(default_factory=lambda: {"labels": {}, "types": {}})
    digest: str = ""
    retired: int = 0
    altered: list[str] = field(default_factory=list)


def status(store: Store) -> Status:
    """Read every element of ours once and hash its content, bookkeeping apart."""
    found = Status(store.engine)
    lines: list[str] = []
    for row in store.stream(_NODES):
        label = next((name for name in sorted(row["labels"]) if name != MARK), MARK)
        props = row["props"]
        found.nodes += 1
        _count(found.counts["labels"], label)
        _take(found, lines, f"{label} {props['id']}", content_hash(label, (), props), props)
    for row in store.stream(_EDGES):
        props = row["props"]
        found.relationships += 1
        _count(found.counts["types"], row["type"])
        own = content_hash(row["type"], (row["start"], row["end"]), props)
        _take(found, lines, f"{row['type']} {props['fact_id']}", own, props)
    found.counts = {kind: dict(sorted(table.items())) for kind, table in found.counts.items()}
    found.digest = hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()
    return found


def _count(table: dict[str, int], key: str) -> None:
    table[key] = table.get(key, 0) + 1


def _take(found: Status, lines: list[str], name: str, own: str, props: dict[str, object]) -> None:
    if props.get("retired") is not None:
        found.retired += 1
    elif own != props.get("hash"):
        found.altered.append(name)
    lines.append(f"{name} {own}")
