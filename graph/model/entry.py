"""Market entry: requirements, the ways to meet them, routes, their computed options, and precedents."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from .base import EdgeType, Entity
from .shapes import Cited, Shape, SourceId, Status, Structure

ActorName = Literal["fie", "offshore", "domestic"]


class _EntryNode(Entity):
    family: ClassVar[str] = "entry"
    curated: ClassVar[bool] = False


class ServiceKind(_EntryNode, zh="服务类别", look="yellow square", en="Kind of service"):
    """A kind of service that is brought to the market."""

    term: ClassVar[str | None] = "cpsv:PublicService"

    public: bool = Field(description="Offered to the public.")
    about: str


class Article(_EntryNode, zh="条款", look="sky diamond", drawn="asked"):
    """An article, item or chapter of an instrument."""

    term: ClassVar[str | None] = "eli:LegalResourceSubdivision"

    art: str = Field(description="Its label: 17, 16-17, item 3.")
    about: str
    known_from: date | None = Field(None, description="First day in force.")
    valid_to: date | None = Field(None, description="First day no longer in force under this number.")


class Requirement(_EntryNode, zh="准入要求", look="orange triangle"):
    """A duty, condition, licence, filing, exemption or prohibition."""

    term: ClassVar[str | None] = "cccev:Requirement"

    kind: str
    status: Status = Field("reported", description="Confirmed where its law was checked on a page.")
    prohibition: bool = False
    summary: str
    trigger: str = Field(description="What calls for it, or what must hold for it to fit.")
    known_from: date | None = Field(None, description="First day in force.")
    valid_to: date | None = None
    when_absent: Literal["waived", "closed"] | None = Field(
        None, description="Before it was in force: nothing was asked, or the way was not open."
    )
    validity: str | None = None
    partner_evidence: str | None = Field(None, description="Requirement that a partner must have been seen to meet.")
    blocks_launch: bool | None = None
    no_legal_basis: str | None = Field(None, description="Why no article carries it.")
    no_basis_checked: str | None = Field(None, description="What a check of its old citation found, one JSON object.")
    actors: list[str] = Field(default_factory=list, description="Prohibitions: whom it concerns.")
    services: list[str] = Field(default_factory=list, description="Prohibitions: service kinds; empty means all.")
    condition: str | None = Field(None, description="Prohibitions: it bites only where this holds.")
    duration_min: float | None = Field(None, description="Calendar days; interval that a foreign company plans with.")
    duration_typical: float | None = None
    duration_max: float | None = None
    duration_basis: Literal["statutory", "observed", "estimate"] | None = None
    duration_clock: str | None = None
    duration_n: int | None = None
    duration_rule: str | None = None
    duration_source: str | None = None
    durations: list[str] = Field(default_factory=list, description="Every interval on record, each as one JSON object.")
    gaps: list[str] = Field(default_factory=list, description="code: what is missing or weak.")
    read_on: list[SourceId] = Field(default_factory=list, description="Pages it was read on.")
    sources: list[SourceId] = Field(default_factory=list, description="Those and the pages its law was checked on.")
    confidence: float | None = None
    confidence_why: str | None = None


class Way(_EntryNode, zh="办理方式", look="sky triangle", drawn="asked"):
    """One way to meet a requirement."""

    performer: Literal["self", "partner", "customer"]
    actors: list[str] = Field(description="Who may use it.")
    services: list[str] = Field(default_factory=list, description="Service kinds it serves; empty means all.")
    documents: list[str] = Field(default_factory=list)
    order: int = Field(description="Place among the ways of its requirement; the first that fits is shown.")
    known_from: date | None = None
    valid_to: date | None = None


class EntryRoute(_EntryNode, zh="准入路径", look="blue triangle"):
    """A known way into the market: a goal over requirements."""

    actors: list[str]
    services: list[str]
    run_by: Literal["self", "partner", "customer"]
    own_steps: list[str] = Field(default_factory=list)
    summary: str
    viability: str
    preconditions: list[str] = Field(default_factory=list)
    known_from: date | None = None
    valid_to: date | None = None
    sources: list[SourceId] = Field(default_factory=list)


class EntryOption(_EntryNode, zh="准入方案", look="green triangle", drawn="never"):
    """A minimal requirement set of a route for an actor, computed at load, with the span in which it is one."""

    route: str
    actor: ActorName
    services: list[str]
    size: int
    requirements: list[str] = Field(default_factory=list)
    days_min: float
    days_typical: float
    days_max: float
    effort: float
    open_ended: bool
    critical: list[str] = Field(default_factory=list)
    complete: bool = Field(description="False where the enumeration was cut.")
    known_from: date | None = None
    valid_to: date | None = None


class Case(_EntryNode, zh="案例", look="pink triangle"):
    """What became of one attempt: a precedent."""

    term: ClassVar[str | None] = "schema:Event"

    who: str
    product: str
    service: str
    place: str
    status: str
    outcome: str
    status_as_of: str
    status_from: date | None = Field(None, description="First day of `status_as_of`.")
    days: int | None = None
    days_basis: str | None = None
    started: str | None = Field(None, description="Date of the first event on record.")
    timeline: list[str] = Field(default_factory=list, description="date: event [source]")
    disputed: str | None = None
    partners_note: str | None = None
    known_from: date | None = None
    sources: list[SourceId] = Field(default_factory=list)
    confidence: float | None = None
    confidence_why: str | None = None


NODE_TYPES: tuple[type[Entity], ...] = (ServiceKind, Article, Requirement, Way, EntryRoute, EntryOption, Case)


class Ordered(Structure):
    """Its place among its like."""

    order: int | None = None


class Condition(Ordered):
    """When and for what it applies."""

    when: str | None = Field(None, description="Test of the situation; absent means always.")
    services: list[str] = Field(default_factory=list, description="Service kinds; empty means all.")


class InRoute(Structure):
    """Where an order holds."""

    route: str = Field(description="Id of the route.")


class LegalBasis(Ordered):
    """What an article says of the requirement, and what a check of it found."""

    says: str
    verdict: Literal["confirmed", "corrected", "wrong", "memory"]
    verified: bool
    was: str | None = Field(None, description="The citation before the check.")
    sources: list[SourceId] = Field(default_factory=list, description="Page it was checked on.")


class Goal(Structure):
    """`choice` 0 always; else one `alternative` of each choice."""

    choice: int
    alternative: int


class Step(Structure):
    """One requirement of an option: when it starts, who meets it in which way, how long it takes."""

    level: int
    way: str
    performer: Literal["self", "partner", "customer"]
    critical: bool
    starts_on_day: float
    days_min: float | None = None
    days_typical: float | None = None
    days_max: float | None = None
    days_basis: str | None = None
    days_n: int | None = None


class PartOfCase(Structure):
    """What the company was in the attempt."""

    role: Literal["company", "partner"]


class Met(Cited):
    """Whose approval it was, and how that is known."""

    holder: str
    says: str


def _edge(
    name: str, subjects: tuple[str, ...], objects: tuple[str, ...], definition: str, example: str,
    term: str | None = None, props: type[Shape] = Structure, bare_from: tuple[str, ...] = (), *, zh: str,
    mapping: Literal["related", "same", "inverse"] = "related",
) -> EdgeType:  # fmt: skip
    return EdgeType(
        name=name, subjects=subjects, objects=objects, definition=definition, example=example, term=term,
        structural=True, props=props, bare_from=bare_from, zh=zh, mapping=mapping,
    )  # fmt: skip


_NEED, _ROUTE, _CASE = ("Requirement",), ("EntryRoute",), ("Case",)
EDGE_TYPES: tuple[EdgeType, ...] = (
    _edge("HAS_WAY", _NEED, ("Way",), "Can be met in this way; ways are alternatives.",
          "r.entity HAS_WAY w.entity.fie", props=Ordered, zh="可选方式"),
    _edge("NEEDS", ("Way",), _NEED, "Legal prerequisite; all needs of a way must hold.",
          "w.vats-b25.jv NEEDS r.jv50", zh="前置要求"),
    _edge("BEFORE", _NEED, _NEED, "Practical order only, in the route it names.", "r.pi BEFORE r.gai-reg",
          props=InRoute, zh="先于"),
    _edge("TRIGGERED_BY", _NEED, ("Requirement", "EntryRoute"),
          "Is called for where a test is met, or in a route where `when` holds.",
          "r.gai-filing TRIGGERED_BY r.public-attr", props=Condition, zh="触发条件"),
    _edge("BLOCKS", _NEED, _ROUTE, "Prohibition that stands against the route unless lifted.",
          "r.p-survey BLOCKS pa.adas", props=Condition, zh="禁止"),
    _edge("LIFTED_BY", _NEED, _NEED, "Prohibition that ends where the other is met.",
          "r.p-survey LIFTED_BY r.map-partner", zh="解除于"),
    _edge("BASED_ON", _NEED, ("Article", "Instrument"), "Legal basis, with the page it was checked on.",
          "r.gai-filing BASED_ON i.gai.17", "cccev:isDerivedFrom", LegalBasis, zh="依据"),
    _edge("REPLACES", ("Instrument",), ("Instrument",), "Takes the place of the earlier one.",
          "i.gbt45654 REPLACES i.tc260003", "eli:repeals", zh="取代"),
    _edge("DECIDED_BY", _NEED, ("Authority",), "Is decided or supervised by the body.",
          "r.gai-reg DECIDED_BY a.pcac", "cv:hasCompetentAuthority", Ordered, zh="决定机关"),
    _edge("FOR_SERVICE", ("EntryRoute", "Way", "Case", "Service"), ("ServiceKind",), "Is for this kind of service.",
          "pa.phone FOR_SERVICE phone-assistant", props=Cited, bare_from=("EntryRoute", "Way", "Case"), zh="适用服务"),
    _edge("HAS_GOAL", _ROUTE, _NEED, "Goal of the route: `choice` 0 always; else one `alternative` of each choice.",
          "pa.phone HAS_GOAL r.nal", props=Goal, zh="路径目标"),
    _edge("OPTION_OF", ("EntryOption",), _ROUTE, "Minimal set of the route.", "option OPTION_OF pa.phone",
          zh="所属路径"),
    _edge("INCLUDES", ("EntryOption",), _NEED,
          "Step of the option: `level`, `way`, `performer`, `critical`, and its days with their basis.",
          "option INCLUDES r.gai-reg", props=Step, zh="包含步骤"),
    _edge("PRECEDENT_FOR", _CASE, _ROUTE, "Went this route or was stopped on it.",
          "c.samsung-s24 PRECEDENT_FOR pa.phone", zh="先例"),
    _edge("CASE_OF", _CASE, ("Company",), "Is about this company; `role` says company or partner.",
          "c.apple-intelligence CASE_OF apple", props=PartOfCase, zh="当事方"),
    _edge("HANDLED_BY", _CASE, ("Authority",), "Went through this body.", "c.tesla-xbot HANDLED_BY a.pcac",
          zh="办理机关"),
    _edge("SATISFIES", ("Case", "Filing"), _NEED,
          "Is evidence that the requirement was met; a case says by which `holder`.",
          "filing SATISFIES r.gai-filing", "cccev:supportsRequirement", Met, bare_from=("Filing",), zh="满足"),
)  # fmt: skip
