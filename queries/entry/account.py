"""An answer as an account in blocks: headings, lines and tables that every form of a brief is written from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .rows import AheadRow, BarRow, Duration, EntryAnswer, PlanRow, Precedent, Ref, StepRow
from .told import by_instrument


@dataclass(frozen=True)
class Heading:
    """A heading; `chart` where the Gantt chart stands below it."""

    text: str
    level: int = 2
    chart: bool = False


@dataclass(frozen=True)
class Lines:
    """Lines of text."""

    lines: list[str]


@dataclass(frozen=True)
class Table:
    """A table with a short name."""

    name: str
    columns: list[str]
    rows: list[list[str]]


Block = Heading | Lines | Table


def seated(one: Precedent) -> str:
    """Who a precedent is of, with the countries of their seats; that a case's seat, or a row's owner, is not known."""
    unknown = "seat not known" if one.kind == "case" else "owner not known"
    return f"{one.who} ({', '.join(dict.fromkeys(one.countries)) or unknown})"


def day_of_law(row: AheadRow) -> str:
    """What the day of a law ahead means, with its status where that says more: `expected (planned)`."""
    settled = row.status in ("in-force", "adopted", row.day_means)
    return row.day_means if settled else f"{row.day_means} ({row.status})"


def in_the_way(plan: PlanRow) -> list[BarRow]:
    """What binds a plan, a party's own terms before law."""
    return sorted((bar for bar in plan.bars if bar.state == "binding"), key=lambda bar: not bar.private)


def account(answer: EntryAnswer) -> list[Block]:
    """The blocks in order: head, plan, call sheet, choices, changes, law ahead, precedents, gaps, facts."""
    who = both(answer.company) if answer.company else "Profile 申请主体"
    blocks: list[Block] = [Heading(f"{who}: {both(answer.service)}", 1), Lines(answer.head), Lines(answer.head_zh)]
    for plan in answer.plans[:1]:
        blocks += [Heading(f"Plan 方案: {both(plan.strategy)}", chart=True), _steps(plan)]
        blocks += [Heading("Call sheet 联系清单"), _calls(plan)]
    if len(answer.plans) > 1:
        rows = [
            [
                str(p.rank),
                both(p.strategy),
                p.gate or "none",
                p.gate_evidence.text,
                str(p.launch.p50),
                str(p.launch.p90),
                "; ".join(both(bar) for bar in in_the_way(p)),
            ]
            for p in answer.plans
        ]
        columns = ["rank", "strategy", "gate", "evidence", "P50", "P90", "in the way"]
        blocks += [Heading("All plans 全部方案"), Table("plans", columns, rows)]
    if answer.closed:
        rows = [[both(c.strategy), "; ".join(c.article), c.why] for c in answer.closed]
        blocks += [Heading("Closed 已关闭"), Table("closed", ["strategy", "article", "why"], rows)]
    rows = [
        [both(c.requirement), w.state, both(w.way), w.why, "" if w.days_p50 is None else str(w.days_p50)]
        for c in answer.choices for w in c.ways
    ]  # fmt: skip
    blocks += _table("Choices 选择", "choices", ["choice", "state", "way", "why", "P50 days"], rows)
    rows = [[f.name, f.value_name, "" if f.days is None else f"{f.days:+d}", f.text] for f in answer.flips]
    blocks += _table("What would change it 变化因素", "flips", ["fact", "value", "days", "effect"], rows)
    rows = [[r.day or "not known", ", ".join(dict.fromkeys((r.day_means, r.status))), r.says, r.watch or ""]
            for r in answer.horizon]  # fmt: skip
    blocks += _table("Law ahead 将生效的法规", "horizon", ["day", "status", "what", "watch"], rows)
    for plan in answer.plans[:1]:
        blocks += _outside(plan)
    rows = [
        [fact.name, fact.value_name or "not known", fact.origin, fact.why]
        for fact in answer.case.values() if fact.origin != "default"
    ]  # fmt: skip
    blocks += _against(answer)
    blocks += _table("The case 案情", "case", ["fact", "value", "from", "why"], rows)
    return [*blocks, Lines([f"As known on {answer.as_of}; work from {answer.start}.", answer.footer])]


def _table(title: str, name: str, columns: list[str], rows: list[list[str]]) -> list[Block]:
    return [Heading(title), Table(name, columns, rows)] if rows else []


