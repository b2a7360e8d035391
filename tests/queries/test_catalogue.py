"""Every saved question is well formed, and the generated pages are up to date."""

from __future__ import annotations

from pathlib import Path

import pytest
from chinaai.cli.docs import pages
from chinaai.face import KnowledgeGraph
from chinaai.graph.store import Store
from chinaai.queries.saved import QueryError, catalogue, read_query

DOCS = Path(__file__).parents[2] / "docs"
GOOD = """// ---
// title: Names in the graph
// title_zh: 名称检索
// question: Which things in the graph have this word in one of their names?
// row: NameRow
// params:
//   text: {about: 'a word of the name, English or Chinese'}
// example: {text: deepseek}
// ---
MATCH (n:ChinaAI)
WHERE n.keys IS NOT NULL AND {{stands(n)}} AND n.id CONTAINS toLower($text)
RETURN n.id AS id, {{label(n)}} AS type, n.name AS name, n.name_zh AS name_zh, coalesce(n.aliases, []) AS aliases
ORDER BY type, id LIMIT 200
"""


def test_examples_fix_their_day() -> None:
    """A page made from an example must not change with the calendar."""
    open_ended = {
        name for name, q in catalogue().items() if "as_of" in q.front.params and "as_of" not in q.front.example
    }
    assert open_ended == set()


def test_every_row_that_states_a_fact_carries_sources_and_confidence() -> None:
    bare = {name for name, q in catalogue().items() if not {"sources", "confidence"} <= set(q.row.model_fields)}
    assert bare == {"names", "law-ahead"}  # a draft has its page and its status, and nobody is sure of it


def test_a_question_whose_rows_may_lack_a_confidence_says_which_in_its_help(embedded_shipped: Store) -> None:
    kg = KnowledgeGraph(embedded_shipped)
    asked = {name: query for name, query in catalogue().items() if "confidence" in query.row.model_fields}
    bare = {name for name, q in asked.items() if any(r.confidence is None for r in kg.run(name, **q.front.example))}
    law = kg.run("changes", start="2026-01-01", end="2026-01-31", kind="law")
    assert law and {row.confidence for row in law} == {None}
    assert bare | {"changes"} == {name for name, query in asked.items() if query.front.unsure}
    assert asked["changes"].told.endswith(
        "两个日期之间的变化。 Without a confidence: law, for which of a rule's pages tells the day is not kept."
    )


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("// ---\n// title", "// title", "front matter is missing"),
        ("//   text: {", "//   word: {", "parameters of the front matter and of the Cypher differ: text, word"),
        ("{about: 'a word", "{type: word, about: 'a word", "params: 'text': 'type' can't be 'word'; use 'entity', "),
        (
            "{about: 'a word",
            "{labels: [Planet], about: 'a word",
            "params: 'text' can't be 'Planet'; node types are ",
        ),
        (
            "{about: 'a word",
            "{choices: [x], default: y, about: 'a word",
            "'text' has the default 'y', which is",
        ),
        ("{{stands(n)}}", "n.retired IS NULL", "'n.retired IS' is a part of a rule; write {{stands"),
        ("{{stands(n)}}", "{{is_true(n)}}", "there is no word 'is_true' of 1 names; there are: stands, known, "),
        ("{{stands(n)}}", "{{stands($text)}}", "takes names of nodes or relationships"),
        ("(n:ChinaAI)\n", "(n:ChinaAI)-[:OF]->(x:ChinaAI)\n", "the relationship -\\[:OF\\]- is used untested"),
        ("(n:ChinaAI)\n", "(n:ChinaAI)-[r:OF]->(x:ChinaAI)\n", "the relationship -\\[r:OF\\]- is used untested"),
        ("row: NameRow", "row: NoSuch", "no row model 'NoSuch' .*; add it to queries/rows.py"),
        ("row: NameRow", "row: NameRwo", "no row model 'NameRwo' .*; did you mean NameRow"),
        ("title_zh:", "title_fr:", "front matter needs 'title_zh'\nnames.cypher: front matter has no field 'title_fr'"),
        (
            "// row: NameRow",
            "// follows: [OF]\n// row: NameRow",
            "a chain has its types under 'follows' and {{followed\\(\\)}} in ",
        ),
        ("// row: NameRow", "// follows: [OFX]\n// row: NameRow", "names the relationship OFX, which is not declared"),
        ("(n:ChinaAI)\n", "(n:ChinaAI)-[:{{followed()}}*]-()\n", "under 'follows', and it names none"),
        ("// row: NameRow", "// unsure: all\n// row: NameRow", "'unsure' tells of a confidence, which NameRow has not"),
        (
            "row: NameRow",
            "row: UnownedRow\n// params:\n//   text: {about: a word}\n// ---\nRETURN $text, null AS confidence //",
            "returns 'null AS confidence', and the front matter does not say why .*; write 'unsure: which rows ",
        ),
        ("// row: NameRow", "// show: [name, nome]\n// row: NameRow", "'show' names no column of the row: nome"),
    ],
)
def test_a_broken_file_is_refused(old: str, new: str, message: str) -> None:
    assert old in GOOD
    with pytest.raises(QueryError, match=message):
        read_query("names", GOOD.replace(old, new, 1), "names.cypher")


def test_the_generated_pages_are_up_to_date(embedded_shipped: Store) -> None:
    for name, text in pages(KnowledgeGraph(embedded_shipped)).items():
        assert (DOCS / name).read_text(encoding="utf-8") == text, f"run: python -m chinaai.cli.docs ({name} is stale)"
