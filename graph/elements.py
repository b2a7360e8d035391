"""The nodes and relationships that a load wants to stand, with their content hashes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import islice, pairwise
from types import MappingProxyType
from typing import Any, ClassVar, TypeVar

import orjson

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
#: Those that it works out from the content.
COMPUTED = frozenset({"hash", "bucket", "words"})
BUCKETS = 256
_BEYOND = 2**62
#: Elements that are looked at together.
CHUNK = 4096
Item = TypeVar("Item")
#: For what orjson refuses: integers of more than 64 bits. Where both can, they give the same bytes.
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_OPTIONS = orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_DATETIME
_AS_IS = frozenset({str, int, bool, date})
_LISTS = (list, tuple)


def chunks(items: Iterable[Item], size: int = CHUNK) -> Iterator[list[Item]]:
    """Lists of so many, the last one shorter."""
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk


def dated(value: Any) -> Any:
    """A date in the text that is hashed, told apart from a string of the same letters."""
    if isinstance(value, date):
        return {"date": value.isoformat()}
    raise TypeError(f"{type(value).__name__} can't be hashed")


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return dated(value)
    if isinstance(value, float):
        return {"float": float.__repr__(value)}  # of a kind of its own, as numpy's, too
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


def content_digest(kind: str, identity: tuple[str, ...], props: Mapping[str, Any]) -> bytes:
    """SHA-256 (first 16 bytes) over type, ends and properties, independent of their order."""
    content = props
    if not (_AS_IS.issuperset(map(type, props.values())) and BOOKKEEPING.keys().isdisjoint(props)):
        content = {
            k: v if type(v) in _AS_IS else _plain(v) for k, v in props.items() if v is not None and k not in BOOKKEEPING
        }
    try:
        text = orjson.dumps((kind, identity, content), dated, _OPTIONS)
    except TypeError:
        plain = {name: _plain(value) for name, value in content.items()}
        text = _ENCODER.encode([kind, identity, plain]).encode()
    return hashlib.sha256(text).digest()[:16]


def pages(count: int, size: int) -> list[tuple[int, int]]:
    """Half-open ranges of buckets that hold about `size` of `count` elements each, were ids spread evenly.

    The first and the last are open: they hold what somebody gave a bucket that no id has.
    """
    parts = 1
    while count > size * parts and parts < BUCKETS:
        parts *= 2
    ends = [-_BEYOND, *range(BUCKETS // parts, BUCKETS, BUCKETS // parts), _BEYOND]
    return list(pairwise(ends))


def bucket_of(key: str) -> int:
    """Bucket (0 to 255) of an id; the same on every machine."""
    return hashlib.sha256(key.encode()).digest()[0]


def _content(props: Mapping[str, Any], name: str, key: str) -> Mapping[str, Any]:
    """Properties with the id among them."""
    if not isinstance(props, Mapping):
        return props  # the gate refuses it in words
    return _clean({**props, name: key})


def _clean(props: Mapping[str, Any]) -> dict[str, Any]:
    given = {k: v if type(v) in _AS_IS else _usual(v) for k, v in props.items()}
    return {k: v for k, v in given.items() if v is not None and not (type(v) is list and not v)}


def _usual(value: Any) -> Any:
    """A value as it is kept: dates as their text, tuples as lists, numpy's numbers as those of Python."""
    if isinstance(value, PartialDate):
        return str(value)
    if isinstance(value, list | tuple):
        return [_number(one) for one in value]
    return _number(value)


def _number(value: Any) -> Any:
    # by its name, for a question pays for no import of numpy
    return value.tolist() if type(value).__module__ == "numpy" else value


@dataclass(frozen=True)
class Node:
    """A node to stand in the graph. `label` is its type; the mark is added by the store.

    Absent properties (None, empty lists) are dropped; partial dates are kept as their text.
    """

    label: str
    id: str
    props: Mapping[str, Value | PartialDate | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "props", _content(self.props, "id", self.id))

    @property
    def key(self) -> str:
        return self.id

    @property
    def kind(self) -> str:
        """Its type."""
        return self.label

    @property
    def digest(self) -> bytes:
        """Digest of its content, 16 bytes."""
        return content_digest(self.label, (), self.props)

    @property
    def hash(self) -> str:
        return self.digest.hex()


@dataclass(frozen=True)
class Edge:
    """A relationship to stand in the graph, keyed by `fact_id` alone."""

    type: str
    fact_id: str
    start: tuple[str, str]
    end: tuple[str, str]
    props: Mapping[str, Value | PartialDate | None] = field(default_factory=dict)

    @classmethod
    def keyed(
        cls, kind: str, start: tuple[str, str], end: tuple[str, str], *parts: str,
        props: Mapping[str, Value | PartialDate | None] | None = None,
    ) -> Edge:  # fmt: skip
        """An edge whose key comes from its start and type, and from `parts` where a node has several of the type."""
        return cls(kind, "/".join((start[1], kind.lower().replace("_", "-"), *parts)), start, end, props or {})

    def __post_init__(self) -> None:
        object.__setattr__(self, "props", _content(self.props, "fact_id", self.fact_id))

    @property
    def key(self) -> str:
        return self.fact_id

    @property
    def kind(self) -> str:
        """Its type."""
        return self.type

    @property
    def digest(self) -> bytes:
        """Digest of its ends and content, 16 bytes."""
        return content_digest(self.type, (self.start[1], self.end[1]), self.props)

    @property
    def hash(self) -> str:
        return self.digest.hex()


#: File, line and column.
Place = tuple[str, int, int]


@dataclass
class Batch:
    """All that one data set wants to stand. `dataset` owns its elements; no other load touches them."""

    dataset: str
    nodes: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    #: Where an element was read, by its id, so that a problem with it can say so.
    places: dict[str, Place] = field(default_factory=dict)

    def extend(self, other: Batch) -> None:
        """Take over the elements of another batch of the same data set."""
        self.nodes += other.nodes
        self.edges += other.edges
        self.places |= other.places


@dataclass(frozen=True)
class Again(Iterable[Any]):
    """What can be gone through as often as it is asked for, without being held: each time it is made anew."""

    make: Callable[[], Iterable[Any]]

    def __iter__(self) -> Iterator[Any]:
        return iter(self.make())


class Stream:
    """As `Batch`, for an input too large to be held. It is read twice: once to be checked, once to be written.

    Args:
        nodes: gives all nodes, anew each time it is called, in the same order.
        edges: the same for relationships.
    """

    places: ClassVar[Mapping[str, Place]] = MappingProxyType({})  # to hold them would be to hold the input

    def __init__(
        self, dataset: str, nodes: Callable[[], Iterable[Node]], edges: Callable[[], Iterable[Edge]] = tuple
    ) -> None:
        self.dataset = dataset
        self.nodes: Iterable[Node] = Again(nodes)
        self.edges: Iterable[Edge] = Again(edges)


#: What a data set wants to stand: held in memory, or read as a stream.
Elements = Batch | Stream


def changed_fields(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """What two states of a thing say differently, by field: before and after, None where it is not said."""
    names = [name for name in sorted(old.keys() | new.keys()) if old.get(name) != new.get(name)]
    return {name: (old.get(name), new.get(name)) for name in names}
