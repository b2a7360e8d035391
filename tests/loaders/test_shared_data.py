"""The real files of outside data, where they are at hand: numbers worked out from them in the plainest way."""

from __future__ import annotations

import csv
import tarfile
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from chinaai.graph.digest import status
from chinaai.graph.store import Store, open_at_home
from chinaai.loaders.base import SEEDS, Context, Loaded, load, loaders
from chinaai.loaders.build import Shipped, build, context_of
from chinaai.loaders.curated import read_seeds
from outside_data import REAL, shared

DAY = date(2026, 11, 24)


@cache
def context() -> Context:
    return context_of(read_seeds(SEEDS), DAY)


@cache
def read(name: str) -> Loaded:
    return loaders()[name].read(shared(REAL[name]), context())


def count(loaded: Loaded, kind: str) -> int:
    return sum(edge.type == kind for edge in loaded.batch.edges)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(REAL))
def test_no_problem_and_no_partnership(name: str) -> None:
    found = read(name)
    assert found.problems == []
    assert count(found, "PARTNERS_WITH") == 0
    (source,) = [node for node in found.batch.nodes if node.label == "Source"]
    assert source.props["licence"] == ("unknown" if name == "hstech" else "open")
    stated = [e for e in found.batch.edges if e.type not in ("OF", "MEASURED_BY")]
    assert all(e.props["sources"] == [source.id] and e.props["status"] == "reported" for e in stated)
    assert all(e.props["known_from"] and e.props["confidence_why"] for e in stated)


def test_hstech_members() -> None:
    found = read("hstech")
    assert count(found, "MEMBER_OF_INDEX") == 30
    curated = {e.start[1] for e in found.batch.edges if not e.start[1].startswith("hstech-")}
    assert curated >= {"tencent", "alibaba", "byd", "smic", "lenovo", "sensetime", "horizon", "tencent-music", "baidu"}
    assert "china-literature" not in curated  # left with this review
    assert found.remarks == ["30 constituents as of the review of 2025-06"]


def test_epoch_against_a_plain_reading() -> None:
    with shared(REAL["epoch"]).open(encoding="utf-8", newline="") as file:
        rows = {row["Model"].strip(): row for row in csv.DictReader(file)}
    seats = "Country (of organization)"
    chinese = {name for name, row in rows.items() if {"China", "Hong Kong"} & set(row[seats].split(","))}
    bases = {b.strip() for name in chinese for b in rows[name]["Base model"].split(",")} & set(rows)
    built = {name for name, row in rows.items() if chinese & {b.strip() for b in row["Base model"].split(",")}}
    chosen = chinese | bases | built
    found = read("epoch")
    metrics = Counter(node.props["metric"] for node in found.batch.nodes if node.label == "Observation")
    assert metrics == {
        "published": len(chosen),
        "parameters": sum(bool(rows[name]["Parameters"]) for name in chosen),
        "training_compute": sum(bool(rows[name]["Training compute (FLOP)"]) for name in chosen),
        "training_cost": sum(bool(rows[name]["Training compute cost (2023 USD)"]) for name in chosen),
    }
    made = sum(len([o for o in rows[name]["Organization"].split(",") if o.strip()]) for name in chosen)
    assert count(found, "DEVELOPED") == made
    # Read off the file by hand: GLM-4.7 gives GLM-4.5 as its base model, and both are curated.
    assert ("glm-47", "glm-45") in {(e.start[1], e.end[1]) for e in found.batch.edges if e.type == "DERIVED_FROM"}


@pytest.mark.slow
def test_modelsdev_against_the_archive() -> None:
    with tarfile.open(shared(REAL["modelsdev"])) as tar:
        members = {m.name: m for m in tar}
    listed = [n for n in members if n.startswith("providers/") and "/models/" in n and n.endswith(".toml")]
    found = read("modelsdev")
    broken = [remark for remark in found.remarks if "broken link" in remark]
    assert len(broken) == 31
    assert found.remarks[-1].endswith(f" of {len(listed) - 31} listings are of Chinese models")
    offers = {(e.start[1], e.end[1], e.props["product"]) for e in found.batch.edges if e.type == "OFFERS"}
    assert ("deepseek", "open-deepseek-chat-a4e5e6", "deepseek-chat") in offers


def test_modelsdev_against_the_flat_table() -> None:
    """The table beside the archive was derived by a regular expression; the two must agree for the most part."""
    with shared("models-dev/offerings_flat.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    laboratories = {"alibaba", "deepseek", "zhipuai", "moonshotai", "minimax", "stepfun", "tencent", "xiaomi"}
    guessed = {row["model_id"] for row in rows if row["base"].split("/")[0] in laboratories}
    stated = {str(e.props["product"]) for e in read("modelsdev").batch.edges if e.type == "OFFERS"}
    assert guessed
    assert guessed <= stated


def test_all_loaders_twice_on_both_engines(shipped_copy: Path, neo4j_store: Store, shipped: Shipped) -> None:
    digests = {}
    build(neo4j_store, shipped, today=DAY)
    with open_at_home(shipped_copy) as embedded_store:  # what the same build left
        for store in (embedded_store, neo4j_store):
            batches = {"cac": loaders()["cac"].read(SEEDS / "registers", context())}
            for name, loaded in {**batches, **{name: read(name) for name in REAL}}.items():
                first = load(store, loaded, today=DAY)
                assert first.plan.empty == (name == "cac")
                assert load(store, loaded, today=DAY).plan.empty
                assert load(store, loaded, today=DAY, full=True).plan.empty
            found = status(store)
            assert found.altered == []
            digests[store.engine] = found.digest
    assert digests["embedded"] == digests["neo4j"]


def test_the_register_is_that_of_the_shared_data() -> None:
    """The shipped rows, notice by notice, against the counts that came with the source: rows, 备案, 登记."""
    with shared("cac-genai-filings/batches.tsv").open(encoding="utf-8", newline="") as file:
        own = {row[0]: tuple(map(int, row[3:6])) for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}
    with (SEEDS / "registers" / "cac-genai-filings.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    kinds = Counter((row["period"], row["kind"]) for row in rows)
    both = {period: (kinds[period, "备案"], kinds[period, "登记"]) for period in own}
    printed = {
        period: (filings + registrations, filings, registrations) for period, (filings, registrations) in both.items()
    }
    assert (len(rows), len(own)) == (1846, 13)
    assert printed == own
