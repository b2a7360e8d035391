"""How types look and what they are called in both languages: one pair of colour and shape a node type.

Colours are the eight of Okabe and Ito (2008, "Color Universal Design"), black replaced by a grey that
stands on white and on near-black. No two types share both colour and shape, and shapes alone tell the
families apart, so the drawing can be read without seeing colour.
"""

from __future__ import annotations

from dataclasses import dataclass

BLUE, ORANGE, GREEN, PINK, SKY, RED, YELLOW, GREY = (
    "#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#8A8A8A",
)  # fmt: skip


@dataclass(frozen=True)
class Look:
    """Colour (hex), vis-network shape, and the two names of a node type."""

    colour: str
    shape: str
    en: str
    zh: str


NODE_LOOKS: dict[str, Look] = {
    "Company": Look(BLUE, "dot", "Company", "公司"),
    "Person": Look(ORANGE, "dot", "Person", "人物"),
    "Fund": Look(GREEN, "dot", "Fund", "基金"),
    "LegalEntity": Look(SKY, "dot", "Legal entity", "法人实体"),
    "Authority": Look(RED, "hexagon", "Authority", "主管机关"),
    "Jurisdiction": Look(GREY, "hexagon", "Jurisdiction", "法域"),
    "Market": Look(SKY, "hexagon", "Market", "市场"),
    "Exchange": Look(GREEN, "hexagon", "Exchange", "交易所"),
    "Index": Look(PINK, "hexagon", "Index", "指数"),
    "Model": Look(ORANGE, "square", "Model", "模型"),
    "ModelFamily": Look(RED, "square", "Model family", "模型系列"),
    "Product": Look(SKY, "square", "Product", "产品"),
    "Chip": Look(GREEN, "square", "Chip", "芯片"),
    "Service": Look(PINK, "square", "Service", "服务"),
    "ServiceKind": Look(YELLOW, "square", "Kind of service", "服务类别"),
    "Licence": Look(GREY, "square", "Licence", "许可协议"),
    "Instrument": Look(BLUE, "diamond", "Legal instrument", "法律文件"),
    "Article": Look(SKY, "diamond", "Article", "条款"),
    "Notice": Look(YELLOW, "diamond", "Notice", "公告"),
    "ControlList": Look(RED, "diamond", "Control list", "管制清单"),
    "Filing": Look(GREEN, "diamond", "Filing", "备案"),
    "Requirement": Look(ORANGE, "triangle", "Requirement", "准入要求"),
    "Way": Look(SKY, "triangle", "Way", "办理方式"),
    "EntryRoute": Look(BLUE, "triangle", "Entry route", "准入路径"),
    "EntryOption": Look(GREEN, "triangle", "Entry option", "准入方案"),
    "Case": Look(PINK, "triangle", "Case", "案例"),
    "Event": Look(PINK, "star", "Event", "事件"),
    "Conflict": Look(RED, "triangleDown", "Conflict", "矛盾"),
    "Observation": Look(GREY, "triangleDown", "Observation", "观测值"),
    "Source": Look(GREY, "star", "Source", "来源"),
    "SeedSentence": Look(YELLOW, "triangleDown", "Article sentence", "文章语句"),
}
_SPARE = tuple((colour, shape) for shape in ("star", "triangleDown") for colour in (BLUE, ORANGE, GREEN, SKY))

EDGE_ZH: dict[str, str] = {
    "PARTNERS_WITH": "合作", "NEGOTIATED_WITH": "洽谈", "CONSIDERED": "曾考虑", "SUPPLIES": "供应",
    "USES_SERVICE_OF": "使用其服务", "LICENSES_TO": "授权给", "COMPETES_WITH": "竞争",
    "DISPUTES_WITH": "争议", "SPOKE_ABOUT": "公开谈及", "INVESTED_IN": "投资", "OWNS_STAKE_IN": "持股",
    "SUBSIDIARY_OF": "子公司", "SPUN_OUT_OF": "分拆自", "ACQUIRED": "收购", "LISTED_ON": "上市于",
    "MEMBER_OF_INDEX": "指数成分", "BENEFITED_FROM": "受益于", "FOUNDED": "创立", "LEADS": "领导",
    "BASED_IN": "位于", "HAS_AUTHORITY_IN": "管辖", "DEVELOPED": "开发", "MANUFACTURED": "制造",
    "IN_FAMILY": "所属系列", "DERIVED_FROM": "衍生自", "SUCCEEDS": "接替", "LICENSED_UNDER": "许可协议",
    "TRAINED_ON": "训练于", "RUNS_ON": "运行于", "EMBEDS": "内置", "SUPPORTS": "支持", "HOSTS": "托管",
    "OPERATES": "运营", "OFFERS": "提供", "ISSUED": "发布", "REGULATES": "监管", "RESTRICTS": "限制",
    "PERMITS": "准许", "REVIEWS": "审查", "NAMED_IN": "列入", "APPLIED_TO": "适用于",
    "REQUIRES_PARTNER": "须有合作方", "PART_OF": "属于", "OF": "关于", "MEASURED_BY": "测量者",
    "IN_MARKET": "所在市场", "HAS_WAY": "可选方式", "NEEDS": "前置要求", "BEFORE": "先于",
    "TRIGGERED_BY": "触发条件", "BLOCKS": "禁止", "SATISFIES": "满足", "BASED_ON": "依据",
    "ISSUED_BY": "发布机关", "FILED_WITH": "备案机关", "LISTED_IN": "列于", "OWNED_BY": "所有者",
    "FILED_BY": "备案人", "FOR_SERVICE": "适用服务", "CASE_OF": "当事方", "COVERS": "涵盖",
    "DECIDED_BY": "决定机关", "HANDLED_BY": "办理机关", "HAS_GOAL": "路径目标",
    "INCLUDES": "包含步骤", "IN_JURISDICTION": "属地", "LIFTED_BY": "解除于", "OPTION_OF": "所属路径",
    "PRECEDENT_FOR": "先例", "PUBLISHED_IN": "公布于", "REALISES": "对应", "REPLACES": "取代",
    "CONCERNS": "涉及", "GOAL": "目标", "STEP": "步骤",
}  # fmt: skip


def look(label: str, spare: int = 0) -> Look:
    """The look of a type; an unknown one gets a spare pair by its number among the unknown ones."""
    known = NODE_LOOKS.get(label)
    if known:
        return known
    colour, shape = _SPARE[spare % len(_SPARE)]
    return Look(colour, shape, label, label)


def edge_names(kind: str) -> tuple[str, str]:
    """English and Chinese name of an edge type: `PARTNERS_WITH` gives `partners with`, `合作`."""
    en = kind.replace("_", " ").lower() if kind.isupper() else kind
    return en, EDGE_ZH.get(kind, en)
