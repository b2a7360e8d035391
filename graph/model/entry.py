"""Market entry: facts of a case, requirements and ways, strategies, stored plans, law ahead, and precedents."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Literal

from pydantic import Field

from ..dates import Dated
from .base import EdgeType, Entity, edge
from .shapes import Cited, SourceId, Status, Structure

AheadDay = Literal["in-force", "comments-close", "expected", "reported"]
#: `reported`: said to hold already, while nobody has shown a text of it.
AheadStatus = Literal["in-force", "adopted", "draft", "planned", "reported"]

ActorName = Literal["fie", "offshore", "domestic"]


class _EntryNode(Entity, family="entry", curated=False):
    """Something of market entry, which loaders alone make."""


class _Block(_EntryNode):
    """A node that keeps the checked block it was made from, whole, so that it is read back by its model."""

    spec: str = Field(description="The block as it was checked, one JSON object.")


class ServiceKind(_Block, zh="服务类别", look="yellow square", en="Kind of service", term="cpsv:PublicService"):
    """A kind of service that is brought to the market: a preset of facts of a case."""

    public: bool = Field(description="Offered to the public.")
    about: str
    law_since: str | None = Field(None, description="First day from which its law is on record.")


class CaseFact(_Block, zh="案情事实", look="yellow triangle", en="Fact of a case", drawn="never"):
    """A typed fact of a market-entry case, which conditions read."""

    group: Literal["who", "what"]
    kind: Literal["bool", "choice", "band", "country", "date"]
    values: list[str] = Field(default_factory=list, description="What it may be; of a band in rising order.")
    asks: str | None = Field(None, description="The question that is put to the asker.")


class EntryActor(_Block, zh="申请主体类型", look="grey triangle", en="Who asks", drawn="never"):
    """A profile of who asks."""


class EntryStrategy(_Block, zh="准入策略", look="blue triangle", en="Entry strategy"):
    """Who is the provider in law, and how; sets facts of a case and lists no duties."""

    summary: str
    viability: str
    order: int = Field(description="Its place among strategies.")
    sources: list[SourceId] = Field(default_factory=list)


class Office(_Block, zh="受理机构", look="blue square"):
    """Where a step is brought: the office of a province, or a national portal."""

    province: str | None = None
    portal: str | None = None
    telephone: str | None = None
    form: str | None = None
    what_differs: str | None = None
    sources: list[SourceId] = Field(default_factory=list)


class LawAhead(_Block, zh="将生效的法规", look="red triangle", en="Law ahead"):
    """A dated item of law that comes, or that came lately; drafts are marked."""

    day: Dated | None = Field(None, description="Day as precise as it is known.")
    day_means: AheadDay
    legal_status: AheadStatus
    concerns: str = Field(description="Cases that it touches, in words.")
    concerns_zh: str
    watch: str | None = None
    first_day: date | None = Field(None, description="First day of `day`.")
    sources: list[SourceId] = Field(default_factory=list)


class EntryRules(_EntryNode, zh="准入规则", look="grey diamond", en="Entry rules", drawn="never"):
    """What of the market-entry rules stands on no node of its own, each block as one JSON object."""

    blocks: list[str] = Field(default_factory=list, description="section: JSON")


class Article(_EntryNode, zh="条款", look="sky diamond", drawn="asked", term="eli:LegalResourceSubdivision"):
    """An article, item or chapter of an instrument."""

    art: str = Field(description="Its label: 17, 16-17, item 3.")
    about: str
    known_from: date | None = Field(None, description="First day in force.")
    valid_to: date | None = Field(None, description="First day no longer in force under this number.")


class Requirement(_Block, zh="准入要求", look="orange triangle", term="cccev:Requirement"):
    """A duty, condition, licence, filing, choice or prohibition."""

    kind: str
    status: Status = Field("reported", description="Confirmed where its law was checked on a page.")
    prohibition: bool = False
    summary: str
    when: str = Field(description="Cases that call for it, in words, from its condition.")
    when_zh: str
    known_from: date | None = Field(None, description="First day in force.")
    valid_to: date | None = None
    blocks_launch: bool | None = None
    partner_evidence: str | None = Field(None, description="Requirement that a partner must have been seen to meet.")
    gaps: list[str] = Field(default_factory=list, description="code: what is missing or weak.")
    read_on: list[SourceId] = Field(default_factory=list, description="Pages it was read on.")
    sources: list[SourceId] = Field(default_factory=list, description="Those and the pages its law was checked on.")
    confidence: float | None = None
    confidence_why: str | None = None


class Way(_EntryNode, zh="办理方式", look="sky triangle", drawn="asked"):
    """One way to meet a requirement."""

    performer: Literal["self", "partner", "customer"] | None = Field(
        None, description="Who takes it, where that is not the bearer of the duty."
    )
    when: str = Field(description="Cases in which it is open, in words.")
    when_zh: str
    gate: Literal["filing", "registration"] | None = None
    documents: list[str] = Field(default_factory=list)
    order: int = Field(description="Place among the ways of its requirement.")
    known_from: date | None = None
    valid_to: date | None = None


class EntryPlan(_EntryNode, zh="准入方案", look="green triangle", en="Entry plan", drawn="never"):
    """The plan of a kind of service, an actor and a strategy, computed at load, with the span in which it is one."""

    service: str
    actor: ActorName
    strategy: str
    gate: Literal["filing", "registration"] | None = None
    gate_tier: str = Field(description="How well the register evidences the gate.")
    gate_evidence: str
    rank: int = Field(description="Place among the plans of its kind of service and actor.")
    days_p10: int | None = Field(None, description="Days to the launch from the first day of the span.")
    days_p50: int | None = None
    days_p80: int | None = None
    days_p90: int | None = None
    due: list[str] = Field(default_factory=list, description="Requirements that are due.")
    held: list[str] = Field(default_factory=list)
    depends: list[str] = Field(default_factory=list, description="Requirements that depend on unknown facts.")
    unknown: list[str] = Field(default_factory=list, description="Facts that nobody gave.")
    closed_by: list[str] = Field(default_factory=list, description="Prohibitions that close it.")
    bars: list[str] = Field(default_factory=list, description="Prohibitions that bind and close nothing.")
    untimed: list[str] = Field(default_factory=list, description="Steps whose time is not known and not counted.")
    known_from: date | None = None
    valid_to: date | None = None


class Case(_EntryNode, zh="案例", look="pink triangle", term="schema:Event"):
    """What became of one attempt: a precedent."""

    who: str
    product: str
    service: str
    place: str
    status: str
    outcome: str
    status_as_of: Dated
    status_from: date | None = Field(None, description="First day of `status_as_of`.")
    days: int | None = None
    days_basis: str | None = None
    started: str | None = Field(None, description="Date of the first event on record.")
    timeline: list[str] = Field(default_factory=list, description="date: event [source]")
    disputed: str | None = None
    partners_note: str | None = None
    filing: str | None = Field(None, description="Id of the row of the register that it ended in.")
    known_from: date | None = None
    sources: list[SourceId] = Field(default_factory=list)
    confidence: float | None = None
    confidence_why: str | None = None


NODE_TYPES: tuple[type[Entity], ...] = (
    ServiceKind, CaseFact, EntryActor, EntryStrategy, Office, LawAhead, EntryRules, Article, Requirement, Way,
    EntryPlan, Case,
)  # fmt: skip


class Ordered(Structure):
    """Its place among its like."""

    order: int | None = None


class Practice(Ordered):
    """Why one step comes before another though no rule says so."""

    why: str | None = None
    when: str | None = Field(None, description="Cases in which it does, in words; absent means all.")


class Reads(Structure):
    """In which of its conditions a fact is read."""

    role: Literal["when", "held", "way", "exemption", "duration", "basis", "derived"]


class LegalBasis(Ordered):
    """What an article says of the requirement, and what a check of it found."""

    says: str
    verdict: Literal["confirmed", "corrected", "wrong", "memory"] = Field(
        description="What was found of the citation as it stood before; `says` is the mended one."
    )
    verified: bool
    was: str | None = Field(None, description="The citation before the check.")
    sources: list[SourceId] = Field(default_factory=list, description="Page it was checked on.")


class Step(Structure):
    """One requirement of a plan: its status, who meets it in which way, how long it takes."""

    step: Literal["due", "held", "depends"] = Field(description="Its status in the plan.")
    level: int | None = Field(None, description="Steps of one level may run side by side; absent where it is not due.")
    way: str | None = None
    performer: Literal["self", "partner", "customer"]
    bound_by: list[str] | None = Field(None, description="Articles of its law that bind the case, where not all do.")
    critical: float | None = Field(None, description="Share of draws in which it is on the longest chain.")
    days_min: float | None = None
    days_typical: float | None = None
    days_max: float | None = None
    measures: str | None = None
    days_basis: str | None = None
    days_n: int | None = None


class PartOfCase(Structure):
    """What the company was in the attempt."""

    role: Literal["company", "partner"]


class Met(Cited):
    """Whose approval it was, and how that is known."""

    holder: str
    says: str
    open: str | None = Field(None, description="What it leaves open, so that no other case takes it as held.")


_edge = partial(edge, structural=True)
_NEED, _CASE, _KIND, _PLAN = ("Requirement",), ("Case",), ("ServiceKind",), ("EntryPlan",)
_STRATEGY = ("EntryStrategy",)
EDGE_TYPES: tuple[EdgeType, ...] = (
    _edge("HAS_WAY", _NEED, ("Way",), "Can be met in this way; ways are alternatives.",
          "r.entity HAS_WAY w.entity.fie", props=Ordered, zh="可选方式"),
    _edge("NEEDS", ("Way",), _NEED, "Legal prerequisite; all needs of a way must hold.",
          "w.gate.filing NEEDS r.gai-filing", zh="前置要求"),
    _edge("BEFORE", _NEED, _NEED, "Practical order only.", "r.entity BEFORE r.icp-filing", props=Practice, zh="先于"),
    _edge("READS_FACT", ("Requirement", "LawAhead", "CaseFact", "EntryStrategy"), ("CaseFact",),
          "A condition of it reads the fact; `role` says which.", "r.label READS_FACT fact.generates_text",
          props=Reads, zh="依据事实"),
    _edge("LIFTED_BY", _NEED, _NEED, "Prohibition that ends where the other is met.",
          "r.p-survey LIFTED_BY r.map-partner", zh="解除于"),
    _edge("BASED_ON", _NEED, ("Article", "Instrument"), "Legal basis, with the page it was checked on.",
          "r.gai-filing BASED_ON i.gai.17", "cccev:isDerivedFrom", props=LegalBasis, zh="依据"),
    _edge("REPLACES", ("Instrument",), ("Instrument",), "Takes the place of the earlier one.",
          "i.gbt45654 REPLACES i.tc260003", "eli:repeals", zh="取代"),
    _edge("DECIDED_BY", _NEED, ("Authority",), "Is decided or supervised by the body.",
          "r.gai-reg DECIDED_BY a.pcac", "cv:hasCompetentAuthority", props=Ordered, zh="决定机关"),
    _edge("FOR_SERVICE", ("EntryPlan", "Case", "Service"), _KIND, "Is for this kind of service.",
          "c.apple-intelligence FOR_SERVICE phone-assistant", props=Cited, bare_from=("EntryPlan", "Case"),
          zh="适用服务"),
    _edge("PLAN_OF", _PLAN, _STRATEGY, "Plan by this strategy.", "plan PLAN_OF own-company", zh="所属策略"),
    _edge("INCLUDES", _PLAN, _NEED, "Step of the plan: its status, way, performer, and its days with their basis.",
          "plan INCLUDES r.gai-filing", props=Step, zh="包含步骤"),
    _edge("CLOSED_BY", _PLAN, _NEED, "Prohibition that closes the plan.", "plan CLOSED_BY r.p-offshore", zh="被关闭于"),
    _edge("BROUGHT_TO", _NEED, ("Office",), "Where the step is brought.", "r.gai-filing BROUGHT_TO o.bj", zh="受理于"),
    _edge("OFFICE_OF", ("Office",), ("Authority",), "Office of this body.", "o.bj OFFICE_OF a.pcac-bj", zh="所属机关"),
    _edge("TOUCHES", ("LawAhead",), ("Requirement", "Instrument"), "Law ahead changes it.",
          "h.gb47955 TOUCHES r.gb-l2", zh="影响"),
    _edge("PRECEDENT_FOR", _CASE, _STRATEGY, "Went this way or was stopped on it.",
          "c.samsung-s24 PRECEDENT_FOR own-company", zh="先例"),
    _edge("CASE_OF", _CASE, ("Company",), "Is about this company; `role` says company or partner.",
          "c.apple-intelligence CASE_OF apple", props=PartOfCase, zh="当事方"),
    _edge("HANDLED_BY", _CASE, ("Authority",), "Went through this body.", "c.tesla-xbot HANDLED_BY a.pcac",
          zh="办理机关"),
    _edge("SATISFIES", ("Case", "Filing"), _NEED,
          "Is evidence that the requirement was met; a case says by which `holder`.",
          "filing SATISFIES r.gai-filing", "cccev:supportsRequirement", props=Met, bare_from=("Filing",), zh="满足"),
)  # fmt: skip
