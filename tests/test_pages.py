"""What the written pages name is there: files, and links between them."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from chinaai import __version__
from chinaai.graph.dates import PartialDate
from chinaai.graph.model import NODES
from chinaai.graph.model.base import FAMILIES
from chinaai.graph.model.looks import COLOURS, SHAPES, free_looks

ROOT = Path(__file__).parents[1]
PAGES = sorted(
    [*ROOT.glob("*.md"), *(page for name in ("docs", "decisions", "seeds") for page in (ROOT / name).glob("*.md"))]
)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_file_that_a_page_names_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    named = {ROOT / name for name in re.findall(r"\b(?:benchmarks|docs|decisions)/[\w-]+\.(?:py|md)\b", text)}
    named |= {page.parent / link for link in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", text)}
    assert sorted(path.name for path in named if not path.exists()) == []


def section(page: str, title: str) -> str:
    """A section of a page, on one line."""
    text = (ROOT / page).read_text(encoding="utf-8")
    return " ".join(re.split(r"^## ", text.split(f"\n## {title}\n")[1], flags=re.M)[0].split())


def test_the_guide_to_a_type_of_node_names_every_word_that_it_may_have() -> None:
    guide = section("CONTRIBUTING.md", "Add a type of node")
    assert {word for word in (*COLOURS, *SHAPES, *FAMILIES) if f"`{word}`" not in guide} == set()
    for name, file in (("_ANY", "graph/model/edges.py"), ("_ANY", "graph/model/evidence.py")):
        assert f"`{name}` in `{file}`" in guide
        assert re.search(rf"^{name} = ", (ROOT / file).read_text(encoding="utf-8"), re.M), file
    assert "`graph/model/properties.py`" in guide


def test_the_example_of_a_type_of_node_could_be_declared() -> None:
    (words,) = re.findall(r'look="([\w ]+)"', section("CONTRIBUTING.md", "Add a type of node"))
    assert words in free_looks(cls.look for cls in NODES.values())


def test_the_guides_name_the_least_numbers_and_what_a_date_means() -> None:
    for page, title in (("CONTRIBUTING.md", "Add a fact"), ("CONTRIBUTING.md", "Add a type of edge"),
                        ("seeds/README.md", "A fact")):  # fmt: skip
        assert "line under `floors`" in section(page, title), (page, title)
    assert section("CONTRIBUTING.md", "Add a fact").startswith("1. The first change after a review: `python -m")
    dates = section("seeds/README.md", "Dates")
    assert "(../decisions/0002-dates-and-as-of.md)" in dates
    written, end = re.findall(r"`valid_to: (\S+)` holds until (\S+)\. ", dates)[0]
    assert str(PartialDate.parse(written).after) == end


def test_one_version_stands_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert project["version"] == citation["version"] == __version__
