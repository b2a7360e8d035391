"""Parameters of questions: how a value that comes in is converted or refused, whoever asks."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from operator import index
from pathlib import Path
from typing import Any, Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from ..graph.dates import PartialDate
from ..graph.errors import ChinaAIError
from ..graph.identity import folded, invisible, name_key, name_steps
from ..graph.model import METRICS, NODES
from ..graph.model.actors import LAYERS_ZH, SECTORS_ZH
from ..graph.nearest import did_you_mean, nearest, sharing
from ..graph.words import search_query

Heard = TypeVar("Heard")
ParamType = Literal["entity", "fact", "date", "string", "metric", "integer", "float", "boolean", "words"]
#: Most lists or objects within each other in a value of a free query.
_DEEPEST = 50
#: Most characters of a value in a message.
_LONG = 200
#: Most rows that can be asked for. The embedded engine keeps their number in 32 bits, and a greater one would come
#: round to a small one or below zero; we ask for one row more than the user.
MOST_ROWS = 1_000_000_000
_COUNTED = re.compile(r"\b(?:LIMIT|SKIP|OFFSET)\s+(?:\$(\w+)|([0-9][0-9_]*))", re.IGNORECASE)
_AI = re.compile(r"(?i)(?<![a-z])ai(?![a-z])\s*")
#: Chinese for the words that parameters can have; each parameter takes those of its own words.
_SAID: tuple[tuple[str, str], ...] = (
    *((zh, one) for one, zh in SECTORS_ZH.items()), *((zh, one) for one, zh in LAYERS_ZH.items()),
    *((metric.zh, one) for one, metric in METRICS.items()), ("备案", "filing"), ("登记", "registration"),
    ("外资", "foreign"), ("内资", "domestic"), ("合作", "partnership"), ("模型", "model"), ("法规", "law"),
    ("资本", "capital"), ("限制措施", "restriction"), ("其他", "other"), ("类型", "kind"), ("批次", "notice"),
    ("省份", "province"), ("省", "province"), ("年份", "year"), ("年", "year"), ("归属", "owner"),
)  # fmt: skip
#: Finds the id of a node by a name and the types it may have.
Resolve = Callable[[str, tuple[str, ...]], str]


class QueryError(ChinaAIError):
    """A question can't be asked as it was put."""


def shown(value: Any) -> str:
    """A value as it can be read in a message: what can't be seen is named, and what is very long cut."""
    try:
        text = str(value)
    except ValueError:  # a number that Python takes too long to write
        return "a number of thousands of digits"
    if len(text) > _LONG:
        return f"{shown(text[:_LONG])} … ({len(text):,} characters)"
    return "".join(f"⟨{invisible(c)[0]}⟩" if invisible(c) else c for c in text)


def quoted(words: Iterable[str]) -> str:
    """Words as a message names them: 'a' or 'b'."""
    return " or ".join(f"'{word}'" for word in words)


def check_sendable(values: Mapping[str, Any]) -> None:
    """Refuse values of a free query that no database takes: whole numbers beyond 64 bits, lists within lists for ever,
    names that are no text.

    Raises:
        QueryError: the message names the parameter.
    """
    for name, value in values.items():
        layer, depth = [{name: value}], -1
        while layer:
            if odd := [key for one in layer if isinstance(one, Mapping) for key in one if not isinstance(key, str)]:
                raise QueryError(f"a value can't be named '{shown(odd[0])}'", "", "names of values are texts")
            if any(isinstance(one, int) and not -(2**63) <= one < 2**63 for one in layer):
                raise QueryError(f"the value of ${name} is a whole number beyond 64 bits", "", "send it as text")
            layer = [
                item
                for one in layer
                if isinstance(one, Mapping | list | tuple)
                for item in (one.values() if isinstance(one, Mapping) else one)
            ]
            depth += 1
            if depth > _DEEPEST:
                raise QueryError(f"the value of ${name} is nested more than {_DEEPEST} deep", "", "send it flatter")


