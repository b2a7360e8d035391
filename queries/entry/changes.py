"""What changed for a case between two days: duties, law, evidence on the gate, and the launch."""

from __future__ import annotations

from datetime import date

from ..rows import Row
from .rows import EntryAnswer, PlanRow, Ref


class DutyChange(Row):
    """A duty that came, went, or changed its status between the days."""

    requirement: Ref
    before: str | None
    after: str | None
    law: list[str]


class EntryChanges(Row):
    """One case on two days."""

    service: Ref
    company: Ref | None
    first: date
    second: date
    strategy: tuple[str | None, str | None]
    gate: tuple[str | None, str | None]
    gate_evidence: tuple[str | None, str | None]
    days_p50: tuple[int | None, int | None]
    duties: list[DutyChange]
    law: list[str]
    opened: list[str]
    closed: list[str]
    footer: str


def changes_of(before: EntryAnswer, after: EntryAnswer) -> EntryChanges:
    """The difference of two answers to the same question."""
    plans = [answer.plans[0] if answer.plans else None for answer in (before, after)]
    told = [_statuses(plan) for plan in plans]
    names = {s.requirement.id: s for plan in plans if plan for s in plan.steps}
    duties = []
    for name in sorted(told[0].keys() | told[1].keys()):
        was, now = told[0].get(name), told[1].get(name)
        if was != now:
            law = [f"{b.instrument.name}{' ' + b.article if b.article else ''}" for b in names[name].basis]
            duties.append(DutyChange(requirement=names[name].requirement, before=was, after=now, law=law))
    roads = [{plan.strategy.id for plan in answer.plans} for answer in (before, after)]
    return EntryChanges(
        service=after.service,
        company=after.company,
        first=before.start,
        second=after.start,
        strategy=_both(plans, lambda p: p.strategy.name),
        gate=_both(plans, lambda p: p.gate),
        gate_evidence=_both(plans, lambda p: p.gate_evidence.text),
        days_p50=_both(plans, lambda p: p.days["p50"]),
        duties=duties,
        law=_new_law(names.values(), before.start, after.start),
        opened=sorted(roads[1] - roads[0]),
        closed=sorted(roads[0] - roads[1]),
        footer=after.footer,
    )


def _both(plans: list[PlanRow | None], say):  # type: ignore[no-untyped-def]
    return tuple(say(plan) if plan else None for plan in plans)


def _statuses(plan: PlanRow | None) -> dict[str, str]:
    return {s.requirement.id: s.status for s in plan.steps if s.status != "not-applicable"} if plan else {}


def _new_law(steps, first: date, second: date) -> list[str]:  # type: ignore[no-untyped-def]
    """Articles behind the duties that came into force between the days."""
    found = set()
    for step in steps:
        for basis in step.basis if step.status != "not-applicable" else ():
            since = basis.in_force_from or ""
            if first.isoformat() < since <= second.isoformat():
                found.add(f"{since} {basis.instrument.name}{' ' + basis.article if basis.article else ''}")
    return sorted(found)
