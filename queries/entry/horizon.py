"""Law ahead as a case meets it: what comes before its launch, what may, what is only a draft."""

from __future__ import annotations

from datetime import date, timedelta

from ...graph.entry.outlook import Case, Outlook
from ...graph.entry.rules import Rules
from .plans import PlanTeller
from .rows import AheadRow
from .told import curated


def horizon(rules: Rules, case: Case, found: Outlook, teller: PlanTeller) -> list[AheadRow]:
    """Items that touch the case or may: by date, those without one last; what is long in force is left out."""
    if not found.options:
        return []
    first = found.options[0]
    values = first.plan.values
    window = first.timing.window
    marks = [case.start + timedelta(days=days) for days in (window.p50, window.p90)]
    rows = []
    for item in rules.graph.ahead.values():
        day = item.day.first if item.day else None
        if day is not None and day <= case.start and item.status in ("in-force", "adopted"):
            continue
        touches = rules.truth(item.when, values, max(case.start, day or case.start))
        if touches is False:
            continue
        depends = [] if touches else rules.domain.depends_on(item.when, {**values, "day": str(day or case.start)})
        rows.append(
            AheadRow.like(
                item, day=str(item.day) if item.day else None, touches="yes" if touches else "depends",
                depends=depends, before=_before(day, case.start, marks),
                instrument=curated(rules.graph.instruments[item.instrument]) if item.instrument else None,
                sources=teller.teller.sources(item.sources),
            )
        )  # fmt: skip
    return sorted(rows, key=lambda row: (row.day is None, row.day or "", row.id))


def _before(day: date | None, start: date, marks: list[date]) -> str:
    if day is None:
        return "undated"
    if day <= start:
        return "start"
    return "p50" if day <= marks[0] else "p90" if day <= marks[1] else "later"
