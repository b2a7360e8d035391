"""A Cypher script: constraints, nodes, relationships; one statement a line, for an empty database.

The statements are those of a load with their rows written out, so the database it makes is one that
`chinaai build` goes on with. Values stand in strings: nothing of the data can end one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from ..elements import chunks
from ..statements import constraints, create_edges, create_nodes
from .reading import Reader

#: Rows in one statement. A database plans each statement anew, and its time grows with the literals in it: so a row
#: is one string, whose cells are cut apart and typed by the statement, and only rows that can't be are maps.
ROWS, MAPS = 500, 20
#: Between the cells of a row and between the items of a list; no row whose texts hold one is written so.
_CELL, _ITEM = "\x1f", "\x1e"
#: How a cell becomes a value; a cell that is not empty begins with a sign that is dropped.
_TYPED = {
    str: "substring({0}, 1)",
    bool: "toBoolean(substring({0}, 1))",
    int: "toInteger(substring({0}, 1))",
    float: "toFloat(substring({0}, 1))",
    date: "date(substring({0}, 1))",
    list: f"split(substring({{0}}, 1), '\\u{ord(_ITEM):04x}')",
}
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
    """The statement over rows, some hundred at a time."""
    for batch in chunks(rows, ROWS):
        types: dict[str, type] = {}
        plain = [row for row in batch if _fits(row["props"], types)]
        if plain:
            yield text.replace("UNWIND $rows AS row", _unwound(plain, types), 1) + ";\n"
        held = {id(row) for row in plain}
        others = [row for row in batch if id(row) not in held]
        for maps in chunks(others, MAPS):
            yield text.replace("$rows", literal(maps), 1) + ";\n"


def _fits(props: dict[str, Any], types: dict[str, type]) -> bool:
    """Whether every value can be a cell of the type that its property has here; new properties join the types."""
    found: dict[str, type] = {}
    for key, value in props.items():
        kind = list if isinstance(value, tuple) else type(value)
        texts = value if kind is list else [value] if kind is str else []
        if kind not in _TYPED or types.get(key, kind) is not kind or (kind is list and not value):
            return False
        if not all(isinstance(text, str) and _CELL not in text and _ITEM not in text for text in texts):
            return False
        found[key] = kind
    types.update(found)
    return True


def _unwound(rows: list[dict[str, Any]], types: dict[str, type]) -> str:
    """The beginning of a statement that makes `row` of each line, as UNWIND makes it of a parameter."""
    ends, keys = [key for key in ("start", "end") if key in rows[0]], sorted(types)
    lines = [_CELL.join([*(row[end] for end in ends), *(_cell(row["props"].get(key)) for key in keys)]) for row in rows]
    cells = {key: f"c[{place}]" for place, key in enumerate([*ends, *keys])}
    props = ", ".join(
        f"{_name(key)}: CASE {cells[key]} WHEN '' THEN null ELSE {_TYPED[types[key]].format(cells[key])} END"
        for key in keys
    )
    given = "".join(f"{end}: {cells[end]}, " for end in ends)
    return (
        f"UNWIND {literal(lines)} AS line WITH split(line, '\\u{ord(_CELL):04x}') AS c "
        f"WITH {{{given}props: {{{props}}}}} AS row"
    )


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return "=" + _ITEM.join(value)
    return "=" + (value.isoformat() if isinstance(value, date) else value if isinstance(value, str) else repr(value))


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
