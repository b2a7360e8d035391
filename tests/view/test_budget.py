"""What the shipped graph's page, a dossier and a notebook may weigh, and what a console says in their place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from chinaai.face import KnowledgeGraph

#: Bytes at most.
DEFAULT, EVERYTHING, DOSSIER, FOUR_CELLS = 600_000, 1_300_000, 350_000, 500_000
ONE_ENGINE = pytest.mark.parametrize("kg", ["embedded"], indirect=True)


def test_the_page_of_all_keeps_its_budget(page_file: Path) -> None:
    assert page_file.stat().st_size <= DEFAULT


@ONE_ENGINE
@pytest.mark.parametrize(
    ("options", "most"),
    [
        ({"everything": True}, EVERYTHING),
        ({"focus": ["Apple"]}, DOSSIER),
        ({"focus": ["华为"]}, DOSSIER),
    ],
    ids=["everything", "apple", "huawei"],
)
def test_pages_keep_their_budget(kg: KnowledgeGraph, tmp_path: Path, options: dict[str, Any], most: int) -> None:
    target = kg.view(tmp_path / "page.html", **options)
    assert isinstance(target, Path)
    assert target.stat().st_size <= most


@ONE_ENGINE
def test_four_cells_of_a_notebook(kg: KnowledgeGraph) -> None:
    cells: list[Any] = [
        kg, kg.foreign_chinese_partnerships(), kg.market_entry_paths("Apple", "phone-assistant"),
        kg.view(focus=["Apple"]),
    ]  # fmt: skip
    plain, rich = [repr(cell) for cell in cells], [cell._repr_html_() for cell in cells]
    assert sum(len(text.encode()) for text in plain + rich) <= FOUR_CELLS
    assert all(len(text) < 3_000 for text in plain), "a console shows the beginning, not all"
    rows = plain[1].splitlines()
    assert rows[0] == f"<{len(cells[1])} rows>" and rows[1].split()[:2] == ["foreign_company", "country"]
    assert f"… and {len(cells[1]) - 10} more" in rows[-3:]  # what is left out and to which day was searched follow it
    head = plain[2].splitlines()
    assert head[0].startswith("<EntryAnswer: Apple Inc. · Phone assistant · work from ") and head[1:] == cells[2].head
    assert (
        "<svg" in rich[2] and "Show model name and filing/registration number" in rich[2] and "<script" not in rich[2]
    )
    assert plain[3].startswith("<Page, ") and rich[3].startswith("<iframe srcdoc=")


@ONE_ENGINE
def test_no_row_says_so_and_to_which_day_was_searched(kg: KnowledgeGraph) -> None:
    told = repr(kg.partnerships("canalys"))
    assert told.startswith("<no rows>") and "searched to" in told
