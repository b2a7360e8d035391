"""Evidence: what the panels, the table, the search and the address say."""

from __future__ import annotations

import json
from typing import Any

import networkx as nx
import pytest


def test_fact_panel_shows_every_source_and_how_confidence_came_about(small: nx.MultiDiGraph, open_page: Any) -> None:
    page = open_page(small, "#sel=ef1")
    page.ready()
    text = page.panel()
    for part in ("Apple Inc. → Alibaba Group", "confirmed", "2025-02-13", "0.9", "confirmed by one side, two sources",
                 "Chairman confirms iPhone deal", "Example News", "阿里巴巴公告", "date unknown", "iPhones",
                 "3 facts between these two"):  # fmt: skip
        assert part in text
    links = page.page.locator("#right > .src a").evaluate_all("l => l.map(a => [a.href, a.rel, a.target])")
    # the second source's address is no web link: it is shown, not linked
    assert links == [["https://news.example/deal", "noopener noreferrer", "_blank"]]
    assert "address is not a web link: javascript:alert(1)" in text


def test_fact_without_source_or_explanation_says_so(small: nx.MultiDiGraph, open_page: Any) -> None:
    page = open_page(small, "#sel=ef4")
    page.ready()
    assert "This statement has no source." in page.panel()
    assert "No explanation was recorded." in page.panel()


def test_entity_panel_lists_facts_with_dates_and_figures(small: nx.MultiDiGraph, open_page: Any) -> None:
    page = open_page(small, "#sel=napple")
    page.ready()
    text = page.panel()
    for part in ("苹果公司", "Apple Computer, AAPL", "market share 17.3 %", "2025-Q3", "Counted by: IDC",
                 "Facts (5)", "← Tim Cook", "date unknown", "→ Alibaba Group",
                 "1 more outside the current filters"):  # fmt: skip
        assert part in text
    page.page.locator("#right details summary").first.click()
    assert "Example News" in page.panel()


def test_figures_and_attributes_have_chinese_names(small: nx.MultiDiGraph, open_page: Any) -> None:
    page = open_page(small, "#sel=napple", lang="zh")
    page.ready()
    assert "市场份额 17.3 %" in page.panel() and "market share" not in page.panel()


def test_a_chinese_dossier_says_seat_role_and_unit_in_chinese(small: nx.MultiDiGraph, open_page: Any) -> None:
    small.add_node("cn-bj", label="Jurisdiction", name="Beijing", name_zh="北京市")
    small.nodes["apple"]["hq"] = "Beijing"
    small.nodes["share"].update({"metric": "users", "value": 1980000, "unit": "users"})
    small.edges["tim", "apple", "f6"]["role"] = "chief executive"
    page = open_page(small, "#/entity/apple", lang="zh")
    page.ready()
    text = page.page.inner_text("main")
    for part in ("总部 北京市", "首席执行官", "1,980,000 个用户"):
        assert part in text
    assert "Beijing" not in text and "chief executive" not in text


def test_conflicting_fact_names_its_rivals(small: nx.MultiDiGraph, open_page: Any) -> None:
    small.edges["apple", "alibaba", "f1"]["conflict"] = "who-helps-apple"
    page = open_page(small, "#sel=ef1")
    page.ready()
    text = page.panel()
    assert "In conflict with" in text and "Baidu" in text


@pytest.mark.parametrize(("typed", "first"), [
    ("apple", "apple"), ("aapl", "apple"), ("苹果", "apple"), ("度求", "deepseek"), ("ＱＷＥＮ", "qwen"),
    ("tim c", "tim"), ("cac", "cac"),
])  # fmt: skip
def test_search_by_name_alias_chinese_and_id(small: nx.MultiDiGraph, open_page: Any, typed: str, first: str) -> None:
    page = open_page(small)
    page.ready()
    page.page.keyboard.press("/")
    page.page.keyboard.insert_text(typed)
    assert page.page.locator("#q-list li").first.inner_text().rstrip().endswith(first)
    page.page.keyboard.press("Enter")
    assert f"v=near&f={first}" in page.fragment()


