"""The grading of what should be found: patterns, grades, quarters, and that the list can be read."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from chinaai import KnowledgeGraph
from chinaai.graph.store import Store


@pytest.fixture(scope="module")
def coverage() -> ModuleType:
    path = Path(__file__).resolve().parents[2] / "benchmarks" / "coverage.py"
    spec = importlib.util.spec_from_file_location("coverage_of_the_graph", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def graded(coverage: ModuleType, *texts: str) -> tuple[str, list[list[str]]]:
    rows = [
        coverage.Row("alfa", "PARTNERS_WITH", "beta", "f1", ("2025-02-13",)),
        coverage.Row("alfa", "SUPPLIES", "gamma", "f2", ("2024",)),
        coverage.Row("beta", "revenue", None, "f3", ("2025-Q3",)),
        coverage.Row("node", "i.law", None, "i.law"),
    ]
    (item,) = coverage.grade(rows, [{"id": "X", "area": "a", "date": "2026-04", "rows": list(texts)}])
    assert item.quarter == "2026Q2"
    return item.grade, list(item.found.values())


@pytest.mark.parametrize(
    ("texts", "grade", "found"),
    [
        (("beta PARTNERS_WITH alfa",), "present", [["f1"]]),  # it has no direction
        (("gamma SUPPLIES alfa",), "missing", [[]]),  # this has one
        (("alfa SUPPLIES|PARTNERS_WITH *",), "present", [["f1", "f2"]]),
        (("alfa PARTNERS_WITH beta 2025-02",), "present", [["f1"]]),
        (("alfa PARTNERS_WITH beta 2026",), "missing", [[]]),
        (("beta revenue 2024|2025-Q3", "node i.law", "beta users"), "part", [["f3"], ["i.law"], []]),
        (("node i.other|i.l*",), "present", [["i.law"]]),
    ],
)
def test_a_row_is_found_and_named(
    coverage: ModuleType, texts: tuple[str, ...], grade: str, found: list[list[str]]
) -> None:
    assert graded(coverage, *texts) == (grade, found)


@pytest.mark.parametrize("text", ["alfa KNOWS beta", "alfa", "alfa revenues"])
def test_a_row_that_nothing_could_meet_is_refused(coverage: ModuleType, text: str) -> None:
    with pytest.raises(ValueError, match=r"there is no relation or metric|write 'subject RELATION object'"):
        graded(coverage, text)


def test_the_list_is_graded_over_the_shipped_graph(coverage: ModuleType, embedded_shipped: Store) -> None:
    expected = coverage.read_list()
    assert len({one["id"] for one in expected}) == len(expected) >= 95
    items = coverage.grade(coverage.rows_of(KnowledgeGraph(embedded_shipped)), expected)
    by_id = {item.id: item for item in items}
    assert by_id["P03"].found["apple PARTNERS_WITH alibaba"] == ["apple-with-alibaba"]
    assert by_id["L07"].grade == by_id["R09"].grade == by_id["H02"].grade == "present"
    assert sum(item.grade == "present" for item in items) >= 0.6 * len(items)
    page = coverage.page({"before": items, "now": items})
    assert page.count("| all | ") == 2 and "| before: present |" in page
