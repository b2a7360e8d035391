"""A loader of somebody else: an installed package with an entry point, found and run by the command."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

DOCS = Path(__file__).parents[2] / "docs" / "own-loader.md"
METADATA = "Metadata-Version: 2.1\nName: my-package\nVersion: 1.0\n"
ENTRY = "[chinaai.loaders]\nclients = my_package:Clients\n"
ROWS = "client,provider,since\nApple,阿里巴巴,2025-02-13\nLittle Firm,Alibaba,2025-03-01\n"


def documented() -> str:
    """The class as the page shows it."""
    return re.findall(r"```python\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)[0]


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A folder on the path that holds the package as an installer leaves it."""
    folder = tmp_path / "site"
    info = folder / "my_package-1.0.dist-info"
    info.mkdir(parents=True)
    (folder / "my_package.py").write_text(documented(), encoding="utf-8")
    (info / "METADATA").write_text(METADATA, encoding="utf-8")
    (info / "entry_points.txt").write_text(ENTRY, encoding="utf-8")
    return folder


Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def command(installed: Path, shipped_copy: Path) -> Run:
    """The command in a process of its own that sees the package, on a copy of the shipped graph."""
    env = {**os.environ, "PYTHONPATH": str(installed), "CHINAAI_HOME": str(shipped_copy), "COLUMNS": "200"}

    def call(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", "from chinaai.cli.main import main; main()", *words]
        return subprocess.run(command, env=env, capture_output=True, text=True, encoding="utf-8", check=False)

    return call


def test_under_sixty_lines() -> None:
    own = [line for line in (documented() + ENTRY).splitlines() if line.strip()]
    assert len(own) < 60


def test_listed_loaded_twice_and_asked(command: Run, tmp_path: Path) -> None:
    listed = {row["name"]: row for row in json.loads(command("load", "--list", "--json").stdout)}
    assert set(listed) >= {"cac", "epoch", "hstech", "modelsdev", "clients"}
    assert listed["clients"]["reads"] == "a CSV with client, provider, since"
    assert command("build").returncode == 0
    rows = tmp_path / "rows.csv"
    rows.write_text(ROWS, encoding="utf-8")
    planned = command("load", "clients", str(rows), "--dry-run").stdout.splitlines()
    assert planned[:2] == ["join    alibaba by 'Alibaba' or '阿里巴巴'", "join    apple by 'Apple'"]
    first = command("load", "clients", str(rows), "--json")
    assert (
        "joined to 2 things that stood already: alibaba by 'Alibaba' or '阿里巴巴'; apple by 'Apple'\n" in first.stderr
    )
    # One source, one company that nobody curated, two facts.
    assert json.loads(first.stdout) == {"added": 4, "changed": 0, "closed": 0, "unchanged": 0}
    again = command("load", "clients", str(rows), "--json")
    assert json.loads(again.stdout) == {"added": 0, "changed": 0, "closed": 0, "unchanged": 4}
    assert "joined to" not in again.stderr
    ask = (
        "MATCH (a:Company)-[r:USES_SERVICE_OF]->(b:Company) WHERE r.sources = ['clients-list'] "
        "RETURN a.name, b.name, r.announced"
    )
    answer = json.loads(command("cypher", ask, "--json").stdout)
    assert sorted(tuple(row.values()) for row in answer) == [
        ("Apple Inc.", "Alibaba Group", "2025-02-13"),
        ("Little Firm", "Alibaba Group", "2025-03-01"),
    ]


def test_its_problems_are_told_like_any_other(command: Run, tmp_path: Path) -> None:
    rows = tmp_path / "rows.csv"
    rows.write_text(ROWS.replace("2025-03-01", "spring"), encoding="utf-8")
    done = command("load", "clients", str(rows))
    assert done.returncode != 0
    assert "rows.csv:3:21 DATE 'spring' is not a date; write 2025, " in done.stderr


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("raise RuntimeError('no licence')\n", "loader 'clients' can't be imported: no licence"),
        ("raise SystemExit(3)\n", "loader 'clients' can't be imported: 3"),
        ("class Clients:\n    name = 'clients'\n", "loader 'clients' has no title and no expects and no read"),
    ],
)
def test_a_broken_one_is_named_and_keeps_no_other_from_being_used(
    command: Run, installed: Path, code: str, told: str
) -> None:
    (installed / "my_package.py").write_text(code, encoding="utf-8")
    (installed / "my_package-1.0.dist-info" / "entry_points.txt").write_text(
        ENTRY + "other = not_there:Other\n", "utf-8"
    )
    listed = command("load", "--list")
    assert listed.returncode == 1 and told in listed.stderr
    assert "loader 'other' can't be imported: No module named 'not_there'" in listed.stderr
    assert "hstech" in listed.stdout
    asked = command("load", "clients", "rows.csv")
    assert asked.returncode != 0 and told in asked.stderr
    assert command("load", "cac", "--dry-run").returncode == 0
