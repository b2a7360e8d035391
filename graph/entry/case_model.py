"""What a case is made of: facts, presets of kinds of service and actors, strategies, what is said of the gate; and
precedents, what became of attempts and what was seen to be held in them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from ..dates import Dated
from ..model.base import Record, Slug
from ..model.entry import AheadDay, AheadStatus
from .condition import Condition
from .durations import Days_

#: Name of a fact, as it stands in conditions and after --set.
FactName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Gate = Literal["filing", "registration"]


class Named(Record):
    """A block with an id and names in both languages."""

    id: Slug
    name: str = Field(min_length=1)
    name_zh: str | None = None
    aliases: list[str] = Field(default_factory=list, description="Further names that mean it and nothing else.")
    hints: list[str] = Field(
        default_factory=list, description="Words that may mean it or another: who asks by one is shown it, and chooses."
    )


class ChoiceSpec(Record):
    """One value that a fact may have, as it is read in a sentence."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.-]*$")]
    name: str
    name_zh: str
    says: str | None = Field(None, description="Sentence part of its own, where that of the fact does not fit it.")
    says_zh: str | None = None
    places: list[Slug] = Field(default_factory=list, description="Ids of the places that it is, or lies in.")

    @model_validator(mode="after")
    def _no_truth(self) -> ChoiceSpec:
        if self.id in ("yes", "no", "on", "off", "true", "false", "null"):
            raise ValueError(f"'{self.id}' can't be a choice: YAML and --set read it as a truth value")
        return self


class AssumeSpec(Record):
    """A value taken in sight where nobody says."""

    value: str
    why: str
    why_zh: str | None = None


class FactSpec(Record):
    """A typed fact of a case; with `when` it is derived from others and never set."""

    id: FactName
    group: Literal["who", "what"]
    name: str
    name_zh: str
    asks: str | None = Field(None, description="The question that is put to the asker.")
    asks_zh: str | None = None
    type: Literal["bool", "choice", "band", "country", "date"]
    choices: list[ChoiceSpec] = Field(default_factory=list, description="Values; of a band in rising order.")
    yes: str | None = Field(None, description="Sentence part printed where it holds.")
    yes_zh: str | None = None
    no: str | None = None
    no_zh: str | None = None
    says: str | None = Field(None, description="Sentence part of a fact that is no bool, with {value} in it.")
    says_zh: str | None = None
    assume: AssumeSpec | None = None
    default: str | None = Field(None, description="What a preset means that does not name it.")
    graph: str | None = Field(None, description="Which reader of the graph's facts sets it for a company.")
    changeable: bool = True
    only_with: dict[FactName, str] = Field(
        default_factory=dict, description="Facts without which it can't be yes: where another is said of one, it is no."
    )
    when: Condition | None = None

    @model_validator(mode="after")
    def _consistent(self) -> FactSpec:
        if (self.type in ("choice", "band")) != bool(self.choices):
            raise ValueError(f"a {self.type} has {'choices' if self.type in ('choice', 'band') else 'no choices'}")
        if any(said is not None and "{value}" not in said for said in (self.says, self.says_zh)):
            raise ValueError("`says` and `says_zh` have {value} in them")
        if self.only_with and (self.type != "bool" or self.when is not None):
            raise ValueError("`only_with` stands on a bool that is not derived")
        if self.when is not None and (self.type != "bool" or self.graph or self.assume or self.default):
            raise ValueError("a derived fact is a bool, and nothing else sets it")
        return self

    def values(self) -> tuple[str, ...] | None:
        """Its values in order; None for a country or a date."""
        if self.type == "bool":
            return ("yes", "no")
        return tuple(choice.id for choice in self.choices) or None


class ServiceSpec(Named):
    """A kind of service that is brought to the market: a preset of facts."""

    public: bool = Field(description="True where it is offered to the public.")
    about: str
    facts: dict[str, str] = Field(default_factory=dict)
    leaves: list[FactName] = Field(default_factory=list, description="Facts that the preset leaves to the asker.")
    register_kind: Slug | None = Field(
        None, description="Kind whose register rows count as the same; itself if absent."
    )
    law_since: Dated | None = Field(None, description="First day from which its law is on record.")
    sources: list[Slug] = Field(default_factory=list)