def _against(answer: EntryAnswer) -> list[Block]:
    rows = [
        [both(Ref.like(row, id=row.fact)), row.said, row.held, "asker" if row.taken else "record", row.why,
         "; ".join(page.url or page.id for held in row.evidence for page in held.sources)]
        for row in answer.against
    ]  # fmt: skip
    columns = ["fact", "said", "on record", "taken from", "what shows the record", "sources"]
    return _table("Said against the record 所述与记录不符", "against", columns, rows)


def _outside(plan: PlanRow) -> list[Block]:
    rows = [
        [
            both(p.company),
            str(p.score),
            both(p.requirement),
            "; ".join(r.text for r in p.reasons),
            "; ".join(p.warnings),
        ]
        for p in plan.partners
    ]
    blocks = _table("Partners 合作方", "partners", ["company", "score", "step", "reasons", "warnings"], rows)
    rows = [
        [seated(p), p.name, p.kind, p.status, p.started or "", str(p.listed or p.status_as_of or ""),
         "" if p.days is None else f"{p.days} ({p.days_basis})"]
        for p in plan.precedents
    ]  # fmt: skip
    columns = ["who", "what", "kind", "status", "from", "to", "days"]
    blocks += _table("Precedents 先例", "precedents", columns, rows)
    names = {step.requirement.id: both(step.requirement) for step in plan.steps}
    gaps = [[names.get(gap.requirement, gap.requirement), gap.code, gap.text] for gap in plan.gaps]
    blocks += _table("Gaps 缺口", "gaps", ["step", "code", "what"], gaps)
    pages = {source.id: source for step in plan.steps for source in step.sources if step.status != "not-applicable"}
    rows = [[p.publisher or "", p.title or "", p.published or "", p.url or p.id] for p in pages.values()]
    return [*blocks, *_table("Sources 来源", "sources", ["publisher", "title", "published", "address"], rows)]


def _steps(plan: PlanRow) -> Table:
    columns = ["#", "status", "step", "who", "authority", "law", "days", "from", "to", "critical", "after", "why"]
    places = {step.requirement.id: f"#{step.order}" for step in plan.steps}
    rows = [_step(step, places) for step in plan.steps if step.status != "not-applicable"]
    return Table("steps", columns, rows)


def _step(step: StepRow, places: Mapping[str, str]) -> list[str]:
    """One step as a line of the table; `places` are the numbers of all steps in it."""
    due = step.status == "due"
    law = "; ".join(by_instrument(step.basis))
    status = step.status if not due or step.blocks_launch else "due after the launch"
    after = ", ".join(places[need] for need in step.needs if need in places)
    return [
        str(step.order), status, both(step.requirement), step.performer if due else "",
        ", ".join(a.name for a in step.authority) or "private matter", law or "none: see gaps", days_of(step.duration),
        str(step.starts or "") if due else "", str(step.ends or "") if due else "",
        f"{step.critical:.0%}" if step.critical else "", after, step.why,
    ]  # fmt: skip


def days_of(duration: Duration | None, unit: str = "") -> str:
    """An interval with what it measures and rests on, never a bare number; `unit` stands behind its ends."""
    if duration is None:
        return ""
    many = f", n={duration.n}" if duration.n else ""
    ends = days_of_part(duration.min, duration.typical, duration.max)
    return f"{ends}{unit} ({duration.measures}, {duration.basis}{many})"


def _calls(plan: PlanRow) -> Table:
    """Whom to call for what: offices where the province is known, else the bodies; documents and clock."""
    rows = []
    for step in plan.steps:
        if step.status != "due":
            continue
        offices = [" ".join(filter(None, (o.name, o.telephone, o.portal, o.form))) for o in step.offices]
        clocks = [part for part in (step.duration.parts if step.duration else []) if part.clock == "authority"]
        clock = "; ".join(f"{days_of_part(part.min, part.typical, part.max)} {part.measures}" for part in clocks)
        bodies = ", ".join(a.name for a in step.authority)
        rows.append(
            [both(step.requirement), step.performer, bodies, "; ".join(offices), "; ".join(step.documents), clock]
        )
    return Table("calls", ["step", "who acts", "authority", "office, telephone, portal", "documents", "clock"], rows)


def days_of_part(*ends: float | None) -> str:
    """Ends of one interval."""
    return " / ".join("?" if end is None else f"{end:g}" for end in ends)


def both(ref: Ref) -> str:
    """A name in both languages."""
    return f"{ref.name} {ref.name_zh}" if ref.name_zh else ref.name
