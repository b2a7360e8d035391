"""The market-entry seeds: read with positions, check as a whole, turn into nodes and edges."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from ...graph.elements import Batch
from ...graph.entry.model import EntryGraph
from ...graph.problems import Problem
from ..base import Loaded
from ..identity import Identity
from .check import check_entry
from .citations import other_law
from .elements import entry_batch
from .law import DATASET, tell_curated
from .names import doubles, one_language
from .plans import register_rows
from .read import EntrySeeds, read_entry

__all__ = ["DATASET", "EntrySeeds", "check_entry", "entry_batch", "entry_doubts", "load_entry", "read_entry"]


def load_entry(
    folder: Path, identity: Identity, *, reviewed: date, today: date, register: Batch | None = None,
    curated: Batch | None = None,
) -> Loaded:  # fmt: skip
    """Everything of the market-entry seeds, ready to plan; its data set is loaded after the curated facts.

    Args:
        folder: seeds/entry.
        identity: the curated entities; authorities and instruments that stand there get no second node.
        reviewed: day of the last review of the seeds, on which confidence is judged.
        today: day on which every kind of service must lead somewhere.
        register: what the register's loader made, for the evidence on gates.
        curated: the curated facts, whose authorities and instruments are told what market entry says of them.
    """
    seeds = read_entry(folder)
    companies = {key for key, entity in identity.entities.items() if entity.label() == "Company"}
    places = {key for key, entity in identity.entities.items() if entity.label() == "Jurisdiction"}
    problems = check_entry(seeds, today, companies, places)
    if problems:
        return Loaded(Batch(DATASET), problems)
    rows = register_rows(register) if register else []
    graph = _known(seeds.graph(), identity)
    batch = entry_batch(graph, reviewed, rows, seeds.rules)
    if curated is not None:
        tell_curated(batch, graph, curated)
    return Loaded(batch)


def entry_doubts(folder: Path, identity: Identity) -> list[Problem]:
    """What looks like a known kind of fault in the market-entry seeds; none where there is no such folder.

    Args:
        folder: seeds/entry.
        identity: the curated entities.
    """
    if not folder.is_dir():
        return []
    seeds = read_entry(folder)
    return sorted([*other_law(seeds), *one_language(seeds), *doubles(seeds, identity)])


def _known(graph: EntryGraph, identity: Identity) -> EntryGraph:
    """The graph without references to curated entities that do not stand."""
    update = {}
    for section, label in (("authorities", "Authority"), ("instruments", "Instrument")):
        blocks = getattr(graph, section)
        update[section] = {
            key: item if item.entity is None or identity.find(item.entity, label) == [item.entity]
            else item.model_copy(update={"entity": None})
            for key, item in blocks.items()
        }  # fmt: skip
    return graph.model_copy(update=update)
