"""Every wrong argument of a method is refused in words; none is read letter by letter, or taken for its opposite."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import chinaai
import numpy
import pytest
from chinaai.face import KnowledgeGraph, Page
from chinaai.graph.errors import ChinaAIError
from chinaai.graph.store import Store
from chinaai.queries.params import QueryError
from small import Small

Call = Callable[[KnowledgeGraph, Any], Any]
#: A number that Python takes too long to write, as it says itself.
LONG = pytest.param(10**5000, id="long")
#: What is no name, and is told as such wherever a name is asked for.
NAMES: dict[str, Call] = {
    "resolve": lambda kg, it: kg.resolve(it),
    "evidence_path": lambda kg, it: kg.evidence_path("Apple", it),
    "partners_for": lambda kg, it: kg.partners_for("Apple", it),
    "compare_entry": lambda kg, it: kg.compare_entry("Apple", "phone-assistant", it),
    "market_entry_paths": lambda kg, it: kg.market_entry_paths("Apple", it),
    "view": lambda kg, it: kg.view(focus=[it]),
    "route": lambda kg, it: kg.view(route=(it, "phone-assistant")),
    "run": lambda kg, it: kg.run(it),
    "bundle": lambda kg, it: kg.bundle("x.zip", it),
}
LIMITS: dict[str, Call] = {
    "influence": lambda kg, it: kg.influence(limit=it),
    "communities": lambda kg, it: kg.communities(limit=it),
    "cypher": lambda kg, it: kg.cypher("RETURN 1 AS one", limit=it),
    "names": lambda kg, it: kg.run("names", text="apple", limit=it),
    "market_entry_paths": lambda kg, it: kg.market_entry_paths(None, "phone-assistant", limit=it),
}
SEVERAL: dict[str, Call] = {
    "focus": lambda kg, it: kg.view(focus=it),
    "path": lambda kg, it: kg.view(path=it),
    "route": lambda kg, it: kg.view(route=it),
    "ids": lambda kg, it: kg.pages(it),
    "areas": lambda kg, it: kg.searched(it),
    "labels": lambda kg, it: kg.resolve("Apple", it),
}
PATHS: dict[str, Call] = {
    "export": lambda kg, it: kg.export(it, "jsonl"),
    "bundle": lambda kg, it: kg.bundle(it, "names", text="apple"),
    "verify": lambda kg, it: kg.verify(it),
    "site": lambda kg, it: kg.site(it),
    "save": lambda kg, it: Page("x").save(it),
    "connect": lambda kg, it: chinaai.connect(0.5 if it is None else it),
}
ENTRY: list[tuple[dict[str, Any], str]] = [
    ({"onshore": "maybe"}, "'maybe' is no boolean for 'onshore'; use true or false"),
    ({"onshore": 5}, "'5' is no boolean for 'onshore'"),
    ({"flips": "maybe"}, "'maybe' is no boolean for 'flips'"),
    ({"seat": 5}, "'5' is no string for 'seat'"),
    ({"seat": ["US"]}, "is no string for 'seat'"),
    ({"strategy": ""}, "'strategy' can't be ''; use own-company, "),
    ({"strategy": ["own-company"]}, "did you mean own-company?"),
    ({"strategy": "own-compny"}, "did you mean own-company?"),
    ({"facts": "paid=yes"}, "'facts' can't be 'paid=yes'; give facts by name"),
    ({"assume": ["paid"]}, "'assume' can't be "),
    ({"facts": 0}, "'facts' can't be '0'"),
    ({"facts": {"paid": True}}, "'paid' can't be True; write it as one text, as 'yes'"),
    ({"facts": {"paid": None}}, "'paid' can't be None"),
    ({"assume": {"paid": ["yes"]}}, "'paid' can't be "),
    ({"facts": {5: "yes"}}, "'5' is no fact of a case"),
    ({"by": "1990"}, "the launch is wished by 1990-12-31, before work begins on 20"),
    (
        {"by": "2026-11", "start": "2026-12-01"},
        "the launch is wished by 2026-11-30, before work begins on 2026-12-01; give a later 'by'",
    ),
]


@pytest.mark.parametrize("method", NAMES)
@pytest.mark.parametrize("wrong", [5, LONG, None, ["Apple"], b"Apple", 2.5, True])
def test_what_is_no_name_is_told(embedded_shipped: Store, method: str, wrong: Any) -> None:
    with pytest.raises(QueryError):
        NAMES[method](KnowledgeGraph(embedded_shipped), wrong)


@pytest.mark.parametrize("method", LIMITS)
@pytest.mark.parametrize(
    "wrong", [0, -1, "x", "", True, 1.5, [1], 2**31 - 1, 2**32 + 2, 10**18, 10**40, LONG, "9" * 5000, float("nan")]
)
def test_a_limit_is_a_whole_number(embedded_shipped: Store, method: str, wrong: Any) -> None:
    with pytest.raises(QueryError, match="limit"):
        LIMITS[method](KnowledgeGraph(embedded_shipped), wrong)


@pytest.mark.parametrize("method", LIMITS)
@pytest.mark.parametrize("right", [3, "3", " 3 ", numpy.int64(3), numpy.uint8(3)])
def test_a_limit_may_come_from_another_library(embedded_shipped: Store, method: str, right: Any) -> None:
    LIMITS[method](KnowledgeGraph(embedded_shipped), right)


@pytest.mark.parametrize("name", SEVERAL)
@pytest.mark.parametrize("wrong", ["Apple", "ab", 5, [5], [None], b"ab"])
def test_a_text_is_not_read_letter_by_letter(embedded_shipped: Store, name: str, wrong: Any) -> None:
    with pytest.raises(QueryError, match=f"'{name}' can't be .*; give (a list of|2) texts"):
        SEVERAL[name](KnowledgeGraph(embedded_shipped), wrong)


@pytest.mark.parametrize("name", ["path", "route"])
@pytest.mark.parametrize("wrong", [("Apple",), ("Apple", "Qwen", "Baidu"), ()])
def test_two_names_are_two(embedded_shipped: Store, name: str, wrong: Any) -> None:
    with pytest.raises(QueryError, match=f"'{name}' can't be .*; give 2 texts"):
        SEVERAL[name](KnowledgeGraph(embedded_shipped), wrong)


@pytest.mark.parametrize(
    "ask",
    [
        lambda kg: kg.evidence_path("Apple", "苹果"),
        lambda kg: kg.view(path=("Apple", "AAPL")),
        lambda kg: kg.compare_entry("Apple", "phone-assistant", "AAPL"),
        lambda kg: kg.compare_entry("Apple", "phone-assistant", "phone-assistant"),
        lambda kg: kg.path("Apple", "apple"),
    ],
)
def test_a_thing_is_not_held_against_itself(embedded_shipped: Store, ask: Any) -> None:
    with pytest.raises(QueryError, match=r"'(start|company|service)' and '(end|against)' are the same: .*; name two"):
        ask(KnowledgeGraph(embedded_shipped))


def test_types_and_areas_are_those_that_there_are(embedded_shipped: Store) -> None:
    kg = KnowledgeGraph(embedded_shipped)
    with pytest.raises(QueryError, match="'labels' can't be 'Compny'; did you mean Company"):
        kg.resolve("Apple", ("Compny",))
    with pytest.raises(QueryError, match="'areas' can't be 'nope'"):
        kg.searched(["nope"])


@pytest.mark.parametrize("method", PATHS)
@pytest.mark.parametrize("wrong", [None, 5, ["a"], "a\0b", ""])
def test_what_is_no_path_is_told(embedded_shipped: Store, method: str, wrong: Any) -> None:
    with pytest.raises(QueryError, match=r"can't be .*; give the path of a file or folder"):
        PATHS[method](KnowledgeGraph(embedded_shipped), wrong)


@pytest.mark.parametrize(("asked", "told"), ENTRY)
def test_market_entry_takes_no_wrong_value(embedded_shipped: Store, asked: dict[str, Any], told: str) -> None:
    with pytest.raises(ChinaAIError) as caught:
        KnowledgeGraph(embedded_shipped).market_entry_paths(None, "phone-assistant", **asked)
    assert told in str(caught.value)


def test_no_is_not_yes(embedded_shipped: Store) -> None:
    kg = KnowledgeGraph(embedded_shipped)
    said, meant = (kg.market_entry_paths(None, "phone-assistant", onshore=it) for it in ("no", False))
    assert said.to_dict() == meant.to_dict()
    assert kg.market_entry_paths(None, "phone-assistant", flips="no").flips == []


def test_arguments_of_market_entry_that_come_by_name(embedded_shipped: Store, tmp_path: Path) -> None:
    kg = KnowledgeGraph(embedded_shipped)
    for given in ({}, {"company": "Apple"}, {"company": "Apple", "service": "phone-assistant", "foo": 1}):
        with pytest.raises(QueryError, match=r"market entry can't be asked so: .*(service|company|foo)"):
            kg.bundle(tmp_path / "x.zip", "paths", **given)
    with pytest.raises(QueryError, match=r"can't be asked so: .*'foo'"):
        kg.entry_changes("Apple", "phone-assistant", "2025", "2026", foo=1)
    for name, value in {"as_of": "2024", "start": "2024", "by": "2027", "limit": 1, "flips": True}.items():
        with pytest.raises(QueryError, match=f"two days, and takes no '{name}'; leave it out"):
            kg.entry_changes("Apple", "phone-assistant", "2025", "2026", **{name: value})
    for days, told in ((("2026", "2025"), "ends before it begins"), (("2026", "2026-12-31"), "a day and itself")):
        with pytest.raises(QueryError, match=told):
            kg.entry_changes("Apple", "phone-assistant", *days)


CONTRADICTIONS: list[tuple[dict[str, Any], str]] = [
    ({"seat": "US", "actor": "domestic"}, "'capital' is given twice: domestic by the actor domestic, and foreign by"),
    ({"seat": "CN", "actor": "fie"}, "foreign by the actor fie, and domestic by the seat CN"),
    ({"onshore": False, "actor": "fie"}, "'onshore_company' is given twice: yes by the actor fie, and no by onshore"),
    ({"facts": {"paid": "yes"}, "assume": {"paid": "no"}}, "'paid' is given twice: yes as set, and no as assumed"),
    ({"seat": "US", "facts": {"seat": "DE"}}, "'seat' is given twice: US by the seat US, and DE as set"),
    ({"onshore": False, "facts": {"onshore_company": "yes"}}, "no by onshore, and yes as set; leave out one of the"),
    ({"seat": "US", "facts": {"capital": "domestic"}}, "foreign by the seat US, and domestic as set"),
    ({"actor": "domestic", "facts": {"seat": "DE"}}, "domestic by the actor domestic, and foreign as set"),
]


@pytest.mark.parametrize(("asked", "told"), CONTRADICTIONS)
def test_a_fact_of_the_case_is_given_once(embedded_shipped: Store, asked: dict[str, Any], told: str) -> None:
    with pytest.raises(QueryError) as caught:
        KnowledgeGraph(embedded_shipped).market_entry_paths(None, "consumer-chatbot", **asked)
    assert told in str(caught.value)


def test_options_that_agree_are_no_contradiction(embedded_shipped: Store) -> None:
    kg = KnowledgeGraph(embedded_shipped)
    same = {"seat": "DE", "actor": "fie", "onshore": True, "facts": {"capital": "foreign", "seat": "DE"}}
    case = kg.market_entry_paths(None, "consumer-chatbot", flips=False, **same).case
    assert (case["seat"].value, case["capital"].value, case["onshore_company"].value) == ("DE", "foreign", "yes")


@pytest.mark.parametrize(
    "ask",
    [
        lambda kg: kg.names("alibaba"),
        lambda kg: kg.conflicts(),
        lambda kg: kg.models(),
        lambda kg: kg.changes("2026", "2026"),
        lambda kg: kg.influence(),
        lambda kg: kg.communities(),
        lambda kg: kg.cite("x"),
        lambda kg: kg.market_entry_paths(None, "cloud"),
        lambda kg: kg.partners_for("Apple", "cloud"),
    ],
)
def test_a_graph_without_anything_answers_nothing(embedded_store: Store, ask: Call) -> None:
    with pytest.raises(ChinaAIError, match=r"the graph is empty \(.*\); run 'chinaai build' first"):
        ask(KnowledgeGraph(embedded_store))  # type: ignore[call-arg]


def test_what_a_page_opens_on_is_one_thing(embedded_shipped: Store) -> None:
    kg = KnowledgeGraph(embedded_shipped)
    with pytest.raises(ChinaAIError, match=r"a page opens on one thing \(path and route\); leave out one"):
        kg.view(path=("Apple", "Qwen"), route=("Apple", "phone-assistant"))
    with pytest.raises(ChinaAIError, match=r"hops tell how far a neighbourhood reaches \(2\); say of what with focus"):
        kg.view(hops=2)


@pytest.mark.parametrize("hops", ["2", True, 1.0, 0, 4, [1]])
def test_how_far_is_told_before_the_graph_is_read(embedded_shipped: Store, hops: Any) -> None:
    with pytest.raises(ChinaAIError, match="1 to 3 hops"):
        KnowledgeGraph(embedded_shipped).view(focus=["Apple"], hops=hops)


def test_a_site_is_no_file(embedded_shipped: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    kg = KnowledgeGraph(embedded_shipped)
    monkeypatch.setattr(kg, "run", None)  # told before a question is asked, which takes half a minute for all
    with pytest.raises(ChinaAIError, match="the base of a site is a web address"):
        kg.site(tmp_path / "new", base="javascript:alert(1)")
    with pytest.raises(ChinaAIError, match="name an empty or a new folder"):
        kg.site(tmp_path / "file")
    with pytest.raises(QueryError, match="'title' is empty; name the site, or leave it out"):
        kg.site(tmp_path / "new", title="")
    for odd in ({"title": None}, {"title": 5}, {"base": None}, {"base": 5}):
        with pytest.raises(QueryError, match="is no string for"):
            kg.site(tmp_path / "new", **odd)


def test_what_is_told_of_progress_can_be_called(embedded_shipped: Store, tmp_path: Path) -> None:
    kg = KnowledgeGraph(embedded_shipped)
    with pytest.raises(QueryError, match="'progress' can't be '5'; give a function, or leave it out"):
        kg.export(tmp_path / "out.jsonl", "jsonl", progress=5)  # type: ignore[arg-type]
    with pytest.raises(QueryError, match="'progress' can't be 'print'"):
        kg.site(tmp_path / "site", progress="print")  # type: ignore[arg-type]
    with pytest.raises(QueryError, match=r"'told' can't be '\[\]'"):
        kg.as_known("2026-11-26", told=[])  # type: ignore[arg-type]
    assert not (tmp_path / "out.jsonl").exists() and not (tmp_path / "site").exists()


@pytest.mark.parametrize("name", ["answer", "answer.txt", "answer.zip.part", ".", "zip"])
def test_a_bundle_is_named_as_one(embedded_shipped: Store, tmp_path: Path, name: str) -> None:
    with pytest.raises(ChinaAIError, match="a bundle is a ZIP file"):
        KnowledgeGraph(embedded_shipped).bundle(tmp_path / name, "partnerships", company="Apple")
    assert not (tmp_path / name).is_file()


@pytest.mark.parametrize("name", ["uri", "username", "password", "database"])
def test_a_connection_is_told_in_texts(name: str) -> None:
    with pytest.raises(QueryError, match=f"is no string for '{name}'"):
        chinaai.connect(**{name: 5})


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda kg: kg.cypher(5), "'5' is no string for 'text'"),
        (lambda kg: kg.cypher(["RETURN 1"]), "is no string for 'text'"),
        (lambda kg: kg.cypher("RETURN 1", 5), "'parameters' can't be '5'; give values by name"),
        (lambda kg: kg.cypher("RETURN 1", [1]), "'parameters' can't be "),
        (lambda kg: kg.cypher("RETURN 1", {5: 2}), "a value can't be named '5'"),
        (lambda kg: kg.cypher("RETURN $a", a={1: 2}), "a value can't be named '1'"),
        (lambda kg: kg.cypher("RETURN $a", a=[{"b": {None: 2}}]), "a value can't be named 'None'"),
        (lambda kg: kg.cypher("RETURN 1", seconds="soon"), "'soon' is no float for 'seconds'"),
        (lambda kg: kg.cypher("RETURN 1", seconds=None), "'None' is no float for 'seconds'"),
        (lambda kg: kg.cypher("RETURN 1", seconds=float("inf")), "'inf' is no float for 'seconds'"),
        (lambda kg: kg.cypher("RETURN 1", seconds=-1), "'seconds' can't be -1"),
        (lambda kg: kg.cypher("RETURN 1", limit=None), "'None' is no integer for 'limit'"),
        (lambda kg: kg.cypher("RETURN $a AS a", a="\ud800"), "a text holds half a character"),
        (lambda kg: kg.cypher("RETURN '\ud800' AS a"), "a text holds half a character"),
        (lambda kg: kg.resolve("\udfff"), "a text holds half a character"),
        (lambda kg: kg.cypher("RETURN $a AS a", a=object()), "a value can't be sent: Values of type"),
        (lambda kg: kg.cypher("RETURN $a AS a", a=[{1, 2}]), "a value can't be sent: Values of type"),
    ],
)
def test_a_free_query_takes_no_wrong_value(small_place: Small, call: Callable[[Any], Any], told: str) -> None:
    kg = KnowledgeGraph(small_place[0])
    with pytest.raises(ChinaAIError) as caught:
        call(kg)
    assert told in str(caught.value)
    assert kg.cypher("RETURN 1 AS one", seconds=10**40).rows == [{"one": 1}]  # and the connection is as before


def test_rows_of_another_version_are_told(embedded_shipped: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    kg, told = (
        KnowledgeGraph(embedded_shipped),
        "in the graph were written by another version of chinaai .*chinaai build",
    )
    read = kg.store.read
    asked = {name: query for name, query in kg.questions().items() if kg.run(name, **query.front.example)}
    assert len(asked) > 30
    row = {"sources": [], "name": 5, "title": 5, "of": "another version"}
    texts = {query.cypher for query in asked.values()}

    def older(text: str, /, **given: Any) -> list[dict[str, Any]]:
        return [row] if text in texts else [{**one, "name": 5, "title": 5} for one in read(text, **given)]

    for name, query in asked.items():
        with monkeypatch.context() as patch:
            given = query.front.example
            ids = {key: kg.resolve(value) for key, value in given.items() if query.front.params[key].type == "entity"}
            ends = {given[key]: found for key, found in ids.items()}
            patch.setattr(kg, "resolve", lambda value, labels=(), ends=ends: ends[value])
            patch.setattr(kg.store, "read", older)
            with pytest.raises(ChinaAIError, match=told):
                kg.run(name, **given)
    monkeypatch.setattr(kg.store, "read", older)
    for call in (kg.influence, kg.communities, lambda: kg.pages(["seed-article"])):
        with pytest.raises(ChinaAIError, match=told):
            call()
