"""The first lines of an answer: what a decider reads before anything else, at most ten, in each language."""

from __future__ import annotations

from datetime import date

from .account import in_the_way
from .against import against_lines
from .rows import EntryAnswer, PlanRow, StepRow

_LINES = 10
#: Gates of the register in words, in English and in Chinese.
GATES = {"filing": ("filing 备案", "备案"), "registration": ("registration 登记", "登记"), None: ("none", "无")}


def head_lines(answer: EntryAnswer) -> tuple[list[str], list[str]]:
    """Lines in English and in Chinese."""
    if not answer.plans:
        return _nothing(answer)
    plan = answer.plans[0]
    pairs = [
        *_bars(plan),
        *_reported(answer, plan),
        *against_lines(answer.against),
        _verdict(answer, plan),
        _window(answer, plan),
        _gate(plan),
        *_set_back(answer),
    ]
    pairs += _first(plan) + _call(answer, plan) + _risk(answer) + _change(answer) + _ahead(answer) + ground(answer)
    return [en for en, _ in pairs][:_LINES], [zh for _, zh in pairs][:_LINES]


def _nothing(answer: EntryAnswer) -> tuple[list[str], list[str]]:
    if answer.closed:
        en, zh = ["Closed: an article closes every strategy that fits this case."], ["适用的路径均被法律条文关闭。"]
    else:  # no law says no: what was asked for does not fit the facts
        en, zh = ["No plan: no strategy asked for fits this case; no article closes one."], ["所问路径均不适用于本案。"]
    for line, line_zh in against_lines(answer.against):
        en.append(line)
        zh.append(line_zh)
    for one in answer.closed or answer.no_option:
        articles = f"{', '.join(one.article)} ({one.why})" if one.article else one.why
        en.append(f"{one.strategy.name}: {articles}")
        zh.append(f"{one.strategy.name_zh or one.strategy.name}：{'、'.join(one.article) or one.why_zh}")
    return en[:_LINES], zh[:_LINES]


def _bars(plan: PlanRow) -> list[tuple[str, str]]:
    """What binds comes first, a supplier's own bar before all."""
    return [
        (f"{'Not law but binding' if b.private else 'In the way'}: {b.name}. {b.why}",
         f"{'非法律障碍' if b.private else '障碍'}：{b.name_zh or b.name}。{b.why_zh}")
        for b in in_the_way(plan)[:2]
    ]  # fmt: skip


def _set_back(answer: EntryAnswer) -> list[tuple[str, str]]:
    """Roads that would stand first but for an open question of law, or a party's terms, which the first has not."""
    mine = {bar.id for bar in in_the_way(answer.plans[0])}
    roads = []
    for plan in answer.plans:
        bars = [bar for bar in in_the_way(plan) if bar.id not in mine]
        if plan.set_back and bars:
            why, why_zh = "; ".join(bar.name for bar in bars), "；".join(bar.name_zh or bar.name for bar in bars)
            zh = f"{plan.strategy.name_zh or plan.strategy.name}（P50 {plan.launch.p50}）：{why_zh}"
            roads.append((f"{plan.strategy.name} (P50 {plan.launch.p50}): {why}", zh))
    if not roads:
        return []
    en, zh = " · ".join(en for en, _ in roads), "；".join(zh for _, zh in roads)
    return [(f"Not first, for what is in its way: {en}.", f"因有障碍未列首选：{zh}。")]


def _reported(answer: EntryAnswer, plan: PlanRow) -> list[tuple[str, str]]:
    """What is said to hold up a step before the launch already, with no text that settles it: no number counts it."""
    waits = {step.requirement.id for step in plan.steps if step.status == "due" and step.blocks_launch}
    told = [row for row in answer.horizon if row.status == "reported" and row.touches == "yes"]
    return [
        (f"Reported, not settled, not counted: {row.says}", f"据报道、未经证实、未计入：{row.says_zh or row.says}")
        for row in told
        if row.before == "start" and waits & set(row.requirements)
    ]


def _due(plan: PlanRow) -> list[StepRow]:
    return [step for step in plan.steps if step.status == "due"]


def _verdict(answer: EntryAnswer, plan: PlanRow) -> tuple[str, str]:
    due = _due(plan)
    before = [step for step in due if step.blocks_launch]
    held = [step for step in plan.steps if step.status == "held"]
    depends = [step for step in plan.steps if step.status == "depends"]
    en = (
        f"Best road: {plan.strategy.name}. Steps before the launch: {len(before)}; duties after it: "
        f"{len(due) - len(before)}; held: {len(held)}; dependent on facts not known: {len(depends)}; "
        f"plans in all: {answer.total_plans}."
    )
    zh = (
        f"首选：{plan.strategy.name_zh or plan.strategy.name}；上线前{len(before)}项、"
        f"上线后{len(due) - len(before)}项，已具备{len(held)}项，{len(depends)}项取决于未知事实；"
        f"共{answer.total_plans}个方案。"
    )
    return en, zh


