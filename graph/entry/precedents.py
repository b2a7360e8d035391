"""What became of attempts: cases with their events, and what was seen to be held in them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from ..dates import Dated
from ..model.base import Slug
from .base import Named, Spec
from .case_model import Gate


class MomentSpec(Spec):
    """One dated event of a case."""

    date: Dated
    event: str
    source: Slug | None = None


class ProofSpec(Spec):
    """What a company was seen to hold in a case: evidence that it can meet a requirement for others."""

    requirement: Slug
    holder: Slug = Field(description="Curated company id.")
    says: str
    since: Dated | None = None
    source: Slug


class CaseSpec(Named):
    """What became of one company's attempt: a precedent."""

    companies: list[Slug] = Field(default_factory=list, description="Curated company ids.")
    who: str = Field(description="The company or companies in words.")
    partners: list[Slug] = Field(default_factory=list)
    partners_note: str | None = None
    product: str
    service: Slug
    routes: list[Slug] = Field(default_factory=list)
    strategies: list[Slug] = Field(default_factory=list)
    gate: Gate | None = None
    authorities: list[Slug] = Field(default_factory=list)
    place: str
    status: Literal[
        "approved",
        "filed",
        "registered",
        "partial",
        "running",
        "announced",
        "tolerated",
        "refused",
        "ended",
        "penalised",
    ]
    outcome: str
    status_as_of: Dated
    days: Annotated[int, Field(ge=0)] | None = None
    days_basis: str | None = None
    timeline: list[MomentSpec] = Field(default_factory=list)
    proofs: list[ProofSpec] = Field(default_factory=list)
    disputed: str | None = None
    sources: list[Slug] = Field(default_factory=list)

    @model_validator(mode="after")
    def _consistent(self) -> CaseSpec:
        if (self.days is None) != (self.days_basis is None):
            raise ValueError("days and days_basis go together")
        return self
