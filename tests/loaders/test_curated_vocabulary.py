"""The words of the curated graph: few, declared, and every raw one accounted for."""

from __future__ import annotations

import re

from chinaai.graph.model import EDGES, METRICS, NODES
from chinaai.loaders.base import SEEDS
from chinaai.loaders.build import Shipped
from chinaai.loaders.curated.audit import read_judgements
from research import research

CURATED = {name: edge for name, edge in EDGES.items() if not edge.structural}


def table() -> dict[str, str]:
    """Raw predicate to what the seeds' README says of it."""
    text = (SEEDS / "README.md").read_text(encoding="utf-8").split("## Where the raw predicates went")[1]
    return dict(re.findall(r"^\| ([A-Z_]+) \| (.+?) \|$", text, re.MULTILINE))


def targets(cell: str) -> set[str]:
    """The words of a cell without what stands in brackets behind them."""
    return {re.sub(r" \(.*\)$", "", part) for part in cell.split(", ")}


def test_none_of_the_curated_edge_types_was_lost() -> None:
    assert len(CURATED) >= 40


def test_each_is_declared_with_ends_cardinality_definition_and_example() -> None:
    for name, edge in EDGES.items():
        assert edge.subjects, name
        assert set(edge.subjects) | set(edge.objects) <= set(NODES) | {"Source"}, name
        assert edge.cardinality in {"one-to-one", "one-to-many", "many-to-one", "many-to-many"}, name
        assert edge.definition.endswith(".") and "\n" not in edge.definition, name
        assert f" {name} " in f" {edge.example} ", name
        assert edge.term is None or re.fullmatch(r"[a-z]+:\w+", edge.term), name


def test_the_table_names_190_raw_predicates_and_real_targets_only() -> None:
    rows = table()
    assert len(rows) == 190
    for raw, target in rows.items():
        if target.startswith(("refused", "left out")):
            continue
        for word in targets(target):
            known = word in CURATED or word in METRICS or word == "account in article.yaml"
            assert known, f"{raw} went to {word}, which is neither an edge type nor a metric"


def test_every_raw_predicate_stands_in_the_table() -> None:
    raw = {fact["predicate"] for fact in research("facts-companies.yaml")["facts"]}
    assert len(raw) == 190
    assert raw == set(table())


def test_the_table_says_where_the_facts_are(shipped: Shipped) -> None:
    words = {r.item.id: r.item.predicate for r in shipped.seeds.relations}
    words |= {f.item.id: f.item.metric for f in shipped.seeds.figures}
    facts = {item.raw: item.facts for item in read_judgements(shipped.seeds)[0]}
    rows = table()
    for raw in research("facts-companies.yaml")["facts"]:
        told = targets(rows[raw["predicate"]])
        assert {words[name] for name in facts[raw["id"]]} <= told, f"{raw['id']} {raw['predicate']}"
