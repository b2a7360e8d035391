"""Who acts: companies, people, funds, authorities, and the places they act in."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ..dates import Dated
from .base import Country, Entity, Slug, Ticker, Url
from .values import Lei, Uscc

#: What a company does; the first is what it mostly does.
Sector = Literal[
    "devices", "cars", "mobility", "cloud", "models", "chips", "robots", "consumer-internet", "retail", "health",
    "finance", "software", "telecom", "media-games", "education", "public", "industry", "services",
]  # fmt: skip
SECTORS_ZH: dict[Sector, str] = {
    "cars": "汽车", "chips": "芯片", "cloud": "云与数据中心", "consumer-internet": "消费互联网",
    "devices": "终端设备", "education": "教育", "finance": "金融", "health": "医疗健康", "industry": "工业",
    "media-games": "媒体与游戏", "mobility": "出行", "models": "模型", "public": "公共机构", "retail": "零售与消费品",
    "robots": "机器人", "services": "专业服务", "software": "企业软件", "telecom": "电信",
}  # fmt: skip
#: What people are called who lead; a role of one house alone stands as its source says it.
ROLES_ZH = {
    "chairman and chief executive": "董事长兼首席执行官", "chief executive": "首席执行官", "chair": "董事长",
    "chairman": "董事长", "co-chief executive": "联席首席执行官", "president": "总裁", "general manager": "总经理",
    "manager": "经理", "head": "负责人", "technology head": "技术负责人", "technical head": "技术负责人",
    "chief scientist": "首席科学家", "founder": "创始人", "co-founder": "联合创始人",
}  # fmt: skip
#: Layers of the hardware stack, from the tools that make chips to the machines that hold them.
Layer = Literal[
    "lithography", "equipment", "eda", "foundry", "packaging", "memory", "accelerator", "car-chip", "phone-chip",
    "optics", "sensor", "server", "networking",
]  # fmt: skip
LAYERS_ZH: dict[Layer, str] = {
    "lithography": "光刻", "equipment": "半导体设备", "eda": "电子设计自动化", "foundry": "晶圆代工",
    "packaging": "封装", "memory": "存储芯片", "accelerator": "加速器", "car-chip": "车载芯片",
    "phone-chip": "手机芯片", "optics": "光模块", "sensor": "传感器", "server": "服务器", "networking": "网络设备",
}  # fmt: skip


class Company(Entity, zh="公司", look="blue dot", family="actor", term="org:FormalOrganization"):
    """A firm, laboratory, university or other organisation that acts in the ecosystem."""

    kind: Literal["company", "lab", "university", "joint-venture", "research-firm", "media", "project"] = "company"
    country: Country | None = Field(None, description="Country of the seat, ISO 3166-1 alpha-2.")
    hq: str | None = Field(None, description="City of the seat.")
    sectors: list[Sector] = Field(default_factory=list, description="What it does, the main sector first.")
    tickers: list[Ticker] = Field(default_factory=list, description="EXCHANGE:CODE of each listing.")
    layers: list[Layer] = Field(default_factory=list, description="Layers of the hardware stack it makes things for.")
    hub_names: list[str] = Field(default_factory=list, description="Organisation names on model hubs.")
    legal_names: list[str] = Field(default_factory=list, description="Registered names of its legal entities.")
    houses: list[str] = Field(
        default_factory=list, exclude=True,
        description="Words of its own, borne by nobody else, that registered names of its group hold: 华为.",
    )  # fmt: skip
    listed: list[Ticker] = Field(
        default_factory=list, exclude=True,
        description="Further listings that only help to find it, as those over the counter: OTC:TCEHY.",
    )  # fmt: skip
    lei: Lei | None = Field(None, description="Legal Entity Identifier, ISO 17442.")
    uscc: Uscc | None = Field(None, description="Unified Social Credit Code, GB 32100-2015.")

    def names(self) -> list[str]:
        """All names it can be found by: id, names, tickers, hub names, legal names, and registered identifiers."""
        codes = [code for code in (self.lei, self.uscc) if code]
        return [*super().names(), *self.tickers, *self.hub_names, *self.legal_names, *codes]


class Person(Entity, zh="人物", look="orange dot", family="actor", term="foaf:Person"):
    """A person who founded, leads or speaks for an organisation."""

    country: Country | None = None


class Fund(Entity, zh="基金", look="green dot", family="actor", term="org:FormalOrganization"):
    """An investment fund or investor whose business is holding stakes."""

    country: Country | None = None
    hq: str | None = None
    tickers: list[Ticker] = Field(default_factory=list)


class Authority(Entity, zh="主管机关", look="red hexagon", family="regulation", term="cv:PublicOrganisation"):
    """A public body that makes, applies or enforces rules."""

    country: Country | None = None
    level: Literal["national", "provincial", "municipal", "zone", "supranational", "state"] | None = None
    role: str | None = None


class Jurisdiction(
    Entity, zh="法域", look="grey hexagon", crowd=True, family="place", term="schema:AdministrativeArea"
):
    """A place in law: where a rule or a market holds, an office works, a company has its seat."""

    country: Country | None = None
    level: Literal["country", "region", "province", "city", "zone"] | None = Field(
        None, description="Its rank; a region has law of its own, a zone has rules of its own and may cross borders."
    )
    part_of: list[Slug] = Field(
        default_factory=list, exclude=True, description="Larger places that it lies in, each a PART_OF in the graph."
    )


class Market(Entity, zh="市场", look="sky hexagon", crowd=True, family="place"):
    """A market that shares and shipments are counted in."""

    country: Country | None = None


class Exchange(Entity, zh="交易所", look="green hexagon", crowd=True, family="capital"):
    """A stock exchange or one of its boards."""

    country: Country | None = None
    mic: str | None = Field(None, description="Market Identifier Code, ISO 10383.")


class Index(Entity, zh="指数", look="pink hexagon", crowd=True, family="capital"):
    """A stock index."""

    tickers: list[Ticker] = Field(default_factory=list)


class ControlList(Entity, zh="管制清单", look="red diamond", crowd=True, family="regulation"):
    """An official list that restricts dealings with those named in it."""

    country: Country | None = None
    effect: str | None = Field(None, description="What being named means, in a sentence.")
    effect_zh: str | None = Field(None, description="The same in Chinese.")
    effect_page: Url | None = Field(None, description="Page of the law or rule that was read for the effect.")


class Event(Entity, zh="事件", look="pink star", family="event", term="schema:Event"):
    """Something that happened at a time and touched several actors."""

    date: Dated | None = Field(None, description="Date of the event, partial dates allowed.")


NODE_TYPES: tuple[type[Entity], ...] = (
    Company, Person, Fund, Authority, Jurisdiction, Market, Exchange, Index, ControlList, Event,
)  # fmt: skip
