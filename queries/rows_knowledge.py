"""Rows of the questions about the stack, people, capital, use, and what follows from a firm or a model."""

from __future__ import annotations

from .rows import CitedRow, FactRow, TieRow, ToldRow


class BuilderRow(FactRow):
    """Somebody or something that builds on a model. `indirect`: through a model that was made from it."""

    user_id: str
    user: str
    user_type: str
    companies: list[str]
    how: str
    model_id: str
    model: str
    indirect: bool
    product: str | None


class PersonRow(FactRow):
    """A person and what he or she is to a company, or to a unit, model or product of it.

    `standing` is `in office`, `left` or `founded`; a person in office whose beginning no source tells has no `since`.
    """

    person_id: str
    person: str
    person_zh: str | None
    role: str
    of_id: str
    of: str
    standing: str


class CapitalRow(FactRow):
    """A stake, a round, a value put on the firm, or a listing.

    `day` of a figure is the day of which it is told, of a tie the day of the deed, if that is told.
    """

    what: str
    other_id: str | None
    other: str | None
    value: float | None
    unit: str | None
    approximate: str | None
    says: str | None
    role: str | None
    day: str | None


class CountRow(ToldRow):
    """A figure of use or of a market, with who counted it and for which span.

    `preferred` is set where it is a side of a conflict that evidence decides; both sides are rows.
    """

    subject_id: str
    subject: str
    metric: str
    value: float | None
    unit: str | None
    approximate: str | None
    day: str | None
    measured_by: str | None
    market: str | None
    rank: int | None
    scope: str | None
    preferred: bool | None
    conflict: str | None
    status: str


class StackRow(CitedRow):
    """What a company does in the hardware stack. A company of which no such fact is known has one row without one."""

    company_id: str
    company: str
    country: str | None
    layers: list[str]
    relation: str
    thing_id: str | None
    thing: str | None
    other_id: str | None
    other: str | None
    status: str | None
    since: str | None
    announced: str | None
    seen: str | None
    scope: str | None
    conflict: str | None
    fact_id: str | None


class BeneficiaryRow(TieRow):
    """Who gained, and after what: the firm asked about, or an event named after it."""

    after_id: str
    after: str