def test_search_that_finds_nothing_says_so(small: nx.MultiDiGraph, open_page: Any) -> None:
    page = open_page(small)
    page.ready()
    page.page.fill("#q", "zzz")
    assert page.page.locator("#q-list").inner_text() == "nothing found"
    page.page.keyboard.press("Escape")
    assert page.page.is_hidden("#q-list")


@pytest.mark.parametrize(
    "fragment",
    ["", "#as_of=2025-01-15&v=all", "#v=near&f=alibaba", "#ok=PARTNERS_WITH", "#mc=0.6", "#v=path&a=tim&b=qwen"],
)
def test_table_equals_the_graph(small: nx.MultiDiGraph, open_page: Any, fragment: str) -> None:
    page = open_page(small, fragment)
    page.ready()
    nodes, facts = page.shown()
    page.page.click("#b-table")
    assert set(page.rows()) == facts
    page.page.click("#tab-2")
    assert set(page.rows()) == nodes


def test_table_sorts_both_ways_with_unknown_last(small: nx.MultiDiGraph, open_page: Any) -> None:
    page = open_page(small, "#tab=1&as_of=any")
    page.ready()
    page.page.click("#sort-confidence")
    assert page.rows() == ["f2", "f8", "f9", "f4", "f5", "f1", "f3", "f6"]
    assert page.page.locator("#rows th[aria-sort=ascending]").inner_text().startswith("Confidence")
    page.page.click("#sort-confidence")
    assert page.rows() == ["f6", "f3", "f1", "f5", "f4", "f8", "f9", "f2"]
    page.page.click("#sort-date")  # f2 speaks by the day of its source, f8 too; f3, f4, f6 have no day at all
    assert set(page.rows()[-3:]) == {"f3", "f4", "f6"}


def test_parallel_facts_and_direction_are_in_the_drawing(small: nx.MultiDiGraph, open_page: Any) -> None:
    page = open_page(small, "#v=near&f=apple")
    page.ready()
    text = page.save("svg").read_text(encoding="utf-8")
    assert text.count('marker-end="url(#tip)"') == 5  # f1, f4, f9, f5, f6
    assert text.count("Q") >= 2  # two of the three parallel ones are bent apart


def test_address_keeps_the_state_and_survives_nonsense(small: nx.MultiDiGraph, open_page: Any) -> None:
    page = open_page(small, "#v=near&f=alibaba&h=2&ok=LEADS&as_of=2025-04-22&l=zh&sel=nqwen&tab=2")
    page.ready()
    first = page.shown()
    again = open_page(small, page.fragment())
    again.ready()
    assert again.shown() == first
    assert again.page.locator("html").get_attribute("lang") == "zh-CN"
    assert "通义千问" in again.panel()
    odd = open_page(small, "#v=<x>&f=%E0%A4%A&h=99&as_of=soon&sel=nnobody&c=__proto__&pin=apple@x,y&tab=7&__proto__=1")
    odd.ready()
    assert "drawn 8 of 9" in odd.page.inner_text("#counts")


def test_click_on_the_drawing_selects(small: nx.MultiDiGraph, open_page: Any) -> None:
    page = open_page(small, "#v=near&f=lonely")
    page.ready()
    box = page.page.locator("#net").bounding_box()
    page.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2 - 8)
    assert "孤单公司" in page.panel()
    page.page.mouse.click(box["x"] + 5, box["y"] + 5)
    assert "Choose an entity" in page.panel()


def test_click_on_a_fact_and_drag_of_an_entity(small: nx.MultiDiGraph, open_page: Any) -> None:
    page = open_page(small, "#v=path&a=tim&b=apple")
    page.ready()
    box = page.page.locator("#net").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    for shift in range(-40, 40, 4):
        page.page.mouse.click(x, y + shift)
        if "sel=ef6" in page.fragment():
            break
    assert page.page.locator("#right h2").inner_text() == "leads"
    page.go("v=near&f=lonely")
    box = page.page.locator("#net").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.page.mouse.move(x, y - 8)
    page.page.mouse.down()
    page.page.mouse.move(x + 120, y + 60, steps=8)
    page.page.mouse.up()
    assert "pin=lonely%40" in page.fragment()
    page.keys("u")
    assert "pin=" not in page.fragment()


