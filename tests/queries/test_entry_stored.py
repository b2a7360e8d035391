"""What stands in the database gives the same answers as the seeds, in Python and in Cypher, on both engines."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from chinaai.graph.elements import Batch, Node
from chinaai.graph.entry.model import EntryGraph
from chinaai.graph.errors import ChinaAIError
from chinaai.graph.model.actors import Authority, Company
from chinaai.graph.model.regulation import Instrument
from chinaai.graph.store import Store
from chinaai.loaders.base import Loaded, load
from chinaai.loaders.entry import entry_batch, load_entry, read_entry
from chinaai.loaders.identity import Identity
from chinaai.queries.entry import entry_paths
from chinaai.queries.entry.from_store import entry_graph

pytestmark = pytest.mark.slow

SEEDS = Path(__file__).resolve().parents[2] / "seeds" / "entry"
TODAY = date(2026, 11, 24)
DAYS = (date(2022, 6, 1), date(2024, 1, 20), TODAY)


def filled(store: Store) -> EntryGraph:
    """The market-entry seeds and, as the curated facts would hold them, the things they share. Returns the seeds."""
    graph = read_entry(SEEDS).graph()
    ends = {end for edge in entry_batch(graph, TODAY).edges for end in (edge.start, edge.end)}
    own = {node.id for node in entry_batch(graph, TODAY).nodes}
    shapes: dict[str, Any] = {"Company": Company, "Authority": Authority, "Instrument": Instrument}
    names = {a.entity: a.name for a in [*graph.authorities.values(), *graph.instruments.values()] if a.entity}
    zh = {a.entity: a.name_zh for a in [*graph.authorities.values(), *graph.instruments.values()] if a.entity}
    shared = [(label, key) for label, key in sorted(ends) if key not in own]
    identity = Identity([shapes[label](id=key, name=names.get(key, key), name_zh=zh.get(key)) for label, key in shared])
    nodes = [Node(e.label(), e.id, e.model_dump(exclude_none=True)) for e in identity.entities.values()]
    load(store, Loaded(Batch("seeds", nodes)), today=TODAY)
    loaded = load_entry(SEEDS, identity, reviewed=TODAY, today=TODAY)
    first = load(store, loaded, today=TODAY)
    assert first.counts()["added"] == len(loaded.batch.nodes) + len(loaded.batch.edges)
    again = load(store, loaded, today=TODAY)
    assert {k: v for k, v in again.counts().items() if k != "unchanged"} == {"added": 0, "changed": 0, "closed": 0}
    return graph


OPTIONS = """
MATCH (o:ChinaAI:EntryOption)-[:OPTION_OF]->(p:ChinaAI:EntryRoute)
MATCH (p)-[:FOR_SERVICE]->(s:ChinaAI:ServiceKind {id: $service})
WHERE o.actor = $actor AND $service IN o.services
  AND (o.known_from IS NULL OR o.known_from <= $as_of) AND (o.valid_to IS NULL OR o.valid_to > $as_of)
OPTIONAL MATCH (o)-[i:INCLUDES]->(r:ChinaAI:Requirement)
WITH o, p, r, i ORDER BY i.level, i.starts_on_day, r.id
WITH o, p, collect(r.id) AS steps, collect(i.level) AS levels, collect(i.way) AS ways
RETURN p.id AS route, o.days_typical AS days, steps, levels, ways
ORDER BY days, o.effort, o.days_max, o.size, route, o.id
"""


def test_the_database_answers_as_the_seeds_do(store: Store) -> None:
    seeds = filled(store)
    held = entry_graph(store)
    for service in seeds.services:
        for actor in ("fie", "offshore", "domestic"):
            for day in DAYS:
                of_seeds = entry_paths(seeds, actor, service, day)  # type: ignore[arg-type]
                of_store = entry_paths(held, actor, service, day)  # type: ignore[arg-type]
                assert of_store.to_dict() == of_seeds.to_dict(), (actor, service, day)
                rows = store.read(OPTIONS, actor=actor, service=service, as_of=day)
                assert sorted((r["route"], r["days"], r["steps"], r["levels"], r["ways"]) for r in rows) == sorted(
                    (
                        p.route.id,
                        p.total.typical,
                        [s.requirement.id for s in p.steps],
                        [s.level for s in p.steps],
                        [s.way.id for s in p.steps],
                    )
                    for p in of_seeds.paths
                )


def test_an_empty_database_says_what_to_do(embedded_store: Store) -> None:
    embedded_store.prepare()
    with pytest.raises(ChinaAIError, match="holds no market-entry facts"):
        entry_graph(embedded_store)
