"""What the written pages name is there: files, and links between them."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from chinaai import __version__

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "decisions").glob("*.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_file_that_a_page_names_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    named = {ROOT / name for name in re.findall(r"\b(?:benchmarks|docs|decisions)/[\w-]+\.(?:py|md)\b", text)}
    named |= {page.parent / link for link in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", text)}
    assert sorted(path.name for path in named if not path.exists()) == []


def test_one_version_stands_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert project["version"] == citation["version"] == __version__
