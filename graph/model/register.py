"""What an official register lists: filings, the legal entities that made them, services and notices."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Literal

from pydantic import Field

from ..dates import Dated
from .base import EdgeType, Entity, Url, edge
from .shapes import Cited, SourceId

FilingKind = Literal["filing", "registration"]


class LegalEntity(
    Entity, zh="法人实体", look="sky dot", drawn="asked", family="register", term="org:FormalOrganization"
):
    """A registered organisation as a register prints it; its owner, where known, is a Company.

    A curator may write one that no register prints, or one that does: a register that prints a name of it uses its id.
    """

    printed: list[str] = Field(default_factory=list, description="Every spelling the register uses.")
    owner_class: Literal["domestic", "foreign", "hongkong-macao-taiwan"] | None = Field(
        None, description="Seat of the known owner; absent where no owner is known."
    )


class _Listed(Entity, family="register", curated=False, drawn="asked"):
    """What a register lists."""


class Service(_Listed, zh="服务", look="pink square", term="schema:Service"):
    """A model or application as filed: one name of one legal entity."""


class Notice(_Listed, zh="公告", look="yellow diamond", term="schema:PublicationIssue"):
    """One publication of a register. The three counts are its own, header rows among them."""

    period: str = Field(pattern=r"^[0-9]{4}-[0-9]{2}$", description="Month of the notice.")
    url: Url
    rows_printed: int
    filings_printed: int
    registrations_printed: int
    filings: int = Field(0, description="备案 that stand after refusals and mends.")
    registrations: int = Field(0, description="登记 that stand after refusals and mends.")
    rows_refused: int = 0
    sources: list[SourceId] = Field(default_factory=list)


class Filing(_Listed, zh="备案", look="green diamond", term="cv:Evidence"):
    """A 备案 (filing of an own or altered model) or 登记 (registration of an application on a filed one).

    `accepted` and `days_to_listing` are derived: the eight digits in a number are read as the date on
    which the local office accepted the file, which the register itself nowhere says. Where the number
    bears the day of the listing or a later one, the office numbered at the listing; then both are
    absent, and `days_note` says that no wait is known.
    """

    kind: FilingKind
    kind_zh: Literal["备案", "登记"]
    number: str = Field(description="Number after mends.")
    number_printed: str = Field(description="Number as the register prints it.")
    place: str = Field(description="Place prefix of the number.")
    label_part: str = Field(description="Name part of the number.")
    serial: str | None = Field(None, description="Serial of the office; absent in numbers before 2024-04.")
    numbered: date | None = Field(None, description="Date in the number, whatever it stands for.")
    accepted: date | None = Field(None, description="Date in the number, read as acceptance; derived.")
    listed: date = Field(description="Date printed in the row.")
    late: bool = Field(False, description="True where the row is marked 补登, entered after its date.")
    days_to_listing: int | None = Field(None, description="Days from `accepted` to `listed`; derived.")
    days_note: str | None = Field(None, description="Why no wait is known, or how far the days can be trusted.")
    derived: list[str] = Field(default_factory=list, description="Names of the derived properties.")
    scenario: str | None = Field(None, description="适用场景: the phones an on-device service runs on.")
    period: str = Field(description="Month of the notice.")
    seq: int = Field(description="Number of the row in its notice.")
    province: str = Field(description="Place as the row prints it.")
    line: int = Field(description="Line of the input file.")
    mends: list[str] = Field(default_factory=list, description="What was mended, by which rule.")
    sources: list[SourceId] = Field(default_factory=list)
    confidence: float | None = Field(
        None, description="That of the row itself, by the rule; whose it is may be less sure."
    )
    confidence_why: str | None = None
    known_from: date | None = Field(None, description="First day on which an answer may use it.")
    conflict: str | None = Field(None, description="Question on which curated reports say otherwise.")
    preferred: bool | None = Field(None, description="Whether it is the side of the conflict to be shown.")


class AlgorithmFiling(_Listed, en="Filing of an algorithm", zh="算法备案", look="pink diamond", term="cv:Evidence"):
    """An algorithm filed under the rules on recommendation algorithms or deep synthesis.

    `province`, `year` and `serial` are derived from the digits of the number, a reading measured on the rows and
    nowhere stated by the register.
    """

    kind: Literal["deep-synthesis", "recommendation"]
    kind_zh: str
    number: str = Field(description="Number as the list prints it, without spaces and full width.")
    role: str | None = Field(None, description="角色: 服务提供者 or 服务技术支持者.")
    category: str | None = Field(None, description="算法类别 of the recommendation lists.")
    product: str | None = Field(None, description="应用产品: products in which it is used.")
    purpose: str | None = Field(None, description="主要用途: what it does.")
    remark: str | None = Field(None, description="备注, as changes of products.")
    division: str = Field(description="First six digits of the number: an administrative division (GB/T 2260).")
    province: str | None = Field(None, description="Province of the division; derived.")
    year: int | None = Field(None, description="Year in the number; derived.")
    serial: int | None = Field(None, description="Serial of the filer in that year; derived.")
    derived: list[str] = Field(default_factory=list, description="Names of the derived properties.")
    period: str = Field(description="Month of the list.")
    seq: int
    row: int = Field(description="Row of the input file.")
    mends: list[str] = Field(default_factory=list, description="What was mended.")
    sources: list[SourceId] = Field(default_factory=list)
    confidence: float | None = None
    confidence_why: str | None = None
    known_from: date | None = Field(None, description="First day on which an answer may use it.")


class ListEdition(
    Entity, en="Edition of a list", zh="清单版本", look="yellow hexagon", drawn="asked",
    family="regulation", term="schema:PublicationIssue", curated=False,
):  # fmt: skip
    """One publication of a control list: all its members (`full`), or those it adds (`adds`)."""

    day: Dated = Field(description="Day of the edition, with the precision known.")
    day_from: date = Field(description="First day of `day`.")
    kind: Literal["full", "adds"]
    names_printed: int = Field(description="Names that it prints.")
    members: int = Field(description="Members that stand on the list with this edition.")


NODE_TYPES: tuple[type[Entity], ...] = (LegalEntity, Service, Notice, Filing, AlgorithmFiling, ListEdition)

_edge = partial(edge, structural=True)
EDGE_TYPES: tuple[EdgeType, ...] = (
    _edge("FILED_BY", ("Filing", "AlgorithmFiling"), ("LegalEntity",), "Was made by this legal entity.",
          "filing-… FILED_BY le-…", "dcterms:creator", one=True, zh="备案人", mapping="same"),
    _edge("COVERS", ("Filing",), ("Service",), "Is for this model or application.", "filing-… COVERS svc-…",
          "schema:about", one=True, zh="涵盖", mapping="same"),
    _edge("PUBLISHED_IN", ("Filing",), ("Notice",), "Stands in this notice.", "filing-… PUBLISHED_IN notice-…",
          "schema:isPartOf", one=True, zh="公布于", mapping="same"),
    _edge("EDITION_OF", ("ListEdition",), ("ControlList",), "Is a publication of this list.",
          "edition-… EDITION_OF list-1260h", "schema:isPartOf", one=True, zh="版本属于", mapping="same"),
    _edge("IN_JURISDICTION",
          ("Filing", "AlgorithmFiling", "LegalEntity", "Company", "Fund", "Office", "Instrument", "Way"),
          ("Jurisdiction",), "Belongs to this place: a filing and its legal entity by the office that took the "
          "filing, a company by the text of its seat, an office by where it works, a rule or way by where it holds.",
          "filing-… IN_JURISDICTION cn-sh", "cv:spatial", zh="属地", mapping="same"),
    _edge("REALISES", ("Service",), ("Model", "ModelFamily", "Product"),
          "Is, by a reviewed line, this curated model, family or product.", "svc-… REALISES qwen", "schema:sameAs",
          props=Cited, zh="对应"),
)  # fmt: skip
