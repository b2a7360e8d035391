"""The command that writes the graph in the forms of other tools."""

from __future__ import annotations

from json import dumps
from pathlib import Path
from typing import Annotated

import typer

from ..graph.export.formats import FORMATS, Summary, export_declared, format_of
from ..graph.store import open_store
from . import output
from .options import Home, Json

_LIST = "\n\n".join(f"{form.name}: {form.title}." for form in FORMATS.values())


def export_command(
    form: Annotated[str, typer.Option("--format", "-f", help=f"One of: {', '.join(FORMATS)}.")],
    target: Annotated[
        Path, typer.Option("--output", "-o", help="File to write, or - for stdout; a folder for the forms that say so.")
    ],
    as_of: Annotated[str | None, typer.Option(help="Only what holds on this day, such as 2025-03-01.")] = None,
    licence: Annotated[str | None, typer.Option(help="'open' leaves out what rests on other sources.")] = None,
    base: Annotated[str | None, typer.Option(help="RDF: address that all names begin with; ends with / or #.")] = None,
    home: Home = None, json: Json = False,
) -> None:  # fmt: skip
    """Write the graph for another tool; the file appears whole or not at all."""
    if format_of(form, base=base, selects=bool(as_of or licence)).declared:
        with output.file_or_stdout(target) as place:
            summary = export_declared(place, form, base=base)
        _told(summary, json, target)
        return
    from ..face import KnowledgeGraph

    with (
        KnowledgeGraph(open_store(home)) as kg,
        output.progress_bars(json, "writing") as bars,
        output.file_or_stdout(target) as place,
    ):
        report = (lambda done, total: bars(form, done, total)) if bars else None
        summary = kg.export(place, form, as_of=as_of, licence=licence, base=base, progress=report)
    _told(summary, json, target)


export_command.__doc__ = f"""Write the graph for another tool; the file appears whole or not at all.

{_LIST}

Lists, dates, 中文 and absent values survive in all of them. Example: chinaai export -f gexf -o ai.gexf --licence open
"""


def _told(summary: Summary, json: bool, target: Path) -> None:
    streamed = str(target) == "-"
    if json:
        if streamed:
            output.note(dumps({**vars(summary), "path": "-"}, ensure_ascii=False))
        else:
            output.print_json(vars(summary))
        return
    if not streamed:
        output.line(str(summary.path))
    if not format_of(summary.format).declared:
        told = f"{summary.format}: {summary.nodes} nodes, {summary.relationships} relationships"
        output.note(told)
    for remark in summary.remarks:
        output.note(remark)
