"""Values of a free query's parameters, from text and from JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import typer

from ..queries.params import QueryError

_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _truth(text: str) -> bool:
    if text.casefold() not in ("true", "false"):
        raise ValueError("use true or false")
    return text.casefold() == "true"


_KINDS: dict[str, Callable[[str], Any]] = {
    "text": str, "int": int, "float": float, "bool": _truth, "date": date.fromisoformat, "json": json.loads,
}  # fmt: skip


def cypher_params(items: Sequence[str]) -> tuple[dict[str, Any], list[str]]:
    """Values by name from NAME=VALUE or NAME:KIND=VALUE, and what to tell where the answer is empty.

    Raises:
        typer.BadParameter: an item has no '=', an unknown kind, a value that is not of its kind, or a name twice.
    """
    found: dict[str, Any] = {}
    doubts = []
    for item in items:
        name, equals, text = item.partition("=")
        name, colon, kind = name.partition(":")
        if not equals or not name:
            raise typer.BadParameter(f"'{item}' is not NAME=VALUE", param_hint="--param")
        if name in found:
            raise typer.BadParameter(f"'{name}' is given twice; give it once", param_hint="--param")
        if colon and kind not in _KINDS:
            raise typer.BadParameter(f"'{kind}' is no kind; use {', '.join(_KINDS)}", param_hint="--param")
        if not colon and _WHOLE.fullmatch(text):
            kind = "int"
            doubts.append(f"{name} was sent as a number; --param {name}:text={text} sends it as text")
        elif not colon and _DAY.fullmatch(text):
            doubts.append(f"{name} was sent as text; --param {name}:date={text} sends it as a date")
        try:
            found[name] = _KINDS[kind or "text"](text)
        except (ValueError, RecursionError) as error:
            raise typer.BadParameter(f"'{text[:80]}' is no {kind}: {error}", param_hint="--param") from error
    return found, doubts


def typed(given: Mapping[str, Any]) -> dict[str, Any]:
    """Values from JSON, where {"date": "2025-03-01"} is a day. Raises QueryError."""
    found = {}
    for name, value in given.items():
        if isinstance(value, Mapping) and set(value) == {"date"}:
            try:
                value = date.fromisoformat(str(value["date"]))
            except ValueError as error:
                raise QueryError(f"'{name}' is no day", "", 'write {"date": "2025-03-01"}') from error
        found[name] = value
    return found
