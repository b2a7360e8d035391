"""What changed for a case between two days: duties, law, evidence on the gate, and the launch."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ..rows import Row
from .against import against_lines
from .head import ground
from .rows import EntryAnswer, PlanRow, Ref
from .told import by_instrument

_Two = tuple[PlanRow | None, PlanRow | None]


class DutyChange(Row):
    """A duty that came, went, or changed its status between the days."""

    requirement: Ref
    before: str | None
    after: str | None
    law: list[str]


class LawChange(Row):
    """Law that came into force between the days, and the duties of the case that rest on it."""

    since: str
    instrument: Ref
    articles: list[str]
    duties: list[Ref]


class EntryChanges(Row):
    """One case on two days. `notes` say what keeps the two from being compared."""

    service: Ref
    company: Ref | None
    first: date
    second: date
    strategy: tuple[str | None, str | None]
    gate: tuple[str | None, str | None]
    gate_evidence: tuple[str | None, str | None]
    days_p50: tuple[int | None, int | None]
    duties: list[DutyChange]
    law: list[LawChange]
    opened: list[str]
    closed: list[str]
    notes: list[str]
    footer: str


def changes_of(before: EntryAnswer, after: EntryAnswer) -> EntryChanges:
    """The difference of two answers to the same question."""
    answers = (before, after)
    plans = [answer.plans[0] if answer.plans else None for answer in answers]
    roads = [{plan.strategy.id for plan in answer.plans} for answer in answers]
    was, now = alike = (_alike(before.plans, plans[1]), plans[1])
    duties = list(_duties(was, now)) if was and now else []
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
        law=_new_law(alike, before.start, after.start),
        opened=sorted(roads[1] - roads[0]),
        closed=sorted(roads[0] - roads[1]),
        notes=[*_notes(answers), *_standing(alike, plans, duties)],
        footer=after.footer,
    )


def _duties(was: PlanRow, now: PlanRow) -> Iterator[DutyChange]:
    steps = {step.requirement.id: step for plan in (was, now) for step in plan.steps}
    told = [{s.requirement.id: s.status for s in plan.steps if s.status != "not-applicable"} for plan in (was, now)]
    for name, step in sorted(steps.items()):
        first, second = told[0].get(name), told[1].get(name)
        if first != second:
            yield DutyChange(
                requirement=step.requirement, before=first, after=second, law=by_instrument(step.basis)
            )  # fmt: skip


def _notes(answers: tuple[EntryAnswer, EntryAnswer]) -> Iterator[str]:
    """What is said against the record, and what the answers lack: law before its first day on record, or any plan."""
    yield from dict.fromkeys(text for answer in answers for text, _ in against_lines(answer.against))
    for answer in answers:
        yield from (text for text, _ in ground(answer))
        if not answer.plans:
            yield f"On {answer.start} no duty can be compared. {answer.head[0]}"


def _standing(alike: _Two, best: list[PlanRow | None], duties: list[DutyChange]) -> Iterator[str]:
    """Which roads the duties are of, and why new law may change none: a plan counts the law of its launch day."""
    first, second = alike
    if first is not None and second is not None and first is not best[0]:
        yield f"Duties are compared on the best road of the second day: {second.strategy.name}."
    if first is not None and not duties:
        yield (
            f"Work begun on the first day would have ended about {first.launch.p50}; what came into force by then "
            "was part of that plan already."
        )


def _alike(plans: list[PlanRow], other: PlanRow | None) -> PlanRow | None:
    """Of the plans the one by the same strategy and gate as another, else by the same strategy, else the first."""
    if other is None:
        return plans[0] if plans else None
    return min(
        plans, key=lambda p: (p.strategy.id != other.strategy.id, p.gate != other.gate, p.rank), default=None
    )  # fmt: skip


def _both(plans: list[PlanRow | None], say):  # type: ignore[no-untyped-def]
    return tuple(say(plan) if plan else None for plan in plans)


def _new_law(plans: _Two, first: date, second: date) -> list[LawChange]:
    """Law behind the duties that came into force between the days, by day and instrument."""
    steps = {step.requirement.id: step for plan in plans if plan for step in plan.steps}
    found: dict[tuple[str, str], tuple[Ref, dict[str, None], dict[str, Ref]]] = {}
    for _, step in sorted(steps.items()):
        for basis in step.basis if step.status != "not-applicable" else ():
            since = basis.in_force_from or ""
            if first.isoformat() < since <= second.isoformat():
                _, articles, duties = found.setdefault((since, basis.instrument.id), (basis.instrument, {}, {}))
                articles.update({basis.article: None} if basis.article else {})
                duties[step.requirement.id] = step.requirement
    return [
        LawChange(
            since=since, instrument=instrument, articles=sorted(articles, key=_by_number), duties=list(duties.values())
        )
        for (since, _), (instrument, articles, duties) in sorted(found.items(), key=lambda row: row[0])
    ]


def _by_number(article: str) -> tuple[int, str]:
    digits = re.match(r"\d+", article)
    return (int(digits.group()) if digits else 10_000, article)
