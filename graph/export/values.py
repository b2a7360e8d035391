"""Property values in files that know fewer types than the graph: eight kinds, each with one text form.

A file that holds only text (XML) writes dates as ISO 8601 and lists as JSON arrays; the kind that its
schema states beside the property turns the text back into the value. Absent is absent, never empty.
"""

from __future__ import annotations

import json
import math
from datetime import date
from typing import Any, Literal

from ..errors import ExportError

Kind = Literal["string", "integer", "float", "boolean", "date", "strings", "integers", "floats"]
LISTS: dict[Kind, Kind] = {"strings": "string", "integers": "integer", "floats": "float"}
_LIST_OF: dict[Kind, Kind] = {item: kind for kind, item in LISTS.items()}


def kind_of(value: Any) -> Kind:
    """The kind of a property value.

    Raises:
        ExportError: the value is of no kind, a list of mixed items, or a number that is not finite.
    """
    if isinstance(value, str):
        return "string"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ExportError(f"{value} is not a finite number")
        return "float"
    if isinstance(value, date):
        return "date"
    if isinstance(value, list | tuple) and value:
        kinds = {kind_of(item) for item in value}
        if kinds == {"integer", "float"}:
            return "floats"
        if len(kinds) == 1 and (found := _LIST_OF.get(*kinds)):
            return found
    raise ExportError(f"no file format takes a value such as {value!r}")


def to_text(value: Any) -> str:
    """One text form of a value: ISO 8601 dates, JSON lists, true and false."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return json.dumps(list(value), ensure_ascii=False, allow_nan=False)
    return repr(value)


def as_json(value: Any) -> Any:
    """A value as JSON holds it; only dates turn into text."""
    return value.isoformat() if isinstance(value, date) else value


def json_line(value: Any) -> str:
    """A value as JSON text on one line."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
