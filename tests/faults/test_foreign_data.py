"""A database that holds somebody else's data: none of it read as ours, changed or deleted."""

from __future__ import annotations

import hashlib
import shutil
from datetime import date
from pathlib import Path

import pytest
from chinaai import KnowledgeGraph, QueryError
from chinaai.graph.store import Store
from chinaai.loaders.build import build_folder

SMALL = Path(__file__).parents[1] / "data" / "small"
TODAY = date(2026, 11, 24)
#: Types, ids, names and relationship types are ours; the mark is not there.
FOREIGN = [
    "CREATE (:Company {id: 'alpha', name: 'Alpha Inc.', keys: ['alpha inc'], hash: 'h', dataset: 'seeds'})",
    "CREATE (:Company:Person {id: 'beta', name: 'Somebody else', keys: ['zeta']})",
    "CREATE (:Source {id: 'wire-2025', url: 'https://example.org/'}), (:Observation {id: 'alpha-share', value: 99})",
    "CREATE (:Entity {id: 'stranger', name: 'Zeta'}), ({id: 'no label'}), (:ChinaAIKnowledge {id: 'gamma'})",
    "MATCH (a:Company {id: 'alpha'}), (b:Company {id: 'beta'}) WHERE NOT a:ChinaAI AND NOT b:ChinaAI "
    "CREATE (a)-[:PARTNERS_WITH {fact_id: 'alpha-gamma', status: 'confirmed', hash: 'h', dataset: 'seeds'}]->(b), "
    "(a)-[:KNOWS {since: date('2020-01-01')}]->(b), (b)-[:DEVELOPED {fact_id: 'theirs', status: 'confirmed'}]->(a)",
]  # fmt: skip
#: A stranger who hangs notes on nodes of ours, and claims of his own.
ATTACHED = (
    "MATCH (ours:ChinaAI {id: 'alpha'}), (theirs:Entity {id: 'stranger'}) WHERE NOT theirs:ChinaAI "
    "CREATE (theirs)-[:NOTES {text: 'mine'}]->(ours), (ours)-[:PARTNERS_WITH {status: 'confirmed'}]->(theirs)"
)


def write(store: Store, *texts: str) -> None:
    store.write([(text, {}) for text in texts])


def theirs(store: Store) -> tuple[int, int, str]:
    """Number of foreign nodes and relationships, and a hash over all of their content."""
    mark = "n:ChinaAI OR n:ChinaAIState OR n:ChinaAITurn"
    nodes = store.read(f"MATCH (n) WHERE NOT ({mark}) RETURN labels(n) AS labels, properties(n) AS props")
    edges = store.read(
        "MATCH (a)-[r]->(b) WHERE NOT (a:ChinaAI AND b:ChinaAI) "
        "RETURN type(r) AS type, properties(r) AS props, a.id AS a, b.id AS b"
    )
    lines = sorted(str([sorted(n["labels"]), sorted(n["props"].items())]) for n in nodes)
    lines += sorted(str([e["type"], sorted(e["props"].items()), e["a"], e["b"]]) for e in edges)
    return len(nodes), len(edges), hashlib.sha256("\n".join(lines).encode()).hexdigest()


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "seeds"))


def edit(folder: Path, old: str, new: str) -> None:
    text = (folder / "all.yaml").read_text(encoding="utf-8")
    assert old in text
    (folder / "all.yaml").write_text(text.replace(old, new), encoding="utf-8")


def test_foreign_data_outlives_everything_unchanged(store: Store, seeds: Path) -> None:
    write(store, *FOREIGN)
    before = theirs(store)
    assert before[:2] == (7, 3)
    build_folder(store, seeds, today=TODAY)
    assert theirs(store) == before

    write(store, ATTACHED)
    before = theirs(store)
    assert before[:2] == (7, 5)
    steps = [
        ("announced: 2025-02-13", "announced: 2025-02-14", {}),  # a change
        ("predicate: PARTNERS_WITH", "predicate: SUPPLIES", {}),  # a relationship dropped and written anew
        ("value: 15.5", "value: 16.5", {"full": True}),
    ]
    for old, new, options in steps:
        edit(seeds, old, new)
        result = build_folder(store, seeds, today=TODAY, **options)["seeds"]
        assert result.counts()["changed"] == 1
        assert theirs(store) == before
    text = (seeds / "all.yaml").read_text(encoding="utf-8")
    (seeds / "all.yaml").write_text(text[: text.index("facts:")], encoding="utf-8")  # a removal of every fact
    removed = build_folder(store, seeds, today=TODAY, allow_removals=True)["seeds"].counts()
    assert removed["closed"] == 7
    assert theirs(store) == before
    shutil.copyfile(SMALL / "all.yaml", seeds / "all.yaml")
    build_folder(store, seeds, today=TODAY, full=True)
    assert theirs(store) == before


def test_foreign_data_is_not_read_as_ours(store: Store, seeds: Path) -> None:
    build_folder(store, seeds, today=TODAY)
    kg = KnowledgeGraph(store)

    def seen() -> dict[str, object]:
        return {
            "status": kg.status(),
            "partners": kg.partnerships("Alpha Inc.").to_dicts(),
            "ties": kg.ties("alpha").to_dicts(),
            "figures": kg.observations("alpha").to_dicts(),
            "names": kg.run("names", text="a").to_dicts(),
            "pairs": kg.foreign_chinese_partnerships().to_dicts(),
            "path": kg.path("alpha", "beta-1").to_dicts(),
            "network": sorted(kg.to_networkx().edges(keys=True)),
            "page": len(kg.view().text) > 0,
            "plan": build_folder(store, seeds, today=TODAY, full=True)["seeds"].counts(),
        }

    alone = seen()
    write(store, *FOREIGN, ATTACHED)
    assert seen() == alone
    with pytest.raises(QueryError, match="unknown Company 'Zeta'"):
        kg.partnerships("Zeta")
    with pytest.raises(QueryError, match="unknown entity 'stranger'"):
        kg.ties("stranger")
