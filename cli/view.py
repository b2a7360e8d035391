"""The commands that write the graph as a page, and as a folder of static pages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..face import KnowledgeGraph
from ..graph.errors import ChinaAIError
from ..graph.store import open_store
from . import output
from .asking import asking
from .options import Home, Known


def view_command(
    target: Annotated[Path, typer.Option("--output", "-o", help="File to write; - for stdout.")] = Path("graph.html"),
    focus: Annotated[list[str] | None, typer.Option(help="Draw the neighbourhood of this name; repeatable.")] = None,
    hops: Annotated[int, typer.Option(min=1, max=3, help="How far the neighbourhood reaches.")] = 1,
    path: Annotated[tuple[str, str] | None, typer.Option(help="Open on the way from A to B.")] = None,
    route: Annotated[tuple[str, str] | None, typer.Option(help="Open on COMPANY's entry path for SERVICE.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Draw the register as well.")] = False,
    lang: Annotated[str, typer.Option(help="en or zh; the reader can switch.")] = "en",
    theme: Annotated[str, typer.Option(help="auto, light or dark; the reader can switch.")] = "auto",
    known: Known = None,
    home: Home = None,
) -> None:
    """Write the graph as one HTML file that works offline: an overview, a neighbourhood, a path or a route.

    \b
      chinaai view -o graph.html
      chinaai view --focus Apple --focus 阿里巴巴 --hops 2 -o apple.html
      chinaai view --path Apple Qwen -o path.html
      chinaai view --route Apple phone-assistant --lang zh -o route.html
      chinaai view --known 2026-11-25 -o then.html
    """
    with asking(home, known) as kg, output.file_or_stdout(target) as place:
        written = kg.view(
            place, focus=focus or [], hops=hops, path=path, route=route, everything=everything, lang=lang, theme=theme
        )
    if str(target) != "-":
        output.line(str(written))


def site_command(
    folder: Annotated[Path, typer.Option("--output", "-o", help="Folder to write; new, empty, or an earlier site.")],
    base: Annotated[str, typer.Option(help="Address under which it will stand, for the sitemap: https://…/")] = "",
    title: Annotated[str, typer.Option(help="Name of the site.")] = "China AI ecosystem",
    home: Home = None,
) -> None:
    """Write the graph as static pages: one address for each entity, law, filing, source and question.

    \b
      chinaai site -o site
      chinaai site -o site --base https://example.org/china-ai/

    The pages work from a folder or from any static host, with search that needs no server. A second run writes
    only what differs. sitemap.xml, llms.txt and structured data (schema.org) are part of it.
    """
    if str(folder) == "-":
        raise ChinaAIError("a site is a folder, which can't go to stdout", "", "give -o the name of a folder")
    with KnowledgeGraph(open_store(home)) as kg, output.progress_bars(False, "writing") as bars:
        report = (lambda done, total: bars("pages", done, total)) if bars else None
        made = kg.site(folder, title=title, base=base, progress=report)
    output.line(f"{made.folder}: {made.pages} pages, {made.written} files written, {made.gone} taken away")
