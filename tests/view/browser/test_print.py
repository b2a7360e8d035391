"""What the page looks like on paper: a document, without what only a screen needs, and nothing cut off."""

from __future__ import annotations

import re
from typing import Any

import networkx as nx
import pytest

SCREEN_ONLY = ("#left", "#views", "#tools", "#tabs", "#stage-help")


def sheets(page: Any) -> set[tuple[int, int]]:
    """Width and height of the sheets, in points."""
    raw = page.pdf(prefer_css_page_size=True)
    found = re.findall(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)", raw)
    return {(round(float(wide)), round(float(high))) for wide, high in found}


@pytest.mark.parametrize(("fragment", "lies"), [("#/who", True), ("#/entity/apple", False), ("#/changes", False)])
def test_sheets_lie_where_a_view_is_wide(small: nx.MultiDiGraph, open_page: Any, fragment: str, lies: bool) -> None:
    opened = open_page(small, fragment)
    opened.ready()
    found = sheets(opened.page)
    assert found and all((wide > high) is lies for wide, high in found)


@pytest.mark.parametrize("fragment", ["#/who", "#/entity/apple", "#/sources", "#/changes"])
def test_no_part_of_the_screen_and_nothing_cut(small: nx.MultiDiGraph, open_page: Any, fragment: str) -> None:
    opened = open_page(small, fragment, context={"viewport": {"width": 700, "height": 1_000}})
    opened.ready()
    opened.page.emulate_media(media="print")
    for part in SCREEN_ONLY:
        assert not opened.page.locator(part).is_visible(), part
    boxes = "() => [...document.querySelectorAll('#page, .matrixbox, .scroll')].map(e => getComputedStyle(e).overflowY)"
    assert set(opened.page.evaluate(boxes)) <= {"visible"}
