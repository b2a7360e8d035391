"""`chinaai add fact`: resolves, checks, and puts one block into the file; what does not pass leaves it as it was."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from chinaai.loaders.curated import check_seeds, read_seeds
from faults.running import chinaai

FILE = """# Facts of a test; this comment stays.
sources:
- id: page
  url: https://example.org/page   # a copy
  publisher: A Paper
  published: 2026-10-01
  kind: news

entities:
- {id: alfa, type: Company, name: Alfa, name_zh: 阿尔法, country: US}
- {id: beta, type: Company, name: Beta, country: CN}
- {id: gamma, type: Company, name: Gamma, country: CN}
facts:
- id: alfa-supplies-beta
  subject: alfa
  predicate: SUPPLIES
  object: beta
  status: confirmed
  as_of: 2026-09
  sources: [page]

# what Gamma does
- {id: gamma-supplies-beta, subject: gamma, predicate: SUPPLIES, object: beta, status: reported, as_of: 2026-09, sources: [page]}
conflicts: []
"""  # noqa: E501
TIE = ("--subject", "阿尔法", "--predicate", "PARTNERS_WITH", "--object", "Gamma", "--status", "confirmed")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "facts.yaml").write_text(FILE, encoding="utf-8")
    (tmp_path / "about.yaml").write_text("reviewed: 2026-11-24\nlicence: CC-BY-4.0\n", encoding="utf-8")
    return tmp_path


def add(folder: Path, *words: str) -> tuple[int, str, str]:
    done = chinaai("add", "fact", "--seeds", str(folder), *words)
    return done.returncode, done.stdout, done.stderr


def test_a_block_is_put_in_place_and_the_rest_stays(folder: Path) -> None:
    page = ("--source", "https://example.org/page/", "--valid-from", "2026-03", "--scope", "cars: China only")
    status, out, err = add(folder, *TIE, *page)
    assert (status, err) == (0, "")
    # Behind the other fact of Alfa, before the comment that belongs to Gamma.
    assert out == "added alfa-partners-with-gamma at facts.yaml:21; 'chinaai build' loads it\n"
    block = (
        "- id: alfa-partners-with-gamma\n  subject: alfa\n  predicate: PARTNERS_WITH\n  object: gamma\n"
        '  status: confirmed\n  valid_from: 2026-03\n  scope: "cars: China only"\n  sources: [page]\n'
    )
    before, after = FILE.split("\n\n# what Gamma does")
    assert (folder / "facts.yaml").read_text("utf-8") == f"{before}\n{block}\n# what Gamma does{after}"
    seeds = read_seeds(folder)
    assert check_seeds(seeds) == [] and len(seeds.facts) == 3


def test_a_new_page_stands_beside_its_fact(folder: Path) -> None:
    new = (
        "--source",
        "https://example.org/new",
        "--publisher",
        "New Paper",
        "--published",
        "2026-11-02",
        "--kind",
        "news",
    )
    assert add(folder, *TIE, "--announced", "2026-11-01", *new)[0] == 0
    seeds = read_seeds(folder)
    assert check_seeds(seeds) == []
    (page,) = [placed.item for placed in seeds.sources if placed.item.publisher == "New Paper"]
    assert (page.url, str(page.published), page.kind) == ("https://example.org/new", "2026-11-02", "news")
    (fact,) = [placed.item for placed in seeds.facts if placed.item.id == "alfa-partners-with-gamma"]
    assert fact.sources == [page.id]


def test_a_doubt_is_told_at_once(folder: Path) -> None:
    status, _, err = add(folder, *TIE, "--announced", "2026-09-01", "--source", "page")
    assert (status, "BEGINNING" in err, "beginning: unknown" in err) == (0, True, True)


def test_a_figure(folder: Path) -> None:
    words = ("--subject", "Beta", "--metric", "revenue", "--value", "4.8e9", "--unit", "CNY", "--status", "reported")
    status, out, _ = add(folder, *words, "--as-of", "2025", "--source", "page", "--dry-run")
    assert (status, "- id: beta-revenue-2025\n" in out, "  value: 4800000000\n" in out) == (0, True, True)
    assert (folder / "facts.yaml").read_text("utf-8") == FILE


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--subject", "Alfaa", *TIE[2:], "--source", "page"), "unknown subject 'Alfaa'; did you mean alfa"),
        ((*TIE[:3], "PARTNERS_WIT", *TIE[4:], "--source", "page"), "'PARTNERS_WIT'; did you mean PARTNERS_WITH"),
        ((*TIE[:6], "--source", "page"), "--status is missing"),
        (TIE, "--source is missing"),
        ((*TIE, "--source", "pge"), "there is no source 'pge'"),
        ((*TIE, "--source", "https://example.org/x"), "--publisher is missing"),
        ((*TIE, "--announced", "2026-13", "--source", "page"), "'2026-13' is not a date; write 2025"),
        ((*TIE[:7], "sure", "--source", "page"), "'sure' is not allowed"),
        ((*TIE, "--percent", "50", "--source", "page"), "PARTNERS_WITH takes no 'percent'"),
        ((*TIE, "--source", "page", "--id", "alfa-supplies-beta"), "fact id 'alfa-supplies-beta' stands twice"),
        ((*TIE, "--source", "page", "--file", "no.yaml"), "there is no file 'no.yaml'"),
        ((*TIE[:2], "--predicate", "SUPPLIES", "--object", "Beta", *TIE[6:], "--source", "page"),
         "'alfa-supplies-beta' says the same"),
    ],
)  # fmt: skip
def test_what_does_not_pass_is_refused_in_words_and_writes_nothing(
    folder: Path, words: tuple[str, ...], told: str
) -> None:
    status, out, err = add(folder, *words)
    assert (status, out, told in err) == (1, "", True), err
    assert (folder / "facts.yaml").read_text("utf-8") == FILE
    assert sorted(path.name for path in folder.iterdir()) == ["about.yaml", "facts.yaml"]


def test_a_machine_gets_one_object(folder: Path) -> None:
    done = chinaai("add", "fact", "--json", "--seeds", str(folder), *TIE, "--valid-from", "2026", "--source", "page")
    assert json.loads(done.stdout) == {
        "fact": "alfa-partners-with-gamma", "file": "facts.yaml", "line": 21, "written": True, "doubts": [],
    }  # fmt: skip


def test_a_dry_run_gives_a_machine_one_object_too(folder: Path) -> None:
    words = ("--dry-run", "--json", *TIE, "--announced", "2026-09-01", "--source", "page")
    told = json.loads(chinaai("add", "fact", "--seeds", str(folder), *words).stdout)
    assert (told["fact"], told["line"], told["written"]) == ("alfa-partners-with-gamma", 21, False)
    assert told["block"].startswith("- id: alfa-partners-with-gamma\n") and told["doubts"][0].startswith(
        "facts.yaml BEGINNING"
    )
    assert (folder / "facts.yaml").read_text("utf-8") == FILE


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((*TIE[:2], "--predicate", "LISTED_ON", *TIE[4:]), "--object EDGE-END LISTED_ON can't have the Company"),
        ((*TIE[:7], "confirmd"), "--status VALUE status: 'confirmd' is not allowed"),
        ((*TIE, "--announced", "2025-02-30"), "--announced DATE announced: 2025-02 has the days 01 to 28"),
        ((*TIE, "--percent", "50"), "--percent QUALIFIER PARTNERS_WITH takes no 'percent'"),
        ((*TIE, "--percent", "150"), "--percent VALUE "),
        ((*TIE, "--value", "5"), "--value "),
        ((*TIE, "--beginning", "soon"), "--beginning VALUE "),
        ((*TIE, "--id", "alfa-supplies-beta"), "--id DUPLICATE-ID fact id 'alfa-supplies-beta' stands twice"),
        ((*TIE[:2], "--metric", "revenue", "--value", "5", "--unit", "cars", *TIE[6:]), "--unit UNIT metric revenue"),
        ((*TIE[:2], "--metric", "revenue", "--value", "5", "--unit", "USD", "--role", "x", *TIE[6:]), "--role "),
        ((*TIE[:2], "--metric", "revenue", "--text", "much", *TIE[6:]), "--metric VALUE metric revenue takes 'value'"),
        ((*TIE, "--valid-from", "2026", "--valid-to", "2025"), "--valid-from DATE-ORDER fact"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("dry", [(), ("--dry-run",)])
def test_a_dry_run_checks_as_writing_does_and_names_the_option(
    folder: Path, words: tuple[str, ...], told: str, dry: tuple[str, ...]
) -> None:
    status, out, err = add(folder, *words, "--source", "page", *dry)
    assert (status, out, err.startswith(told)) == (1, "", True), err
    assert "facts.yaml:2" not in err
    assert (folder / "facts.yaml").read_text("utf-8") == FILE


def test_a_fault_of_a_new_page_names_its_option(folder: Path) -> None:
    page = ("--source", "https://example.org/new", "--publisher", "New Paper", "--published")
    told = add(folder, *TIE, *page, "in May", "--kind", "paper")[2]
    assert "--published DATE published: 'in May' is not a date" in told and "--kind VALUE kind: 'paper'" in told
    assert "--id" not in told
    told = add(folder, *TIE, "--source", "https://example .org/new", *page[2:], "2026", "--kind", "news")[2]
    assert "--source " in told and "facts.yaml" not in told


def test_a_new_file_is_made_with_the_same_checks(folder: Path) -> None:
    page = ("--source", "https://example.org/new", "--publisher", "New", "--kind", "news")
    new = ("--file", "facts-new-topic.yaml", *page)
    wrong = add(folder, *TIE, *new, "--percent", "50")
    assert wrong[0] == 1 and not (folder / "facts-new-topic.yaml").exists()
    assert add(folder, *TIE, *new, "--valid-from", "2026", "--dry-run")[0] == 0
    assert not (folder / "facts-new-topic.yaml").exists()
    status, out, err = add(folder, *TIE, *new, "--valid-from", "2026")
    assert (status, "at facts-new-topic.yaml:8;" in out, "under `floors` in about.yaml" in err) == (0, True, True), err
    assert (folder / "facts-new-topic.yaml").read_text("utf-8").startswith("sources:\n- id: new\n")
    seeds = read_seeds(folder)
    assert check_seeds(seeds) == [] and len(seeds.facts) == 3


@pytest.mark.parametrize("name", ["new.yaml", "facts-a.yml", "../facts-a.yaml", "sub/facts-a.yaml", "facts-A b.yaml"])
def test_other_names_make_no_file(folder: Path, name: str) -> None:
    status, _, err = add(folder, *TIE, "--source", "page", "--file", name)
    assert (status, "or a new one named facts-TOPIC.yaml" in err) == (1, True), err
    assert sorted(path.name for path in folder.iterdir()) == ["about.yaml", "facts.yaml"]
