"""Market-entry seeds as nodes and edges: what is declared, what is written, the same each time."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from chinaai.graph.elements import Batch
from chinaai.graph.model import EDGES, NODES
from chinaai.graph.model.actors import Company
from chinaai.graph.model.entry import NODE_TYPES
from chinaai.loaders.entry import entry_batch, load_entry, read_entry
from chinaai.loaders.identity import Identity

SEEDS = Path(__file__).resolve().parents[2] / "seeds" / "entry"
TODAY = date(2026, 11, 24)
#: What every node may bear beside the fields of its type.
COMMON = {"keys", "status", "sources"}


@pytest.fixture(scope="module")
def batch() -> Batch:
    return entry_batch(read_entry(SEEDS).graph(), TODAY)


def test_every_edge_joins_what_its_type_allows(batch: Batch) -> None:
    labels = {node.id: node.label for node in batch.nodes}
    outside: set[str] = set()
    for edge in batch.edges:
        kind = EDGES[edge.type]
        assert edge.start[0] in kind.subjects and edge.end[0] in kind.objects, edge.fact_id
        for label, key in (edge.start, edge.end):
            if key in labels:
                assert labels[key] == label
            else:
                outside.add(f"{label} {key}")
    assert {name for name in outside if not name.startswith("Company")} == {
        "Authority cac",
        "Authority state-council",
        "Authority mofcom",
        "Authority ndrc",
        "Authority mnr",
        "Authority samr",
        "Instrument genai-measures",
        "Instrument neglist2024",
        "Instrument neglist2021",
    }
    assert {"Company apple", "Company samsung", "Company openai"} <= outside


def test_every_property_is_declared(batch: Batch) -> None:
    declared = {cls.label(): set(cls.model_fields) for cls in NODE_TYPES}
    for node in batch.nodes:
        if node.label in declared:
            assert set(node.props) <= declared[node.label] | COMMON, node.id
    assert {node.label for node in batch.nodes} - set(declared) == {"Source", "Authority", "Instrument"}
    assert set(NODES) >= {"Authority", "Instrument"}


def test_keys_are_unique_and_the_batch_is_the_same_each_time(batch: Batch) -> None:
    assert max(Counter(node.id for node in batch.nodes).values()) == 1
    assert max(Counter(edge.fact_id for edge in batch.edges).values()) == 1
    again = entry_batch(read_entry(SEEDS).graph(), TODAY)
    assert [n.hash for n in again.nodes] == [n.hash for n in batch.nodes]
    assert [e.hash for e in again.edges] == [e.hash for e in batch.edges]


def test_the_chain_from_requirement_to_authority(batch: Batch) -> None:
    triples = {(e.start[1], e.type, e.end[1]) for e in batch.edges}
    assert {
        ("r.gai-filing", "BASED_ON", "i.gai.17"),
        ("i.gai.17", "PART_OF", "genai-measures"),
        ("genai-measures", "ISSUED_BY", "cac"),
        ("r.gai-filing", "DECIDED_BY", "a.pcac"),
        ("r.gai-filing", "TRIGGERED_BY", "r.public-attr"),
        ("r.gai-filing", "HAS_WAY", "w.gai-filing.own-base"),
        ("w.gai-filing.own-base", "NEEDS", "r.own-base"),
        ("pa.phone", "HAS_GOAL", "r.nal"),
        ("pa.phone", "FOR_SERVICE", "phone-assistant"),
        ("r.p-survey", "BLOCKS", "pa.adas"),
        ("r.p-survey", "LIFTED_BY", "r.map-partner"),
        ("c.samsung-s24", "PRECEDENT_FOR", "pa.phone"),
        ("c.apple-intelligence", "CASE_OF", "apple"),
        ("c.apple-intelligence", "PRECEDENT_FOR", "pa.phone"),
    } <= triples
    goal = {
        (e.end[1], e.props["choice"], e.props["alternative"])
        for e in batch.edges
        if e.type == "HAS_GOAL" and e.start[1] == "pa.phone"
    }
    assert {("r.nal", 0, 0), ("r.modelpartner", 1, 1), ("r.gai-reg", 1, 1), ("r.gai-filing", 1, 2)} <= goal


def test_precedents_of_the_phone_route_with_their_days(batch: Batch) -> None:
    phone = {e.start[1] for e in batch.edges if e.type == "PRECEDENT_FOR" and e.end[1] == "pa.phone"}
    cases = {n.id: n.props for n in batch.nodes if n.label == "Case"}
    assert {(key, cases[key]["status"], cases[key]["days"]) for key in phone} == {
        ("c.apple-intelligence", "filed", 387),
        ("c.samsung-s24", "filed", 0),
    }


def test_options_in_force_on_a_day(batch: Batch) -> None:
    def on(day: date) -> set[frozenset[str]]:
        return {
            frozenset(n.props["requirements"])
            for n in batch.nodes  # type: ignore[arg-type]
            if n.label == "EntryOption"
            and n.props["route"] == "pa.phone"
            and n.props["actor"] == "fie"
            and n.props.get("known_from", date.min) <= day < n.props.get("valid_to", date.max)  # type: ignore[operator]
        }

    assert len(on(TODAY)) == 21
    assert on(date(2022, 6, 1)) == {frozenset({"r.entity", "r.nal", "r.hosting", "r.pi", "r.xb", "r.xb-none"})}
    assert all(n.props["complete"] for n in batch.nodes if n.label == "EntryOption")


def test_an_unknown_company_is_a_problem_with_its_line() -> None:
    loaded = load_entry(SEEDS, Identity([Company(id="apple", name="Apple")]), reviewed=TODAY, today=TODAY)
    assert {p.code for p in loaded.problems} == {"UNKNOWN-COMPANY"}
    assert "unknown company 'samsung'" in {p.message for p in loaded.problems}
    assert all(p.line > 1 for p in loaded.problems)
    assert loaded.batch.nodes == []


def test_without_the_curated_entities_own_nodes_stand_in() -> None:
    names = {e.end[1] for e in entry_batch(read_entry(SEEDS).graph(), TODAY).edges if e.end[0] == "Company"}
    identity = Identity([Company(id=name, name=name) for name in names])
    loaded = load_entry(SEEDS, identity, reviewed=TODAY, today=TODAY)
    assert loaded.problems == []
    ids = {n.id for n in loaded.batch.nodes}
    missing = {
        key for e in loaded.batch.edges for label, key in (e.start, e.end) if key not in ids and label != "Company"
    }
    assert missing == set()
