"""A small graph whose answers were worked out by hand, and the maker of large ones."""

from __future__ import annotations

import runpy
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from chinaai import KnowledgeGraph
from chinaai.view.plans import slim
from filelock import FileLock
from workers import Run

NODES = {
    "apple": ("Company", "Apple Inc.", "苹果公司", ["Apple Computer", "AAPL"]),
    "alibaba": ("Company", "Alibaba Group", "阿里巴巴集团", []),
    "baidu": ("Company", "Baidu", "百度", []),
    "deepseek": ("Company", "DeepSeek", "深度求索", []),
    "idc": ("Company", "IDC", "", []),
    "lonely": ("Company", "Lonely Ltd", "孤单公司", []),
    "qwen": ("Model", "Qwen", "通义千问", []),
    "cac": ("Authority", "Cyberspace Administration of China", "国家互联网信息办公室", []),
    "tim": ("Person", "Tim Cook", "蒂姆·库克", []),
}
# id: (start, type, end, status, known from, valid to, confidence, sources, other fields)
FACTS: dict[str, tuple[str, str, str, str, date | None, date | None, float, list[str], dict[str, Any]]] = {
    "f1": ("apple", "PARTNERS_WITH", "alibaba", "confirmed", date(2025, 2, 13), None, 0.9, ["s1", "s2"],
           {"announced": "2025-02-13", "confidence_why": "confirmed by one side, two sources", "scope": "iPhones"}),
    "f2": ("apple", "PARTNERS_WITH", "baidu", "reported", date(2024, 12, 1), date(2025, 2, 13), 0.4, ["s1"],
           {"until": "2025-02", "conflict": "who-helps-apple"}),
    "f3": ("alibaba", "DEVELOPED", "qwen", "confirmed", None, None, 0.95, ["s2"], {}),
    "f4": ("apple", "NEGOTIATED_WITH", "alibaba", "reported", date(2025, 1, 10), None, 0.6, [], {}),
    "f5": ("cac", "REVIEWS", "apple", "announced", date(2025, 6, 16), None, 0.7, ["s1"], {}),
    "f6": ("tim", "LEADS", "apple", "confirmed", date(2011, 8, 24), None, 0.99, ["s2"], {}),
    "f7": ("baidu", "COMPETES_WITH", "deepseek", "denied", date(2025, 1, 1), None, 0.2, ["s1"], {}),
    "f8": ("deepseek", "COMPETES_WITH", "alibaba", "reported", date(2025, 1, 20), None, 0.5, ["s1"], {}),
    "f9": ("alibaba", "PARTNERS_WITH", "apple", "reported", date(2025, 2, 11), None, 0.5, ["s1"], {}),
}  # fmt: skip
SOURCES = {
    "s1": {"id": "s1", "title": "Chairman confirms iPhone deal", "publisher": "Example News",
           "published": "2025-02-13", "url": "https://news.example/deal", "kind": "news"},
    "s2": {"id": "s2", "title": "阿里巴巴公告", "publisher": "Alibaba", "published": None,
           "url": "javascript:alert(1)", "kind": "primary"},
}  # fmt: skip
# an answer as the command prints it, with what a page shows of it
ANSWER: dict[str, Any] = {
    "as_of": "2026-11-28",
    "head": ["Apple can launch on 2027-03-01 at P50.", "The gate is a filing 备案."],
    "case": {"seat": {"value": "US", "from": "apple"}},
    "plans": [{
        "rank": 1, "strategy": "own company", "gate": "filing", "gate_evidence": "18 of 20 foreign-owned firms filed",
        "launch": {"p10": "2027-01-10", "p50": "2027-03-01", "p80": "2027-04-20", "p90": "2027-06-01"},
        "steps": [
            {"requirement": {"id": "company", "name": "Found a company", "name_zh": "设立公司"}, "status": "held",
             "why": "a company is on record", "authority": ["SAMR"], "needs": [], "critical": 0.0,
             "duration": {"min": 60, "typical": 90, "max": 180, "basis": "observed"}, "sources": [], "gaps": []},
            {"requirement": {"id": "assess", "name": "Security assessment", "name_zh": "安全评估"}, "status": "due",
             "why": "it generates content", "authority": ["CAC"], "needs": ["company"], "critical": 0.9,
             "duration": {"min": 30, "typical": 60, "max": 90, "basis": "estimate"},
             "sources": [{"id": "s1", "publisher": "Example News", "url": "https://news.example/deal"}],
             "gaps": ["the text was seen on a secondary page alone"]},
            {"requirement": {"id": "file", "name": "Filing", "name_zh": "备案"}, "status": "due",
             "why": "the service is public", "authority": ["CAC"], "needs": ["assess", "company"], "critical": 1.0,
             "duration": {"min": 82, "typical": 54, "max": 387, "basis": "observed"}, "sources": [], "gaps": []},
        ],
        "partners": [], "precedents": [],
    }],
    "choices": [], "flips": [], "horizon": [], "assumptions": [], "prohibitions": [],
}  # fmt: skip


@pytest.fixture
def small() -> nx.MultiDiGraph:
    """Nine entities, nine facts, one figure, as of 2026-01-01."""
    graph = nx.MultiDiGraph(sources=SOURCES, as_of=date(2026, 1, 1))
    for key, (label, name, name_zh, aliases) in NODES.items():
        graph.add_node(key, label=label, name=name, name_zh=name_zh, aliases=aliases, keys=["k"], hash="h", bucket=1)
    for key, (start, kind, end, status, known, until, confidence, sources, more) in FACTS.items():
        graph.add_edge(start, end, key=key, fact_id=key, type=kind, status=status, known_from=known, valid_to=until,
                       confidence=confidence, sources=sources, hash="h", bucket=2, **more)  # fmt: skip
    graph.add_node("s1", label="Source", title="Chairman confirms iPhone deal")
    graph.add_node("share", label="Observation", name="share", metric="market_share", value=17.3, unit="percent",
                   as_of="2025-Q3", status="reported", sources=["s1"], confidence=0.7)  # fmt: skip
    graph.add_edge("share", "apple", key="share-of", type="OF")
    graph.add_edge("share", "idc", key="share-by", type="MEASURED_BY")
    return graph


@pytest.fixture(scope="session")
def made_graph() -> Callable[..., nx.MultiDiGraph]:
    made: Callable[..., nx.MultiDiGraph] = runpy.run_path(str(Path(__file__).with_name("made.py")))["made_graph"]
    return made


@pytest.fixture
def plan() -> dict[str, Any]:
    return slim("apple/phone-assistant", "Apple × phone assistant", "apple", ANSWER)


@pytest.fixture(scope="session")
def page_file(run: Run, request: pytest.FixtureRequest) -> Path:
    """The page of the shipped graph."""
    return _written(run, "page.html", request)


@pytest.fixture(scope="session")
def planned_file(run: Run, request: pytest.FixtureRequest) -> Path:
    """The same with the plan of Samsung's phone assistant."""
    return _written(run, "planned.html", request, route=("Samsung", "phone-assistant"), start="who")


def _written(run: Run, name: str, request: pytest.FixtureRequest, **options: Any) -> Path:
    """A page of the shipped graph, written once a run, whatever the number of its processes."""
    target = run.folder / name
    with FileLock(f"{target}.lock"):
        if not target.exists():
            kg = KnowledgeGraph(request.getfixturevalue("embedded_shipped"))
            kg.view(target.with_suffix(".part.html"), as_of="2026-11-28", **options)
            target.with_suffix(".part.html").rename(target)
    return target
