"""The Python face on the small seeds: rows, names in every form, frames, read-only Cypher."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pandas
import pytest
from chinaai import KnowledgeGraph, QueryError, StoreError
from small import Small


@pytest.fixture
def kg(small_place: Small) -> KnowledgeGraph:
    return KnowledgeGraph(small_place[0])


@pytest.mark.parametrize("name", ["alpha", "Alpha Inc.", "ALPHA", "阿尔法公司", "阿尔法", "NASDAQ:ALPH", "ALPH"])
def test_a_company_is_found_under_all_its_names(kg: KnowledgeGraph, name: str) -> None:
    rows = kg.partnerships(name, as_of="2025-03-01")
    assert {(r.partner_id, r.status, r.announced) for r in rows} == {("beta", "confirmed", "2025-02-13")}


def test_a_fact_stands_in_no_answer_before_it_was_known(kg: KnowledgeGraph) -> None:
    assert kg.partnerships("alpha", as_of="2025-02-12") == []
    assert len(kg.partnerships("alpha", as_of="2025-02-13")) == 1


@pytest.mark.parametrize(
    "moment",
    [datetime(2025, 3, 1, 6, 30), datetime(2025, 2, 13, tzinfo=UTC), pandas.Timestamp("2026-01-31T23:59:59.999999999")],
)
def test_a_moment_asks_as_its_day_does(kg: KnowledgeGraph, moment: datetime) -> None:
    """A DATETIME beside a DATE is null in Cypher, and drops the row in silence."""
    day = moment.date()
    for ask in (
        lambda when: kg.partnerships("alpha", as_of=when),
        lambda when: kg.observations("alpha", as_of=when),
        lambda when: kg.path("Alpha", "Beta-1", as_of=when),
        lambda when: kg.evidence_path("alpha", "beta", as_of=when),
        lambda when: kg.influence(as_of=when),
        lambda when: kg.run("changes", start="2024-01-01", end=when),
    ):
        rows = ask(moment)
        assert rows and rows.to_dicts() == ask(day).to_dicts()


@pytest.mark.parametrize("last", ["9999-12-31", "9999-Q4", date.max])
def test_the_last_day_there_is_asks_as_any_other(kg: KnowledgeGraph, tmp_path: Path, last: date | str) -> None:
    for ask in (
        lambda when: kg.ties("alpha", as_of=when),
        lambda when: kg.evidence_path("alpha", "beta", as_of=when),
        lambda when: kg.influence(as_of=when),
        lambda when: kg.communities(as_of=when),
    ):
        rows = ask(last)
        assert rows and rows.to_dicts() == ask("9000-01-01").to_dicts()
    assert kg.export(tmp_path / "out.jsonl", "jsonl", as_of=last).nodes == len(kg.to_networkx(as_of="9000-01-01"))


def test_talks_end_with_the_month_in_which_they_ended(kg: KnowledgeGraph) -> None:
    def talks(day: str) -> set[tuple[str, str, str | None, str | None]]:
        return {(r.relation, r.other_id, r.announced, r.until) for r in kg.run("talks", company="alpha", as_of=day)}

    assert talks("2024-11-30") == set()
    assert talks("2025-02-28") == {("NEGOTIATED_WITH", "gamma", "2024-12", "2025-02")}
    assert talks("2025-03-01") == set()


def test_rows_carry_source_objects_in_the_order_given(kg: KnowledgeGraph) -> None:
    (row,) = kg.partnerships("alpha")
    assert [(s.id, s.publisher, s.published) for s in row.sources] == [
        ("wire-2025", "A Wire", "2025-02-13"),
        ("copy-2025", "A Mirror", "2025-02"),
    ]


def test_an_observation_says_who_counted_what_when(kg: KnowledgeGraph) -> None:
    rows = kg.observations("alpha", metric="market_share")
    assert [(r.value, r.unit, r.seen, r.market, r.measured_by) for r in rows] == [
        (15.5, "percent", "2024-Q4", "Phones in China", "Counter Research")
    ]


def test_a_path_shows_each_step_with_its_evidence(kg: KnowledgeGraph) -> None:
    (row,) = kg.path("Alpha", "Beta-1", as_of="2025-03-01")
    assert row.nodes == ["Alpha Inc.", "Beta Robotics", "Beta-1"]
    assert [(s["from"], s["relation"], s["to"], s["sources"][0]["id"]) for s in row.steps] == [
        ("alpha", "PARTNERS_WITH", "beta", "wire-2025"),
        ("beta", "DEVELOPED", "beta-1", "firm-page"),
    ]
    assert row.confidence == 0.8


def test_frames(kg: KnowledgeGraph) -> None:
    frame = kg.partnerships("alpha").to_pandas()
    assert list(frame["partner_id"]) == ["beta"]
    assert next(iter(frame.columns)) == "partner_id"
    assert list(kg.partnerships("gamma").to_pandas().columns) == list(frame.columns)
    polar = kg.ties("alpha").to_polars()
    assert list(polar["other_id"]) == ["beta"]  # the talks with gamma ended
    assert {source["publisher"] for source in polar["sources"][0]} <= {"A Wire", "A Mirror"}
    assert kg.partnerships("gamma").to_polars().columns == list(frame.columns)


def test_an_unknown_name_lists_near_ones(kg: KnowledgeGraph) -> None:
    with pytest.raises(
        QueryError, match=r"unknown Company 'Betta Robotics'.*did you mean beta \(Company: Beta Robotics\)"
    ):
        kg.partnerships("Betta Robotics")
    with pytest.raises(QueryError, match=r"'Beta-1' is no Company; it names beta-1 \(Model: Beta-1\)"):
        kg.partnerships("Beta-1")


def test_questions_and_parameters_that_do_not_exist(kg: KnowledgeGraph) -> None:
    with pytest.raises(QueryError, match="no question 'partnership'; did you mean partnerships"):
        kg.run("partnership")
    with pytest.raises(QueryError, match="has no parameter 'firm'; it has: company, as_of"):
        kg.run("partnerships", firm="alpha")
    with pytest.raises(QueryError, match="needs 'company'"):
        kg.run("partnerships")
    with pytest.raises(QueryError, match="'soon' is no date for 'as_of'"):
        kg.partnerships("alpha", as_of="soon")


def test_free_cypher_reads_and_says_when_it_cut(kg: KnowledgeGraph) -> None:
    answer = kg.cypher("MATCH (c:Company) RETURN c.id AS id ORDER BY id", limit=2)
    assert (answer.columns, answer.rows, answer.cut) == (["id"], [{"id": "alpha"}, {"id": "beta"}], True)
    answer = kg.cypher("MATCH (c:Company {id: $id}) RETURN c.name_zh AS zh", id="beta")
    assert (answer.rows, answer.cut) == ([{"zh": "贝塔机器人"}], False)


def test_free_cypher_can_not_write(kg: KnowledgeGraph) -> None:
    before = kg.status().digest
    with pytest.raises(StoreError, match="reads only"):
        kg.cypher("MATCH (c:Company) SET c.name = 'x' RETURN c")
    assert kg.status().digest == before
