"""What is drawn: first view, neighbourhoods, paths, filters, dates; answers worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

ALL = {"apple", "alibaba", "baidu", "deepseek", "idc", "lonely", "qwen", "cac", "tim"}
NOW = {"f1", "f3", "f4", "f5", "f6", "f8", "f9"}  # as of 2026: f2 is over, f7 denied


def test_small_graph_is_drawn_whole_as_of_its_date(small: nx.MultiDiGraph, open_page: Any) -> None:
    page = open_page(small)
    page.ready()
    nodes, facts = page.shown()
    # every fact of baidu is over or denied, so it falls away; lonely and idc never had one and stay
    assert (nodes, facts) == (ALL - {"baidu"}, NOW)
    assert page.page.inner_text("#counts") == "drawn 8 of 9 entities, 7 of 9 facts"
    assert page.page.is_hidden("#plain")


def test_large_graph_opens_as_overview(made_graph: Callable[..., nx.MultiDiGraph], open_page: Any) -> None:
    page = open_page(made_graph(300))
    page.ready()
    assert "groups stand for" in page.page.inner_text("#counts")
    page.keys("ArrowRight", "Enter")
    assert "v=com" in page.fragment()
    inside, _ = page.shown()
    assert 0 < len(inside) < 150
    page.keys("o")
    page.page.click("#v-type")
    page.keys("ArrowRight")
    assert "entities" in page.panel() and page.page.locator("#right h2").inner_text() in {
        "Company", "Model", "Person", "Product", "Chip", "Fund", "Authority", "Legal instrument", "Jurisdiction",
        "Event",
    }  # fmt: skip


def test_focus_shows_the_neighbourhood_asked_for(small: nx.MultiDiGraph, open_page: Any) -> None:
    page = open_page(small, focus=["apple"])
    page.ready()
    assert page.shown()[0] == {"apple", "alibaba", "cac", "tim"}
    page.page.click("#hop-2")
    assert page.shown()[0] == {"apple", "alibaba", "cac", "tim", "qwen", "deepseek"}
    page.page.click("#hop-3")
    assert page.shown()[0] == {"apple", "alibaba", "cac", "tim", "qwen", "deepseek"}


@pytest.mark.parametrize(("day", "facts"), [
    ("2025-01-15", {"f2", "f3", "f4", "f6"}), ("2025-02-12", {"f2", "f3", "f4", "f6", "f8", "f9"}),
    ("2025-02-13", {"f1", "f3", "f4", "f6", "f8", "f9"}), ("2010-01-01", {"f3"}),
])  # fmt: skip
def test_dates_are_half_open_and_undated_facts_stay(
    small: nx.MultiDiGraph, open_page: Any, day: str, facts: set[str]
) -> None:
    page = open_page(small)
    page.ready()
    page.page.fill("#asof-day", day)
    page.page.locator("#asof-day").blur()
    assert page.shown()[1] == facts
    assert "facts without a date that stay, marked “?”: 1" in page.page.inner_text("#asof-note")
    page.page.click("#b-table")
    row = page.page.locator("#rows tr[data-id=f3]").inner_text()
    assert "?" in row


def test_slider_moves_by_keyboard_and_any_day_lifts_it(small: nx.MultiDiGraph, open_page: Any) -> None:
    page = open_page(small)
    page.ready()
    page.page.focus("#asof")
    page.page.keyboard.press("Home")
    assert page.page.input_value("#asof-day") == "2011-08-24"
    assert page.shown()[1] == {"f3", "f6"}
    assert page.page.get_attribute("#asof", "aria-valuetext") == "2011-08-24"
    page.page.click("#asof-any")
    assert page.shown()[1] == NOW | {"f2"}


def test_legend_counts_hides_and_shows_one_type(small: nx.MultiDiGraph, open_page: Any) -> None:
    page = open_page(small)
    page.ready()
    lines = page.page.locator("#left fieldset").last.locator(".key").all_inner_texts()
    assert [line.replace("\n", " ").split()[:2] for line in lines] == [
        ["Authority", "1/1"], ["Company", "5/6"], ["Model", "1/1"], ["Person", "1/1"],
    ]  # fmt: skip
    page.page.get_by_label("Person", exact=True).uncheck()
    assert page.shown() == (ALL - {"baidu", "tim"}, NOW - {"f6"})
    page.page.click("#ty-1-only")
    assert page.shown() == ({"apple", "alibaba", "deepseek", "idc", "lonely"}, {"f1", "f4", "f8", "f9"})
    page.page.click("#reset-ot")
    assert page.shown() == (ALL - {"baidu"}, NOW)


def test_filters_by_fact_type_status_and_confidence(small: nx.MultiDiGraph, open_page: Any) -> None:
    page = open_page(small)
    page.ready()
    page.page.get_by_label("partners with", exact=True).uncheck()
    assert page.shown()[1] == NOW - {"f1", "f9"}
    page.page.get_by_label("denied", exact=True).check()
    assert page.shown()[1] == (NOW - {"f1", "f9"}) | {"f7"}
    page.page.get_by_label("reported", exact=True).uncheck()
    assert page.shown()[1] == {"f3", "f5", "f6", "f7"}
    page.page.fill("#conf", "0.7")
    page.page.dispatch_event("#conf", "change")
    assert page.shown()[1] == {"f3", "f5", "f6"}
    page.keys("u", "u", "u", "u")
    assert page.shown()[1] == NOW


def test_path_under_filters_with_the_evidence_of_each_step(small: nx.MultiDiGraph, open_page: Any) -> None:
    page = open_page(small, path=("tim", "qwen"))
    page.ready()
    assert page.shown() == ({"tim", "apple", "alibaba", "qwen"}, {"f6", "f1", "f4", "f9", "f3"})
    text = page.panel()
    assert "3 steps from Tim Cook to Qwen" in text and "3 facts between these two" in text
    assert "This statement has no source." in text  # f4
    page.page.check("#p-dir")
    assert page.shown()[1] == {"f6", "f1", "f4", "f3"}
    page.page.fill("#asof-day", "2010-01-01")
    page.page.locator("#asof-day").blur()
    assert "No path from Tim Cook to Qwen" in page.panel()


def test_path_ends_are_found_by_typing(small: nx.MultiDiGraph, open_page: Any) -> None:
    page = open_page(small)
    page.ready()
    page.page.click("#v-path")
    assert "Choose where the path starts" in page.panel()
    for box, typed in (("#p-a", "库克"), ("#p-b", "qwe")):
        page.page.fill(box, typed)
        page.page.press(box, "Enter")
    assert "3 steps" in page.panel()
    assert "a=tim&b=qwen" in page.fragment()


def test_expand_hide_pin_and_undo(small: nx.MultiDiGraph, open_page: Any) -> None:
    page = open_page(small, "#v=near&f=tim&sel=ntim")
    page.ready()
    assert page.shown()[0] == {"tim", "apple"}
    page.keys("ArrowRight")
    page.keys("ArrowLeft", "ArrowDown", "ArrowUp")
    page.go("v=near&f=tim&sel=napple")
    page.keys("e")
    assert page.shown()[0] == {"tim", "apple", "alibaba", "cac"}
    page.go("v=near&f=tim&x=alibaba~cac&sel=ncac")
    page.keys("h")
    assert page.shown()[0] == {"tim", "apple", "alibaba"}
    page.keys("u")
    assert page.shown()[0] == {"tim", "apple", "alibaba", "cac"}
    page.keys("p")
    page.page.locator("#right button", has_text="Unpin").wait_for()
    page.go(page.fragment().replace("v=near", "v=near").replace("&x=alibaba~cac", ""))
    assert page.shown()[0] == {"tim", "apple", "cac"}  # the pin keeps it in view


def test_everything_beyond_the_limit_is_one_drawing(
    made_graph: Callable[..., nx.MultiDiGraph], open_page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from chinaai.view import page as module

    monkeypatch.setattr(module, "LIVE", 150)
    page = open_page(made_graph(400), "#v=all&as_of=any")
    page.ready()
    assert page.page.inner_text("#counts").startswith("drawn 150 of 400 entities")
    assert "one drawing behind" in page.page.inner_text("#counts")
    nodes, facts = page.shown()
    assert len(nodes) > 350
    page.page.click("#b-table")
    assert page.page.get_attribute("#rows-count", "data-total") == str(len(facts))
    box = page.page.locator("#net").bounding_box()
    for step in range(60):  # a click on a dot of the drawing behind makes it live
        page.page.mouse.click(
            box["x"] + box["width"] * (0.2 + step % 8 * 0.08), box["y"] + box["height"] * (0.15 + step * 0.01)
        )
        if "x=" in page.fragment():
            break
    assert "x=" in page.fragment()


#: Chooses the fact of every row in one go; gives how often the drawing was drawn by the second frame after.
CHOOSE = """() => new Promise(done => {
  const context = CanvasRenderingContext2D.prototype, plain = context.clearRect;
  const links = () => document.querySelectorAll("#rows td:nth-child(2) button.link");
  let drawn = 0;
  context.clearRect = function (...box) {
    drawn++;
    plain.apply(this, box);
  };
  for (let i = 0; i < links().length; i++) links()[i].click();
  requestAnimationFrame(() => requestAnimationFrame(() => {
    context.clearRect = plain;
    done(drawn);
  }));
})"""


def test_choices_in_one_go_are_laid_out_and_drawn_once(small: nx.MultiDiGraph, open_page: Any) -> None:
    page = open_page(small, "#v=all&as_of=any&os=&tab=1")
    page.ready()
    assert len(page.rows()) == 9
    told = page.page.context.new_cdp_session(page.page)
    told.send("Performance.enable")
    counted = lambda: {one["name"]: one["value"] for one in told.send("Performance.getMetrics")["metrics"]}  # noqa: E731
    before = counted()["LayoutCount"]
    assert page.page.evaluate(CHOOSE) == 1
    assert counted()["LayoutCount"] - before <= 3
    assert page.fragment().endswith("sel=e" + page.rows()[-1])


SCROLL = """([place, top]) => new Promise(done => {
  document.querySelector(place).scrollTop = top;
  requestAnimationFrame(() => requestAnimationFrame(() => done(document.querySelector(place).scrollTop)));
})"""


def test_what_is_scrolled_stays_and_what_is_new_begins_at_its_top(open_page: Any, page_file: Path) -> None:
    page = open_page(file=page_file, fragment="v=all&tab=1", context={"viewport": {"width": 1400, "height": 420}})
    page.ready()
    top = lambda place: page.page.evaluate("place => document.querySelector(place).scrollTop", place)  # noqa: E731
    press = lambda one: one.evaluate("one => one.click()")  # noqa: E731  a click of the mouse would scroll to it
    facts = page.page.locator("#rows tbody td:nth-child(2) button.link")
    press(facts.nth(0))
    given = {place: page.page.evaluate(SCROLL, [place, 40]) for place in ("#left", "#rows .scroll", "#right")}
    assert all(given.values())
    press(page.page.locator("#b-theme"))
    assert {place: top(place) for place in given} == given
    press(facts.nth(5))
    assert {place: top(place) for place in given} == {**given, "#right": 0}
    page.go("/who?lens=partners")
    box = "#page .matrixbox" if page.page.evaluate(SCROLL, ["#page .matrixbox", 50]) else "#page"
    stands = page.page.evaluate(SCROLL, [box, 50])
    assert stands
    press(page.page.locator("#b-theme"))
    assert top(box) == stands
    page.go("/who?lens=filings")
    assert top(box) == 0


def test_a_click_right_after_a_scroll_begins_at_the_top_of_what_is_new(open_page: Any, page_file: Path) -> None:
    """The event that tells a scrolling comes a frame later than the scrolling; a click may come in between."""
    page = open_page(file=page_file, context={"viewport": {"width": 1400, "height": 420}})
    page.ready()
    tops = page.page.evaluate(
        """() => {
          const boxes = () => [...document.querySelectorAll("#page, #page .matrixbox")];
          for (const box of boxes()) box.scrollTop = 300;
          const were = boxes().map(box => box.scrollTop);
          [...document.querySelectorAll("th[scope=row] a")].at(-1).click();
          return [Math.max(...were), ...boxes().map(box => box.scrollTop)];
        }"""
    )
    assert tops[0] > 0
    assert tops[1:] == [0]


def test_who_works_with_whom_counts_what_an_answer_for_the_day_would(small: nx.MultiDiGraph, open_page: Any) -> None:
    """Foreign companies in rows, Chinese ones in columns; no denied tie, no side that is not preferred, none over."""
    for key, country in (("apple", "US"), ("idc", "MO"), ("alibaba", "CN"), ("baidu", "CN"), ("deepseek", "CN")):
        small.nodes[key]["country"] = country
    day = date(2025, 3, 1)
    for key, start, end, status, until, more in (
        ("side", "apple", "deepseek", "reported", None, {"conflict": "c", "preferred": False}),
        ("macao", "idc", "alibaba", "confirmed", None, {}),  # a company of Macao is not foreign
        ("not", "apple", "deepseek", "denied", None, {}),
        ("turned", "baidu", "apple", "confirmed", date(2025, 9, 1), {}),
    ):  # fmt: skip
        small.add_edge(start, end, key=key, fact_id=key, type="PARTNERS_WITH", status=status, confidence=0.9,
                       sources=["s1"], known_from=day, valid_to=until, **more)  # fmt: skip
    filing = {**dict.fromkeys(("service", "number", "entity", "notice"), "x"), "company": "apple", "kind": "filing",
              "accepted": None, "listed": "2025-06-16", "days": None, "province": "上海", "sources": []}  # fmt: skip
    page = open_page(small, "/who?as_of=2025-08-31", filings=[filing])

    def cells(where: str) -> list[str]:
        page.go(where)
        found = page.page.locator("button.cell")
        found.first.wait_for()
        return sorted(label.split(":")[0] for label in found.evaluate_all("l => l.map(one => one.ariaLabel)"))

    assert cells("/who?as_of=2025-08-31") == ["Apple Inc. × Alibaba Group", "Apple Inc. × Baidu"]
    assert cells("/who?as_of=2025-09-01") == ["Apple Inc. × Alibaba Group"]
    assert len(cells("/who?lens=filings&as_of=2025-06-16")) == 1
    page.go("/who?lens=filings&as_of=2025-06-15")
    page.page.locator("button.cell").first.wait_for(state="detached")
