"""What a notebook shows of a market-entry answer: its head, the first plan as a chart, and the plan's steps."""

from __future__ import annotations

from html import escape

from ..answers import table
from .account import days_of
from .gantt import gantt_svg
from .rows import EntryAnswer, PlanRow


def shown(answer: EntryAnswer) -> str:
    """The head, the Gantt chart of the first plan and its steps as HTML without scripts; sources as links."""
    who = answer.company.name if answer.company else "a stranger"
    parts = [f"<p><b>{escape(who)} · {escape(answer.service.name)}</b> · work from {answer.start}</p>"]
    parts.append(f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in answer.head)}</ul>")
    if answer.plans:
        first = answer.plans[0]
        parts += [gantt_svg(answer, first), _steps(first)]
    parts.append(f"<p>{escape(answer.footer)}</p>")
    return "".join(parts)


def _steps(plan: PlanRow) -> str:
    rows = [
        {
            "step": f"{step.requirement.name} {step.requirement.name_zh or ''}".strip(),
            "status": step.status,
            "why": step.why,
            "days": days_of(step.duration),
            "critical": f"{step.critical:.0%}" if step.critical else "",
            "sources": [source.model_dump(mode="json") for source in step.sources[:2]],
        }
        for step in plan.steps
        if step.status != "not-applicable"
    ]
    return table(["step", "status", "why", "days", "critical", "sources"], rows)
