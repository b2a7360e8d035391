"""A seed file that can't be read is told, and nothing that follows from it alone."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from chinaai.loaders.base import SEEDS
from chinaai.loaders.build import read_shipped

Damage = Callable[[str], str]


def unclosed(text: str) -> str:
    """A list that never ends, in the first line that is no comment."""
    first = next(line for line in text.splitlines() if line[0].isalpha())
    return text.replace(first, f"{first} [", 1)


def misspelled(text: str) -> str:
    """Every section under another name."""
    return "".join(f"x{line}" if line[0].isalpha() else line for line in text.splitlines(keepends=True))


def headless(text: str) -> str:
    """The blocks without the line of their section."""
    return "".join(line for line in text.splitlines(keepends=True) if not line[0].isalpha())


def one_heading(text: str) -> str:
    """All but the line of the second section, whose blocks then stand under the first."""
    heads = [line for line in text.splitlines(keepends=True) if line[0].isalpha()]
    return text.replace(heads[1], "", 1)


#: What is damaged, and how; before, some 30, 590, 580, 720 and 450 problems, or an exception.
LOST = [
    ("entry/services.yaml", unclosed, "YAML"),
    ("entry/services.yaml", misspelled, "SECTION"),
    ("entry/services.yaml", headless, "SECTION"),
    ("entry/sources.yaml", unclosed, "YAML"),
    ("entry/facts.yaml", unclosed, "YAML"),
    ("entities-companies.yaml", unclosed, "YAML"),
    ("facts-models-2026.yaml", unclosed, "YAML"),
    ("registers/sources.yaml", unclosed, "YAML"),
    ("registers/owners-companies.yaml", unclosed, "YAML"),
    # Before, a problem for each key below: 434 in the first of them.
    ("facts-use.yaml", one_heading, "SECTION"),
    ("facts-models.yaml", one_heading, "SECTION"),
    ("entry/actors.yaml", one_heading, "SECTION"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("file", "damage", "code"), LOST, ids=lambda value: getattr(value, "__name__", value))
def test_what_follows_from_a_lost_file_is_not_told(tmp_path: Path, file: str, damage: Damage, code: str) -> None:
    seeds = tmp_path / "seeds"
    shutil.copytree(SEEDS, seeds)
    text = (seeds / file).read_text("utf-8")
    (seeds / file).write_text(damage(text), "utf-8")
    problems = read_shipped(seeds).problems
    assert {(problem.file, problem.code) for problem in problems} == {(file, code)}, problems[:5]
    assert len(problems) <= 2


def test_what_no_lost_file_holds_is_still_told(tmp_path: Path) -> None:
    """A misspelled id stands in no file, damaged or not."""
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    shutil.copy(SEEDS / "about.yaml", seeds)
    (seeds / "a.yaml").write_text("entities: [\n- id: acme\n", "utf-8")
    fact = (
        "- id: f{}\n  subject: {}\n  predicate: PARTNERS_WITH\n  object: acme\n  status: announced\n  sources: [page]\n"
    )
    page = "sources:\n- {id: page, publisher: P, kind: news, url: 'https://example.org/', retrieved: 2026-01-01}\n"
    (seeds / "b.yaml").write_text(f"{page}facts:\n{fact.format(1, 'acmee')}{fact.format(2, 'acme')}", "utf-8")
    told = [(p.file, p.code) for p in read_shipped(seeds).problems]
    assert ("a.yaml", "YAML") in told and told.count(("b.yaml", "UNKNOWN-ENTITY")) == 1


def seeds_of(folder: Path, lost: bytes, subject: str) -> list[tuple[str, str]]:
    """Problems of two files: one that can't be read, and one whose fact names a subject."""
    shutil.copy(SEEDS / "about.yaml", folder)
    (folder / "a.yaml").write_bytes(lost)
    page = "sources:\n- {id: page, publisher: P, kind: news, url: 'https://example.org/', retrieved: 2026-01-01}\n"
    fact = f"facts:\n- {{id: f, subject: {subject}, predicate: PARTNERS_WITH, object: {subject}, status: announced, "
    (folder / "b.yaml").write_text(f"{page}{fact}sources: [page]}}\n", "utf-8")
    return [(p.file, p.code) for p in read_shipped(folder).problems]


def test_what_follows_from_a_file_of_no_encoding_is_not_told(tmp_path: Path) -> None:
    lost = b"entities:\n- {id: acme, type: Company, name: Acme \xff\xff, country: US}\n"
    assert ("a.yaml", "ENCODING") in (told := seeds_of(tmp_path, lost, "acme"))
    assert ("b.yaml", "UNKNOWN-ENTITY") not in told


def test_the_first_part_of_an_id_is_not_the_id(tmp_path: Path) -> None:
    """A lost file that holds the word `i` does not hold `i.acme`."""
    told = seeds_of(tmp_path, b"entities: [\n- id: i\n", "i.acme")
    assert ("a.yaml", "YAML") in told and ("b.yaml", "UNKNOWN-ENTITY") in told
