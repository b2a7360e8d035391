"""Hostile texts in every field: nothing runs, nothing is fetched, nothing is complained of.

The same texts in the same places of a page made by plain pyvis do run: so the test can fail.
"""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from chinaai.view import write
from chinaai.view.plans import slim
from chinaai.view.site import Question, write_site
from pyvis.network import Network

GIVEN = runpy.run_path(str(Path(__file__).with_name("payloads.py")))
PAYLOADS: list[str] = GIVEN["PAYLOADS"]
RUN: str = GIVEN["RUN"]


def hostile_graph() -> nx.MultiDiGraph:
    """Each text as id, label, names, alias, field name and value, fact id, type, status, every source field."""
    graph = nx.MultiDiGraph(as_of=PAYLOADS[0], digest=PAYLOADS[1])
    graph.graph["sources"] = {
        text: dict.fromkeys(("id", "title", "publisher", "published", "url", "kind"), text) for text in PAYLOADS
    }
    graph.graph["searched"] = {text: text for text in PAYLOADS}
    for text in PAYLOADS:
        graph.add_node(text, label=text, name=text, name_zh=text, aliases=[text, text], keys=[text],
                       **{text or "x": {text: [text]}, "sources": [text], "note": text})  # fmt: skip
    for number, text in enumerate(PAYLOADS):
        graph.add_edge(text, PAYLOADS[number - 1], key=text, type=text, status=text, since=text, until=text,
                       announced=text, as_of=text, known_from=text, valid_to=text, confidence=text, sources=[text],
                       scope=text, note=text, conflict=text, preferred=text, weak=text, confidence_why=text,
                       **{text + "_": text})  # fmt: skip
        figure = f"figure {number} {text}"
        graph.add_node(figure, label="Observation", name=text, metric=text, value=text, text=text, unit=text,
                       as_of=text, scope=text, status=text, sources=[text])  # fmt: skip
        graph.add_edge(figure, text, key=figure, type="OF")
        graph.add_edge(figure, text, key=figure + "by", type="MEASURED_BY")
    return graph


PLAN = slim(PAYLOADS[0], PAYLOADS[0], PAYLOADS[0], {
    "as_of": PAYLOADS[0], "head": PAYLOADS, "closed": PAYLOADS[0], "case": dict.fromkeys(PAYLOADS, PAYLOADS[0]),
    "plans": [{
        "rank": PAYLOADS[0], "strategy": PAYLOADS[0], "gate": PAYLOADS[0], "gate_evidence": PAYLOADS[0],
        "launch": dict.fromkeys(("p10", "p50", "p90"), PAYLOADS[0]), "partners": PAYLOADS, "precedents": PAYLOADS,
        "steps": [
            {"requirement": {"id": text, "name": text, "name_zh": text}, "status": "due", "why": text,
             "authority": text, "performer": text, "basis": text, "needs": [PAYLOADS[number - 1]] if number else [],
             "duration": {"min": 1, "typical": 2, "max": 3, "basis": text}, "gaps": [text],
             "sources": [{"id": text, "publisher": text, "url": text, "published": text}]}
            for number, text in enumerate(PAYLOADS)
        ],
    }],
    **{name: [text] for name in ("choices", "flips", "horizon", "assumptions", "prohibitions") for text in PAYLOADS},
})  # fmt: skip
EVENTS = [["2025-02", "began", "other", key, text, text, [text]] for text in PAYLOADS for key in (text, None)]
FILINGS = [
    {**dict.fromkeys(("service", "number", "kind", "province", "entity", "notice"), text), "company": text,
     "accepted": text, "listed": "2025-02-01", "days": 3, "sources": [text]}
    for text in PAYLOADS
]  # fmt: skip
EXTRA = {"plans": [PLAN], "events": EVENTS, "filings": FILINGS}
PAGES = Path(__file__).with_name("pages.js").read_text(encoding="utf-8").split("\n", 1)[1]
TOUR = Path(__file__).with_name("tour.js").read_text(encoding="utf-8").split("\n", 1)[1]


def noticed(page: Any) -> int:
    return int(page.evaluate("() => Number(window.ran || 0)"))


def test_there_are_enough() -> None:
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 40
    assert sum(RUN in text for text in PAYLOADS) >= 35


