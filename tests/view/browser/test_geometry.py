"""What stands where: one step round an entity can be read, and on a phone no text is too small."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow
HERE = Path(__file__).parent
STAR, SMALL = ((HERE / name).read_text(encoding="utf-8") for name in ("star.js", "small.js"))
#: Over once texts are drawn; the page's own policy forbids to wait by an expression.
DRAWN = "() => new Promise(done => { const look = () => drawn.length > 5 ? done() : setTimeout(look, 50); look(); })"
DAY = "as_of=2026-11-28"


def test_one_step_round_the_best_linked_no_line_crosses_a_stranger_and_no_name_another(
    page_file: Path, open_page: Any
) -> None:
    """The thirty best linked entities, and three of them again in Chinese."""
    page = open_page(file=page_file, context={"viewport": {"width": 1440, "height": 900}})
    page.ready()
    page.go(f"/graph?{DAY}&v=all")
    drawn = json.loads(page.save("json").read_text(encoding="utf-8"))
    links = Counter(end for edge in drawn["edges"] for end in {edge["start"], edge["end"]})
    best = [name for name, _ in links.most_common(30)]
    reader = page.page.context.new_page()
    for language, names in (("en", best), ("zh", best[:3])):
        for name in names:
            page.go(f"/graph?{DAY}&v=near&f={name}&l={language}")
            page.page.bring_to_front()  # Chromium draws a page behind another once a second, and a click waits for it
            reader.goto(page.save("svg").as_uri())
            found = reader.evaluate(STAR)
            assert found["entities"] > 10, name
            assert (found["nameless"], found["through"], found["covered"]) == (0, [], []), (name, language)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_on_a_phone_no_text_is_under_eleven_pixels(planned_file: Path, open_page: Any, language: str) -> None:
    page = open_page(file=planned_file, context={"viewport": {"width": 390, "height": 844}, "is_mobile": True})
    page.ready()
    places = ["who", "entity/apple", "entity/huawei", "entity/qwen", "timeline", "timeline/apple", "plan", "changes"]
    for place in [*places, "sources", "graph", "graph?v=near&f=apple"]:
        page.go(f"/{place}{'&' if '?' in place else '?'}{DAY}&l={language}")
        assert page.page.evaluate(SMALL) == [], place
        assert page.page.evaluate("document.documentElement.scrollWidth") == 390, place


def test_on_a_phone_the_drawing_begins_with_names_that_can_be_read(planned_file: Path, open_page: Any) -> None:
    """Names are drawn on a canvas: none is drawn below the size, and the one in the middle is in sight."""
    page = open_page(file=planned_file, context={"viewport": {"width": 390, "height": 844}, "is_mobile": True})
    page.page.add_init_script(
        """const plain = CanvasRenderingContext2D.prototype.fillText;
        window.drawn = [];
        CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
          const m = this.getTransform(), size = parseFloat(this.font.match(/([\\d.]+)px/)[1]);
          drawn.push([text, (size * Math.hypot(m.a, m.b)) / devicePixelRatio, (m.a * x + m.e) / devicePixelRatio]);
          return plain.apply(this, arguments);
        };"""
    )
    page.page.reload()
    page.ready()
    places = {"graph?v=near&f=apple": "Apple Inc.", "graph?v=near&f=huawei": "Huawei", "graph": ""}
    for high, (place, name) in enumerate(places.items(), 845):
        page.go(f"/{place}{'&' if '?' in place else '?'}{DAY}")
        page.page.evaluate(DRAWN)
        page.page.evaluate("drawn.length = 0")
        page.page.set_viewport_size({"width": 390, "height": high})  # drawn anew, as it stands now
        page.page.evaluate(DRAWN)
        last = page.page.evaluate("drawn")
        assert [line for line in last if line[1] < 10.9] == [], place
        assert not name or any(text == name and 0 < x < 390 for text, _, x in last), place
