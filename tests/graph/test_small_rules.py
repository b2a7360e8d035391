"""Dates, name keys, check digits and the confidence rule, by cases worked out by hand."""

from __future__ import annotations

import traceback
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from chinaai.graph import confidence, when
from chinaai.graph.confidence import judge
from chinaai.graph.dates import PartialDate
from chinaai.graph.entry.draws import Draws, quantiles
from chinaai.graph.entry.durations import DurationSpec
from chinaai.graph.entry.flips import Flip
from chinaai.graph.entry.law import basis_on, in_force
from chinaai.graph.entry.outlook import intervals, timed
from chinaai.graph.entry.rules import Rules
from chinaai.graph.errors import StoreError, may_be_told
from chinaai.graph.export.selection import holds
from chinaai.graph.identity import name_key, name_keys, name_steps
from chinaai.graph.model.actors import Company
from chinaai.graph.model.evidence import Source
from chinaai.graph.model.values import valid_lei, valid_uscc
from chinaai.graph.store import open_store

REVIEWED = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "first", "after", "precision"),
    [
        ("2025", date(2025, 1, 1), date(2026, 1, 1), "year"),
        ("2025-H2", date(2025, 7, 1), date(2026, 1, 1), "half"),
        ("2025-Q3", date(2025, 7, 1), date(2025, 10, 1), "quarter"),
        ("2025-12", date(2025, 12, 1), date(2026, 1, 1), "month"),
        ("2024-02-29", date(2024, 2, 29), date(2024, 3, 1), "day"),
    ],
)
def test_a_partial_date_is_a_span(text: str, first: date, after: date, precision: str) -> None:
    found = PartialDate.parse(text)
    assert (found.first, found.after, found.precision, str(found)) == (first, after, precision, text)


