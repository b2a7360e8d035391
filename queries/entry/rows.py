"""What an answer about market entry holds. Field names are those of docs/questions.md."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from ..rows import Row, SourceRef

#: Said once in every answer.
FOOTER = "Research from public sources, not legal advice. 公开资料研究，不构成法律意见。"


class Ref(Row):
    """A thing by id and names."""

    id: str
    name: str
    name_zh: str | None = None


class LegalBasis(Row):
    """An article in force on the day, what it says, and where that was checked."""

    article: str | None = Field(description="Label of the article; None for an instrument as a whole.")
    article_id: str
    instrument: Ref
    says: str
    in_force_from: str | None
    verified: bool
    verdict: Literal["confirmed", "corrected", "wrong", "memory"]
    was: str | None
    checked_on: SourceRef | None


class Duration(Row):
    """An interval with its basis; an unknown end is None."""

    min: float | None
    typical: float | None
    max: float | None
    unit: Literal["days"] = "days"
    basis: Literal["statutory", "observed", "estimate"]
    n: int | None
    clock: Literal["authority", "applicant", "private", "end-to-end", "derived"]
    rule: str
    article: str | None
    source: SourceRef | None


class Gap(Row):
    """What is missing or weak about a step."""

    code: Literal["no-legal-basis", "unverified-basis", "no-source", "weak-source", "estimate", "no-precedent"]
    requirement: str
    text: str


class Held(Row):
    """A fact by which the company already meets a requirement, or seems to."""

    fact_id: str
    text: str
    confidence: float | None
    sources: list[SourceRef]


class Reason(Row):
    """One reason for or against a partner: points, what they are for, and the fact behind them."""

    code: Literal["evidence", "served", "partner", "talks", "control-list", "rival", "dispute", "rejected"]
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
    routes: list[str]
    requirement: str | None = Field(description="What a register row satisfies.")
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


class EntryStep(Row):
    """One requirement of a path, in order."""

    order: int
    level: int = Field(description="Steps of one level can run in parallel.")
    requirement: Ref
    kind: str
    applies_when: str = Field(description="What calls for it or must hold for it to fit.")
    way: Ref
    other_ways: list[Ref]
    performer: Literal["self", "partner", "customer"]
    authority: list[Ref]
    instrument: list[Ref]
    article: list[str]
    basis: list[LegalBasis]
    documents: list[str]
    needs: list[str]
    starts_on_day: float
    duration: Duration | None
    evidence_on_time: list[Duration] = Field(description="Other intervals on record, parts and deadlines among them.")
    critical: bool
    validity: str | None
    sources: list[SourceRef]
    confidence: float | None
    confidence_why: str | None
    gaps: list[Gap]
    held: list[Held] = Field(default_factory=list, description="What the company asked about already holds.")


class ProhibitionRow(Row):
    """A rule against it, and how the path stands to it."""

    id: str
    name: str
    name_zh: str | None
    state: Literal["binding", "lifted", "conditional"]
    why: str
    lifted_by: list[str]
    authority: list[Ref]
    instrument: list[Ref]
    article: list[str]
    sources: list[SourceRef]


class ConditionalRow(Row):
    """A requirement called for only in some cases; not counted in the path."""

    requirement: Ref
    when: str


class Total(Row):
    """Time of the whole path: the longest chain, by each measure. Bases are those of its steps."""

    min: float
    typical: float
    max: float
    unit: Literal["days"] = "days"
    effort: float = Field(description="Typical days of all steps added up, parallel ones too.")
    open_ended: bool = Field(description="A step has no known maximum: `max` is a lower bound.")
    bases: dict[str, int] = Field(description="Number of timed steps by basis.")


class EntryPath(Row):
    """One minimal set of requirements of a route, ordered and timed."""

    id: str
    rank: int
    route: Ref
    run_by: Literal["self", "partner", "customer"]
    summary: str
    viability: str
    blocked: bool = Field(description="True where a prohibition binds that no step lifts.")
    requirements: list[str]
    steps: list[EntryStep]
    critical_path: list[str]
    total: Total
    prohibitions: list[ProhibitionRow]
    conditional: list[ConditionalRow]
    gaps: list[Gap]
    partners: list[Partner] = Field(default_factory=list, description="Candidates for its partner steps, best first.")
    precedents: list[Precedent] = Field(default_factory=list, description="Who went this route or was stopped on it.")
    sources: list[SourceRef]
    confidence: float | None = Field(description="That of its weakest step.")


class ClosedRoute(Row):
    """A route for the service that is not open here, and why."""

    route: Ref
    why: str


class EntryAnswer(Row):
    """The paths for an actor and a service on a day, fastest first."""

    company: Ref | None = Field(None, description="The company asked about; None for an actor as such.")
    actor: Literal["fie", "offshore", "domestic"]
    actor_why: str | None = Field(None, description="Why the company counts as this actor.")
    actor_facts: list[Held] = Field(default_factory=list)
    service: Ref
    as_of: date
    having: list[str]
    without: list[str]
    also: list[str]
    paths: list[EntryPath]
    total_paths: int = Field(description="Paths found; more than are shown where a limit was given.")
    complete: bool = Field(description="False where the enumeration was cut.")
    cut: str
    prohibitions: list[ProhibitionRow] = Field(description="Rules against this actor and service, whatever the path.")
    closed: list[ClosedRoute]
    record: list[Precedent] = Field(default_factory=list, description="The company's own attempts at this service.")
    off_route: list[Precedent] = Field(
        default_factory=list, description="Cases of this kind of service on no known route: refusals, penalties."
    )
    footer: str = FOOTER
