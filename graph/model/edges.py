"""The vocabulary of curated facts between two nodes. Each `edge(…)` is one kind of statement."""

from __future__ import annotations

from .base import EdgeType, edge
from .shapes import ListEntry, Ownership

_ORG = ("Company", "Fund")
_TECH = ("Model", "ModelFamily")
_THING = ("Product", "Chip", "Model", "ModelFamily")
_ANY = ("Company", "Fund", "Person", "Authority", *_THING, "Index", "Market", "Instrument", "Jurisdiction", "Event")

_BUSINESS = (
    edge("PARTNERS_WITH", ("Company", "Fund", "Authority"), ("Company", "Fund", "Authority"),
         "Both work together under an agreement or a public statement of one of them.",
         "apple PARTNERS_WITH alibaba", "schema:knows", symmetric=True, zh="合作"),
    edge("NEGOTIATED_WITH", _ORG, _ORG, "Talks were held; nothing is said of their result.",
         "apple NEGOTIATED_WITH tencent", symmetric=True, zh="洽谈"),
    edge("CONSIDERED", ("Company",), (*_ORG, *_THING),
         "Looked at as a partner or part; qualifier `outcome` says chosen, rejected or open.",
         "apple CONSIDERED deepseek", zh="曾考虑"),
    edge("SUPPLIES", ("Company",), ("Company", "Product"), "Delivers goods or parts to the other.",
         "momenta SUPPLIES mercedes", "schema:seller", zh="供应"),
    edge("USES_SERVICE_OF", ("Company", "Product"), ("Company", "Product"),
         "Buys or relies on a service of the other.", "lvmh USES_SERVICE_OF alibaba-cloud", zh="使用其服务"),
    edge("LICENSES_TO", ("Company",), ("Company",), "Grants a licence to technology, brand or sales.",
         "microsoft LICENSES_TO 21vianet", zh="授权给"),
    edge("COMPETES_WITH", ("Company", "Product"), ("Company", "Product"),
         "Takes customers from the other in a stated market.", "huawei COMPETES_WITH apple", symmetric=True,
         zh="竞争"),
    edge("DISPUTES_WITH", ("Company", "Authority", "Person"), ("Company", "Authority", "Person"),
         "Open disagreement, accusation or legal action; `scope` says over what.", "openai DISPUTES_WITH deepseek",
         zh="争议"),
    edge("SPOKE_ABOUT", ("Company", "Person", "Authority"), _ANY,
         "Said something on record; `scope` says what: a claim, a confirmation, a denial.",
         "joe-tsai SPOKE_ABOUT apple", zh="公开谈及"),
)  # fmt: skip
_CAPITAL = (
    edge("INVESTED_IN", (*_ORG, "Person", "Authority"), _ORG, "Put or agreed to put money into the other.",
         "tencent INVESTED_IN moonshot", zh="投资"),
    edge("OWNS_STAKE_IN", (*_ORG, "Person", "Authority"), _ORG, "Holds shares of the other.",
         "horizon OWNS_STAKE_IN carizon", "schema:owns", props=Ownership, zh="持股"),
    edge("SUBSIDIARY_OF", ("Company", "Fund", "LegalEntity"), (*_ORG, "LegalEntity"), "Is controlled by the other.",
         "alibaba-cloud SUBSIDIARY_OF alibaba", "org:unitOf", one=True, props=Ownership, zh="子公司"),
    edge("SPUN_OUT_OF", ("Company",), ("Company",), "Began as a part of the other and left it.",
         "honor SPUN_OUT_OF huawei", one=True, zh="分拆自"),
    edge("ACQUIRED", _ORG, ("Company", "Product"), "Bought control of the other, or agreed to.",
         "nvidia ACQUIRED mellanox", zh="收购"),
    edge("LISTED_ON", ("Company",), ("Exchange",), "Shares trade on the exchange, or are to.",
         "bilibili LISTED_ON hkex", zh="上市于"),
    edge("MEMBER_OF_INDEX", ("Company",), ("Index",), "Is a constituent of the index.",
         "xiaomi MEMBER_OF_INDEX hstech", "schema:memberOf", zh="指数成分"),
    edge("BENEFITED_FROM", ("Company", "Index", "Market"), ("Event", "Company"),
         "Gained in price or business after the other.", "kuaishou BENEFITED_FROM deepseek-rally-2025", zh="受益于"),
)  # fmt: skip
_PEOPLE = (
    edge("FOUNDED", ("Person", "Company", "Authority"), _ORG, "Founded the organisation.",
         "liang-wenfeng FOUNDED deepseek", "schema:founder", zh="创立", mapping="inverse"),
    edge("LEADS", ("Person", *_ORG), (*_ORG, "ModelFamily", "Product"),
         "Heads the organisation or line; `role` says as what.", "eddie-wu LEADS alibaba", "org:headOf", zh="领导"),
    edge("BASED_IN", (*_ORG, "Authority", "Product"), ("Jurisdiction",),
         "Has its seat or a site there; `scope` says which.", "deepseek BASED_IN hangzhou", "schema:location",
         zh="位于", mapping="same"),
    edge("HAS_AUTHORITY_IN", ("Authority",), ("Jurisdiction",), "Its rules hold there.",
         "pipc HAS_AUTHORITY_IN south-korea", "cv:spatial", zh="管辖", mapping="same"),
)  # fmt: skip
_TECHNOLOGY = (
    edge("DEVELOPED", ("Company", "Person"), _THING, "Made it, alone or with others.",
         "deepseek DEVELOPED deepseek-r1", "schema:creator", zh="开发", mapping="inverse"),
    edge("MANUFACTURED", ("Company",), ("Product", "Chip"), "Builds the thing that others may have designed.",
         "gac-toyota MANUFACTURED toyota-bz7", "schema:manufacturer", zh="制造", mapping="inverse"),
    edge("IN_FAMILY", ("Model", "ModelFamily", "Product"), ("ModelFamily",), "Is one of the line of models.",
         "qwen3 IN_FAMILY qwen", "schema:isVariantOf", one=True, zh="所属系列", mapping="same"),
    edge("DERIVED_FROM", _TECH, _TECH, "Was fine-tuned, distilled or built from the other's weights or design.",
         "deepseek-r1 DERIVED_FROM deepseek-v3", "prov:wasDerivedFrom", zh="衍生自", mapping="same"),
    edge("SUCCEEDS", (*_THING, "Instrument"), (*_THING, "Instrument"), "Takes the place of the earlier one.",
         "neglist2024 SUCCEEDS neglist2021", "prov:wasRevisionOf", zh="接替"),
    edge("LICENSED_UNDER", _TECH, ("Licence",), "Weights or code may be used on these terms.",
         "qwen3 LICENSED_UNDER apache-2.0", "schema:license", zh="许可协议", mapping="same"),
    edge("TRAINED_ON", _TECH, ("Chip",), "Was trained on this processor.", "deepseek-v3 TRAINED_ON h800", zh="训练于"),
    edge("RUNS_ON", ("Model", "ModelFamily", "Product"), ("Chip", "Product"), "Runs on this chip or platform.",
         "deepseek-v4-pro RUNS_ON ascend-950pr", zh="运行于"),
    edge("EMBEDS", ("Company", "Product", "Chip"), ("Model", "ModelFamily", "Product"),
         "Builds the model or part into its product or work.", "galaxy-s24 EMBEDS ernie-35", zh="内置"),
    edge("SUPPORTS", ("Company", "Product", "Chip", "Model", "ModelFamily"), _THING,
         "Is made to work with it, without being built in.", "amd SUPPORTS deepseek-v3", zh="支持"),
    edge("HOSTS", ("Company", "Product"), _THING, "Serves it from its own machines to others.",
         "microsoft HOSTS deepseek-r1", zh="托管"),
    edge("OPERATES", ("Company",), ("Product",), "Runs the service, as owner or as licensed operator.",
         "gcbd OPERATES icloud-china", "schema:provider", zh="运营", mapping="inverse"),
    edge("OFFERS", ("Company", "Product"), ("Model", "ModelFamily", "Product", "Chip"),
         "Sells or gives access to it.", "azure-foundry OFFERS deepseek-r1", "schema:makesOffer", zh="提供"),
)  # fmt: skip
_RULES = (
    edge("ISSUED_BY", ("Instrument", "ControlList"), ("Authority",), "Was made or published by it.",
         "neglist2024 ISSUED_BY mofcom", "eli:passed_by", bare_from=("Instrument",), zh="发布机关", mapping="same"),
    edge("REGULATES", ("Instrument", "Authority", "ControlList"), _ANY,
         "Sets rules for it without naming a ban.", "genai-measures REGULATES ernie-bot", zh="监管"),
    edge("RESTRICTS", ("Authority", "Instrument", "Company"), _ANY,
         "Forbids, blocks, suspends or warns against it; `measure` says which.", "garante RESTRICTS deepseek",
         zh="限制"),
    edge("PERMITS", ("Authority", "Instrument"), _ANY, "Allowed or approved it; `scope` says what for.",
         "usa PERMITS h200", zh="准许"),
    edge("REVIEWS", ("Authority",), _ANY, "Examines or investigates it.", "mofcom REVIEWS manus", zh="审查"),
    edge("NAMED_IN", ("Company", "Fund", "LegalEntity"), ("ControlList",),
         "Stands on the control list, or was proposed for it.", "huawei NAMED_IN entity-list", props=ListEntry,
         zh="列入"),
    edge("APPLIED_TO", ("Company", "Product"), ("Authority", "Exchange"), "Asked for an approval or a listing.",
         "apple APPLIED_TO cac", zh="申请"),
    edge("REQUIRES_PARTNER", ("Instrument", "Authority"), ("Company", "Product"),
         "Makes a domestic partner or licensee necessary for the other.",
         "telecom-permit REQUIRES_PARTNER azure-china", zh="须有合作方"),
    edge("PART_OF", ("Article", "Authority", "Company", "Product", "Instrument", "Jurisdiction"),
         ("Authority", "Company", "Product", "Instrument", "Jurisdiction"), "Is a part of the larger one.",
         "canalys PART_OF omdia", "schema:isPartOf", bare_from=("Article", "Jurisdiction"), zh="属于", mapping="same"),
)  # fmt: skip

EDGE_TYPES: tuple[EdgeType, ...] = (*_BUSINESS, *_CAPITAL, *_PEOPLE, *_TECHNOLOGY, *_RULES)
