"""Time as a distribution: seeded draws over the intervals of a plan's steps.

Method: each interval has a quantile function (`quantiles`); a step's time is the sum of its parts; a plan's time in
one draw is its longest chain. Intervals of one cause (one office, one team) move together by a shared factor (Gaussian
copula with correlation `SHARED`). The numbers of one step are the same in every plan, so that two plans differ by
their steps alone.
PERT: Malcolm et al. 1959, Beta(1 + 4(m−a)/(b−a), 1 + 4(b−m)/(b−a)).
"""

from __future__ import annotations

import graphlib
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from .durations import DurationSpec
from .model import RequirementSpec
from .sets import CycleError, find_cycles

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]
else:
    Array = Any

#: Draws of an answer; changes of facts are compared with fewer.
DRAWS, QUICK = 10_000, 2_000
SEED = 20240415
#: Correlation of two intervals of one cause.
SHARED = 0.5
#: What an interval may rest on, the weakest last.
_BASES = ("statutory", "observed", "estimate")
#: Width of the tail above a value whose end is not known (sigma of a lognormal).
TAIL = 0.6


@dataclass(frozen=True)
class Timed:
    """The intervals that a step is planned with, added up, and the cause that each moves with."""

    parts: tuple[tuple[DurationSpec, str], ...]

    def key(self) -> tuple[Any, ...]:
        """What its draws depend on."""
        return tuple((cause, d.measures, d.min, d.typical, d.p90, d.max) for d, cause in self.parts)

    @property
    def min(self) -> float | None:
        """Least days; None where a part does not know its own, as for the usual and the most."""
        return _sum([spec.min for spec, _ in self.parts])

    @property
    def typical(self) -> float | None:
        """Usual days."""
        return _sum([spec.typical for spec, _ in self.parts])

    @property
    def max(self) -> float | None:
        """Most days."""
        return _sum([spec.max for spec, _ in self.parts])

    @property
    def measures(self) -> str:
        """What is measured, part by part."""
        return "+".join(spec.measures for spec, _ in self.parts)

    @property
    def basis(self) -> str:
        """What it rests on; a sum is as good as its weakest part."""
        return _BASES[max(_BASES.index(spec.basis) for spec, _ in self.parts)]

    @property
    def n(self) -> int | None:
        """Cases observed, of the part with the fewest."""
        return min((spec.n for spec, _ in self.parts if spec.n), default=None)


def _sum(ends: Sequence[float | None]) -> float | None:
    return None if None in ends else sum(end for end in ends if end is not None)


@dataclass(frozen=True)
class Window:
    """Days from the start to the launch, to the nearest day, and how often each step was on the longest chain.

    The nearest day and not the next one: where a plan takes a week, one day holds a tenth of all draws, and half of
    them would then be done well before the day that is called the median.
    """

    p10: int
    p50: int
    p80: int
    p90: int
    critical: Mapping[str, float]
    starts: Mapping[str, tuple[int, int]]  # of each step its median start and end, in days

    def days(self) -> dict[str, int]:
        """The four marks by name."""
        return {"p10": self.p10, "p50": self.p50, "p80": self.p80, "p90": self.p90}


def cause_of(item: RequirementSpec, spec: DurationSpec) -> str:
    """What an interval moves with: the body whose clock it is, or the asker's own team."""
    if spec.cause:
        return spec.cause
    own = spec.measures == "preparation" or spec.clock == "applicant" or not item.authorities
    return "own-team" if own else item.authorities[0]


def quantiles(spec: DurationSpec, u: Array) -> Array:
    """Days at the given probabilities, by the ends that are known.

    min, median, p90, max: straight lines between them. Both ends (and a usual value): PERT. A maximum alone is the
    limit of a clock: PERT from a quarter of it, most often at three quarters. No maximum: a lognormal tail above the
    minimum.
    """
    import numpy as np

    low, mid, high = spec.min, spec.typical, spec.max
    if spec.p90 is not None and mid is not None:
        end = high if high is not None else spec.p90 * 1.5
        return np.asarray(np.interp(u, [0.0, 0.5, 0.9, 1.0], [low or 0.0, mid, spec.p90, end]))
    if high is not None:
        if low is None:
            low = high / 4 if mid is None else mid / 2
            mid = high * 3 / 4 if mid is None else mid
        return _pert(low, (low + high) / 2 if mid is None else mid, high, u)
    known = mid if mid is not None else low
    assert known is not None  # a duration has one end at least
    base = low if low is not None else known / 2
    scale = max(known - base, known / 4)
    return np.asarray(base + scale * np.exp(TAIL * _normal(u)))


def _pert(low: float, mode: float, high: float, u: Array) -> Array:
    import numpy as np

    if high <= low:
        return np.full_like(u, low)
    a, b = 1 + 4 * (mode - low) / (high - low), 1 + 4 * (high - mode) / (high - low)
    grid, shares = _beta(a, b)
    return np.asarray(np.interp(u, grid, low + (high - low) * shares))


