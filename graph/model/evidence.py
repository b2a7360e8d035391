"""Where it comes from: sources, observations, conflicts, and the article's sentences."""

from __future__ import annotations

from datetime import date
from datetime import date as Day
from typing import ClassVar, Literal

from pydantic import Field

from ..dates import Dated
from .base import Declared, EdgeType, Entity, Slug, Url
from .shapes import Cited, Shape

SourceKind = Literal[
    "official", "register", "primary", "news", "syndicated", "trade", "law-firm", "wiki",
    "aggregator", "blog", "community", "derived",
]  # fmt: skip
#: Kinds on which a fact alone is marked weak.
WEAK_KINDS = frozenset({"blog", "aggregator", "community"})
#: What is searched for facts: name and Chinese name of each area.
AREAS = {
    "partnerships": "合作", "models": "模型", "hardware": "硬件", "people": "人物", "capital": "资本",
    "use": "用户与份额", "restrictions": "限制措施", "law": "法规", "registers": "备案",
}  # fmt: skip
LicenceClass = Literal["open", "non-commercial", "unknown"]


class SourceKept(Shape):
    """What a load adds to a source."""

    name: str = Field(min_length=1, description="Its title, or its publisher and id.")
    published_from: date | None = Field(None, description="First day of `published`.")
    valid_to: date | None = None


class Source(Declared, zh="来源", look="grey star", drawn="never"):
    """A page, notice or data set that says what a fact says."""

    term: ClassVar[str | None] = "prov:Entity"
    family: ClassVar[str] = "evidence"
    kept: ClassVar[type[Shape]] = SourceKept

    url: Url | None = None
    publisher: str = Field(min_length=1)
    title: str | None = None
    published: Dated | None = Field(None, description="Date of publication with its precision.")
    retrieved: Dated | None = Field(None, description="Date on which it was read.")
    kind: SourceKind
    origin: str | None = Field(None, description="Who reported it first; copies of one origin count once.")
    licence: LicenceClass = "unknown"
    language: str | None = Field(None, pattern=r"^[a-z]{2}(-[A-Za-z]+)?$")
    note: str | None = None


class Observation(Entity, Cited, zh="观测值", look="grey triangleDown"):
    """A figure or dated attribute: value, unit, as-of date, and who measured it."""

    term: ClassVar[str | None] = "sosa:Observation"
    family: ClassVar[str] = "evidence"
    curated: ClassVar[bool] = False

    metric: str
    value: float | None = None
    text: str | None = None
    date: Dated | None = None
    date_from: Day | None = Field(None, description="First day of `date`.")
    unit: str | None = None
    rank: int | None = Field(None, ge=1)
    approximate: Literal["about", "over", "under", "up-to"] | None = None


class Conflict(Entity, zh="矛盾", look="red triangleDown"):
    """A question on which sources disagree; both sides stay."""

    family: ClassVar[str] = "evidence"
    curated: ClassVar[bool] = False

    question: str
    prefer: str | None = None
    reason: str | None = None
    conflict: Slug = Field(description="Its id as facts name it.")
    facts: list[str] = Field(default_factory=list, description="Ids of its sides: facts, or rows of a register.")


class SeedSentence(Entity, zh="文章语句", look="yellow triangleDown", en="Article sentence", drawn="never"):
    """A sentence of the article the graph began with, and what became of it."""

    family: ClassVar[str] = "evidence"
    curated: ClassVar[bool] = False

    account: Literal["facts", "opinion", "refused"]
    gist: str
    reason: str | None = None
    facts: list[str] = Field(default_factory=list)


class Coverage(Entity, zh="检索范围", look="grey dot", drawn="never"):
    """To which day an area was searched: of what came later the graph may know nothing, whatever happened."""

    family: ClassVar[str] = "evidence"
    curated: ClassVar[bool] = False

    area: str
    searched: Dated = Field(description="Day to which pages on it were searched.")


NODE_TYPES: tuple[type[Declared], ...] = (Source, Observation, Conflict, SeedSentence, Coverage)

EDGE_TYPES: tuple[EdgeType, ...] = (
    EdgeType(
        name="OF", subjects=("Observation",), objects=(
            "Company", "Fund", "Person", "Authority", "Model", "ModelFamily", "Product", "Chip", "Index", "Market",
            "Exchange", "Jurisdiction", "Instrument", "ControlList", "Event",
        ), definition="The observation is about this.", example="obs OF vivo", structural=True,
        term="sosa:hasFeatureOfInterest", cardinality="many-to-one",
        zh="关于", mapping="same",
    ),
    EdgeType(
        name="MEASURED_BY", subjects=("Observation",), objects=("Company", "Person", "Authority"), structural=True,
        definition="Who counted or claimed the figure.", example="obs MEASURED_BY idc", term="prov:wasAttributedTo",
        cardinality="many-to-one",
        zh="测量者", mapping="same",
    ),
    EdgeType(
        name="IN_MARKET", subjects=("Observation",), objects=("Market", "Jurisdiction"), structural=True,
        definition="The market in which the figure was counted.", example="obs IN_MARKET cn-smartphone-market",
        cardinality="many-to-one",
        zh="所在市场",
    ),
    EdgeType(
        name="CONCERNS", subjects=("Conflict",), objects=(
            "Company", "Fund", "Person", "Authority", "Model", "ModelFamily", "Product", "Chip", "Index", "Market",
            "Exchange", "Jurisdiction", "Instrument", "ControlList", "Event",
        ), definition="The conflict is about facts of this.", example="conflict CONCERNS apple", structural=True,
        zh="涉及",
    ),
)  # fmt: skip
