"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Home = Annotated[
    Path | None,
    typer.Option("--home", envvar="CHINAAI_HOME", help="Folder of the embedded graph and of the local server."),
]
Known = Annotated[
    str | None,
    typer.Option("--known", help="Answer with what was known here on that day, such as 2026-11-25."),
]
Json = Annotated[bool, typer.Option("--json", help="One JSON value on stdout; messages go to stderr.")]
Csv = Annotated[bool, typer.Option("--csv", help="CSV on stdout.")]
Excel = Annotated[bool, typer.Option("--excel", help="CSV that Excel opens with 中文 as it is.")]
Markdown = Annotated[bool, typer.Option("--md", help="A Markdown table with its sources.")]
Bundled = Annotated[
    Path | None,
    typer.Option("--bundle", help="Keep the answer with every fact and source behind it: answer.zip, an RO-Crate."),
]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Every column and every source.")]
SeedsFolder = Annotated[Path | None, typer.Option("--seeds", help="Folder of seed files in place of the shipped ones.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Plan only: say what would change and write nothing.")]
AllowRemovals = Annotated[bool, typer.Option("--allow-removals", help="Close facts even where it is an unusual share.")]
Full = Annotated[bool, typer.Option("--full", help="Compare every element, not only those whose digest differs.")]
Bulk = Annotated[
    bool,
    typer.Option("--bulk", help="Into an empty local Neo4j only: import everything at once, which stops the server."),
]
