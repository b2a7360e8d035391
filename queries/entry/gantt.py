"""A plan as a Gantt chart: Mermaid text, and SVG of our own for pages and briefs."""

from __future__ import annotations

from datetime import date, timedelta
from html import escape

from .rows import EntryAnswer, PlanRow, StepRow

_ROW, _LEFT, _WIDTH, _TOP = 22, 300, 900, 34


def bars_of(plan: PlanRow) -> list[StepRow]:
    """Steps with a span of their own, in order."""
    return [s for s in plan.steps if s.status == "due" and s.starts and s.ends and s.ends > s.starts]


def gantt_mermaid(answer: EntryAnswer) -> str:
    """The first plan as a Mermaid Gantt chart, which GitHub, GitLab and most notebooks draw."""
    lines = ["gantt", f"  %% {answer.footer}", "  dateFormat YYYY-MM-DD"]
    if not answer.plans:
        return "\n".join([*lines, "  title Closed: no plan"]) + "\n"
    plan = answer.plans[0]
    lines.append(f"  title {_plain(answer.service.name)}, median days, work from {answer.start}")
    for performer in ("self", "partner", "customer"):
        steps = [step for step in bars_of(plan) if step.performer == performer]
        if steps:
            lines.append(f"  section {performer}")
        for step in steps:
            mark = "crit, " if (step.critical or 0) >= 0.5 else ""
            key = step.requirement.id.replace(".", "_").replace("-", "_")
            lines.append(f"  {_plain(step.requirement.name)} :{mark}{key}, {step.starts}, {step.ends}")
    lines.append("  section launch")
    for mark_name, day in (("P50", plan.launch.p50), ("P90", plan.launch.p90)):
        lines.append(f"  {mark_name} :milestone, {mark_name.lower()}, {day}, 0d")
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    return "".join(sign if sign not in ":;#,\n" else " " for sign in text)


def gantt_svg(answer: EntryAnswer, plan: PlanRow) -> str:
    """One plan as SVG: bars at median days, darker the more often critical; P50 and P90 of the launch as lines."""
    steps = bars_of(plan)
    last = max([plan.launch.p90, *(s.ends for s in steps if s.ends)], default=plan.launch.p90)
    days = max((last - answer.start).days, 1)
    height = _TOP + _ROW * max(len(steps), 1) + 24

    def at(day: date) -> float:
        return _LEFT + (_WIDTH - _LEFT - 20) * (day - answer.start).days / days

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" '
        f'font-family="sans-serif" font-size="12"><title>{escape(answer.service.name)}: P50 {plan.launch.p50}</title>'
    ]
    parts += _months(answer.start, last, at, height)
    for i, step in enumerate(steps):
        y = _TOP + i * _ROW
        name = step.requirement.name
        shown = name if len(name) <= 44 else f"{name[:43]}…"  # as its column is wide
        assert step.starts is not None and step.ends is not None
        shade = 0.35 + 0.65 * (step.critical or 0)
        parts.append(f'<text x="{_LEFT - 8}" y="{y + 14}" text-anchor="end">{escape(shown)}</text>')
        parts.append(
            f'<rect x="{at(step.starts):.1f}" y="{y + 3}" width="{max(at(step.ends) - at(step.starts), 2):.1f}" '
            f'height="{_ROW - 8}" rx="2" fill="#2563a8" fill-opacity="{shade:.2f}"><title>{escape(name)}: '
            f"{step.starts} – {step.ends}, critical {step.critical or 0:.0%}</title></rect>"
        )
    for mark, day in (("P50", plan.launch.p50), ("P90", plan.launch.p90)):
        x = at(day)
        parts.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{_TOP - 6}" y2="{height - 18}" stroke="#b3261e"/>')
        parts.append(f'<text x="{x:.1f}" y="{height - 4}" text-anchor="end" fill="#b3261e">{mark} {day}</text>')
    return "".join([*parts, "</svg>"])


def _months(start: date, last: date, at, height: int) -> list[str]:  # type: ignore[no-untyped-def]
    parts = []
    day = start.replace(day=1)
    step = 1 if (last - start).days < 400 else 3
    while day <= last:
        if day >= start:
            x = at(day)
            parts.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="20" y2="{height - 18}" stroke="#ddd"/>')
            parts.append(f'<text x="{x:.1f}" y="14" text-anchor="middle" fill="#666">{day:%Y-%m}</text>')
        for _ in range(step):
            day = (day + timedelta(days=32)).replace(day=1)
    return parts