class Param(BaseModel):
    """A parameter of a question.

    `labels` makes it the name of a node of one of these types (any, where the list is empty and the type is entity),
    `choices` one of these words; both one of these words, which nodes of these types have further names for.
    `default` makes it optional.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    type: ParamType = "string"
    about: str
    labels: list[str] = Field(default_factory=list)
    choices: list[str] = Field(default_factory=list)
    default: Any = None
    required: bool = True
    least: int | None = Field(None, description="Smallest number that makes sense.")
    most: int | None = Field(None, description="Greatest one; a number of rows gets it where the Cypher counts by it.")
    apart_from: dict[str, list[str]] = Field(
        default_factory=dict, description="Words of other parameters beside which no row can have it."
    )
    first: bool = Field(False, description="A month, quarter or year means its first day, not its last.")

    @model_validator(mode="before")
    @classmethod
    def _infer(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        kind = "entity" if "labels" in given and "choices" not in given else "string"
        choices = {"choices": sorted(METRICS)} if given.get("type") == "metric" else {}
        return {"type": kind, **choices, **given}

    @field_validator("labels")
    @classmethod
    def _declared(cls, given: list[str]) -> list[str]:
        if unknown := sorted(set(given) - set(NODES)):
            raise ValueError(f"can't be {quoted(unknown)}; node types are {', '.join(sorted(NODES))}")
        return given

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.choices and self.default is not None and self.default not in self.choices:
            raise ValueError(f"has the default '{self.default}', which is none of its choices")
        return self

    @property
    def needed(self) -> bool:
        """True where a question can't be asked without it."""
        return self.required and self.default is None


def bind(
    name: str, params: Mapping[str, Param], given: Mapping[str, Any], resolve: Resolve, today: date
) -> dict[str, Any]:
    """Typed values of a question's parameters, defaults filled in.

    Args:
        name: of the question, for messages.
        resolve: function (name, labels) -> id for parameters of type entity.
    Raises:
        QueryError: a parameter is missing, unknown, or its value is not of its type or none of its choices.
    """
    check_names(f"question '{name}'", [*params, "known"], given)
    # What needs no look-up comes first: a wrong word is told whatever stands in the graph.
    order = sorted(params, key=lambda key: params[key].type == "entity")
    bound = {key: _value(name, key, params[key], given.get(key), resolve, today) for key in order}
    _between(bound)
    _together(params, bound)
    return {key: bound[key] for key in params}


def check_names(asked: str, known: Sequence[str], given: Iterable[str]) -> None:
    """Refuse a parameter that a question or tool doesn't have. Raises QueryError that names the nearest and lists all.

    Args:
        asked: what is asked, for the message.
    """
    for name in sorted(set(given) - set(known)):
        hint = f"{did_you_mean(name, known)} it has: {', '.join(known) or 'none'}".strip()
        raise QueryError(f"{asked} has no parameter '{shown(name)}'", "", hint)


def _between(bound: Mapping[str, Any]) -> None:
    """Refuse a window that ends before it begins, and a way from a thing to itself."""
    start, end = bound.get("start"), bound.get("end")
    if isinstance(start, date) and isinstance(end, date):
        in_order(start, end)
    if isinstance(start, str):
        apart(start, end)


def _together(params: Mapping[str, Param], bound: Mapping[str, Any]) -> None:
    """Refuse two values that no row has together: the answer would be empty whatever stands."""
    for name, param in params.items():
        for other, words in param.apart_from.items():
            if bound[name] is not None and bound.get(other) in words:
                what = f"nothing of the {other} '{bound[other]}' has a {name}"
                raise QueryError(what, "", f"leave out '{other}' or '{name}'")


def in_order(start: date, end: date, remedy: str = "swap the two days") -> None:
    """Raises QueryError where a window ends before it begins."""
    if start > end:
        raise QueryError(f"the window ends before it begins: {start} to {end}", "", remedy)


