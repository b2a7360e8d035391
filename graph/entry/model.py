"""The requirement graph as typed objects: what a curator writes and what the planner reads.

Ids keep short prefixes: `a.` authority, `i.` instrument, `r.` requirement or prohibition, `w.` way,
`pa.` route, `c.` case, `s.` source. Names follow CPSV-AP (competent authority, processing time) and
CCCEV (requirement, evidence) where these have one.
"""

from __future__ import annotations

from functools import cached_property
from typing import Literal, get_args, get_origin

from pydantic import BaseModel, Field, model_validator

from ..dates import Dated, PartialDate
from ..model.base import Record, Slug
from ..model.evidence import Source
from .case_model import (
    ActorSpec,
    AheadSpec,
    CaseSpec,
    CompanyFactsSpec,
    FactSpec,
    Gate,
    GateEvidenceSpec,
    Named,
    OfficeSpec,
    OrderSpec,
    ServiceSpec,
    StrategySpec,
)
from .condition import Condition
from .durations import DurationSpec

Performer = Literal["self", "partner", "customer"]


class AuthoritySpec(Named):
    """A body that makes, applies or supports rules."""

    level: Literal["national", "provincial", "association", "support", "sar"]
    role: str
    parent: Slug | None = None
    entity: Slug | None = Field(None, description="Id of the curated entity that is the same body.")
    sources: list[Slug] = Field(default_factory=list)


class ArticleSpec(Record):
    """An article, item or chapter. Dates only where they differ from the instrument's."""

    id: Slug | None = Field(None, description="Its id where it is not the instrument's id and the label.")
    art: str = Field(min_length=1)
    about: str
    effective: Dated | None = None
    until: Dated | None = Field(None, description="First day on which it no longer holds under this number.")

    @property
    def slug(self) -> str:
        """The part of its id after the instrument's."""
        return self.art.lower().replace(" ", "-")


class InstrumentSpec(Named):
    """A law, rule, notice, plan or standard."""

    kind: str
    number: str | None = None
    issuers: list[Slug] = Field(min_length=1)
    promulgated: Dated | None = None
    effective: Dated | None = None
    effective_seen: bool = Field(False, description="True where the effective date was read on a page.")
    seen: Literal["text", "part", "quoted", "secondary", "named"] = Field(
        "text", description="Which words of it were read: the text, a part, quotations, pages about it, or none."
    )
    until: Dated | None = Field(None, description="First day on which it is no longer in force.")
    revised: list[Dated] = Field(default_factory=list)
    status: Literal["in-force", "superseded", "superseded-in-practice", "draft"]
    replaces: Slug | None = None
    summary: str
    note: str | None = None
    entity: Slug | None = Field(None, description="Id of the curated entity that is the same instrument.")
    places: list[Slug] = Field(default_factory=list, description="Where it holds, if not in all of the country.")
    articles: list[ArticleSpec] = Field(default_factory=list)
    sources: list[Slug] = Field(default_factory=list)

    def article_id(self, article: ArticleSpec) -> str:
        """Id of one of its articles."""
        return article.id or f"{self.id}.{article.slug}"


class Checked(Record):
    """What a comparison of a citation with the cited text found."""

    verdict: Literal["confirmed", "corrected", "wrong", "memory"]
    source: Slug | None = None
    was: str | None = Field(None, description="The citation before it was mended.")

    @model_validator(mode="after")
    def _consistent(self) -> Checked:
        if (self.verdict == "memory") != (self.source is None):
            raise ValueError("a checked citation names the page it was checked on, a remembered one has none")
        if self.verdict in ("corrected", "wrong") and self.was is None:
            raise ValueError(f"a {self.verdict} citation keeps what it was in `was`")
        return self


class BasisSpec(Record):
    """A legal basis: an article, or an instrument as a whole."""

    at: Slug = Field(description="Article or instrument id.")
    says: str
    checked: Checked
    verified: bool = Field(description="False where no page was read; such a basis is shown as a gap.")
    when: Condition | None = Field(None, description="Cases of the duty that it binds; absent means all of them.")
    note: str | None = None

    @model_validator(mode="after")
    def _consistent(self) -> BasisSpec:
        if self.verified == (self.checked.verdict == "memory"):
            raise ValueError("verified is false exactly where the verdict is memory")
        return self


class NoBasisSpec(Record):
    """Why a requirement has no legal basis of its own."""

    why: str
    checked: Checked


class ArticleSays(Record):
    """An article and what it says on one point."""

    at: Slug
    says: str
    source: Slug | None = None
    verified: bool = True


class ExemptionSpec(BasisSpec):
    """Law that takes a duty away in some cases."""

    when: Condition


class WaySpec(Named):
    """One way to meet a requirement; its needs must all be met first."""

    needs: list[Slug] = Field(default_factory=list)
    when: Condition | None = Field(None, description="Cases in which it is open; absent means all.")
    performer: Performer | None = Field(None, description="Who takes it, where that is not the bearer of the duty.")
    gate: Gate | None = Field(None, description="Gate of a generating service that it leads through.")
    documents: list[str] = Field(default_factory=list)
    why: str | None = Field(None, description="Why one takes it, shown where it is taken.")
    why_zh: str | None = None
    closed_by: ArticleSays | None = Field(None, description="Article that closes it where `when` does not hold.")
    since: Dated | None = None
    until: Dated | None = None


