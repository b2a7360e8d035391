"""The page itself: one HTML text from a graph, and its file."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import networkx as nx

from . import assets, index
from .collect import EdgeRow, NodeRow, Rows, collect
from .encode import block, looks_of, packed
from .errors import PageTooLargeError
from .frame import safe, save, template
from .layout import Layout, layout
from .options import Options
from .register import filed

MAX_NODES = 50_000
MAX_BYTES = 15_000_000
LIVE = 1_500
TOP = 30


def render(graph: nx.MultiDiGraph, *, title: str, **options: Any) -> str:
    """The page as text; the same input and seed give the same text.

    Args:
        graph: nodes and facts as the exports give them, sources in `graph.graph["sources"]`; it is not changed.
        title: heading of the page.
        options: see `Options`.

    Raises:
        ViewError: the graph, an option or a focus can't be drawn.
        PageTooLargeError: more than 50,000 nodes or 15 MB; `write` makes several pages then.
    """
    given = Options.of(options)
    rows = collect(graph)
    if len(rows.nodes) > MAX_NODES:
        raise PageTooLargeError(f"{len(rows.nodes)} nodes are too many for one page (at most {MAX_NODES})", title)
    made = layout([n.id for n in rows.nodes], [(e.start, e.end) for e in rows.edges], seed=given.seed)
    text = page_text(rows, made, title, given)
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
        index.write_pages(graph, path, title, Options.of(options), page_text)
    return path


def page_text(rows: Rows, made: Layout, title: str, options: Options) -> str:
    """Fill the template."""
    given = options.block(title, {row.id for row in rows.nodes})
    register = filed(options.filings, rows)
    # an event of a fact has the sources of the fact; any other brings its own; what isn't in the page is left out
    ids, facts = _places(rows.nodes), _places(rows.edges)
    given["events"] = [
        [*event[:3], facts.get(event[3]), ids.get(event[4]), event[5], rows.cite(event[6]) if event[3] is None else []]
        for event in given["events"]
        if (event[4] in ids if event[3] is None else event[3] in facts)
    ]
    data, form = packed(block(rows, made, {**given, **register, "live": LIVE}))
    links = Counter(end for edge in rows.edges for end in {edge.start, edge.end})
    top = sorted(enumerate(rows.nodes), key=lambda item: (-links[item[0]], item[1].id))[:TOP]
    looks = looks_of(rows)
    return template("page.html.j2").render(
        title=given["title"], lang=options.lang, theme=options.theme, data=data, form=form,
        policy=assets.policy(
            (assets.vis_network(), assets.script(), assets.boot()), (assets.plain_style(), assets.style())
        ),
        plain_style=safe(assets.plain_style()), boot=safe(assets.boot()), style=assets.part(assets.style()),
        script=assets.part(assets.script()), vis=assets.part(assets.vis_network()),
        nodes=len(rows.nodes), edges=len(rows.edges), sources=len(rows.sources), plans=given["plans"],
        top=[{"row": row, "look": looks[row.label], "links": links[place]} for place, row in top],
    )  # fmt: skip


def _places(rows: Sequence[NodeRow | EdgeRow]) -> dict[str, int]:
    return {row.id: place for place, row in enumerate(rows)}
