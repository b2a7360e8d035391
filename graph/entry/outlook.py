"""A case over its strategies: the plans each leaves open, timed from a start day and put in order."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from .case_model import StrategySpec
from .condition import NO
from .draws import DRAWS, Draws, Timed, Window, cause_of
from .durations import DurationSpec
from .gate import GateEvidence, Row, gate_evidence, rows_seen
from .plan import Bar, Plan, Step, plans
from .rules import PARTNERS, PROVIDER, Rules

if TYPE_CHECKING:
    from .draws import Array
else:
    Array = Any

Origin = Literal["asker", "graph", "profile", "preset", "default", "assumption", "strategy", "unknown"]
#: Origins that a strategy may not overrule.
SAID = frozenset({"asker"})
#: Fact that says whether the group has a company in mainland China.
ONSHORE = "onshore_company"
#: Facts that say whether a row of the register stands for a gate begin so; its name follows.
LISTED = "listed_"
_ROUNDS = 3
#: Days by the ways taken where a choice makes a plan of its own.
_Days = Mapping[tuple[tuple[str, str], ...], date]


@dataclass(frozen=True)
class Known:
    """A fact of a case: its value, None where unknown, where it is from, and what shows it.

    Attributes:
        against: the other word on it that did not count: the graph's where the asker's stands, or an assumption; a
            hint of the graph has no value.
        follows: the fact of which it is but a consequence.
    """

    value: str | None
    origin: Origin
    why: str = ""
    evidence: tuple[Any, ...] = ()
    against: Known | None = None
    follows: str | None = None

    def over(self, held: Known | None) -> Known:
        """The same, with what the graph holds against it where it holds another value, or hints at one."""
        if held is None or not (held.evidence if held.value is None else held.origin == "graph"):
            return self
        if held.value == self.value:
            return self
        return replace(self, against=held)


@dataclass(frozen=True)
class Case:
    """Who asks for what, from which day.

    Attributes:
        kind: kind of service whose register rows count as the same.
        company: id of the company, where one asks.
        start: day on which work begins, and the law is read.
    """

    facts: Mapping[str, Known]
    start: date
    kind: str | None = None
    company: str | None = None

    def values(self) -> dict[str, str | None]:
        """The facts as conditions read them."""
        return {name: known.value for name, known in self.facts.items()}

    def denies(self, row: Row) -> bool:
        """True for a row of the company that can't be by these facts: it has no company there, or no such row."""
        shown = self._without.get(row.gate)
        if shown is None or (self.company not in row.companies and row.id not in shown):
            return False
        company = self.facts.get(ONSHORE)
        return bool(company and company.value == NO) or not row.kinds or self.kind in row.kinds

    @cached_property
    def _without(self) -> dict[str, set[str]]:
        """Gates that the company says it has no row of, with ids of rows that show one; thousands of rows ask."""
        if self.company is None:
            return {}
        said = {name: known for name, known in self.facts.items() if name.startswith(LISTED) and known.value == NO}
        return {
            name.removeprefix(LISTED): {held.fact_id for held in (known.against.evidence if known.against else ())}
            for name, known in said.items()
        }


@dataclass(frozen=True)
class Timing:
    """A plan on the clock: `launch` are the steps the launch waits for, with their intervals."""

    window: Window
    launch: Mapping[str, Timed]
    untimed: tuple[str, ...]
    day: date
    total: Array = field(compare=False, repr=False)


@dataclass(frozen=True)
class Option:
    """A plan of a strategy, timed, with the evidence on its gate."""

    strategy: StrategySpec
    plan: Plan
    timing: Timing
    evidence: GateEvidence
    changes: tuple[str, ...]  # facts of the asker or the preset that the strategy turns into something else


