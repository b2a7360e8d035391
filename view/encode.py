"""The data block: columns, small numbers for repeated texts, packed when large, and safe inside HTML.

Rows are written so that LZMA finds what is alike: by columns, ascending numbers by their steps, ids by their ends.
`rows.js` makes the same rows of them again.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain, pairwise
from typing import Any
from urllib.parse import quote, unquote

from pyvis.network import Network

from ..graph.model import METRICS
from ..graph.model.actors import ROLES_ZH, SECTORS_ZH
from ..graph.model.evidence import AREAS
from ..graph.model.metrics import UNITS_ZH
from ..graph.model.properties import PROPERTIES_ZH
from ..graph.when import WORDS
from . import assets
from .collect import EdgeRow, FigureRow, Rows
from .layout import Layout
from .legend import Look, edge_names, look

SHARED = ("confidence_why", "known_from_basis")
#: Word of a date -> the field that it says.
SAID = {"since": "since", "planned": "since", "announced": "announced", "seen": "as_of"}
#: Chinese names of what a page shows by its own name in English.
NAMES_ZH = PROPERTIES_ZH | ROLES_ZH | {name: metric.zh for name, metric in METRICS.items()}
PACK_OVER = 8_000  # characters; below, the block stays readable
#: Signs for the ids of a fact's first and last end in the fact's own id.
_ENDS = "<>"


def looks_of(rows: Rows) -> dict[str, Look]:
    """The look of each node type in the graph; unknown types take spare pairs in the order of their names."""
    labels = sorted({row.label for row in rows.nodes})
    unknown = [label for label in labels if look(label).en == label and look(label).zh == label]
    return {label: look(label, unknown.index(label) if label in unknown else 0) for label in labels}


def block(rows: Rows, made: Layout, options: dict[str, Any]) -> dict[str, Any]:
    """Everything the page's script reads, as plain JSON values."""
    looks = looks_of(rows)
    net = _carried(rows, looks, made)
    kinds = sorted({edge.type for edge in rows.edges})
    states = sorted({edge.status for edge in rows.edges})
    kind_at, label_at, state_at = (_places(items) for items in (kinds, looks, states))
    nodes, edges, figures = rows.nodes, rows.edges, rows.figures
    texts: dict[str, int] = {}
    return {
        **options,
        "types": [[label, item.en, item.zh, item.colour, item.shape] for label, item in looks.items()],
        "kinds": [[kind, *edge_names(kind)] for kind in kinds],
        "states": states,
        "n": {
            "id": [row.id for row in nodes],
            "t": [label_at[row.label] for row in nodes],
            "name": [node["label"] for node in net.nodes],
            "zh": [row.name_zh for row in nodes],
            "al": {place: row.aliases for place, row in enumerate(nodes) if row.aliases},
            "x": [node["x"] for node in net.nodes],
            "y": [node["y"] for node in net.nodes],
            "c": made.community,
            "s": {place: row.sources for place, row in enumerate(nodes) if row.sources},
            "m": fields(row.more for row in nodes),
        },
        "e": {
            "id": [by_ends(row.id, nodes[row.start].id, nodes[row.end].id) for row in edges],
            "a": [edge["from"] for edge in net.edges],
            "b": [edge["to"] for edge in net.edges],
            "k": [kind_at[edge["kind"]] for edge in net.edges],
            "st": [state_at[row.status] for row in edges],
            **_dated(edges, texts),
        },
        "f": {
            "id": [by_ends(row.id, nodes[row.node].id) for row in figures],
            "n": [row.node for row in figures],
            **_dated(figures, texts),
        },
        "events": _events(options["events"]),
        "filings": fields(options["filings"]),
        "shared": SHARED,
        "said": SAID,
        "texts": list(texts),
        "words": WORDS,
        "named": NAMES_ZH,
        "units": UNITS_ZH,
        "sectors": SECTORS_ZH,
        "src": [[*row[:5], _short(row[5]), *row[6:]] for row in rows.sources],
        "asof": rows.as_of,
        "searched": [[area, AREAS.get(area, area), day] for area, day in rows.searched.items()],
        "digest": rows.digest,
    }


def _dated(rows: Sequence[EdgeRow | FigureRow], texts: dict[str, int]) -> dict[str, Any]:
    """The columns that facts and figures have alike."""
    return {
        "from": [row.known_from for row in rows],
        "to": [row.valid_to for row in rows],
        "cf": [row.confidence for row in rows],
        "s": [row.sources for row in rows],
        # the word of the beginning comes before that of the end
        "w": fields((dict(row.when) for row in rows), order=list(WORDS).index),
        "m": fields(_shared(_unsaid(row), texts) for row in rows),
    }


def _events(events: Sequence[Sequence[Any]]) -> list[list[list[Any]]]:
    """Days of facts, in the order of the facts, which say all else of them; then those of entities."""
    facts = sorted((event for event in events if event[3] is not None), key=lambda event: event[3])
    others = [(day, what, kind, node, *rest) for day, what, kind, fact, node, *rest in events if fact is None]
    return [[*table((event[:3] for event in facts), 3), steps(event[3] for event in facts)], table(others, 6)]


class _Ids(list[Any]):
    """A list that knows its members: pyvis asks `in` for every node and edge, which a list answers slowly."""

    def __init__(self) -> None:
        self._known: set[Any] = set()

    def append(self, item: Any) -> None:
        super().append(item)
        self._known.add(item)

    def __contains__(self, item: object) -> bool:
        return item in self._known


def _carried(rows: Rows, looks: dict[str, Look], made: Layout) -> Network:
    """pyvis' own network of the rows, always directed: nodes by place, and every one of parallel facts."""
    net = Network(directed=True, notebook=False, cdn_resources="in_line")
    net.node_ids = _Ids()
    for place, row in enumerate(rows.nodes):
        net.add_node(place, label=row.name, shape=looks[row.label].shape, group=row.label,
                     x=made.x[place], y=made.y[place], physics=False)  # fmt: skip
    for number, edge in enumerate(rows.edges):
        net.add_edge(edge.start, edge.end, id=number, kind=edge.type)
    return net


def _short(url: Any) -> Any:
    """An address with its characters in place of their bytes, which take three times the room.

    Only where the page's `encodeURI` makes the same address of it again. It knows such an address by its characters and
    by having no `%`: one that is written with both is left as it is.
    """
    plain = unquote(url) if isinstance(url, str) else ""
    again = "%" not in plain and quote(plain, safe=";,/?:@&=+$-_.!~*'()#") == url
    return plain if not plain.isascii() and again else url


def _unsaid(row: EdgeRow | FigureRow) -> dict[str, Any]:
    """Other fields without the day that the words of its dates say already; the page puts it back."""
    said = {SAID[word]: text for word, text in row.when if word in SAID}
    return {key: item for key, item in row.more.items() if said.get(key) != item}


def _shared(more: dict[str, Any], texts: dict[str, int]) -> dict[str, Any]:
    """The same with the number of each text that many facts share."""
    return {k: texts.setdefault(v, len(texts)) if k in SHARED and isinstance(v, str) else v for k, v in more.items()}


def packed(data: Any) -> tuple[str, str]:
    """The block as text and its form: `json`, or `lzma` (as signs) where that is shorter.

    No form holds `<`, `>` or `&`, so the text can't leave its element whatever is in the data.
    """
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    if len(text) <= PACK_OVER:
        for sign in "<>&\u2028\u2029":
            text = text.replace(sign, f"\\u{ord(sign):04x}")
        return text, "json"
    return assets.pack(text), "lzma"


def _places(items: Any) -> dict[str, int]:
    return {item: place for place, item in enumerate(items)}


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