def test_addresses_arrive_as_they_are_cited(small: nx.MultiDiGraph, open_page: Any) -> None:
    """Whatever the page does to make them short: of characters as bytes, of signs as bytes, of both, small digits."""
    cited = [
        "https://a.example/%E5%8C%97%E4%BA%AC%E5%B8%82/%E6%9D%A1%E4%BE%8B%282024%29.md",
        "https://b.example/%E5%8C%97?to=https%3A%2F%2Fc.example%2F%E4%BA%AC",
        "https://d.example/%e5%8c%97",
        "https://e.example/北京?q=50%25",
        "https://f.example/%FF%FE",
        "https://g.example/a%20b",
    ]
    small.graph["sources"] = {
        **small.graph["sources"],
        **{f"cited-{number}": {"id": f"cited-{number}", "title": "T", "url": url} for number, url in enumerate(cited)},
    }
    small.add_edge(
        "apple", "alibaba", key="many", fact_id="many", type="PARTNERS_WITH", status="confirmed", confidence=0.9,
        sources=[f"cited-{number}" for number in range(len(cited))],
    )  # fmt: skip
    page = open_page(small)
    page.ready()
    kept = json.loads(page.save("json").read_text(encoding="utf-8"))
    assert set(cited) <= {one["url"] for one in kept["sources"]}


def test_what_may_lie_outside_the_window_stands_apart_from_what_happened_in_it(
    small: nx.MultiDiGraph, open_page: Any
) -> None:
    """From the 13th to the 28th of February: its first and last day lie within, the month as a whole does not."""
    days = ("2025-02-12", "2025-02-13", "2025-02-28", "2025-02", "2025-03-01", "2025-Q1", "2025")
    events = [[day, "announced", "partnership", None, "apple", f"event of {day};", ["s1"]] for day in days]
    page = open_page(small, "/changes?from=2025-02-13&until=2025-02-28", events=events)
    page.page.wait_for_selector("#page h1")
    told = page.page.inner_text("#page")
    assert "2025-02-13 to 2025-02-28: 2 happened, 0 first seen" in told
    assert "event of 2025-02-13;" in told and "event of 2025-02-28;" in told
    assert "May lie outside the window (3)" in told
    page.page.click("text=May lie outside the window")
    whole = page.page.inner_text("#page")
    assert all(f"event of {day};" in whole for day in ("2025-02", "2025-Q1", "2025"))
    assert "event of 2025-02-12;" not in whole and "event of 2025-03-01;" not in whole


def test_what_was_only_seen_in_the_window_did_not_happen_in_it(small: nx.MultiDiGraph, open_page: Any) -> None:
    """Two were seen to hold, one began: when the two began is not known."""
    told = (("began", "one"), ("seen", "two"), ("seen", "three"))
    events = [["2025-02-20", what, "partnership", None, "apple", f"event {name};", ["s1"]] for what, name in told]
    page = open_page(small, "/changes?from=2025-02-13&until=2025-02-28", events=events)
    page.page.wait_for_selector("#page h1")
    first = page.page.inner_text("#page")
    assert "1 happened, 2 first seen" in first and "event one;" in first
    assert "event two;" not in first and "event three;" not in first
    page.page.click("text=First seen in this window (2)")
    assert all(f"event {name};" in page.page.inner_text("#page") for name in ("one", "two", "three"))


def test_a_span_ends_with_its_own_last_day(small: nx.MultiDiGraph, open_page: Any) -> None:
    """April begins after the first quarter, after March and after the first half of the year before."""
    days = ("2024", "2024-H2", "2025-03", "2025-Q1", "2025-H1")
    events = [[day, "announced", "partnership", None, "apple", f"event of {day};", ["s1"]] for day in days]
    page = open_page(small, "/changes?from=2025-04-01&until=2025-04-30", events=events)
    page.page.wait_for_selector("#page h1")
    assert "0 happened" in page.page.inner_text("#page")
    page.page.click("text=May lie outside the window (1)")
    assert "event of 2025-H1;" in page.page.inner_text("#page")
