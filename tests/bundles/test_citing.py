"""Citations of facts, sources and kept answers, read back by readers of their forms."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from chinaai import ChinaAIError, KnowledgeGraph
from chinaai.bundles.citing import _date, cited
from chinaai.graph.store import Store
from workers import Run

ODD = {
    "id": "a b{c}", "type": "webpage", "title": "50 % of A_B & C {x} \\ 中文", "author": [{"literal": "Lee & Co"}],
    "URL": "https://example.org/{a}", "issued": {"date-parts": [[2025, 2]]},
}  # fmt: skip


@pytest.fixture(params=["embedded", "neo4j"])
def kg(request: pytest.FixtureRequest, run: Run) -> KnowledgeGraph:
    store: Store = request.getfixturevalue(f"{request.param}_shipped")
    return KnowledgeGraph(store)


def test_a_fact_is_cited_with_every_source(kg: KnowledgeGraph) -> None:
    items = json.loads(kg.cite("apple-with-alibaba", "csl"))
    assert items[0]["title"] == "Apple Inc. partners with Alibaba Group (confirmed, 2025-02-13)"
    [row] = [r for r in kg.partnerships("Apple") if r.fact_id == "apple-with-alibaba"]
    assert {item["id"] for item in items[1:]} == {source.id for source in row.sources}
    assert all(item["URL"].startswith("http") for item in items[1:])


def test_a_day_on_which_a_fact_was_only_seen_is_cited_as_that(kg: KnowledgeGraph) -> None:
    [row] = [r for r in kg.hosts(model="Kimi K2") if r.fact_id == "huggingface-hosts-kimi-k2"]
    assert row.since is None and row.announced is None
    title = json.loads(kg.cite("huggingface-hosts-kimi-k2", "csl"))[0]["title"]
    assert title == f"Hugging Face hosts Kimi K2 (confirmed, seen {row.seen})"


def test_what_is_no_statement_is_told_with_its_type(kg: KnowledgeGraph) -> None:
    for name, kind in (("apple", "a Company"), ("ascend-910b", "a Chip"), ("qwen", "a ModelFamily")):
        with pytest.raises(ChinaAIError, match=f"{name} is {kind}; cite takes a fact, figure, filing or source"):
            kg.cite(name)
    with pytest.raises(ChinaAIError, match=r"source 'apple-with-alibba'; did you mean apple-with-alibaba"):
        kg.cite("apple-with-alibba")
    for name in ("filing-beijing-wenxinyiyan-20230821", "r.gate"):
        assert len(json.loads(kg.cite(name, "csl"))) > 1
    assert kg.cite("gp10-ascend").startswith("@misc{gp10-ascend")  # a row of `changes` shows it as its fact


def test_the_same_in_every_style(kg: KnowledgeGraph) -> None:
    titles = [item["title"] for item in json.loads(kg.cite("apple-with-alibaba", "csl"))]
    apa = kg.cite("apple-with-alibaba", "apa").splitlines()
    gb = kg.cite("apple-with-alibaba", "gb7714").splitlines()
    bib = kg.cite("apple-with-alibaba")
    assert len(apa) == len(gb) == len(titles) == len(re.findall(r"^@", bib, re.M))
    assert apa[0].startswith("China AI knowledge graph. (2026")
    assert gb[0].startswith("[1]") and all("[EB/OL]" in line for line in gb[1:])


def test_a_source_and_a_figure_and_what_is_none(kg: KnowledgeGraph) -> None:
    (untitled,) = json.loads(kg.cite("jiemian-apple", "csl"))
    assert untitled["title"] == "en.jiemian.com/article/12347152.html"
    figure = json.loads(kg.cite("apple-market-share-canalys-2024", "csl"))
    assert figure[0]["note"] == "fact apple-market-share-canalys-2024" and len(figure) > 1
    with pytest.raises(ChinaAIError, match="there is no fact or source 'nothing-here'"):
        kg.cite("nothing-here")
    with pytest.raises(ChinaAIError, match="there is no style 'mla'"):
        kg.cite("apple-with-alibaba", "mla")


def test_a_part_of_something_is_a_fact_too(kg: KnowledgeGraph, tmp_path: Path) -> None:
    [way] = kg.path("china-mobile", "lists-chinamobilecommunicationsgroupcoltd-80ba90", limit=1).to_dicts()
    assert [step["fact_id"] for step in way["steps"]] == ["china-mobile/subsidiary-of"]
    assert json.loads(kg.cite("china-mobile/subsidiary-of", "csl"))[0]["note"] == "fact china-mobile/subsidiary-of"
    group = "lists-chinamobilecommunicationsgroupcoltd-80ba90"
    kept = kg.bundle(tmp_path / "a.zip", "path", start="china-mobile", end=group, limit=1)
    assert kept.facts == 3  # the tie and both its ends


def test_a_kept_answer_is_cited_by_its_seal(kg: KnowledgeGraph, tmp_path: Path) -> None:
    made = kg.bundle(tmp_path / "a.zip", "partnerships", company="Apple", as_of="2026-11-24")
    items = json.loads(kg.cite(tmp_path / "a.zip", "csl"))
    assert items[0]["note"] == f"SHA-256 {made.seal}" and len(items) == 1 + made.sources
    whole = (tmp_path / "a.zip").read_bytes()
    (tmp_path / "B.ZIP").write_bytes(whole)
    assert json.loads(kg.cite(tmp_path / "B.ZIP", "csl")) == items
    (tmp_path / "a.zip").write_bytes(whole.replace(b"confirmed", b"CONFIRMED", 1))
    with pytest.raises(ChinaAIError, match="touched"):
        kg.cite(tmp_path / "a.zip")


def test_signs_that_bibtex_reads_as_its_own() -> None:
    assert cited([ODD], "bibtex") == (
        "@online{a-b-c-,\n"
        "  title = {{50 \\% of A\\_B \\& C \\{x\\} \\textbackslash{} 中文}},\n"
        "  author = {{Lee \\& Co}},\n"
        "  year = {2025},\n"
        "  month = {02},\n"
        "  url = {https://example.org/%7Ba%7D}\n"
        "}\n"
    )


@pytest.mark.parametrize(
    ("written", "parts"),
    [("2025-H1", [2025]), ("2025-Q3", [2025]), ("2025", [2025]), ("2025-02", [2025, 2]), ("2025-02-13", [2025, 2, 13])],
)
def test_a_half_or_quarter_is_cited_as_its_year(written: str, parts: list[int]) -> None:
    assert _date(written) == {"date-parts": [parts]}
