"""The audit: its findings on seeds with one fault of each kind, its samples, and its exit status."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from random import Random

import pytest
from chinaai.graph.elements import Batch
from chinaai.loaders.base import Loaded, Near
from chinaai.loaders.build import Shipped, read_shipped
from chinaai.loaders.curated import read_seeds
from chinaai.loaders.curated.audit import audit_seeds
from chinaai.loaders.holes import holes
from faults.running import chinaai

DATA = Path(__file__).parent.parent / "data"

#: Reviewed on 2026-11-24: one fact for each finding, named after it.
FAULTY = """
sources:
- {id: page, publisher: A Paper, published: 2026-10-01, kind: news}
- {id: old, publisher: B Paper, published: 2023-05-01, kind: trade}
- {id: forum, publisher: A Forum, published: 2026-09, kind: community}
entities:
- {id: alfa, type: Company, name: Alfa, country: US}
- {id: beta, type: Company, name: Beta, country: CN}
- {id: gamma, type: Company, name: Gamma, country: CN}
- {id: lonely, type: Company, name: Lonely, country: CN}
facts:
- {id: sound, subject: alfa, predicate: PARTNERS_WITH, object: beta, status: confirmed, as_of: 2026-09, sources: [page]}
- {id: weak, subject: alfa, predicate: SUPPLIES, object: beta, status: reported, as_of: 2026-09, sources: [forum]}
- {id: stale, subject: beta, predicate: SUPPLIES, object: gamma, status: confirmed, as_of: 2023-05-01, sources: [old]}
- {id: ahead, subject: gamma, predicate: SUPPLIES, object: alfa, status: confirmed, as_of: 2026-02, sources: [old]}
- {id: twin-1, subject: alfa, predicate: INVESTED_IN, object: gamma, status: confirmed, as_of: 2026-09, sources: [page]}
- {id: twin-2, subject: alfa, predicate: INVESTED_IN, object: gamma, status: confirmed, as_of: 2026-08, sources: [page]}
- {id: gone, subject: beta, predicate: ACQUIRED, object: gamma, status: reported, unseen: true, as_of: 2026-09, sources: [page]}
- {id: yes-side, subject: beta, predicate: COMPETES_WITH, object: alfa, status: confirmed, conflict: c, as_of: 2026-09, sources: [page]}
- {id: no-side, subject: gamma, predicate: COMPETES_WITH, object: alfa, status: reported, conflict: c, as_of: 2026-09, sources: [page]}
conflicts:
- {id: c, question: Who competes with Alfa?}
sentences:
- {id: p1s1, account: opinion, gist: One sentence of thirty.}
"""  # noqa: E501


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    folder = tmp_path / "seeds"
    folder.mkdir()
    (folder / "all.yaml").write_text(FAULTY, encoding="utf-8")
    (folder / "about.yaml").write_text("reviewed: 2026-11-24\nlicence: CC-BY-4.0\n", encoding="utf-8")
    return folder


def test_each_fault_is_found_once(faulty: Path) -> None:
    found = audit_seeds(read_seeds(faulty), unverified=["r.b: i.x.2", "r.a: i.x.1"]).to_dict()
    assert found["lists"] == {
        "unsourced": [], "weak_only": ["weak"], "unseen": ["gone"], "stale": ["stale"],
        "ahead_of_sources": ["ahead"], "dead_ends": ["lonely"], "unverified": ["r.a: i.x.1", "r.b: i.x.2"],
        "conflicts": {"c": ["yes-side", "no-side"]}, "duplicate_suspects": [["twin-1", "twin-2"]],
    }  # fmt: skip
    assert found["sentences"] == {"total": 30, "accounted": 1}
    # Nine citations: six of the paper, two of the old one, one of the forum.
    assert found["source_kinds"] == {"news": 0.667, "trade": 0.222, "community": 0.111}


@pytest.mark.parametrize(("status", "stale"), [("reported", ["stale"]), ("denied", []), ("ended", [])])
def test_what_claims_to_hold_grows_stale_and_what_was_denied_or_is_over_does_not(
    faulty: Path, status: str, stale: list[str]
) -> None:
    line = "id: stale, subject: beta, predicate: SUPPLIES, object: gamma, status: "
    file = faulty / "all.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace(line + "confirmed", line + status), encoding="utf-8")
    assert audit_seeds(read_seeds(faulty)).stale == stale


LACKING = """
entities:
- {id: nobodys-model, type: Model, name: Nobody's Model}
- {id: nobodys-chip, type: Chip, name: Nobody's Chip}
- {id: some-model, type: Model, name: Some Model}
- {id: delta, type: Company, name: Delta, country: CN, sectors: [cars], tickers: ['HKEX:0001']}
- {id: epsilon, type: Company, name: Epsilon, country: CN, sectors: [cars], tickers: ['HKEX:0002']}
- {id: hkex, type: Exchange, name: Hong Kong Exchange, country: HK}
facts:
- {id: made, subject: delta, predicate: DEVELOPED, object: some-model, status: confirmed, as_of: 2026-09, sources: [page]}
- {id: at, subject: delta, predicate: LISTED_ON, object: hkex, status: confirmed, as_of: 2026-09, sources: [page]}
"""  # noqa: E501


def test_what_lacks_what_its_kind_should_have(faulty: Path) -> None:
    (faulty / "more.yaml").write_text(LACKING, encoding="utf-8")
    assert holes(read_shipped(faulty)) == {
        "models_without_maker": ["nobodys-model"], "chips_without_maker": ["nobodys-chip"],
        "companies_without_sector": ["alfa", "beta", "gamma", "lonely"], "tickers_without_listing": ["epsilon"],
        "list_members_not_joined": [],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("dataset", "told"), [("lists", ["Alfa Ltd (like alfa)"]), ("cn-lists", ["Alfa Ltd (like alfa)"]), ("open", [])]
)
def test_a_name_on_a_control_list_that_looks_like_a_company(faulty: Path, dataset: str, told: list[str]) -> None:
    near = [Near("entity-list", "Alfa Ltd", "alfa", "its name stands in the printed one")]
    shipped = Shipped(read_seeds(faulty), [(dataset, Loaded(Batch(dataset), near=near))])
    assert holes(shipped)["list_members_not_joined"] == told


def test_nothing_that_ships_lacks_it(shipped: Shipped) -> None:
    assert {name: ids for name, ids in holes(shipped).items() if ids} == {}


def test_the_command_fails_where_sentences_lack_an_account(faulty: Path) -> None:
    done = chinaai("audit", "--json", "--seeds", str(faulty))
    assert done.returncode == 1
    found = json.loads(done.stdout)
    counts = {name: found[name] for name in ("facts", "weak_only", "stale", "ahead_of_sources", "unseen", "conflicts")}
    assert counts == {
        "facts": 9, "weak_only": 1, "stale": 1, "ahead_of_sources": 1, "unseen": 1, "conflicts": 1,
    }  # fmt: skip


@pytest.mark.slow
def test_the_shipped_seeds_pass(tmp_path: Path) -> None:
    done = chinaai("audit", "--json", CHINAAI_HOME=str(tmp_path))
    assert done.returncode == 0
    found = json.loads(done.stdout)
    assert found["facts"] >= 1000
    assert found["unsourced"] == found["dead_ends"] == 0
    assert found["sentences"] == {"total": 30, "accounted": 30}
    assert found["conflicts"] == 12
    assert sum(found["source_kinds"].values()) == pytest.approx(1, abs=0.01)
    # Eight legal bases are remembered and were read on no page.
    assert found["unverified"] == len(found["lists"]["unverified"]) == 8


def test_the_table_tells_what_each_finding_means(faulty: Path) -> None:
    done = chinaai("audit", "--csv", "--seeds", str(faulty))
    rows = {row["finding"]: row for row in csv.DictReader(done.stdout.splitlines())}
    assert rows["dead_ends"]["number"] == "1"
    assert rows["dead_ends"]["means"] == "entities that no fact is about"


def test_a_sample_is_the_same_for_everybody_and_shows_the_pages(faulty: Path) -> None:
    drawn = sorted(Random(7).sample(
        ["ahead", "gone", "no-side", "sound", "stale", "twin-1", "twin-2", "weak", "yes-side"], 3
    ))  # fmt: skip
    for _ in range(2):
        done = chinaai("audit", "--sample", "3", "--seed", "7", "--json", "--seeds", str(faulty))
        assert done.returncode == 0
        rows = json.loads(done.stdout)
        assert [row["fact"] for row in rows] == drawn
        assert all(row["sources"] and row["sources"][0]["publisher"] for row in rows)


def test_empty_cells_of_a_sample_are_empty(faulty: Path) -> None:
    done = chinaai("audit", "--sample", "99", "--csv", "--seeds", str(faulty))
    rows = list(csv.DictReader(done.stdout.splitlines()))
    assert len(rows) == 9
    assert {row["scope"] for row in rows} == {""}
    assert {row["unseen"] for row in rows} == {"", "page not found again"}


def test_an_audit_of_broken_seeds_lists_the_problems(tmp_path: Path) -> None:
    shutil.copytree(DATA / "defects", tmp_path / "seeds")
    done = chinaai("audit", "--seeds", str(tmp_path / "seeds"))
    assert (done.returncode, done.stdout) == (1, "")
    assert "25 problems in the input" in done.stderr


@pytest.mark.parametrize(("day", "ahead"), [("2026-10-01", []), ("2026-10-02", ["sound"])])
def test_a_fact_of_the_day_after_its_page_is_ahead_of_it(faulty: Path, day: str, ahead: list[str]) -> None:
    """The page came out on 2026-10-01; the old fact of 2026-02 is ahead whatever the day."""
    of = "{id: sound, subject: alfa, predicate: PARTNERS_WITH, object: beta, status: confirmed, as_of: "
    (faulty / "all.yaml").write_text(FAULTY.replace(f"{of}2026-09", f"{of}{day}"), encoding="utf-8")
    found = audit_seeds(read_seeds(faulty)).to_dict()["lists"]["ahead_of_sources"]
    assert found == ["ahead", *ahead]


def test_two_facts_of_which_one_is_in_a_conflict_are_suspects_still(faulty: Path) -> None:
    text = FAULTY.replace("{id: twin-1, ", "{id: twin-1, conflict: c, ")
    (faulty / "all.yaml").write_text(text, encoding="utf-8")
    assert audit_seeds(read_seeds(faulty)).duplicate_suspects == [["twin-1", "twin-2"]]
    (faulty / "all.yaml").write_text(text.replace("{id: twin-2, ", "{id: twin-2, conflict: c, "), encoding="utf-8")
    assert audit_seeds(read_seeds(faulty)).duplicate_suspects == []