def test_nothing_runs_and_nothing_is_fetched(open_page: Any) -> None:
    page = open_page(hostile_graph(), title=" ".join(PAYLOADS), **EXTRA, focus=[PAYLOADS[0]])
    page.ready()
    assert page.page.evaluate(TOUR, [["en", 1], ["zh", 2]]) >= 2 * len(PAYLOADS)
    for fragment in (
        "v=over",
        "v=over&by=type",
        "v=near&f=__proto__&h=3",
        "v=path&a=constructor&b=toString",
    ):
        page.go(fragment)
        page.keys("ArrowRight", "ArrowDown", "Enter", "]", "[")
        page.page.mouse.move(600, 400)
    for text in [*PAYLOADS[:6], "constructor", "<img"]:
        page.page.fill("#q", text)
        page.page.locator("#q-list li").first.wait_for()
    page.page.press("#q", "Enter")
    for kind in ("csv", "json", "svg", "png"):
        page.save(kind)
    assert page.page.evaluate(PAGES, [["en", PAYLOADS[1]], ["zh", PAYLOADS[2]]]) >= len(PAYLOADS)
    assert noticed(page.page) == 0
    assert page.requests == [] and page.errors == []
    links = page.page.evaluate("() => [...document.querySelectorAll('a[href]')].map(a => a.getAttribute('href'))")
    assert all(link.startswith(("#", "http")) for link in links)


def test_nothing_runs_without_the_policy_either(open_page: Any, tmp_path: Path) -> None:
    """The policy is the second wall: the first must hold alone."""
    path = write(hostile_graph(), tmp_path / "open.html", title=" ".join(PAYLOADS), **EXTRA, focus=[PAYLOADS[0]])
    text = path.read_text(encoding="utf-8")
    bare = text.replace('http-equiv="Content-Security-Policy"', 'name="none"', 1)
    assert bare != text
    path.write_text(bare, encoding="utf-8")
    page = open_page(file=path)
    page.ready()
    page.page.evaluate(TOUR, [["en", 1]])
    assert noticed(page.page) == 0


def test_nothing_runs_in_the_pages_of_a_site(open_page: Any, tmp_path: Path) -> None:
    rows = [dict.fromkeys(("partner", "partner_id", "sources", *PAYLOADS[:3]), text) for text in PAYLOADS]
    columns = ["partner", "partner_id", *PAYLOADS[:3]]
    asked = [Question(text, text, text, text, text, columns, rows) for text in PAYLOADS[:9]]
    folder = tmp_path / "site"
    write_site(hostile_graph(), folder, title=PAYLOADS[0], questions=asked, day="2026-01-01")
    files = sorted(folder.rglob("*.html"))
    assert len(files) > 2 * len(PAYLOADS) - 10
    page = open_page(file=folder / "index.html")
    for file in files:
        page.page.goto(file.as_uri())
        assert noticed(page.page) == 0, file.name
        links = page.page.evaluate("() => [...document.querySelectorAll('a[href]')].map(a => a.href)")
        assert all(link.startswith(("file:", "http")) for link in links), file.name


@pytest.mark.parametrize("place", ["heading", "hover box"])
def test_plain_pyvis_runs_them(browser: Any, tmp_path: Path, place: str) -> None:
    """The positive control: same texts, same counters, plain pyvis."""
    text = PAYLOADS[3]
    net = Network(directed=True, cdn_resources="in_line", heading=text if place == "heading" else "")
    net.add_node(0, label="x", title=text + ' <a href="#">href</a>' if place == "hover box" else "x", x=0, y=0)
    net.toggle_physics(False)
    path = tmp_path / "plain.html"
    path.write_text(net.generate_html(), encoding="utf-8")
    page = browser.new_page(viewport={"width": 1000, "height": 700})
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url) if request.url.startswith("http") else None)
    page.route("http*://**/*", lambda route: route.abort())
    page.goto(path.as_uri())
    page.wait_for_selector("canvas")
    box = page.locator("canvas").bounding_box()
    for _ in range(100):  # until the box opens below the pointer, which takes its time where the machine is busy
        page.mouse.move(box["x"] + box["width"] / 2 - 4, box["y"] + box["height"] / 2)
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.wait_for_timeout(600)
        if noticed(page) and requests:
            break
    assert noticed(page) > 0
    assert requests != []
    page.close()
