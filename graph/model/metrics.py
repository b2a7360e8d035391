"""What can be observed. A figure always has a unit; a dated attribute a date; a quality a text."""

from __future__ import annotations

from .base import Metric, record


def _number(name: str, definition: str, *units: str, term: str | None = None) -> Metric:
    return record(Metric, "metric", name=name, definition=definition, kind="number", units=units, term=term)


def _date(name: str, definition: str, term: str | None = None) -> Metric:
    return record(Metric, "metric", name=name, definition=definition, kind="date", term=term)


def _text(name: str, definition: str, term: str | None = None) -> Metric:
    return record(Metric, "metric", name=name, definition=definition, kind="text", term=term)


_MONEY = ("USD", "CNY", "HKD", "EUR", "JPY", "KRW")
METRICS: tuple[Metric, ...] = (
    # index and shares
    _number("price_change", "Change of a price or index over the stated span.", "percent"),
    _number("index_level", "Closing level of an index.", "points"),
    _number("forward_pe", "Price over expected earnings of the next twelve months.", "times"),
    _number("forward_pe_5y_average", "Five-year average of the forward price-earnings multiple.", "times"),
    _number("constituent_count", "Number of members.", "count"),
    _number("market_cap", "Market value of all shares.", *_MONEY),
    _number("market_value_change", "Change of market value over the stated span.", *_MONEY),
    _text("index_milestone", "A stated high, streak or threshold."),
    # business
    _number("market_share", "Share of units or sales in a market over the stated span.", "percent"),
    _number("market_rank", "Rank in a market over the stated span.", "rank"),
    _number("shipments", "Units shipped over the stated span.", "units"),
    _number("growth", "Change against the year before, unless scope says otherwise.", "percent"),
    _number("revenue", "Revenue over the stated span.", *_MONEY),
    _number("revenue_growth", "Change of revenue or sales against the year before.", "percent"),
    _number("revenue_share", "Share of revenue from or to the stated part.", "percent"),
    _number("net_profit", "Net profit over the stated span; a loss is negative.", *_MONEY),
    _number("charge", "Write-down or charge taken.", *_MONEY),
    _number("users", "Users in all; scope says which.", "users"),
    _number("monthly_active_users", "Users active in a month, averaged over the span.", "users"),
    _number("tokens_processed", "Tokens read and written by models; scope says in which time.", "tokens"),
    _number("fleet", "Vehicles in service at the date.", "vehicles"),
    _number("daily_active_users", "Users active on a day, averaged over the span.", "users"),
    _number("rides", "Rides completed.", "rides"),
    _number("planned_output", "Units planned for the span.", "units"),
    _number("derivatives", "Models built on this one on a hub.", "count"),
    _number("item_count", "Number of items in a list or instrument.", "count"),
    _number("enterprise_count", "Number of enterprises founded or present.", "count"),
    _number("fdi_inflow", "Foreign direct investment used over the span.", *_MONEY),
    # capital
    _number("valuation", "Value put on the firm in a round or offer.", *_MONEY),
    _number("amount_raised", "Money raised in a round, an offering or in all; scope says which.", *_MONEY),
    _number("offer_price", "Price of a share in an offering.", *_MONEY),
    _number("fund_size", "Capital of a fund.", *_MONEY),
    _number("commitment", "Money a firm said it would spend; scope says on what.", *_MONEY),
    # technology
    _number("parameters", "Number of parameters in all.", "parameters"),
    _number("active_parameters", "Parameters used for one token.", "parameters"),
    _number("training_tokens", "Tokens trained on.", "tokens"),
    _number("training_compute", "Compute used in training.", "GPU-hours", "FLOP"),
    _number("training_cost", "Cost of training as claimed; scope says what it covers.", *_MONEY),
    _number("compute_owned", "Processors owned.", "chips"),
    _text("benchmark_claim", "A maker's claim about test results; a claim stays a claim."),
    _text("feature", "A stated technical feature or variant."),
    _text("licence_term", "A condition of the licence."),
    _text("ranking_claim", "A stated place in a ranking that has no figure."),
    # dates
    _date("released", "Date of first release.", "schema:datePublished"),
    _date("published", "Date of publication, announcement or release, whichever the source knows."),
    _date("open_sourced", "Date on which weights or code were opened."),
    _date("approved_for_public", "Date on which the service was opened to the public after approval."),
    _date("founded", "Date of foundation.", "schema:foundingDate"),
    _date("issued", "Date of issue of an instrument.", "eli:date_document"),
    # statements
    _text("status_in_market", "State of a product in a market at the date."),
    _text("provision", "What an instrument or plan says, in short."),
    _text("statement", "What an actor said of itself or its plans."),
)
