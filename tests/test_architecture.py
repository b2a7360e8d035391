"""Who may import whom, and how long a file may be."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
#: What each folder may import of the others; the command line and the face stand above all.
MAY = {
    "graph": {"graph"},
    "loaders": {"graph", "loaders"},
    "queries": {"graph", "queries"},
    "view": {"graph", "view"},
    "versions": {"graph", "loaders", "versions"},
    "bundles": {"bundles", "graph", "queries"},
}
LONGEST = 400


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """First folder of everything of this package that a file imports, at its top or anywhere in it."""
    inside = path.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = inside[: len(inside) - node.level + 1]
            parts = [*base, *(node.module or "").split(".")] if node.module else list(base)
            yield from ((name, node.lineno) for name in _first(parts, node))
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "chinaai":
            yield from ((name, node.lineno) for name in _first((node.module or "").split(".")[1:], node))
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.split(".")[0] == "chinaai":
                    yield [*alias.name.split("."), ""][1], node.lineno


def _first(parts: list[str], node: ast.ImportFrom) -> list[str]:
    return [parts[0]] if parts else [alias.name for alias in node.names]


@pytest.mark.parametrize("folder", MAY)
def test_data_goes_down_the_line_and_never_back_up(folder: str) -> None:
    files = list((ROOT / folder).rglob("*.py"))
    assert files
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in files
        for name, line in imports(path)
        if name not in MAY[folder] | {"__version__"}
    ]
    assert wrong == []


def test_the_reading_of_imports_is_not_blind() -> None:
    found = {name for path in (ROOT / "cli").rglob("*.py") for name, _ in imports(path)}
    assert {"graph", "loaders", "queries", "face", "cli"} <= found
    assert {"graph", "queries", "view"} <= {name for name, _ in imports(ROOT / "face.py")}


def test_files_fit_a_reader() -> None:
    """Code; a generated page, a data file or a table of expected rows may be longer."""
    folders = [*MAY, "cli", "benchmarks"]
    files = [path for folder in folders for path in (ROOT / folder).rglob("*.py")] + list(ROOT.glob("*.py"))
    lengths = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    assert {name: n for name, n in lengths.items() if n > LONGEST} == {}


def test_the_methods_of_the_questions_are_shown_to_editors() -> None:
    from chinaai.cli.stub import TARGET, stub

    assert TARGET.read_text(encoding="utf-8") == stub(), "run: python -m chinaai.cli.stub"


def test_each_fault_that_the_tests_are_tried_with_fits_the_code() -> None:
    """One whose text was reworded would try nothing, and ends the run of the others."""
    for fault in yaml.safe_load((ROOT / "benchmarks" / "mutations.yaml").read_text(encoding="utf-8")):
        found = (ROOT / fault["file"]).read_text(encoding="utf-8").count(fault["old"])
        assert (found, fault["new"] != fault["old"]) == (1, True), fault["name"]
        assert all((ROOT / path).exists() for path in fault["tests"]), fault["name"]


def test_what_a_process_says_is_read_in_one_way() -> None:
    """`communicate` after a `readline` loses lines on some runs."""
    files = (ROOT / "tests").rglob("*.py")
    assert [path.name for path in files if ".comm" + "unicate(" in path.read_text(encoding="utf-8")] == []
