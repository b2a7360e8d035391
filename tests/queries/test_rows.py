"""Rows stay rows when they are cut, joined and copied; in frames, a date as text has its day beside it."""

from __future__ import annotations

from datetime import date

import polars
import pytest
from chinaai import KnowledgeGraph
from chinaai.graph.store import Store
from chinaai.queries.answers import Rows


@pytest.mark.parametrize(
    ("question", "params"),
    [
        ("foreign-chinese-partnerships", {"as_of": "2025-06-01"}),
        ("observations", {"entity": "hstech"}),
        ("changes", {"start": "2025-01-01", "end": "2025-02-28"}),
    ],
)
def test_a_part_of_rows_is_rows(embedded_shipped: Store, question: str, params: dict[str, str]) -> None:
    rows = KnowledgeGraph(embedded_shipped).run(question, **params)
    assert len(rows) > 2
    for part, length in (
        (rows[:2], 2),
        (rows[::-1], len(rows)),
        (rows[:1] + rows[1:], len(rows)),
        (rows.copy(), len(rows)),
        (rows[1:-1:2] + rows[:1], len(rows[1:-1:2]) + 1),
    ):
        assert isinstance(part, Rows) and part.columns == rows.columns
        assert len(part.to_pandas()) == len(part) == length
    assert rows[0] == rows[-len(rows)]


def test_rows_can_be_set_against_each_other(embedded_shipped: Store) -> None:
    kg = KnowledgeGraph(embedded_shipped)
    before, after = (kg.partnerships("Apple", as_of=day) for day in ("2025-02-12", "2025-03-01"))
    assert {row.partner_id for row in {*after} - {*before}} == {"alibaba"}
    assert len({*after, *kg.partnerships("苹果", as_of="2025-03-01")}) == len(after)


def test_days_stand_beside_dates_of_any_precision(embedded_shipped: Store) -> None:
    rows = KnowledgeGraph(embedded_shipped).foreign_chinese_partnerships(as_of="2025-06-01")
    frame, other = rows.to_pandas(), rows.to_polars()
    assert str(frame["announced_day"].dtype).startswith("datetime64") and other["announced_day"].dtype == polars.Date
    for place, row in enumerate(rows):
        whole = row.announced is not None and len(row.announced) == 10
        assert other["announced_day"][place] == (date.fromisoformat(str(row.announced)) if whole else None)
        assert frame["announced_day"].notna()[place] == whole
    assert frame["announced_day"].notna().any() and frame["announced_day"].isna().any()


def test_no_rows_make_a_frame(embedded_shipped: Store) -> None:
    rows = KnowledgeGraph(embedded_shipped).partnerships("Canalys")
    assert len(rows.to_pandas()) == 0 and "announced_day" in rows.to_pandas().columns and len(rows.to_polars()) == 0
