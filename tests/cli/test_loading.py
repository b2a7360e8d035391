"""`chinaai build` on a copy of the curated seeds: again, edited, with a fact less; both engines."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from faults.running import chinaai
from places import Place

pytestmark = pytest.mark.slow

SEEDS = Path(__file__).parents[2] / "seeds"
KEYS = ["added", "changed", "closed", "unchanged"]


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """The curated facts without the market-entry rules and the register, which take longer."""
    return Path(shutil.copytree(SEEDS, tmp_path / "seeds", ignore=shutil.ignore_patterns("entry", "registers")))


def edit(folder: Path, pattern: str, new: str) -> None:
    """Replace the one place in all files where the pattern stands."""
    hits = [path for path in folder.glob("*.yaml") if re.search(pattern, path.read_text(encoding="utf-8"))]
    assert len(hits) == 1
    text, number = re.subn(pattern, new, hits[0].read_text(encoding="utf-8"))
    assert number == 1
    hits[0].write_text(text, encoding="utf-8")


def build(place: Place, seeds: Path, *options: str) -> dict[str, int]:
    done = chinaai("build", "--seeds", str(seeds), "--json", *options, **place.variables)
    assert (done.returncode, done.stderr) == (0, "")
    counts: dict[str, int] = json.loads(done.stdout)
    assert list(counts) == KEYS
    return counts


def status(place: Place) -> dict[str, object]:
    found: dict[str, object] = json.loads(chinaai("status", "--json", **place.variables).stdout)
    return found


def partners(place: Place, company: str) -> subprocess.CompletedProcess[str]:
    return chinaai("ask", "partnerships", "--company", company, "--as-of", "2025-12-31", "--json", **place.variables)


def test_again_edited_and_with_a_fact_less(place: Place, seeds: Path) -> None:
    first = build(place, seeds)
    whole = first["added"]
    assert whole > 2500 and first == {"added": whole, "changed": 0, "closed": 0, "unchanged": 0}
    before = status(place)
    nothing = {"added": 0, "changed": 0, "closed": 0, "unchanged": whole}
    assert build(place, seeds) == nothing
    assert build(place, seeds, "--full") == nothing
    assert status(place) == before
    assert int(str(before["nodes"])) + int(str(before["relationships"])) == whole

    edit(seeds, r"scope: iPhones sold in mainland China\n", "scope: phones sold in mainland China\n")
    one = {"added": 0, "changed": 1, "closed": 0, "unchanged": whole - 1}
    assert build(place, seeds, "--dry-run") == one
    assert status(place) == before
    assert build(place, seeds) == one
    assert '"scope": "phones sold in mainland China"' in partners(place, "Apple").stdout
    assert build(place, seeds) == nothing

    assert '"baidu"' in partners(place, "Samsung").stdout
    edit(seeds, r"(?s)- id: samsung-with-baidu\n.*?\n(?=- id: )", "")
    assert build(place, seeds) == {"added": 0, "changed": 0, "closed": 1, "unchanged": whole - 1}
    after = status(place)
    assert (after["closed"], after["nodes"], after["relationships"]) == (
        1, before["nodes"], before["relationships"],
    )  # fmt: skip
    with place.open() as store:
        (row,) = store.read(
            "MATCH (:ChinaAI)-[r:PARTNERS_WITH {fact_id: 'samsung-with-baidu'}]->(:ChinaAI) "
            "RETURN r.status AS status, r.retired AS retired, r.valid_to AS valid_to"
        )
    today = date.today()
    assert row == {"status": "ended", "retired": today, "valid_to": today}
    assert '"baidu"' not in partners(place, "Samsung").stdout
    assert build(place, seeds)["closed"] == 0


def test_every_load_ends_with_the_four_numbers(place: Place, seeds: Path) -> None:
    done = chinaai("build", "--seeds", str(seeds), **place.variables)
    assert re.fullmatch(r"in all: \d+ added, 0 changed, 0 closed, 0 unchanged  \((embedded|neo4j), .*\)\n", done.stdout)


def test_a_plan_that_closes_an_unusual_share_asks_for_a_word(place: Place, seeds: Path, tmp_path: Path) -> None:
    whole = build(place, seeds)["added"]
    small = Path(__file__).parents[1] / "data" / "small"
    done = chinaai("build", "--seeds", str(small), **place.variables)
    assert (done.returncode, done.stdout) == (1, "")
    sentence = rf"chinaai: the load would close {whole} of {whole} elements \(seeds\); if this is meant, .*\n"
    assert re.fullmatch(sentence, done.stderr)
    assert build(place, small, "--allow-removals")["closed"] == whole