def apart(one: Any, other: Any, names: tuple[str, str] = ("start", "end")) -> None:
    """Raises QueryError where both are the same."""
    if one == other:
        raise QueryError(f"'{names[0]}' and '{names[1]}' are the same: {one}", "", "name two things")


def _value(question: str, name: str, param: Param, value: Any, resolve: Resolve, today: date) -> Any:
    if value is None:
        if param.needed:
            raise QueryError(f"question '{question}' needs '{name}'", "", param.about)
        value = today if param.default == "today" else param.default
        if value is None:
            return None
    if isinstance(value, str) and not value.strip():
        raise QueryError(f"'{name}' is empty", "", param.about)
    if param.type == "entity":
        if not isinstance(value, str):
            raise QueryError(f"'{shown(value)}' is no name for '{name}'", "", param.about)
        return resolve(value, tuple(param.labels))
    if param.choices:
        return choice(name, _named_choice(param, value, resolve), param.choices)
    return converted(name, param, value)


def _named_choice(param: Param, value: Any, resolve: Resolve) -> Any:
    """The word of a parameter that a name of a node stands for, as 外资企业 for fie of actor.fie; else it itself."""
    if not param.labels or not isinstance(value, str) or name_key(value) in map(name_key, param.choices):
        return value
    try:
        return resolve(value, tuple(param.labels)).rpartition(".")[2]
    except QueryError:
        return value  # refused with the words that it can be


def converted(name: str, param: Param, value: Any) -> Any:
    """A value of a parameter, or of a method's argument, as its type has it. Raises QueryError."""
    try:
        made: Any = as_of_date(value, first=param.first) if param.type == "date" else _CASTS[param.type](value)
    except (ValueError, TypeError) as error:
        raise QueryError(f"'{shown(value)}' is no {param.type} for '{name}'", "", str(error)) from error
    if param.least is not None and made < param.least:
        raise QueryError(f"'{name}' can't be {made}", "", f"at least {param.least}")
    if param.most is not None and made > param.most:
        raise QueryError(f"'{name}' can't be {made}", "", f"at most {param.most:,}")
    return made


def counted_by(cypher: str) -> list[str]:
    """Names of the parameters that say how many rows a query gives or leaves out."""
    return [match[1] for match in _COUNTED.finditer(cypher) if match[1]]


def check_counts(cypher: str, values: Mapping[str, Any]) -> None:
    """Refuse numbers of rows in a free query that the embedded engine reads as others. Raises QueryError."""
    for match in _COUNTED.finditer(cypher):
        said = values.get(match[1]) if match[1] else int(match[2].replace("_", ""))
        if isinstance(said, int) and said > MOST_ROWS:
            raise QueryError(f"the query counts {shown(said)} rows", "", f"at most {MOST_ROWS:,}")


def texts(name: str, value: Any, number: int | None = None) -> tuple[str, ...]:
    """Several texts, or just so many; a text alone is refused, which would be read letter by letter.

    Raises:
        QueryError: it is no list of texts, or one of another length.
    """
    held = tuple(value) if isinstance(value, Iterable) and not isinstance(value, str | bytes) else None
    if held is None or not all(isinstance(one, str) for one in held) or number not in (None, len(held)):
        raise QueryError(
            f"'{name}' can't be '{shown(value)}'", "", f"give {number or 'a list of'} texts, as ('Apple', 'Qwen')"
        )
    return held


def path_of(name: str, value: Any) -> Path:
    """Path of a file or folder. Raises QueryError for what is none."""
    if not isinstance(value, str | os.PathLike) or value == "" or "\0" in str(value):
        raise QueryError(f"'{name}' can't be '{shown(value)}'", "", "give the path of a file or folder")
    return Path(value)


def called(name: str, value: Heard) -> Heard:
    """What is to be called with how far the work is, or None. Raises QueryError for what can't be called."""
    if value is not None and not callable(value):
        raise QueryError(f"'{name}' can't be '{shown(value)}'", "", "give a function, or leave it out")
    return value


