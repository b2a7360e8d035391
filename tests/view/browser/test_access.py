"""Everyone can use it: by keyboard alone, in both languages, light and dark, without script."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

RATIO = Path(__file__).with_name("ratio.js").read_text(encoding="utf-8").split("\n", 1)[1]


#: Every view, and the states of the drawing.
VIEWS = [
    "#/who", "#/who?lens=money", "#/entity/apple", "#/timeline", "#/plan", "#/changes", "#/sources", "#/graph",
    "#sel=ef4&tab=1", "#v=path&a=tim&b=qwen&tab=2", "#sel=napple",
]  # fmt: skip


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_axe_finds_nothing_in_any_view(
    small: nx.MultiDiGraph, open_page: Any, plan: dict[str, Any], theme: str, lang: str
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = open_page(small, plans=[plan], theme=theme, lang=lang)
    page.ready()
    bad = []
    for view in VIEWS:
        page.page.evaluate("view => { location.hash = view; }", view)
        page.page.wait_for_timeout(300)
        found = axe.Axe().run(page.page).response["violations"]
        bad += [(view, item["id"], item["impact"], item["nodes"][0]["html"][:120]) for item in found]
        if page.page.evaluate(RATIO) < 4.5:
            bad.append((view, "contrast", page.page.evaluate(RATIO), ""))
    assert bad == []


def test_tab_reaches_every_control_and_letters_do_the_rest(small: nx.MultiDiGraph, open_page: Any) -> None:
    page = open_page(small)
    page.ready()
    want = set(page.page.evaluate(
        "() => [...document.querySelectorAll('#app button, #app input, #app a, #app [tabindex=\"0\"]')]"
        ".filter(e => e.checkVisibility() && !e.disabled).map(e => e.id || e.className)"
    ))  # fmt: skip
    seen = set()
    for _ in range(120):
        page.page.keyboard.press("Tab")
        seen.add(page.page.evaluate("() => document.activeElement.id || document.activeElement.className"))
    assert want - seen == set()
    page.keys("ArrowRight", "]")
    assert "Sources" in page.panel()
    page.keys("Escape", "t")
    assert page.page.is_visible("#rows")
    page.keys("?")
    assert page.page.is_visible("#help")
    page.page.keyboard.press("Escape")
    page.keys("l", "d")
    assert page.page.locator("html").get_attribute("lang") == "zh-CN"
    assert page.page.locator("html").get_attribute("data-theme") == "dark"
    page.keys("u", "u")
    assert page.page.locator("html").get_attribute("lang") == "en"


def test_control_keeps_the_keyboard_after_a_change(small: nx.MultiDiGraph, open_page: Any) -> None:
    page = open_page(small)
    page.ready()
    page.page.focus("#ty-3")
    page.page.keyboard.press("Space")
    assert page.page.evaluate("document.activeElement.id") == "ty-3"


def test_every_word_has_both_languages(small: nx.MultiDiGraph, open_page: Any, plan: dict[str, Any]) -> None:
    page = open_page(small, "#sel=ef1&tab=1", plans=[plan], lang="zh")
    page.ready()
    text = page.page.locator("#app").inner_text()
    for word in ("Overview", "Confidence", "Status", "Sources", "Undo", "Export", "Everything", "Company"):
        assert word not in text
    assert "苹果公司" in text and "合作" in text and "已确认" in text


def test_without_script_the_essentials_stand(small: nx.MultiDiGraph, open_page: Any) -> None:
    page = open_page(small, context={"java_script_enabled": False})
    assert page.page.inner_text("h1") == "Test graph"
    assert "9 entities, 9 facts, 2 sources" in page.page.inner_text("#plain")
    assert page.page.locator("#plain tbody tr").count() == 9
    assert page.page.is_hidden("#app")


def test_reduced_motion_is_kept(made_graph: Callable[..., nx.MultiDiGraph], open_page: Any) -> None:
    page = open_page(made_graph(120), context={"reduced_motion": "reduce"})
    page.ready()
    page.keys("a", "f", "+", "-")
    running = page.page.evaluate("() => document.getAnimations().length")
    assert running == 0


def test_narrow_screen_has_no_sideways_scroll(small: nx.MultiDiGraph, open_page: Any) -> None:
    page = open_page(small, "#sel=ef1&tab=1", context={"viewport": {"width": 400, "height": 800}})
    page.ready()
    assert page.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_index_page_searches_and_leads_to_the_neighbourhood(
    made_graph: Callable[..., nx.MultiDiGraph], open_page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from chinaai.view import page as module

    monkeypatch.setattr(module, "MAX_NODES", 200)
    monkeypatch.setattr(module.index, "PAGE_NODES", 100)
    page = open_page(made_graph(260))
    page.ready()
    page.page.keyboard.press("/")
    page.page.keyboard.insert_text("阿里巴巴")
    page.page.locator("#hits a").first.click()
    page.ready()
    assert "v=near&f=alibaba" in page.fragment()
    assert "alibaba" in page.shown()[0] and len(page.shown()[0]) > 1
