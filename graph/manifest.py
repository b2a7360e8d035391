"""What stands of a data set, written by its loads beside what they wrote.

Every transaction of a load also writes a *part* (a `:ChinaAIState` node, outside all counts): the fingerprints of the
elements that it wrote, 48 bytes each, and their ids. So the parts of a data set, read in their order, say what stands
of it, exactly and at any moment, also after a load that was killed. A plan compares its input with them and reads
nothing else. What somebody else did to our elements they don't know: `--full` and `status --deep` read everything.
"""

from __future__ import annotations

import base64
import hashlib
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from . import statements
from .elements import chunks, content_digest, pages
from .model import EDGES, NODES
from .prints import SIZE, Array, array_of, halves, joined, key_prints
from .store import Store

#: Elements in a part, and entries that are fetched together.
PART, TOGETHER = 10_000, 50_000
#: Elements that are read with one statement: a third of the time that it has, on a busy machine.
_PAGE = 100_000
#: Parts of a data set beyond which it is written anew: so many, and so many for each type.
_MANY, _MANY_EACH = 64, 4
NODE, EDGE = "node", "edge"
KINDS = (*(f"{NODE} {label}" for label in sorted(NODES)), *(f"{EDGE} {name}" for name in sorted(EDGES)))
KIND = {name: number for number, name in enumerate(KINDS)}
FIRST_EDGE = len(NODES)
#: States of the elements of a part: written first, written again, closed, and gone to another type or owner.
STATES = NEW, AGAIN, CLOSED, GONE = "new", "again", "closed", "gone"


#: Modules beside the declarations that say what may stand.
_RULES = ("gate", "compiled", "completed", "form", "sense", "days", "whole", "facts", "identity", "elements", "dates")


@cache
def rules() -> str:
    """Fingerprint of the code that says what may stand. Where it changed, every element passes the gate again."""
    found = hashlib.sha256()
    folder = Path(__file__).parent
    own = (folder / f"{name}.py" for name in _RULES)
    for path in sorted([*folder.glob("model/*.py"), *own]):
        found.update(path.read_bytes())
    return found.hexdigest()[:32]


@dataclass
class Row:
    """A part that is to be written."""

    dataset: str
    kind: int
    state: str
    keys: Sequence[str]
    entries: Iterable[bytes]  # fingerprints of key, content and print of each, one after the other

    def of(self, number: int) -> dict[str, Any]:
        """Its properties."""
        packed = b"".join(self.entries)
        return {
            "id": f"{self.dataset} part {number:09d}", "dataset": self.dataset, "part": number,
            "kind": KINDS[self.kind], "state": self.state, "size": len(self.keys), "rules": rules(),
            "packed": base64.b64encode(packed).decode(),
            "keys": base64.b64encode(zlib.compress(orjson.dumps(list(self.keys)), 1)).decode(),
        }  # fmt: skip


@dataclass
class Manifest:
    """Arrays over what stands and what is closed; position i of each is one element."""

    dataset: str
    kinds: Array = field(default_factory=lambda: np.zeros(0, dtype=np.uint16))
    keys: Array = field(default_factory=lambda: array_of(b""))
    contents: Array = field(default_factory=lambda: array_of(b""))
    prints: Array = field(default_factory=lambda: array_of(b""))
    closed: Array = field(default_factory=lambda: np.zeros(0, dtype=bool))
    parts: Array = field(default_factory=lambda: np.zeros(0, dtype=np.int64))  # number of the part of each
    places: Array = field(default_factory=lambda: np.zeros(0, dtype=np.int64))  # place in it
    ids: dict[int, str] = field(default_factory=dict)  # ids of the parts by their numbers
    #: Whether all that stands passed the gate as it is now.
    admitted: bool = True
    #: Ids of the elements, where they were read from the graph and stand in no part.
    names: list[str] | None = None

    def __len__(self) -> int:
        return len(self.kinds)

    def names_of(self, store: Store, positions: Array) -> list[str]:
        """Ids of elements, in the order of the positions."""
        if self.names is not None:
            return [self.names[position] for position in positions]
        held: dict[int, list[str]] = {}
        for group in chunks(sorted({int(part) for part in self.parts[positions]}), 8):
            numbers = {self.ids[part]: part for part in group}
            for row in store.read(statements.READ_KEYS, ids=list(numbers)):
                held[numbers[row["id"]]] = orjson.loads(zlib.decompress(base64.b64decode(row["keys"])))
        return [held[int(self.parts[p])][int(self.places[p])] for p in positions]

    @property
    def crowded(self) -> bool:
        """True where so many small parts have come together that it should be written anew."""
        return len(self.ids) > _MANY + _MANY_EACH * len(np.unique(self.kinds)) + len(self) // (PART // 2)


