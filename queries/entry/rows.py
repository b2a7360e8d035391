"""What an answer about market entry holds. Field names are those of docs/questions.md."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

#: Said once in every answer.
FOOTER = "Research from public sources, not legal advice. 公开资料研究，不构成法律意见。"


class Row(BaseModel):
    """Base of all rows of an answer."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    def to_dict(self) -> dict[str, Any]:
        """The row as plain values that JSON can hold."""
        return self.model_dump(mode="json")


class Ref(Row):
    """A thing by id and names."""

    id: str
    name: str
    name_zh: str | None = None


class SourceRef(Row):
    """A page that says it."""

    id: str
    title: str | None
    publisher: str
    published: str | None
    url: str | None


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

    code: Literal["no-legal-basis", "unverified-basis", "no-source", "weak-source", "estimate"]
    requirement: str
    text: str


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
    sources: list[SourceRef]
    confidence: float | None = Field(description="That of its weakest step.")


class ClosedRoute(Row):
    """A route for the service that is not open here, and why."""

    route: Ref
    why: str


class EntryAnswer(Row):
    """The paths for an actor and a service on a day, fastest first."""

    actor: Literal["fie", "offshore", "domestic"]
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
    footer: str = FOOTER
