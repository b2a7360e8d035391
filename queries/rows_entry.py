"""Rows of the saved questions about market entry. Days are calendar days, never without the basis they rest on."""

from __future__ import annotations

from datetime import date

from .rows import CitedRow, Row, SourceRef, ToldRow


class RequirementRow(CitedRow):
    """A requirement of some stored plan with one of its legal bases; `status` is that in the plans named."""

    requirement_id: str
    requirement: str
    requirement_zh: str | None
    status: str
    strategies: list[str]
    applies_when: str
    applies_when_zh: str
    authority: str | None
    instrument: str | None
    article: str | None
    says: str | None
    verified: bool | None
    in_force: date | None
    blocks_launch: bool | None
    days_min: float | None
    days_typical: float | None
    days_max: float | None
    measures: str | None
    days_basis: str | None


class OptionRow(CitedRow):
    """A stored plan: days to the launch as marks of its distribution; `closed_by` names what closes it."""

    option_id: str
    rank: int
    strategy_id: str
    strategy: str
    gate: str | None
    gate_tier: str
    gate_evidence: str
    due: list[str]
    held: list[str]
    depends: list[str]
    unknown: list[str]
    closed_by: list[str]
    bars: list[str]
    untimed: list[str]
    days_p10: int | None
    days_p50: int | None
    days_p80: int | None
    days_p90: int | None


class StepRow(CitedRow):
    """A step of a stored plan; due steps of one level may run side by side. `days_n`: cases observed."""

    strategy: str
    gate: str | None
    status: str
    level: int | None
    requirement_id: str
    requirement: str
    requirement_zh: str | None
    way: str | None
    performer: str | None
    blocks_launch: bool | None
    critical: float | None
    authority: str | None
    instrument: str | None
    article: str | None
    verified: bool | None
    days_min: float | None
    days_typical: float | None
    days_max: float | None
    measures: str | None
    days_basis: str | None
    days_n: int | None


class FactDutyRow(CitedRow):
    """A duty, prohibition, strategy or item of law ahead that reads a fact; `role` says in which condition."""

    duty_id: str
    duty: str
    duty_zh: str | None
    kind: str
    role: str
    fact: str
    applies_when: str | None
    applies_when_zh: str | None
    in_force: date | None


class LawAheadRow(Row):
    """A dated item of law that comes, or a draft; a draft has no day in force."""

    item_id: str
    day: str | None
    day_means: str
    status: str
    says: str
    says_zh: str | None
    instrument: str | None
    duty_ids: list[str]
    duties: list[str]
    concerns: str
    concerns_zh: str
    watch: str | None
    sources: list[SourceRef]


class GatePassedRow(CitedRow):
    """A row of the register that passed a gate. `days` run from the date in the number to the listing."""

    filing_id: str
    service: str
    number: str
    gate: str
    filer: str
    owners: str | None
    companies: list[str]
    kinds: list[str]
    province: str | None
    accepted: date | None
    listed: date | None
    days: int | None


class LawDutyRow(CitedRow):
    """A duty or prohibition and the article of the instrument that it rests on."""

    duty_id: str
    duty: str
    duty_zh: str | None
    prohibition: bool
    article: str | None
    says: str
    verified: bool
    verdict: str
    in_force: date | None
    applies_when: str
    applies_when_zh: str


class OnshoreRow(ToldRow):
    """A company or legal entity in mainland China and how the company asked about stands to it."""

    relation: str
    onshore_id: str
    onshore: str
    onshore_type: str
    basis: str | None
    status: str
    since: str | None


class PrecedentRow(CitedRow):
    """A case or a row of the register. `days` of a filing are worked out from its number, so `derived`."""

    precedent_id: str
    precedent: str
    kind: str
    companies: list[str]
    company_ids: list[str]
    countries: list[str]
    partners: list[str]
    strategies: list[str]
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


class PartnerEvidenceRow(ToldRow):
    """What a company was seen to hold that a partner step asks for."""

    company_id: str
    company: str
    company_zh: str | None
    requirement: str
    evidence: str
    kind: str
    since: date | None
