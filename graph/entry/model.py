"""The requirement graph as typed objects: what a curator writes and what the planner reads.

Ids keep short prefixes: `a.` authority, `i.` instrument, `r.` requirement or prohibition, `w.` way,
`pa.` route, `c.` case, `s.` source. Names follow CPSV-AP (competent authority, processing time) and
CCCEV (requirement, evidence) where these have one.
"""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from ..dates import Dated, PartialDate
from ..model.base import Slug
from ..model.evidence import Source

Actor = Literal["fie", "offshore", "domestic"]
Performer = Literal["self", "partner", "customer"]
ACTORS: dict[Actor, tuple[str, str]] = {
    "fie": ("foreign-invested company in China", "外商投资企业"),
    "offshore": ("provider without a company in China", "境外提供者"),
    "domestic": ("company without foreign capital", "内资企业"),
}


class Spec(BaseModel):
    """Base of all blocks: no unknown field, no change after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Named(Spec):
    """A block with an id and names in both languages."""

    id: Slug
    name: str = Field(min_length=1)
    name_zh: str | None = None


class AuthoritySpec(Named):
    """A body that makes, applies or supports rules."""

    aliases: list[str] = Field(default_factory=list)
    level: Literal["national", "provincial", "association", "support", "sar"]
    role: str
    parent: Slug | None = None
    entity: Slug | None = Field(None, description="Id of the curated entity that is the same body.")
    sources: list[Slug] = Field(default_factory=list)


class ArticleSpec(Spec):
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
    articles: list[ArticleSpec] = Field(default_factory=list)
    sources: list[Slug] = Field(default_factory=list)

    def article_id(self, article: ArticleSpec) -> str:
        """Id of one of its articles."""
        return article.id or f"{self.id}.{article.slug}"


class ServiceSpec(Named):
    """A kind of service that is brought to the market."""

    aliases: list[str] = Field(default_factory=list)
    public: bool = Field(description="True where it is offered to the public.")
    about: str


class Checked(Spec):
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


class BasisSpec(Spec):
    """A legal basis: an article, or an instrument as a whole."""

    at: Slug = Field(description="Article or instrument id.")
    says: str
    checked: Checked
    verified: bool = Field(description="False where no page was read; such a basis is shown as a gap.")
    note: str | None = None

    @model_validator(mode="after")
    def _consistent(self) -> BasisSpec:
        if self.verified == (self.checked.verdict == "memory"):
            raise ValueError("verified is false exactly where the verdict is memory")
        return self


class NoBasisSpec(Spec):
    """Why a requirement has no legal basis of its own."""

    why: str
    checked: Checked


class DurationSpec(Spec):
    """An interval of time with what it rests on. Never one bare number."""

    min: Annotated[float, Field(ge=0)] | None = None
    typical: Annotated[float, Field(ge=0)] | None = None
    max: Annotated[float, Field(ge=0)] | None = None
    unit: Literal["days"] = Field("days", description="Calendar days; working days were converted by 7/5.")
    basis: Literal["statutory", "observed", "estimate"]
    clock: Literal["authority", "applicant", "private", "end-to-end", "derived"]
    covers: Literal["whole", "part", "more", "deadline"] = Field(
        description="the step; a part of it; more than it; or a deadline on the company, which is no waiting time"
    )
    plan: bool = Field(False, description="True on the one interval (of each actor) that the planner counts with.")
    actors: list[Actor] = Field(default_factory=list, description="Whose time it is; empty means all.")
    services: list[Slug] = Field(default_factory=list, description="Service kinds it was seen in; empty means all.")
    rule: str
    article: str | None = Field(None, description="Rule and article that set the limit, in words.")
    n: Annotated[int, Field(ge=1)] | None = Field(None, description="Cases observed, where known.")
    confidence: Literal["high", "medium", "low"] | None = None
    source: Slug | None = None
    note: str | None = None

    @model_validator(mode="after")
    def _consistent(self) -> DurationSpec:
        ends = [end for end in (self.min, self.typical, self.max) if end is not None]
        if not ends:
            raise ValueError("a duration has at least one of min, typical and max")
        if ends != sorted(ends):
            raise ValueError("min, typical and max rise in this order")
        if self.basis != "estimate" and self.source is None:
            raise ValueError(f"a {self.basis} duration names its source")
        if self.plan and self.covers != "whole":
            raise ValueError(f"an interval that covers '{self.covers}' can't be planned with")
        return self


class WaySpec(Named):
    """One way to meet a requirement; its needs must all be met first."""

    needs: list[Slug] = Field(default_factory=list)
    actors: list[Actor] = Field(min_length=1, description="Who may use it.")
    services: list[Slug] = Field(default_factory=list, description="Service kinds it serves; empty means all.")
    performer: Performer = "self"
    documents: list[str] = Field(default_factory=list)
    since: Dated | None = None
    until: Dated | None = None


class TriggerSpec(Spec):
    """What turns a requirement on."""

    by: Slug = Field(description="Requirement of kind trigger.")
    when: str


class RequirementSpec(Named):
    """A duty, condition, licence, filing or exemption that a route may need."""

    kind: str
    summary: str
    trigger: str
    triggered_by: list[TriggerSpec] = Field(default_factory=list)
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
        for actor in ACTORS if self.durations else ():
            planned = self._planned(actor)
            general = sum(not item.services for item in planned)
            if general != 1:
                raise ValueError(f"exactly one duration has plan: true for {actor}, found {general}")
            named = [service for item in planned for service in item.services]
            if twice := sorted({service for service in named if named.count(service) > 1}):
                raise ValueError(f"two durations have plan: true for {actor} and {', '.join(twice)}")
        return self

    def duration(self, actor: Actor, service: str | None = None) -> DurationSpec | None:
        """The interval to plan with, the service kind's own before the general one; None for a step without time."""
        planned = self._planned(actor)
        own = (item for item in planned if service in item.services)
        return next(own, next((item for item in planned if not item.services), None))

    def _planned(self, actor: Actor) -> list[DurationSpec]:
        return [item for item in self.durations if item.plan and (not item.actors or actor in item.actors)]


