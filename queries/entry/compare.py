"""Two answers about market entry side by side."""

from __future__ import annotations

from collections.abc import Callable

from pydantic import Field

from ..rows import Row
from .rows import EntryAnswer, EntryPath

#: Shown where an answer has nothing to say.
NOTHING = "not known"


class Contrast(Row):
    """One aspect of two answers."""

    aspect: str
    left: str
    right: str
    differs: bool


class Comparison(Row):
    """Two answers, what they have in common and where they part. The fastest paths are compared."""

    left: EntryAnswer
    right: EntryAnswer
    rows: list[Contrast]
    shared_steps: list[str] = Field(description="Requirements of both fastest paths.")
    left_only: list[str]
    right_only: list[str]


def compare_answers(left: EntryAnswer, right: EntryAnswer) -> Comparison:
    """Set two answers side by side by their fastest paths."""
    mine, theirs = _steps(left), _steps(right)
    rows = []
    for aspect, say in _ASPECTS.items():
        a, b = say(left), say(right)
        rows.append(Contrast(aspect=aspect, left=a, right=b, differs=a != b))
    return Comparison(
        left=left,
        right=right,
        rows=rows,
        shared_steps=sorted(mine & theirs),
        left_only=sorted(mine - theirs),
        right_only=sorted(theirs - mine),
    )


def _fastest(answer: EntryAnswer) -> EntryPath | None:
    return answer.paths[0] if answer.paths else None


def _steps(answer: EntryAnswer) -> set[str]:
    path = _fastest(answer)
    return set(path.requirements) if path else set()


def _of_fastest(say: Callable[[EntryPath], str]) -> Callable[[EntryAnswer], str]:
    def told(answer: EntryAnswer) -> str:
        path = _fastest(answer)
        return say(path) if path else NOTHING

    return told


def _days(path: EntryPath) -> str:
    total = path.total
    bases = ", ".join(f"{n} {basis}" for basis, n in total.bases.items())
    most = f"{total.max:g}" + (" or more" if total.open_ended else "")
    return f"{total.min:g} / {total.typical:g} / {most} days (steps timed: {bases})"


def _partner(path: EntryPath) -> str:
    best = {partner.requirement.id: partner for partner in reversed(path.partners)}
    said = [f"{p.company.name} for {step} (score {p.score})" for step, p in sorted(best.items())]
    return "; ".join(said) or "no step needs one"


def _record(answer: EntryAnswer) -> str:
    said = []
    for item in answer.record:
        days = f", {item.days} days" if item.days is not None and item.kind != "case" else ""
        said.append(f"{item.name}: {item.status}" + (f" {item.listed}" if item.listed else "") + days)
    return "; ".join(said) or "none on record"


_ASPECTS: dict[str, Callable[[EntryAnswer], str]] = {
    "company": lambda a: a.company.name if a.company else NOTHING,
    "service": lambda a: a.service.name,
    "acts as": lambda a: f"{a.actor} ({a.actor_why or 'as asked'})",
    "paths found": lambda a: str(a.total_paths),
    "fastest route": _of_fastest(lambda p: p.route.name),
    "days: least / typical / most": _of_fastest(_days),
    "steps": _of_fastest(lambda p: str(len(p.steps))),
    "critical path": _of_fastest(lambda p: " → ".join(p.critical_path)),
    "gaps": _of_fastest(lambda p: str(len(p.gaps))),
    "rules against it": _of_fastest(
        lambda p: "; ".join(f"{bar.name}: {bar.state} ({bar.why})" for bar in p.prohibitions) or "none on record"
    ),
    "first partner": _of_fastest(_partner),
    "own record": _record,
    "closed routes": lambda a: ", ".join(c.route.name for c in a.closed) or "none",
}
