"""Elements with the values that exports get wrong: markup, quotes, newlines, 中文, emoji, lists, dates, long texts."""

from __future__ import annotations

from datetime import date

from chinaai.graph.elements import Batch, Edge, Node

QUOTES = 'it\'s "quoted" and `ticked`, \\ and \\n and \'\'\' and """'
LINES = "first line\nsecond line\r\nthird\tafter a tab\n\n"
MARKUP = "<script>alert('x')</script> & &amp; ]]> <!-- -->"
HAN = "深度求索 DeepSeek（杭州）𠮷 😀 é e\u0301 \u200bzero \u2028line"
FORMULA = "=1+1;,|\x1e"
LONG = "长文 long text. " * 4000
COMMAS = ["a, b", "c;d", "e|f", 'g"h', "[i]", "j\nk", "", "中文，逗号", "\\", "{}"]
DAY = date(2025, 2, 13)


def odd_batch() -> Batch:
    """Nodes and edges of a data set of its own; ids that need escaping among them."""
    nodes = [
        Node("Source", "odd-open", {"name": "Open", "publisher": QUOTES, "kind": "news", "licence": "open",
             "title": MARKUP, "url": "https://example.org/?a=1&b='2'", "published": "2025-Q3"}),
        Node("Source", "odd-closed", {"name": "Closed", "publisher": "Closed", "kind": "news", "licence": "unknown"}),
        Node("Company", "odd-quotes", {"name": QUOTES, "name_zh": HAN, "aliases": COMMAS, "country": "CN"}),
        Node("Company", "odd-lines", {"name": LINES, "note": MARKUP, "website": "https://example.org/a b"}),
        Node("Company", "odd-bare", {"name": "Bare", "hq": ""}),
        Node("Company", "奇怪 id/?#<>", {"name": FORMULA, "note": LONG, "tickers": ["HKEX:1"], "lei": " spaces "}),
        Node("Event", "odd-event", {"name": "Event", "date": "2025-H1"}),
        Node("Product", "odd-product", {"name": "007", "kind": "true", "aliases": ["1", "2.5", "null"]}),
        Node("Observation", "odd-value", {
            "name": "value", "metric": "market_share", "value": 17.0, "unit": "percent", "rank": 2**53 + 1,
            "known_from": DAY, "status": "reported", "confidence": 1e-07, "weak": True, "sources": ["odd-open"],
        }),
        Node("Observation", "odd-text", {
            "name": "text", "metric": "statement", "text": MARKUP + LINES, "known_from": date(1, 1, 1),
            "status": "confirmed", "confidence": 0.1 + 0.2, "weak": False, "sources": ["odd-open", "odd-closed"],
        }),
    ]  # fmt: skip
    lines, quotes, strange = ("Company", "odd-lines"), ("Company", "odd-quotes"), ("Company", "奇怪 id/?#<>")
    facts = {"status": "confirmed", "confidence": 0.9, "weak": False}
    edges = [
        Edge("PARTNERS_WITH", "odd-twin-1", quotes, lines, {**facts, "sources": ["odd-open"], "known_from": DAY}),
        Edge("PARTNERS_WITH", "odd-twin-2", quotes, lines, {
            **facts, "status": "denied", "sources": ["odd-closed", "odd-open"], "scope": HAN, "note": QUOTES + LINES,
            "known_from": DAY, "preferred": False, "open_weights": True,
        }),
        Edge("COMPETES_WITH", "odd-loop", lines, lines, {**facts, "sources": ["odd-open"], "scope": MARKUP}),
        Edge("SUPPLIES", "odd-ended", strange, ("Product", "odd-product"), {
            **facts, "status": "ended", "sources": ["odd-open"], "valid_to": date(9999, 12, 31), "since": "2024",
            "until": "2024-Q2", "announced": "2024-01", "as_of": "2024-01-31", "amount": "¥1,000; about",
        }),
        Edge("OF", "odd-value/of", ("Observation", "odd-value"), quotes, {}),
        Edge("OF", "odd-text/of", ("Observation", "odd-text"), strange, {}),
        Edge("BENEFITED_FROM", "odd-事件", quotes, ("Event", "odd-event"), {**facts, "sources": ["odd-open"]}),
    ]  # fmt: skip
    return Batch("odd", nodes, edges)
