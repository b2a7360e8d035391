"""What saved Cypher tells of stored plans is what the planner answers, on both engines."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pytest
from chinaai.face import KnowledgeGraph
from chinaai.graph.dates import PartialDate
from chinaai.graph.elements import Batch, Edge, Node
from chinaai.graph.entry.gate import Row
from chinaai.graph.entry.profile import case_of
from chinaai.graph.entry.rules import Rules
from chinaai.graph.errors import ChinaAIError
from chinaai.graph.store import Store
from chinaai.loaders.base import Loaded, load
from chinaai.queries.entry.answer import Wish, answer_of
from chinaai.queries.entry.company import asker, recorded
from chinaai.queries.entry.from_store import _sources, entry_graph, register_rows
from chinaai.queries.entry.rows import EntryAnswer
from chinaai.queries.saved import QueryError
from shipped import TODAY

from .test_engine import GRAPH

_ANSWERS: dict[str, dict[tuple[str, str], EntryAnswer]] = {}


@pytest.fixture
def answers(kg: KnowledgeGraph) -> dict[tuple[str, str], EntryAnswer]:
    """The planner's answer for every kind of service and profile, worked out once for all that an engine tells it."""
    graph, rows = entry_graph(kg.store), register_rows(kg.store, TODAY)
    told = repr((graph, rows))
    if told not in _ANSWERS:
        _ANSWERS[told] = _asked(Rules(graph), rows)
    return _ANSWERS[told]


def _asked(rules: Rules, rows: list[Row]) -> dict[tuple[str, str], EntryAnswer]:
    return {
        (service, actor.id): answer_of(
            rules, case_of(rules.graph, service, TODAY, profile=actor.facts), service, rows, Wish(TODAY, flips=False)
        )
        for service in rules.graph.services
        for actor in rules.graph.actors.values()
    }


def test_rules_that_another_version_wrote_are_told(store: Store) -> None:
    """As after an upgrade, before the graph is built again: their blocks, and the pages that they cite."""
    store.write([("CREATE (:ChinaAI:CaseFact {id: 'f', spec: '{\"once_known\": true}'})", {})])
    store.write([("CREATE (:ChinaAI:Source {id: 'page', publisher: 'Paper', kind: 'a kind of before'})", {})])
    with pytest.raises(ChinaAIError, match=r"rules in the graph were written by another version .*run chinaai build"):
        entry_graph(store)
    with pytest.raises(ChinaAIError, match="written by another version"):
        _sources(store, ["page"])


def test_a_word_for_two_kinds_of_service_is_told_as_such(embedded_store: Store) -> None:
    """As in a graph of somebody else's seeds, or one that was built before `check` refused it."""
    made = "CREATE (:ChinaAI:ServiceKind {id: $id, name: $id, keys: [$id, 'chatbot'], aliases: ['chatbot']})"
    embedded_store.write([(made, {"id": "talk"}), (made, {"id": "chat"})])
    asked = KnowledgeGraph(embedded_store)
    for word in ("chatbot", "Chat-Bot", "ＣＨＡＴＢＯＴ"):
        with pytest.raises(QueryError, match=f"the kind of service '{word}' is ambiguous; use an id: chat .*, talk "):
            asked.market_entry_paths(None, word, actor="fie")
    with pytest.raises(
        QueryError, match=r"unknown kind of service 'chatbots'; did you mean chat or talk\? kinds: chat, talk"
    ):
        asked.market_entry_paths(None, "chatbots", actor="fie")


def test_a_judgement_that_was_taken_back_is_not_counted(embedded_store: Store) -> None:
    """A graph that was loaded before keeps the edge, retired."""
    made = (
        "MERGE (k:ChinaAI:ServiceKind {id: 'talk', name: 'talk', keys: ['talk']}) "
        "CREATE (f:ChinaAI:Filing {id: $id, listed: date('2026-01-01'), known_from: date('2026-01-01')}) "
        "CREATE (v:ChinaAI:Service {id: 'svc-' + $id}) CREATE (f)-[:COVERS]->(v) "
        "CREATE (v)-[:FOR_SERVICE {retired: $retired}]->(k)"
    )
    for name, retired in (("stands", None), ("gone", date(2026, 11, 30))):
        embedded_store.write([(made, {"id": name, "retired": retired})])
    rows = KnowledgeGraph(embedded_store).precedents("talk", as_of="2026-11-30")
    assert [note.split(" services")[0] for note in rows.notes if "judged" in note] == [
        "the kind was judged of 1 of the 2"
    ]


def told(answer: EntryAnswer) -> list[tuple[Any, ...]]:
    found = []
    for plan in answer.plans:
        ids: dict[str, list[str]] = {"due": [], "held": [], "depends": [], "not-applicable": []}
        for step in plan.steps:
            ids[step.status].append(step.requirement.id)
        marks = tuple(plan.days[mark] for mark in ("p10", "p50", "p80", "p90"))
        found.append(
            (plan.rank, plan.strategy.id, plan.gate, plan.gate_evidence.tier, plan.gate_evidence.text,
             sorted(ids["due"]), sorted(ids["held"]), sorted(ids["depends"]), marks)
        )  # fmt: skip
    return found


def test_options_are_the_planners(kg: KnowledgeGraph, answers: dict[tuple[str, str], EntryAnswer]) -> None:
    for (service, actor), answer in answers.items():
        rows = kg.run("entry-options", service=service, actor=actor, as_of=TODAY)
        stored = [
            (r.rank, r.strategy_id, r.gate, r.gate_tier, r.gate_evidence, r.due, r.held, r.depends,
             (r.days_p10, r.days_p50, r.days_p80, r.days_p90))
            for r in rows if not r.closed_by
        ]  # fmt: skip
        assert stored == told(answer), (service, actor)
        closed = {r.strategy_id: r.closed_by for r in rows if r.closed_by}
        assert closed == {c.strategy.id: sorted(bar.id for bar in c.bars) for c in answer.closed}, (service, actor)