@dataclass(frozen=True)
class NoOption:
    """A strategy that is none for this case: closed by an article, or not fitting its facts."""

    strategy: StrategySpec
    bars: tuple[Bar, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Outlook:
    """All options of a case, best first, and the strategies that are none."""

    options: tuple[Option, ...]
    closed: tuple[NoOption, ...]
    unfit: tuple[NoOption, ...]


def outlook(
    rules: Rules, case: Case, rows: Collection[Row], draws: Draws | None = None, *,
    strategies: Iterable[str] | None = None, like: Outlook | None = None,
) -> Outlook:  # fmt: skip
    """Every plan of a case, in order.

    Order: not blocked, then the question as asked, then fewer prohibitions in the way of the road, then the evidence
    on the gate, then the median day, then fewer steps.

    Args:
        rows: the register, for the evidence on gates.
        strategies: ids to look at; all by default.
        like: the outlook of a case much like this one: its plans say by the law of which day to look first. A good
            guess saves time and changes nothing.
    """
    taken = draws or Draws(DRAWS)
    seen = [row for row in rows_seen(rows, case.start) if not case.denies(row)]
    wanted = None if strategies is None else set(strategies)
    near = _near(rules, like) if like else {}
    options: list[Option] = []
    closed: list[NoOption] = []
    unfit: list[NoOption] = []
    for strategy in rules.graph.strategies.values():
        if wanted is not None and strategy.id not in wanted:
            continue
        facts = _contradicted(rules, case, strategy)
        if facts:
            unfit.append(NoOption(strategy, (), facts))
            continue
        found = _options(rules, case, strategy, seen, taken, near)
        options += [option for option in found if not any(bar.closes for bar in option.plan.bars)]
        if found and all(any(bar.closes for bar in option.plan.bars) for option in found):
            bars = tuple(bar for bar in found[0].plan.bars if bar.closes)
            closed.append(NoOption(strategy, bars, ()))
    return Outlook(tuple(sorted(options, key=_place)), tuple(closed), tuple(unfit))


def _contradicted(rules: Rules, case: Case, strategy: StrategySpec) -> tuple[str, ...]:
    """Facts by which a strategy is no option: its condition does not hold, or the asker said otherwise."""
    said = [
        name for name, value in strategy.sets.items()
        if (known := case.facts.get(name)) and known.origin in SAID and known.value not in (None, value)
    ]  # fmt: skip
    if said:
        return tuple(said)
    values = case.values()
    if rules.truth(strategy.when, values, case.start) is False:
        return rules.deciding(strategy.when, values, case.start) or ("",)
    return ()


def _options(
    rules: Rules, case: Case, strategy: StrategySpec, rows: Collection[Row], draws: Draws, near: _Days
) -> list[Option]:
    values = {**case.values(), **strategy.sets}
    changes = tuple(
        name for name, value in strategy.sets.items()
        if (known := case.facts.get(name)) and known.origin in ("preset", "graph") and known.value not in (None, value)
    )  # fmt: skip
    foreign = {"domestic": False, None: None}.get(values.get("capital"), True)
    kind, mine = case.kind, case.company
    if values.get(PROVIDER) in PARTNERS:
        # The partner files, a domestic company. That such companies filed this kind for themselves shows their gate and
        # not this road, and few of their rows have a kind that was judged.
        foreign, kind, mine = False, None, None
    found: dict[tuple[tuple[str, str], ...], Option] = {}
    guessed = _guessed(rules, values, case.start, draws, near) if near else None
    for plan, timing in guessed or _settled(rules, values, case.start, draws):
        evidence = gate_evidence(plan.gate, rows, kind, foreign=foreign, company=mine)
        if plan.gate and plan.gate_held:
            shown = evidence.level in ("own", "unjudged") or case.facts[LISTED + plan.gate].origin == "graph"
            evidence = replace(evidence, tier="own", level="own" if shown else "said")
        found.setdefault(_decisions(plan), Option(strategy, plan, timing, evidence, changes))
    return list(found.values())


def _settled(
    rules: Rules, values: Mapping[str, str | None], start: date, draws: Draws
) -> Iterator[tuple[Plan, Timing]]:
    """Every plan by the law of its own launch day: what comes into force on the way is part of it.

    A plan whose gate is closed before one could launch gives way to those that are open then, so that a strategy
    never falls out without a word.
    """
    todo = [(plan, start, _ROUNDS) for plan in plans(rules, values, start)]
    while todo:
        plan, day, rounds = todo.pop(0)
        timing = timed(rules, plan, values, day, draws)
        launch = start + timedelta(days=timing.window.p50)
        if not rounds or launch <= day or not any(day < change <= launch for change in rules.change_days):
            yield plan, timing
            continue
        later = plans(rules, values, launch)
        same = [other for other in later if _deciding(rules, other) == _deciding(rules, plan)]
        todo += [(other, launch, rounds - 1) for other in same[:1] or later]


def _near(rules: Rules, like: Outlook) -> _Days:
    """By the ways that make a plan of its own, the day by whose law it was settled."""
    return {tuple(_deciding(rules, option.plan).items()): option.timing.day for option in like.options}


def _guessed(
    rules: Rules, values: Mapping[str, str | None], start: date, draws: Draws, near: _Days
) -> list[tuple[Plan, Timing]] | None:
    """Every plan by the law of the day at which one like it was settled; None where one launches under other law."""
    found: list[tuple[Plan, Timing]] = []
    settled, open_ = set(), set()
    for day in dict.fromkeys(near.values()):
        for plan in plans(rules, values, day):
            ways = tuple(_deciding(rules, plan).items())
            if near.get(ways, day) != day:
                continue
            timing = timed(rules, plan, values, day, draws)
            launch = start + timedelta(days=timing.window.p50)
            if rules.period(launch) == rules.period(day):
                settled.add(ways)
                found.append((plan, timing))
            else:
                open_.add(ways)
    return None if open_ - settled or not found else found


def _deciding(rules: Rules, plan: Plan) -> dict[str, str]:
    """The ways taken where a choice makes a plan of its own; any other choice may change with the law."""
    items = rules.graph.requirements
    return {name: way for name, way in _decisions(plan) if items[name].choice == "decides"}


def _decisions(plan: Plan) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((name, step.way.id) for name, step in plan.steps.items() if step.way and len(step.ways) > 1))