def _window(answer: EntryAnswer, plan: PlanRow) -> tuple[str, str]:
    launch, untimed = plan.launch, plan.untimed
    if not plan.days["p90"] and not untimed:
        return "Launch: nothing that takes time is left.", "上线：已无需等待的步骤。"
    en = f"Launch, work begun {answer.start}: P10 {launch.p10}, P50 {launch.p50}, P80 {launch.p80}, P90 {launch.p90}"
    zh = f"自{answer.start}起：P10 {launch.p10}，P50 {launch.p50}，P80 {launch.p80}，P90 {launch.p90}"
    if plan.by is not None:
        en, zh = f"{en}; by {answer.by}: {plan.by:.0%}", f"{zh}；{answer.by}前的概率{plan.by:.0%}"
    if untimed:
        names = {step.requirement.id: step.requirement for step in plan.steps}
        en += f"; not counted, since nobody knows how long it takes: {', '.join(names[n].name for n in untimed)}"
        zh += f"；未计入（时长不明）：{'、'.join(names[n].name_zh or n for n in untimed)}"
    return en + ".", zh + "。"


def _gate(plan: PlanRow) -> tuple[str, str]:
    held = " (held)" if plan.gate_held else ""
    name, zh = GATES[plan.gate]
    return (
        f"Gate: {name}{held}. {plan.gate_evidence.text}.",
        f"关口：{zh}{'（已具备）' if held else ''}。{plan.gate_evidence.text_zh}。",
    )


def _first(plan: PlanRow) -> list[tuple[str, str]]:
    """The first three things: those that can start now, the most critical first."""
    due = _due(plan)
    waiting = {step.requirement.id for step in due}
    ready = [s for s in due if s.blocks_launch and s.duration and not waiting & set(s.needs)]
    ready.sort(key=lambda s: (-(s.critical or 0), s.order))
    if not ready:
        return []
    said = "; ".join(f"{s.requirement.name} ({s.performer})" for s in ready[:3])
    zh = "；".join(s.requirement.name_zh or s.requirement.name for s in ready[:3])
    return [(f"First: {said}.", f"先做：{zh}。")]


def _call(answer: EntryAnswer, plan: PlanRow) -> list[tuple[str, str]]:
    offices = {o.id: o for step in _due(plan) for o in step.offices}
    if offices:
        named = list(offices.values())[:3]
        reach = ["".join(f" {way}" for way in (one.telephone, one.portal) if way) for one in named]
        said = "; ".join(one.name + how for one, how in zip(named, reach, strict=True))
        zh = "；".join((one.name_zh or one.name) + how for one, how in zip(named, reach, strict=True))
        return [(f"Call: {said}.", f"联系：{zh}。")]
    bodies = {a.id: a for step in _due(plan) if step.blocks_launch for a in step.authority}
    if not bodies:
        return []
    some = list(bodies.values())[:3]
    if answer.case["province"].value is None:
        more, more_zh = "; the province is not said, so no office is named", "（未说明省份，故未列具体办事机构）"
    else:
        more, more_zh = "; no office of that province is on record for these steps", "（未收录该省办理这些事项的机构）"
    zh = "、".join(a.name_zh or a.name for a in some)
    return [(f"Call: {', '.join(a.name for a in some)}{more}.", f"联系：{zh}{more_zh}。")]


def _risk(answer: EntryAnswer) -> list[tuple[str, str]]:
    for row in answer.assumptions[:1]:
        if row.days_at_risk > 0:
            fact = answer.case[row.fact]
            what = f"{row.name} is not known" if row.value is None else f"{row.name} taken as {fact.value_name}"
            zh = f"“{row.name_zh}”未知" if row.value is None else f"“{row.name_zh}”假定为“{fact.value_name_zh}”"
            return [(f"Riskiest assumption: {what}; up to {row.days_at_risk:+d} days at P50.",
                     f"最大风险假设：{zh}，P50 最多 {row.days_at_risk:+d} 天。")]  # fmt: skip
    return []


def _change(answer: EntryAnswer) -> list[tuple[str, str]]:
    """The largest change of the first plan, or of what is open. That of a fact which the graph shows is no news to the
    asker, one that is no part of this kind of service no question of the case, and what was said by the asker only
    bears a change for the better: all of these stand in the list."""
    told = [flip for flip in answer.flips if answer.case[flip.fact].origin not in ("graph", "default")]
    told = [
        flip for flip in told
        if answer.case[flip.fact].origin not in ("asker", "profile") or flip.frees or flip.opens or (flip.days or 0) < 0
    ]  # fmt: skip
    for flip in [f for f in told if f.days != 0 or f.adds or f.removes or f.opens or f.frees or f.bars][:1]:
        return [(f"What would change it most: {flip.text}.", f"影响最大的变化：{flip.text_zh}。")]
    return []


def _ahead(answer: EntryAnswer) -> list[tuple[str, str]]:
    comes = [row for row in answer.horizon if row.touches == "yes" and row.status in ("in-force", "adopted")]
    soon = [row for row in comes if row.before in ("p50", "p90")]
    if not soon:
        return []
    row = soon[0]
    more = f" (and {len(soon) - 1} more before P90)" if len(soon) > 1 else ""
    more_zh = f"（P90之前另有{len(soon) - 1}项）" if len(soon) > 1 else ""
    return [(f"On the way: {row.day} {row.says}{more}", f"途中生效：{row.day} {row.says_zh or row.says}{more_zh}")]


def ground(answer: EntryAnswer) -> list[tuple[str, str]]:
    """A word on law that held before its first day on record, where the case is asked for such a day."""
    if answer.law_since and date.fromisoformat((answer.law_since + "-01-01")[:10]) > answer.start:
        text = (
            f"The law of this kind of service is on record from {answer.law_since} only; the answer for {answer.start}"
        )
        zh = f"本类服务的法规仅自{answer.law_since}起有记录，按{answer.start}作答可能缺少此前有效的规定。"
        return [(f"{text} may lack what held before.", zh)]
    return []
