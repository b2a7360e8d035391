"""A Cypher script: constraints, nodes, relationships; one statement a line, for an empty database.

The statements are those of a load with their rows written out, so the database it makes is one that
`chinaai build` goes on with. Values are literals: nothing of the data can end a string.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from ..statements import constraints, create_edges, create_nodes
from .reading import Reader

#: Rows in one statement: few enough for any parser, many enough for speed.
ROWS = 200
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_ESCAPES = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
#: Control characters, line separators and lone halves of a pair, which a line or a console may not carry.
_ODD = re.compile(r"[\\'\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff]")


def write_cypher(reader: Reader, path: Path) -> list[str]:
    """Write the whole graph as statements, hashes and buckets with it."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for statement in constraints().values():
            file.write(f"{statement};\n")
        for label in reader.labels:
            rows = ({"props": dict(node.props)} for node in reader.nodes(label))
            file.writelines(_statements(create_nodes(label), rows))
        for kind in reader.types:
            edges = ({"start": e.start[1], "end": e.end[1], "props": dict(e.props)} for e in reader.edges(kind))
            file.writelines(_statements(create_edges(kind), edges))
    return []


def _statements(text: str, rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    iterator = iter(rows)
    while batch := list(islice(iterator, ROWS)):
        yield text.replace("$rows", literal(batch), 1) + ";\n"


def literal(value: Any) -> str:
    """A value as a Cypher literal on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return "'" + _ODD.sub(lambda found: _ESCAPES.get(found[0]) or f"\\u{ord(found[0]):04x}", value) + "'"
    if isinstance(value, date):
        return f"date('{value.isoformat()}')"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(literal(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_name(key)}: {literal(item)}" for key, item in sorted(value.items())) + "}"
    return repr(value)


def _name(key: str) -> str:
    return key if _PLAIN.fullmatch(key) else "`" + key.replace("`", "``") + "`"