@cache
def _beta(a: float, b: float) -> tuple[Array, Array]:
    """Probabilities, and the quantiles of a beta distribution at them; rules hold some hundred intervals.

    The inverse is smooth: interpolation between them errs by less than a part in 10,000.
    """
    import numpy as np
    from scipy.special import betaincinv

    grid = np.linspace(0.0, 1.0, 513)
    return grid, betaincinv(a, b, grid)


def _normal(u: Array) -> Array:
    import numpy as np
    from scipy.special import ndtri

    return np.asarray(ndtri(np.clip(u, 1e-6, 1 - 1e-6)))


class Draws:
    """The same random numbers for the same step, whatever the plan.

    Args:
        count: number of draws.
        marks_only: leave out when each step begins and how often it is critical, where only the marks are compared.
        spans: when each step begins and ends; what is stored of a plan does without.
    """

    def __init__(self, count: int = DRAWS, *, marks_only: bool = False, spans: bool = True) -> None:
        self.count, self.marks_only, self.spans = count, marks_only, spans
        self._normals: dict[str, Array] = {}
        self._times: dict[tuple[str, tuple[Any, ...]], Array] = {}
        self._windows: dict[tuple[Any, ...], tuple[Window, Array]] = {}

    def _z(self, name: str) -> Array:
        import numpy as np

        if name not in self._normals:
            stream = np.random.default_rng([SEED, zlib.crc32(name.encode())])
            self._normals[name] = stream.standard_normal(self.count)
        return self._normals[name]

    def time(self, step: str, timed: Timed) -> Array:
        """Days of one step in each draw."""
        import numpy as np
        from scipy.special import ndtr

        key = (step, timed.key())
        if key not in self._times:
            total = np.zeros(self.count)
            for spec, cause in timed.parts:
                own = self._z(f"{step}/{spec.measures}")
                z = np.sqrt(SHARED) * self._z(f"cause/{cause}") + np.sqrt(1 - SHARED) * own
                total = total + quantiles(spec, ndtr(z))
            self._times[key] = total
        return self._times[key]

    def plan(self, launch: Mapping[str, Timed], order: Iterable[tuple[str, str]]) -> tuple[Window, Array]:
        """`window` over steps with these intervals; many plans differ only in what the launch does not wait for."""
        pairs = tuple((first, then) for first, then in order if first in launch and then in launch)
        key = (tuple((name, launch[name].key()) for name in sorted(launch)), pairs)
        if key not in self._windows:
            self._windows[key] = self.window({name: self.time(name, span) for name, span in launch.items()}, pairs)
        return self._windows[key]

    def window(self, times: Mapping[str, Array], order: Iterable[tuple[str, str]]) -> tuple[Window, Array]:
        """Marks of the longest chain over steps with these times, and the total of each draw.

        Args:
            times: days of each step that the launch waits for.
            order: pairs (earlier, later); pairs with another end are ignored. Free of rings.
        """
        import numpy as np

        before, after, names = _ordered(times, order)
        zero = np.zeros(self.count)
        ends: dict[str, Array] = {}
        starts: dict[str, Array] = {}
        for name in names:
            starts[name] = _latest([ends[b] for b in before[name]], zero)
            ends[name] = starts[name] + times[name]
        total = _latest(list(ends.values()), zero)
        p10, p50, p80, p90 = (int(mark) for mark in np.floor(np.percentile(total, [10, 50, 80, 90]) + 0.5))
        if self.marks_only:
            return Window(p10, p50, p80, p90, {}, {}), total
        on_chain = {name: np.zeros(self.count, dtype=bool) for name in names}
        for name in reversed(names):
            last = (ends[name] >= total - 1e-9) & (times[name] > 0)
            for later in after[name]:
                last = last | (on_chain[later] & (ends[name] >= starts[later] - 1e-9))
            on_chain[name] = last
        shown = names if self.spans and names else []
        middles = np.median([[starts[name], ends[name]] for name in shown], axis=2) if shown else []
        spans = {
            name: (round(float(begin)), round(float(end))) for name, (begin, end) in zip(shown, middles, strict=True)
        }
        critical = {name: round(float(on_chain[name].mean()), 3) for name in names}
        return Window(p10, p50, p80, p90, critical, spans), total


def _latest(arrays: Sequence[Array], zero: Array) -> Array:
    import numpy as np

    found = zero
    for one in arrays:
        found = np.maximum(found, one)
    return found


def _ordered(
    times: Mapping[str, Array], order: Iterable[tuple[str, str]]
) -> tuple[dict[str, list[str]], dict[str, list[str]], list[str]]:
    before: dict[str, list[str]] = {name: [] for name in sorted(times)}
    after: dict[str, list[str]] = {name: [] for name in times}
    for first, then in order:
        if first in times and then in times:
            before[then].append(first)
            after[first].append(then)
    try:
        return before, after, list(graphlib.TopologicalSorter(before).static_order())
    except graphlib.CycleError:
        raise CycleError(find_cycles(after)) from None
