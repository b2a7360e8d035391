"""Prints of elements: what differs has another, and each is found again."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
from chinaai.graph.elements import Edge, Node, content_digest
from chinaai.graph.prints import Index, array_of, joined, packed, prints

VALUES: list[Any] = [
    "text", "", "中文 \U0001f600", "\x1e", ',"\x1e"],["', "\u2028\x7f\x00\x1f", '"\\/', 0, -1, 2**63 - 1, 2**64, 2**70,
    True, 0.1, 1.0, -0.0, 1e-7, 1e22, date(1, 1, 1), date(9999, 12, 31), "2025-01-01", ["a", "\x1e"],
    ["1"], [1.5, 2.0],
]  # fmt: skip


def test_prints_tell_apart_and_find_again() -> None:
    nodes = [Node("Company", "one", {"note": value}) for value in VALUES]
    found = {bytes(one) for one in prints(nodes)}
    assert len(found) == len(VALUES)
    for own in nodes:  # alone as among others, unless one among them is beyond JSON
        assert packed(prints([own])) == packed(prints([Node("Company", "one", dict(own.props))]))
    digests = {content_digest("Company", (), node.props) for node in nodes}
    assert len(digests) == len(VALUES)
    edges = [Edge("SUPPLIES", "f", ("Company", a), ("Company", b), {}) for a, b in (("a", "b"), ("b", "a"), ("ab", ""))]
    assert len({bytes(one) for one in prints(edges)}) == 3


def test_the_index_finds_among_those_that_begin_alike() -> None:
    digests = [bytes(8) + bytes([n]) + bytes(7) for n in range(5)] + [bytes([n]) + bytes(15) for n in range(1, 4)]
    kinds = np.arange(len(digests), dtype=np.uint16) % 3
    index = Index(joined(digests), kinds)
    at, found = index.find(joined(reversed(digests)), kinds[::-1])
    assert found.all() and list(at) == list(range(len(digests)))[::-1]
    _, found = index.find(joined(digests), (kinds + 1) % 3)
    assert not found.any()
    _, found = Index(array_of(b"")).find(joined(digests))
    assert not found.any()
