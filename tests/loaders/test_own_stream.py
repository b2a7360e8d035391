"""A stranger's loader of an input too large to be held, as docs/own-loader.md shows it."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from chinaai.graph.digest import status
from chinaai.graph.problems import InputError
from chinaai.graph.store import Store
from chinaai.loaders.base import Context, Loader, load
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
