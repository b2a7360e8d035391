"""Rows stay rows when they are cut, joined and copied; in frames, a date as text has its day beside it."""

from __future__ import annotations

from datetime import date

import polars
from chinaai import KnowledgeGraph
from chinaai.graph.store import Store
from chinaai.queries.answers import Rows


def test_a_part_of_rows_is_rows(embedded_shipped: Store) -> None:
    rows = KnowledgeGraph(embedded_shipped).foreign_chinese_partnerships(as_of="2025-06-01")
    for part, length in (
        (rows[:2], 2),
        (rows[::-1], len(rows)),
        (rows[:1] + rows[1:], len(rows)),
        (rows.copy(), len(rows)),
    ):
        assert isinstance(part, Rows) and part.columns == rows.columns
        assert len(part.to_pandas()) == len(part) == length
    assert rows[0].fact_id == rows[-len(rows)].fact_id


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
