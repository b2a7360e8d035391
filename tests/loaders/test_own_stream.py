"""A stranger's loader of an input too large to be held, as docs/own-loader.md shows it."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from chinaai.graph.digest import status
from chinaai.graph.errors import ChinaAIError
from chinaai.graph.problems import InputError
from chinaai.graph.store import Store
from chinaai.loaders.base import Context, Loader, load, read_by
from chinaai.loaders.identity import Identity

DOCS = Path(__file__).parents[2] / "docs" / "own-loader.md"
TODAY = date(2026, 11, 28)
LINES: list[dict[str, Any]] = [
    {"id": "ties-a", "name": "A"}, {"id": "ties-b", "name": "B"}, {"id": "tie-1", "from": "ties-a", "to": "ties-b"},
    {"id": "tie-2", "from": "ties-a", "to": "ties-b"},
]  # fmt: skip


def documented() -> Loader:
    """The class as the page shows it."""
    blocks = re.findall(r"```python\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)
    names: dict[str, Any] = {}
    exec(next(block for block in blocks if "Stream(" in block), names)
    found: Loader = names["Ties"]()
    return found


def write(path: Path, *lines: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def test_loaded_changed_and_refused(store: Store, tmp_path: Path) -> None:
    ties, context = documented(), Context(Identity())
    file = write(tmp_path / "ties.jsonl", *LINES)
    assert load(store, ties.read(file, context), today=TODAY).counts()["added"] == 5
    assert load(store, ties.read(file, context), today=TODAY).plan.empty
    before = status(store)
    assert (before.nodes, before.relationships) == (3, 2)  # parallel ties stay two
    write(file, *LINES, {"id": "tie-3", "from": "ties-a", "to": "ties-c"})
    with pytest.raises(InputError) as refused:
        load(store, ties.read(file, context), today=TODAY)
    assert [str(problem.message) for problem in refused.value.problems] == ["'tie-3': Company 'ties-c' does not stand"]
    assert status(store) == before
    write(file, *LINES[:3], {"id": "tie-2", "from": "ties-b", "to": "ties-a"})
    assert load(store, ties.read(file, context), today=TODAY).counts() == {
        "added": 0, "changed": 1, "closed": 0, "unchanged": 4,
    }  # fmt: skip


def test_a_line_that_was_cut_is_told_once_with_its_place(embedded_store: Store, tmp_path: Path) -> None:
    file = write(tmp_path / "ties.jsonl", *LINES)
    file.write_text(file.read_text("utf-8") + '[1]\n{"id": "ties-c", "na', encoding="utf-8")
    with pytest.raises(InputError) as refused:
        load(embedded_store, read_by(documented(), file, Context(Identity())), today=TODAY)
    assert [str(problem) for problem in refused.value.problems] == [
        "ties.jsonl:5:1 JSON the line is no JSON object; the file was cut, or is no JSON",
        "ties.jsonl:6:18 JSON not valid JSON: unterminated string starting at; the file was cut, or is no JSON",
    ]


def test_an_error_while_the_stream_is_read_is_the_loader_s_own(embedded_store: Store, tmp_path: Path) -> None:
    file = write(tmp_path / "ties.jsonl", {"name": "no id"})
    with pytest.raises(ChinaAIError, match=r"loader 'ties' ended by an error of its own: KeyError: 'id' \(.+:\d+\)"):
        load(embedded_store, read_by(documented(), file, Context(Identity())), today=TODAY)
