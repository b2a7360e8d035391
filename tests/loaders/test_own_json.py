"""A stranger's loader of nested JSON, as docs/own-loader.md shows it: places, a source a fact, nothing raised."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from chinaai.graph.model.technology import Model
from chinaai.graph.store import Store
from chinaai.loaders.base import Context, Loaded, Loader, load
from chinaai.loaders.identity import Identity
from chinaai.loaders.json_reader import read_json

DOCS = Path(__file__).parents[2] / "docs" / "own-loader.md"
TODAY = date(2026, 11, 24)
FILE = """{
  "nodes": [
    {"id": 1, "name": "Acme \\ud83d\\ude00 甲", "country": "CN"},
\t{"id": 2, "name": "Beta", "country": "DE"}
  ],
  "links": [
    {"from": 1, "to": 2, "kind": "partners with", "day": "2026-01-05",
     "page": "https://example.org/a", "publisher": "Paper"}
  ]
}
"""


@pytest.fixture(scope="module")
def loader() -> Loader:
    scope: dict[str, Any] = {}
    code = re.findall(r"```python\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)[1]
    exec(compile(code, str(DOCS), "exec", dont_inherit=True), scope)  # as a file of its own, without our `__future__`
    found: Loader = scope["Map"]()
    return found


def read(loader: Loader, folder: Path, text: str) -> Loaded:
    path = folder / "map.json"
    path.write_text(text, encoding="utf-8")
    return loader.read(path, Context(Identity(), folder, TODAY, date(2026, 11, 1)))


def test_a_newcomer_writes_few_lines() -> None:
    code = re.findall(r"```python\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)[1]
    assert len(code.splitlines()) <= 60


def test_it_loads_and_each_fact_rests_on_its_page(loader: Loader, store: Store, tmp_path: Path) -> None:
    found = read(loader, tmp_path, FILE)
    assert found.problems == []
    (fact,) = found.batch.edges
    pages = {node.id: node.props for node in found.batch.nodes if node.label == "Source"}
    assert [pages[i].get("url") for i in fact.props["sources"]] == ["https://example.org/a"]
    # News with a day, reported: 0.55 × 0.90; the map itself is a community list, which weighs less.
    assert fact.props["confidence_why"].startswith("news ")
    assert {node.props["name"] for node in found.batch.nodes if node.label == "Company"} == {"Acme 😀 甲", "Beta"}
    assert load(store, found, today=TODAY).counts()["added"] == 5
    assert load(store, read(loader, tmp_path, FILE), today=TODAY).plan.empty


def test_a_fact_bears_the_publisher_s_own_confidence_and_says_whose_it_is(
    loader: Loader, store: Store, tmp_path: Path
) -> None:
    found = read(loader, tmp_path, FILE.replace('"publisher"', '"sure": 0.7, "publisher"'))
    load(store, found, today=TODAY)
    asked = "MATCH ()-[r:PARTNERS_WITH]->() RETURN r.confidence AS sure, r.confidence_why AS why"
    assert [dict(row) for row in store.read(asked)] == [{"sure": 0.7, "why": "as The map has it"}]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"DE"', '"Narnia"', "map.json:4:39 VALUE country: "),
        (
            '"https://example.org/a"',
            '"https://example.org/a b"',
            "map.json:7:5 VALUE url: 'https://example.org/a b' is not allowed; write an address that begins with http",
        ),
        ('"nodes": [', '"nodes": 7, "more": [', "map.json:2:12 SECTION 'nodes' must be a list"),
        ('"partners with"', '"likes"', "map.json:7:34 LINK unknown kind or end"),
        ('"Paper"', '""', "map.json:8:52 VALUE publisher: "),
        ('"kind": "partners with", ', "", "map.json:7:5 MISSING-FIELD item of 'links' needs 'kind'"),
        ('"2026-01-05"', '"5 Jan"', "map.json:7:58 DATE day: '5 Jan' is not a date"),
        ('"publisher"', '"sure": 1.2, "publisher"', "map.json:8:47 VALUE sure: "),
        ('"publisher"', '"sure": "very", "publisher"', "map.json:8:47 TYPE sure: "),
        ('"nodes"', '"node"', "map.json:1:1 SECTION expected a list 'nodes'"),
        ('{"id": 2, "name": "Beta", "country": "DE"}', "7", "map.json:4:2 SHAPE item of 'nodes' must be a block"),
        ('"DE"}', '"DE"', "map.json:5:3 JSON not valid JSON: expected ',' or '}'"),
        ('"DE"', '"DE', "map.json:4:39 JSON not valid JSON: a text does not end"),
        ('"DE"', "DE", "map.json:4:39 JSON not valid JSON: expected a value"),
        ('"id": 2', '"id": 2, "id": 3', "map.json:4:12 DUPLICATE-KEY 'id' stands twice in one block; first in line 4"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(loader: Loader, tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in FILE
    found = read(loader, tmp_path, FILE.replace(old, new, 1))
    lines = [str(problem).removeprefix(f"{tmp_path}/") for problem in found.problems]
    assert any(line.startswith(told) for line in lines), lines
    assert found.batch.nodes == []


def test_all_of_it_at_once(loader: Loader, tmp_path: Path) -> None:
    text = FILE.replace('"CN"', '"China"').replace('"DE"', '"Germany"').replace('"Paper"', '""')
    assert [problem.line for problem in read(loader, tmp_path, text).problems] == [3, 4, 8]


def test_json_is_read_as_the_standard_library_reads_it(tmp_path: Path) -> None:
    value = {
        "a": ["\u2028", "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"), '"\\/\b\f\n\r\t'],
        "": {},
        "ü": [],
    }
    for options in ({}, {"ensure_ascii": False}, {"indent": "\t"}, {"indent": 2}):
        path = tmp_path / "x.json"
        path.write_text(json.dumps(value, **options), encoding="utf-8")  # type: ignore[arg-type]
        root, problems = read_json(path)
        assert root is not None and root.value == value and problems == []


def test_numbers_and_words_are_text_and_null_is_none(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text("\ufeff[1, -2.5e3, true, false, null]\n", encoding="utf-8")
    root, problems = read_json(path)
    assert root is not None and root.value == ["1", "-2.5e3", "true", "false", None] and problems == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "x.json:1:1 JSON not valid JSON: expected a value; the file was cut, or is no JSON"),
        ("[1, ]", "x.json:1:5 JSON not valid JSON: expected a value"),
        ("[01]", "x.json:1:3 JSON not valid JSON: expected ',' or ']'"),
        ("[NaN]", "x.json:1:2 JSON not valid JSON: expected a value"),
        ("{'a': 1}", "x.json:1:2 JSON not valid JSON: expected a key in double quotes"),
        ('{"a" 1}', "x.json:1:6 JSON not valid JSON: expected ':' after the key"),
        ("[] []", "x.json:1:4 JSON not valid JSON: expected the end of the file"),
        ('["\\q"]', "x.json:1:3 JSON not valid JSON: a text holds an unknown escape"),
        ("[" * 300, "x.json:1:202 JSON not valid JSON: nested more than 200 deep"),
        ("<html>", "x.json:1:1 JSON not valid JSON: expected a value"),
    ],
)
def test_broken_json(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(text, encoding="utf-8")
    root, problems = read_json(path, "x.json")
    assert root is None and str(problems[0]).startswith(told), problems
    assert read_json(tmp_path / "none.json", "n")[1][0].code == "FILE"


def test_a_field_that_can_t_be_is_a_problem_of_a_table_s_loader_too(tmp_path: Path) -> None:
    from chinaai.graph.model.evidence import Source
    from chinaai.loaders.outside import Outside

    context = Context(Identity(), tmp_path, TODAY, TODAY)
    out = Outside("mine", Source(id="mine", publisher="P", kind="news", licence="open"), context)
    assert out.make(Model, "M", website="no address")[0] == "Model"
    assert out.cite("page", publisher="P", kind="gossip") is None
    assert [problem.code for problem in out.finish("").problems] == ["VALUE", "VALUE"]
