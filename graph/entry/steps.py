"""Steps of a timed plan as answers show them: levels, and the interval of each with what it measures."""

from __future__ import annotations

from dataclasses import dataclass

from .durations import DurationSpec
from .outlook import Option, intervals
from .plan import Plan
from .rules import Rules

#: The weaker the basis of a part, the further right; a sum is as good as its weakest part.
_BASES = ("statutory", "observed", "estimate")


@dataclass(frozen=True)
class Span:
    """The interval of a step: the sum of its parts, an unknown end None."""

    min: float | None
    typical: float | None
    max: float | None
    measures: str
    basis: str
    n: int | None
    parts: tuple[tuple[DurationSpec, str], ...]


def span_of(rules: Rules, option: Option, name: str) -> Span | None:
    """The interval that a step is planned with; None where it takes no time of its own, or none is known."""
    timed = option.timing.launch.get(name)
    if timed is None:  # it does not hold up the launch, and has an interval all the same
        timed = intervals(rules, option.plan.steps[name], option.plan.values, option.timing.day)
    if not timed.parts:
        return None
    specs = [spec for spec, _ in timed.parts]
    counts = {spec.n for spec in specs}
    return Span(
        _sum([spec.min for spec in specs]),
        timed.typical,
        timed.high,
        "+".join(str(spec.measures) for spec in specs),
        max((spec.basis for spec in specs), key=_BASES.index),
        min(n for n in counts if n) if any(counts) else None,
        timed.parts,
    )


def _sum(ends: list[float | None]) -> float | None:
    return None if any(end is None for end in ends) else sum(end for end in ends if end is not None)


def levels(plan: Plan) -> dict[str, int]:
    """Place of each due step from 1: steps of one level have no order among themselves. Held ones take no place."""
    due = {name for name, step in plan.steps.items() if step.status == "due"}
    before: dict[str, set[str]] = {name: set() for name in due}
    for first, then in plan.order:
        if first in due and then in due:
            before[then].add(first)
    level: dict[str, int] = {}
    todo = sorted(due)
    while todo:
        ready = [name for name in todo if before[name] <= level.keys()]
        if not ready:
            break  # a ring, which the check of the seeds tells
        for name in ready:
            level[name] = 1 + max((level[b] for b in before[name]), default=0)
        todo = [name for name in todo if name not in level]
    return level
