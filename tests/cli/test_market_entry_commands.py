"""The market-entry commands as a user runs them, on both engines."""

from __future__ import annotations

import csv
import io
import json

from faults.running import chinaai

DAY = ("--as-of", "2026-11-24")


def test_paths_as_json(shipped_at: dict[str, str]) -> None:
    run = chinaai("paths", "苹果", "手机助手", *DAY, "--limit", "2", "--json", **shipped_at)
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


def test_paths_as_text(shipped_at: dict[str, str]) -> None:
    run = chinaai("paths", "OpenAI", "chatbot", *DAY, "--limit", "1", **shipped_at)
    assert run.returncode == 0, run.stderr
    assert "acts as offshore (provider from abroad): OpenAI has its seat in US" in run.stdout
    assert "No direct offshore public service 境外直接面向公众服务受限 · Interim Measures" in run.stdout
    assert "14 paths found, 1 shown (--limit 0 shows all), fastest first" in run.stdout
    assert run.stdout.count("not legal advice") == 1
    full = chinaai("paths", "Apple", "phone-assistant", *DAY, "--limit", "1", "--explain", **shipped_at)
    assert "law: Announcements of filed and registered generative AI services (since 2025)" in full.stdout
    assert "was i.gai 17" in full.stdout
    assert "gap, no-legal-basis:" in full.stdout


def test_one_path_as_a_mermaid_drawing(shipped_at: dict[str, str]) -> None:
    run = chinaai("paths", "Apple", "phone-assistant", *DAY, "--mermaid", **shipped_at)
    assert run.returncode == 0, run.stderr
    lines = [line.strip() for line in run.stdout.splitlines()]
    assert lines[0] == "flowchart LR"
    assert "n_r_entity ==> n_r_gai_reg" in lines and "n_r_gai_reg ==> n_r_display_no" in lines
    assert "n_r_modelpartner --> n_r_content_safety" in lines  # practical order of the route
    assert 'goal(["Phone assistant on the device<br/>181 / 243 / 427+ days"])' in lines
    assert sum(line.startswith("n_") and "[" in line for line in lines) == 12  # the twelve steps


def test_partners_as_csv_and_a_comparison(shipped_at: dict[str, str]) -> None:
    run = chinaai("partners", "Tesla", "adas", *DAY, "--csv", **shipped_at)
    (row,) = csv.DictReader(io.StringIO(run.stdout))
    assert (row["requirement"], row["company_id"]) == ("r.map-partner", "baidu")
    assert "c.tesla-fsd/satisfies/r.map-partner/baidu" in row["reasons"] and "yicaiglobal.com" in row["sources"]
    rows = json.loads(chinaai("partners", "Microsoft", "cloud", *DAY, "--json", **shipped_at).stdout)
    assert rows[0]["company"]["id"] == "21vianet" and rows[0]["sources"] and rows[0]["confidence"]
    both = json.loads(chinaai("compare", "Apple", "phone-assistant", "in-car", *DAY, "--json", **shipped_at).stdout)
    assert both["right_only"] == ["r.auto-data", "r.auto-xb", "r.veh-access"]


def test_mistakes_are_told_in_one_sentence(shipped_at: dict[str, str]) -> None:
    run = chinaai("paths", "Aple", "phone-assistant", **shipped_at)
    assert (run.returncode, run.stdout) == (1, "")
    assert "unknown Company 'Aple'; did you mean apple (Company: Apple Inc.)" in run.stderr
    run = chinaai("paths", "Apple", "phone-assistant", "--mermaid", "--rank", "99", **shipped_at)
    assert run.returncode == 2 and "there are 21 paths" in run.stderr
