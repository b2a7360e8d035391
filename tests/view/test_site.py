"""The static site: one page an entity and source, the same bytes each time, nothing lost, nothing of others touched."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import networkx as nx
import pytest
from chinaai.view import ViewError
from chinaai.view.site import Question, page_name, write_site

ASKED = Question(
    "partnerships", "Partnerships of a company", "一家公司的合作关系", "Who works with this company?",
    "chinaai ask partnerships --company Apple", ["partner", "status", "partner_id", "sources"],
    [{"partner": "Alibaba Group", "partner_id": "alibaba", "status": "confirmed", "sources": [{"id": "s1"}]}],
)  # fmt: skip


def built(graph: nx.MultiDiGraph, folder: Path, **options: str) -> dict[str, str]:
    write_site(graph, folder, title="Test site", questions=[ASKED], day="2026-01-01", **options)
    return {str(p.relative_to(folder)): p.read_text(encoding="utf-8") for p in folder.rglob("*") if p.is_file()}


def test_every_entity_source_and_question_has_an_address(small: nx.MultiDiGraph, tmp_path: Path) -> None:
    files = built(small, tmp_path / "site")
    assert {name for name in files if name.endswith(".html")} == {
        *(f"e/{key}.html" for key in ("apple", "alibaba", "baidu", "deepseek", "idc", "lonely", "qwen", "cac", "tim")),
        "s/s1.html", "s/s2.html", "q/partnerships.html", "index.html",
    }  # fmt: skip


def test_a_fact_shows_status_date_confidence_and_sources(small: nx.MultiDiGraph, tmp_path: Path) -> None:
    page = built(small, tmp_path / "site")["e/apple.html"]
    row = re.search(r'<tr id="f1">(.*?)</tr>', page, re.S)
    assert row
    cells = [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<td>(.*?)</td>", row[1], re.S)]
    assert cells == ["partners with →", "Alibaba GroupiPhones", "confirmed", "announced 2025-02-13", "0.9",
                     "Example News, Alibaba"]  # fmt: skip
    unsourced = re.search(r'<tr id="f4">(.*?)</tr>', page, re.S)
    assert unsourced and "<strong>none</strong>" in unsourced[1] and "date unknown" in unsourced[1]
    assert 'href="../s/s1.html"' in page and 'href="../e/alibaba.html"' in page


def test_a_long_figure_has_its_thousands_parted(small: nx.MultiDiGraph, tmp_path: Path) -> None:
    small.nodes["share"].update({"metric": "market_cap", "value": 57900000000.0, "unit": "HKD"})
    assert "57,900,000,000 HKD" in built(small, tmp_path / "site")["e/apple.html"]


def test_every_link_leads_to_a_page(small: nx.MultiDiGraph, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    for name, text in built(small, folder).items():
        if name.endswith(".html"):
            for link in re.findall(r'(?:href|src)="([^"#]+)', text):
                assert link.startswith("https://") or ((folder / name).parent / link).resolve().exists(), (name, link)


def test_structured_data_sitemap_and_llms_txt(small: nx.MultiDiGraph, tmp_path: Path) -> None:
    small.nodes["apple"]["wikidata"] = "Q312"
    files = built(small, tmp_path / "site", base="https://example.org/ai")
    [text] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', files["e/apple.html"])
    data = json.loads(text)
    assert (data["@type"], data["name"], data["alternateName"], data["sameAs"], data["@id"]) == (
        "Organization", "Apple Inc.", ["苹果公司", "Apple Computer", "AAPL"], ["https://www.wikidata.org/entity/Q312"],
        "https://example.org/ai/e/apple.html",
    )  # fmt: skip
    places = [node.text for node in ET.fromstring(files["sitemap.xml"]).iter() if node.tag.endswith("loc")]
    assert len(places) == 13 and "https://example.org/ai/s/s2.html" in places
    assert "[Partnerships of a company](https://example.org/ai/q/partnerships.html)" in files["llms.txt"]


def test_a_second_run_writes_nothing_and_what_left_the_graph_goes(small: nx.MultiDiGraph, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    built(small, folder)
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}
    again = write_site(small, folder, title="Test site", questions=[ASKED], day="2026-01-01")
    assert (again.written, again.gone) == (0, 0)
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()} == before
    small.remove_node("lonely")
    less = write_site(small, folder, title="Test site", questions=[ASKED], day="2026-01-01")
    assert less.gone == 1 and not (folder / "e" / "lonely.html").exists()


def test_a_folder_of_others_and_a_wrong_base_are_refused(small: nx.MultiDiGraph, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(ViewError, match="other files"):
        write_site(small, tmp_path, title="x")
    assert [p.name for p in tmp_path.iterdir()] == ["thesis.txt"]
    with pytest.raises(ViewError, match="web address"):
        write_site(small, tmp_path / "site", title="x", base="javascript:alert(1)")


def test_names_of_files_do_not_meet() -> None:
    keys = ["a/b", "a-b", "A-b", "a:b", "..", "苹果", "x" * 300, "x" * 301]
    names = [page_name(key).lower() for key in keys]
    assert len(set(names)) == len(keys) and all(re.fullmatch(r"[a-z0-9._-]{1,90}", name) for name in names)


@pytest.mark.parametrize("bad", ["<script>ran=1</script>", '"><img src=x onerror=ran=1>', "{{7*7}}", "</script><b>"])
def test_hostile_texts_stay_text(small: nx.MultiDiGraph, tmp_path: Path, bad: str) -> None:
    small.nodes["apple"].update(name=bad, name_zh=bad, aliases=[bad], note=bad, website="javascript:alert(1)")
    small.edges["apple", "alibaba", "f1"].update(scope=bad, product=bad)
    for name, text in built(small, tmp_path / "site").items():
        if name.endswith(".html"):
            bare = re.sub(r'<script type="application/ld\+json">.*?</script>', "", text, flags=re.S)
            assert "<script>ran" not in text and "<img" not in text and "49" not in re.findall(r"<h1>.*?</h1>", bare)
            assert "javascript:" not in re.findall(r'href="([^"]*)"', text)
