"""The answer to a case: plans in order, what would change them, what comes, and the lines at its head."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from ...graph.entry.draws import DRAWS, SEED, SHARED, TAIL, Draws
from ...graph.entry.flips import WEIGHT, Flip, flips
from ...graph.entry.gate import Row
from ...graph.entry.outlook import Case, Option, Outlook, outlook, set_back
from ...graph.entry.plan import GATE, WayState
from ...graph.entry.rules import Rules
from .against import against
from .head import GATES, head_lines
from .plans import PlanTeller
from .rows import AheadRow, AssumptionRow, CaseFact, ChoiceRow, EntryAnswer, FlipRow, Ref, WayRow
from .told import curated


@dataclass(frozen=True)
class Wish:
    """What is asked of a case beside its facts.

    Attributes:
        as_of: day of what is known.
        by: day by which the launch is wished.
        strategy: only this strategy.
        limit: most plans in the answer; all where None.
        draws: number of draws.
    """

    as_of: date
    by: date | None = None
    strategy: str | None = None
    limit: int | None = None
    draws: int = DRAWS
    flips: bool = True


def answer_of(rules: Rules, case: Case, service: str, rows: Iterable[Row], wish: Wish) -> EntryAnswer:
    """All of an answer that follows from rules, facts and register; partners and cases are joined later.

    Args:
        service: id of the kind of service.
        rows: the register.
    """
    kind = rules.graph.services[service]
    known = [row for row in rows if row.listed is not None and row.listed <= wish.as_of]
    strategies = [wish.strategy] if wish.strategy else None
    found = outlook(rules, case, known, Draws(wish.draws), strategies=strategies)
    teller = PlanTeller(rules, case, kind.name)
    back = [id(option) for option in set_back(found)]
    ranked = enumerate(found.options[: wish.limit], 1)
    plans = [teller.plan(option, rank, wish.by, id(option) in back) for rank, option in ranked]
    changed = flips(rules, case, known, found.options[0], found) if found.options and wish.flips else []
    draft = EntryAnswer(
        service=Ref.like(kind),
        as_of=wish.as_of,
        start=case.start,
        by=wish.by,
        law_since=str(kind.law_since) if kind.law_since else None,
        head=[],
        head_zh=[],
        case={name: _fact(rules, case, name) for name in case.facts},
        against=against(rules, case),
        plans=plans,
        total_plans=len(found.options),
        choices=_choices(rules, found, teller),
        flips=[_flip(rules, flip) for flip in changed],
        horizon=_horizon(rules, case, found, teller),
        assumptions=_assumptions(rules, case, changed, found),
        prohibitions=_bars(found, teller),
        closed=[teller.closed(one) for one in found.closed],
        no_option=[teller.closed(one) for one in found.unfit],
        method={
            "draws": wish.draws,
            "seed": SEED,
            "correlation_of_one_cause": SHARED,
            "tail": TAIL,
            "page": "docs/market-entry.md",
        },
    )
    return draft.model_copy(update=dict(zip(("head", "head_zh"), head_lines(draft), strict=True)))


def _fact(rules: Rules, case: Case, name: str) -> CaseFact:
    known, words = case.facts[name], rules.words
    value = known.value
    return CaseFact.like(
        known, name=words.name(name), name_zh=words.name(name, "zh"),
        value_name=None if value is None else words.value(name, value),
        value_name_zh=None if value is None else words.value(name, value, "zh"),
    )  # fmt: skip


def _choices(rules: Rules, found: Outlook, teller: PlanTeller) -> list[ChoiceRow]:
    """Choices of the first plan."""
    if not found.options:
        return []
    first = found.options[0]
    rows = []
    for step in first.plan.steps.values():
        if len(step.ways) < 2 or step.status == "not-applicable":
            continue
        ways = [_way(rules, found, first, step.id, state, teller) for state in step.ways]
        ref = teller.requirement(step.id)
        rows.append(ChoiceRow(requirement=ref, status=step.status, ways=ways))
    return sorted(rows, key=lambda row: (row.requirement.id != GATE, row.requirement.id))


def _way(rules: Rules, found: Outlook, first: Option, requirement: str, state: WayState, teller: PlanTeller) -> WayRow:
    way, taken = state.way, first.plan.steps[requirement].way
    here = taken is not None and taken.id == way.id
    days = None
    for option in found.options:
        step = option.plan.steps.get(requirement)
        if option.strategy.id == first.strategy.id and step and step.way and step.way.id == way.id:
            days = option.timing.window.p50
            break
    names, names_zh = teller.facts(state.facts), teller.facts(state.facts, "zh")
    if here:
        better = f"better evidenced than the other gate: {first.evidence.tier}"
        taken_for = better if way.gate else "the first way that is open in this case"
        kind, why, why_zh = "taken", way.why or taken_for, way.why_zh or "本方案采用"
    elif state.open:
        kind, why, why_zh = "open", way.why or "open as well", way.why_zh or "亦可选择"
    elif state.open is None:
        kind, why, why_zh = "depends", f"depends on: {names}", f"取决于：{names_zh}"
    else:
        condition = rules.words.condition(way.when) if way.when else "a law not in force on that day"
        zh = rules.words.condition(way.when, "zh") if way.when else "当日尚未生效"
        kind, why, why_zh = "excluded", f"only where {condition}", f"仅适用于：{zh}"
    closed_by = way.closed_by.at if way.closed_by and state.open is False else None
    return WayRow(
        way=Ref.like(way), state=kind, why=why, why_zh=why_zh, facts=list(state.facts), closed_by=closed_by,
        needs=list(way.needs), days_p50=days,
    )  # fmt: skip


def _flip(rules: Rules, flip: Flip) -> FlipRow:
    words, bars = rules.words, rules.graph.prohibitions
    by_then = dict.fromkeys(flip.later, (" (its law begins by that launch)", "（届时生效）"))
    adds = [rules.graph.requirements[name].name + by_then.get(name, ("", ""))[0] for name in flip.adds]
    removes = [rules.graph.requirements[name].name for name in flip.removes]
    gone = flip.days is None and not flip.untimed
    if flip.untimed:
        open_ = [rules.graph.requirements[name] for name in flip.untimed]
        days = f"days not comparable, since nobody knows how long it takes: {', '.join(one.name for one in open_)}"
        days_zh = f"天数不可比（时长不明）：{'、'.join(one.name_zh or one.id for one in open_)}"
    elif gone:
        days, days_zh = "no plan is left by this strategy", "该策略不再有方案"
    else:
        days, days_zh = f"{flip.days:+d} days at P50", f"P50 {flip.days:+d} 天"
    strategies, roads, roads_zh = rules.graph.strategies, [], []
    for told, told_zh, names in (("opens", "可行", flip.opens), ("no longer open", "不再可行", flip.closes)):
        roads += [f"{told}: {', '.join(strategies[n].name for n in names)}"] if names else []
        roads_zh += [f"{told_zh}：{'、'.join(strategies[n].name_zh or n for n in names)}"] if names else []
    turned = [GATES[one] for one in flip.gate] if flip.gate[0] != flip.gate[1] and not gone else []
    gate = [f"gate {' → '.join(one for one, _ in turned)}"] if turned else []
    frees = [f"no longer in the way: {bars[name].name}" for name in flip.frees]
    frees += [f"in the way: {bars[name].name}" for name in flip.bars]
    parts = [*frees, days, *(f"+ {name}" for name in adds), *(f"− {name}" for name in removes), *roads, *gate]
    zh = [f"不再受限于{bars[name].name_zh or name}" for name in flip.frees]
    zh += [f"新增障碍：{bars[name].name_zh or name}" for name in flip.bars]
    zh += [days_zh]
    zh += [f"新增{rules.graph.requirements[n].name_zh or n}{by_then.get(n, ('', ''))[1]}" for n in flip.adds]
    zh += [f"免除{rules.graph.requirements[n].name_zh or n}" for n in flip.removes]
    zh += roads_zh
    zh += [f"关口{'→'.join(one for _, one in turned)}"] if turned else []
    return FlipRow.like(
        flip, name=words.name(flip.fact), name_zh=words.name(flip.fact, "zh"),
        value_name=words.value(flip.fact, flip.value),
        text=f"if {words.fact(flip.fact, flip.value)}: " + "; ".join(parts),
        text_zh=f"若{words.fact(flip.fact, flip.value, 'zh')}：" + "；".join(zh),
    )  # fmt: skip


def _horizon(rules: Rules, case: Case, found: Outlook, teller: PlanTeller) -> list[AheadRow]:
    """Items that touch the case or may: by date, those without one last; what is long in force is left out."""
    if not found.options:
        return []
    values, window = found.options[0].plan.values, found.options[0].timing.window
    p50, p90 = (case.start + timedelta(days=days) for days in (window.p50, window.p90))
    rows = []
    for item in rules.graph.ahead.values():
        day = item.day.first if item.day else None
        if day is not None and day <= case.start and item.status in ("in-force", "adopted"):
            continue
        touches = rules.truth(item.when, values, max(case.start, day or case.start))
        if touches is False:
            continue
        depends = [] if touches else rules.domain.depends_on(item.when, {**values, "day": str(day or case.start)})
        before = (
            "undated" if day is None else "start" if day <= case.start else "p50" if day <= p50
            else "p90" if day <= p90 else "later"
        )  # fmt: skip
        rows.append(
            AheadRow.like(
                item, day=str(item.day) if item.day else None, touches="yes" if touches else "depends",
                depends=depends, before=before,
                instrument=curated(rules.graph.instruments[item.instrument]) if item.instrument else None,
                sources=teller.sources(item.sources),
            )
        )  # fmt: skip
    return sorted(rows, key=lambda row: (row.day is None, row.day or "", row.id))


def _assumptions(rules: Rules, case: Case, changed: list[Flip], found: Outlook) -> list[AssumptionRow]:
    """Facts assumed or unknown that the first plan rests on, the riskiest first."""
    worst: dict[str, int] = {}
    matters = {flip.fact for flip in changed}
    for flip in changed:
        worst[flip.fact] = max(worst.get(flip.fact, 0), flip.days if flip.days is not None else 0)
    rows = []
    for name, known in case.facts.items():
        if known.origin in ("unknown", "assumption") and (name in matters or known.origin == "assumption"):
            row = AssumptionRow.like(
                known, fact=name, name=rules.words.name(name), name_zh=rules.words.name(name, "zh"),
                days_at_risk=worst.get(name, 0), weight=WEIGHT[known.origin],
            )  # fmt: skip
            rows.append(row)
    return sorted(rows, key=lambda row: (-row.days_at_risk * row.weight, row.value is not None, row.fact))


def _bars(found: Outlook, teller: PlanTeller) -> list:  # type: ignore[type-arg]
    """Prohibitions that concern the case, once each: those of the first plan, then those that close strategies."""
    seen: dict[str, object] = {}
    for option in found.options[:1]:
        for bar in option.plan.bars:
            seen.setdefault(bar.spec.id, teller.bar(bar, option.strategy.id, option.plan.values, option.timing.day))
    for closed in found.closed:
        for bar in closed.bars:
            values = {**teller.case.values(), **closed.strategy.sets}
            seen.setdefault(bar.spec.id, teller.bar(bar, closed.strategy.id, values, teller.case.start))
    return list(seen.values())
