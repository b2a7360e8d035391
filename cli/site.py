"""The command that writes the graph as static pages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..face import KnowledgeGraph
from ..graph.errors import ChinaAIError
from ..graph.store import open_store
from . import output
from .options import Home


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
