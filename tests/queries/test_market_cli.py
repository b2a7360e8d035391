"""The market-entry commands as a user runs them, on both engines."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from chinaai.graph.store import Store
from faults.running import chinaai, settings

DAY = ("--as-of", "2026-11-24")


@pytest.fixture(params=["embedded", "neo4j"])
def address(request: pytest.FixtureRequest) -> dict[str, str]:
    """Variables that lead a command to the shipped graph on an engine."""
    store: Store = request.getfixturevalue(f"{request.param}_shipped")
    if request.param == "neo4j":
        return settings(store.endpoint)
    return {"CHINAAI_HOME": str(Path(store.endpoint.where).parent)}


def test_paths_as_json(address: dict[str, str]) -> None:
    run = chinaai("paths", "苹果", "手机助手", *DAY, "--limit", "2", "--json", **address)
    assert run.returncode == 0, run.stderr
    answer = json.loads(run.stdout)
    assert (answer["company"]["id"], answer["service"]["id"], answer["actor"]) == ("apple", "phone-assistant", "fie")
    assert (answer["as_of"], answer["total_paths"], len(answer["paths"])) == ("2026-11-24", 21, 2)
    step = next(s for s in answer["paths"][0]["steps"] if s["requirement"]["id"] == "r.gai-reg")
    assert {"requirement", "authority", "instrument", "article", "performer", "duration", "sources", "gaps"} <= set(
        step
    )
    assert {k: step["duration"][k] for k in ("min", "typical", "max", "unit", "basis", "n")} == {
        "min": 90, "typical": None, "max": 120, "unit": "days", "basis": "observed", "n": None,
    }  # fmt: skip
    assert all({"id", "title", "publisher", "published", "url"} <= set(source) for source in step["sources"])
    assert answer["footer"].count("not legal advice") == 1


def test_paths_as_text(address: dict[str, str]) -> None:
    run = chinaai("paths", "OpenAI", "chatbot", *DAY, "--limit", "1", **address)
    assert run.returncode == 0, run.stderr
    assert "acts as offshore (provider from abroad): OpenAI has its seat in US" in run.stdout
    assert "No direct offshore public service 境外直接面向公众服务受限 · Interim Measures" in run.stdout
    assert "14 paths found, 1 shown (--limit 0 shows all), fastest first" in run.stdout
    assert run.stdout.count("not legal advice") == 1
    full = chinaai("paths", "Apple", "phone-assistant", *DAY, "--limit", "1", "--explain", **address)
    assert "law: Announcements of filed and registered generative AI services (since 2025)" in full.stdout
    assert "was i.gai 17" in full.stdout
    assert "gap, no-legal-basis:" in full.stdout


def test_one_path_as_a_mermaid_drawing(address: dict[str, str]) -> None:
    run = chinaai("paths", "Apple", "phone-assistant", *DAY, "--mermaid", **address)
    assert run.returncode == 0, run.stderr
    lines = [line.strip() for line in run.stdout.splitlines()]
    assert lines[0] == "flowchart LR"
    assert "n_r_entity ==> n_r_gai_reg" in lines and "n_r_gai_reg ==> n_r_display_no" in lines
    assert "n_r_modelpartner --> n_r_content_safety" in lines  # practical order of the route
    assert 'goal(["Phone assistant on the device<br/>181 / 243 / 427+ days"])' in lines
    assert sum(line.startswith("n_") and "[" in line for line in lines) == 12  # the twelve steps


def test_partners_as_csv_and_a_comparison(address: dict[str, str]) -> None:
    run = chinaai("partners", "Tesla", "adas", *DAY, "--csv", **address)
    (row,) = csv.DictReader(io.StringIO(run.stdout))
    assert (row["requirement"], row["company_id"]) == ("r.map-partner", "baidu")
    assert "c.tesla-fsd/satisfies/r.map-partner/baidu" in row["reasons"] and "yicaiglobal.com" in row["sources"]
    rows = json.loads(chinaai("partners", "Microsoft", "cloud", *DAY, "--json", **address).stdout)
    assert rows[0]["company"]["id"] == "21vianet" and rows[0]["sources"] and rows[0]["confidence"]
    both = json.loads(chinaai("compare", "Apple", "phone-assistant", "in-car", *DAY, "--json", **address).stdout)
    assert both["right_only"] == ["r.auto-data", "r.auto-xb", "r.veh-access"]


def test_mistakes_are_told_in_one_sentence(address: dict[str, str]) -> None:
    run = chinaai("paths", "Aple", "phone-assistant", **address)
    assert (run.returncode, run.stdout) == (1, "")
    assert "unknown Company 'Aple'; did you mean apple (Company: Apple Inc.)" in run.stderr
    run = chinaai("paths", "Apple", "phone-assistant", "--mermaid", "--rank", "99", **address)
    assert run.returncode == 2 and "there are 21 paths" in run.stderr