class RequirementSpec(Named):
    """A duty, condition, licence, filing or exemption that a route may need."""

    kind: str
    summary: str
    asks: str | None = Field(None, description="What it asks, in one sentence.")
    when: Condition | None = Field(None, description="Cases that it is a duty of.")
    exemptions: list[ExemptionSpec] = Field(default_factory=list)
    held_when: Condition | None = Field(None, description="Facts of who asks that show it is met.")
    lost_when: Condition | None = Field(None, description="Facts by which it is not met, whatever else shows it.")
    bearer: Literal["provider", "asker", "customer", "partner"] = "provider"
    partner: Literal["holds", "obtains"] = Field(
        "obtains", description="A partner that bears it is chosen for having it, or must get it."
    )
    recurs: str | None = None
    choice: Literal["decides", "follows"] | None = Field(
        None, description="Several ways: each makes a plan of its own, or the first open one is taken."
    )
    includes: list[Slug] = Field(default_factory=list, description="Steps whose time its whole interval already has.")
    authorities: list[Slug] = Field(default_factory=list)
    legal_basis: list[BasisSpec] = Field(default_factory=list)
    no_legal_basis: NoBasisSpec | None = None
    since: Dated | None = Field(None, description="In force from; else the earliest date of its legal basis.")
    since_reason: str | None = None
    until: Dated | None = None
    when_absent: Literal["waived", "closed"] = Field(
        "waived", description="Before it was in force: nothing was asked (waived), or the way was not open (closed)."
    )
    ways: list[WaySpec] = Field(min_length=1)
    partner_evidence: Slug | None = Field(
        None, description="Steps taken with a partner: the requirement a partner must have been seen to meet."
    )
    durations: list[DurationSpec] = Field(default_factory=list)
    validity: str | None = None
    blocks_launch: bool
    sources: list[Slug] = Field(default_factory=list)

    @model_validator(mode="after")
    def _consistent(self) -> RequirementSpec:
        if bool(self.legal_basis) == (self.no_legal_basis is not None):
            raise ValueError("legal_basis or no_legal_basis, exactly one of them")
        if (self.since is None) != (self.since_reason is None):
            raise ValueError("since and since_reason go together")
        # Parts that are added up measure different things; a whole stands alone.
        general = [item.measures for item in self.durations if item.plan and item.when is None and not item.places]
        if twice := sorted({part for part in general if general.count(part) > 1}):
            raise ValueError(f"two intervals have plan: true for {', '.join(twice)}")
        if "whole" in general and len(general) > 1:
            raise ValueError("an interval of the whole step is planned alone, or its parts are")
        return self


class ProhibitionSpec(Named):
    """A rule that blocks a route unless a requirement of the route lifts it."""

    summary: str
    summary_zh: str | None = None
    when: Condition | None = Field(None, description="Cases that it bites in.")
    closes: bool | None = Field(None, description="Where it bites and nothing lifts it, the strategy is closed.")
    no_legal_basis: NoBasisSpec | None = Field(None, description="A private bar, which closes nothing in law.")
    lifted_by: list[Slug] = Field(default_factory=list, description="Any one of these in a path lifts it.")
    authorities: list[Slug] = Field(default_factory=list)
    legal_basis: list[BasisSpec] = Field(default_factory=list)
    since: Dated | None = None
    until: Dated | None = None
    sources: list[Slug] = Field(default_factory=list)

    @model_validator(mode="after")
    def _consistent(self) -> ProhibitionSpec:
        if bool(self.legal_basis) == (self.no_legal_basis is not None):
            raise ValueError("legal_basis or no_legal_basis, exactly one of them")
        if self.closes and not self.legal_basis:
            raise ValueError("only an article closes; a private bar has closes: false")
        return self


class EntryGraph(Record):
    """All blocks together, by id. Built by a loader that has checked them."""

    sources: dict[str, Source] = Field(default_factory=dict)
    authorities: dict[str, AuthoritySpec] = Field(default_factory=dict)
    instruments: dict[str, InstrumentSpec] = Field(default_factory=dict)
    services: dict[str, ServiceSpec] = Field(default_factory=dict)
    requirements: dict[str, RequirementSpec] = Field(default_factory=dict)
    prohibitions: dict[str, ProhibitionSpec] = Field(default_factory=dict)
    cases: dict[str, CaseSpec] = Field(default_factory=dict)
    facts: dict[str, FactSpec] = Field(default_factory=dict)
    actors: dict[str, ActorSpec] = Field(default_factory=dict)
    strategies: dict[str, StrategySpec] = Field(default_factory=dict)
    offices: dict[str, OfficeSpec] = Field(default_factory=dict)
    ahead: dict[str, AheadSpec] = Field(default_factory=dict)
    gate_evidence: dict[str, GateEvidenceSpec] = Field(default_factory=dict)
    company_facts: list[CompanyFactsSpec] = Field(default_factory=list)
    order: list[OrderSpec] = Field(default_factory=list)

    @cached_property
    def articles(self) -> dict[str, tuple[InstrumentSpec, ArticleSpec | None]]:
        """Every citable place: article ids, and instrument ids for an instrument as a whole."""
        found: dict[str, tuple[InstrumentSpec, ArticleSpec | None]] = {}
        for instrument in self.instruments.values():
            found[instrument.id] = instrument, None
            found |= {instrument.article_id(article): (instrument, article) for article in instrument.articles}
        return found

    def span(self, at: str) -> tuple[PartialDate | None, PartialDate | None]:
        """From when and until when a citable place is in force."""
        instrument, article = self.articles[at]
        since = (article.effective if article else None) or instrument.effective
        return since, (article.until if article else None) or instrument.until


#: Model of the blocks of each section, and the sections whose blocks bear no id.
SHAPES: dict[str, type[BaseModel]] = {
    name: get_args(field.annotation)[-1] for name, field in EntryGraph.model_fields.items()
}
NAMELESS = frozenset(name for name, field in EntryGraph.model_fields.items() if get_origin(field.annotation) is list)
