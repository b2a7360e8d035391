"""Order and time of a set of steps: levels, parallel steps, critical path (method: longest path in a DAG)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .sets import CycleError, find_cycles

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True)
class Days:
    """An interval of calendar days. An unknown end is None, never a guess."""

    min: float | None = None
    typical: float | None = None
    max: float | None = None

    def low(self) -> float:
        """Least days to count with: an unknown minimum counts as 0."""
        return self.min or 0.0

    def middle(self) -> float:
        """Typical days to count with: the middle of the known ends where no typical value is known."""
        if self.typical is not None:
            return self.typical
        ends = [end for end in (self.min, self.max) if end is not None]
        return sum(ends) / len(ends) if ends else 0.0

    def high(self) -> float:
        """Most days to count with: an unknown maximum counts as the typical value (see `Schedule.open_ended`)."""
        return self.max if self.max is not None else max(self.middle(), self.low())


@dataclass(frozen=True)
class Schedule:
    """A timed plan. `level` counts from 1; steps of one level have no order among themselves."""

    level: dict[str, int]
    start: dict[str, float]  # earliest start in days by typical durations
    critical: tuple[str, ...]  # the longest chain by typical durations
    total: Days  # longest chain by each of the three measures
    effort: float  # typical days of all steps added up, parallel ones too
    open_ended: bool  # a step without a known maximum: the total's maximum is a lower bound


def schedule(steps: Mapping[str, Days | None], after: Iterable[tuple[str, str]]) -> Schedule:
    """Plan steps as early as their order allows, everything without an order in parallel.

    Args:
        steps: interval of each step; None for one that takes no time of its own.
        after: pairs (earlier, later); pairs with an end that is no step are ignored.
    Raises:
        CycleError: the order runs in a ring.
    """
    import networkx as nx  # takes long to import, and most commands plan nothing

    graph = nx.DiGraph()
    graph.add_nodes_from(sorted(steps))
    graph.add_edges_from(sorted((a, b) for a, b in after if a in steps and b in steps))
    if rings := find_cycles({name: list(graph.successors(name)) for name in graph}):
        raise CycleError(rings)
    order: list[str] = list(nx.lexicographical_topological_sort(graph))
    level: dict[str, int] = {}
    for name in order:
        level[name] = 1 + max((level[before] for before in graph.predecessors(name)), default=0)
    days = {name: span or Days() for name, span in steps.items()}
    start, critical, typical = _longest(graph, order, {n: d.middle() for n, d in days.items()})
    _, _, low = _longest(graph, order, {n: d.low() for n, d in days.items()})
    _, _, high = _longest(graph, order, {n: d.high() for n, d in days.items()})
    unknown = any(span is not None and span.max is None for span in steps.values())
    return Schedule(level, start, critical, Days(low, typical, high), sum(d.middle() for d in days.values()), unknown)


def _longest(
    graph: nx.DiGraph, order: list[str], weight: Mapping[str, float]
) -> tuple[dict[str, float], tuple[str, ...], float]:
    start: dict[str, float] = {}
    came: dict[str, str | None] = {}
    for name in order:
        before = list(graph.predecessors(name))
        # the smallest id wins a tie, so that the same input always shows the same chain
        last = min(before, key=lambda b: (-(start[b] + weight[b]), b), default=None)
        start[name] = start[last] + weight[last] if last is not None else 0.0
        came[name] = last
    if not order:
        return {}, (), 0.0
    end = min(order, key=lambda n: (-(start[n] + weight[n]), n))
    chain: list[str] = []
    step: str | None = end
    while step is not None:
        chain.append(step)
        step = came[step]
    return start, tuple(reversed(chain)), start[end] + weight[end]
