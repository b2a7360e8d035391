"""The page itself: one HTML text from a graph, and its file."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import networkx as nx

from . import assets, clean, index
from .collect import Rows, collect
from .encode import block, looks_of, packed
from .errors import PageTooLargeError, ViewError
from .frame import safe, save, template
from .layout import Layout, layout
from .routes import route_steps

MAX_NODES = 50_000
MAX_BYTES = 15_000_000
LIVE = 1_500
TOP = 30
Lang = Literal["en", "zh"]
Theme = Literal["auto", "light", "dark"]


def render(
    graph: nx.MultiDiGraph, *, title: str, focus: Sequence[str] | None = None, lang: Lang = "en",
    theme: Theme = "auto", seed: int = 0, route: Sequence[Any] | None = None, hops: int = 1,
    cache: Path | None = None, path: tuple[str, str] | None = None,
) -> str:  # fmt: skip
    """The page as text; the same input and seed give the same text.

    Args:
        graph: nodes and facts as the exports give them, sources in `graph.graph["sources"]`; it is not changed.
        title: heading of the page.
        focus: ids whose neighbourhood is the first view; None shows an overview.
        lang: language at the start.
        theme: `auto` follows the reader's system.
        seed: another seed, another drawing.
        route: steps of a market-entry route, drawn from left to right (see `route_steps`).
        hops: how far the first neighbourhood reaches, 1 to 3.
        cache: folder for computed positions, by digest; None computes them each time.
        path: two ids; the first view is the way from one to the other.

    Raises:
        ViewError: the graph, an option, a focus or a step can't be drawn.
        PageTooLargeError: more than 50,000 nodes or 15 MB; `write` makes several pages then.
    """
    rows = collect(graph)
    if len(rows.nodes) > MAX_NODES:
        raise PageTooLargeError(f"{len(rows.nodes)} nodes are too many for one page (at most {MAX_NODES})", title)
    made = layout([n.id for n in rows.nodes], [(e.start, e.end) for e in rows.edges], seed=seed, cache=cache)
    text = page_text(rows, made, _options(rows, title, focus, lang, theme, seed, hops, path), route_steps(route))
    if len(text.encode("utf-8")) > MAX_BYTES:
        raise PageTooLargeError(f"the page would be over {MAX_BYTES // 1_000_000} MB", title)
    return text


def write(graph: nx.MultiDiGraph, target: str | os.PathLike[str], *, title: str, **options: Any) -> Path:
    """Write the page, by way of a temporary file beside it; too large a graph gives an index and a folder.

    Takes the options of `render` and raises what it raises, save PageTooLargeError.

    Returns:
        The file to open.
    """
    path = Path(target)
    try:
        save(path, render(graph, title=title, **options))
    except PageTooLargeError:
        index.write_pages(graph, path, title, options, _one)
    return path


def _one(rows: Rows, made: Layout, title: str, options: dict[str, Any]) -> str:
    given = _options(rows, title, options.get("focus"), options.get("lang", "en"), options.get("theme", "auto"),
                     options.get("seed", 0), options.get("hops", 1), options.get("path"))  # fmt: skip
    return page_text(rows, made, given, route_steps(options.get("route")))


def page_text(rows: Rows, made: Layout, options: dict[str, Any], steps: list[dict[str, Any]]) -> str:
    """Fill the template."""
    data, form = packed(block(rows, made, {**options, "live": LIVE, "route": steps}))
    top = sorted(range(len(rows.nodes)), key=_degree(rows))[:TOP]
    looks = looks_of(rows)
    return template("page.html.j2").render(
        title=options["title"], lang=options["lang"], theme=options["theme"], data=data, form=form,
        policy=assets.policy((assets.vis_network(), assets.script()), (assets.style(),)), style=safe(assets.style()),
        script=safe(assets.script()), vis=assets.vis_packed()[1], nodes=len(rows.nodes), edges=len(rows.edges),
        sources=len(rows.sources), steps=steps,
        top=[{"row": rows.nodes[place], "look": looks[rows.nodes[place].label],
              "links": -_degree(rows)(place)[0]} for place in top],
    )  # fmt: skip


def _degree(rows: Rows) -> Any:
    count = [0] * len(rows.nodes)
    for edge in rows.edges:
        count[edge.start] += 1
        count[edge.end] += edge.end != edge.start
    return lambda place: (-count[place], rows.nodes[place].id)


def _options(
    rows: Rows, title: str, focus: Sequence[str] | None, lang: str, theme: str, seed: int, hops: int,
    path: tuple[str, str] | None,
) -> dict[str, Any]:  # fmt: skip
    if lang not in ("en", "zh"):
        raise ViewError("the page speaks en or zh", str(lang))
    if theme not in ("auto", "light", "dark"):
        raise ViewError("the theme is auto, light or dark", str(theme))
    if hops not in (1, 2, 3):
        raise ViewError("a neighbourhood reaches 1 to 3 hops", str(hops))
    ids = {row.id for row in rows.nodes}
    asked = [clean.text(key) for key in (*(focus or ()), *(path or ()))]
    missing = [key for key in asked if key not in ids]
    if missing:
        raise ViewError("not in the graph", ", ".join(missing[:5]), "ask for ids of drawn entities")
    return {
        "title": clean.text(title), "lang": lang, "theme": theme, "seed": seed, "hops": hops,
        "focus": [clean.text(key) for key in focus or ()], "path": [clean.text(key) for key in path or ()],
    }  # fmt: skip
