"""What is wrong with the file of a question is told in words that name the file and the thing."""

from __future__ import annotations

import runpy
import sys
from typing import Any

import pytest
from chinaai.cli.docs import pages
from chinaai.face import KnowledgeGraph
from chinaai.graph.errors import ChinaAIError
from chinaai.queries.ask import Ask
from chinaai.queries.faults import column_faults, returned_columns, undeclared
from chinaai.queries.params import QueryError
from chinaai.queries.saved import SavedQuery, catalogue, method_name, question_names, read_query, taken

GOOD = """// ---
// title: Models of a company
// title_zh: 企业开发的模型
// question: Which models did this company develop, as of a day?
// row: TieRow
// params:
//   company: Company
// example: {company: Alibaba, as_of: '2026-11-24'}
// ---
MATCH (c:ChinaAI {id: $company})-[r:DEVELOPED]->(o:ChinaAI)
WHERE {{in_force(r)}} AND o:Model
RETURN type(r) AS relation, 'out' AS direction, o.id AS other_id, o.name AS other, {{label(o)}} AS other_type,
       {{evidence(r)}}
ORDER BY other_id, fact_id
"""
EVIDENCE = dict.fromkeys(["status", "since", "until", "announced", "seen", "scope", "conflict"], "x")
ROW = {
    **dict.fromkeys(["relation", "direction", "other_id", "other", "other_type", "fact_id"], "x"),
    **EVIDENCE, "confidence": 0.5, "sources": [],
}  # fmt: skip


class Held:
    """A store that gives one row to every question, and what it was asked."""

    def __init__(self, row: dict[str, Any]) -> None:
        self.row, self.endpoint = row, type("Endpoint", (), {"where": "here"})

    def read(self, text: str, **given: Any) -> list[dict[str, Any]]:
        return [] if "UNWIND $ids" in text else [dict(self.row)]


def question(old: str = "", new: str = "") -> SavedQuery:
    """The good file with a piece of it changed."""
    assert old in GOOD
    return read_query("of-company", GOOD.replace(old, new, 1), "of-company.cypher")


def asked(monkeypatch: pytest.MonkeyPatch, query: SavedQuery, row: dict[str, Any]) -> Any:
    monkeypatch.setattr("chinaai.queries.ask.get_query", lambda name: query)
    monkeypatch.setattr(Ask, "resolve", lambda self, name, labels=(): name)
    return Ask(Held(row)).run("of-company", company="x", as_of="2026-11-24")  # type: ignore[arg-type]


def test_columns_are_read_from_the_text() -> None:
    for query in catalogue().values():
        assert sorted(returned_columns(query.cypher)) == sorted(query.row.columns()), query.name
    text = "CALL () { MATCH (a) RETURN a.x AS x } RETURN DISTINCT x, f(a, 'RETURN , AS y') AS z // AS w\nORDER BY z, x"
    assert returned_columns(text) == ["x", "z"]


