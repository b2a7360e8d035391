"""What can be observed. A figure always has a unit; a dated attribute a date; a quality a text.

Each says what it may be said of, and a number between which values it lies: from 0 on, where nothing else is said.
"""

from __future__ import annotations

from .base import Metric, record

#: Types of what a metric may be said of.
Of = tuple[str, ...]


def _number(
    name: str, zh: str, definition: str, of: Of, *units: str, term: str | None = None, least: float | None = 0,
    most: float | None = None,
) -> Metric:  # fmt: skip
    return record(
        Metric, "metric", name=name, zh=zh, definition=definition, kind="number", subjects=of, units=units, term=term,
        least=least, most=most,
    )  # fmt: skip


def _date(name: str, zh: str, definition: str, of: Of, term: str | None = None) -> Metric:
    return record(Metric, "metric", name=name, zh=zh, definition=definition, kind="date", subjects=of, term=term)


def _text(name: str, zh: str, definition: str, of: Of, term: str | None = None) -> Metric:
    return record(Metric, "metric", name=name, zh=zh, definition=definition, kind="text", subjects=of, term=term)


_FIRM: Of = ("Company", "Fund")
_MODEL: Of = ("Model", "ModelFamily")
_MADE: Of = ("Product", "Chip", *_MODEL)
_PLACE: Of = ("Market", "Jurisdiction")
_ACTOR: Of = (*_FIRM, "Person", "Authority", "Exchange")
_RULE: Of = ("Instrument", "ControlList")
_ANY: Of = (*_ACTOR, *_MADE, *_PLACE, *_RULE, "Index", "Event")
_LISTED: Of = (*_FIRM, "Index", "Market", "Exchange")
_SOLD: Of = (*_FIRM, *_MADE, *_PLACE)
_FOUNDED: Of = (*_FIRM, "Authority", "Exchange", "Index", "Market")
_MONEY = ("USD", "CNY", "HKD", "EUR", "JPY", "KRW")
#: Units as Chinese says them behind a figure.
UNITS_ZH = {
    "CNY": "元人民币", "EUR": "欧元", "HKD": "港元", "JPY": "日元", "KRW": "韩元", "USD": "美元", "FLOP": "次浮点运算",
    "GPU-hours": "GPU小时", "chips": "枚芯片", "count": "个", "parameters": "个参数", "percent": "%", "points": "点",
    "rank": "位", "rides": "单", "times": "倍", "tokens": "个词元", "units": "台", "users": "个用户", "vehicles": "辆",
}  # fmt: skip
METRICS: tuple[Metric, ...] = (
    # index and shares
    _number(
        "price_change", "涨跌幅", "Change of a price or index over the stated span.", _LISTED, "percent", least=-100
    ),
    _number("index_level", "指数点位", "Closing level of an index.", ("Index",), "points"),
    _number(
        "forward_pe",
        "预期市盈率",
        "Price over expected earnings of the next twelve months.",
        _LISTED,
        "times",
        least=None,
    ),
    _number(
        "forward_pe_5y_average",
        "预期市盈率五年均值",
        "Average of `forward_pe` over five years.",
        _LISTED,
        "times",
        least=None,
    ),
    _number("constituent_count", "成分股数量", "Number of members.", ("Index", "ControlList"), "count"),
    _number("market_cap", "市值", "Market value of all shares.", _LISTED, *_MONEY),
    _number(
        "market_value_change", "市值变动", "Change of market value over the stated span.", _LISTED, *_MONEY, least=None
    ),
    _text("index_milestone", "指数里程碑", "A stated high, streak or threshold.", _LISTED),
    # business
    _number(
        "market_share",
        "市场份额",
        "Share of units or sales in a market over the stated span.",
        _SOLD,
        "percent",
        most=100,
    ),
    _number("market_rank", "市场排名", "Rank in a market over the stated span.", _SOLD, "rank", least=1),
    _number("shipments", "出货量", "Units shipped over the stated span.", _SOLD, "units"),
    _number(
        "growth",
        "同比增长",
        "Change against the year before, unless scope says otherwise.",
        (*_SOLD, "Index"),
        "percent",
        least=None,
    ),
    _number("revenue", "营收", "Revenue over the stated span.", _SOLD, *_MONEY),
    _number(
        "revenue_growth",
        "营收增长",
        "Change of revenue or sales against the year before.",
        _SOLD,
        "percent",
        least=None,
    ),
    _number("revenue_share", "营收占比", "Share of revenue from or to the stated part.", _SOLD, "percent", most=100),
    _number("net_profit", "净利润", "Net profit over the stated span; a loss is negative.", _SOLD, *_MONEY, least=None),
    _number("charge", "计提费用", "Write-down or charge taken.", _FIRM, *_MONEY),
    _number("users", "用户数", "Users in all; scope says which.", _SOLD, "users"),
    _number("monthly_active_users", "月活跃用户", "Users active in a month, averaged over the span.", _SOLD, "users"),
    _number(
        "tokens_processed",
        "处理词元数",
        "Tokens read and written by models; scope says in which time.",
        _SOLD,
        "tokens",
    ),
    _number("fleet", "运营车辆", "Vehicles in service at the date.", _SOLD, "vehicles"),
    _number("daily_active_users", "日活跃用户", "Users active on a day, averaged over the span.", _SOLD, "users"),
    _number("rides", "完成订单", "Rides completed.", _SOLD, "rides"),
    _number("planned_output", "计划产量", "Units planned for the span.", _SOLD, "units"),
    _number("derivatives", "衍生模型数", "Models built on this one on a hub.", _MADE, "count"),
    _number("item_count", "条目数", "Number of items in a list or instrument.", (*_RULE, "Index"), "count"),
    _number("enterprise_count", "企业数", "Number of enterprises founded or present.", _PLACE, "count"),
    _number("fdi_inflow", "实际使用外资", "Foreign direct investment used over the span.", _PLACE, *_MONEY, least=None),
    # capital
    _number("valuation", "估值", "Value put on the firm in a round or offer.", (*_FIRM, "Product"), *_MONEY),
    _number(
        "amount_raised", "融资额", "Money raised in a round, an offering or in all; scope says which.", _FIRM, *_MONEY
    ),
    _number("offer_price", "发行价", "Price of a share in an offering.", _FIRM, *_MONEY),
    _number("fund_size", "基金规模", "Capital of a fund.", _FIRM, *_MONEY),
    _number(
        "commitment",
        "承诺投入",
        "Money a firm said it would spend; scope says on what.",
        (*_ACTOR, "Jurisdiction"),
        *_MONEY,
    ),
    # technology
    _number("parameters", "参数量", "Number of parameters in all.", _MODEL, "parameters", least=1),
    _number("active_parameters", "激活参数量", "Parameters used for one token.", _MODEL, "parameters", least=1),
    _number("training_tokens", "训练词元数", "Tokens trained on.", _MODEL, "tokens"),
    _number("training_compute", "训练算力", "Compute used in training.", _MODEL, "GPU-hours", "FLOP"),
    _number(
        "training_cost", "训练成本（自称）", "Cost of training as claimed; scope says what it covers.", _MODEL, *_MONEY
    ),
    _number("compute_owned", "自有算力", "Processors owned.", (*_ACTOR, "Product", "Jurisdiction"), "chips"),
    _text("benchmark_claim", "评测自述", "A maker's claim about test results; a claim stays a claim.", _MADE),
    _text("feature", "特性", "A stated technical feature or variant.", _MADE),
    _text("licence_term", "许可条款", "A condition of the licence.", _MADE),
    _text("ranking_claim", "排名自述", "A stated place in a ranking that has no figure.", (*_MADE, *_FIRM)),
    # dates
    _date("released", "发布日期", "Date of first release.", (*_MADE, "Index", *_RULE), "schema:datePublished"),
    _date(
        "published",
        "公布日期",
        "Date of publication, announcement or release, whichever the source knows.",
        (*_MADE, *_RULE),
    ),
    _date("open_sourced", "开源日期", "Date on which weights or code were opened.", _MADE),
    _date(
        "approved_for_public", "获准面向公众日期", "Date on which it was opened to the public after approval.", _MADE
    ),
    _date("founded", "成立日期", "Date of foundation.", _FOUNDED, "schema:foundingDate"),
    _date("issued", "颁布日期", "Date of issue of an instrument.", _RULE, "eli:date_document"),
    # statements
    _text("status_in_market", "市场状态", "State of a product in a market at the date.", _MADE),
    _text("provision", "规定内容", "What an instrument or plan says, in short.", (*_RULE, "Event")),
    _text("statement", "公开表态", "What an actor said of itself or its plans.", _ANY),
)
