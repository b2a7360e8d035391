"""A graph too large for one page: an index, and one page for each neighbourhood in a folder beside it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx as nx

from ..graph.communities import UNLINKED
from . import assets, clean
from .collect import Rows, collect
from .encode import packed
from .frame import safe, save, template
from .layout import Layout, layout
from .options import Options

PAGE_NODES = 2_500  # members of one page; their neighbours come on top
Draw = Callable[[Rows, Layout, str, Options], str]


def write_pages(graph: nx.MultiDiGraph, path: Path, title: str, options: Options, draw: Draw) -> None:
    """Write `path` as the index and `<stem>-pages/` with the pages; pages of an earlier run go.

    A page holds whole communities, every fact of each member, and the other ends of those facts.
    """
    rows = collect(graph)
    links = [(edge.start, edge.end) for edge in rows.edges]
    hubs = max(3, math.ceil(len(rows.nodes) / 1_000))
    made = layout([row.id for row in rows.nodes], links, seed=options.seed, hubs=hubs)
    folder = path.with_name(path.stem + "-pages")
    parts = _parts(rows, made)
    names = [f"{number:03d}.html" for number in range(1, len(parts) + 1)]
    incident: dict[int, list[int]] = defaultdict(list)
    for number, edge in enumerate(rows.edges):
        incident[edge.start].append(number)
        incident[edge.end].append(number)
    entries, page_of = [], [0] * len(rows.nodes)
    for number, (name, members) in enumerate(zip(names, parts, strict=True)):
        part, spots = _subset(rows, made, members, incident)
        ids = {row.id for row in part.nodes}
        given = options.within(ids)
        if number:
            given = replace(given, plans=())  # the plans stand on the first page
        heading = f"{clean.text(title)} ({number + 1}/{len(parts)})"
        save(folder / name, draw(part, spots, heading, given))
        for member in members:
            page_of[member] = number
        top = sorted(members, key=lambda node: (-len(incident[node]), rows.nodes[node].id))[:6]
        entries.append({"href": f"{folder.name}/{name}", "nodes": len(members), "edges": len(part.edges),
                        "top": [rows.nodes[node] for node in top]})  # fmt: skip
    for old in folder.glob("[0-9][0-9][0-9].html"):
        if old.name not in names:
            old.unlink()
    save(path, _index_text(rows, clean.text(title), options, entries, page_of))


def _parts(rows: Rows, made: Layout) -> list[list[int]]:
    """Communities packed into pages, largest first; one that is too large is cut in order of its nodes."""
    groups: dict[int, list[int]] = defaultdict(list)
    for node, hub in enumerate(made.community):
        groups[hub].append(node)
    parts: list[list[int]] = []
    for hub in sorted(groups, key=lambda hub: (hub == UNLINKED, -len(groups[hub]), rows.nodes[hub].id)):
        members = groups[hub]
        while len(members) > PAGE_NODES:
            parts.append(members[:PAGE_NODES])
            members = members[PAGE_NODES:]
        room = next((part for part in parts if len(part) + len(members) <= PAGE_NODES), None)
        if room is None:
            parts.append(list(members))
        else:
            room.extend(members)
    return [sorted(part) for part in parts]


def _subset(rows: Rows, made: Layout, members: list[int], incident: dict[int, list[int]]) -> tuple[Rows, Layout]:
    facts = sorted({fact for node in members for fact in incident[node]})
    kept = sorted({*members, *(end for fact in facts for end in (rows.edges[fact].start, rows.edges[fact].end))})
    at = {node: place for place, node in enumerate(kept)}
    mine = set(members)
    figures = [figure for figure in rows.figures if figure.node in mine]
    nodes, edges = [rows.nodes[node] for node in kept], [rows.edges[fact] for fact in facts]
    lists = [*(row.sources for row in nodes), *(row.sources for row in edges), *(row.sources for row in figures)]
    cited = sorted({source for places in lists for source in places})
    source_at = {source: place for place, source in enumerate(cited)}
    part = Rows(
        nodes=[replace(node, sources=[source_at[s] for s in node.sources]) for node in nodes],
        edges=[replace(edge, start=at[edge.start], end=at[edge.end], sources=[source_at[s] for s in edge.sources])
               for edge in edges],
        figures=[replace(figure, node=at[figure.node], sources=[source_at[s] for s in figure.sources])
                 for figure in figures],
        sources=[rows.sources[source] for source in cited], digest=rows.digest, as_of=rows.as_of,
        searched=rows.searched,
    )  # fmt: skip
    hubs = [at.get(made.community[node], UNLINKED) for node in kept]
    return part, Layout([made.x[node] for node in kept], [made.y[node] for node in kept], hubs)


def _index_text(rows: Rows, title: str, options: Options, entries: list[dict[str, Any]], page_of: list[int]) -> str:
    data, form = packed({
        "pages": [entry["href"] for entry in entries], "id": [row.id for row in rows.nodes],
        "name": [row.name for row in rows.nodes], "zh": [row.name_zh for row in rows.nodes],
        "al": {place: row.aliases for place, row in enumerate(rows.nodes) if row.aliases}, "p": page_of,
    })  # fmt: skip
    script, style = assets.index_script(), f"{assets.plain_style()}\n{assets.style()}"
    return template("index.html.j2").render(
        title=title, lang=options.lang, theme=options.theme, entries=entries,
        nodes=len(rows.nodes), edges=len(rows.edges), sources=len(rows.sources), data=data, form=form,
        script=safe(script), style=safe(style), policy=assets.policy((script,), (style,)),
    )  # fmt: skip
