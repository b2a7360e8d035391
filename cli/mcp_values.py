"""Arguments of a tool, held against its own schema: converted where nothing is lost, refused in words elsewhere."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from typing import Any

from ..queries.params import QueryError, check_names, choice, number, whole

Values = dict[str, Any]


def fitted(tool: str, schema: Mapping[str, Any], given: Mapping[str, Any]) -> Values:
    """The arguments as the schema wants them: "5" and 5.0 for 5, JSON text for an object, one text for a list of one.

    Args:
        schema: JSON Schema of the arguments, an object with `properties` and `required`.
    Raises:
        QueryError: an argument is unknown, missing, or of another type; the message says what is wanted.
    """
    known: Mapping[str, Mapping[str, Any]] = schema["properties"]
    found = {name: value for name, value in given.items() if value is not None}
    check_names(f"tool '{tool}'", list(known), found)
    for name in schema["required"]:
        if name not in found:
            raise QueryError(f"tool '{tool}' needs '{name}'", "", str(known[name].get("description", "")))
    return {name: _one(name, known[name], value) for name, value in found.items()}


def _one(name: str, schema: Mapping[str, Any], value: Any) -> Any:
    kind = schema.get("type", "string")
    try:
        converted = _KINDS[kind](value)
    except (ValueError, TypeError) as error:
        raise QueryError(
            f"'{name}' can't be {json.dumps(value, ensure_ascii=False, default=str)[:80]}", "", str(error)
        ) from error
    if kind == "array":
        converted = [_one(name, schema.get("items", {}), item) for item in converted]
        if len(converted) < schema.get("minItems", 0):
            raise QueryError(f"'{name}' is empty", "", str(schema.get("description", "")))
    if kind not in ("integer", "number") and "enum" not in schema:
        return converted
    if "enum" in schema:
        return choice(name, converted, list(schema["enum"]))
    if converted < schema.get("minimum", converted):
        raise QueryError(f"'{name}' can't be {converted}", "", f"at least {schema['minimum']}")
    if converted > schema.get("maximum", converted):
        raise QueryError(f"'{name}' can't be {converted}", "", f"at most {schema['maximum']:,}")
    return converted


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        return str(int(value)) if value == int(value) else str(value)
    raise ValueError("expected a text")


def _integer(value: Any) -> int:
    return whole(int(value) if isinstance(value, float) and value.is_integer() else value)


def _boolean(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.casefold() in ("true", "false"):
        return value.casefold() == "true"
    raise ValueError("expected true or false")


def _array(value: Any) -> list[Any]:
    if isinstance(value, str):
        value = _json(value) if value.lstrip().startswith("[") else [value]
    if isinstance(value, list | tuple):
        return list(value)
    raise ValueError('expected a list of texts, as ["r.entity"]')


def _object(value: Any) -> Values:
    found = _json(value) if isinstance(value, str) else value
    if isinstance(found, dict):
        return found
    raise ValueError('expected an object, as {"id": "apple"}')


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("it is nested too deep") from None
    except ValueError as error:
        raise ValueError(f"it is no JSON: {error}") from error


_KINDS: dict[str, Callable[[Any], Any]] = {
    "string": _text, "integer": _integer, "number": number, "boolean": _boolean, "array": _array, "object": _object,
}  # fmt: skip
