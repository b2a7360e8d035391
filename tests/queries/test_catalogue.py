"""Every saved question is well formed, and the generated pages are up to date."""

from __future__ import annotations

from pathlib import Path

import pytest
from chinaai.cli.docs import pages
from chinaai.graph.store import Store
from chinaai.queries.api import KnowledgeGraph
from chinaai.queries.saved import QueryError, catalogue, read_query

DOCS = Path(__file__).parents[2] / "docs"
GOOD = (Path(__file__).parents[2] / "queries" / "catalogue" / "names.cypher").read_text(encoding="utf-8")


def test_examples_fix_their_day() -> None:
    """A page made from an example must not change with the calendar."""
    open_ended = {
        name for name, q in catalogue().items() if "as_of" in q.front.params and "as_of" not in q.front.example
    }
    assert open_ended == set()


def test_every_row_that_states_a_fact_carries_sources_and_confidence() -> None:
    bare = {name for name, q in catalogue().items() if not {"sources", "confidence"} <= set(q.row.model_fields)}
    assert bare == {"names"}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("// ---\n// title", "// title", "front matter is missing"),
        ("//   id: string\n", "", "columns and row model NameRow differ"),
        ("row: NameRow", "row: NoRow", "no row model 'NoRow'"),
        ("title_zh:", "title_fr:", "front matter is wrong"),
    ],
)
def test_a_broken_file_is_refused(old: str, new: str, message: str) -> None:
    assert old in GOOD
    with pytest.raises(QueryError, match=message):
        read_query("names", GOOD.replace(old, new, 1), "names.cypher")


def test_the_generated_pages_are_up_to_date(embedded_shipped: Store) -> None:
    for name, text in pages(KnowledgeGraph(embedded_shipped)).items():
        assert (DOCS / name).read_text(encoding="utf-8") == text, f"run: python -m chinaai.cli.docs ({name} is stale)"
