"""The case asked again with one fact changed: duties that come or go, days, strategies that open or close.

Method: one at a time, as the policy simulators of trade rules do it; two changes together may do more than their sum.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from .agree import Contradiction, settled
from .condition import Condition, Values
from .draws import QUICK, Draws
from .gate import Row
from .outlook import Case, Known, Option, Outlook, outlook
from .plan import plans
from .rules import PROVIDER, Rules

#: Our weight of a fact's being another than it was taken for, by where it is from.
WEIGHT = {
    "unknown": 0.5, "assumption": 0.3, "default": 0.1, "preset": 0.1, "profile": 0.1, "graph": 0.05, "asker": 0.05,
}  # fmt: skip


@dataclass(frozen=True)
class Flip:
    """What one changed fact does to the first plan, and to the strategies.

    Attributes:
        days: days that it adds at the median; None where no plan is left, or where there are steps in `untimed`.
        untimed: steps that take time nobody knows, of the plan before or after, and not of both.
        frees, bars: prohibitions that no longer stand in the way, and those that come to.
        later: of `adds`, what the case as it is would need too if it were launched so late.
    """

    fact: str
    value: str
    was: str | None
    adds: tuple[str, ...]
    removes: tuple[str, ...]
    days: int | None
    opens: tuple[str, ...]
    closes: tuple[str, ...]
    gate: tuple[str | None, str | None]
    untimed: tuple[str, ...] = ()
    frees: tuple[str, ...] = ()
    bars: tuple[str, ...] = ()
    later: tuple[str, ...] = ()

    @property
    def matters(self) -> bool:
        """True where anything changes."""
        changed = (self.adds, self.removes, self.days, self.opens, self.closes, self.frees, self.bars)
        return any(changed) or self.days is None

    def weight(self) -> tuple[bool, int, int, str, str]:
        """Sort key: first what takes away a prohibition that stands in the way, then the largest effect.

        A road that falls out beside the first plan changes nothing of it, and weighs nothing.
        """
        moved = abs(self.days) if self.days is not None else 0 if self.untimed else 10_000
        roads = len(self.opens) + len(self.bars)
        duties = len(self.adds) + len(self.removes)
        return not self.frees, -(moved + 30 * roads), -duties, self.fact, self.value


def flips(rules: Rules, case: Case, rows: Collection[Row], first: Option, base: Outlook) -> list[Flip]:
    """Every change of one fact that matters, by effect. What the kind of service neither has nor asks comes last: no
    answer engine turns on maps that it might collect."""
    draws = Draws(QUICK, marks_only=True)
    strategies = [first.strategy.id]
    again = outlook(rules, case, rows, draws, strategies=strategies)
    mine = _like(again, first)
    if mine is None:
        return []
    readers = _readers(rules)
    base_values = {**case.values(), **first.strategy.sets}
    found = []
    for name, known in case.facts.items():
        spec = rules.graph.facts[name]
        values = spec.values()
        if (
            not spec.changeable
            or values is None
            or name not in readers
            or name == PROVIDER
            or name in first.strategy.sets
        ):
            continue
        for value in values:
            days = (case.start, mine.timing.day)
            other = _changed(rules, case, name, value) if value != known.value else None
            if other and _turns(rules, readers, base_values, {**other.values(), **first.strategy.sets}, days):
                flip = _flip(rules, case, other, rows, draws, mine, again, base, name, value)
                if flip.matters:
                    found.append(flip)
    return sorted(found, key=lambda f: (not f.frees, case.facts[f.fact].origin == "default", f.weight()))


def _changed(rules: Rules, case: Case, name: str, value: str) -> Case | None:
    """The case with one fact changed, and with it what rests on that fact; None where what is said excludes it."""
    facts = {n: (k.against or Known(None, "unknown")) if k.follows == name else k for n, k in case.facts.items()}
    try:
        return replace(case, facts=settled(rules.graph, {**facts, name: Known(value, "asker")}))
    except Contradiction:
        return None


def _flip(
    rules: Rules,
    case: Case,
    other: Case,
    rows: Collection[Row],
    draws: Draws,
    mine: Option,
    like: Outlook,
    base: Outlook,
    name: str,
    value: str,
) -> Flip:
    again = outlook(rules, other, rows, draws, strategies=[mine.strategy.id], like=like)
    theirs = again.options[0] if again.options else None
    before = {o.strategy.id for o in base.options}
    touched = _roads(rules, other, base)
    was = case.facts[name].value
    if theirs is None:
        left = tuple(sorted(before & touched[1] | {mine.strategy.id}))
        return Flip(name, value, was, (), (), None, tuple(sorted(touched[0])), left, (mine.plan.gate, None))
    a, b = set(mine.plan.ids("due")), set(theirs.plan.ids("due"))
    held, holds = _binding(mine), _binding(theirs)
    untimed = tuple(sorted(set(mine.timing.untimed) ^ set(theirs.timing.untimed)))
    days = None if untimed else theirs.timing.window.p50 - mine.timing.window.p50
    values = {**case.values(), **mine.strategy.sets}
    then = {n for p in plans(rules, values, theirs.timing.day) if p.gate == mine.plan.gate for n in p.ids("due")}
    return Flip(
        name, value, was, tuple(sorted(b - a)), tuple(sorted(a - b)), days, tuple(sorted(touched[0])),
        tuple(sorted(touched[1])), (mine.plan.gate, theirs.plan.gate), untimed, tuple(sorted(held - holds)),
        tuple(sorted(holds - held)), tuple(sorted((b - a) & then)),
    )  # fmt: skip


def _binding(option: Option) -> set[str]:
    """Prohibitions that stand in the way of a plan."""
    return {bar.spec.id for bar in option.plan.bars if bar.state == "binding"}


def _roads(rules: Rules, case: Case, base: Outlook) -> tuple[set[str], set[str]]:
    """Strategies that the changed case opens and closes, by their conditions and by the prohibitions that close."""
    before = {option.strategy.id for option in base.options}
    after = set()
    for strategy in rules.graph.strategies.values():
        values = {**case.values(), **strategy.sets}
        if any(
            case.facts[n].origin == "asker" and case.facts[n].value not in (None, v) for n, v in strategy.sets.items()
        ):
            continue
        if rules.truth(strategy.when, case.values(), case.start) is False:
            continue
        if not any(
            bar.closes and not bar.lifted_by and bar.when and rules.truth(bar.when, values, case.start) is True
            for bar in rules.graph.prohibitions.values()
        ):
            after.add(strategy.id)
    return after - before, before - after


def _like(found: Outlook, wanted: Option) -> Option | None:
    for option in found.options:
        if option.plan.gate == wanted.plan.gate and option.plan.ids("due") == wanted.plan.ids("due"):
            return option
    return found.options[0] if found.options else None


def _turns(
    rules: Rules, readers: Mapping[str, list[Condition | None]], values: Values, other: Values, days: Iterable[date]
) -> bool:
    """True where a condition that reads a changed fact changes its truth; None stands for what a place decides."""
    conditions = [c for name, value in other.items() if value != values.get(name) for c in readers.get(name, ())]
    return any(
        c is None or rules.truth(c, values, day) is not rules.truth(c, other, day) for c in conditions for day in days
    )


def _readers(rules: Rules) -> dict[str, list[Condition | None]]:
    """Conditions by the facts they read."""
    found: dict[str, list[Condition | None]] = {}
    for condition in rules.conditions():
        for fact in rules.domain.facts_read(condition):
            found.setdefault(fact, []).append(condition)
    if any(d.places for item in rules.graph.requirements.values() for d in item.durations):
        found.setdefault("province", []).append(None)
    return found
