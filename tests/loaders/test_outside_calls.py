"""What a stranger's loader gives to `Outside`: kept, or told with its place, all at once; nothing is raised."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from chinaai.face import KnowledgeGraph
from chinaai.graph.dates import PartialDate
from chinaai.graph.errors import ChinaAIError
from chinaai.graph.gate import by_themselves
from chinaai.graph.model.actors import Company, Fund
from chinaai.graph.model.evidence import Source
from chinaai.graph.store import Store
from chinaai.loaders.base import SEEDS, Context, Loaded, Loader, load, read_by
from chinaai.loaders.cells import Cells
from chinaai.loaders.curated import read_seeds
from chinaai.loaders.identity import Identity
from chinaai.loaders.json_reader import read_json
from chinaai.loaders.outside import Outside
from chinaai.loaders.table import read_table

TODAY = date(2026, 11, 24)
ROWS = "client,since\nAcme,2025\n,2025-13\nBeta,2031-01-01\n"


def outside(folder: Path, identity: Identity | None = None) -> Outside:
    context = Context(identity or Identity(), folder, TODAY, date(2026, 11, 1))
    return Outside("mine", Source(id="mine", publisher="P", kind="news", licence="open"), context)


def two(out: Outside) -> tuple[tuple[str, str], tuple[str, str]]:
    return out.make(Company, "Acme"), out.make(Company, "Beta")


def told(out: Outside) -> list[str]:
    """What keeps the data set from being loaded, before a store is asked."""
    loaded = out.finish("")
    return [str(problem) for problem in loaded.problems or by_themselves(loaded.batch)]


@pytest.mark.parametrize(
    ("status", "confidence", "why"),
    [("denied", 0.4, "denied ×0.50"), ("confirmed", 0.8, "news 0.80"), ("reported", 0.72, "reported ×0.90")],
)
def test_the_status_of_a_fact_weighs_in_its_confidence(
    tmp_path: Path, status: str, confidence: float, why: str
) -> None:
    out = outside(tmp_path)
    ends = two(out)
    out.fact("PARTNERS_WITH", ("a", 1), *ends, status=status, announced=PartialDate.parse("2026-01-05"))
    out.figure("revenue", "Acme", ends[0], value=3.0, unit="CNY", status=status, as_of=PartialDate.parse("2025"))
    (fact,), figures = out.loaded.batch.edges[:1], [n for n in out.loaded.batch.nodes if n.label == "Observation"]
    for held in (fact, *figures):
        assert (held.props["status"], held.props["confidence"]) == (status, confidence)
        assert why in str(held.props["confidence_why"])


def test_what_the_gate_would_find_is_told_with_the_rest_and_its_place(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(ROWS, encoding="utf-8")
    table, problems = read_table(path, ("client", "since"))
    assert problems == []
    out = outside(tmp_path)
    other = out.make(Company, "Gamma")
    for line, cells in table.rows():
        row = Cells(table, line, cells, TODAY)
        name, day = row.text("client"), row.span("since")
        out.loaded.problems += row.told()
        if name:
            made = out.make(Company, name, at=row)
            out.fact("PARTNERS_WITH", (name,), made, ("Product", "x"), announced=day, at=row)
            out.fact("SUPPLIES", (name,), made, other, announced=day, at=row, status="maybe", colour="red")
    lines = told(out)
    assert [line.split(" ")[:2] for line in lines] == [
        ["rows.csv:2:1", "EDGE-END"], ["rows.csv:2:1", "UNKNOWN-PROPERTY"], ["rows.csv:2:1", "VALUE"],
        ["rows.csv:3:1", "EMPTY-CELL"], ["rows.csv:3:2", "DATE"],
        ["rows.csv:4:1", "EDGE-END"], ["rows.csv:4:1", "UNKNOWN-PROPERTY"], ["rows.csv:4:1", "VALUE"],
        ["rows.csv:4:6", "DATE"],
    ]  # fmt: skip


def test_a_fact_that_only_the_gate_refuses_has_its_place(tmp_path: Path, embedded_store: Store) -> None:
    path = tmp_path / "f.json"
    path.write_text('{"a": [\n {"x": "1"}]}', encoding="utf-8")
    root, _ = read_json(path, "f.json")
    assert root is not None
    out = outside(tmp_path)
    (at,) = root.listed("a")
    out.fact("PARTNERS_WITH", ("a",), two(out)[0], ("Company", "nobody"), announced=None, at=at)
    with pytest.raises(ChinaAIError) as refused:
        load(embedded_store, out.finish(""), today=TODAY)
    lines = [str(problem) for problem in getattr(refused.value, "problems", [])]
    assert len(lines) == 1 and lines[0].startswith("f.json:2:2 MISSING-NODE ") and "'nobody'" in lines[0]


@pytest.mark.parametrize(
    ("call", "line"),
    [
        (lambda out: out.figure("revenue", "Acme", out.make(Company, "Acme")), "metric revenue takes 'value'"),
        (lambda out: out.figure("revenue", "A", out.make(Company, "A"), value="much"), "value can't be 'much'"),
        (lambda out: out.cite("page", name="x", publisher="P", kind="news"), "source 'page' has no field 'name'"),
        (lambda out: out.cite("page", publisher="P", kind="news", published="2031-01-01"), "lies in the future"),
        (lambda out: out.conflict("a-b", "Since when?", ["no-such"]), "'no-such' is no fact of this data set"),
        (lambda out: out.conflict("A b", "Since when?", []), "conflict: 'A b' is not allowed; write small letters"),
        (
            lambda out: out.fact("PARTNERS_WITH", ("a",), *two(out), as_of=PartialDate.parse("1025-01-01")),
            "'1025-01-01' lies too far back",
        ),
        (
            lambda out: out.fact("PARTNERS_WITH", ("a",), *two(out), announced=PartialDate.parse("2031-01-01")),
            "'2031-01-01' lies in the future",
        ),
    ],
)
def test_what_a_call_can_t_be_given_is_a_problem(tmp_path: Path, call: Any, line: str) -> None:
    out = outside(tmp_path)
    call(out)
    lines = told(out)
    assert any(line in one for one in lines), lines


def test_two_pages_that_contradict_each_other_stay_and_are_asked_for(tmp_path: Path, store: Store) -> None:
    out = outside(tmp_path)
    ends = two(out)
    sides = [
        out.fact("PARTNERS_WITH", (day,), *ends, announced=PartialDate.parse(day)) for day in ("2025-01-02", "2025-02")
    ]
    out.conflict("acme-beta-day", "Since when?", sides, prefer=sides[0], reason="The page of the firm itself.")
    load(store, out.finish(""), today=TODAY)
    rows = KnowledgeGraph(store).conflicts()
    assert {(row.conflict, row.fact_id, row.preferred) for row in rows} == {
        ("acme-beta-day", sides[0], True), ("acme-beta-day", sides[1], False),
    }  # fmt: skip


def test_a_conflict_of_one_side_is_refused(tmp_path: Path) -> None:
    out = outside(tmp_path)
    side = out.fact("PARTNERS_WITH", ("a",), *two(out))
    out.conflict("alone", "Since when?", [side])
    (problem,) = by_themselves(out.finish("").batch)
    assert "a conflict names two sides or more in 'facts'" in str(problem)


def test_a_company_under_the_name_of_another_kind_is_no_second_one(tmp_path: Path) -> None:
    out = outside(tmp_path, read_seeds(SEEDS).identity())
    out.join_or_make(Company, "国家互联网信息办公室")
    (line,) = told(out)
    assert "OTHER-TYPE '国家互联网信息办公室' is the Authority cac, and no Company" in line


def test_a_company_under_the_name_of_a_fund_is_no_second_one(tmp_path: Path) -> None:
    fund = Fund(id="big-fund", name="Big Fund", name_zh="大基金")
    out = outside(tmp_path, Identity([fund]))
    out.join_or_make(Company, "大基金")
    (line,) = told(out)
    assert "OTHER-TYPE '大基金' is the Fund big-fund, and no Company" in line


def test_a_number_is_above_zero(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text("users\n0\n0.0\n0.5\n", encoding="utf-8")
    table, _ = read_table(tmp_path / "rows.csv", ("users",))
    read = [Cells(table, line, cells) for line, cells in table.rows()]
    assert [one.number("users") for one in read] == [None, None, 0.5]
    said = [f"'{text}' is not a number above zero" for text in ("0", "0.0")]
    assert [one.told()[0].message for one in read[:2]] == said


def test_an_item_that_stands_twice_is_told(tmp_path: Path) -> None:
    from pydantic import BaseModel

    class Firm(BaseModel):
        id: str

    path = tmp_path / "f.json"
    path.write_text('{"a": [\n {"id": "x"},\n {"id": "y"},\n {"id": "x"}]}', encoding="utf-8")
    root, _ = read_json(path, "f.json")
    out = outside(tmp_path)
    assert [item.id for _, item in out.items(root, "a", Firm, unique="id")] == ["x", "y"]
    assert told(out) == ["f.json:4:9 DUPLICATE-ID id 'x' stands twice in 'a'; first in line 2"]


class _Wrong(Loader):
    name, title, expects = "wrong", "Wrong", "anything"

    def __init__(self, does: Any) -> None:
        self.does = does

    def read(self, path: Path, context: Context) -> Loaded:
        found: Loaded = self.does()
        return found


@pytest.mark.parametrize(
    ("does", "words"),
    [
        (lambda: 1 / 0, "ended by an error of its own: ZeroDivisionError: division by zero"),
        (lambda: Source(id="x"), "Source can't be made: publisher: Field required"),
        (lambda: None, "loader 'wrong' gave back NoneType"),
    ],
)
def test_an_error_of_a_loader_is_told_as_its_own(tmp_path: Path, does: Any, words: str) -> None:
    with pytest.raises(ChinaAIError) as told_:
        read_by(_Wrong(does), tmp_path, Context(Identity()))
    assert words in str(told_.value)
    assert "test_outside_calls" in str(told_.value)


P = PartialDate.parse


@pytest.mark.parametrize(
    ("said", "dates"),
    [
        ({"since": P("2024-03"), "until": P("2024-09")}, ("2024-03-01", "valid_from", "2024-10-01")),
        ({"announced": "2024/7/1", "until": "2025"}, ("2024-07-01", "announced", "2026-01-01")),
        ({"as_of": date(2024, 7, 2)}, ("2024-07-02", "as_of", None)),
        ({"as_of": P("2024-07")}, ("2024-08-01", "as_of", None)),
        ({"announced": P("2024-07"), "status": "ended"}, ("2024-07-01", "announced", "2024-07-01")),
        ({"status": "ended", "dated": "2025-04-03"}, ("2025-04-03", "source", "2025-04-03")),
        ({"dated": "2025-04-03"}, ("2025-04-03", "source", None)),
        ({}, (None, None, None)),
        ({"since": P("2024"), "known_from": date(2025, 1, 1), "valid_to": date(2026, 1, 1)},
         ("2025-01-01", "valid_from", "2026-01-01")),
    ],
)  # fmt: skip
def test_a_fact_counts_from_and_to_the_days_of_a_curated_one(tmp_path: Path, said: Any, dates: Any) -> None:
    out = outside(tmp_path)
    dated = said.pop("dated", None)
    sources = [out.cite("page", publisher="Paper", kind="news", published=dated)] if dated else []
    out.fact("PARTNERS_WITH", ("a",), *two(out), sources=sources, **said)
    assert told(out) == []
    (fact,) = out.loaded.batch.edges
    held = [fact.props.get(name) for name in ("known_from", "known_from_basis", "valid_to")]
    assert tuple(None if one is None else str(one) for one in held) == dates


def test_it_is_in_the_answers_of_its_days_alone(tmp_path: Path, embedded_store: Store) -> None:
    out = outside(tmp_path)
    out.fact("PARTNERS_WITH", ("a", "b"), *two(out), since=P("2024-03"), until=P("2024-09"))
    load(embedded_store, out.finish(""), today=TODAY)
    kg = KnowledgeGraph(embedded_store)
    asked = {day: [row.partner for row in kg.partnerships("Acme", day)] for day in ("2019-05-01", "2024-05-01")}
    asked["2026-11-24"] = [row.partner for row in kg.partnerships("Acme", "2026-11-24")]
    assert asked == {"2019-05-01": [], "2024-05-01": ["Beta"], "2026-11-24": []}


def test_facts_without_a_day_are_told(tmp_path: Path) -> None:
    out = outside(tmp_path)
    one = out.fact("PARTNERS_WITH", ("a", "b"), *two(out))
    out.fact("SUPPLIES", ("a", "b"), *two(out), as_of=P("2024-03"))
    assert out.finish("2 facts").remarks == [
        f"facts without a day, in the answers of every day: 1, such as {one}; "
        "give a day of each, or `published` of the source",
        "2 facts",
    ]


TENCENT = "'腾讯' is the name of the Company tencent; join it, give it another name, or leave the alias out"


@pytest.mark.parametrize(
    ("call", "line"),
    [
        (lambda out: out.join_or_make(Company, "Zed2", aliases=["腾讯"]), f"mine AMBIGUOUS-NAME {TENCENT}"),
        (lambda out: out.make(Company, "Tencent Holdings Ltd."), "is the name of the Company tencent"),
        (lambda out: out.make(Company, "Zed3", tickers=["HKEX:0700"]), "'HKEX:0700' is the name of the Company te"),
        (lambda out: out.put(Company(id="zed", name="腾讯")), f"mine AMBIGUOUS-NAME {TENCENT}"),
        (lambda out: out.make(Company, "Zed", aliases=["国家网信办"]), "OTHER-TYPE '国家网信办' is the Authority cac"),
        (
            lambda out: [out.make(Company, "Deep Co., Ltd."), out.make(Company, "Deep", key="d")],
            "AMBIGUOUS-NAME 'Deep' is the name of the Company mine-deep-co-ltd-",
        ),
        (
            lambda out: [out.make(Company, "Zed", country="CN"), out.make(Company, "Zed", country="US")],
            "mine DIFFERS Company 'Zed': country is 'CN' before, and 'US' here; keep one, or tell the two apart",
        ),
        (
            lambda out: [out.make(Company, "Zed", key="1"), out.make(Company, "Why", key="1")],
            "mine DIFFERS Company 'Why': name is 'Zed' before, and 'Why' here",
        ),
        (
            lambda out: [out.cite("T1", url="https://a.org", publisher="P", kind=k) for k in ("news", "official")],
            "mine DIFFERS source 'T1': kind is 'news' before, and 'official' here",
        ),
        (lambda out: out.join_or_make(Company, "腾讯", country="ZZ"), "VALUE country: "),
        (lambda out: out.fact("PARTNERS_WITH", ("a",), *two(out), since=P("3025")), "since '3025' lies too far ahead"),
        (lambda out: out.fact("PARTNERS_WITH", ("a",), *two(out), until="1026"), "until '1026' lies too far back"),
        (lambda out: out.fact("PARTNERS_WITH", ("a",), *two(out), announced="5 May"), "announced: '5 May' is not a d"),
        (lambda out: out.fact("PARTNERS_WITH", ("a",), *two(out), as_of=5), "as_of: 5 is not a date; write it as text"),
        (lambda out: out.figure("founded", "A", two(out)[0], day="3025"), "day '3025' lies too far ahead"),
        (lambda out: out.cite("T", publisher="P", kind="news", retrieved="2099"), "retrieved '2099' lies in the fut"),
        (
            lambda out: out.fact("PARTNERS_WITH", ("a",), *two(out), sources=["calls-s"]),
            "mine SOURCE sources can't hold 'calls-s'; give what `cite` gave",
        ),
        (lambda out: out.make(Company, None), "mine NAME a name can't be None; give a text, or leave the row out"),
        (lambda out: out.join_or_make(Company, float("nan")), "NAME a name can't be nan"),
        (lambda out: out.fact("PARTNERS_WITH", "ab", *two(out)), "KEY key can't be 'ab'; give a row of words: ('ab',)"),
    ],
)  # fmt: skip
def test_what_would_be_lost_or_taken_for_another_is_told(
    tmp_path: Path, shipped: Identity, call: Any, line: str
) -> None:
    out = outside(tmp_path, shipped)
    call(out)
    lines = told(out)
    assert len(lines) == 1 and line in lines[0], lines


@pytest.fixture(scope="module")
def shipped() -> Identity:
    return read_seeds(SEEDS).identity()


def test_what_stands_keeps_its_own_and_what_is_made_is_found_by_its_spellings(
    tmp_path: Path, shipped: Identity
) -> None:
    out = outside(tmp_path, shipped)
    assert out.join_or_make(Company, "腾讯", country="CN", hq="Nowhere") == ("Company", "tencent")
    one = out.join_or_make(Company, "Deep Robots")
    assert out.join_or_make(Company, "Deep Robots Co., Ltd.", country="CN") == one
    assert out.make(Company, "Deep Robots") == one
    out.make(Company, "Deep Robots", key="another", namesake=True)
    found = out.finish("read")
    assert found.problems == []
    assert found.remarks == [
        "'Deep Robots Co., Ltd.' is taken for 'Deep Robots' of this data set",
        "'hq' is not written for tencent: what stands already keeps its own", "read",
    ]  # fmt: skip
    made = [(node.props["name"], node.props.get("country")) for node in found.batch.nodes if node.label == "Company"]
    assert made == [("Deep Robots", "CN"), ("Deep Robots", None)]


def test_a_part_of_a_registered_name_stays_the_name_of_the_company_that_has_it(
    tmp_path: Path,
) -> None:
    out = outside(tmp_path)
    held = Company(id="dongfeng", name="Dongfeng", name_zh="东风汽车", legal_names=["东风汽车集团股份有限公司"])
    out.context.identity.add(held)
    (label, one) = out.join_or_make(Company, "东风汽车股份有限公司")
    (node,) = [node for node in out.loaded.batch.nodes if node.label == "Company"]
    assert (label, node.id, "东风汽车" in node.props["keys"]) == ("Company", one, False)  # type: ignore[operator]
    assert told(out) == []


def test_two_facts_of_one_id_are_told_with_the_lines_of_both(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("firm,year\nAcme,2024\nAcme,2025\n", encoding="utf-8")
    table, _ = read_table(path, ("firm", "year"))
    out, again = outside(tmp_path), outside(tmp_path)
    for line, cells in table.rows():
        row = Cells(table, line, cells, TODAY)
        firm, year = out.make(Company, "Acme", at=row), row.span("year")
        out.figure("revenue", "Acme", firm, value=3.0, unit="CNY", as_of=year, at=row)
        firm = again.make(Company, "Acme", at=row)
        again.figure("revenue", "Acme", firm, key=(year,), value=3.0, unit="CNY", as_of=year, at=row)
    (line,) = told(out)
    assert line.startswith("rows.csv:3:1 DUPLICATE-ID the id 'mine-acme-revenue-")
    assert line.endswith("stands twice; first in line 2; put into `key` what tells the two apart")
    assert told(again) == []


def test_a_list_within_an_item_gives_the_place_of_each(tmp_path: Path) -> None:
    path = tmp_path / "f.json"
    path.write_text('{"a": [\n{"ties": [\n{"to": "x"},\n\n\n{"to": "y"}]}]}', encoding="utf-8")
    root, _ = read_json(path, "f.json")
    assert root is not None
    (at,) = root.listed("a")
    assert [(place.line, place.column) for place in at.listed("ties")] == [(3, 1), (6, 1)]
    problem = at.problem("TIE", "unknown firm", path=("ties", 1, "to"))
    assert str(problem) == "f.json:6:8 TIE unknown firm"


def test_a_loader_that_ends_the_process_is_told_as_its_own_error(tmp_path: Path) -> None:
    def leave() -> None:
        raise SystemExit(3)

    with pytest.raises(ChinaAIError, match="loader 'wrong' ended by an error of its own: SystemExit: 3"):
        read_by(_Wrong(leave), tmp_path, Context(Identity()))