def types_of(kinds: Array | list[int]) -> set[str]:
    """Types of relationships among numbers of types."""
    return {KINDS[kind].partition(" ")[2] for kind in np.unique(kinds) if kind >= FIRST_EDGE}


def last_part(store: Store) -> int:
    """Number of the newest part of all data sets."""
    rows = store.read(statements.LAST_PART)
    return int(rows[0]["part"] or 0) if rows else 0


def read_manifest(store: Store, dataset: str) -> Manifest | None:
    """What the parts say; None where there are none, or one can't be read.

    Parts that only say what is gone are none: another data set took over nodes of one that has no manifest yet.
    """
    rows = store.read(statements.PARTS, dataset=dataset)
    if any(row["kind"] not in KIND or row["state"] not in STATES for row in rows):
        return None
    if all(row["state"] == GONE for row in rows):
        return None
    found = Manifest(dataset, ids={row["part"]: row["id"] for row in rows})
    found.admitted = all(row["rules"] == rules() for row in rows)
    total = sum(row["size"] for row in rows)
    keys, contents, prints = (np.zeros(total, dtype="S16") for _ in range(3))
    kinds = np.repeat(np.array([KIND[row["kind"]] for row in rows], dtype=np.uint16), [row["size"] for row in rows])
    parts = np.repeat(np.array([row["part"] for row in rows], dtype=np.int64), [row["size"] for row in rows])
    places = np.concatenate([np.arange(row["size"], dtype=np.int64) for row in rows])
    begin = 0
    for group in _groups(rows):
        packed = {row["id"]: row["packed"] for row in store.read(statements.READ_PARTS, ids=[r["id"] for r in group])}
        for row in group:
            held = _decoded(packed.get(row["id"]))
            if len(held) != 3 * SIZE * row["size"]:
                return None
            entries = array_of(held)
            end = begin + row["size"]
            keys[begin:end], contents[begin:end], prints[begin:end] = entries[0::3], entries[1::3], entries[2::3]
            begin = end
    found.kinds, found.keys, found.contents, found.prints = kinds, keys, contents, prints
    found.parts, found.places = parts, places
    states = np.repeat(
        np.array([STATES.index(row["state"]) for row in rows], dtype=np.uint8), [row["size"] for row in rows]
    )
    return _latest(found, states)


def _decoded(text: object) -> bytes:
    try:
        return base64.b64decode(text, validate=True) if isinstance(text, str) else b""
    except ValueError:
        return b""


