"""Saved questions: one `.cypher` file each, with its parameters, columns and an example in front."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from importlib import resources
from typing import Any, Literal, get_args, get_origin

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ..graph.dates import PartialDate
from ..graph.errors import ChinaAIError
from ..graph.model import METRICS, NODES
from . import rows, rows_entry
from .rows import Row

ParamType = Literal["entity", "date", "string", "metric", "integer", "float", "boolean"]
ColumnType = Literal["string", "integer", "float", "boolean", "date", "strings", "maps", "sources"]
_FRONT = re.compile(r"\A// ---\n(?P<front>(?://.*\n)+?)// ---\n", re.MULTILINE)
_PYTHON: dict[Any, ColumnType] = {str: "string", int: "integer", float: "float", bool: "boolean", date: "date"}


class QueryError(ChinaAIError):
    """A question can't be asked as it was put."""


class Param(BaseModel):
    """A parameter of a question. `labels` narrows an entity to types; `default` makes it optional."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    type: ParamType
    about: str
    labels: list[str] = Field(default_factory=list)
    default: Any = None
    required: bool = True


class Front(BaseModel):
    """Front matter of a saved question."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    title_zh: str
    question: str
    row: str
    params: dict[str, Param] = Field(default_factory=dict)
    columns: dict[str, ColumnType]
    example: dict[str, Any] = Field(default_factory=dict)


@dataclass(frozen=True)
class SavedQuery:
    """A checked question: its name, front matter, row model and Cypher."""

    name: str
    front: Front
    row: type[Row]
    cypher: str
    file: str = ""


def read_query(name: str, text: str, file: str) -> SavedQuery:
    """Read and check one file.

    Raises:
        QueryError: the front matter is missing or wrong, or its columns differ from the row model.
    """
    match = _FRONT.match(text)
    if match is None:
        raise QueryError("the front matter is missing", file, "begin with '// ---', YAML in comments, '// ---'")
    source = "\n".join(line.removeprefix("//").removeprefix(" ") for line in match["front"].splitlines())
    try:
        front = Front.model_validate(yaml.safe_load(source))
    except (ValidationError, yaml.YAMLError) as error:
        raise QueryError(f"the front matter is wrong: {str(error).splitlines()[0]}", file, str(error)) from error
    model = getattr(rows, front.row, None) or getattr(rows_entry, front.row, None)
    if not (isinstance(model, type) and issubclass(model, Row)):
        raise QueryError(f"there is no row model '{front.row}'", file, "add it to queries/rows.py")
    declared = {key: _column_type(info.annotation) for key, info in model.model_fields.items()}
    if declared != front.columns:
        odd = sorted(set(declared.items()) ^ set(front.columns.items()))
        raise QueryError(f"columns and row model {front.row} differ", file, f"see {odd}")
    unknown = sorted({label for p in front.params.values() for label in p.labels} - set(NODES))
    if unknown:
        raise QueryError(f"unknown node types {unknown}", file)
    return SavedQuery(name, front, model, text[match.end() :].strip(), file)


def _column_type(annotation: Any) -> ColumnType:
    parts = [part for part in get_args(annotation) if part is not type(None)]
    if get_origin(annotation) is list:
        inner = parts[0]
        return "sources" if inner is rows.SourceRef else "strings" if inner is str else "maps"
    return _PYTHON[parts[0] if parts else annotation]


@cache
def catalogue() -> dict[str, SavedQuery]:
    """All saved questions by name, read and checked once."""
    folder = resources.files(__package__) / "catalogue"
    files = sorted((item for item in folder.iterdir() if item.name.endswith(".cypher")), key=lambda item: item.name)
    found = {}
    for item in files:
        name = item.name.removesuffix(".cypher")
        found[name] = read_query(name, item.read_text(encoding="utf-8"), item.name)
    return found


def get_query(name: str) -> SavedQuery:
    """A saved question by name. Raises QueryError that lists near names."""
    known = catalogue()
    if name not in known:
        near = get_close_matches(name, known, n=3)
        hint = f"did you mean {' or '.join(near)}?" if near else f"known: {', '.join(known)}"
        raise QueryError(f"there is no question '{name}'", "", hint)
    return known[name]


def bind(query: SavedQuery, given: dict[str, Any], resolve: Any, today: date) -> dict[str, Any]:
    """Typed parameter values of a question, defaults filled in.

    Args:
        resolve: function (name, labels) -> id for parameters of type entity.
    Raises:
        QueryError: a parameter is missing, unknown, or not of its type.
    """
    unknown = sorted(set(given) - set(query.front.params))
    if unknown:
        known = ", ".join(query.front.params) or "none"
        raise QueryError(f"question '{query.name}' has no parameter '{unknown[0]}'", "", f"it has: {known}")
    return {
        name: _value(query, name, param, given.get(name), resolve, today) for name, param in query.front.params.items()
    }


def _value(query: SavedQuery, name: str, param: Param, value: Any, resolve: Any, today: date) -> Any:
    if value is None:
        if param.required and param.default is None:
            raise QueryError(f"question '{query.name}' needs '{name}'", "", param.about)
        value = today if param.default == "today" else param.default
        if value is None:
            return None
    try:
        if param.type == "entity":
            return resolve(str(value), tuple(param.labels))
        if param.type == "date":
            return as_of_date(value)
        if param.type == "metric":
            return _metric(str(value))
        return _CASTS[param.type](value)
    except ValueError as error:
        raise QueryError(f"'{value}' is no {param.type} for '{name}'", "", str(error)) from error


def as_of_date(value: date | str) -> date:
    """A day from a date or its written form; a month, quarter or year means its last day."""
    if isinstance(value, date):
        return value
    span = PartialDate.parse(value)
    return date.fromordinal(span.after.toordinal() - 1)


def as_of_day(value: date | str | None) -> date:
    """The same for a method that takes a day; today where it is left out. Raises QueryError."""
    try:
        return date.today() if value is None else as_of_date(value)
    except ValueError as error:
        raise QueryError(f"'{value}' is not a date for 'as_of'", "", str(error)) from error


def _metric(value: str) -> str:
    if value not in METRICS:
        raise ValueError(f"known: {', '.join(sorted(METRICS))}")
    return value


def _boolean(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if str(value).casefold() in ("true", "yes", "1"):
        return True
    if str(value).casefold() in ("false", "no", "0"):
        return False
    raise ValueError("use true or false")


_CASTS: dict[str, Any] = {"string": str, "integer": int, "float": float, "boolean": _boolean}
