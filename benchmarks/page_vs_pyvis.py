"""Our page against plain pyvis on the same graph in the same run: size, and seconds until usable.

    python benchmarks/page_vs_pyvis.py [--sizes 100,500,2000,5000,10000] [--cap 120] [--real]

Plain pyvis is what its documentation shows: nodes with label, colour and hover text, edges with hover text,
physics on, libraries in line; dates, confidence and sources, which our page holds, are left out in its
favour. Usable means for pyvis: its loading bar no longer covers the graph and its physics is at rest, for
before that nodes run away from the pointer. For our page: the view is drawn and the page answers; measured
for the view it opens with, which the bar is for, and for the whole graph drawn. `--real` takes the
built graph (CHINAAI_HOME, NEO4J_URI) as `chinaai view --all` draws it. Needs Chromium; nothing is fetched.
"""

from __future__ import annotations

import argparse
import runpy
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import chinaai
import networkx as nx
from chinaai.view import write
from chinaai.view.choose import chosen
from chinaai.view.legend import look
from playwright.sync_api import Browser, Error, Page, sync_playwright
from pyvis.network import Network

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
AT_REST = """() => { const bar = document.getElementById("loadingBar");
    return window.network && network.physics.stabilized && (!bar || getComputedStyle(bar).display === "none"); }"""
SIZE_BAR = {100: 0.75, 500: 0.65, 2000: 0.45, 5000: 0.35, 10000: 0.30}
TIME_BAR = {100: 0.15, 500: 0.04, 2000: 0.02, 5000: 0.02, 10000: 0.03}


def plain_pyvis(graph: nx.MultiDiGraph, path: Path) -> None:
    """The page pyvis makes of the same entities and facts."""
    net = Network(height="900px", width="100%", directed=True, cdn_resources="in_line")
    for key, data in graph.nodes(data=True):
        if data["label"] not in ("Observation", "Source"):
            title = f"{data['label']}: {data['name']} {data.get('name_zh') or ''}"
            net.add_node(key, label=data["name"], title=title, color=look(data["label"]).colour)
    for start, end, data in graph.edges(data=True):
        if start in net.node_map and end in net.node_map:
            net.add_edge(start, end, title=f"{data['type']}, {data.get('status', '')}, {data.get('known_from', '')}")
    path.write_text(net.generate_html(), encoding="utf-8")


def new_page(browser: Browser) -> Page:
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.route("**/*", lambda route: route.continue_() if route.request.url.startswith("file:") else route.abort())
    return page


def plain_seconds(browser: Browser, path: Path, cap: float) -> float | None:
    page, began = new_page(browser), time.monotonic()
    try:
        page.goto(path.as_uri(), timeout=cap * 1000, wait_until="commit")
        left = max(0.1, cap - (time.monotonic() - began))
        page.wait_for_function(AT_REST, timeout=left * 1000, polling=100)
        return time.monotonic() - began
    except Error:
        return None
    finally:
        page.close()


def our_seconds(browser: Browser, path: Path, view: str) -> float:
    page, began = new_page(browser), time.monotonic()
    page.goto(path.as_uri() + view, wait_until="commit")
    page.wait_for_selector("html[data-ready]", state="attached")
    seconds = time.monotonic() - began
    page.keyboard.press("/")
    page.keyboard.type("a")
    page.wait_for_selector("#q-list li")  # it answers, too
    page.close()
    return seconds


def chromium() -> str:
    found = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chromium-browser")
    if not found:
        raise SystemExit("no chromium on this machine; install Debian's package chromium")
    return found


def measure(graph: nx.MultiDiGraph, size: int, folder: Path, cap: float) -> dict[str, Any]:
    ours, plain = folder / f"ours-{size}.html", folder / f"plain-{size}.html"
    began = time.monotonic()
    write(graph, ours, title=f"Graph of {size} entities")
    made = time.monotonic() - began
    plain_pyvis(graph, plain)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium(), headless=True, args=FLAGS)
        our_seconds(browser, ours, "")  # the first page of a fresh browser pays for its start
        first = sorted(our_seconds(browser, ours, "") for _ in range(3))[1]
        whole = sorted(our_seconds(browser, ours, "#v=all") for _ in range(3))[1]
        theirs = plain_seconds(browser, plain, cap)
        if theirs and theirs < 15:
            theirs = sorted([theirs, *(plain_seconds(browser, plain, cap) or cap for _ in range(2))])[1]
        browser.close()
    return {
        "nodes": size, "edges": graph.number_of_edges(), "our_bytes": ours.stat().st_size,
        "plain_bytes": plain.stat().st_size, "made": made, "first": first, "whole": whole, "plain": theirs, "cap": cap,
    }  # fmt: skip


def line(row: dict[str, Any]) -> str:
    base = row["plain"] or row["cap"]
    size, pace, whole = row["our_bytes"] / row["plain_bytes"], row["first"] / base, row["whole"] / base
    plain = f"{row['plain']:.1f} s" if row["plain"] else f"> {row['cap']:.0f} s"
    bars = [bar.get(row["nodes"]) for bar in (SIZE_BAR, TIME_BAR)]
    met = [
        "" if bar is None else (" ok" if value <= bar else " MISSED") + f" (bar {bar})"
        for value, bar in zip((size, pace), bars, strict=True)
    ]
    return (
        f"| {row['nodes']} / {row['edges']} | {plain}, {row['plain_bytes'] / 1e6:.2f} MB | {row['first']:.2f} s |"
        f" {row['whole']:.2f} s | {row['our_bytes'] / 1e6:.2f} MB | {size:.2f}{met[0]} | {pace:.3f}{met[1]} |"
        f" {whole:.3f} | {row['made']:.2f} s |"
    )


def real() -> nx.MultiDiGraph:
    with chinaai.connect() as kg:
        return chosen(kg.to_networkx(), everything=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="100,500,2000,5000,10000")
    parser.add_argument("--cap", type=float, default=120.0, help="seconds after which plain pyvis counts as never")
    parser.add_argument("--real", action="store_true", help="the built graph in place of made ones")
    given = parser.parse_args()
    made = runpy.run_path(str(Path(__file__).parents[1] / "tests" / "view" / "made.py"))["made_graph"]
    print_ = sys.stdout.write
    print_("| nodes / edges | plain pyvis: usable, size | ours: first view | ours: everything | ours: size |"
           " size ratio | time ratio | whole graph | made in |\n|---|---|---|---|---|---|---|---|---|\n")  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        graphs = [real()] if given.real else (made(int(size)) for size in given.sizes.split(","))
        for graph in graphs:
            drawn = sum(data["label"] not in ("Observation", "Source") for _, data in graph.nodes(data=True))
            print_(line(measure(graph, drawn, Path(folder), given.cap)) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
