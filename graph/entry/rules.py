"""All rules of market entry ready to be asked: conditions compiled, spans of force and order worked out once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from .condition import DAY, Condition, Domain, tests_of
from .facts import Words, domain_of
from .law import basis_on, in_force, in_force_from
from .model import BasisSpec, EntryGraph, ExemptionSpec, ProhibitionSpec, RequirementSpec, WaySpec

if TYPE_CHECKING:
    from .plan import Plan, WayState

Status = Literal["held", "due", "not-applicable", "depends"]
Performer = Literal["self", "partner", "customer"]
#: Providers in law that are a domestic partner and not the company that asks.
PARTNERS = frozenset({"operator", "licensee"})
#: Verdicts that are kept at most; an answer needs some thousands.
_KEPT = 100_000
#: Fact that a strategy sets: who is the provider in law.
PROVIDER = "provider"


@dataclass(frozen=True)
class Verdict:
    """Whether a requirement is a duty of a case, and why.

    Attributes:
        facts: unknown facts it depends on, or the known ones that decide it.
        exemption: the exemption that takes it away.
    """

    status: Status
    facts: tuple[str, ...] = ()
    exemption: ExemptionSpec | None = None


def on(day: date, values: Mapping[str, str | None]) -> Mapping[str, str | None]:
    """The facts with the day of asking among them; those that bear it already are taken as they are."""
    text = day.isoformat()
    return values if values.get(DAY) == text else {**values, DAY: text}


class Rules:
    """The requirement graph with its conditions in one domain."""

    def __init__(self, graph: EntryGraph) -> None:
        self.graph = graph
        self.domain: Domain = domain_of(graph.facts)
        self.words = Words(graph.facts)
        self._verdicts: dict[tuple[str, date, tuple[str | None, ...]], Verdict | None] = {}
        self._read: dict[str, tuple[str, ...]] = {}
        self._turning: dict[date, tuple[list[RequirementSpec], list[ProhibitionSpec]]] = {}
        #: How ways stood so far, by requirement, way, first day of the span of law and the facts they read.
        self.way_states: dict[tuple[str, str, date, tuple[str | None, ...]], WayState] = {}
        #: Plans made so far, by span of law, bound and facts: an answer asks for many of them again and again.
        self.plans: dict[tuple[date, int, tuple[tuple[str, str | None], ...]], list[Plan]] = {}

    @property
    def duties(self) -> list[RequirementSpec | ProhibitionSpec]:
        """All requirements and prohibitions."""
        return [*self.graph.requirements.values(), *self.graph.prohibitions.values()]

    @cached_property
    def change_days(self) -> list[date]:
        """Days on which some rule begins or ends, in order."""
        days: set[date] = set()
        for item in self.duties:
            since = in_force_from(self.graph, item)
            days |= {day for day in (since, item.until.first if item.until else None) if day}
            for basis in item.legal_basis:
                days |= {end.first for end in self.graph.span(basis.at) if end}
            for way in getattr(item, "ways", []):
                days |= {end.first for end in (way.since, way.until) if end}
        for condition in self.conditions():
            for test in tests_of(self.domain.expand(condition.node)):
                if test.fact == DAY:
                    days |= {date.fromisoformat(end) for end in (test.since, test.below) if end}
                    for only in test.values:
                        days |= {date.fromisoformat(only), date.fromisoformat(only) + timedelta(days=1)}
        return sorted(days)

    def conditions(self) -> Iterator[Condition]:
        """Every condition that some rule states, each once."""
        stated: list[Condition | None] = []
        for item in self.graph.requirements.values():
            stated += [item.when, item.held_when, item.lost_when, *(way.when for way in item.ways)]
            stated += [*(e.when for e in item.exemptions), *(d.when for d in item.durations)]
        stated += [bar.when for bar in self.graph.prohibitions.values()]
        stated += [basis.when for item in self.duties for basis in item.legal_basis]
        stated += [strategy.when for strategy in self.graph.strategies.values()]
        stated += [line.when for line in self.graph.order]
        yield from dict.fromkeys(condition for condition in stated if condition)

    def period(self, day: date) -> date:
        """First day of the span of unchanged law that a day lies in; on all its days the same rules hold."""
        place = bisect_right(self.change_days, day)
        return self.change_days[place - 1] if place else date.min

    def differs(self, values: Mapping[str, str | None], change: date) -> bool:
        """True where law that changes on a day changes what a case must do."""
        eve = change - timedelta(days=1)
        if change not in self._turning:
            self._turning[change] = self._turn(eve, change)
        items, bars = self._turning[change]
        if any(self._asked(item, values, eve) != self._asked(item, values, change) for item in items):
            return True
        return any(self.truth(bar.when, values, change) is not False for bar in bars)

    def _turn(self, eve: date, change: date) -> tuple[list[RequirementSpec], list[ProhibitionSpec]]:
        """What may be another on a day than on its eve: what comes into force or leaves it, and duties by the day."""

        def turns(item: RequirementSpec | ProhibitionSpec) -> bool:
            return in_force(self.graph, item, eve) != in_force(self.graph, item, change)

        def dated(item: RequirementSpec) -> bool:
            return item.when is not None and DAY in self.domain.facts_read(item.when)

        items = [item for item in self.graph.requirements.values() if turns(item) or dated(item)]
        return items, [bar for bar in self.graph.prohibitions.values() if turns(bar)]

    def _asked(self, item: RequirementSpec, values: Mapping[str, str | None], day: date) -> Verdict | None:
        found = self.verdict(item, values, day)
        return None if found and found.status == "not-applicable" else found

    def truth(self, condition: Condition | None, values: Mapping[str, str | None], day: date) -> bool | None:
        """Truth of a condition on the day; an absent one always holds."""
        return True if condition is None else self.domain.truth(condition, on(day, values))

    def basis(
        self, item: RequirementSpec | ProhibitionSpec, values: Mapping[str, str | None], day: date
    ) -> list[BasisSpec]:
        """The legal basis in force on the day that binds the case, or may where facts are not known."""
        return [one for one in basis_on(self.graph, item, day) if self.binds(one, values, day)]

    def binds(self, basis: BasisSpec, values: Mapping[str, str | None], day: date) -> bool:
        """Whether a legal basis binds the case on the day, or may where facts are not known."""
        return self.truth(basis.when, values, day) is not False

    def verdict(self, item: RequirementSpec, values: Mapping[str, str | None], day: date) -> Verdict | None:
        """Whether a requirement is called for; None where it is not in force or only a part of another step.

        A case is asked again for every fact that may change, and most verdicts do not read that fact: they are kept.
        """
        if item.id not in self._read:
            conditions = [item.when, *(exemption.when for exemption in item.exemptions)]
            read = {name for when in conditions if when is not None for name in self.domain.facts_read(when)}
            self._read[item.id] = tuple(sorted(read - {DAY}))
        key = (item.id, day, tuple(map(values.get, self._read[item.id])))
        if key not in self._verdicts:
            if len(self._verdicts) > _KEPT:
                self._verdicts.clear()
            self._verdicts[key] = self._verdict(item, values, day)
        return self._verdicts[key]

    def _verdict(self, item: RequirementSpec, values: Mapping[str, str | None], day: date) -> Verdict | None:
        if item.when is None or item.when.chosen or not in_force(self.graph, item, day):
            return None
        on_day = on(day, values)
        found = self.domain.truth(item.when, on_day)
        if found is False:
            return Verdict("not-applicable", self.deciding(item.when, values, day))
        unknown = set() if found else set(self.domain.depends_on(item.when, on_day))
        for exemption in item.exemptions:
            exempt = self.domain.truth(exemption.when, on_day)
            if exempt and found:
                return Verdict("not-applicable", self.deciding(exemption.when, values, day), exemption)
            if exempt is None:
                unknown |= set(self.domain.depends_on(exemption.when, on_day))
        if unknown:
            return Verdict("depends", tuple(sorted(unknown)))
        return Verdict("due", self.deciding(item.when, values, day))

    def deciding(self, condition: Condition, values: Mapping[str, str | None], day: date) -> tuple[str, ...]:
        """Known facts that decide a condition: those without which its truth would change; else those of the parts
        that make it false, or all it reads."""
        on_day = on(day, values)
        read = sorted(self.domain.facts_read(condition) - {DAY})
        whole = self.domain.truth(condition, on_day)
        needed = [name for name in read if self.domain.truth(condition, {**on_day, name: None}) != whole]
        if not needed and whole is False:
            needed = sorted(self.domain.against(condition, on_day))
        return tuple(name for name in needed or read if values.get(name) is not None)

    def satisfied(self, item: RequirementSpec, values: Mapping[str, str | None], day: date) -> bool:
        """True where facts of who asks show that it is met; what is not known is not met."""
        shown = item.held_when is not None and bool(self.truth(item.held_when, values, day))
        return shown and not self.lost(item, values, day)

    def lost(self, item: RequirementSpec, values: Mapping[str, str | None], day: date) -> bool:
        """True where facts of who asks say that it is not met; then it is neither shown nor implied by another."""
        return item.lost_when is not None and bool(self.truth(item.lost_when, values, day))

    def way_open(self, way: WaySpec, values: Mapping[str, str | None], day: date) -> bool | None:
        """Whether a way is open on the day; None where it depends on unknown facts."""
        if (way.since and day < way.since.first) or (way.until and day >= way.until.first):
            return False
        needs = [self.graph.requirements[name] for name in way.needs]
        if any(need.when_absent == "closed" and not in_force(self.graph, need, day) for need in needs):
            return False
        return self.truth(way.when, values, day)

    def performer(self, item: RequirementSpec, way: WaySpec | None, values: Mapping[str, str | None]) -> Performer:
        """Who takes the step: the way's word, else the bearer of the duty under this provider."""
        if way is not None and way.performer is not None:
            return way.performer
        if item.bearer in ("customer", "partner"):
            return "customer" if item.bearer == "customer" else "partner"
        partner = item.bearer == "provider" and values.get(PROVIDER) in PARTNERS
        return "partner" if partner else "self"
