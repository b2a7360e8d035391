"""What is wrong with a value that does not fit its field: the field, the value, and what to write there."""

from __future__ import annotations

import re
from types import UnionType
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from ..graph.dates import DateError
from ..graph.model.values import PATTERNS
from ..graph.nearest import did_you_mean
from ..graph.problems import Problem

if TYPE_CHECKING:
    from .yaml_reader import Block

_NUMBER = "write digits, a point before decimals and no commas, as 5000 or 1.5"
#: What a kind of value is called, and how it is written, where pydantic says neither.
_WANTED = {
    "float_parsing": ("number", _NUMBER), "float_type": ("number", _NUMBER),
    "int_parsing": ("whole number", "write digits alone, as 5000"),
    "int_type": ("whole number", "write digits alone, as 5000"),
    "int_from_float": ("whole number", "write digits alone, as 5000"),
    "bool_parsing": ("truth value", "write true or false"), "bool_type": ("truth value", "write true or false"),
    "string_type": ("text", "write it as one text, in quotes where it holds signs such as : # [ {"),
    "dict_type": ("block of keys and values", "write {key: value}"),
}  # fmt: skip


def problem_of(block: Block, shape: type[BaseModel], what: str, item: ErrorDetails) -> Problem:
    """What pydantic found in a block, told at its key or value."""
    path: tuple[str | int, ...] = tuple(item["loc"])
    kind, message = item["type"], item["msg"].removeprefix("Value error, ")
    field = ".".join(str(step) for step in path)
    if kind == "extra_forbidden":
        return _unknown(block, shape, what, path)
    if kind == "missing":
        code = "NO-SOURCE" if path[-1] == "sources" else "MISSING-FIELD"
        hint = "every fact cites at least one source" if code == "NO-SOURCE" else ""
        return block.problem(code, f"{what} needs '{field}'", hint, path=path)
    if kind == "too_short" and path and path[-1] == "sources":
        return block.problem("NO-SOURCE", f"{what} has no source", "every fact cites at least one source", path=path)
    if isinstance(item.get("ctx", {}).get("error"), DateError):
        return block.problem("DATE", f"{field}: {message}", path=path)
    if "lies after valid_to" in message:
        return block.problem("DATE-ORDER", f"{what}: {message}", path=("valid_from",))
    if kind == "literal_error":
        said = f"{field}: '{item['input']}' is not allowed"
        return block.problem("VALUE", said, f"use {item.get('ctx', {})['expected']}", path=path)
    if kind == "string_pattern_mismatch" and (form := PATTERNS.get(item.get("ctx", {})["pattern"])):
        return block.problem("VALUE", f"{field}: '{item['input']:.60}' is not allowed", form, path=path)
    code = "TYPE" if kind.endswith(("_type", "_parsing", "_from_float")) else "VALUE"
    if kind == "value_error":
        return block.problem(code, f"{field or what}: {message}", path=path)
    wanted, hint = _wanted(shape, path, kind, item["input"])
    shown = _shown(item["input"])
    said = f"{shown} is no {wanted}" if wanted else re.sub(r"^(Input|String|List|Value) ", f"{shown} ", message)
    return block.problem(code, f"{field or what}: {said}", hint, path=path)


def _unknown(block: Block, shape: type[BaseModel], what: str, path: tuple[str | int, ...]) -> Problem:
    """A key that its block, which may stand within another, does not have."""
    inner = shape_at(shape, path[:-1])
    known = inner.model_fields if inner is not None else {}
    hint = did_you_mean(str(path[-1]), known) or (f"known: {', '.join(sorted(known))}" if known else "")
    whose = f"{what}: '{path[0]}'" if len(path) > 1 else what
    return block.problem("UNKNOWN-FIELD", f"{whose} has no field '{path[-1]}'", hint, path=path, key=True)


def _wanted(shape: type[BaseModel], path: tuple[str | int, ...], kind: str, value: Any) -> tuple[str, str]:
    """What a kind of value is called, and what to write; both empty where pydantic's words must do."""
    if kind in ("list_type", "tuple_type"):
        one = isinstance(value, str) and not set(value) & set("[]{},")
        return "list", f"write it in brackets: [{value:.60}]" if one else "write it in brackets: [one, two]"
    inner = shape_at(shape, path) if kind in ("model_type", "dict_type") else None
    if inner is not None:
        keys = [name for name, held in inner.model_fields.items() if held.is_required()]
        return "block of keys and values", f"write {{{', '.join(f'{key}: …' for key in keys)}}}"
    return _WANTED.get(kind, ("", ""))


def shape_at(shape: type[BaseModel], path: tuple[str | int, ...]) -> type[BaseModel] | None:
    """The shape of the blocks at a path within another; None where there is no single one."""
    found: type[BaseModel] | None = shape
    for step in path:
        if isinstance(step, int) or found is None:
            continue
        by_alias = {held.alias or name: held for name, held in found.model_fields.items()}
        held = by_alias.get(step) or found.model_fields.get(step)
        shapes = _shapes_in(held.annotation) if held is not None else set()
        found = shapes.pop() if len(shapes) == 1 else None
    return found


def _shapes_in(annotation: Any) -> set[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {annotation}
    if get_origin(annotation) in (list, tuple, dict, Union, UnionType):
        return set().union(*(_shapes_in(one) for one in get_args(annotation)))
    return set()


def _shown(value: Any) -> str:
    """A value as it is told: a text in quotes, whatever is not one by what it is."""
    if isinstance(value, (dict, list)):
        return "a block" if isinstance(value, dict) else "a list"
    if value is None:
        return "nothing"
    return f"'{value:.60}'" if isinstance(value, str) else f"{value!r:.60}"
