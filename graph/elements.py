"""The nodes and relationships that a load wants to stand, with their content hashes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from .dates import PartialDate

#: What a property may hold; None means absent and is dropped.
Value = str | int | float | bool | date | list[str] | list[float]
#: Properties that the store itself writes; they are not content.
BOOKKEEPING = {
    "hash": "Digest of its type, ends and content.",
    "bucket": "Group of its id, 0 to 255; a load reads only groups that differ.",
    "dataset": "Data set that owns it.",
    "retired": "Day on which a load no longer wanted it; it is kept, and no answer of now uses it.",
    "words": "What the full-text index finds it by.",
}
BUCKETS = 256
#: One encoder for all: made anew for each element it takes longer than the encoding.
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_AS_IS = frozenset({str, int, bool})


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, float):
        return {"float": repr(value)}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


def content_hash(kind: str, identity: tuple[str, ...], props: Mapping[str, Any]) -> str:
    """SHA-256 (first 32 hex digits) over type, ends and properties, independent of their order."""
    content = {
        k: v if type(v) in _AS_IS else _plain(v) for k, v in props.items() if v is not None and k not in BOOKKEEPING
    }
    return hashlib.sha256(_ENCODER.encode([kind, identity, content]).encode()).hexdigest()[:32]


def bucket_of(key: str) -> int:
    """Bucket (0 to 255) of an id; the same on every machine."""
    return hashlib.sha256(key.encode()).digest()[0]


def _clean(props: Mapping[str, Any]) -> dict[str, Any]:
    given = {k: str(v) if isinstance(v, PartialDate) else v for k, v in props.items()}
    return {k: list(v) if isinstance(v, tuple) else v for k, v in given.items() if v is not None and v != []}


@dataclass(frozen=True)
class Node:
    """A node to stand in the graph. `label` is its type; the mark is added by the store.

    Absent properties (None, empty lists) are dropped; partial dates are kept as their text.
    """

    label: str
    id: str
    props: Mapping[str, Value | PartialDate | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "props", _clean({**self.props, "id": self.id}))

    @property
    def key(self) -> str:
        return self.id

    @cached_property
    def hash(self) -> str:
        return content_hash(self.label, (), self.props)


@dataclass(frozen=True)
class Edge:
    """A relationship to stand in the graph, keyed by `fact_id` alone."""

    type: str
    fact_id: str
    start: tuple[str, str]
    end: tuple[str, str]
    props: Mapping[str, Value | PartialDate | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "props", _clean({**self.props, "fact_id": self.fact_id}))

    @property
    def key(self) -> str:
        return self.fact_id

    @cached_property
    def hash(self) -> str:
        return content_hash(self.type, (self.start[1], self.end[1]), self.props)


@dataclass
class Batch:
    """All that one data set wants to stand. `dataset` owns its elements; no other load touches them."""

    dataset: str
    nodes: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)

    def extend(self, other: Batch) -> None:
        """Take over the elements of another batch of the same data set."""
        self.nodes += other.nodes
        self.edges += other.edges


def changed_fields(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """What two states of a thing say differently, by field: before and after, None where it is not said."""
    names = [name for name in sorted(old.keys() | new.keys()) if old.get(name) != new.get(name)]
    return {name: (old.get(name), new.get(name)) for name in names}
