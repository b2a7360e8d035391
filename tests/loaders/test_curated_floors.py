"""A file that is lost, and pages that are generated: neither may pass unseen."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from chinaai.graph.schema_page import editor_schema, schema_page
from chinaai.loaders.base import SEEDS
from chinaai.loaders.curated import check_seeds, read_seeds

FILES = sorted(path.name for path in SEEDS.glob("*.yaml"))
DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lost") / "seeds"
    folder.mkdir()
    for path in SEEDS.glob("*.yaml"):
        shutil.copy(path, folder)
    shutil.copytree(SEEDS / "registers", folder / "registers")  # companies that facts may be about
    return folder


def test_the_copy_is_whole(copy: Path) -> None:
    assert check_seeds(read_seeds(copy)) == []
    assert len(FILES) >= 20


def raise_a_floor(name: str) -> str:
    """What to do where the loss of a file would pass unseen."""
    return (
        f"without {name} every number under `floors` in seeds/about.yaml is still met: add a line there, or raise one, "
        "for a type, edge type or metric of which this file holds many, to the number that stands with it"
    )


@pytest.mark.slow
@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_a_lost_file_is_a_problem(copy: Path, name: str) -> None:
    kept = (copy / name).read_bytes()
    (copy / name).unlink()
    try:
        codes = {problem.code for problem in check_seeds(read_seeds(copy))}
    finally:
        (copy / name).write_bytes(kept)
    # A facts file is missed by its numbers; what others refer to is missed by name too.
    told = {"FLOOR", "UNKNOWN-SOURCE", "UNKNOWN-ENTITY", "UNKNOWN-CONFLICT", "SEED-REF", "FILE"}
    assert codes & told, raise_a_floor(name)
    if name.startswith("facts-"):
        assert "FLOOR" in codes, raise_a_floor(name)


def test_generated_pages_are_those_of_the_declarations() -> None:
    hint = "run `python -m chinaai.cli.docs`"
    assert (DOCS / "schema.md").read_text(encoding="utf-8") == schema_page(), hint
    assert (DOCS / "seed-file.schema.json").read_text(encoding="utf-8") == editor_schema(), hint
