"""Fingerprints of 16 bytes, of many elements at a time.

A *print* tells quickly that an element is the one that stands: XXH3 over its JSON, its properties in the order in which
they come. It is no proof against somebody who wants two things to look alike, and need not be: whoever writes the input
can say what he wants anyway. Where prints differ, the SHA-256 of the content decides, which is the same whatever the
order. Sixteen bytes are enough for both: that any two of a
thousand million elements look alike has a chance below 1 in 10²⁰.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import orjson
from xxhash import xxh3_128_digest

from .elements import Edge, Node, dated

Array = npt.NDArray[Any]
SIZE = 16
# Between two elements of one JSON text stands this, which no string within can hold: its quotes would be escaped.
_MARK, _CUT, _LAST = "\x1e", b',"\\u001e"],[', b',"\\u001e"]]'
_OPTIONS = orjson.OPT_PASSTHROUGH_DATETIME


def joined(digests: Iterable[bytes]) -> Array:
    """Digests of 16 bytes as an array."""
    return array_of(b"".join(digests))


def array_of(packed: bytes | bytearray) -> Array:
    """An array over packed digests."""
    return np.frombuffer(packed, dtype="S16")


def packed(array: Array) -> bytes:
    """An array of digests as bytes; zeros at an end of one are kept."""
    return np.ascontiguousarray(array).tobytes()


def key_print(key: str) -> bytes:
    """Fingerprint of an id."""
    return xxh3_128_digest(key.encode("utf-8", "surrogatepass"))


def key_prints(keys: Iterable[str]) -> Array:
    """Fingerprints of ids."""
    return joined(map(key_print, keys))


def prints(elements: Sequence[Node] | Sequence[Edge]) -> Array:
    """Fingerprints of nodes, or of edges, about a microsecond each.

    Raises:
        TypeError, ValueError, RecursionError: one of them holds what can't be hashed either.
    """
    rows: list[tuple[Any, ...]]
    if not elements:
        return array_of(b"")
    if isinstance(elements[0], Node):
        rows = [(one.kind, one.props, _MARK) for one in elements]
    else:
        edges = cast(Sequence[Edge], elements)
        rows = [(one.type, one.start[1], one.end[1], one.props, _MARK) for one in edges]
    try:
        parts = orjson.dumps(rows, dated, _OPTIONS)[2 : -len(_LAST)].split(_CUT)
    except TypeError:  # one of them holds what JSON can't; the digest of its content, or the gate, decides
        return joined(one.digest for one in elements)
    return joined(map(xxh3_128_digest, parts))


def check_of(array: Array) -> bytes:
    """One fingerprint over many, in their order."""
    return xxh3_128_digest(packed(array))


def repeated(array: Array) -> set[bytes]:
    """Digests that stand more than once."""
    low, high = halves(array)
    order = np.lexsort((high, low))
    low, high = low[order], high[order]
    twice = np.flatnonzero((low[1:] == low[:-1]) & (high[1:] == high[:-1]))
    return {packed(array[order[place] : order[place] + 1]) for place in twice}


def halves(array: Array) -> tuple[Array, Array]:
    """Each digest as two integers, which numpy sorts many times faster than bytes."""
    both = np.ascontiguousarray(array).view("<u8").reshape(-1, 2)
    return both[:, 0], both[:, 1]


class Index:
    """Finds digests among many. `kinds` tells apart two that are alike; it is 0 where none are given."""

    def __init__(self, array: Array, kinds: Array | None = None) -> None:
        low, high = halves(array)
        own = np.zeros(len(array), dtype=np.uint16) if kinds is None else kinds
        self._order = np.lexsort((own, high, low))
        self._low, self._high, self._kinds = low[self._order], high[self._order], own[self._order]

    def find(self, array: Array, kinds: Array | None = None) -> tuple[Array, Array]:
        """Positions of the digests, and which of them were found; a position says nothing where it was not found."""
        low, high = halves(array)
        own = np.zeros(len(array), dtype=np.uint16) if kinds is None else kinds
        if not len(self._low):
            return np.zeros(len(array), dtype=np.intp), np.zeros(len(array), dtype=bool)
        place = np.searchsorted(self._low, low)
        found = np.zeros(len(array), dtype=bool)
        # As a rule the first with this half is the one; where several share it, one step further for each.
        open_ = np.arange(len(array))
        at = place.copy()
        while len(open_):
            inside = at[open_] < len(self._low)
            open_ = open_[inside]
            here = at[open_]
            same = self._low[here] == low[open_]
            open_, here = open_[same], here[same]
            hit = (self._high[here] == high[open_]) & (self._kinds[here] == own[open_])
            found[open_[hit]] = True
            place[open_[hit]] = here[hit]
            open_ = open_[~hit]
            at[open_] += 1
        return self._order[np.minimum(place, len(self._low) - 1)], found
