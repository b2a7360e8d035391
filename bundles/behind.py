"""What an answer rests on: the facts that its rows name, the things they are about, and the sources of both."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ..graph.marks import MARK, own_label
from ..graph.model.values import is_id
from ..graph.store import Store
from ..queries.words import statement

_EDGES = statement("""MATCH (a:ChinaAI)-[r]->(b:ChinaAI) WHERE {{closed_too(r)}} AND r.fact_id IN $ids
RETURN r.fact_id AS id, type(r) AS type, a.id AS start, b.id AS end, properties(r) AS props ORDER BY id""")
_NODES = f"""UNWIND $ids AS id MATCH (n:{MARK} {{id: id}})
RETURN n.id AS id, labels(n) AS labels, properties(n) AS props ORDER BY id"""
#: Properties that a load computes from the others.
_COMPUTED = frozenset({"hash", "bucket", "words", "keys"})


def behind(store: Store, rows: Any) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Facts and entities that the rows name, and the sources of all of them; each sorted by id.

    Args:
        store: where the rows were read.
        rows: plain values of an answer; every text in them that is the id of something that stands is followed.
    """
    ids = sorted({text for text in _texts(rows) if is_id(text)})
    facts = [_fact(row) for row in store.read(_EDGES, ids=ids)]
    ends = {fact[side] for fact in facts for side in ("start", "end")}
    things = [_thing(row) for row in store.read(_NODES, ids=sorted({*ids, *ends}))]
    cited = {source for element in (*facts, *things) for source in element["props"].get("sources") or ()}
    held = {thing["id"] for thing in things}
    sources = [thing for thing in things if thing["type"] == "Source"]
    sources += [_thing(row) for row in store.read(_NODES, ids=sorted(cited - held))]
    told = [*facts, *(thing for thing in things if thing["type"] != "Source")]
    return sorted(told, key=_key), sorted((s for s in sources if s["type"] == "Source"), key=_key)


def fields_of(element: dict[str, Any]) -> dict[str, Any]:
    """Everything that an element says, flat: type, ends and properties."""
    return {**{key: element[key] for key in ("type", "start", "end") if key in element}, **element["props"]}


def _key(element: dict[str, Any]) -> tuple[str, str]:
    return str(element["id"]), str(element["type"])


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item)


def _fact(row: dict[str, Any]) -> dict[str, Any]:
    return {"id": row["id"], "type": row["type"], "start": row["start"], "end": row["end"],
            "props": _plain(row["props"])}  # fmt: skip


def _thing(row: dict[str, Any]) -> dict[str, Any]:
    return {"id": row["id"], "type": own_label(row["labels"]), "props": _plain(row["props"])}


def _plain(props: dict[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = plain({key: props[key] for key in sorted(props) if key not in _COMPUTED})
    return kept


def plain(value: Any) -> Any:
    """The same as JSON gives it back: days and what else JSON has no word for as text."""
    return json.loads(json.dumps(value, default=str))
