"""Where it comes from: sources, observations, conflicts, and the article's sentences."""

from __future__ import annotations

from datetime import date
from datetime import date as Day
from functools import partial
from typing import Literal

from pydantic import Field

from ..dates import Dated
from .base import Declared, EdgeType, Entity, Slug, Url, edge
from .shapes import Cited, Shape
from .values import Name

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

    name: Name = Field(min_length=1, description="Its title, or its publisher and id.")
    published_from: date | None = Field(None, description="First day of `published`.")
    valid_to: date | None = None


class Source(
    Declared, zh="来源", look="grey star", drawn="never", family="evidence", term="prov:Entity", kept=SourceKept
):
    """A page, notice or data set that says what a fact says."""

    url: Url | None = None
    publisher: Name = Field(min_length=1)
    title: str | None = None
    published: Dated | None = Field(None, description="Date of publication with its precision.")
    retrieved: Dated | None = Field(None, description="Date on which it was read.")
    kind: SourceKind
    origin: str | None = Field(None, description="Who reported it first; copies of one origin count once.")
    licence: LicenceClass = "unknown"
    language: str | None = Field(None, pattern=r"^[a-z]{2}(-[A-Za-z]+)?$")
    note: str | None = None


class _Account(Entity, family="evidence", curated=False):
    """What is said of facts, which loaders alone make."""


class Observation(_Account, Cited, zh="观测值", look="grey triangleDown", term="sosa:Observation"):
    """A figure or dated attribute: value, unit, as-of date, and who measured it."""

    metric: str
    value: float | None = None
    text: str | None = None
    date: Dated | None = None
    date_from: Day | None = Field(None, description="First day of `date`.")
    unit: str | None = None
    rank: int | None = Field(None, ge=1)
    approximate: Literal["about", "over", "under", "up-to"] | None = None


class Conflict(_Account, zh="矛盾", look="red triangleDown"):
    """A question on which sources disagree; both sides stay."""

    question: str
    prefer: str | None = None
    reason: str | None = None
    conflict: Slug = Field(description="Its id as facts name it.")
    facts: list[str] = Field(default_factory=list, description="Ids of its sides: facts, or rows of a register.")


class SeedSentence(_Account, zh="文章语句", look="yellow triangleDown", en="Article sentence", drawn="never"):
    """A sentence of the article the graph began with, and what became of it."""

    account: Literal["facts", "opinion", "refused"]
    gist: str
    reason: str | None = None
    facts: list[str] = Field(default_factory=list)


class Coverage(_Account, zh="检索范围", look="grey dot", drawn="never"):
    """To which day an area was searched: of what came later the graph may know nothing, whatever happened."""

    area: str
    searched: Dated = Field(description="Day to which pages on it were searched.")


NODE_TYPES: tuple[type[Declared], ...] = (Source, Observation, Conflict, SeedSentence, Coverage)

#: What figures and conflicts may be about.
_ANY = (
    "Company", "Fund", "Person", "Authority", "Model", "ModelFamily", "Product", "Chip", "Index", "Market",
    "Exchange", "Jurisdiction", "Instrument", "ControlList", "Event",
)  # fmt: skip
_edge = partial(edge, structural=True)
EDGE_TYPES: tuple[EdgeType, ...] = (
    _edge("OF", ("Observation",), _ANY, "The observation is about this.", "obs OF vivo",
          "sosa:hasFeatureOfInterest", one=True, zh="关于", mapping="same"),
    _edge("MEASURED_BY", ("Observation",), ("Company", "Person", "Authority"), "Who counted or claimed the figure.",
          "obs MEASURED_BY idc", "prov:wasAttributedTo", one=True, zh="测量者", mapping="same"),
    _edge("IN_MARKET", ("Observation",), ("Market", "Jurisdiction"), "The market in which the figure was counted.",
          "obs IN_MARKET cn-smartphone-market", one=True, zh="所在市场"),
    _edge("CONCERNS", ("Conflict",), _ANY, "The conflict is about facts of this.", "conflict CONCERNS apple",
          zh="涉及"),
)  # fmt: skip
