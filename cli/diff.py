"""The command that sets two versions of the facts side by side."""

from __future__ import annotations

import json as json_module
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from functools import cache
from typing import Annotated, Any

import typer

from ..graph.store import open_store
from . import output
from .once import useless
from .options import Home, Json
from .paging import paged


@useless("--md", beside=["--brief"])
def diff_command(
    old: Annotated[str, typer.Argument(help="An export (JSON Lines), a folder of seeds, or the word graph.")],
    new: Annotated[str, typer.Argument(help="The same.")],
    brief: Annotated[bool, typer.Option("--brief", help="Only how many of each kind.")] = False,
    markdown: Annotated[bool, typer.Option("--md", help="As Markdown.")] = False,
    home: Home = None,
    json: Json = False,
) -> None:
    """What differs between two versions: added, withdrawn, closed, reopened, and mended field by field.

    \b
      chinaai diff old/seeds seeds
      chinaai diff last-month.jsonl graph --md
      chinaai diff seeds graph --brief          are the seeds what stands?

    Exit status 0: they say the same. 3: they differ. 1: one of them can't be read. Two folders of seeds are
    compared as they are written; otherwise a folder is read as a build reads it. A fact that has an end now is closed,
    not withdrawn.
    """
    from ..versions import differences, version_of

    if json and brief:
        raise typer.BadParameter("it counts in words; leave out this or --json", param_hint="--brief")
    with ExitStack() as opened:
        graph = cache(lambda: opened.enter_context(open_store(home)))
        found = differences(version_of(old, graph), version_of(new, graph))
        if json:
            counts = _as_json(found)
        else:
            with paged():
                counts = _as_text(found, brief=brief, markdown=markdown)
    if not json:
        told = ", ".join(f"{n} {what}" for what, n in sorted(counts.items())) or "0 differences"
        output.line(("" if brief or not counts else "\n") + told)
    if counts:
        raise typer.Exit(3)


def _as_text(found: Iterator[Any], *, brief: bool, markdown: bool) -> Counter[str]:
    counts: Counter[str] = Counter()
    heading = ""
    for change in found:
        counts[change.what] += 1
        if brief:
            continue
        if change.type != heading:
            output.line(f"\n## {change.type}\n" if markdown else f"{change.type}")
            heading = change.type
        output.line(f"- {change.what} `{change.id}`" if markdown else f"  {change.what} {change.id}")
        for name, (before, after) in change.fields.items():
            shown = f"{name}: {output.brief(before)} -> {output.brief(after)}"
            output.line(f"  - {shown}" if markdown else f"      {shown}")
    return counts


def _as_json(found: Iterator[Any]) -> Counter[str]:
    """One array, written as it is found."""
    counts: Counter[str] = Counter()
    for change in found:
        text = json_module.dumps(change.to_dict(), ensure_ascii=False, default=str)
        sys.stdout.write(("[\n" if not counts else ",\n") + text)
        counts[change.what] += 1
    sys.stdout.write("\n]\n" if counts else "[]\n")
    return counts