@pytest.mark.parametrize(
    ("old", "new", "row", "told"),
    [
        ("o.name AS other,", "o.name AS other, o.number AS number,", {**ROW, "number": "1"},
         "of-company.cypher returns 'number', which TieRow has not"),
        ("o.name AS other, ", "", {key: value for key, value in ROW.items() if key != "other"},
         "of-company.cypher does not return 'other', which TieRow needs"),
        ("{{evidence(r)}}", "r.fact_id AS fact_id", {key: value for key, value in ROW.items() if key not in EVIDENCE},
         "of-company.cypher does not return 'status', which TieRow needs"),
        ("{{evidence(r)}}", "r.fact_id AS fact_id", {key: value for key, value in ROW.items() if key != "sources"},
         "of-company.cypher does not return 'sources', which TieRow needs"),
    ],
)  # fmt: skip
def test_other_columns_than_the_row_has(
    old: str, new: str, row: dict[str, Any], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = question(old, new)
    assert told in column_faults(query)
    with pytest.raises(QueryError) as caught:
        asked(monkeypatch, query, row)
    assert told in str(caught.value).splitlines()
    assert "another version" not in str(caught.value)


def test_a_sound_question_over_a_graph_of_another_version(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ChinaAIError, match="written by another version of chinaai"):
        asked(monkeypatch, question(), {**ROW, "other": 5})


def test_a_sound_question_asks_for_no_faults(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "chinaai.queries.faults", None)  # its import fails
    assert len(asked(monkeypatch, question(), ROW)) == 1


def test_a_relationship_that_is_not_declared() -> None:
    with pytest.raises(QueryError) as caught:
        question("[r:DEVELOPED]", "[r:OF|DEVELOPD]")
    told = "of-company.cypher names the relationship DEVELOPD, which is not declared; did you mean DEVELOPED?"
    assert str(caught.value) == told
    assert undeclared(question("[r:DEVELOPED]", "[r:OF | :DEVELOPD]")) == [told]  # a way of writing that is not ours


@pytest.mark.parametrize("piece", ["o:Modle", "(o:Product OR o:Modle)", "(o:Model OR o:Modle)"])
def test_a_type_of_node_that_is_not_declared(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    query = question("o:Model", piece)
    told = "of-company.cypher names the type of node Modle, which is not declared; did you mean Model?"
    assert undeclared(query) == [told]
    with pytest.raises(QueryError) as caught:
        asked(monkeypatch, query, ROW)
    assert str(caught.value) == told


def test_what_looks_like_a_type_and_is_none() -> None:
    text = "o:Model AND all(x IN [{a:o.id, b: [y IN o.names WHERE o:Model | y]}] WHERE x.a <> 'x:Modle') // n:Odd\n"
    assert undeclared(question("o:Model", text)) == []


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"title_zh:": "titel:"},
         ["front matter needs 'title_zh'", "front matter has no field 'titel'; did you mean title?"]),
        ({"company: Company": "company: Firm"}, ["params: 'company' can't be 'Firm'; node types are Algo"]),
        ({"company: Company": "company: {lables: [Company]}"},
         ["params: 'company' needs 'about'", "params: 'company' has no field 'lables'; did you mean labels?"]),
        ({"company: Company": "company: {labels: [Firm]}"},
         ["params: 'company' needs 'about'", "params: 'company' can't be 'Firm'; node types are Algo"]),
        ({"//   company: Company\n": ""}, ["front matter: 'params' is empty; fill it or leave it out"]),
        ({"company: Company": "company:"}, ["params: 'company' is empty; fill it or leave it out"]),
        ({"company: Company": "company: {choices: [yes], about: x, least: few}"},
         ["params: 'company': 'choices' can't be 'True'; write a text, in quotes",
          "params: 'company': 'least' can't be 'few'; write a whole number"]),
        ({"// row": "// areas: [talk, models, pets]\n// show: other\n// row"},
         ["front matter has no area 'pets' or 'talk'; areas are partnerships, models, ",
          "front matter: 'show' can't be 'other'; write a list, as [name]"]),
        ({"title: Models": "title: Models: all"}, ["line 2 can't be read: mapping values are not allowed in "]),
        ({GOOD[8:GOOD.index("// ---\nMATCH")]: "// Models\n"}, ["front matter holds no fields; write them as "]),
    ],
)  # fmt: skip
def test_front_matter_that_is_wrong(changes: dict[str, str], told: list[str]) -> None:
    """All of it at once, without a word of the library that found it."""
    text = GOOD
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new, 1)
    with pytest.raises(QueryError) as caught:
        read_query("of-company", text, "of-company.cypher")
    lines = str(caught.value).splitlines()
    assert len(lines) == len(told)
    for wanted in told:
        assert any(line.startswith(f"of-company.cypher: {wanted}") for line in lines), lines
    assert not any(word in str(caught.value) for word in ("pydantic", "validation", "input", "Front"))


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("My-Standards", "small letters, digits and hyphens, a letter first, as data-centres.cypher"),
        ("my_standards", "small letters, digits and hyphens"),
        ("2030-plans", "a letter first"),
        ("class", "'class' is a word of Python, and no method can bear it"),
        ("not-in", None),
        ("run", "kg.run is something else already"),
        ("as-known", "kg.as_known is something else already"),
        ("market-entry-paths", "kg.market_entry_paths is something else already"),
        ("today", "kg.today is something else already"),
    ],
)
def test_names_that_a_question_can_have(name: str, told: str | None) -> None:
    if told is None:
        assert read_query(name, GOOD, f"{name}.cypher").name == name
        return
    with pytest.raises(QueryError) as caught:
        read_query(name, GOOD, f"{name}.cypher")
    assert f"a question can't be called '{name}' ({name}.cypher); " in str(caught.value)
    assert told in str(caught.value)


def test_all_that_the_graph_has_is_taken_and_what_others_make_of_it_is_not() -> None:
    class Mine(KnowledgeGraph):
        def talks(self, *given: Any, **named: Any) -> Any:
            """Asked in another way."""

    methods = {method_name(name) for name in question_names()}
    assert {name for name in dir(KnowledgeGraph) if not name.startswith("_")} - methods <= taken
    assert not taken & methods and "talks" in vars(Mine)


@pytest.mark.parametrize("module", ["chinaai.cli.docs", "chinaai.cli.stub"])
def test_a_generator_tells_what_is_wrong_as_the_command_does(
    module: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> Any:
        read_query("class", GOOD, "class.cypher")

    monkeypatch.setattr("chinaai.queries.saved.catalogue", broken)
    monkeypatch.delitem(sys.modules, module, raising=False)
    with pytest.raises(SystemExit) as left:
        runpy.run_module(module, run_name="__main__")
    said = capsys.readouterr().err
    assert left.value.code == 1
    assert said.startswith("chinaai: a question can't be called 'class' (class.cypher); ") and "Traceback" not in said


def test_pages_say_what_is_being_made_and_whose_example_is_wrong() -> None:
    class Graph:
        def questions(self) -> dict[str, SavedQuery]:
            return {"of-company": question()}

        def run(self, name: str, **given: Any) -> Any:
            raise QueryError(f"unknown Company '{given['company']}'", "", "did you mean alibaba?")

    said: list[str] = []
    with pytest.raises(QueryError) as caught:
        pages(Graph(), said.append)  # type: ignore[arg-type]
    assert said == ["making architecture.md", "making schema.md", "making seed-file.schema.json", "making questions.md"]
    told = "the example of of-company.cypher can't be asked: unknown Company 'Alibaba'; did you mean alibaba?"
    assert str(caught.value) == told
