"""What somebody else's schema and nodes in the same database do to our writing, found before the first write.

A constraint or index that only bears a name of ours is left alone and ours gets another name. One that a load would
break is told with the ways on. On the embedded engine the database is ours alone, and nothing is looked for.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .elements import Edge, Node, chunks
from .errors import StoreError
from .marks import MARK
from .model import EDGES, NODES
from .statements import STATE, constraints, own_node

if TYPE_CHECKING:
    from .store import Store

_CONSTRAINTS = "SHOW CONSTRAINTS YIELD name, type, entityType, labelsOrTypes, properties"
_INDEXES = "SHOW INDEXES YIELD name, type, entityType, labelsOrTypes, properties, owningConstraint"
_SHAPE = re.compile(r"FOR \(?\)?-?[(\[]\w+:(?P<on>\w+)[)\]].*REQUIRE \w+\.(?P<prop>\w+) IS UNIQUE")
#: Values asked for in one statement.
_TOGETHER = 1000
_OURS, _INSTEAD = "chinaai_", "_index"
_WAYS = "drop it, set NEO4J_DATABASE to another database, or unset NEO4J_URI to use the embedded engine"


@dataclass(frozen=True)
class Held:
    """A constraint or an index that stands."""

    name: str
    kind: str
    on: tuple[str, ...]
    props: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.name} on :{'|'.join(self.on)}({', '.join(self.props)})"


def wanted(store: Store, kinds: Collection[str] | None = None) -> dict[str, str]:
    """Statements for those of our constraints that do not stand, under names that are free.

    Args:
        kinds: types of relationships that are to be written; all where None.

    Raises:
        StoreError: an index of somebody else's on our mark keeps a constraint from being made.
    """
    held = _held(store, _CONSTRAINTS)
    indexes = _held(store, _INDEXES)
    taken = {one.name for one in (*held, *indexes)}
    found = {}
    for name, text in constraints().items():
        match = _SHAPE.search(text)
        assert match is not None  # ours are all of this form
        if kinds is not None and match["on"] in EDGES and match["on"] not in kinds:
            continue
        shape = (match["on"],), (match["prop"],)
        if any((one.on, one.props) == shape and "UNIQUE" in one.kind for one in held):
            continue
        same = [one for one in indexes if (one.on, one.props) == shape and one.kind == "RANGE"]
        if any(one.name.startswith(_OURS) and one.name.endswith(_INSTEAD) for one in same):
            continue  # relationships of somebody else kept the constraint from being made
        if same and same[0].name == name:  # a server that failed while it made the constraint left it
            found[f"{name} left"] = f"DROP INDEX {name} IF EXISTS"
            taken.discard(name)
        elif same:
            what = f"the index {same[0]} stands where a constraint of ours belongs"
            raise StoreError(what, store.endpoint.where, f"DROP INDEX `{same[0].name}`, then run it again")
        free = next(one for one in _names(name) if one not in taken)
        taken.add(free)
        found[free] = text.replace(f"CONSTRAINT {name} ", f"CONSTRAINT {free} ", 1)
    return found


def index_instead(name: str, statement: str) -> str | None:
    """An index in place of a constraint on a relationship that relationships of somebody else break."""
    match = _SHAPE.search(statement)
    if match is None or match["on"] not in EDGES:
        return None
    return f"CREATE INDEX {name}{_INSTEAD} IF NOT EXISTS FOR ()-[r:{match['on']}]-() ON (r.{match['prop']})"


def check_writes(store: Store, elements: Iterable[Node | Edge]) -> None:
    """Hold what is to be written against other people's constraints on our types.

    Raises:
        StoreError: it would break one; the message names the constraint, what clashes, and the ways on.
    """
    if store.engine != "neo4j":
        return
    ours = {(match["on"], match["prop"]) for match in map(_SHAPE.search, constraints().values()) if match}
    foreign = [
        one for one in _held(store, _CONSTRAINTS)
        if len(one.on) == 1 and one.on[0] in {MARK, STATE, *NODES, *EDGES} and (one.on[0], *one.props) not in ours
    ]  # fmt: skip
    if not foreign:
        return
    by_label: dict[str, list[Node | Edge]] = defaultdict(list)
    for element in elements:
        by_label[element.kind].append(element)
        if isinstance(element, Node):
            by_label[MARK].append(element)
    for one in foreign:
        rows = [{name: node.props.get(name) for name in one.props} for node in by_label[one.on[0]]]
        _hold(store, one, rows)


def _hold(store: Store, one: Held, rows: list[dict[str, Any]]) -> None:
    told = f"a constraint of somebody else, {one}, would be broken"
    if "EXISTENCE" in one.kind or "KEY" in one.kind:
        missing = sum(1 for row in rows if None in row.values())
        if missing:
            raise StoreError(f"{told}: {missing} nodes of ours lack it", store.endpoint.where, _WAYS)
    if "UNIQUE" not in one.kind and "KEY" not in one.kind:
        return
    seen: dict[tuple[Any, ...], int] = defaultdict(int)
    for row in rows:
        if None not in row.values():
            seen[tuple(map(str, row.values()))] += 1
    twice = sorted(key for key, count in seen.items() if count > 1)
    if twice:
        raise StoreError(f"{told}: two nodes of ours have {', '.join(twice[0])}", store.endpoint.where, _WAYS)
    test = " AND ".join(f"n.`{name}` = row.`{name}`" for name in one.props)
    text = (
        f"UNWIND $rows AS row MATCH (n:`{one.on[0]}`) WHERE {test} AND NOT (n:{MARK} AND {own_node('n')}) "
        "RETURN row LIMIT 1"
    )
    if one.on[0] in EDGES:
        return
    whole = [row for row in rows if None not in row.values()]
    for together in chunks(whole, _TOGETHER):
        for clash in store.read(text, rows=together):
            values = ", ".join(map(str, clash["row"].values()))
            raise StoreError(f"{told}: a node of theirs has {values}, as one of ours", store.endpoint.where, _WAYS)


def _held(store: Store, text: str) -> list[Held]:
    rows = store.read(text)
    return [
        Held(row["name"], row["type"], tuple(row["labelsOrTypes"] or ()), tuple(row["properties"] or ()))
        for row in rows
        if not row.get("owningConstraint")
    ]


def _names(name: str) -> Iterable[str]:
    yield name
    yield from (f"{name}_{number}" for number in range(2, 100))
