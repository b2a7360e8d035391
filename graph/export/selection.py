"""Which elements leave the graph: all, those that hold on a day, those whose sources are all open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from ..marks import MARK
from ..statements import own_edge, own_node
from ..store import Store

#: Source on which every sentence of the article rests.
ARTICLE = "seed-article"
_FIELDS = ("sources", "facts", "known_from", "valid_to", "status", "retired", "preferred")


@dataclass(frozen=True)
class Selection:
    """What to export.

    Attributes:
        as_of: only what an answer for that day would use; everything, retired facts too, where None.
        licence: `open` leaves out every element that rests on a source of another licence class.
    """

    as_of: date | None = None
    licence: Literal["open"] | None = None

    @property
    def everything(self) -> bool:
        """True where nothing is left out."""
        return self.as_of is None and self.licence is None


@dataclass
class LeftOut:
    """What a selection leaves out: facts by reason, and what can't stand without them."""

    licence: int = 0
    as_of: int = 0
    dependent: int = 0
    nodes: set[str] = field(default_factory=set)
    edges: set[str] = field(default_factory=set)

    def sentences(self, selection: Selection) -> list[str]:
        """The same in words."""
        found = []
        if selection.licence:
            found.append(f"left out {self.licence} facts whose sources are not all {selection.licence}")
        if selection.as_of:
            found.append(f"left out {self.as_of} that do not hold on {selection.as_of.isoformat()}")
        if self.dependent:
            found.append(f"left out {self.dependent} more that can't stand without these")
        return found


def holds(props: Mapping[str, Any], day: date) -> bool:
    """True where an answer for that day uses the element; what bears no dates always holds."""
    since, until = props.get("known_from"), props.get("valid_to")
    return (
        (since is None or since <= day)
        and (until is None or until > day)
        and props.get("status") != "denied"
        and props.get("retired") is None
        and props.get("preferred") is not False
    )


def left_out(store: Store, selection: Selection) -> LeftOut:
    """Read dates and sources of everything once and decide what stays behind; only ids are kept in memory."""
    found = LeftOut()
    if selection.everything:
        return found
    judge = _Judge(selection, _licences(store) if selection.licence else {}, found)
    late: list[dict[str, Any]] = []
    for row in store.stream(_nodes()):
        if row["facts"] or "Source" in row["labels"]:
            late.append(row)
        elif not judge.keeps(row):
            found.nodes.add(row["id"])
    bare = []
    for row in store.stream(_edges()):
        if row["start"] in found.nodes or row["end"] in found.nodes:
            found.dependent += 1
            found.edges.add(row["id"])
        elif not judge.keeps(row):
            found.edges.add(row["id"])
        elif not row["sources"]:
            bare.append((row["id"], row["start"], row["end"]))
    _decide_late(late, judge, selection)
    for key, start, end in bare:
        if start in found.nodes or end in found.nodes:
            found.dependent += 1
            found.edges.add(key)
    return found


class _Judge:
    def __init__(self, selection: Selection, licences: Mapping[str, str], found: LeftOut) -> None:
        self.selection, self.licences, self.found = selection, licences, found
        self.cited: set[str] = set()

    def keeps(self, row: Mapping[str, Any]) -> bool:
        """Whether a row stays; counts it where it does not, notes its sources where it does."""
        if self.selection.as_of and not holds(row, self.selection.as_of):
            self.found.as_of += 1
            return False
        sources = row["sources"] or ([ARTICLE] if "SeedSentence" in row.get("labels", ()) else [])
        if self.selection.licence and any(self.licences.get(s) != self.selection.licence for s in sources):
            self.found.licence += 1
            return False
        self.cited.update(sources)
        return True


def _decide_late(late: Iterable[dict[str, Any]], judge: _Judge, selection: Selection) -> None:
    """Elements that speak of facts go with any of them; sources that nothing cites any more go too."""
    found = judge.found
    rows = list(late)
    for row in (row for row in rows if row["facts"]):
        if not found.nodes.isdisjoint(row["facts"]) or not found.edges.isdisjoint(row["facts"]):
            found.dependent += 1
            found.nodes.add(row["id"])
        elif not judge.keeps(row):
            found.nodes.add(row["id"])
    for row in (row for row in rows if not row["facts"]):
        if row["retired"] is not None and selection.as_of:
            found.as_of += 1
            found.nodes.add(row["id"])
        elif selection.licence and row["id"] not in judge.cited:
            found.dependent += 1
            found.nodes.add(row["id"])


def _nodes() -> str:
    wanted = ", ".join(f"n.{name} AS {name}" for name in _FIELDS)
    return f"MATCH (n:{MARK}) WHERE {own_node('n')} RETURN n.id AS id, labels(n) AS labels, {wanted}"


def _edges() -> str:
    wanted = ", ".join(f"r.{name} AS {name}" for name in _FIELDS)
    return (
        f"MATCH (a:{MARK})-[r]->(b:{MARK}) WHERE {own_edge('r')} "
        f"RETURN r.fact_id AS id, a.id AS start, b.id AS end, {wanted}"
    )


def _licences(store: Store) -> dict[str, str]:
    rows = store.stream(f"MATCH (s:{MARK}:Source) RETURN s.id AS id, s.licence AS licence")
    return {row["id"]: row["licence"] for row in rows}
