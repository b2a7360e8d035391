"""The command that fetches public sources anew, keeps them, and shows what their load would change."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..graph.home import home_folder
from ..graph.nearest import did_you_mean
from ..graph.store import open_store
from . import output
from .load import COUNTS, show_plan
from .once import useless
from .options import AllowRemovals, Home, Json

if TYPE_CHECKING:
    from ..loaders.base import Loader
    from ..loaders.refresh import Refreshed


@useless("source", "--apply", "--address", "--allow-removals", beside=["--list"])
def refresh_command(
    source: Annotated[str | None, typer.Argument(help="Name of a loader; all that can be fetched by default.")] = None,
    apply: Annotated[bool, typer.Option("--apply", help="Write what the plan shows.")] = False,
    address: Annotated[
        list[str] | None, typer.Option("--address", help="Fetch from here instead, as from a mirror; repeatable.")
    ] = None,
    list_them: Annotated[bool, typer.Option("--list", help="Show what is fetched from where.")] = False,
    home: Home = None, allow_removals: AllowRemovals = False, json: Json = False,
) -> None:  # fmt: skip
    """Fetch the public sources that loaders read, and show what their load would change.

    \b
      chinaai refresh --list              what is fetched from where, and what can't be
      chinaai refresh                     fetch all, keep them, show the plan; the graph stays as it is
      chinaai refresh epoch --apply       fetch one and load it
      chinaai refresh epoch --address https://mirror.example/notable_ai_models.csv

    Only https, no key, no account; robots.txt is heeded. A source is asked whether it has changed before it is
    fetched again. What came is kept with its hash and day in fetched/SOURCE of the home folder; what it took the
    place of goes to `before` there. A source that can't be fetched or read is told and changes nothing, and the
    others go on. Build the shipped facts first.

    Exit status: 0 all were fetched, 1 at least one was not.
    """
    from .. import __version__
    from ..loaders.base import found_loaders
    from ..loaders.fetching import Fetcher
    from ..loaders.refresh import refresh

    known, broken = found_loaders()
    if list_them:
        _list(known, json)
        return
    if source in broken:
        raise broken[source]
    if source is not None and source not in known:
        told = f"there is no loader '{source}'; {did_you_mean(source, known)} known: {', '.join(known)}"
        raise typer.BadParameter(" ".join(told.split()), param_hint="SOURCE")
    if address and source is None:
        raise typer.BadParameter("name the source that is published there", param_hint="--address")
    chosen = [known[source]] if source else [loader for loader in known.values() if loader.remotes]
    done = []
    with open_store(home) as store, Fetcher(__version__) as fetcher:
        for loader in chosen:
            done.append(
                refresh(
                    store, loader, fetcher, home_folder(home), today=date.today(), apply=apply,
                    addresses=address or (), allow_removals=allow_removals,
                )
            )  # fmt: skip
            if not json:
                _tell(done[-1], apply)
    if json:
        output.print_json([_as_json(one) for one in done])
    elif source is None:
        for loader in known.values():
            if not loader.remotes:
                output.note(f"{loader.name}: not fetched; {loader.no_remote}")
        for error in broken.values():
            output.note(f"not fetched; {error}")
    if any(one.error is not None for one in done):
        raise typer.Exit(1)


def _list(known: dict[str, Loader], json: bool) -> None:
    rows = [
        {"name": loader.name, "fetched from": remote.address, "terms": remote.terms}
        for loader in known.values()
        for remote in loader.remotes
    ]
    rows += [
        {"name": one.name, "fetched from": f"not fetched; {one.no_remote}", "terms": ""}
        for one in known.values()
        if not one.remotes
    ]
    if json:
        output.print_json(rows)
        return
    for row in rows:
        output.line(f"{row['name']}: {row['fetched from']}" + (f"  ({row['terms']})" if row["terms"] else ""))


def _tell(done: Refreshed, apply: bool) -> None:
    for remark in done.remarks:
        output.note(f"{done.source}: {remark}")
    if done.error is not None:
        for problem in getattr(done.error, "problems", ()):
            output.note(str(problem))
        output.note(f"{done.source}: failed: {done.error}")
        return
    for file in done.files:
        kept = file.kept
        output.line(
            f"{done.source}: {file.state}  {kept.name}  {kept.size:,} bytes  sha256 {kept.sha256[:12]}  "
            f"fetched {kept.fetched}"
        )
    if done.result is None:
        output.line(f"{done.source}: nothing to load")
        return
    for remark in done.result.remarks:
        output.note(f"{done.source}: {remark}")
    if not apply:
        show_plan(done.result.plan)
    counts, verb = done.result.counts(), "in all" if apply else "would be"
    output.line(f"{done.source}: {verb}: " + ", ".join(f"{counts[key]} {key}" for key in COUNTS))
    if not apply and any(counts[key] for key in COUNTS[:3]):
        output.note(f"nothing was written; chinaai refresh {done.source} --apply writes it")


def _as_json(done: Refreshed) -> dict[str, Any]:
    return {
        "source": done.source, "state": done.state, "written": bool(done.result and done.result.written),
        "files": [{**asdict(file.kept), "state": file.state} for file in done.files],
        "counts": done.result.counts() if done.result else None,
        "error": str(done.error) if done.error else None,
        "problems": [str(problem) for problem in getattr(done.error, "problems", ())], "remarks": done.remarks,
    }  # fmt: skip
