"""Keeping an answer as a bundle, and checking one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from ..face import KnowledgeGraph
from ..queries.answers import counted
from . import output
from .asking import asking
from .once import useless
from .options import Home, Json

#: Most differing facts that are told one by one; --json tells all.
SHOWN = 20


def place_of(target: Path | None) -> Path | None:
    """Where the answer is to be kept, told before it is asked where that can't be."""
    if target is None:
        return None
    from ..bundles.archive import zip_place

    return zip_place(target)


def kept(kg: KnowledgeGraph, name: str, params: Mapping[str, Any], answer: Any, target: Path) -> None:
    """Write an answer that was given as a bundle, and say where and under which seal."""
    from ..bundles.asked import keep, keep_paths

    made = keep_paths(kg, params, answer, target) if name == "paths" else keep(kg, name, params, answer, target)
    behind = f"{made.facts} facts and entities, {counted(made.sources, 'source')}"
    output.note(f"{made.path}: {counted(made.rows)}, {behind}")
    output.note(f"seal {made.seal}")


@useless("--home", beside=["--offline"])
def verify_command(
    file: Annotated[Path, typer.Argument(help="A bundle, as --bundle writes it.")],
    offline: Annotated[bool, typer.Option("--offline", help="Check the file alone; ask nothing again.")] = False,
    home: Home = None, json: Json = False,
) -> None:  # fmt: skip
    """Check a kept answer: is it untouched, and would the same question today give the same?

    \b
      chinaai ask partnerships --company Apple --bundle answer.zip
      chinaai verify answer.zip             exit status 0: untouched, and the same today
      chinaai verify answer.zip --offline   the file alone

    Exit status 1: the file was touched, or is no bundle. 3: untouched, but the answer today differs; the facts that
    differ are told with what they said then and say now.
    """
    from ..bundles.asked import verified

    if offline:
        found = verified(None, file)
    else:
        with asking(home) as kg:
            found = verified(kg, file)
    if json:
        output.print_json(found.to_dict())
    else:
        _tell(found)
    if not found.untouched:
        raise typer.Exit(1)
    if found.same is False:
        raise typer.Exit(3)


def cite_command(
    what: Annotated[str, typer.Argument(help="Id of a fact, figure, filing or source; or a bundle, answer.zip.")],
    style: Annotated[str, typer.Option(help="bibtex, csl (CSL-JSON), apa or gb7714 (GB/T 7714-2015).")] = "bibtex",
    home: Home = None,
) -> None:
    """Cite a fact with its sources, a source, or a kept answer with all of its sources.

    \b
      chinaai cite apple-with-alibaba --style apa
      chinaai cite apple-with-alibaba --style gb7714
      chinaai cite answer.zip > answer.bib
    """
    from ..bundles.archive import is_bundle
    from ..bundles.citing import cited, items_of_bundle

    if is_bundle(what):
        text = cited(items_of_bundle(Path(what)), style)
    else:
        with asking(home) as kg:
            text = kg.cite(what, style)
    typer.echo(text, nl=False)


def _tell(found: Any) -> None:
    if not found.untouched:
        output.line(f"{found.path}: TOUCHED")
        for told in found.wrong:
            output.line(f"  {told}")
        return
    output.line(f"{found.path}: untouched, seal {found.seal}")
    output.line(f"  {found.question.title}, as of {found.question.as_of}, asked on {found.question.known_on}")
    if found.same is None:
        return
    if found.same and not found.differences:
        output.line(f"  the same question today gives the same {counted(found.rows_now)}")
        return
    rows = "the same rows" if found.same else f"{counted(found.rows_now)}, then {found.rows_then}"
    output.line(f"  today: {rows}; {len(found.differences)} facts, entities or sources behind them differ")
    for one in found.differences[:SHOWN]:
        output.line(f"  {one.what} {one.id}")
        for name, (then, now) in one.fields.items():
            output.line(f"      {name}: {output.brief(then)} -> {output.brief(now)}")
    if len(found.differences) > SHOWN:
        output.line(f"  and {len(found.differences) - SHOWN} more (--json)")
