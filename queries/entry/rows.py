"""What an answer about market entry holds. Field names are those of docs/market-entry.md."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import ConfigDict, Field

from ...graph.model.entry import AheadDay, AheadStatus
from ..rows import Row, SourceRef

#: Said once in every answer.
FOOTER = "Research from public sources, not legal advice. 公开资料研究，不构成法律意见。"
Status = Literal["held", "due", "not-applicable", "depends"]


class Ref(Row):
    """A thing by id and names."""

    id: str
    name: str
    name_zh: str | None = None


class Held(Row):
    """A fact of the graph that shows something of the company."""

    fact_id: str
    text: str
    confidence: float | None
    sources: list[SourceRef]


class CaseFact(Row):
    """One fact of the case: its value, None where unknown, and where it is from."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    name: str
    name_zh: str
    value: str | None
    value_name: str | None
    value_name_zh: str | None
    origin: Literal["asker", "graph", "profile", "preset", "default", "assumption", "strategy", "unknown"] = Field(
        alias="from"
    )
    why: str
    evidence: list[Held] = Field(default_factory=list)


class LegalBasis(Row):
    """An article in force on the day, what it says, and where that was checked."""

    article: str | None = Field(description="Label of the article; None for an instrument as a whole.")
    article_id: str
    instrument: Ref
    says: str
    in_force_from: str | None
    verified: bool
    verdict: Literal["confirmed", "corrected", "wrong", "memory"] = Field(
        description="What was found of the citation as it stood before; what is told here is the mended one."
    )
    was: str | None
    checked_on: SourceRef | None


class Part(Row):
    """One interval of a step: its ends, what it measures, and what its draws rest on."""

    min: float | None
    typical: float | None
    p90: float | None
    max: float | None
    measures: str
    basis: Literal["statutory", "observed", "estimate"]
    n: int | None
    clock: str
    cause: str | None = Field(description="Intervals of one cause move together in the draws.")
    rule: str
    article: str | None
    source: SourceRef | None


class Duration(Row):
    """The interval a step is planned with, in calendar days; an unknown end is None. A sum of its parts."""

    min: float | None
    typical: float | None
    max: float | None
    unit: Literal["days"] = "days"
    measures: str
    basis: Literal["statutory", "observed", "estimate"]
    n: int | None
    parts: list[Part]


class Gap(Row):
    """What is missing or weak about a step."""

    code: str
    requirement: str
    text: str


class Reason(Row):
    """One reason for or against a partner: points, what they are for, and the fact behind them."""

    code: Literal["evidence", "own-case", "served", "partner", "talks", "control-list", "rival", "dispute", "rejected"]
    points: int
    text: str
    fact_id: str
    confidence: float | None
    sources: list[SourceRef]


class Partner(Row):
    """A company that holds the evidence a partner step asks for; its score is the sum of its reasons' points."""

    requirement: Ref
    company: Ref
    score: int
    warnings: list[str] = Field(description="Control lists it stands on, with their effect for the asker's seat.")
    reasons: list[Reason]
    confidence: float | None = Field(description="That of its best evidence.")
    sources: list[SourceRef]


class Precedent(Row):
    """A case or a register row for the same kind of service. `days` stand only with what they rest on."""

    id: str
    name: str
    kind: Literal["case", "filing", "registration"]
    own: bool = Field(description="True for the company that was asked about.")
    who: str = Field(description="Who it was, in words; a legal entity where no company is known.")
    companies: list[Ref] = Field(description="The companies among them that the graph knows.")
    countries: list[str]
    partners: list[str]
    strategies: list[str]
    requirement: str | None = Field(description="What a register row satisfies, its own or that of the case.")
    number: str | None
    status: str = Field(description="As of the day asked; `open` where the outcome became known later.")
    status_as_of: str | None
    outcome: str | None
    started: str | None
    listed: date | None
    days: int | None
    days_basis: str | None
    derived: bool
    disputed: str | None
    timeline: list[str]
    confidence: float | None
    sources: list[SourceRef]


class OfficeRow(Ref):
    """Where a step is brought."""

    province: str | None
    portal: str | None
    telephone: str | None
    form: str | None
    what_differs: str | None
    sources: list[SourceRef]


class StepRow(Row):
    """One requirement of a plan, in order."""

    order: int
    level: int | None = Field(description="Due steps of one level can run in parallel.")
    requirement: Ref
    kind: str
    status: Status
    why: str
    why_zh: str
    facts: list[str] = Field(description="Facts that call for it, exclude it, show it as held, or that it depends on.")
    evidence: list[Held] = Field(description="Facts of the graph that show it as held.")
    asks: str
    applies_when: str
    applies_when_zh: str
    blocks_launch: bool
    way: Ref | None
    performer: Literal["self", "partner", "customer"]
    authority: list[Ref]
    offices: list[OfficeRow]
    basis: list[LegalBasis]
    documents: list[str]
    needs: list[str] = Field(description="Steps of the plan that come before it, in law or in practice.")
    duration: Duration | None
    counted: bool = Field(description="True where its time is part of the launch window, and in no other step's.")
    evidence_on_time: list[Part] = Field(description="Intervals on record that plan nothing.")
    critical: float | None = Field(description="Share of draws in which it is on the longest chain.")
    starts: date | None = Field(description="Median day on which it starts; for a standing duty the launch.")
    ends: date | None
    recurs: str | None
    validity: str | None
    sources: list[SourceRef]
    confidence: float | None
    confidence_why: str | None
    gaps: list[Gap]


