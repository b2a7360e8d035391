"""What the driver gives, as plain Python."""

from __future__ import annotations

from itertools import islice
from typing import Any

import neo4j
from neo4j.exceptions import BrokenRecordError

from .errors import StoreError

#: Most bytes of the answer to a free query, about.
BYTES = 16_000_000
#: Rows of a stream that are waited for together.
CHUNK = 500
#: What is handed on as it is; nearly every value is one of these, so they are told apart first.
_PLAIN = frozenset({str, int, float, bool, type(None)})


def native(value: Any) -> Any:
    """Driver values as plain Python: dates as `datetime.date`, nodes and relationships as dicts."""
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is list or kind is tuple:
        return [item if type(item) in _PLAIN else native(item) for item in value]
    if kind is dict:
        return {key: item if type(item) in _PLAIN else native(item) for key, item in value.items()}
    if kind is neo4j.time.Date:
        return value.to_native()
    if isinstance(value, neo4j.time.DateTime | neo4j.time.Time | neo4j.time.Duration):
        return value.iso_format()
    if isinstance(value, neo4j.graph.Node):
        return {"labels": sorted(value.labels), **native(dict(value))}
    if isinstance(value, neo4j.graph.Relationship):
        return {"type": value.type, **native(dict(value))}
    if isinstance(value, neo4j.graph.Path):
        return {"nodes": native(list(value.nodes)), "relationships": native(list(value.relationships))}
    if isinstance(value, neo4j.spatial.Point):
        return {"srid": value.srid, "coordinates": [float(part) for part in value]}
    if isinstance(value, bytes | bytearray):
        return value.hex()
    if kind.__name__ == "BrokenHydrationObject":  # inside a list or map the driver hands it out as it is
        raise BrokenRecordError("a value that can't be read")
    return value


def row(record: neo4j.Record) -> dict[str, Any]:
    """A record by the names of its columns, in plain Python. Raises BrokenRecordError, as the driver does."""
    return {key: native(value) for key, value in zip(record.keys(), record, strict=True)}


def bounded(result: neo4j.Result, limit: int, where: str) -> tuple[list[dict[str, Any]], bool]:
    """Rows up to the limit and to `BYTES`, and whether there were more."""
    rows: list[dict[str, Any]] = []
    room = BYTES
    for record in result:
        found = row(record)
        room -= _weight(found)
        if len(rows) == limit or (room < 0 and rows):
            return rows, True
        if room < 0:
            raise StoreError(f"one row of the answer is over {BYTES // 1_000_000} MB", where, "return less of it")
        rows.append(found)
    return rows, False


def _weight(value: Any) -> int:
    """About the bytes of a value as text."""
    if isinstance(value, str):
        return len(value) + 2
    if isinstance(value, dict):
        return sum(len(key) + 4 + _weight(item) for key, item in value.items())
    return 2 + sum(map(_weight, value)) if isinstance(value, list) else 8


def first(result: neo4j.Result) -> tuple[neo4j.Result, list[neo4j.Record]]:
    return result, list(islice(result, CHUNK))


def plan(result: neo4j.Result) -> str:
    """The plan of an EXPLAIN as text: the embedded engine gives it as a row, Neo4j beside the rows."""
    rows = list(result)
    if rows:
        return str(rows[0]["executionPlanAsString"])
    return str((result.consume().plan or {}).get("args", {}).get("string-representation", ""))
