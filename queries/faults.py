"""What is wrong with the file of a question, in words. Read only where something is wrong with an answer or a file."""

from __future__ import annotations

import re

from ..graph.marks import MARK
from ..graph.model import EDGES, NODES
from .params import QueryError
from .saved import SavedQuery, unknown_in

_UNREAD = re.compile(r"//[^\n]*|/\*.*?\*/|'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"", re.DOTALL)
_MAP = re.compile(r"\{\s*\w+\s*:[^{}]*\}")
_RELATION = re.compile(r"-\[\s*\w*\s*(?::(?P<types>\s*!?\w+(?:\s*[|&]\s*:?!?\w+)*))?[^\]]*\]-")
_LABELS = re.compile(r"(?:\(\s*\w*|\b\w+)(\s*:\s*!?\w+(?:[:&|]!?\w+)*)")
_END = re.compile(r"\b(?:ORDER BY|SKIP|LIMIT|UNION)\b")


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