def timed(rules: Rules, plan: Plan, values: Mapping[str, str | None], day: date, draws: Draws) -> Timing:
    """A plan on the clock: due steps that block the launch, and what they legally need."""
    items = rules.graph.requirements
    waits = {name for name, step in plan.steps.items() if step.status == "due" and items[name].blocks_launch}
    stack = list(waits)
    while stack:
        way = plan.steps[stack.pop()].way
        for need in way.needs if way else ():
            if need not in waits and need in plan.steps and plan.steps[need].status == "due":
                waits.add(need)
                stack.append(need)
    spans = {name: intervals(rules, plan.steps[name], values, day) for name in waits}
    inside = {
        name for other in waits if any(spec.measures == "whole" for spec, _ in spans[other].parts)
        for name in items[other].includes
    }  # fmt: skip
    launch = {name: Timed(()) if name in inside else span for name, span in spans.items()}
    window, total = draws.plan(launch, plan.order)
    untimed = tuple(sorted(name for name in waits - inside if _lacks_time(plan.steps[name], spans[name])))
    return Timing(window, launch, untimed, day, total)


def _lacks_time(step: Step, span: Timed) -> bool:
    """True for a step of its own that no interval is planned for; a choice takes the time of what it needs."""
    return not span.parts and not (step.way and step.way.needs and len(step.ways) > 1)


def intervals(rules: Rules, step: Step, values: Mapping[str, str | None], day: date) -> Timed:
    """The planned intervals that fit a case: of each measure the first whose condition holds, the place's own first."""
    item = rules.graph.requirements[step.id]
    place = values.get("province")
    taken: dict[str, DurationSpec] = {}
    fitting = [d for d in item.durations if d.plan and (not d.places or place in d.places)]
    for spec in sorted(fitting, key=lambda d: (d.when is None, not d.places)):
        if rules.truth(spec.when, values, day) is True:
            taken.setdefault(spec.measures, spec)
    whole = taken.get("whole")
    chosen = [whole] if whole else list(taken.values())
    return Timed(tuple((spec, cause_of(item, spec)) for spec in chosen))


def set_back(found: Outlook) -> list[Option]:
    """Options that would stand before the first but for what is in their way, the first of each strategy."""
    if not found.options:
        return []
    first, seen = found.options[0], dict[str, Option]()
    for option in found.options[1:]:
        if option.strategy.id != first.strategy.id and _merit(option) < _merit(first):
            seen.setdefault(option.strategy.id, option)
    return list(seen.values())


def _place(option: Option) -> tuple[Any, ...]:
    asked, *rest = _merit(option)
    return (option.plan.blocked, asked, option.plan.hindered, *rest)


def _merit(option: Option) -> tuple[Any, ...]:
    """What speaks for a road beside what is in its way."""
    return (
        bool(option.changes),
        option.evidence.place(),
        option.timing.window.p50,
        len(option.timing.launch),
        len(option.plan.ids("due", "depends")),
        option.strategy.id,
        option.plan.gate or "",
        _decisions(option.plan),
    )
