"""Rows of the saved questions about market entry. Days are calendar days, never without the basis they rest on."""

from __future__ import annotations

from datetime import date

from .rows import Row, SourceRef


class RequirementRow(Row):
    """A requirement with one of its legal bases."""

    requirement_id: str
    requirement: str
    requirement_zh: str | None
    routes: list[str]
    authority: str | None
    instrument: str | None
    article: str | None
    says: str | None
    verified: bool | None
    in_force: date | None
    days_min: float | None
    days_typical: float | None
    days_max: float | None
    days_basis: str | None
    confidence: float | None
    sources: list[SourceRef]


class OptionRow(Row):
    """A minimal set of steps of a route, with the length of its longest chain. `complete` is False where it was cut."""

    option_id: str
    route_id: str
    route: str
    requirements: list[str]
    size: int
    days_min: float
    days_typical: float
    days_max: float
    open_ended: bool
    critical: list[str]
    complete: bool
    confidence: float | None
    sources: list[SourceRef]


class StepRow(Row):
    """A step of a market-entry path; steps of one level may run side by side. `days_n`: cases observed."""

    route: str
    level: int
    requirement_id: str
    requirement: str
    way: str | None
    performer: str | None
    critical: bool | None
    authority: str | None
    instrument: str | None
    article: str | None
    verified: bool | None
    days_min: float | None
    days_typical: float | None
    days_max: float | None
    days_basis: str | None
    days_n: int | None
    confidence: float | None
    sources: list[SourceRef]


class OnshoreRow(Row):
    """A company or legal entity in mainland China and how the company asked about stands to it."""

    relation: str
    onshore_id: str
    onshore: str
    onshore_type: str
    basis: str | None
    fact_id: str
    status: str
    since: str | None
    confidence: float | None
    sources: list[SourceRef]


class PrecedentRow(Row):
    """A case or a row of the register. `days` of a filing are worked out from its number, so `derived`."""

    precedent_id: str
    precedent: str
    kind: str
    companies: list[str]
    company_ids: list[str]
    countries: list[str]
    partners: list[str]
    routes: list[str]
    requirement: str | None
    number: str | None
    status: str
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


class PartnerEvidenceRow(Row):
    """What a company was seen to hold that a partner step asks for."""

    company_id: str
    company: str
    company_zh: str | None
    requirement: str
    evidence: str
    kind: str
    since: date | None
    fact_id: str
    confidence: float | None
    sources: list[SourceRef]
