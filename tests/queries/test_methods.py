"""One class with a method for each question: typed, with its words, as a table in a notebook, from several threads."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Literal

import chinaai
import pytest
from chinaai.cli.stub import TARGET, stub
from chinaai.face import KnowledgeGraph
from chinaai.queries.answers import Rows, table
from chinaai.queries.params import QueryError
from chinaai.queries.rows import NameRow
from chinaai.queries.saved import catalogue


def test_every_question_has_a_method_with_its_words() -> None:
    assert chinaai.KnowledgeGraph is KnowledgeGraph
    for name, query in catalogue().items():
        method = getattr(KnowledgeGraph, name.replace("-", "_"))
        assert inspect.getdoc(method).startswith(query.front.question), name
        assert set(inspect.signature(method).parameters) == {"self", *query.front.params, "known"}


def test_types_of_parameters() -> None:
    given = inspect.signature(KnowledgeGraph.time_to_listing).parameters
    assert given["by"].annotation == Literal["kind", "notice", "province", "year", "owner"]
    assert given["by"].default == "kind"
    assert given["kind"].annotation == Literal["filing", "registration"] | None
    assert list(inspect.signature(KnowledgeGraph.partnerships).parameters) == ["self", "company", "as_of", "known"]
    assert inspect.signature(KnowledgeGraph.partnerships).parameters["company"].default is inspect.Parameter.empty


def test_methods_answer_as_run_does(kg: KnowledgeGraph) -> None:
    wanted = kg.run("partnerships", company="apple", as_of="2025-03-01")
    assert kg.partnerships("苹果", "2025-03-01") == wanted == kg.partnerships(as_of="2025-03-01", company="AAPL")
    models = kg.models(developer="DeepSeek", as_of="2025-12-31")
    assert wanted and models and kg.models("深度求索", "2025-12-31") == models
    assert [row.id for row in kg.names("hstech")] == ["hstech"]
    assert kg.path("Apple", "qwen", "2025-03-01", limit=3) == kg.run(
        "path", start="Apple", end="qwen", as_of="2025-03-01", limit=3
    )


def test_options_go_by_name_so_that_a_new_one_moves_no_other() -> None:
    for name, query in catalogue().items():
        given = inspect.signature(getattr(KnowledgeGraph, name.replace("-", "_"))).parameters.values()
        placed = [p.name for p in given if p.kind is not p.KEYWORD_ONLY]
        needed = [key for key, param in query.front.params.items() if param.needed]
        subject = [key for key, param in list(query.front.params.items())[:1] if param.labels and not param.needed]
        assert placed == ["self", *needed, *subject, *["as_of"] * ("as_of" in query.front.params)], name
        assert [p.name for p in given][: len(placed)] == placed and all(p.kind is not p.VAR_KEYWORD for p in given)


#: What a method is called with, and what it says; no graph is asked for it.
WRONG: list[tuple[Callable[[Any], object], str]] = [
    (lambda kg: kg.partnerships(), "question 'partnerships' needs 'company'; company, by any of its names"),
    (
        lambda kg: kg.time_to_listing(kid="filing"),
        "question 'time-to-listing' has no parameter 'kid'; did you mean kind? it has: by, kind, as_of, known",
    ),
    (
        lambda kg: kg.partnerships("Apple", name="Apple"),
        "question 'partnerships' has no parameter 'name'; it has: company, as_of, known",
    ),
    (lambda kg: kg.time_to_listing(by="provinz"), "'by' can't be 'provinz'; did you mean province?"),
    (lambda kg: kg.partnerships("Apple", company="Apple"), "partnerships() is given 'company' twice"),
    (
        lambda kg: kg.time_to_listing("province"),
        "'province' is no date for 'as_of', which time_to_listing() takes at this place; "
        "options go by name: by=…, kind=…, known=…",
    ),
    (lambda kg: kg.path("Apple", "qwen", 25), "'25' is no date for 'as_of', which path() takes at this place; options"),
    (
        lambda kg: kg.time_to_listing("2026", "kind", "filing"),
        "time_to_listing() takes as_of alone by place, not 'kind'; options go by name: by=…, kind=…, known=…",
    ),
    (lambda kg: kg.names("apple", 5), "names() takes text alone by place, not '5'; options go by name: limit=…"),
    (lambda kg: kg.conflicts("2026"), "conflicts() takes nothing by place, not '2026'; options go by name: known=…"),
]


@pytest.mark.parametrize(("call", "told"), WRONG)
def test_a_wrong_call_names_the_method_and_what_was_meant(
    kg: KnowledgeGraph, call: Callable[[Any], object], told: str
) -> None:
    with pytest.raises(QueryError) as refused:
        call(kg)
    assert str(refused.value).startswith(told)


def test_a_name_resolves_to_an_id(kg: KnowledgeGraph) -> None:
    assert kg.resolve("苹果", ("Company",)) == "apple"
    with pytest.raises(QueryError, match="'苹果' is no Model"):
        kg.resolve("苹果", ("Model",))


def test_the_stub_shows_editors_the_same() -> None:
    assert TARGET.read_text(encoding="utf-8") == stub(), "run: python -m chinaai.cli.stub"
    assert (
        "def time_to_listing(self, as_of: AsOf = None, *, by: Literal['kind', 'notice', 'province', 'year'," in stub()
    )


def test_a_notebook_shows_rows_and_the_graph(kg: KnowledgeGraph) -> None:
    shown = kg.partnerships("Apple", "2025-03-01")._repr_html_()
    assert "<th>partner</th>" in shown and "Alibaba Group" in shown and '<a href="https://' in shown
    assert "<th>until</th>" not in shown  # nothing stands in it
    assert kg.partnerships("canalys", "2025-03-01")._repr_html_() == "<p>no rows</p>"
    graph = kg._repr_html_()
    assert "kg.time_to_listing(…)" in graph and " nodes and " in graph and kg.store.engine in graph
    assert repr(kg).startswith(f"<KnowledgeGraph on {kg.store.engine} at ")


def test_nothing_of_a_value_is_markup() -> None:
    evil = NameRow(id="x", type="Company", name="<script>alert(1)</script>", name_zh=None, aliases=["<b>", "&"])
    shown = Rows([evil], NameRow.columns())._repr_html_()
    assert "<script" not in shown and "&lt;script&gt;" in shown and "&lt;b&gt;<br>&amp;" in shown
    source = {"publisher": "P", "published": None, "url": "javascript:alert(1)"}
    assert "javascript" not in table(["sources"], [{"sources": [source]}])


def test_long_answers_say_how_much_is_shown() -> None:
    row = NameRow(id="x", type="Company", name="X", name_zh=None, aliases=[])
    assert "<p>101 rows, of which 100 are shown</p>" in Rows([row] * 101, NameRow.columns())._repr_html_()


def test_an_event_loop_asks_from_threads(kg: KnowledgeGraph) -> None:
    async def ask() -> list[Any]:
        names = ["apple", "samsung", "baidu", "tsla"] * 3
        return await asyncio.gather(*(asyncio.to_thread(kg.partnerships, name, "2026-11-24") for name in names))

    # in a thread of its own: a browser's tests leave a loop running in this one
    with ThreadPoolExecutor(1) as one:
        found = one.submit(lambda: asyncio.run(ask())).result()
    assert found[:4] == found[4:8] == found[8:] and all(found[:4])
    assert found[0] == kg.partnerships("apple", "2026-11-24")
