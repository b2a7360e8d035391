"""The market-entry rules as they stand in the database, so that an answer rests on what was loaded.

Every block is read back by its model from the `spec` of its node; nothing is put together from edges.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import lru_cache
from typing import Any

from ...graph.entry.gate import Row
from ...graph.entry.model import NAMELESS, SHAPES, EntryGraph
from ...graph.entry.references import references
from ...graph.errors import ChinaAIError
from ...graph.model.evidence import Source
from ...graph.store import Store
from ..rows import of_this_version
from ..words import statement

_SPECS = statement("""MATCH (n:ChinaAI:%s) WHERE {{stands(n)}} AND n.spec IS NOT NULL
RETURN n.spec AS spec, %s AS bar ORDER BY %s n.id""")
_RULES = statement("MATCH (n:ChinaAI:EntryRules) WHERE {{stands(n)}} RETURN n.blocks AS blocks")
_SOURCES = "UNWIND $ids AS id MATCH (n:ChinaAI {id: id}) RETURN properties(n) AS p ORDER BY id"
# Three plain reads: together, with the rows that have no owner or kind, they took twice as long.
_ROWS = statement("""MATCH (f:ChinaAI:Filing)-[b:FILED_BY]->(l:ChinaAI:LegalEntity)
WHERE {{stands(b, f)}}
RETURN f.kind AS gate, l.owner_class AS owners, f.listed AS listed, f.province AS place, collect(f.id) AS ids""")
_OWNERS = statement("""MATCH (f:ChinaAI:Filing)-[b:FILED_BY]->(l:ChinaAI:LegalEntity)
MATCH (l)-[o:SUBSIDIARY_OF]->(c:ChinaAI:Company)
WHERE {{stands(b)}} AND {{in_force(o)}}
RETURN f.id AS id, collect(DISTINCT c.id) AS found""")
_KINDS = statement("""MATCH (k:ChinaAI:ServiceKind)<-[g:FOR_SERVICE]-(v:ChinaAI:Service)<-[s:COVERS]-(f:ChinaAI:Filing)
WHERE {{stands(s, g)}}
RETURN f.id AS id, collect(DISTINCT k.id) AS found""")
#: Label of the sections that stand on nodes of their own; a requirement is told from a prohibition by its node.
_NODES = {
    "services": "ServiceKind", "facts": "CaseFact", "actors": "EntryActor", "strategies": "EntryStrategy",
    "offices": "Office", "ahead": "LawAhead",
}  # fmt: skip


@lru_cache(maxsize=1024)
def _block(section: str, text: str) -> Any:
    """A block of its text. Blocks don't change, and are shared by the answers of one process."""
    return SHAPES[section].model_validate_json(text)


def entry_graph(store: Store) -> EntryGraph:
    """Read the market-entry rules.

    Raises:
        ChinaAIError: the database holds none, or those of another version.
        StoreError: the database can't be read.
    """
    found: dict[str, list[Any]] = defaultdict(list)

    def take(section: str, text: str) -> None:
        with of_this_version(store.endpoint.where, "the market-entry rules"):
            found[section].append(_block(section, text))

    for section, label in _NODES.items():
        for row in store.read(_SPECS % (label, "false", "n.order," if label == "EntryStrategy" else "")):
            take(section, row["spec"])
    if not found["facts"]:
        raise ChinaAIError("the graph holds no market-entry facts", hint="run chinaai build")
    for row in store.read(_SPECS % ("Requirement", "n.prohibition", "")):
        take("prohibitions" if row["bar"] else "requirements", row["spec"])
    for row in store.read(_RULES):
        for block in row["blocks"]:
            section, _, text = block.partition(": ")
            take(section, text)
    sections: dict[str, Any] = {
        name: items if name in NAMELESS else {item.id: item for item in items} for name, items in found.items()
    }
    pages = {one for items in found.values() for item in items for _, one, kind in references(item) if kind == "source"}
    return EntryGraph.model_construct(None, **sections, sources=_sources(store, sorted(pages)))


def _sources(store: Store, ids: list[str]) -> dict[str, Source]:
    fields = Source.model_fields
    rows = store.read(_SOURCES, ids=ids)
    shown = ({key: _plain(value) for key, value in row["p"].items() if key in fields} for row in rows)
    with of_this_version(store.endpoint.where, "the market-entry rules"):
        return {given["id"]: Source.model_validate(given) for given in shown}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def register_rows(store: Store, as_of: date) -> list[Row]:
    """The register as evidence on gates reads it, by id, each row with the owners of that day."""
    owners = {row["id"]: frozenset(row["found"]) for row in store.read(_OWNERS, as_of=as_of)}
    kinds = {row["id"]: frozenset(row["found"]) for row in store.read(_KINDS)}
    nothing: frozenset[str] = frozenset()
    found = []
    for row in store.read(_ROWS):
        foreign = None if row["owners"] is None else row["owners"] == "foreign"
        for name in row["ids"]:
            found.append(
                Row(
                    name, row["gate"], foreign, owners.get(name, nothing), kinds.get(name, nothing), row["listed"],
                    row["place"],
                )
            )  # fmt: skip
    return sorted(found, key=lambda row: row.id)