class ProhibitionSpec(Named):
    """A rule that blocks a route unless a requirement of the route lifts it."""

    summary: str
    actors: list[Actor] = Field(min_length=1)
    services: list[Slug] = Field(default_factory=list, description="Service kinds it concerns; empty means all.")
    condition: str | None = Field(None, description="It bites only where this holds; absent means always.")
    lifted_by: list[Slug] = Field(default_factory=list, description="Any one of these in a path lifts it.")
    authorities: list[Slug] = Field(default_factory=list)
    legal_basis: list[BasisSpec] = Field(min_length=1)
    since: Dated | None = None
    until: Dated | None = None
    sources: list[Slug] = Field(default_factory=list)


class GoalSpec(Spec):
    """What a route must reach: all of `all`, and one alternative of each choice in `any`."""

    all: list[Slug] = Field(default_factory=list)
    any: list[list[list[Slug]]] = Field(default_factory=list)

    def requirements(self) -> set[str]:
        """All requirements named in the goal."""
        return {*self.all, *(name for choice in self.any for alternative in choice for name in alternative)}


class ConditionalSpec(Spec):
    """A requirement that a route calls for only in some cases."""

    requirement: Slug
    when: str
    services: list[Slug] = Field(default_factory=list, description="Service kinds for which it is always called for.")


class OrderSpec(Spec):
    """A practical order that no rule prescribes."""

    first: Slug
    then: Slug


class RouteSpec(Named):
    """A known way into the market for some service kinds and actors."""

    services: list[Slug] = Field(min_length=1)
    actors: list[Actor] = Field(min_length=1)
    run_by: Performer = Field("self", description="Who is the provider in law: the company or its domestic partner.")
    own_steps: list[Slug] = Field(
        default_factory=list, description="Steps the company itself takes where a partner runs it."
    )
    summary: str
    preconditions: list[str] = Field(default_factory=list)
    goal: GoalSpec
    conditional: list[ConditionalSpec] = Field(default_factory=list)
    before: list[OrderSpec] = Field(default_factory=list)
    prohibitions: list[Slug] = Field(default_factory=list)
    viability: str
    since: Dated | None = None
    until: Dated | None = None
    sources: list[Slug] = Field(default_factory=list)


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


class EntryGraph(Spec):
    """All blocks together, by id. Built by a loader that has checked them."""

    sources: dict[str, Source] = Field(default_factory=dict)
    authorities: dict[str, AuthoritySpec] = Field(default_factory=dict)
    instruments: dict[str, InstrumentSpec] = Field(default_factory=dict)
    services: dict[str, ServiceSpec] = Field(default_factory=dict)
    requirements: dict[str, RequirementSpec] = Field(default_factory=dict)
    prohibitions: dict[str, ProhibitionSpec] = Field(default_factory=dict)
    routes: dict[str, RouteSpec] = Field(default_factory=dict)
    cases: dict[str, CaseSpec] = Field(default_factory=dict)

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
