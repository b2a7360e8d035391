"""`chinaai build` on a copy of the curated seeds: again, edited, with a fact less; both engines."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from chinaai.loaders.curated.read import REGISTER_COMPANIES, read_seeds
from faults.running import chinaai
from places import Place

pytestmark = pytest.mark.slow

SEEDS = Path(__file__).parents[2] / "seeds"
SMALL = Path(__file__).parents[1] / "data" / "small"
#: Elements of the small folder.
WHOLE = 16
KEYS = ["added", "changed", "closed", "unchanged"]


@pytest.fixture
def curated(tmp_path: Path) -> Path:
    """The curated facts without the market-entry rules and the register, which take longer."""
    folder = Path(shutil.copytree(SEEDS, tmp_path / "curated", ignore=shutil.ignore_patterns("entry", "registers")))
    # A fact may be about a company that only the register's file of owners holds.
    owners = [one.block.value for one in read_seeds(SEEDS).entities if one.block.file == REGISTER_COMPANIES]
    (folder / "owners.yaml").write_text(json.dumps({"entities": owners}), encoding="utf-8")
    return folder


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """A small folder of seeds to edit."""
    return Path(shutil.copytree(SMALL, tmp_path / "seeds"))


def edit(folder: Path, pattern: str, new: str) -> None:
    """Replace the one place where the pattern stands."""
    path = folder / "all.yaml"
    text, number = re.subn(pattern, new, path.read_text(encoding="utf-8"))
    assert number == 1
    path.write_text(text, encoding="utf-8")


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


def test_the_curated_facts_again(place: Place, curated: Path) -> None:
    first = build(place, curated)
    whole = first["added"]
    assert whole > 2500 and first == {"added": whole, "changed": 0, "closed": 0, "unchanged": 0}
    before = status(place)
    nothing = {"added": 0, "changed": 0, "closed": 0, "unchanged": whole}
    assert build(place, curated) == nothing
    assert build(place, curated, "--full") == nothing
    assert status(place) == before
    assert int(str(before["nodes"])) + int(str(before["relationships"])) == whole


def test_edited_and_with_a_fact_less(place: Place, seeds: Path) -> None:
    first = build(place, seeds)
    assert first == {"added": WHOLE, "changed": 0, "closed": 0, "unchanged": 0}
    before = status(place)
    nothing = {"added": 0, "changed": 0, "closed": 0, "unchanged": WHOLE}
    assert int(str(before["nodes"])) + int(str(before["relationships"])) == WHOLE

    edit(seeds, r"  announced: 2025-02-13\n", "  announced: 2025-02-14\n")
    one = {"added": 0, "changed": 1, "closed": 0, "unchanged": WHOLE - 1}
    assert build(place, seeds, "--dry-run") == one
    assert status(place) == before
    assert build(place, seeds) == one
    assert '"announced": "2025-02-14"' in partners(place, "Alpha Inc.").stdout
    assert build(place, seeds) == nothing

    assert '"beta"' in partners(place, "Alpha Inc.").stdout
    edit(seeds, r"(?s)- id: alpha-beta\n.*?\n(?=- id: )", "")
    days = {date.today()}
    assert build(place, seeds) == {"added": 0, "changed": 0, "closed": 1, "unchanged": WHOLE - 1}
    days.add(date.today())
    after = status(place)
    assert (after["closed"], after["nodes"], after["relationships"]) == (
        1, before["nodes"], before["relationships"],
    )  # fmt: skip
    with place.open() as store:
        (row,) = store.read(
            "MATCH (:ChinaAI)-[r:PARTNERS_WITH {fact_id: 'alpha-beta'}]->(:ChinaAI) "
            "RETURN r.status AS status, r.retired AS retired, r.valid_to AS valid_to"
        )
    assert row == {"status": "ended", "retired": row["valid_to"], "valid_to": row["retired"]} and row["retired"] in days
    assert '"beta"' not in partners(place, "Alpha Inc.").stdout
    assert build(place, seeds)["closed"] == 0


def test_every_load_ends_with_the_four_numbers(place: Place, seeds: Path) -> None:
    done = chinaai("build", "--seeds", str(seeds), **place.variables)
    assert re.fullmatch(r"in all: \d+ added, 0 changed, 0 closed, 0 unchanged  \((embedded|neo4j), .*\)\n", done.stdout)


def test_a_plan_that_closes_an_unusual_share_asks_for_a_word(place: Place, seeds: Path) -> None:
    more = "".join(f"- {{id: made-{number}, type: Company, name: Made {number}}}\n" for number in range(24))
    edit(seeds, r"entities:\n", f"entities:\n{more}")
    whole = build(place, seeds)["added"]
    assert whole == WHOLE + 24
    (seeds / "all.yaml").write_bytes((SMALL / "all.yaml").read_bytes())
    done = chinaai("build", "--seeds", str(seeds), **place.variables)
    assert (done.returncode, done.stdout) == (1, "")
    sentence = rf"chinaai: the load would close 24 of {whole} elements \(seeds\); if this is meant, .*\n"
    assert re.fullmatch(sentence, done.stderr)
    assert build(place, seeds, "--allow-removals")["closed"] == 24
