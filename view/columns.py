"""Rows written so that LZMA finds what is alike: by columns, ascending numbers by their steps, ids by their ends.

`rows.js` makes the same rows of them again.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain, pairwise
from typing import Any

#: Signs for the ids of a fact's first and last end in the fact's own id.
_ENDS = "<>"


def table(rows: Iterable[Sequence[Any]], width: int) -> list[list[Any]]:
    """The columns of rows that all have `width` values."""
    return [list(column) for column in zip(*rows, strict=True)] or [[] for _ in range(width)]


def fields(
    rows: Iterable[Mapping[str, Any]], order: Callable[[str], Any] | None = None
) -> list[tuple[str, list[int], list[Any]]]:
    """The columns of rows that each have a few fields of many: name, steps from row to row that has it, its values.

    Args:
        order: key for the order of the fields, by name where it is left out; all rows come back in this order.
    """
    places: dict[str, list[int]] = defaultdict(list)
    values: dict[str, list[Any]] = defaultdict(list)
    for place, row in enumerate(rows):
        for name, item in row.items():
            places[name].append(place)
            values[name].append(item)
    return [(name, steps(places[name]), values[name]) for name in sorted(places, key=order)]


def steps(numbers: Iterable[int]) -> list[int]:
    """Each number as the step from the one before, the first from nought."""
    return [after - before for before, after in pairwise(chain((0,), numbers))]


def by_ends(key: str, *ends: str) -> str | list[str]:
    """An id with a sign in place of the id of each end; as a list of itself where the page could not undo that."""
    signs = dict(zip(_ENDS, ends, strict=False))
    short = key
    for sign, end in signs.items():
        short = short.replace(end, sign, 1) if end else short
    again = re.sub(f"[{_ENDS}]", lambda found: signs.get(found[0], found[0]), short)
    return short if again == key else [key]
