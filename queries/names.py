"""From the name a user gives to the id of one node; an unknown or ambiguous name lists candidates."""

from __future__ import annotations

from rapidfuzz import fuzz, process

from ..graph.identity import name_key
from ..graph.model import register
from ..graph.model.base import MARK
from ..graph.store import Store
from .params import QueryError

_BY_ID = f"MATCH (n:{MARK} {{id: $name}}) RETURN n.id AS id, n.name AS name, labels(n) AS labels"
_BY_KEY = (
    f"MATCH (n:{MARK}) WHERE $key IN n.keys AND n.retired IS NULL "
    "RETURN n.id AS id, n.name AS name, labels(n) AS labels ORDER BY id"
)
_ANY = f"MATCH (n:{MARK}) RETURN n.id AS id LIMIT 1"
_ALL = (
    f"MATCH (n:{MARK}) WHERE n.keys IS NOT NULL AND n.retired IS NULL "
    "RETURN n.id AS id, n.name AS name, n.keys AS keys, labels(n) AS labels"
)
#: Types of register rows: a legal entity or filed service often bears the name of the company or product behind it.
_REGISTER = {cls.label() for cls in register.NODE_TYPES}


class Names:
    """Looks names up in the graph itself, so that what is asked about is what stands."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def resolve(self, name: str, labels: tuple[str, ...] = ()) -> str:
        """The id of the one node that bears the name; curated ones come before rows of a register.

        Args:
            name: id, English or Chinese name, alias, ticker, hub name or registered name.
            labels: node types to choose from; any where empty.
        Raises:
            QueryError: no node or several bear it; the message lists candidates.
        """
        rows = self.store.read(_BY_ID, name=name.casefold()) or self.store.read(_BY_KEY, key=name_key(name))
        fitting = [row for row in rows if not labels or set(labels) & set(row["labels"])]
        first = [row for row in fitting if not _REGISTER & set(row["labels"])] or fitting
        if len(first) == 1:
            return str(first[0]["id"])
        what = " or ".join(labels) or "entity"
        if fitting:
            raise QueryError(f"'{name}' is the name of {len(fitting)} nodes", "", f"use an id: {_list(fitting)}")
        if rows:
            raise QueryError(f"'{name}' is no {what}", "", f"it names {_list(rows)}")
        near = self.near(name, labels)
        if near:
            hint = f"did you mean {_list(near)}?"
        elif self.store.read(_ANY):
            hint = "'chinaai ask names --text WORD' searches all names"
        else:
            hint = "the graph is empty; run 'chinaai build' first"
        raise QueryError(f"unknown {what} '{name}'", "", hint)

    def near(self, name: str, labels: tuple[str, ...] = (), limit: int = 5) -> list[dict[str, object]]:
        """Nodes with a like name, best first. Only ever a hint, never an answer."""
        by_key: dict[str, list[dict[str, object]]] = {}
        for row in self.store.read(_ALL):
            if not labels or set(labels) & set(row["labels"]):
                for key in row["keys"]:
                    by_key.setdefault(key, []).append(row)
        best = process.extract(name_key(name), list(by_key), scorer=fuzz.WRatio, limit=3 * limit, score_cutoff=70)
        found = {str(row["id"]): row for key, _, _ in best for row in by_key[key]}
        return list(found.values())[:limit]


def _list(rows: list[dict[str, object]]) -> str:
    parts = []
    for row in rows:
        labels = [label for label in row["labels"] if label != MARK]  # type: ignore[attr-defined]
        parts.append(f"{row['id']} ({'/'.join(labels)}: {row['name']})")
    return ", ".join(parts)
