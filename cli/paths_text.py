"""Market-entry answers as a person reads them in a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.markup import escape
from rich.table import Table

from ..queries.entry.compare import Comparison
from ..queries.entry.drawing import days_of
from ..queries.entry.rows import EntryAnswer, EntryPath, EntryStep, Partner, Precedent, ProhibitionRow, Ref
from ..queries.rows import SourceRef
from .output import err, out

ACTS = {"fie": "foreign-invested company", "offshore": "provider from abroad", "domestic": "domestic company"}


def print_paths(answer: EntryAnswer, *, explain: bool) -> None:
    """The whole answer; `explain` adds what each step rests on."""
    who = _both(answer.company) if answer.company else "any company"
    _say(f"{who} · {_both(answer.service)} · law as of {answer.as_of}", style="bold")
    _say(f"acts as {answer.actor} ({ACTS[answer.actor]}): {answer.actor_why or 'as asked'}")
    for label, names in (("having", answer.having), ("without", answer.without), ("also", answer.also)):
        if names:
            _say(f"{label}: {', '.join(names)}")
    shown = len(answer.paths)
    more = f", {shown} shown (--limit 0 shows all)" if shown < answer.total_paths else ""
    _say(f"{answer.total_paths} path{'s' if answer.total_paths != 1 else ''} found{more}, fastest first")
    if not answer.complete:
        _say(f"the enumeration was cut: {answer.cut}", style="yellow")
    if answer.record:
        _say("\nOn record of this company:")
        _precedents(answer.record)
    _against(answer)
    for path in answer.paths:
        _path(path, explain)
    if answer.closed:
        _say("\nRoutes that are not open here:")
        for closed in answer.closed:
            _say(f"  {_both(closed.route)}: {closed.why}")
    if answer.off_route:
        _say("\nCases of this kind of service on no known route:")
        _precedents(answer.off_route)
    _say(f"\n{answer.footer}", style="dim")


def _against(answer: EntryAnswer) -> None:
    """Rules against this actor and service as such, by which a service without the steps below is blocked."""
    bars = [bar for bar in answer.prohibitions if bar.state == "binding"]
    if not answer.paths:
        _say("\nNo path is open.")
    if bars:
        _say("\nBlocked, unless a path meets what lifts it:")
    for bar in bars:
        lifting = ", ".join(bar.lifted_by) or "nothing"
        _say(f"  {_both(Ref(id=bar.id, name=bar.name, name_zh=bar.name_zh))} · {'; '.join(bar.article)}", style="red")
        _say(f"    lifted by {lifting} · {', '.join(body.name for body in bar.authority)}")


def _path(path: EntryPath, explain: bool) -> None:
    total = path.total
    most = f"{total.max:g}" + ("+" if total.open_ended else "")
    bases = ", ".join(f"{n} {basis}" for basis, n in total.bases.items())
    _say(f"\nPath {path.rank} · {_both(path.route)}" + (" · BLOCKED" if path.blocked else ""), style="bold")
    _say(f"  {path.summary}")
    _say(
        f"  {total.min:g} / {total.typical:g} / {most} days, least / typical / most; steps timed by: {bases or 'none'}"
    )
    _say(f"  critical path: {' → '.join(path.critical_path)} · at the last review: {path.viability}")
    _say("  steps (* on the critical path; days: least / typical / most)")
    _steps(path.steps)
    if path.prohibitions:
        _prohibitions(path.prohibitions)
    if path.conditional:
        _say("  only in some cases: " + "; ".join(f"{c.requirement.id} ({c.when})" for c in path.conditional))
    if path.partners:
        _say("  partners by evidence: " + ", ".join(f"{_both(p.company)} {p.score}" for p in path.partners))
    if path.precedents:
        _say("  precedents:")
        _precedents(path.precedents)
    if path.gaps:
        codes = [f"{gap.requirement} {gap.code}" for gap in path.gaps]
        _say("  gaps: " + ", ".join(codes), style="yellow")
    if explain:
        for step in path.steps:
            _explain(step)
    elif path.sources:
        _say(f"  {len(path.sources)} sources (--explain shows those of each step)", style="dim")


def _steps(steps: Sequence[EntryStep]) -> None:
    """Lines rather than a table: law and authorities have long names, terminals are narrow."""
    level = 0
    for step in steps:
        if step.level != level:
            level = step.level
            _say(
                f"  level {level}" + (", side by side" if sum(s.level == level for s in steps) > 1 else ""), style="dim"
            )
        mark = "*" if step.critical else "-"
        held = " · on record of the company" if step.held else ""
        _say(f"   {mark} {_both(step.requirement)} [{step.requirement.id}]{held}")
        by = step.performer + (", " + ", ".join(body.name for body in step.authority[:2]) if step.authority else "")
        _say(f"     {days_of(step.duration)} · by {by} · {_law(step)}", style="dim")


def _law(step: EntryStep) -> str:
    shown = "; ".join(step.article[:2]) or "no legal basis: see gaps"
    rest = len(step.article) - 2
    return shown + (f"; and {rest} more" if rest > 0 else "")


def _explain(step: EntryStep) -> None:
    _say(f"\n  {step.order}. {_both(step.requirement)} [{step.requirement.id}]", style="bold")
    _say(f"     when: {step.applies_when}")
    _say(f"     way: {_both(step.way)}" + "".join(f"; or {_both(way)}" for way in step.other_ways))
    if step.documents:
        _say("     documents: " + "; ".join(step.documents))
    for basis in step.basis:
        mark = "read" if basis.verified else "NOT verified"
        was = f", was {basis.was}" if basis.was else ""
        since = f", in force from {basis.in_force_from}" if basis.in_force_from else ""
        _say(f"     law: {basis.instrument.name} {basis.article or ''}: {basis.says} ({mark}{since}{was})")
        _cite([basis.checked_on] if basis.checked_on else [])
    if step.duration:
        _say(f"     time: {days_of(step.duration)}: {step.duration.rule}")
        _cite([step.duration.source] if step.duration.source else [])
    for other in step.evidence_on_time:
        _say(f"     also on record: {days_of(other)}: {other.rule}")
    for held in step.held:
        _say(f"     on record of the company: {held.text}")
    for gap in step.gaps:
        _say(f"     gap, {gap.code}: {gap.text}", style="yellow")
    sure = f" · confidence {step.confidence:g} ({step.confidence_why})" if step.confidence is not None else ""
    _say(f"     {len(step.sources)} sources{sure}", style="dim")
    _cite(step.sources)


def _prohibitions(bars: Iterable[ProhibitionRow]) -> None:
    for bar in bars:
        law = f" · {'; '.join(bar.article)}" if bar.article else ""
        style = "red" if bar.state == "binding" else None
        _say(f"  rule against it, {bar.state}: {_both(Ref(id=bar.id, name=bar.name, name_zh=bar.name_zh))}{law}", style)
        _say(f"    {bar.why}")


def _precedents(items: Iterable[Precedent]) -> None:
    for item in items:
        days = f" · {item.days} days ({item.days_basis})" if item.days is not None else ""
        span = " → ".join(text for text in (item.started, str(item.listed) if item.listed else None) if text)
        place = f" · {span}" if span else ""
        told = f" · {item.outcome}" if item.kind == "case" and item.outcome else ""
        _say(f"    {item.who}: {item.name} · {item.kind}, {item.status}{place}{days}{told}")


def print_partners(company: str, partners: Sequence[Partner]) -> None:
    """Candidates by step with the reasons of each score."""
    if not partners:
        err.print(f"{company}: no step of its paths needs a partner with evidence", markup=False)
        return
    step = None
    for partner in partners:
        if partner.requirement.id != step:
            step = partner.requirement.id
            _say(f"{_both(partner.requirement)} [{step}]", style="bold")
        sure = f" · confidence {partner.confidence:g}" if partner.confidence is not None else ""
        _say(f"  {partner.score:>3}  {_both(partner.company)} ({partner.company.id}){sure}")
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


def _both(ref: Ref) -> str:
    return f"{ref.name} {ref.name_zh}" if ref.name_zh else ref.name


def _cite(sources: Iterable[SourceRef]) -> None:
    for source in sources:
        parts = (source.publisher, source.published, source.title, source.url)
        _say("       ↳ " + " · ".join(part for part in parts if part), style="dim")


def _say(text: str, style: str | None = None) -> None:
    out.print(text, style=style, markup=False, highlight=False, soft_wrap=True)
