"""What is wrong with the file of a question, in words. Read only where something is wrong with an answer or a file."""

from __future__ import annotations

import re

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ..graph.marks import MARK
from ..graph.model import EDGES, NODES
from ..graph.nearest import did_you_mean
from .params import Param, QueryError, shown
from .saved import Front, SavedQuery, unknown_in

_UNREAD = re.compile(r"//[^\n]*|/\*.*?\*/|'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"", re.DOTALL)
_MAP = re.compile(r"\{\s*\w+\s*:[^{}]*\}")
_RELATION = re.compile(r"-\[\s*\w*\s*(?::(?P<types>\s*!?\w+(?:\s*[|&]\s*:?!?\w+)*))?[^\]]*\]-")
_LABELS = re.compile(r"(?:\(\s*\w*|\b\w+)(\s*:\s*!?\w+(?:[:&|]!?\w+)*)")
#: What stands in the place of a wrong value, by the beginning of its kind of error.
_INSTEAD = {
    "string": "write a text, in quotes", "list": "write a list, as [name]", "bool": "use true or false",
    "int": "write a whole number", "dict": "write names with their values, as {company: Apple}",
    "model": "write a type of node, or {about: what it is}",
}  # fmt: skip
_END = re.compile(r"\b(?:ORDER BY|SKIP|LIMIT|UNION)\b")


def front_faults(error: ValidationError | yaml.YAMLError) -> list[str]:
    """All that is wrong with the front matter of a question."""
    if isinstance(error, ValidationError):
        return [_front_fault(one) for one in error.errors(include_url=False)]
    mark, problem = getattr(error, "problem_mark", None), getattr(error, "problem", None) or "it is no YAML"
    where = f"line {mark.line + 2}" if mark else "the front matter"  # one line stands before the first of it
    return [f"{where} can't be read: {problem}; a text that holds a colon, a comma or a hash stands in quotes"]


def _front_fault(error: ErrorDetails) -> str:
    """One error of a model, without the words of the library that found it."""
    kind, value, path = error["type"], error["input"], [str(part) for part in error["loc"] if part != "[key]"]
    if not path:
        return "front matter holds no fields; write them as 'title: Models of a company'"
    inner, fields = path[0] == "params" and len(path) > 1, list(Front.model_fields)
    place = f"params: '{path[1]}'" if inner else "front matter"
    if inner:
        path, fields = path[2:], list(Param.model_fields)
    if kind == "missing":
        return f"{place} needs '{path[-1]}'"
    if kind in ("extra_forbidden", "invalid_key"):
        return f"{place} has no field '{path[0]}'; {did_you_mean(path[0], fields) or 'it has ' + ', '.join(fields)}"
    if kind == "value_error":
        return f"{place} {error['ctx']['error']}"
    subject = f"{place}: '{path[0]}'" if path else place
    if value is None:
        return f"{subject} is empty; fill it or leave it out"
    instead = f"use {error['ctx']['expected']}" if kind == "literal_error" else _INSTEAD.get(kind.partition("_")[0])
    return f"{subject} can't be '{shown(value)}'" + (f"; {instead}" if instead else "")


def refuse(query: SavedQuery) -> None:
    """Raises QueryError that tells all that is wrong with the Cypher of a question; nothing where it is sound."""
    if found := [*column_faults(query), *undeclared(query)]:
        raise QueryError("\n".join(found))


def column_faults(query: SavedQuery) -> list[str]:
    """Where the columns that a question returns are not those of its row model."""
    returned = returned_columns(query.cypher)
    if returned == ["*"]:
        return []
    model, fields = query.row.__name__, query.row.model_fields
    more = [f"returns '{name}', which {model} has not" for name in returned if name not in fields]
    less = [
        f"does not return '{name}', which {model} needs"
        for name, field in fields.items()
        if field.is_required() and name not in returned
    ]
    return [f"{query.file} {fault}" for fault in (*more, *less)]


def returned_columns(cypher: str) -> list[str]:
    """Names of the columns that a statement returns, in its order."""
    text = " ".join(_outer(_bare(cypher)).split()).rpartition("RETURN ")[2]
    items = _END.split(text.removeprefix("DISTINCT "))[0].split(",")
    return [item.rpartition(" AS ")[2].strip() for item in items]


def undeclared(query: SavedQuery) -> list[str]:
    """Types of relationships and nodes that the Cypher of a question names and nothing declares."""
    text = _bare(query.cypher)
    types = [name for match in _RELATION.finditer(text) for name in re.findall(r"\w+", match["types"] or "")]
    text = _RELATION.sub("--", text)
    while (bare := _MAP.sub("", text)) != text:
        text = bare
    labels = [name for match in _LABELS.finditer(text) for name in re.findall(r"\w+", match[1])]
    named = (("relationship", types, EDGES), ("type of node", labels, (MARK, *NODES)))
    return [
        unknown_in(query.file, kind, name, declared)
        for kind, names, declared in named
        for name in sorted(set(names) - set(declared))
    ]


def _bare(cypher: str) -> str:
    """The text without comments, strings emptied."""
    return _UNREAD.sub(lambda match: " " if match[0].startswith("/") else "''", cypher)


def _outer(text: str) -> str:
    """The text outside of all brackets."""
    depth, kept = 0, []
    for sign in text:
        depth -= sign in ")]}"
        if depth == 0:
            kept.append(sign)
        depth += sign in "([{"
    return "".join(kept)