class BarRow(Ref):
    """A prohibition or a private bar, and how a plan stands to it."""

    strategy: str | None
    state: Literal["binding", "lifted", "conditional"]
    closes: bool
    private: bool = Field(description="A party's own terms, not law.")
    why: str
    why_zh: str
    lifted_by: list[str]
    basis: list[LegalBasis]
    sources: list[SourceRef]


class GateRow(Row):
    """How well the register evidences the gate of a plan."""

    tier: Literal["own", "same-kind", "same-owners", "other-owners", "rule", "contradicted", "none"]
    text: str
    text_zh: str
    took: int
    other: int
    rows: list[str]
    said: list[str] = Field(description="What offices and practitioners say besides.")


class LaunchRow(Row):
    """Days by which the launch is reached with that probability."""

    p10: date
    p50: date
    p80: date
    p90: date


class PlanRow(Row):
    """One plan: a strategy, a gate, and every duty of the case under them."""

    rank: int
    strategy: Ref
    summary: str
    viability: str
    changes: list[str] = Field(description="Facts of the question that the strategy turns into something else.")
    blocked: bool = Field(description="True where a prohibition or a private bar binds.")
    set_back: bool = Field(description="True where it would stand first but for what is in its way alone.")
    gate: Literal["filing", "registration"] | None
    gate_held: bool
    gate_evidence: GateRow
    launch: LaunchRow
    days: dict[str, int]
    by: float | None = Field(description="Share of draws that reach the launch by the day wished.")
    untimed: list[str] = Field(description="Steps that take time nobody knows, so that the window does not count it.")
    steps: list[StepRow]
    bars: list[BarRow]
    partners: list[Partner]
    precedents: list[Precedent]
    gaps: list[Gap]
    complete: bool


class WayRow(Row):
    """One way of a choice, and how it stands."""

    way: Ref
    state: Literal["taken", "open", "excluded", "depends"]
    why: str
    why_zh: str
    facts: list[str]
    closed_by: str | None
    needs: list[str]
    days_p50: int | None = Field(description="Median days to the launch by the plan that takes it.")


class ChoiceRow(Row):
    """A requirement with several ways: the one taken, and the others with what excludes them or what they cost."""

    requirement: Ref
    status: Status
    ways: list[WayRow]


class FlipRow(Row):
    """What would change if one fact were another."""

    fact: str
    name: str
    name_zh: str
    value: str
    value_name: str
    was: str | None
    adds: list[str]
    removes: list[str]
    days: int | None = Field(description="Days it adds at the median; None: no plan left, or one side has no time.")
    opens: list[str]
    closes: list[str]
    frees: list[str] = Field(description="Prohibitions that no longer stand in the way.")
    bars: list[str] = Field(description="Prohibitions that come to stand in the way.")
    text: str
    text_zh: str


class AheadRow(Row):
    """A dated item of law that touches the case, or may."""

    id: str
    day: str | None
    day_means: AheadDay
    status: AheadStatus
    says: str
    says_zh: str | None
    touches: Literal["yes", "depends"]
    depends: list[str]
    before: Literal["start", "p50", "p90", "later", "undated"] = Field(description="How it lies to the launch.")
    requirements: list[str]
    instrument: Ref | None
    watch: str | None
    sources: list[SourceRef]


class AssumptionRow(Row):
    """A fact taken in sight, or left unknown, and what it is worth."""

    fact: str
    name: str
    name_zh: str
    value: str | None
    why: str
    days_at_risk: int = Field(description="Most days at the median that another value adds.")
    weight: float = Field(description="Our weight of its being wrong: 0.5 unknown, 0.3 assumed.")


class ClosedRow(Row):
    """A strategy that is none: closed by an article, or not fitting the facts."""

    strategy: Ref
    article: list[str]
    why: str
    why_zh: str
    bars: list[BarRow]


class AgainstRow(Row):
    """A fact of who asks on which the asker and the record disagree."""

    fact: str
    name: str
    name_zh: str
    said: str
    held: str = Field(description="Its value by the record.")
    taken: bool = Field(description="True where the answer takes the asker's word; it takes no assumption against it.")
    why: str
    evidence: list[Held] = Field(description="Facts of the graph that show what the record says.")
    text: str
    text_zh: str


class EntryAnswer(Row):
    """A case and the plans it leaves open, best first."""

    company: Ref | None = Field(None, description="The company that asks; None for a profile.")
    service: Ref
    as_of: date = Field(description="Day of what is known of the company and the register.")
    start: date = Field(description="Day on which work begins.")
    by: date | None
    law_since: str | None
    head: list[str]
    head_zh: list[str]
    case: dict[str, CaseFact]
    against: list[AgainstRow] = Field(default_factory=list, description="Where the asker and the record disagree.")
    plans: list[PlanRow]
    total_plans: int
    choices: list[ChoiceRow]
    flips: list[FlipRow]
    horizon: list[AheadRow]
    assumptions: list[AssumptionRow]
    prohibitions: list[BarRow]
    closed: list[ClosedRow] = Field(description="Strategies that an article closes.")
    no_option: list[ClosedRow] = Field(description="Strategies that the facts of the case rule out.")
    record: list[Precedent] = Field(default_factory=list, description="The company's own attempts at this service.")
    method: dict[str, Any]
    footer: str = FOOTER

    def to_dict(self) -> dict[str, Any]:
        """Plain values, dates as ISO 8601 text; what `--json` prints."""
        return self.model_dump(mode="json", by_alias=True)

    def __repr__(self) -> str:
        who = self.company.name if self.company else "a stranger"
        return "\n".join([f"<EntryAnswer: {who} · {self.service.name} · work from {self.start}>", *self.head])

    def _repr_html_(self) -> str:
        from .brief import shown

        return shown(self)
