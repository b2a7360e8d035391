"""One path as a Mermaid flowchart: steps by level from left to right, the critical path drawn thick."""

from __future__ import annotations

from .rows import Duration, EntryAnswer, EntryPath, EntryStep


def days_of(duration: Duration | None) -> str:
    """An interval with what it rests on; never a bare number."""
    if duration is None:
        return "no time of its own"
    known = (duration.min, duration.typical, duration.max)
    ends = [f"{value:g}" if value is not None else "?" for value in known]
    many = f", n={duration.n}" if duration.n else ""
    return f"{' / '.join(ends)} days ({duration.basis}{many})"


def mermaid(answer: EntryAnswer, path: EntryPath) -> str:
    """The path as Mermaid text, which GitHub, GitLab and most notebooks draw."""
    lines = ["flowchart LR", f"  %% {_plain(answer.footer)}"]
    levels = sorted({step.level for step in path.steps})
    for level in levels:
        lines.append(f'  subgraph L{level}["{level}"]')
        lines += [f"    {_key(step.requirement.id)}{_box(step)}" for step in path.steps if step.level == level]
        lines.append("  end")
    critical = set(zip(path.critical_path, path.critical_path[1:], strict=False))
    drawn: set[tuple[str, str]] = set()
    for step in path.steps:
        for need in step.needs:
            edge = (need, step.requirement.id)
            drawn.add(edge)
            arrow = "==>" if edge in critical else "-->"
            lines.append(f"  {_key(need)} {arrow} {_key(step.requirement.id)}")
    lines += [f"  {_key(a)} ==>|practical order| {_key(b)}" for a, b in sorted(critical - drawn)]
    goal = f"{path.route.name}<br/>{path.total.min:g} / {path.total.typical:g} / {path.total.max:g}"
    goal += "+ days" if path.total.open_ended else " days"
    lines.append(f'  goal(["{_plain(goal)}"])')
    last = {need for step in path.steps for need in step.needs} | {a for a, _ in critical}
    for step in path.steps:
        if step.requirement.id not in last:
            arrow = "==>" if step.critical else "-->"
            lines.append(f"  {_key(step.requirement.id)} {arrow} goal")
    return "\n".join(lines) + "\n"


def _key(requirement: str) -> str:
    return "n_" + "".join(sign if sign.isalnum() else "_" for sign in requirement)


def _box(step: EntryStep) -> str:
    who = ", ".join(body.name for body in step.authority) or "private matter"
    text = "<br/>".join(_plain(part) for part in (step.requirement.name, who, days_of(step.duration)))
    return f'["{text}"]'


def _plain(text: str) -> str:
    """Text that Mermaid takes as text: quotes and brackets as entities, line breaks kept."""
    kept = text.replace("<br/>", "\n")
    for sign, entity in (("&", "#amp;"), ('"', "#quot;"), ("<", "#lt;"), (">", "#gt;"), ("[", "#91;"), ("]", "#93;")):
        kept = kept.replace(sign, entity)
    return kept.replace("\n", "<br/>")
