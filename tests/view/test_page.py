"""The file: whole without script, the same bytes each time, UTF-8 whatever the locale, never half written."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from chinaai.graph.errors import ChinaAIError
from chinaai.view import PageTooLargeError, ViewError, assets, page, render, write
from chinaai.view.encode import packed


def test_same_input_same_bytes(small: nx.MultiDiGraph) -> None:
    assert render(small, title="Graph 图") == render(small, title="Graph 图")


def test_page_says_the_essentials_without_script(small: nx.MultiDiGraph, plan: dict[str, Any]) -> None:
    text = render(small, title="Apple & <friends>", plans=[plan])
    static = text[: text.index("<script")]
    assert '<h1 id="plain-title" dir="auto">Apple &amp; &lt;friends&gt;</h1>' in static
    assert "9 entities, 9 facts, 2 sources" in static
    rows = re.findall(
        r"<tr><td><bdi>(.*?)</bdi></td><td lang=\"zh\"><bdi>(.*?)</bdi></td><td>(.*?)</td><td>(\d+)", static
    )
    assert rows[:2] == [("Apple Inc.", "苹果公司", "Company", "6"), ("Alibaba Group", "阿里巴巴集团", "Company", "5")]
    assert re.findall(r"<li><bdi>(.*?)</bdi>", static) == [
        "Apple can launch on 2027-03-01 at P50.", "The gate is a filing 备案.",
    ]  # fmt: skip


def test_policy_names_the_scripts_and_styles_of_the_page(small: nx.MultiDiGraph) -> None:
    text = render(small, title="x")
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy
    rules = policy.group(1).replace("&#39;", "'")
    [script] = re.findall(r"<script>(.*?)</script>", text, re.S)
    assert assets.policy_hash(script) in rules and script == assets.boot()
    [style] = re.findall(r"<style>(.*?)</style>", text, re.S)
    unpacked = (style, assets.style(), assets.vis_network(), assets.script())
    assert {assets.policy_hash(text) for text in unpacked} <= set(rules.replace(";", "").split())
    assert "connect-src 'none'" in rules and "default-src 'none'" in rules and "unsafe" not in rules
    assert "vis.js is dual licensed" in text


def test_no_address_to_fetch_from_stands_in_the_markup(small: nx.MultiDiGraph) -> None:
    text = render(small, title="x")
    assert re.findall(r"<(?:link|img|script|iframe)[^>]*(?:src|href)=\"(?!data:,)", text) == []


def test_utf8_under_a_c_locale(tmp_path: Path) -> None:
    code = (
        "import networkx as nx; from chinaai.view import write; g = nx.MultiDiGraph();"
        "g.add_node('a', label='Company', name='\\u82f9\\u679c'); write(g, 'a.html', title='\\u56fe')"
    )
    env = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=env, check=True)
    assert "<title>图</title>" in (tmp_path / "a.html").read_text(encoding="utf-8")
    assert [item.name for item in tmp_path.iterdir()] == ["a.html"]


def test_a_failed_write_leaves_the_old_file(
    small: nx.MultiDiGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = write(small, tmp_path / "a.html", title="first")

    def full(self: Path, target: object) -> Path:
        raise OSError("no space left")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(ChinaAIError, match="no space"):
        write(small, target, title="second")
    assert "<title>first</title>" in target.read_text(encoding="utf-8")
    assert [item.name for item in tmp_path.iterdir()] == ["a.html"]


@pytest.mark.parametrize(("options", "message"), [
    ({"focus": ["aple"]}, "aple"), ({"lang": "fr"}, "fr"), ({"theme": "pink"}, "pink"), ({"hops": 4}, "4"),
    ({"start": "map"}, "map"), ({"route": []}, "route"),
])  # fmt: skip
def test_what_cannot_be_drawn_is_said(small: nx.MultiDiGraph, options: dict[str, Any], message: str) -> None:
    with pytest.raises(ViewError, match=message):
        render(small, title="x", **options)


def test_data_cannot_leave_its_block() -> None:
    for size in (1, 2_000):
        text, form = packed({"x": "</script><!--&\u2028" * size})
        assert not set("<>&\u2028") & set(text)
        assert form == ("json" if size == 1 else "lzma")
    assert json.loads(packed({"x": "</script>"})[0]) == {"x": "</script>"}


def test_sizes_stay_under_the_bars(made_graph: Callable[..., nx.MultiDiGraph]) -> None:
    for nodes, most in ((100, 0.35), (500, 0.42), (2_000, 0.65)):
        assert len(render(made_graph(nodes), title="x").encode()) < most * 1e6


def test_too_large_becomes_an_index_with_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made_graph: Callable[..., nx.MultiDiGraph]
) -> None:
    monkeypatch.setattr(page, "MAX_NODES", 300)
    monkeypatch.setattr(page.index, "PAGE_NODES", 150)
    graph = made_graph(400)
    with pytest.raises(PageTooLargeError):
        render(graph, title="Large")
    target = write(graph, tmp_path / "large.html", title="Large")
    pages = sorted((tmp_path / "large-pages").iterdir())
    links = re.findall(r'<td><a href="(large-pages/\d+\.html)">', target.read_text(encoding="utf-8"))
    assert links == [f"large-pages/{item.name}" for item in pages] and len(pages) >= 3
    again = {item.name: item.read_bytes() for item in pages}
    write(graph, target, title="Large")
    assert {item.name: item.read_bytes() for item in pages} == again
