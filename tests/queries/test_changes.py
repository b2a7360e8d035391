"""What changed between two days: every precision of a date against a window, on both engines; briefing and feed.

Whether a written day lies in a window is worked out by hand here: 2025-Q1 runs to 2025-03-31, 2025-H1 to 2025-06-30.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import UTC, date, datetime
from typing import Any

import pytest
from chinaai.face import KnowledgeGraph
from chinaai.graph.elements import Batch, Edge, Node
from chinaai.graph.store import Store
from chinaai.loaders.base import Loaded, load
from chinaai.queries.briefing import atom, group_of, markdown, sentence
from chinaai.queries.rows import ChangeRow

SOURCE = Node("Source", "page", {"name": "A page", "publisher": "Paper", "kind": "news", "licence": "unknown",
                                 "url": "https://news.example/a"})  # fmt: skip
NODES = [
    SOURCE, Node("Company", "acme", {"name": "Acme", "country": "US"}),
    Node("Company", "beta", {"name": "Beta", "country": "CN"}), Node("Model", "m1", {"name": "M1"}),
    Node("ControlList", "a-list", {"name": "A list"}),
    Node("Instrument", "bare-law", {"name": "A law without a page", "country": "CN", "effective": "1999-05-01"}),
]  # fmt: skip
BASE = {"confidence": 0.8, "confidence_why": "news 0.80", "weak": False, "sources": ["page"]}


def fact(key: str, kind: str, ends: tuple[tuple[str, str], tuple[str, str]], **props: Any) -> Edge:
    return Edge(kind, key, *ends, {"status": "confirmed", **BASE, **props})


A, B, M, L = ("Company", "acme"), ("Company", "beta"), ("Model", "m1"), ("ControlList", "a-list")
FACTS = [
    fact("by-day", "PARTNERS_WITH", (A, B), since="2025-02-13", known_from=date(2025, 2, 13)),
    fact("by-month", "PARTNERS_WITH", (A, B), announced="2025-02", known_from=date(2025, 2, 1)),
    fact("by-quarter", "SUPPLIES", (B, A), since="2025-Q1", known_from=date(2025, 1, 1)),
    fact("by-half", "INVESTED_IN", (A, B), announced="2025-H1", known_from=date(2025, 1, 1)),
    fact("by-year", "DEVELOPED", (B, M), since="2025", known_from=date(2025, 1, 1)),
    fact("seen", "EMBEDS", (A, M), as_of="2025-02-20", known_from=date(2025, 2, 20)),
    fact("over", "NAMED_IN", (B, L), status="ended", since="2024-01-31", until="2025-02-28",
         known_from=date(2024, 1, 31), valid_to=date(2025, 2, 28)),
    fact("plan", "SUPPLIES", (A, B), status="announced", since="2024-H2", announced="2024-05-01",
         known_from=date(2024, 7, 1)),
    fact("no", "INVESTED_IN", (B, A), status="denied", as_of="2025-02-14", known_from=date(2025, 2, 14)),
]  # fmt: skip
#: window -> {(fact, what, whole in the window)}
WINDOWS: dict[tuple[str, str], set[tuple[str, str, bool]]] = {
    ("2025-02-10", "2025-02-28"): {
        ("by-day", "began", True), ("by-month", "announced", False), ("by-quarter", "began", False),
        ("by-half", "announced", False), ("by-year", "began", False), ("seen", "seen", True), ("over", "ended", True),
        ("no", "denied", True),
    },
    ("2025-01-01", "2025-03-31"): {
        ("by-day", "began", True), ("by-month", "announced", True), ("by-quarter", "began", True),
        ("by-half", "announced", False), ("by-year", "began", False), ("seen", "seen", True), ("over", "ended", True),
        ("no", "denied", True),
    },
    ("2025-04-01", "2025-06-30"): {("by-half", "announced", False), ("by-year", "began", False)},
    ("2025-02-13", "2025-02-13"): {
        ("by-day", "began", True), ("by-month", "announced", False), ("by-quarter", "began", False),
        ("by-half", "announced", False), ("by-year", "began", False),
    },
    ("2024-01-31", "2024-01-31"): {("over", "began", True)},
    ("2024-07-01", "2024-12-31"): {("plan", "planned", True)},
    ("2026-01-01", "2026-12-31"): set(),
}  # fmt: skip


@pytest.fixture
def asked(store: Store) -> KnowledgeGraph:
    load(store, Loaded(Batch("made", NODES, FACTS)), today=date(2026, 1, 1))
    return KnowledgeGraph(store)


def test_every_precision_against_every_window(asked: KnowledgeGraph) -> None:
    for (start, end), expected in WINDOWS.items():
        rows = asked.run("changes", start=start, end=end)
        assert {(row.fact_id, row.what, row.inside) for row in rows} == expected, (start, end)
        assert all(row.sources[0].url == "https://news.example/a" for row in rows)


def test_narrowed_by_entity_and_kind(asked: KnowledgeGraph) -> None:
    window = {"start": "2025-01-01", "end": "2025-12-31"}
    found = {row.fact_id for row in asked.run("changes", entity="M1", **window)}
    assert found == {"by-year", "seen"}
    kinds = {kind: {row.fact_id for row in asked.run("changes", kind=kind, **window)}
             for kind in ("partnership", "model", "capital", "restriction", "law", "filing")}  # fmt: skip
    assert kinds == {
        "partnership": {"by-day", "by-month", "by-quarter"}, "model": {"by-year", "seen"},
        "capital": {"by-half", "no"}, "restriction": {"over"}, "law": set(), "filing": set(),
    }  # fmt: skip


def test_a_briefing_sets_unsure_days_apart_and_a_feed_can_be_read(asked: KnowledgeGraph) -> None:
    rows = asked.run("changes", start="2025-02-10", end="2025-02-28")
    text = markdown(rows, "What changed")
    sure, unsure = text.split("## May lie outside the window")
    assert "**2025-02-13** began: Acme partners with Beta" in sure and "[Paper](https://news.example/a)" in sure
    assert "`by-month`" in unsure and "`by-month`" not in sure
    assert "## 2025-W07" in markdown(rows, "x", span="week")  # the 13th of February 2025 is a Thursday of week 7
    space = "{http://www.w3.org/2005/Atom}"
    made = datetime(2026, 1, 1, tzinfo=UTC)
    root = ET.fromstring(atom(rows, "Feed <&>", updated=made, address="https://example.org/f.xml"))
    assert root.find(space + "title").text == "Feed <&>"  # type: ignore[union-attr]
    ids = [entry.find(space + "id").text for entry in root.iter(space + "entry")]  # type: ignore[union-attr]
    assert len(ids) == len(set(ids)) == len(rows) and "tag:chinaai,2026:by-day:began:2025-02-13" in ids
    for entry in root.iter(space + "entry"):
        stamp = entry.find(space + "updated").text  # type: ignore[union-attr]
        assert datetime.fromisoformat(str(stamp)).tzinfo is not None


def change(fact: str, day: str) -> ChangeRow:
    return ChangeRow.model_construct(
        day=day, inside=True, what="began", kind="law", subject_id="a", subject="A", relation=None, object_id=None,
        object=None, detail=None, fact_id=fact, status=None, confidence=None, sources=[],
    )  # fmt: skip


def test_a_feed_begins_with_the_latest() -> None:
    """Rows come with the earliest first."""
    rows = [change("old", "2025-01-02"), change("new", "2025-02-03")]
    root = ET.fromstring(atom(rows, "T", updated=datetime(2025, 3, 1, tzinfo=UTC)))
    ids = [entry.findtext("{*}id") for entry in root.iterfind("{*}entry")]
    assert ids == ["tag:chinaai,2026:new:began:2025-02-03", "tag:chinaai,2026:old:began:2025-01-02"]


@pytest.mark.parametrize(
    ("day", "month", "week"),
    [("2025", "2025-12", "2026-W01"), ("2025-Q1", "2025-03", "2025-W14"), ("2025-02-13", "2025-02", "2025-W07")],
)
def test_a_row_stands_under_the_last_day_that_its_day_may_mean(day: str, month: str, week: str) -> None:
    """2025-12-31 is a Wednesday of the first week of 2026; 2025-03-31 the Monday of week 14."""
    assert (group_of(change("f", day), "month"), group_of(change("f", day), "week")) == (month, week)


def test_shipped_february_of_2025(kg: KnowledgeGraph) -> None:
    """Days read from the pages of the facts: the Alibaba deal of 13 February, the Korean ban of the 15th."""
    rows = kg.run("changes", start="2025-02-10", end="2025-02-28")
    found = {(row.day, row.what, row.kind, row.subject_id, row.object_id) for row in rows if row.inside}
    assert found >= {
        ("2025-02-13", "announced", "partnership", "apple", "alibaba"),
        ("2025-02-13", "announced", "model", "apple", "qwen"),
        ("2025-02-15", "began", "restriction", "pipc", "deepseek"),
        ("2025-02-12", "promulgated", "law", "i.piaudit", None),
    }
    assert all(row.sources for row in rows)


def test_a_figure_is_told_with_its_value_and_a_draft_is_not_promulgated(kg: KnowledgeGraph) -> None:
    rows = kg.run("changes", start="2026-11-12", end="2026-11-12", entity="ERNIE-5.5-Flash")
    assert [(r.what, r.relation, r.object, r.object_id) for r in rows] == [
        ("figure", "active_parameters", "14000000000 parameters", None),
        ("figure", "parameters", "280000000000 parameters", None),
    ]
    assert sentence(rows[0]) == "ERNIE-5.5-Flash active parameters 14,000,000,000 parameters"
    (draft,) = kg.run("changes", start="2026-01-10", end="2026-01-10", entity="i.apppi26")
    assert (draft.what, draft.status) == ("drafted", "draft")


def test_a_day_of_a_model_is_told_as_what_it_is(kg: KnowledgeGraph) -> None:
    """Weights opened, a service opened after its approval, and a paper published are no release."""
    found = kg.run("changes", start="2026-09-20", end="2026-09-20", entity="Qwen-Image-2.1")
    told = {(row.what, sentence(row)) for row in found if row.what not in ("announced", "figure")}
    assert told == {("open sourced", "Qwen-Image-2.1"), ("released", "Qwen-Image-2.1")}
    (opened,) = kg.run("changes", start="2023-08-31", end="2023-08-31", entity="ERNIE Bot", kind="model")
    assert opened.what == "approved for public"
    paper = kg.run("changes", start="2016-08-25", end="2016-08-25", entity="open-densenet-264-68007f", kind="model")
    assert {row.what for row in paper} == {"announced", "published"}


#: Pages that a row of law leads to, worked out from seeds/: its own block in entry/, the pages that its articles were
#: read on where the block has none, and pages of the facts that tell the day of a curated instrument.
LEADS = {
    ("genai-measures", "in force", "2023-08-15"): {
        "s.hankun-gai", "s.pillsbury-gai", "s.covington-gai", "s.laitimes-gai",
    },
    ("genai-measures", "promulgated", "2023-07-10"): {
        "s.hankun-gai", "s.pillsbury-gai", "s.covington-gai", "s.laitimes-gai",
    },
    ("neglist2021", "repealed", "2024-11-01"): {"s.people-neg24"},
    ("i.dsl", "in force", "2021-09-01"): {"s.text-dsl"},
    ("i.marketreg", "in force", "2022-03-01"): {"s.time-entity"},
    ("gp10-ascend", "in force", "2025-05-13"): {
        "crowell-diffusion", "exportcompliancedaily-2025-05-20", "freshfields-2025-05", "akin-diffusion",
    },
    ("i.safety-framework", "promulgated", "2024-09-09"): {"comparativeai-framework", "pymnts-tc260-2024-10-16"},
    ("i.cii", "in force", "2021-09-01"): {"s.clp-cii", "s.kwm-cii"},
    ("i.negftz21", "in force", "2022-01-01"): {"s.teller-neg21", "s.ecns-neg21"},
    ("telecom-permit", "in force", "2000-09-25"): {"fdi-gov-telecom-2000", "people-telecom-2000-10-01"},
    ("mapping-licence", "in force", "2022-08-30"): {
        "chinanews-mnr-2022-08-30", "dooland-mnr-2022-09-12", "cctv-mnr-2022-10-02",
    },
}  # fmt: skip


def test_a_row_of_law_without_a_page_says_that_none_tells_its_day(asked: KnowledgeGraph) -> None:
    [row] = asked.run("changes", start="1999-05-01", end="1999-05-31")
    assert (row.subject_id, row.kind, row.what, row.day) == ("bare-law", "law", "in force", "1999-05-01")
    assert (row.detail, list(row.sources)) == ("no page here tells this day", [])


def test_every_shipped_row_leads_to_a_page(kg: KnowledgeGraph) -> None:
    rows = kg.run("changes", start="1990-01-01", end="2030-01-01")
    assert [row.subject_id for row in rows if not row.sources] == []
    law = {(row.subject_id, row.what, row.day): row for row in rows if row.kind == "law"}
    assert {key: {source.id for source in law[key].sources} for key in LEADS} == LEADS
    unread = law["neglist2021", "in force", "2022-01-01"]  # effective_seen: false in its block
    assert (unread.detail, len(unread.sources)) == ("its pages were not read for this day", 1)
