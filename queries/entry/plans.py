"""Rows of the plans of a case: every step with its status, reason, law, time and gaps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from ...graph.entry.evidence import cited, confidence_of, lacks_of
from ...graph.entry.model import RequirementSpec
from ...graph.entry.outlook import Case, Known, NoOption, Option, intervals
from ...graph.entry.plan import Step
from ...graph.entry.rules import Rules
from ...graph.entry.steps import levels, span_of
from .rows import BarRow, ClosedRow, Gap, GateRow, Held, LaunchRow, PlanRow, Ref, StepRow
from .told import Teller, articles


class PlanTeller(Teller):
    """Turns options of a case into rows."""

    def __init__(self, rules: Rules, case: Case, kind_name: str) -> None:
        super().__init__(rules)
        self.case, self.kind_name = case, kind_name

    def plan(self, option: Option, rank: int, by: date | None, set_back: bool = False) -> PlanRow:
        """One plan."""
        window, start = option.timing.window, self.case.start
        steps = self.steps(option)
        values, day = option.plan.values, option.timing.day
        bars = [self.bar(bar, option.strategy.id, values, day) for bar in option.plan.bars]
        evidence = option.evidence
        said = [
            line.says for line in self.graph.gate_evidence.values()
            if option.plan.gate and self.rules.truth(line.when, option.plan.values, start) is not False
        ]  # fmt: skip
        words = [evidence.words(self.kind_name, lang) for lang in ("en", "zh")]
        return PlanRow.like(
            option.plan,
            rank=rank,
            set_back=set_back,
            strategy=Ref.like(option.strategy),
            summary=option.strategy.summary,
            viability=option.strategy.viability,
            changes=list(option.changes),
            gate_evidence=GateRow.like(evidence, text=words[0], text_zh=words[1], said=said),
            launch=LaunchRow.model_validate(
                {name: start + timedelta(days=days) for name, days in window.days().items()}
            ),
            days=window.days(),
            by=None if by is None else round(float((option.timing.total <= (by - start).days).mean()), 3),
            untimed=list(option.timing.untimed),
            steps=steps,
            bars=bars,
            partners=[],
            precedents=[],
            gaps=[gap for step in steps for gap in step.gaps if step.status in ("due", "depends")],
        )

    def steps(self, option: Option) -> list[StepRow]:
        """All steps: what is due in order, what is held, what depends, and what does not apply."""
        level = levels(option.plan)
        place = {"due": 0, "depends": 1, "held": 2, "not-applicable": 3}
        starts = option.timing.window.starts

        def key(step: Step) -> tuple[int, bool, int, int, str]:
            waits = step.id not in option.timing.launch
            return place[step.status], waits, starts.get(step.id, (0, 0))[0], level.get(step.id, 0), step.id

        ordered = sorted(option.plan.steps.values(), key=key)
        return [self.step(option, step, i, level.get(step.id)) for i, step in enumerate(ordered, 1)]

    def step(self, option: Option, step: Step, order: int, level: int | None) -> StepRow:
        """One step."""
        item = self.graph.requirements[step.id]
        day = option.timing.day
        due = step.status == "due"
        span = span_of(self.rules, option, step.id) if step.status in ("due", "depends") else None
        timed = intervals(self.rules, step, option.plan.values, day) if due else None
        sure = confidence_of(self.graph, item, day)
        basis = self.rules.basis(item, option.plan.values, day)
        lacks = [] if step.status == "not-applicable" else lacks_of(
            self.graph, item, basis, timed, untimed=step.id in option.timing.untimed
        )  # fmt: skip
        planned = {id(spec) for spec, _ in span.parts} if span else set()
        others = [self.part(d, None) for d in item.durations if id(d) not in planned]
        window = option.timing.window.starts.get(step.id)
        launch = self.case.start + timedelta(days=option.timing.window.p50)
        dates = [self.case.start + timedelta(days=day) for day in window] if window else [launch, None]
        pages = cited(item, basis)
        pages += [spec.source for spec, _ in span.parts if spec.source] if span else []
        why, why_zh = self.why(step, item, option)
        shown = step.status != "not-applicable"
        return StepRow.like(
            item,
            order=order,
            level=level,
            requirement=Ref.like(item),
            status=step.status,
            why=why,
            why_zh=why_zh,
            facts=list(step.facts),
            evidence=self._evidence(step) if step.status == "held" else [],
            asks=item.asks or item.summary,
            applies_when=self.rules.words.condition(item.when) if item.when else "",
            applies_when_zh=self.rules.words.condition(item.when, "zh") if item.when else "",
            blocks_launch=step.id in option.timing.launch if due else item.blocks_launch,
            way=Ref.like(step.way) if step.way else None,
            performer=step.performer,
            authority=self.authorities(item.authorities),
            offices=self.offices(step.id, option.plan.values.get("province")) if due else [],
            basis=[self.basis(one) for one in basis],
            documents=step.way.documents if step.way else [],
            needs=sorted({first for first, then in option.plan.order if then == step.id}),
            duration=self.duration(span) if span else None,
            counted=bool(due and (held_up := option.timing.launch.get(step.id)) and held_up.parts),
            evidence_on_time=others if shown else [],
            critical=option.timing.window.critical.get(step.id),
            starts=dates[0] if due else None,
            ends=dates[1] if due else None,
            sources=self.sources(pages),
            confidence=sure.value if sure else None,
            confidence_why=sure.why if sure else None,
            gaps=[Gap(code=lack.code, requirement=step.id, text=lack.text) for lack in lacks],
        )

    def why(self, step: Step, item: RequirementSpec, option: Option) -> tuple[str, str]:
        """Why a step has its status, in both languages."""
        words, names, names_zh = self.rules.words, self.facts(step.facts), self.facts(step.facts, "zh")
        if step.status == "depends":
            return f"depends on: {names}", f"取决于：{names_zh}"
        if step.status == "not-applicable":
            verdict = self.rules.verdict(item, option.plan.values, option.timing.day)
            if verdict and verdict.exemption:
                place = articles([self.basis(verdict.exemption)])[0]
                return f"exempt by {place}: {verdict.exemption.says}", f"豁免：{place}"
            return self._values(step, option.plan.values)
        if step.through:
            item_of = self.graph.requirements[step.through]
            if step.way and step.through in step.way.needs:
                return f"met by {item_of.name}, which is held", f"由已具备的「{item_of.name_zh}」满足"
            return f"asked for before {item_of.name}, which is held", f"属于已具备的「{item_of.name_zh}」的前提"
        if step.by_partner:
            return "the partner is chosen for having it: a condition of the contract", "以合作方已具备为选择条件"
        if step.status == "held":
            texts = [held.text for held in self._evidence(step)] or [
                f"{words.name(f)}: {self.case.facts[f].why}" for f in step.facts if f in self.case.facts
            ]
            return "; ".join(dict.fromkeys(texts)) or names, f"已具备：{names_zh}"
        if step.needed_by and (item.when is None or item.when.chosen or not step.facts):
            needed = [self.graph.requirements[name] for name in step.needed_by]
            return (
                f"part of {', '.join(n.name for n in needed)}",
                f"属于「{'」「'.join(n.name_zh or n.name for n in needed)}」",
            )
        return self._values(step, option.plan.values) if step.facts else ("asked of every case", "任何情形均需")

    def _values(self, step: Step, values: Mapping[str, str | None]) -> tuple[str, str]:
        said = {"en": [], "zh": []}  # type: dict[str, list[str]]
        for name in step.facts:
            value = values.get(name)
            if value is not None:
                said["en"].append(self.rules.words.fact(name, value))
                said["zh"].append(self.rules.words.fact(name, value, "zh"))
        return "; ".join(said["en"]), "；".join(said["zh"])

    def _evidence(self, step: Step) -> list[Held]:
        known = [self.case.facts[name] for name in step.facts if name in self.case.facts]
        found = [held for fact in known if isinstance(fact, Known) for held in fact.evidence]
        return list({held.fact_id: held for held in found}.values())

    def closed(self, one: NoOption) -> ClosedRow:
        """A strategy that an article closes, or that the facts rule out."""
        values = {**self.case.values(), **one.strategy.sets}
        bars: list[BarRow] = [self.bar(bar, one.strategy.id, values, self.case.start) for bar in one.bars]
        named = [place for bar in bars for place in articles(bar.basis)]
        if bars:
            why, why_zh = "; ".join(bar.why for bar in bars), "；".join(bar.why_zh for bar in bars)
        else:
            pairs = [(name, self.case.values().get(name)) for name in one.facts if name]
            why = "; ".join(self.rules.words.fact(n, v) for n, v in pairs if v) or "does not fit this case"
            why_zh = "；".join(self.rules.words.fact(n, v, "zh") for n, v in pairs if v) or "不适用于本情形"
        return ClosedRow(strategy=Ref.like(one.strategy), article=named, why=why, why_zh=why_zh, bars=bars)
