"""Graphs made for tests and benchmarks: shaped like the real one, any size, the same for the same seed."""

from __future__ import annotations

import random
from datetime import date, timedelta

import networkx as nx

TYPES = ("Company", "Model", "Person", "Product", "Chip", "Fund", "Authority", "Instrument", "Jurisdiction", "Event")
SHARES = (34, 22, 12, 12, 5, 5, 4, 3, 2, 1)
EDGES = {
    ("Company", "Company"): ("PARTNERS_WITH", "INVESTED_IN", "SUPPLIES", "COMPETES_WITH"),
    ("Company", "Model"): ("DEVELOPED", "HOSTS"),
    ("Company", "Product"): ("OFFERS",),
    ("Person", "Company"): ("LEADS", "FOUNDED"),
    ("Fund", "Company"): ("INVESTED_IN",),
    ("Model", "Chip"): ("TRAINED_ON",),
    ("Model", "Model"): ("DERIVED_FROM", "SUCCEEDS"),
    ("Product", "Model"): ("EMBEDS",),
    ("Authority", "Instrument"): ("ISSUED",),
    ("Authority", "Company"): ("REVIEWS", "RESTRICTS"),
    ("Company", "Jurisdiction"): ("BASED_IN",),
}
KNOWN = (
    ("apple", "Company", "Apple Inc.", "苹果公司"), ("alibaba", "Company", "Alibaba Group", "阿里巴巴集团"),
    ("deepseek", "Company", "DeepSeek", "深度求索"), ("baidu", "Company", "Baidu", "百度"),
    ("tencent", "Company", "Tencent", "腾讯"), ("huawei", "Company", "Huawei", "华为"),
    ("qwen-3", "Model", "Qwen3", "通义千问3"), ("deepseek-r1", "Model", "DeepSeek-R1", ""),
    ("moonshot", "Company", "Moonshot AI", "月之暗面"), ("cac", "Authority", "Cyberspace Administration", "国家网信办"),
)  # fmt: skip
_HEAD = ("Star", "Cloud", "Deep", "Bright", "River", "Jade", "Silk", "North", "Blue", "Swift", "Lotus", "Peak")
_TAIL = ("Mind", "Logic", "Vision", "Wave", "Link", "Forge", "Speech", "Robotics", "Chip", "Data", "Drive", "Lab")
_HAN = "智云深明河玉丝北蓝迅莲峰思图波联铸语机芯数驰"
STATUS = ("confirmed", "confirmed", "confirmed", "reported", "reported", "announced", "denied", "ended")


def made_graph(nodes: int = 500, edges_per_node: float = 2.5, seed: int = 7) -> nx.MultiDiGraph:
    """A graph of that many nodes: hubs with many links, parallel facts, some dates and sources missing."""
    rng = random.Random(seed)
    graph = nx.MultiDiGraph()
    by_type: dict[str, list[str]] = {kind: [] for kind in TYPES}
    for number in range(nodes):
        key, kind, name, han = KNOWN[number] if number < len(KNOWN) else _entity(rng, number)
        graph.add_node(
            key, label=kind, name=name, name_zh=han, aliases=[f"{name} Ltd"] if number % 5 == 0 else [],
            country=rng.choice(["CN", "US", "SG"]), dataset="seeds", hash="0" * 8, bucket=number % 256,
        )  # fmt: skip
        by_type[kind].append(key)
    sources = {
        f"source-{n}": {
            "id": f"source-{n}", "title": f"{rng.choice(_HEAD)} report {n} 报道",
            "publisher": f"{rng.choice(_TAIL)} News",
            "published": (date(2023, 1, 1) + timedelta(days=n % 1200)).isoformat(),
            "url": f"https://news.example/{n}", "kind": rng.choice(["news", "official", "trade"]),
        }
        for n in range(max(8, nodes // 3))
    }  # fmt: skip
    pairs = [pair for pair in EDGES if by_type[pair[0]] and by_type[pair[1]]]
    places = list(sources)
    for number in range(round(nodes * edges_per_node)):
        first, second = rng.choice(pairs)
        start, end = _pick(rng, by_type[first]), _pick(rng, by_type[second])
        if start == end:
            continue
        graph.add_edge(start, end, key=f"fact-{number}", **_fact(rng, number, rng.choice(EDGES[first, second]), places))
    for number in range(nodes // 10):
        _figure(rng, graph, number, places)
    graph.graph.update(sources=sources, as_of=date(2026, 6, 30))
    return graph


def _entity(rng: random.Random, number: int) -> tuple[str, str, str, str]:
    kind = rng.choices(TYPES, SHARES)[0]
    name = f"{rng.choice(_HEAD)}{rng.choice(_TAIL)} {number}"
    return f"{kind.lower()}-{number}", kind, name, "".join(rng.choices(_HAN, k=3)) if rng.random() < 0.7 else ""


def _pick(rng: random.Random, keys: list[str]) -> str:
    return keys[min(len(keys) - 1, int(len(keys) * rng.random() ** 2.4))]


def _fact(rng: random.Random, number: int, kind: str, sources: list[str]) -> dict[str, object]:
    since = date(2022, 1, 1) + timedelta(days=rng.randrange(1600))
    status = rng.choice(STATUS)
    dated = rng.random() < 0.85
    fact: dict[str, object] = {
        "fact_id": f"fact-{number}", "type": kind, "status": status, "hash": "x", "bucket": 1, "dataset": "seeds",
        "sources": rng.sample(sources, rng.choice([0, 1, 1, 2, 3])), "confidence": round(rng.uniform(0.3, 0.99), 2),
    }  # fmt: skip
    if dated:
        fact |= {"known_from": since, "announced": since.isoformat()[:7]}
    if status == "ended":
        fact |= {"valid_to": since + timedelta(days=400), "until": (since + timedelta(days=400)).isoformat()}
    if number % 6 == 0:
        fact["note"] = f"Stated in a press release; terms {number} were not disclosed."
    if number % 9 == 0:
        fact["confidence_why"] = "two independent news sources, one of them official"
    return fact


def _figure(rng: random.Random, graph: nx.MultiDiGraph, number: int, sources: list[str]) -> None:
    key = f"obs-{number}"
    graph.add_node(
        key, label="Observation", name=key, metric="market_share", value=round(rng.uniform(1, 30), 1),
        unit="percent", as_of="2025-Q3", status="reported", sources=[rng.choice(sources)], confidence=0.7,
    )  # fmt: skip
    graph.add_edge(key, KNOWN[number % len(KNOWN)][0], key=f"{key}-of", type="OF")
    graph.add_edge(key, "baidu", key=f"{key}-by", type="MEASURED_BY")
