"""The plan of a case: which duties it has, in which ways they are met, in which order, and what stands against it.

Pure: no database and no clock. A strategy has set its facts before; a duty holds whatever the strategy, and who
carries it follows from who is the provider in law. Method: every duty whose condition holds must be met (AND), each in
one of its open ways (OR); the minimal sets are enumerated exactly (`sets`), where a deciding choice keeps its ways
apart and any other takes the first open one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache

from .law import in_force
from .model import ProhibitionSpec, RequirementSpec, WaySpec
from .rules import Performer, Rules, Status, on
from .sets import LIMIT, Enumeration, minimal_sets

#: The choice that leads through a gate of the register.
GATE = "r.gate"


@dataclass(frozen=True)
class WayState:
    """How one way of a requirement stands in a case."""

    way: WaySpec
    open: bool | None
    facts: tuple[str, ...]  # what excludes it, or what it depends on


@dataclass(frozen=True)
class Step:
    """One requirement in a plan.

    Attributes:
        facts: what it depends on, what excludes it, what shows it as held, or what calls for it.
        through: the held requirement that it was part of, where it is held by implication.
        by_partner: held since a partner is chosen that has it.
    """

    id: str
    status: Status
    facts: tuple[str, ...] = ()
    way: WaySpec | None = None
    ways: tuple[WayState, ...] = ()
    performer: Performer = "self"
    through: str | None = None
    by_partner: bool = False
    needed_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bar:
    """A prohibition in a plan: binding, lifted, or conditional on unknown facts."""

    spec: ProhibitionSpec
    state: str
    facts: tuple[str, ...]
    lifted_by: tuple[str, ...]

    @property
    def closes(self) -> bool:
        """True where an article closes the strategy."""
        return self.state == "binding" and bool(self.spec.closes)


@dataclass(frozen=True)
class Plan:
    """One way through a case. `order` are pairs (earlier, later) of steps that are due or held."""

    steps: dict[str, Step]
    order: tuple[tuple[str, str], ...]
    gate: str | None
    gate_held: bool
    bars: tuple[Bar, ...]
    complete: bool = True
    values: Mapping[str, str | None] = field(default_factory=dict)

    def ids(self, *statuses: Status) -> list[str]:
        """Ids of the steps with one of these statuses, sorted."""
        return sorted(name for name, step in self.steps.items() if step.status in statuses)

    @property
    def blocked(self) -> bool:
        """True where a prohibition that closes binds, or a private bar; a rule of design sinks no plan."""
        return any(bar.closes or (bar.state == "binding" and bar.spec.no_legal_basis) for bar in self.bars)

    @property
    def hindered(self) -> int:
        """How many prohibitions bind it. One that another road of the same case has not is an open question of law on
        this road, which no day that is won makes up for; those of the service itself bind every road alike."""
        return sum(bar.state == "binding" for bar in self.bars)


def plans(rules: Rules, values: Mapping[str, str | None], day: date, *, bound: int = LIMIT) -> list[Plan]:
    """Every plan of a case on a day, by its deciding choices; never empty."""
    period = rules.period(day)
    key = (period, bound, tuple(sorted(values.items())))
    if key not in rules.plans:
        rules.plans[key] = _Planner(rules, dict(values), period).plans(bound)
    return list(rules.plans[key])


class _Planner:
    def __init__(self, rules: Rules, values: dict[str, str | None], day: date) -> None:
        self.rules, self.said, self.day = rules, values, day
        self.values = on(day, values)
        self.items = rules.graph.requirements
        self.base: dict[str, Step] = {}
        # Each is asked for again and again while plans are put together, by the id of the requirement.
        self._satisfied = cache(lambda name: rules.satisfied(self.items[name], self.values, day))
        self._way_states = cache(lambda name: tuple(self._way_state(name, way) for way in self.items[name].ways))
        self._candidates = cache(self._usable)
        self._needs_of: dict[str, list[str]] = {}

    def plans(self, bound: int) -> list[Plan]:
        called = []
        for item in self.items.values():
            found = self.rules.verdict(item, self.values, self.day)
            if found is None:
                continue
            if found.status == "due":
                called.append(item.id)
            self.base[item.id] = Step(item.id, found.status, found.facts)
        ways: dict[str, list[frozenset[str]]] = {}
        self._ways(called, ways)
        found_sets = _sets(tuple(sorted(called)), frozenset((name, tuple(ways[name])) for name in ways), bound)
        made = [self._plan(members, found_sets.complete) for members in found_sets.sets]
        return [plan for i, plan in enumerate(made) if not any(_same(plan, other) for other in made[:i])]

    def _ways(self, todo: list[str], ways: dict[str, list[frozenset[str]]]) -> None:
        """Open ways as sets of needs, each with a token of its own, so that no way absorbs another."""
        stack = list(todo)
        while stack:
            name = stack.pop()
            if name in ways:
                continue
            taken = self._candidates(name)
            ways[name] = [frozenset({_token(name, way), *self._needs(name, way)}) for way in taken]
            for way in taken:
                ways[_token(name, way)] = [frozenset()]
                stack += self._needs(name, way)

    def _needs(self, name: str, way: WaySpec | None) -> list[str]:
        """Needs that must be planned: none of what is held, and of another need those in force."""
        token = _token(name, way)
        if token not in self._needs_of:
            needs = way.needs if way is not None and not self._held(name, way) else ()
            self._needs_of[token] = [n for n in needs if in_force(self.rules.graph, self.items[n], self.day)]
        return self._needs_of[token]

    def _held(self, name: str, way: WaySpec | None = None) -> bool:
        if self._satisfied(name):
            return True
        item = self.items[name]
        return item.partner == "holds" and self.rules.performer(item, way, self.values) == "partner"

    def _way_state(self, name: str, way: WaySpec) -> WayState:
        """How a way stands; what reads no changed fact is kept, as with verdicts."""
        read = sorted(self.rules.domain.facts_read(way.when)) if way.when is not None else ()
        key = (name, way.id, self.day, tuple(map(self.values.get, read)))
        kept = self.rules.way_states
        if key not in kept:
            kept[key] = self._way_stands(way)
        return kept[key]

    def _way_stands(self, way: WaySpec) -> WayState:
        found = self.rules.way_open(way, self.values, self.day)
        facts: tuple[str, ...] = ()
        if way.when is not None and found is None:
            facts = tuple(self.rules.domain.depends_on(way.when, self.values))
        elif way.when is not None and found is False:
            facts = self.rules.deciding(way.when, self.values, self.day)
        return WayState(way, found, facts)

    def _usable(self, name: str) -> list[WaySpec | None]:
        usable = [state.way for state in self._way_states(name) if state.open]
        if not usable:
            return [None]
        if self.items[name].choice == "decides":
            passed = [way for way in usable if self._passed(way)]
            return list(passed[:1] or (usable[:1] if self._held(name) else usable))
        return [usable[0]]

    def _passed(self, way: WaySpec) -> bool:
        """True where all that a way needs is held by facts of who asks: nobody takes another one then."""
        return bool(way.needs) and all(map(self._satisfied, way.needs))

    def _plan(self, members: frozenset[str], complete: bool) -> Plan:
        taken = {name: self._taken(name, members) for name in members if name in self.items}
        steps = dict(self.base)
        needed: dict[str, list[str]] = {}
        for name, way in taken.items():
            for need in way.needs if way else ():
                needed.setdefault(need, []).append(name)
        for name, way in taken.items():
            steps[name] = self._step(name, way, tuple(sorted(needed.get(name, ()))))
        for name in [name for name, step in steps.items() if step.status == "held" and not step.by_partner]:
            self._imply(name, steps, taken)
        gate, held = self._gate(steps)
        order = tuple(sorted(self._order(steps)))
        return Plan(steps, order, gate, held, tuple(self._bars(steps)), complete, self.said)

    def _taken(self, name: str, members: frozenset[str]) -> WaySpec | None:
        for way in self._candidates(name):
            if _token(name, way) in members and set(self._needs(name, way)) <= members:
                return way
        return None

    def _step(self, name: str, way: WaySpec | None, needed: tuple[str, ...]) -> Step:
        item, states = self.items[name], self._way_states(name)
        performer = self.rules.performer(item, way, self.values)
        facts = self.base[name].facts if name in self.base else ()
        if self._satisfied(name):
            assert item.held_when is not None
            shown = self.rules.deciding(item.held_when, self.values, self.day)
            return Step(name, "held", shown, way, states, performer, needed_by=needed)
        if item.choice and way is not None and self._passed(way):
            return Step(name, "held", facts, way, states, performer, through=way.needs[0], needed_by=needed)
        if item.partner == "holds" and performer == "partner":
            return Step(name, "held", facts, way, states, performer, by_partner=True, needed_by=needed)
        if way is None and any(state.open is None for state in states):
            unknown = sorted({fact for state in states if state.open is None for fact in state.facts})
            return Step(name, "depends", tuple(unknown), None, states, performer, needed_by=needed)
        return Step(name, "due", facts, way, states, performer, needed_by=needed)

    def _imply(self, name: str, steps: dict[str, Step], taken: Mapping[str, WaySpec | None]) -> None:
        """What had to be met before a held requirement is held with it."""
        item, way = self.items[name], taken.get(name)
        stack = [(need, name) for need in (way.needs if way else _common(item))]
        seen = set()
        while stack:
            need, through = stack.pop()
            if need in seen or not in_force(self.rules.graph, self.items[need], self.day):
                continue
            seen.add(need)
            if self.rules.lost(self.items[need], self.values, self.day):
                continue
            step = steps.get(need)
            if step is None or step.status in ("due", "depends"):
                performer = self.rules.performer(self.items[need], None, self.values)
                way_of = step.way if step else None
                steps[need] = Step(need, "held", (), way_of, self._way_states(need), performer, through=through)
            stack += [(deeper, through) for deeper in _common(self.items[need])]

    def _gate(self, steps: Mapping[str, Step]) -> tuple[str | None, bool]:
        step = steps.get(GATE)
        if step is None or step.way is None or step.status not in ("due", "held"):
            return None, False
        through = [steps[need] for need in step.way.needs if need in steps]
        held = step.status == "held" or (bool(through) and all(one.status == "held" for one in through))
        return step.way.gate, held

    def _order(self, steps: Mapping[str, Step]) -> Iterator[tuple[str, str]]:
        inside = {name for name, step in steps.items() if step.status in ("due", "held")}
        gate = steps.get(GATE)
        through = [need for need in gate.way.needs if need in inside] if gate and gate.way else []
        for name in inside:
            way = steps[name].way
            for need in way.needs if way else ():
                if need in inside:
                    yield need, name
        for line in self.rules.graph.order:
            if line.when is not None and self.rules.truth(line.when, self.values, self.day) is not True:
                continue
            later = through if line.then == GATE and through else [line.then]
            for then in later:
                if line.first in inside and then in inside and line.first != then:
                    yield line.first, then

    def _bars(self, steps: Mapping[str, Step]) -> Iterator[Bar]:
        met = {name for name, step in steps.items() if step.status in ("due", "held")}
        for bar in sorted(self.rules.graph.prohibitions.values(), key=lambda b: b.id):
            if bar.when is None or not in_force(self.rules.graph, bar, self.day):
                continue
            found = self.rules.truth(bar.when, self.values, self.day)
            if found is False:
                continue
            lifting = tuple(name for name in bar.lifted_by if name in met)
            if found is None:
                unknown = self.rules.domain.depends_on(bar.when, self.values)
                yield Bar(bar, "lifted" if lifting else "conditional", tuple(unknown), lifting)
            else:
                facts = self.rules.deciding(bar.when, self.values, self.day)
                yield Bar(bar, "lifted" if lifting else "binding", facts, lifting)


@lru_cache(maxsize=256)
def _sets(called: tuple[str, ...], ways: frozenset[tuple[str, tuple[frozenset[str], ...]]], bound: int) -> Enumeration:
    """The minimal sets that meet all that is called for; most changes of one fact leave them as they are."""
    return minimal_sets([[frozenset({name})] for name in called], dict(ways), limit=bound)


def _common(item: RequirementSpec) -> list[str]:
    """Needs that all its ways share."""
    shared = set(item.ways[0].needs)
    for way in item.ways[1:]:
        shared &= set(way.needs)
    return sorted(shared)


def _token(name: str, way: WaySpec | None) -> str:
    return f"{name}/{way.id if way else ''}"


def _same(a: Plan, b: Plan) -> bool:
    return a.gate == b.gate and a.order == b.order and a.steps == b.steps