def choice(name: str, value: Any, choices: list[str] | tuple[str, ...], names: Mapping[str, str] | None = None) -> str:
    """One of the given words, or what means it in Chinese. Raises QueryError that names the nearest and lists all.

    Args:
        names: further names of the choices, each with its choice; a name is read as `graph.identity` reads names.
    """
    if value in choices:
        return str(value)
    bare = {one: one for one in choices}
    said = {zh: one for zh, one in _SAID if one in choices} if names is None else {**bare, **names}
    words = {**bare, **said}
    key = name_key(value) if isinstance(value, str) else ""
    if key and (meant := next((one for word, one in said.items() if name_key(word) == key), None)):
        return meant
    known = " or ".join(filter(None, (", ".join(choices[:-1]), choices[-1])))
    hint = f"{meant_one(shown(value), words)} use {known}".strip()
    raise QueryError(f"'{name}' can't be '{shown(value)}'", "", hint)


def meant_one(word: str, names: Mapping[str, str]) -> str:
    """`did you mean x or y?` of the things whose names share a word with one, else are spelled like it; or nothing."""
    bare = _AI.sub("", word)  # it is in everybody's name
    near = sharing(word, names) or (sharing(bare, names) if bare != word else []) or nearest(word, names)
    found = dict.fromkeys(names[one] for one in near)
    return f"did you mean {' or '.join(found)}?" if found else ""


def as_of_date(value: date | str, *, first: bool = False) -> date:
    """A day from a date or its written form. Raises ValueError.

    Args:
        first: a month, quarter or year means its first day; else its last.
    """
    if isinstance(value, datetime):
        if value != value:  # NaT, which pandas has where a day is missing
            raise ValueError("it is no moment")
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        raise ValueError("a date is written as text, as 2025-03-01")
    if value.strip().casefold() in ("today", "今天"):
        return date.today()
    span = PartialDate.parse(value)
    return span.first if first else span.last


def as_of_day(value: date | str | None, name: str = "as_of", *, first: bool = False) -> date:
    """The same for a method or command that takes a day by that name; today where it is left out. Raises QueryError."""
    try:
        return date.today() if value is None else as_of_date(value, first=first)
    except ValueError as error:
        raise QueryError(f"'{shown(value)}' is not a date for '{name}'", "", str(error)) from error


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("expected a text")
    return value


def _words(value: Any) -> dict[str, Any]:
    """What the index of names is asked for a text, and the keys of a name that is the text itself."""
    text = _text(value)
    query = search_query(text)
    if not query:
        raise ValueError("it holds no word to search for")
    return {"query": query, "plain": folded(text), "keys": [key for step in name_steps(text) for key in step]}


def whole(value: Any) -> int:
    """A whole number, also as text. Raises ValueError."""
    counts = hasattr(value, "__index__") and not isinstance(value, bool)  # numpy's as well
    text = value if isinstance(value, str) else shown(index(value)) if counts else ""
    if re.fullmatch(r"[+-]?[0-9]{1,18}", text.strip()):
        return int(text)
    raise ValueError("expected a whole number of at most 18 digits, as 10")


def number(value: Any) -> float:
    """A finite number, or the text of one. Raises ValueError."""
    if isinstance(value, bool) or not math.isfinite(found := float(value)):
        raise ValueError("expected a number, as 0.5")
    return found


def _boolean(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if str(value).casefold() in ("true", "yes", "1"):
        return True
    if str(value).casefold() in ("false", "no", "0"):
        return False
    raise ValueError("use true or false")


_CASTS: dict[str, Callable[[Any], Any]] = {
    "string": _text, "fact": _text, "words": _words, "integer": whole, "float": number, "boolean": _boolean,
}  # fmt: skip
#: Arguments that several methods take.
LIMIT = Param(type="integer", about="most rows", least=1, most=MOST_ROWS)
SPAN = Param(type="float", about="seconds", least=0)
TEXT = Param(about="text")
TRUTH = Param(type="boolean", about="true or false")