class ActorSpec(Named):
    """A profile of who asks."""

    facts: dict[str, str]


class StrategySpec(Named):
    """Who is the provider in law, and how; it sets facts of the case and lists no duties."""

    summary: str
    summary_zh: str | None = None
    sets: dict[str, str]
    when: Condition = Field(default_factory=lambda: Condition("always"), description="Cases for which it is an option.")
    viability: str
    sources: list[Slug] = Field(default_factory=list)


class CompanyFactsSpec(Record):
    """What is on record of one company for its cases beside the facts of the graph."""

    company: Slug | None = Field(None, description="Id of a company of the graph.")
    name: str | None = Field(None, description="Name of a company that the graph does not have.")
    names: list[str] = Field(default_factory=list, description="Other names of that company.")
    seat: str | None = None
    facts: dict[str, str]
    services: list[Slug] = Field(default_factory=list, description="Kinds of service it concerns; empty means all.")
    says: str
    since: Dated | None = None
    until: Dated | None = None
    source: Slug

    @model_validator(mode="after")
    def _one_company(self) -> CompanyFactsSpec:
        if (self.company is None) == (self.name is None) or (self.company and (self.names or self.seat)):
            raise ValueError("`company` of the graph, or `name` with `names` and `seat` of one that is not in it")
        return self


class OrderSpec(Record):
    """A practical order that no rule prescribes."""

    first: Slug
    then: Slug
    why: str | None = None
    when: Condition | None = None


class GateEvidenceSpec(Record):
    """What is said of the gate beside the rows of the register."""

    id: Slug
    points_to: Literal["filing", "registration", "open"]
    kind: str
    when: Condition = Field(default_factory=lambda: Condition("always"))
    says: str
    says_zh: str | None = None
    n: Annotated[int, Field(ge=1)] | None = None
    sources: list[Slug] = Field(min_length=1)


class ListingDaysSpec(Record):
    """Days from the date in a number to the listing, as the register shows them."""

    min: Days_
    median: Days_
    p90: Days_
    max: Days_
    n: Annotated[int, Field(ge=1)]
    since: Dated | None = None


class OfficeSpec(Named):
    """Where a step is brought: the office of a province, or a national portal."""

    authority: Slug
    province: str | None = None
    requirements: list[Slug] = Field(default_factory=list)
    portal: str | None = None
    telephone: str | None = None
    form: str | None = None
    what_differs: str | None = None
    listing_days: ListingDaysSpec | None = None
    sources: list[Slug] = Field(min_length=1)


class AheadSpec(Record):
    """A dated item of law that comes, or that came lately."""

    id: Slug
    day: Dated | None = None
    day_means: AheadDay
    status: AheadStatus
    instrument: Slug | None = None
    requirements: list[Slug] = Field(default_factory=list)
    when: Condition = Field(default_factory=lambda: Condition("always"))
    says: str
    says_zh: str | None = None
    watch: str | None = None
    sources: list[Slug] = Field(min_length=1)


class MomentSpec(Record):
    """One dated event of a case."""

    date: Dated
    event: str
    source: Slug | None = None


class ProofSpec(Record):
    """What a company was seen to hold in a case: evidence that it can meet a requirement for others."""

    requirement: Slug
    holder: Slug = Field(description="Curated company id.")
    says: str
    open: str | None = Field(None, description="What it leaves open, so that no other case takes it as held.")
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
    strategies: list[Slug] = Field(default_factory=list)
    gate: Gate | None = None
    filing: str | None = Field(None, description="Number of the row of the register that it ended in.")
    authorities: list[Slug] = Field(default_factory=list)
    place: str
    status: Literal[
        "approved", "filed", "registered", "partial", "running", "announced", "tolerated", "refused", "ended",
        "penalised",
    ]  # fmt: skip
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
