"""Two answers about market entry side by side."""

from __future__ import annotations

from collections.abc import Callable

from pydantic import Field

from ..rows import Row
from .rows import EntryAnswer, PlanRow

#: Shown where an answer has nothing to say.
NOTHING = "not known"


class Contrast(Row):
    """One aspect of two answers."""

    aspect: str
    left: str
    right: str
    differs: bool


class Comparison(Row):
    """Two answers, what they have in common and where they part. Their first plans are compared."""

    left: EntryAnswer
    right: EntryAnswer
    rows: list[Contrast]
    shared_steps: list[str] = Field(description="Due in both first plans.")
    left_only: list[str]
    right_only: list[str]


def compare_answers(left: EntryAnswer, right: EntryAnswer) -> Comparison:
    """Set two answers side by side by their first plans."""
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


def _fastest(answer: EntryAnswer) -> PlanRow | None:
    return answer.plans[0] if answer.plans else None


def _steps(answer: EntryAnswer) -> set[str]:
    path = _fastest(answer)
    return {s.requirement.id for s in path.steps if s.status == "due"} if path else set()


def _of_fastest(say: Callable[[PlanRow], str]) -> Callable[[EntryAnswer], str]:
    def told(answer: EntryAnswer) -> str:
        path = _fastest(answer)
        return say(path) if path else NOTHING

    return told


def _days(path: PlanRow) -> str:
    days = [path.days[mark] for mark in ("p10", "p50", "p90")]
    return f"{path.launch.p10} / {path.launch.p50} / {path.launch.p90} ({' / '.join(map(str, days))} days)"


def _steps_of(status: str) -> Callable[[PlanRow], str]:
    return lambda path: ", ".join(s.requirement.name for s in path.steps if s.status == status) or "none"


def _critical(path: PlanRow) -> str:
    found = sorted((s for s in path.steps if s.critical), key=lambda s: -(s.critical or 0))
    return ", ".join(f"{s.requirement.name} {s.critical:.0%}" for s in found[:4]) or "none"


def _partner(path: PlanRow) -> str:
    best = {partner.requirement.id: partner for partner in reversed(path.partners)}
    said = [f"{p.company.name} for {step} (score {p.score})" for step, p in sorted(best.items())]
    return "; ".join(said) or "no step needs one"


def _record(answer: EntryAnswer) -> str:
    said = []
    for item in answer.record:
        days = f", {item.days} days" if item.days is not None and item.kind != "case" else ""
        said.append(f"{item.name}: {item.status}" + (f" {item.listed}" if item.listed else "") + days)
    return "; ".join(said) or ("none by what is said" if answer.against else "none on record")


def _case(answer: EntryAnswer) -> str:
    said = [f"{fact.name}: {fact.value_name}" for fact in answer.case.values() if fact.origin == "graph"]
    return "; ".join(said) or NOTHING


_ASPECTS: dict[str, Callable[[EntryAnswer], str]] = {
    "company": lambda a: a.company.name if a.company else NOTHING,
    "service": lambda a: a.service.name,
    "known of it": _case,
    "said against the record": lambda a: "; ".join(row.text for row in a.against) or "nothing",
    "plans found": lambda a: str(a.total_plans),
    "best road": _of_fastest(lambda p: p.strategy.name),
    "gate": _of_fastest(lambda p: f"{p.gate or 'none'}{' (held)' if p.gate_held else ''}: {p.gate_evidence.text}"),
    "launch: P10 / P50 / P90": _of_fastest(_days),
    "held": _of_fastest(_steps_of("held")),
    "due": _of_fastest(_steps_of("due")),
    "depends": _of_fastest(_steps_of("depends")),
    "most critical": _of_fastest(_critical),
    "gaps": _of_fastest(lambda p: str(len(p.gaps))),
    "rules against it": _of_fastest(
        lambda p: "; ".join(f"{bar.name}: {bar.state} ({bar.why})" for bar in p.bars) or "none on record"
    ),
    "first partner": _of_fastest(_partner),
    "own record": _record,
    "closed strategies": lambda a: ", ".join(c.strategy.name for c in a.closed) or "none",
}
