"""An answer to take away: one account of it in blocks, written as Markdown, HTML, Word, Excel, calendar or JSON.

Excel needs openpyxl (`pip install 'chinaai[office]'`).
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from html import escape
from pathlib import Path

from ...graph.errors import ChinaAIError
from ...graph.export.target import replacing_file
from ..answers import table as html_table
from .account import Block, Heading, Lines, Table, account, day_of_law, days_of
from .gantt import gantt_mermaid, gantt_svg
from .office import docx_bytes, xlsx_bytes
from .rows import EntryAnswer, PlanRow

_CSS = """body{font:15px/1.5 system-ui,"Noto Sans CJK SC",sans-serif;max-width:1200px;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;width:100%;margin:.5rem 0 1.5rem;font-size:12px}td,th{border:1px solid #ccc;
padding:.3rem .5rem;text-align:left;vertical-align:top;overflow-wrap:break-word}th{background:#f2f4f7}li{margin:.2rem 0}
@media(prefers-color-scheme:dark){body{background:#14171c;color:#e6e6e6}th{background:#232831}td,th{border-color:#444}
svg text{fill:#ccc}a{color:#8ab4f8}}@page{size:landscape;margin:12mm}
@media print{tr{break-inside:avoid}}"""


def write_brief(answer: EntryAnswer, target: str | os.PathLike[str]) -> Path:
    """Write a brief in the form that the name of the file says; the file appears whole or not at all.

    Raises:
        ChinaAIError: the form is unknown, or its library is not installed; an ExportError where the place can't be
            written.
    """
    path = Path(target)
    form = _FORMS.get(path.suffix.lower())
    if form is None:
        raise ChinaAIError(f"'{path.name}' names no form of a brief", hint=f"use one of {', '.join(_FORMS)}")
    content = form(answer)
    with replacing_file(path) as part:
        part.write_bytes(content)
    return path


def markdown(answer: EntryAnswer) -> str:
    """The brief as Markdown, with a Mermaid Gantt chart."""
    parts = []
    for block in account(answer):
        parts.append(_markdown(block))
        if isinstance(block, Heading) and block.chart and answer.plans:
            parts.append(f"```mermaid\n{gantt_mermaid(answer)}```")
    return "\n\n".join(parts) + "\n"


def _markdown(block: Block) -> str:
    if isinstance(block, Heading):
        return f"{'#' * block.level} {_md(block.text)}"
    if isinstance(block, Lines):
        return "\n".join(f"- {_md(line)}" for line in block.lines)
    rows = [block.columns, ["---"] * len(block.columns), *block.rows]
    return "\n".join(f"| {' | '.join(_md(cell) for cell in row)} |" for row in rows)


def _md(text: str) -> str:
    """Text that Markdown takes as text: no cell ends early, no tag and no link of somebody else's begins."""
    kept = text.replace("\\", "\\\\").replace("\n", " ")
    for sign in ("|", "<", "[", "*", "`", "_"):
        kept = kept.replace(sign, f"\\{sign}")
    return kept


def html(answer: EntryAnswer) -> str:
    """The brief as one HTML page without scripts, with a Gantt chart as SVG."""
    parts = []
    for block in account(answer):
        if isinstance(block, Heading):
            parts.append(f"<h{block.level}>{escape(block.text)}</h{block.level}>")
            if block.chart and answer.plans:
                parts.append(gantt_svg(answer, answer.plans[0]))
        elif isinstance(block, Lines):
            parts.append(f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in block.lines)}</ul>")
        else:
            head = "".join(f"<th scope='col'>{escape(cell)}</th>" for cell in block.columns)
            body = "".join(f"<tr>{''.join(f'<td>{_linked(cell)}</td>' for cell in row)}</tr>" for row in block.rows)
            parts.append(f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>")
    title = escape(f"{answer.company.name if answer.company else 'Profile'}: {answer.service.name}")
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_CSS}</style></head><body><main>'
        f"{''.join(parts)}</main></body></html>\n"
    )


def shown(answer: EntryAnswer) -> str:
    """What a notebook shows: the head, the chart of the first plan and its steps; sources as links, and no scripts."""
    who = answer.company.name if answer.company else "a stranger"
    parts = [f"<p><b>{escape(who)} · {escape(answer.service.name)}</b> · work from {answer.start}</p>"]
    parts.append(f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in answer.head)}</ul>")
    if answer.plans:
        first = answer.plans[0]
        parts += [gantt_svg(answer, first), _notebook_steps(first)]
    parts.append(f"<p>{escape(answer.footer)}</p>")
    return "".join(parts)


def _notebook_steps(plan: PlanRow) -> str:
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
    return html_table(["step", "status", "why", "days", "critical", "sources"], rows)


def _linked(cell: str) -> str:
    if cell.startswith(("https://", "http://")) and " " not in cell:
        return f'<a href="{escape(cell)}" rel="noreferrer">{escape(cell)}</a>'
    return escape(cell)


def calendar(answer: EntryAnswer) -> str:
    """The first plan as a calendar (RFC 5545): steps at median days, the launch, and law ahead that touches it."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//chinaai//market entry//EN", "CALSCALE:GREGORIAN"]
    who = answer.company.id or answer.company.name if answer.company else "profile"
    base = f"{who}-{answer.service.id}-{answer.start}".replace(" ", "-")
    for key, first, after, title, text in _events(answer):
        lines += [
            "BEGIN:VEVENT",
            f"UID:{base}-{key}@chinaai",
            f"DTSTAMP:{answer.as_of:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{first:%Y%m%d}",
            f"DTEND;VALUE=DATE:{after:%Y%m%d}",
            f"SUMMARY:{_ics(title)}",
            f"DESCRIPTION:{_ics(text)}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _events(answer: EntryAnswer) -> Iterator[tuple[str, date, date, str, str]]:
    """Key, first day, day after the last one, title and text of each event."""
    day = timedelta(days=1)
    for plan in answer.plans[:1]:
        for step in plan.steps:
            if step.status == "due" and step.starts and step.blocks_launch:
                after = max(step.ends or step.starts, step.starts + day)
                text = f"{step.why}. {', '.join(a.name for a in step.authority)}. Median days, {answer.footer}"
                yield step.requirement.id, step.starts, after, step.requirement.name, text
        for mark, launch in (("P50", plan.launch.p50), ("P90", plan.launch.p90)):
            text = f"{plan.strategy.name}; {plan.gate_evidence.text}"
            yield mark, launch, launch + day, f"Launch {mark}: {answer.service.name}", text
    for row in answer.horizon:
        if row.day and len(row.day) == len("2027-01-01"):
            first = date.fromisoformat(row.day)
            yield row.id, first, first + day, f"{day_of_law(row)}: {row.says}", row.watch or ""


def _ics(text: str) -> str:
    kept = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return kept.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Lines of at most 75 octets, as the format asks; no sign is cut in two."""
    parts, rest = [], line
    room = 75
    while len(rest.encode()) > room:
        cut = room
        while len(rest[:cut].encode()) > room:
            cut -= 1
        parts.append(rest[:cut])
        rest, room = rest[cut:], 74
    return "\r\n ".join([*parts, rest])


_FORMS: dict[str, Callable[[EntryAnswer], bytes]] = {
    ".md": lambda answer: markdown(answer).encode(),
    ".html": lambda answer: html(answer).encode(),
    ".docx": lambda answer: docx_bytes(account(answer)),
    ".xlsx": lambda answer: xlsx_bytes(account(answer), answer),
    ".ics": lambda answer: calendar(answer).encode(),
    ".json": lambda answer: (json.dumps(answer.to_dict(), ensure_ascii=False, indent=1) + "\n").encode(),
}
__all__ = ["Table", "calendar", "html", "markdown", "write_brief"]
