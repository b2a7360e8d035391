"""Three windows of what changed, against the curated files read in the plainest way: PyYAML, texts and the calendar."""

from __future__ import annotations

import calendar
import csv
import re
from collections import Counter
from datetime import date
from functools import cache
from typing import Any

import pytest
import yaml
from chinaai.face import KnowledgeGraph
from chinaai.loaders.base import SEEDS
from chinaai.queries.params import QueryError

WINDOWS = [("2025-02-10", "2025-02-28"), ("2025-12-01", "2025-12-31"), ("2026-06-01", "2026-08-31")]
#: Relations that a fact may have and that are no change of anything: structure, order and membership.
SILENT = {"BASED_IN", "PART_OF", "IN_FAMILY", "LICENSED_UNDER", "BENEFITED_FROM", "ISSUED_BY", "AUTHORITY_OF",
          "REGULATES", "REQUIRES_PARTNER", "HAS_AUTHORITY_IN"}  # fmt: skip


@cache
def blocks(pattern: str, section: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for path in sorted(SEEDS.glob(pattern)):
        document = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
        found += document.get(section) or []
    return found


def span(day: str) -> tuple[date, date]:
    """First and last day of 2025, 2025-H1, 2025-Q3, 2025-02 or 2025-02-13."""
    year, _, rest = day.partition("-")
    if not rest:
        return date(int(year), 1, 1), date(int(year), 12, 31)
    if len(rest) == 5:
        return date.fromisoformat(day), date.fromisoformat(day)
    size = {"H": 6, "Q": 3}.get(rest[0], 1)
    last = int(rest.lstrip("HQ")) * size
    return date(int(year), last - size + 1, 1), date(int(year), last, calendar.monthrange(int(year), last)[1])


def told(fact: dict[str, Any]) -> list[tuple[str, str]]:
    """What happened to a fact, and on which written day."""
    since, announced = fact.get("valid_from"), fact.get("announced")
    if fact["status"] == "denied":
        return [("denied", day) for day in [fact.get("as_of") or announced or since] if day]
    days = [("began", since), ("announced", announced), ("ended", fact.get("valid_to"))]
    days += [("seen", fact.get("as_of"))] if not since and not announced else []
    return [(what, day) for what, day in days if day]


def inside(days: list[tuple[str, str]], start: str, end: str) -> set[tuple[str, str]]:
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    return {(what, day) for what, day in days if first <= span(day)[0] and span(day)[1] <= last}


@pytest.mark.parametrize(("start", "end"), WINDOWS)
def test_facts_between_two_companies_models_and_lists(kg: KnowledgeGraph, start: str, end: str) -> None:
    facts = {f["id"]: f for f in blocks("*.yaml", "facts") if f.get("predicate") and not f.get("reading_of")}
    expected = {
        (key, what, day)
        for key, fact in facts.items()
        if fact["predicate"] not in SILENT
        for what, day in inside(told(fact), start, end)
    }
    rows = kg.run("changes", start=start, end=end)
    # A listing that a loaded control list tells too stands in its row, among the others.
    found = {(one, r.what, r.day) for r in rows if r.inside for one in (r.fact_id, *r.others) if one in facts}
    assert found == expected
    assert len(expected) > 5


def instruments() -> list[dict[str, Any]]:
    """Law that stands among the entities of the facts."""
    return [item for item in blocks("*.yaml", "entities") if item["type"] == "Instrument"]


@pytest.mark.parametrize(("start", "end"), WINDOWS)
def test_law(kg: KnowledgeGraph, start: str, end: str) -> None:
    names = (("in force", "effective"), ("promulgated", "promulgated"), ("repealed", "repealed"))
    expected = {  # nobody promulgates a draft
        (item["id"], "drafted" if (item.get("status"), what) == ("draft", "promulgated") else what, day)
        for item in (*blocks("entry/*.yaml", "instruments"), *instruments())
        for what, day in inside([(what, item[key]) for what, key in names if item.get(key)], start, end)
    }
    rows = kg.run("changes", start=start, end=end, kind="law")
    assert {(row.subject_id, row.what, row.day) for row in rows if row.inside} == expected
    assert expected


@pytest.mark.parametrize(("start", "end"), [*WINDOWS, ("2024-04-01", "2024-12-31"), ("2025-03-05", "2025-06-20")])
def test_the_register(kg: KnowledgeGraph, start: str, end: str) -> None:
    """Days as the table prints them: 2023/8/31; where it prints a heading again instead, there is none."""
    printed = [re.findall(r"\d+", row["date"]) for row in table("cac-genai-filings.tsv")]
    days = [date(*map(int, parts)).isoformat() for parts in printed if len(parts) == 3]
    found = kg.run("changes", start=start, end=end, kind="filing")
    assert {row.what for row in found} <= {"listed"}
    assert Counter(row.day for row in found) == Counter(day for day in days if start <= day <= end)


def table(name: str) -> list[dict[str, str]]:
    with (SEEDS / "registers" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize(
    ("written", "start", "end"), [("2026-06", "2026-06-01", "2026-06-30"), ("2025-Q4", "2025-10-01", "2025-12-31")]
)
def test_a_month_as_a_window_is_all_of_it(kg: KnowledgeGraph, written: str, start: str, end: str) -> None:
    rows = kg.run("changes", start=written, end=written)
    assert rows and rows.to_dicts() == kg.run("changes", start=start, end=end).to_dicts()


def test_a_window_that_ends_before_it_begins_is_refused(kg: KnowledgeGraph) -> None:
    with pytest.raises(QueryError, match="the window ends before it begins: 2026-06-01 to 2026-05-31; swap"):
        kg.run("changes", start="2026-06", end="2026-05")
    with pytest.raises(QueryError, match="'start' and 'end' are the same: apple; name two things"):
        kg.path("苹果", "AAPL")
