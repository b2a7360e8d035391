"""Market-entry answers as a person reads them in a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.markup import escape
from rich.table import Table

from ..queries.entry.account import both, day_of_law, days_of, days_of_part, in_the_way, seated
from ..queries.entry.changes import EntryChanges
from ..queries.entry.compare import Comparison
from ..queries.entry.rows import (
    BarRow,
    ChoiceRow,
    ClosedRow,
    EntryAnswer,
    Part,
    Partner,
    PlanRow,
    Precedent,
    StepRow,
)
from ..queries.rows import SourceRef
from .output import err, out
from .paths_chinese import chinese_lines
from .paths_unknown import sought

_SHOWN = 6
_SIGNS = {"due": "○", "held": "●", "depends": "?", "not-applicable": "–"}


def print_chinese(answer: EntryAnswer, *, limit: int) -> None:
    """The answer in Chinese, which stands before the one in English where it was asked in Chinese."""
    for line in chinese_lines(answer, limit):
        _say(line)
    _say("\n以下为英文全文：\n", style="dim")


def print_answer(answer: EntryAnswer, *, limit: int, explain: bool) -> None:
    """The whole answer: its head, the facts, plans, choices, and what would change it; `explain` adds all reasons."""
    who = both(answer.company) if answer.company else "a stranger"
    _say(f"{who} · {both(answer.service)} · work from {answer.start}", style="bold")
    for line in answer.head:
        _say(f"  {line}")
    _facts(answer, explain)
    if answer.record:
        _say("\nOn record of this company:")
        _precedents(answer.record)
    for plan in answer.plans[: limit or None]:
        _plan(answer, plan, explain)
    _others(answer, limit)
    _closed("\nClosed by an article:", answer.closed)
    _closed("\nNo option in this case:", answer.no_option)
    _choices(answer.choices)
    _outside(answer, explain)
    _say(f"\n{answer.footer}", style="dim")


def _facts(answer: EntryAnswer, explain: bool) -> None:
    by_origin: dict[str, list[str]] = {}
    for name, fact in answer.case.items():
        by_origin.setdefault(fact.origin, []).append(name if fact.value is None else f"{name}={fact.value}")
    _say("\nThe case:")
    for origin in ("asker", "graph", "profile", "assumption", "preset", "unknown", "default"):
        if origin in by_origin and (explain or origin not in ("default", "preset")):
            names = sorted(by_origin[origin])
            if origin == "unknown" and not explain:
                names = [f"{answer.case[name].name} ({name})" for name in sought(answer)]
                more = len(by_origin[origin]) - len(names)
                names += [f"{more} more that change nothing here"] if more else []
            _say(f"  {origin}: {', '.join(names)}")
    for name, fact in sorted(answer.case.items()):
        if fact.value is None and fact.evidence:
            _say(f"  on record, and not enough for {name}: {fact.why}")
    for row in answer.against if explain else ():
        _say(f"  against the record: {row.text}")
        _cite(page for held in row.evidence for page in held.sources[:2])
    for fact in answer.case.values():
        for held in fact.evidence if explain else ():
            _say(f"    {fact.name}: {held.text}", style="dim")
            _cite(held.sources[:2])


def _plan(answer: EntryAnswer, plan: PlanRow, explain: bool) -> None:
    _say(f"\nPlan {plan.rank} · {both(plan.strategy)}", style="bold")
    launch = plan.launch
    _say(f"  {plan.summary}")
    _say(f"  gate: {plan.gate or 'none'}{' (held)' if plan.gate_held else ''} · {plan.gate_evidence.text}")
    _say(f"  launch: P10 {launch.p10} · P50 {launch.p50} · P80 {launch.p80} · P90 {launch.p90}")
    if plan.by is not None:
        _say(f"  by {answer.by}: {plan.by:.0%} of {answer.method['draws']} draws")
    if plan.changes:
        _say(f"  changes the question: {', '.join(plan.changes)}", style="yellow")
    for bar in plan.bars:
        _bar(bar)
    _steps(plan, explain)
    if plan.gaps and not explain:
        codes: dict[str, int] = {}
        for gap in plan.gaps:
            codes[gap.code] = codes.get(gap.code, 0) + 1
        _say(f"  gaps: {', '.join(f'{n} {code}' for code, n in sorted(codes.items()))} (--explain tells each)")
    if plan.partners:
        _say("  partners by evidence:")
        for partner in plan.partners[: None if explain else _SHOWN]:
            _say(f"    {both(partner.company)} {partner.score} for {partner.requirement.id}"
                 + "".join(f" · {warning}" for warning in partner.warnings))  # fmt: skip
    if plan.precedents:
        _say("  precedents of this gate or strategy:")
        _precedents(plan.precedents[: None if explain else _SHOWN])


def _steps(plan: PlanRow, explain: bool) -> None:
    labels = (
        ("due", "before the launch", True), ("due", "after the launch, or standing", False),
        ("depends", "depends on facts nobody gave", None), ("held", "held", None),
        ("not-applicable", "does not apply", None),
    )  # fmt: skip
    for status, label, blocks in labels:
        found = [s for s in plan.steps if s.status == status and (blocks is None or s.blocks_launch is blocks)]
        if not found or (status == "not-applicable" and not explain):
            continue
        _say(f"  {label}:")
        for step in found:
            _step(step, explain)


def _step(step: StepRow, explain: bool) -> None:
    parts = [f"{_SIGNS[step.status]} {step.order:>2} {both(step.requirement)} [{step.requirement.id}]"]
    if step.status in ("due", "depends"):
        parts += [step.performer, ", ".join(a.name for a in step.authority) or "private matter"]
        parts += [days_of(step.duration, " days")] if step.duration else []
        parts += [f"critical {step.critical:.0%}"] if step.critical else []
    if step.status != "due" or explain:
        parts.append(step.why)
    _say("    " + " · ".join(parts))
    if explain and step.status != "not-applicable":
        _explain(step)


def _explain(step: StepRow) -> None:
    said = [f"asks: {step.asks}", f"applies where {step.applies_when}" if step.applies_when else ""]
    said += [f"dates: {step.starts} → {step.ends}"] if step.starts and step.ends else []
    said += [f"after: {', '.join(step.needs)}"] if step.needs else []
    said += [
        f"law: {b.instrument.name}{' ' + b.article if b.article else ''}: {b.says} ({'' if b.verified else 'not '}read)"
        for b in step.basis
    ]
    said += [f"documents: {', '.join(step.documents)}"] if step.documents else []
    said += [f"office: {o.name} {o.portal or ''} {o.telephone or ''}".rstrip() for o in step.offices]
    said += [f"counted: {part_of(p)}" for p in (step.duration.parts if step.duration else [])]
    said += [f"on record, not counted: {part_of(p)}" for p in step.evidence_on_time]
    said += [f"again: {step.recurs}"] if step.recurs else []
    said += [f"gap {gap.code}: {gap.text}" for gap in step.gaps]
    for line in said:
        if line:
            _say(f"         {line}", style="dim")
    _cite(step.sources)


def part_of(part: Part) -> str:
    """One interval on record."""
    ends = f"{days_of_part(part.min, part.typical)} / p90 {days_of_part(part.p90, part.max)}"
    many = f", n={part.n}" if part.n else ""
    return f"{ends} days, {part.measures}, {part.basis}{many}: {part.rule}"


def _others(answer: EntryAnswer, limit: int) -> None:
    rest = answer.plans[limit:] if limit else []
    if rest:
        _say("\nOther plans (--limit 0 tells all at length):")
    for plan in rest:
        more = f", changes {', '.join(plan.changes)}" if plan.changes else ""
        more += "".join(f" · in the way: {both(bar)}" for bar in in_the_way(plan))
        _say(f"  {plan.rank} {both(plan.strategy)} · gate {plan.gate or 'none'} · P50 {plan.launch.p50} · "
             f"{plan.gate_evidence.text}{more}")  # fmt: skip


def _closed(title: str, rows: Sequence[ClosedRow]) -> None:
    if rows:
        _say(title)
    for row in rows:
        law = f" · {'; '.join(row.article)}" if row.article else ""
        _say(f"  {both(row.strategy)}: {row.why}{law}")


def _choices(rows: Sequence[ChoiceRow]) -> None:
    if rows:
        _say("\nChoices:")
    for row in rows:
        _say(f"  {both(row.requirement)} ({row.status})")
        for way in row.ways:
            days = f" · P50 {way.days_p50} days" if way.days_p50 is not None else ""
            _say(f"    {way.state}: {both(way.way)} · {way.why}{days}")


def _outside(answer: EntryAnswer, explain: bool) -> None:
    if answer.flips:
        _say("\nWhat would change it:")
    for flip in answer.flips[: None if explain else _SHOWN]:
        _say(f"  {flip.text}")
    if answer.horizon:
        _say("\nLaw ahead:")
    for row in answer.horizon[: None if explain else _SHOWN]:
        _say(f"  {row.day or 'no day known'} {day_of_law(row)}: {row.says}")
    if answer.assumptions:
        _say("\nAssumed or not known:")
    for one in answer.assumptions[: None if explain else _SHOWN]:
        value = answer.case[one.fact].value_name or "not known"
        _say(f"  {one.name}: {value} ({one.why}); up to {one.days_at_risk:+d} days")


def _bar(bar: BarRow) -> None:
    style = {"binding": "red", "conditional": "yellow"}.get(bar.state)
    private = " (a party's own terms)" if bar.private else ""
    _say(f"  {bar.state}: {bar.name} {bar.name_zh or ''}{private} · {bar.why}", style=style)


def _precedents(items: Iterable[Precedent]) -> None:
    for item in items:
        days = f" · {item.days} days ({item.days_basis})" if item.days is not None else ""
        when = f" · {item.started or '?'} → {item.listed or item.status_as_of or '?'}"
        _say(f"    {seated(item)}: {item.name} · {item.kind}, {item.status}{when}{days}")


def print_changes(found: EntryChanges) -> None:
    """What changed between two days."""
    who = f"{both(found.company)} · " if found.company else ""
    _say(f"{who}{both(found.service)} · {found.first} against {found.second}", style="bold")
    for label, pair in (("best road", found.strategy), ("gate", found.gate), ("evidence", found.gate_evidence),
                        ("days at P50", found.days_p50)):  # fmt: skip
        first, second = (_known(value) for value in pair)
        _say(f"  {label}: {first}" + (f" → {second}" if first != second else " (unchanged)"))
    for name, rows in (("opened", found.opened), ("closed", found.closed)):
        if rows:
            _say(f"  {name}: {', '.join(rows)}")
    if None not in found.strategy:
        _say("  duties:" if found.duties else "  no duty changed")
    for duty in found.duties:
        law = f" · {'; '.join(duty.law)}" if duty.law else ""
        _say(f"    {both(duty.requirement)}: {duty.before or 'not asked'} → {duty.after or 'not asked'}{law}")
    for row in found.law:
        articles = f" {', '.join(row.articles)}" if row.articles else ""
        _say(f"  in force since {row.since}: {both(row.instrument)}{articles}")
        _say(f"      asks for {'; '.join(both(duty) for duty in row.duties)}")
    for note in found.notes:
        _say(f"  {note}")
    _say(f"\n{found.footer}", style="dim")


def _known(value: str | int | None) -> str:
    return "none" if value is None else str(value)


def print_partners(company: str, partners: Sequence[Partner], notes: Sequence[str]) -> None:
    """Candidates by step with the reasons of each score, under the words by which they hold."""
    for sentence in notes:
        _say(sentence)
    if not partners:
        err.print(f"{company}: no step of its plans needs a partner with evidence", markup=False)
        return
    step = None
    for partner in partners:
        if partner.requirement.id != step:
            step = partner.requirement.id
            _say(f"{both(partner.requirement)} [{step}]", style="bold")
        sure = f" · confidence {partner.confidence:g}" if partner.confidence is not None else ""
        _say(f"  {partner.score:>3}  {both(partner.company)} ({partner.company.id}){sure}")
        for warning in partner.warnings:
            _say(f"       ! {warning}", style="red")
        for reason in partner.reasons:
            _say(f"       {reason.points:+d} {reason.text} · {reason.fact_id}", style="dim")
            _cite(reason.sources[:1])


def print_comparison(found: Comparison) -> None:
    """Both answers aspect by aspect, and the steps they share or not."""
    table = Table(header_style="bold")
    for name in ("aspect", "left", "right"):
        table.add_column(name, overflow="fold")
    for row in found.rows:
        style = "bold" if row.differs else None
        table.add_row(escape(row.aspect), escape(row.left), escape(row.right), style=style)
    out.print(table)
    for label, names in (
        ("shared", found.shared_steps),
        ("left only", found.left_only),
        ("right only", found.right_only),
    ):
        _say(f"steps {label}: {', '.join(names) or 'none'}")
    _say(f"\n{found.left.footer}", style="dim")


def _cite(sources: Iterable[SourceRef]) -> None:
    for source in sources:
        parts = (source.publisher, source.published, source.title, source.url)
        _say("       ↳ " + " · ".join(part for part in parts if part), style="dim")


def _say(text: str, style: str | None = None) -> None:
    out.print(text, style=style, markup=False, highlight=False, soft_wrap=True)
