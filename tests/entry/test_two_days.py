"""One case on two days, and what never happens between days: a strategy that falls out without a word."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from chinaai.face import KnowledgeGraph
from chinaai.graph.entry.draws import Draws
from chinaai.graph.entry.outlook import Option, Outlook, outlook
from chinaai.graph.entry.profile import case_of
from chinaai.graph.entry.rules import Rules
from chinaai.queries.entry.answer import Wish, answer_of
from chinaai.queries.entry.changes import EntryChanges, _by_number, changes_of

from .test_engine import GRAPH, RULES

#: Days before, between and after the larger changes of law since the Measures of 2023.
DAYS = [date(2023, 9, 1), date(2024, 3, 1), date(2025, 3, 1), date(2025, 10, 1), date(2026, 5, 4), date(2027, 1, 1)]


@pytest.mark.slow
@pytest.mark.parametrize("service", sorted(GRAPH.services))
def test_every_strategy_is_told_on_every_day(service: str) -> None:
    rules: Rules = RULES
    for actor in GRAPH.actors.values():
        for day in DAYS:
            case = case_of(GRAPH, service, day, profile=actor.facts)
            found = outlook(rules, case, [], Draws(50))
            open_ = {option.strategy.id for option in found.options}
            shut = {one.strategy.id for one in (*found.closed, *found.unfit)}
            assert open_ | shut == set(GRAPH.strategies) and not open_ & shut, (actor.id, day)


@pytest.mark.slow
@pytest.mark.parametrize("service", sorted(GRAPH.services)[::3])
def test_a_guess_of_the_launch_changes_nothing(service: str) -> None:
    """Guesses right and wrong: each plan's own launch, another's, the first day, a day far after."""
    for actor, start in zip(GRAPH.actors.values(), DAYS, strict=False):
        case = case_of(GRAPH, service, start, profile=actor.facts)
        plain = outlook(RULES, case, [], Draws(50))
        days = [option.timing.day for option in plain.options]
        guesses = [days, days[::-1], *([day] * len(days) for day in {*days, start, date(2035, 1, 1)})]
        for guess in guesses:
            guessed = outlook(RULES, case, [], Draws(50), like=settled_on(plain, guess))
            assert list(map(road, guessed.options)) == list(map(road, plain.options)), guess
            assert (guessed.closed, guessed.unfit) == (plain.closed, plain.unfit), guess


def settled_on(found: Outlook, days: list[date]) -> Outlook:
    """The same options as if each had been settled by the law of the day given."""
    pairs = zip(found.options, days, strict=True)
    return replace(found, options=tuple(replace(o, timing=replace(o.timing, day=day)) for o, day in pairs))


def road(option: Option) -> tuple[object, ...]:
    """All that an option says but the day whose law was read: any day of one span of law says the same."""
    return option.strategy.id, option.plan, replace(option.timing, day=date.min), option.evidence, option.changes


def told(found: EntryChanges) -> set[tuple[str, str | None, str | None]]:
    return {(one.requirement.id, one.before, one.after) for one in found.duties}


def test_a_standard_ahead_enters_the_plan_that_ends_after_it(kg: KnowledgeGraph) -> None:
    """GB 47955-2026 binds from 2027-01-01: work begun in September 2025 ends before, in March 2026 after that day."""
    found = kg.entry_changes("Tesla", "adas", "2025-09-01", "2026-03-01")
    assert ("r.gb-l2", None, "due") in told(found)
    assert ("r.data-risk", None, "due") in told(found)  # in force 2026-08-20, between the two launches
    law = {(row.since, tuple(row.articles), tuple(duty.id for duty in row.duties)) for row in found.law}
    assert ("2025-11-01", ("2", "4"), ("r.incident",)) in law
    assert not found.opened and not found.closed


def test_law_between_the_days_names_the_duties_that_rest_on_it(kg: KnowledgeGraph) -> None:
    """The Interim Measures on anthropomorphic services are in force from 2026-07-15; a chatbot's law is older."""
    found = kg.entry_changes(None, "companion", "2025-12-01", "2026-11-28", seat="US")
    (measures,) = [row for row in found.law if row.since == "2026-07-15"]
    assert "拟人化" in (measures.instrument.name_zh or "")
    assert {"r.anthro-sa", "r.algo-filing"} <= {duty.id for duty in measures.duties}
    assert any("on record from 2026-07-15 only" in note for note in found.notes)
    days = [row.since for row in found.law]
    assert days == sorted(days) and days[0] > "2025-12-01" and days[-1] <= "2026-11-28"


@pytest.mark.parametrize(("first", "new"), [("2026-07-14", True), ("2026-07-15", False)])
def test_law_of_the_first_day_itself_is_not_new(first: str, new: bool) -> None:
    """The Interim Measures on anthropomorphic services are in force from 2026-07-15."""
    days, profile = (date.fromisoformat(first), date(2026, 11, 28)), GRAPH.actors["fie"].facts
    before, after = (
        answer_of(RULES, case_of(GRAPH, "companion", day, profile=profile), "companion", [], Wish(day, flips=False))
        for day in days
    )
    assert ("2026-07-15" in {row.since for row in changes_of(before, after).law}) is new


def test_articles_stand_by_their_numbers() -> None:
    assert sorted(["21", "9", "annex", "3-1", "10"], key=_by_number) == ["3-1", "9", "10", "21", "annex"]


def test_duties_are_those_of_one_road_and_not_of_two(kg: KnowledgeGraph) -> None:
    """In October 2025 a licence stood first, later an own company: that is no change of duties."""
    found = kg.entry_changes(None, "consumer-chatbot", "2025-10-01", "2026-03-02", seat="US", onshore=True)
    assert found.strategy[0] != found.strategy[1]
    assert any("best road of the second day" in note for note in found.notes)
    assert not {"r.entity", "r.partner-provider"} & {name for name, _, _ in told(found)}


def test_no_article_is_blamed_for_what_does_not_fit(kg: KnowledgeGraph) -> None:
    """A licensed operator runs services for business customers: no law closes it to a chatbot, it is no option."""
    answer = kg.market_entry_paths(
        None, "consumer-chatbot", "2026-11-28", facts={"seat": "US"}, strategy="operator", flips=False
    )  # fmt: skip
    assert not answer.plans and not answer.closed
    assert answer.head[0].startswith("No plan: ") and "no article closes one" in answer.head[0]
    assert any("it is offered to the public" in line for line in answer.head)
    told_zh = answer.head_zh[0]
    assert "法律条文关闭" not in told_zh
    told = kg.entry_changes(None, "consumer-chatbot", "2026-11-27", "2026-11-28", seat="US", strategy="operator")
    assert "no duty can be compared" in told.notes[0] and "No plan" in told.notes[0]