def test_the_first_plan_and_the_duties_are_the_planners(
    kg: KnowledgeGraph, answers: dict[tuple[str, str], EntryAnswer]
) -> None:
    for (service, actor), answer in answers.items():
        if not answer.plans:
            continue
        rows = kg.run("entry-path", service=service, actor=actor, as_of=TODAY)
        stored = {
            (r.requirement_id, r.status, r.performer, r.level, r.days_min, r.days_max, r.days_basis) for r in rows
        }
        first = {
            (s.requirement.id, s.status, s.performer, s.level, *_ends(s)) for s in answer.plans[0].steps
            if s.status != "not-applicable"
        }  # fmt: skip
        assert stored == first, (service, actor)
        needs = kg.run("requirements", service=service, actor=actor, as_of=TODAY)
        every = {(s.requirement.id, s.status) for p in answer.plans for s in p.steps if s.status != "not-applicable"}
        assert {(r.requirement_id, r.status) for r in needs} == every, (service, actor)
        # what comes into force while a plan runs binds the plan, and is not law on the day
        law = {
            (s.requirement.id, b.article, b.says) for p in answer.plans for s in p.steps for b in s.basis
            if s.status != "not-applicable" and (b.in_force_from or "") <= str(TODAY)
        }  # fmt: skip
        assert {(r.requirement_id, r.article, r.says) for r in needs if r.says} == law, (service, actor)
        sure = {s.requirement.id: s.confidence for p in answer.plans for s in p.steps}
        assert all(r.confidence == sure[r.requirement_id] for r in needs), (service, actor)


def _ends(step: Any) -> tuple[Any, Any, Any]:
    if step.status != "due" or step.duration is None:
        return None, None, None
    return step.duration.min, step.duration.max, step.duration.basis


def test_every_plan_is_complete(answers: dict[tuple[str, str], EntryAnswer]) -> None:
    """Every duty has a body or is private, law or a gap, a source, an interval or a gap; nothing is closed bare."""
    for key, answer in answers.items():
        assert answer.plans or all(row.article for row in answer.closed), key
        assert all(row.article for row in answer.closed), key
        for choice in answer.choices:
            assert all(way.why for way in choice.ways), (key, choice.requirement.id)
        for plan in answer.plans:
            for step in plan.steps:
                codes = {gap.code for gap in step.gaps}
                where = (key, plan.strategy.id, step.requirement.id)
                assert step.why and step.why_zh, where
                if step.status in ("due", "depends"):
                    assert step.authority or "private" in codes, where
                    assert step.basis or codes & {"no-legal-basis", "unverified-basis"}, where
                    assert step.sources, where
                if step.status == "due" and step.blocks_launch:
                    assert step.duration or (step.way and step.way.id and step.needs) or "not-timed" in codes, where
                if step.status == "held":
                    assert step.critical is None, where


@pytest.mark.parametrize(
    ("service", "day", "told"),
    [("chat", "2025-12-31", False), ("chat", "2026-01-01", True), ("chat", "2026-06-30", True),
     ("chat", "2026-07-01", False), ("cars", "2026-03-01", False)],
)  # fmt: skip
def test_what_is_on_record_of_a_company_holds_from_its_first_day_to_the_day_before_its_end(
    service: str, day: str, told: bool
) -> None:
    line = SimpleNamespace(
        company="alfa", name=None, services=["chat"], since=PartialDate.parse("2026-01-01"),
        until=PartialDate.parse("2026-07-01"), source="s", says="it has one", seat=None, facts={"own_model": "yes"},
    )  # fmt: skip
    graph: Any = SimpleNamespace(company_facts=[line])
    pages: Any = SimpleNamespace(pages=lambda ids: {})
    found = recorded(pages, graph, service, date.fromisoformat(day), company="alfa")
    assert [known.value for known in found.values()] == (["yes"] if told else [])


def test_what_a_unit_of_a_unit_made_is_its_groups_own(store: Store) -> None:
    """A model of the company two steps below; one of the company three steps below shows nothing."""
    cited = {"status": "confirmed", "confidence": 0.8, "weak": False, "sources": ["page"], "known_from": TODAY}
    page = Node("Source", "page", {"name": "A page", "publisher": "Paper", "kind": "news", "licence": "unknown"})
    firms = [Node("Company", key, {"name": key.title(), "country": "CN"}) for key in ("top", "unit", "part", "last")]
    ends = [("Company", firm.id) for firm in firms]
    ties = [Edge("SUBSIDIARY_OF", f"{lower[1]}-of-{upper[1]}", lower, upper, cited) for upper, lower in pairwise(ends)]
    models = [Node("Model", f"of-{key}", {"name": f"Of {key}"}) for key in ("part", "last")]
    made = [Edge("DEVELOPED", f"{e[1]}-made", e, ("Model", f"of-{e[1]}"), cited) for e in ends[2:]]
    load(store, Loaded(Batch("made", [page, *firms, *models], [*ties, *made])), today=TODAY)
    _, facts = asker(KnowledgeGraph(store), GRAPH, "top", "consumer-chatbot", TODAY)
    shown = {held.fact_id for known in facts.values() for held in known.evidence}
    assert "part-made" in shown and "last-made" not in shown