def _groups(rows: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    group: list[dict[str, Any]] = []
    for row in rows:
        if group and sum(one["size"] for one in group) + row["size"] > TOGETHER:
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _latest(found: Manifest, states: Array) -> Manifest:
    """Of an element that several parts name, the last one counts; what is gone is left out."""
    found.closed = states == STATES.index(CLOSED)
    if (states == STATES.index(NEW)).all():
        return found
    low, high = halves(found.keys)
    order = np.lexsort((np.arange(len(low)), found.kinds, high, low))
    same = np.zeros(len(order), dtype=bool)
    same[:-1] = (
        (low[order][1:] == low[order][:-1]) & (high[order][1:] == high[order][:-1])
        & (found.kinds[order][1:] == found.kinds[order][:-1])
    )  # fmt: skip
    keep = np.sort(order[~same])
    keep = keep[states[keep] != STATES.index(GONE)]
    for name in ("kinds", "keys", "contents", "prints", "closed", "parts", "places"):
        setattr(found, name, getattr(found, name)[keep])
    return found


def holds_nothing(store: Store, dataset: str) -> bool:
    """Whether nothing stands of a data set that has no manifest."""
    if not store.read(statements.COUNT_NODES)[0]["n"]:
        return True
    texts = (statements.HOLDS_NODE, statements.HOLDS_EDGE)
    return not any(store.read(text, dataset=dataset) for text in texts)


def in_pages(store: Store, text: str, **params: Any) -> Iterator[dict[str, Any]]:
    """Rows of a statement over all elements of the graph, by pages of their buckets (`$low`, `$high`).

    The embedded engine cuts a statement that takes long, also where the reader does. Neo4j does not, and goes through
    everything for each page.
    """
    count = 0
    if store.engine == "embedded":
        count = sum(row["n"] for row in [*store.read(statements.COUNT_NODES), *store.read(statements.COUNT_EDGES)])
    for low, high in pages(count, _PAGE):
        yield from store.stream(text, low=low, high=high, **params)


def from_graph(store: Store, dataset: str) -> Manifest:
    """What stands according to the graph itself: every element is read, and its content hashed.

    An element whose content somebody altered has another digest than a load gave it, and is mended by the next one.
    """
    names: list[str] = []
    contents: list[bytes] = []
    kinds: list[int] = []
    closed: list[bool] = []
    for text in (statements.READ_NODES, statements.READ_EDGES):
        for row in in_pages(store, text, dataset=dataset):
            number = _kind(row)
            if number is None:
                continue
            names.append(row["key"])
            contents.append(content_of(number, row))
            kinds.append(number)
            closed.append(row["props"].get("retired") is not None)
    found = Manifest(dataset, np.array(kinds, dtype=np.uint16), key_prints(names), joined(contents), admitted=False)
    found.prints = np.zeros(len(names), dtype="S16")
    found.closed, found.names = np.array(closed, dtype=bool), names
    return found


def _kind(row: dict[str, Any]) -> int | None:
    """Number of an element's type; None where it is no longer declared."""
    names = [f"{NODE} {label}" for label in sorted(row["labels"])] if "labels" in row else [f"{EDGE} {row['type']}"]
    return next((KIND[name] for name in names if name in KIND), None)


def content_of(kind: int, row: dict[str, Any]) -> bytes:
    """Digest of what an element carries, as `READ_NODES` and `READ_EDGES` give it."""
    what, _, name = KINDS[kind].partition(" ")
    return content_digest(name, () if what == NODE else (row["start"], row["end"]), row["props"])


def whole(found: Manifest, names: list[str]) -> Iterator[Row]:
    """All of a manifest as parts."""
    for state in (False, True):
        by_kind: dict[int, list[int]] = defaultdict(list)
        for position in np.flatnonzero(found.closed == state):
            by_kind[int(found.kinds[position])].append(int(position))
        for kind, positions in sorted(by_kind.items()):
            for group in chunks(positions, PART):
                columns = np.stack([found.keys[group], found.contents[group], found.prints[group]], axis=1)
                yield Row(found.dataset, kind, CLOSED if state else NEW, [names[p] for p in group], [columns.tobytes()])


def rewrite(
    store: Store, found: Manifest, names: list[str], after: int, also: list[tuple[str, dict[str, Any]]]
) -> int:  # fmt: skip
    """Write a manifest anew, in one transaction with other statements; the number of its last part."""
    rows = [row.of(after + number) for number, row in enumerate(whole(found, names), start=1)]
    steps = [*also, (statements.FORGET, {"dataset": found.dataset})]
    store.write([*steps, *((statements.CREATE_PARTS, {"rows": group}) for group in chunks(rows, 20))])
    return after + len(rows)