@pytest.mark.parametrize("text", ["2025-13", "2025-02-30", "2025-Q5", "13 Feb 2025", "25-02-13", "2025-2", ""])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        PartialDate.parse(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("APPLE", "apple"),
        ("ＡＬＩＢＡＢＡ", "Alibaba"),
        ("騰訊控股", "腾讯控股"),
        ("阿里\u200b巴巴", "阿里巴巴"),
        ("《智谱》", "智谱"),
        ("百度（中国）有限公司", "百度(中国)有限公司"),
        ("Mercedes-Benz", "mercedes benz"),
        ("NASDAQ:AAPL", "nasdaq:aapl"),
        ("OpenAI™", "OpenAI"),
    ],
)
def test_spellings_of_one_name_share_a_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Apple", "Applied"), ("百度", "百川"), ("01.AI", "1.AI"), ("AMD", "BMD"), ("Volvo Group", "Volvo")],
)
def test_other_names_keep_other_keys(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize("name", ["Group", "公司", "Co.", "---"])
def test_a_name_made_of_suffixes_keeps_a_key(name: str) -> None:
    assert name_key(name)


@pytest.mark.parametrize("name", ["Volvo", "沃尔沃"])
def test_the_legal_form_is_cut_and_the_group_is_not(name: str) -> None:
    assert name.casefold() in name_keys([f"{name} 有限公司" if name == "沃尔沃" else f"{name} AB"])
    assert [name_key(name)] not in name_steps(f"{name}集团" if name == "沃尔沃" else f"{name} Group", ("Company",))


@pytest.mark.parametrize(
    ("given", "written"),
    [("SHA:603019", "SSE:603019"), ("0700.HK", "HKEX:0700"), ("HKEX:00010", "HKEX:0010"), ("BABA.N", "NYSE:BABA")],
)
def test_a_listing_has_one_written_form(given: str, written: str) -> None:
    assert Company(id="one", name="One", tickers=[given]).tickers == [written]


def test_a_bare_number_is_no_name() -> None:
    assert name_steps("2026") == [] and name_keys(["360", "1024"]) == []


@pytest.mark.parametrize("name", ["杭州销售分公司", "上海子公司"])
def test_a_branch_keeps_its_word(name: str) -> None:
    assert name_steps(name) == [[name]]


def test_check_digits() -> None:
    # LEI of Apple Inc. in the GLEIF index; USCC of Huawei Technologies and of Tencent's Shenzhen firm.
    assert valid_lei("HWUPKR0MPOU8FGXBT394")
    assert not valid_lei("HWUPKR0MPOU8FGXBT395")
    assert valid_uscc("914403001922038216")
    assert valid_uscc("9144030071526726XG")
    assert not valid_uscc("914403001922038217")


def source(kind: str, publisher: str, origin: str | None = None) -> Source:
    return Source.model_validate({"id": name_key(publisher), "kind": kind, "publisher": publisher, "origin": origin})


def value(*sources: Source, status: str = "confirmed", seen: date | None = None, unseen: bool = False) -> float:
    found = judge(sources, status, reviewed=REVIEWED, last_seen=seen, open_ended=True, unseen=unseen)
    return found.value


def test_confidence_by_the_rule() -> None:
    assert value(source("news", "A")) == 0.80
    # 0.80 + 0.20 * 0.3 * 0.75 = 0.845
    assert value(source("news", "A"), source("trade", "B")) == 0.84
    # A copy of A adds nothing: one origin.
    assert value(source("news", "A"), source("syndicated", "B", origin="A")) == 0.80
    # Nor does what A says in a second place; who else stands there is another voice.
    assert value(source("primary", "A"), source("primary", "A (GitHub)"), source("primary", "a (Hugging Face)")) == 0.90
    assert value(source("primary", "A"), source("primary", "B (GitHub)")) > 0.90
    # One page is one source, whoever is named as its publisher and however its address is written.
    one, other = source("news", "A"), source("trade", "B")
    pages = [
        one.model_copy(update={"url": "https://www.a.cn/1"}),
        other.model_copy(update={"url": "http://A.cn/1/#top"}),
    ]
    assert value(*pages) == 0.80
    assert value(source("news", "A"), status="reported") == 0.72
    # 0.40 * 0.9 * 0.5
    assert value(source("community", "A"), status="reported", unseen=True) == 0.18
    # Open claim last seen more than two years before the review: 0.80 * 0.9
    assert value(source("news", "A"), seen=date(2024, 11, 1)) == 0.72
    assert value(source("news", "A"), seen=date(2025, 1, 1)) == 0.80


def test_two_years_old_is_not_stale_and_a_day_more_is() -> None:
    two_years = REVIEWED - timedelta(days=2 * 365)
    assert value(source("news", "A"), seen=two_years) == 0.80
    assert value(source("news", "A"), seen=two_years - timedelta(days=1)) == 0.72


def test_weak_means_blogs_aggregators_and_community_alone() -> None:
    def weak(*sources: Source) -> bool:
        return judge(sources, "reported", reviewed=REVIEWED, last_seen=None, open_ended=True).weak

    assert weak(source("blog", "A"), source("aggregator", "B"))
    assert not weak(source("blog", "A"), source("wiki", "B"))


def test_the_page_tells_the_same_numbers() -> None:
    page = (Path(__file__).parents[2] / "docs" / "confidence.md").read_text(encoding="utf-8")
    for kind, weight in confidence.KIND_WEIGHT.items():
        assert f"| {kind} | {weight:.2f} |" in page
    for status, factor in confidence.STATUS_FACTOR.items():
        assert f"| {status} | {factor:.2f} |" in page
    for number in (confidence.CLOSES, confidence.UNSEEN_FACTOR, confidence.STALE_LOSS, confidence.CEILING):
        assert f"{number:.2f}" in page


@pytest.mark.parametrize(
    "address",
    [
        "bolt://neo4j:s3cret@127.0.0.1:1", "neo4j+s://me:s3c/r@t@db.example", "http://a:s3cret@h:7474", "bolt://s3cret@h",
        "neo4j:s3cret@127.0.0.1", "neo4j:me:s3cret@h", "NEO4J://me:s3c%40r@h", "bolt://h:1?password=s3cret",
        "neo4j://h?user=me&pwd=s3cr@t", "neo4j://me:s3c?a=r@t", "neo4j://h#token=s3cret", "bolt://me:x@[::1]:1/s3c@h",
    ],
)  # fmt: skip
def test_no_password_of_an_address_is_told(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_URI", address)
    with pytest.raises(StoreError) as caught:
        open_store()
    told = "".join(traceback.format_exception(caught.value)[-1:])
    assert "s3c" not in told and "r@t" not in told
    assert "put user name and password into NEO4J_USERNAME and NEO4J_PASSWORD" in told


@pytest.mark.parametrize(
    "address", ["bolt://neo4j:s3cret", "neo4j+s://me:s3cret/db", "bolt://me:12s3c34", "neo4j:s3cret"]
)
def test_no_password_in_the_place_of_a_port_is_told(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_URI", address)
    with pytest.raises(StoreError, match=r"the address can't be used \(.*:…\); use bolt://"):
        open_store()


@pytest.mark.parametrize(
    "address", ["bolt://h:1", "neo4j://db.example", "neo4j+s://a-b_c.example:7687/x", "bolt://[::1]:7687", "h:1", "::1"]
)
def test_an_address_without_an_account_is_told_as_it_is(address: str) -> None:
    assert may_be_told(address) == address


@pytest.mark.parametrize("address", ["bolt://127.0.0.1:1?x=s3cret", "neo4j://127.0.0.1:1?x=s3cret", "h:1?x=s3cret"])
def test_no_query_of_an_address_is_told(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_URI", address)
    with pytest.raises(StoreError) as caught:
        open_store()
    assert "s3c" not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("behind", ["\r", "\r\n", " \r"])
def test_settings_from_a_file_with_crlf_work(monkeypatch: pytest.MonkeyPatch, behind: str) -> None:
    monkeypatch.setenv("NEO4J_URI", f"ftp://h:1{behind}")
    with pytest.raises(StoreError, match=r"the address can't be used \(ftp://h:1\)"):
        open_store()
    given = {"URI": "bolt://h:1", "USERNAME": "me", "PASSWORD": "pass word", "DATABASE": "graph"}
    for name, value in given.items():
        monkeypatch.setenv(f"NEO4J_{name}", value + behind.strip(" "))
    monkeypatch.setattr("chinaai.graph.store.Store", lambda endpoint: endpoint)
    found: Any = open_store()
    assert (found.uri, found.username, found.password, found.database) == tuple(given.values())


@pytest.mark.parametrize(
    ("day", "holds"), [("2024-12-31", False), ("2025-01-01", True), ("2025-12-31", True), ("2026-01-01", False)]
)
def test_law_holds_from_its_first_day_to_the_day_before_its_end(day: str, holds: bool) -> None:
    since, until = PartialDate.parse("2025-01-01"), PartialDate.parse("2026-01-01")
    basis = SimpleNamespace(at="i.x.1")
    item: Any = SimpleNamespace(since=since, until=until, legal_basis=[basis])
    graph: Any = SimpleNamespace(span=lambda at: (since, until))
    assert in_force(graph, item, date.fromisoformat(day)) is holds
    assert basis_on(graph, item, date.fromisoformat(day)) == [basis] * holds


def test_a_launch_falls_on_the_nearest_day() -> None:
    found = [Draws(4).window({"a": np.full(4, long)}, [])[0].p50 for long in (60.4, 60.6)]
    assert found == [60, 61]


def test_beyond_nine_of_ten_a_wait_grows_to_half_as_much_again() -> None:
    """docs/market-entry.md: straight lines through (0, min), (0.5, median), (0.9, p90), (1, 1.5 × p90)."""
    spec = DurationSpec(typical=20, p90=40, measures="authority", basis="estimate", clock="authority", rule="r")
    assert list(quantiles(spec, np.array([0.0, 0.5, 0.9, 1.0]))) == [0.0, 20.0, 40.0, 60.0]


def test_a_road_that_opens_weighs_more_than_three_weeks() -> None:
    def flip(fact: str, days: int | None, opens: tuple[str, ...] = ()) -> Flip:
        return Flip(fact, "yes", "no", (), (), days, opens, (), (None, None))

    made = [flip("days", 21), flip("road", 0, ("licence",)), flip("shut", None), flip("more", -40)]
    assert [one.fact for one in sorted(made, key=Flip.weight)] == ["shut", "more", "road", "days"]


@pytest.mark.parametrize(
    ("props", "en", "zh", "short"),
    [
        ({"since": "2026-05", "status": "confirmed"}, "since 2026-05", "自 2026-05", "2026-05"),
        ({"since": "2026-05", "announced": "2025", "status": "announced"},
         "planned for 2026-05", "计划于 2026-05", "planned for 2026-05"),
        ({"announced": "2025", "status": "announced"}, "announced 2025", "宣布于 2025", "2025"),
        ({"as_of": "2025-Q1", "status": "reported"}, "seen 2025-Q1", "见于 2025-Q1", "seen 2025-Q1"),
        # the day of an end is told where a source gives it, not where a load or the newest page stands for it
        ({"since": "2020", "status": "ended", "valid_to": date(2026, 1, 1)},
         "since 2020, ended, day unknown", "自 2020，已结束，日期未知", "2020"),
        ({"since": "2020", "status": "ended", "until": "2025-H1", "valid_to": date(2025, 7, 1)},
         "since 2020, ended 2025-H1", "自 2020，止于 2025-H1", "2020"),
    ],
)  # fmt: skip
def test_a_day_is_told_by_the_word_for_what_it_is(props: dict[str, Any], en: str, zh: str, short: str) -> None:
    assert (when.told(props), when.told(props, zh=True), when.cell(props, seen="as_of")) == (en, zh, short)


@pytest.mark.parametrize(("province", "days"), [("shanghai", 10), ("beijing", 30), (None, 30)])
def test_the_time_of_a_place_comes_before_the_general_one(province: str | None, days: int) -> None:
    def spec(typical: int, places: list[str]) -> DurationSpec:
        return DurationSpec(typical=typical, measures="authority", basis="estimate", clock="authority", rule="r",
                            plan=True, places=places)  # fmt: skip

    item = SimpleNamespace(durations=[spec(30, []), spec(10, ["shanghai"])], authorities=["a"])
    graph = SimpleNamespace(requirements={"r.x": item})
    rules: Any = SimpleNamespace(graph=graph, truth=lambda condition, values, day: condition is None)
    step: Any = SimpleNamespace(id="r.x")
    assert intervals(rules, step, {"province": province}, date(2026, 1, 1)).typical == days


def test_an_export_for_a_day_holds_what_an_answer_would() -> None:
    day = date(2025, 6, 1)
    told: list[tuple[dict[str, Any], bool]] = [
        ({"status": "confirmed"}, True), ({"status": "denied"}, False), ({"preferred": False}, False),
        ({"preferred": True}, True), ({"retired": day}, False), ({"known_from": day}, True), ({"valid_to": day}, False),
    ]  # fmt: skip
    for props, held in told:
        assert holds(props, day) is held, props


@pytest.mark.parametrize(("day", "open_"), [("2025-12-31", False), ("2026-01-01", True), ("2026-06-30", True),
                                            ("2026-07-01", False)])  # fmt: skip
def test_a_way_is_open_from_its_first_day_to_the_eve_of_its_end(day: str, open_: bool) -> None:
    span = {"since": PartialDate.parse("2026-01"), "until": PartialDate.parse("2026-07-01")}
    way: Any = SimpleNamespace(**span, needs=[], when=None)
    rules: Any = SimpleNamespace(truth=lambda condition, values, day: True)
    assert Rules.way_open(rules, way, {}, date.fromisoformat(day)) is open_


@pytest.mark.parametrize(
    ("bearer", "way", "provider", "who"),
    [
        ("provider", None, "self", "self"), ("provider", None, "licensee", "partner"),
        ("provider", None, "operator", "partner"), ("customer", None, "self", "customer"),
        ("customer", None, "licensee", "customer"), ("partner", None, "self", "partner"),
        ("group", None, "licensee", "self"), ("provider", "customer", "licensee", "customer"),
    ],
)  # fmt: skip
def test_a_step_is_taken_by_whom_its_way_names_or_its_duty_binds(
    bearer: str, way: str | None, provider: str, who: str
) -> None:
    rules: Any = SimpleNamespace()
    item: Any = SimpleNamespace(bearer=bearer)
    taken: Any = SimpleNamespace(performer=way) if way else None
    assert Rules.performer(rules, item, taken, {"provider": provider}) == who


def test_a_step_that_nobody_can_time_weighs_no_days_and_a_plan_that_falls_out_most() -> None:
    def flip(value: str, days: int | None, untimed: tuple[str, ...] = ()) -> Flip:
        return Flip("f", value, None, ("a",), (), days, (), (), (None, None), untimed)

    flips = [flip("untimed", None, ("r.x",)), flip("five days", 5), flip("no plan", None)]
    assert [one.value for one in sorted(flips, key=Flip.weight)] == ["no plan", "five days", "untimed"]


@pytest.mark.parametrize(("least", "usual", "median"), [
    (10, 100, 100), (None, 100, 100), (450, None, 562.5), (10, 12, 13),
])  # fmt: skip
def test_half_of_all_take_no_longer_than_the_usual_time(least: int | None, usual: int | None, median: float) -> None:
    """Of an interval without an end the usual value is the median; the least alone, or close to it, a quarter more."""
    spec = DurationSpec(min=least, typical=usual, measures="preparation", basis="estimate", clock="applicant", rule="r")
    assert float(quantiles(spec, np.array([0.5]))[0]) == pytest.approx(median)


def test_a_launch_waits_for_what_its_steps_need_though_that_blocks_nothing_itself() -> None:
    """The gate takes 10 days after a report of 50 that only it asks for; what nobody needs may come later."""

    def item(days: int, blocks: bool) -> SimpleNamespace:
        spec = DurationSpec(min=days, max=days, measures="authority", basis="estimate", clock="authority", rule="r",
                            plan=True)  # fmt: skip
        return SimpleNamespace(durations=[spec], authorities=["a"], includes=[], blocks_launch=blocks)

    items = {"gate": item(10, True), "report": item(50, False), "later": item(90, False)}
    steps = {name: SimpleNamespace(id=name, status="due", ways=[1], way=SimpleNamespace(needs=[])) for name in items}
    steps["gate"].way.needs = ["report"]
    plan: Any = SimpleNamespace(steps=steps, order=[("report", "gate")])
    rules: Any = SimpleNamespace(graph=SimpleNamespace(requirements=items), truth=lambda condition, values, day: True)
    found = timed(rules, plan, {}, date(2026, 1, 1), Draws(8))
    assert (set(found.launch), found.window.p50) == ({"gate", "report"}, 60)
