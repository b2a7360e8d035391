"""Building a folder again: nothing is read where nothing changed, and any change is seen."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from chinaai.graph.digest import status
from chinaai.graph.problems import InputError
from chinaai.graph.store import Store
from chinaai.loaders.build import build, build_folder, read_shipped

SMALL = Path(__file__).parent.parent / "data" / "small"
DAY = date(2026, 11, 24)
#: 3 sources, 6 entities, 1 observation; 3 relations and the 3 edges of the observation.
ELEMENTS = 16


def counts(store: Store, folder: Path, **options: bool) -> dict[str, int]:
    results = build_folder(store, folder, today=DAY, **options)
    return {key: sum(r.counts()[key] for r in results.values()) for key in ("added", "changed", "closed", "unchanged")}


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    shutil.copytree(SMALL, tmp_path / "seeds")
    return tmp_path / "seeds"


def edit(folder: Path, old: str, new: str) -> None:
    text = (folder / "all.yaml").read_text(encoding="utf-8")
    assert old in text
    (folder / "all.yaml").write_text(text.replace(old, new), encoding="utf-8")


def test_the_second_build_writes_nothing(store: Store, seeds: Path) -> None:
    assert counts(store, seeds) == {"added": ELEMENTS, "changed": 0, "closed": 0, "unchanged": 0}
    before = status(store).digest
    nothing = {"added": 0, "changed": 0, "closed": 0, "unchanged": ELEMENTS}
    assert counts(store, seeds) == nothing
    assert counts(store, seeds, full=True) == nothing
    assert status(store).digest == before


def test_one_edited_fact_is_one_change(store: Store, seeds: Path) -> None:
    counts(store, seeds)
    edit(seeds, "announced: 2025-02-13", "announced: 2025-02-14")
    assert counts(store, seeds) == {"added": 0, "changed": 1, "closed": 0, "unchanged": ELEMENTS - 1}
    assert counts(store, seeds) == {"added": 0, "changed": 0, "closed": 0, "unchanged": ELEMENTS}


def test_another_load_in_between_is_noticed(store: Store, seeds: Path, tmp_path: Path) -> None:
    counts(store, seeds)
    other = tmp_path / "other"
    shutil.copytree(seeds, other)
    edit(other, "announced: 2025-02-13", "announced: 2025-02-14")
    build(store, read_shipped(other, today=DAY), today=DAY)
    assert counts(store, seeds) == {"added": 0, "changed": 1, "closed": 0, "unchanged": ELEMENTS - 1}


def test_a_new_defect_is_told_though_the_last_build_was_good(store: Store, seeds: Path) -> None:
    counts(store, seeds)
    edit(seeds, "object: beta-1", "object: beta-2")
    with pytest.raises(InputError, match="1 problem in the input"):
        counts(store, seeds)


def test_a_dry_run_writes_nothing(store: Store, seeds: Path) -> None:
    assert counts(store, seeds, dry_run=True)["added"] == ELEMENTS
    assert status(store).nodes == 0
    assert counts(store, seeds)["added"] == ELEMENTS
