"""Steps of a timed plan as answers show them: levels, and the interval of each with what it measures."""

from __future__ import annotations

from graphlib import TopologicalSorter

from .draws import Timed
from .outlook import Option, intervals
from .plan import Plan
from .rules import Rules


def span_of(rules: Rules, option: Option, name: str) -> Timed | None:
    """The interval that a step is planned with; None where it takes no time of its own, or none is known."""
    timed = option.timing.launch.get(name)
    if timed is None:  # it does not hold up the launch, and has an interval all the same
        timed = intervals(rules, option.plan.steps[name], option.plan.values, option.timing.day)
    return timed if timed.parts else None


def levels(plan: Plan) -> dict[str, int]:
    """Place of each due step from 1: steps of one level have no order among themselves. Held ones take no place.

    The order is free of rings, as the check of the seeds tells.
    """
    due = set(plan.ids("due"))
    sorter = TopologicalSorter(dict.fromkeys(due, ()))
    for first, then in plan.order:
        if first in due and then in due:
            sorter.add(then, first)
    sorter.prepare()
    level: dict[str, int] = {}
    place = 0
    while ready := sorter.get_ready():
        place += 1
        level |= dict.fromkeys(ready, place)
        sorter.done(*ready)
    return level
