"""Commands that write: build and check the shipped facts, load outside sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..graph.home import home_folder
from ..graph.nearest import did_you_mean
from ..graph.problems import InputError
from ..graph.store import Store, open_store
from ..queries.params import quoted
from . import output
from .once import useless
from .options import AllowRemovals, Bulk, DryRun, Full, Home, Json, SeedsFolder

if TYPE_CHECKING:
    from ..graph.bulk import Bulk as BulkLoad
    from ..graph.plan import LoadPlan
    from ..loaders.base import LoadResult

# The loaders take longer to import than a question takes to answer; they are imported where they are used.

COUNTS = ("added", "changed", "closed", "unchanged")
#: Joined things that a load names; a dry run names all.
JOINED = 10


def build_command(
    home: Home = None, seeds: SeedsFolder = None, dry_run: DryRun = False, allow_removals: AllowRemovals = False,
    full: Full = False, bulk: Bulk = False, json: Json = False,
) -> None:  # fmt: skip
    """Check the shipped facts and registers and load them; a second build writes nothing.

    Goes to the server in NEO4J_URI (with NEO4J_USERNAME, NEO4J_PASSWORD, NEO4J_DATABASE), else to the
    embedded engine in the home folder. A build that was broken off goes on where it was.

    \b
      chinaai build                       what ships
      chinaai build --dry-run             say what would change and write nothing
      chinaai build --seeds my-seeds      your own folder of facts
      chinaai build --json                added, changed, closed, unchanged as JSON, or the problems
      chinaai build --bulk                all at once, into an empty local Neo4j
    """
    from ..loaders.base import SEEDS
    from ..loaders.build import build_folder

    with _problems_listed(json), open_store(home) as store, output.progress_bars(json) as bars:
        results = build_folder(
            store, seeds or SEEDS, today=date.today(), dry_run=dry_run, allow_removals=allow_removals, full=full,
            progress=bars, bulk=_at_once(store, home, bulk),
        )  # fmt: skip
        where = f"{store.engine}, {store.endpoint.where}"
    _report(results, where, dry_run, json)


def check_command(seeds: SeedsFolder = None, json: Json = False) -> None:
    """Check the seed files: every problem at once, with file, line and column. Nothing is written.

    Doubts go to stderr and refuse nothing: a fact that looks like a kind of fault that audits found before, such as a
    tie whose beginning is not told. Mend it, or write the word that the line asks for.

    \b
      chinaai check                       what ships
      chinaai check --seeds my-seeds      your own folder of facts
      chinaai check --json                the same for a program: each with file, line, column, code, message and hint
    """
    from ..loaders.base import SEEDS
    from ..loaders.build import read_shipped
    from ..loaders.curated.kinds import kinds_of
    from ..loaders.entry import entry_doubts

    folder = seeds or SEEDS
    with _problems_listed(json):
        shipped = read_shipped(folder).sound()
    found = shipped.seeds
    doubts = [*kinds_of(found), *entry_doubts(folder / "entry", found.identity())]
    numbers = {
        "facts": len(found.facts), "entities": len(found.entities), "sources": len(found.sources),
        "conflicts": len(found.conflicts), "sentences": len(found.sentences), "problems": 0, "doubts": len(doubts),
    }  # fmt: skip
    if json:
        output.print_json({**numbers, "found": [asdict(doubt) for doubt in doubts]})
    else:
        output.line("no problems: " + ", ".join(f"{n} {what}" for what, n in numbers.items() if what != "problems"))
        for doubt in doubts:
            output.note(f"doubt: {doubt}")


@useless("--dry-run", "--allow-removals", "--full", "--bulk", without=["source"])
def load_command(
    source: Annotated[str | None, typer.Argument(help="Name of a loader; --list shows them.")] = None,
    path: Annotated[Path | None, typer.Argument(help="File or folder as the publisher gives it.")] = None,
    list_them: Annotated[bool, typer.Option("--list", help="Show all loaders and what they read.")] = False,
    home: Home = None, dry_run: DryRun = False, allow_removals: AllowRemovals = False, full: Full = False,
    bulk: Bulk = False, json: Json = False,
) -> None:  # fmt: skip
    """Load an official register or outside data set. Build the shipped facts first; loaders refer to them.

    What it joins to things that stand is told: the id of each, and the names of the input that mean it.

    \b
      chinaai load --list                 all loaders and what they read
      chinaai load cac                    the register of generative-AI services that ships
      chinaai load cac my-folder          a newer one
      chinaai load NAME FILE --dry-run    what would change, and each thing that it is joined to
      chinaai load NAME FILE --bulk       a large one, into an empty local Neo4j
    """
    from ..loaders.base import found_loaders
    from ..loaders.build import load_file

    known, broken = found_loaders()
    if list_them and source is not None:
        raise typer.BadParameter("--list shows all loaders; leave out one of the two", param_hint="SOURCE")
    if source is None:
        listed = [{"name": each.name, "title": each.title, "reads": each.expects} for each in known.values()]
        output.print_rows("Loaders", ["name", "title", "reads"], listed, json)
        for error in broken.values():
            output.note(str(error))
        if broken:
            raise typer.Exit(1)
        return
    if source in broken:
        raise broken[source]
    if source not in known:
        told = f"there is no loader '{source}'; {did_you_mean(source, known)} known: {', '.join(known)}"
        raise typer.BadParameter(" ".join(told.split()), param_hint="SOURCE")
    with _problems_listed(json), open_store(home) as store, output.progress_bars(json) as bars:
        report = None if bars is None else (lambda done, total: bars(source, done, total))
        result = load_file(
            store, known[source], path, today=date.today(), dry_run=dry_run, allow_removals=allow_removals, full=full,
            progress=report, bulk=_at_once(store, home, bulk),
        )  # fmt: skip
        where = f"{store.engine}, {store.endpoint.where}"
    for remark in result.remarks:
        output.note(remark)
    named = joins_told(result.met)
    if dry_run and not json:
        for one in named:
            output.line(f"join    {one}")
    elif named:
        more = [f"and {len(named) - JOINED} more; --dry-run lists each"] if len(named) > JOINED else []
        things = "1 thing" if len(named) == 1 else f"{len(named):,} things"
        output.note(f"joined to {things} that stood already: {'; '.join([*named[:JOINED], *more])}")
    _report({source: result}, where, dry_run, json)


@contextmanager
def _problems_listed(json: bool) -> Iterator[None]:
    """Where JSON is wanted, problems of the input go to stdout as records too; stderr tells them either way."""
    try:
        yield
    except InputError as error:
        if json:
            output.print_json({"problems": len(error.problems), "found": [asdict(one) for one in error.problems]})
        raise


def _at_once(store: Store, home: Path | None, wanted: bool) -> BulkLoad | None:
    if not wanted:
        return None
    from ..graph.bulk import Bulk as BulkLoad

    return BulkLoad.of(store, home_folder(home), output.note)


def _report(results: dict[str, LoadResult], where: str, dry_run: bool, json: bool) -> None:
    total = {key: sum(result.counts()[key] for result in results.values()) for key in COUNTS}
    if dry_run and not json:
        for result in results.values():
            show_plan(result.plan)
    if json:
        output.print_json(total)
        return
    if len(results) > 1:
        for name, result in results.items():
            output.note(f"{name}: " + ", ".join(f"{n} {key}" for key, n in result.counts().items()))
    verb = "would be" if dry_run else "in all"
    output.line(f"{verb}: " + ", ".join(f"{total[key]} {key}" for key in COUNTS) + f"  ({where})")


def joins_told(met: Mapping[str, Sequence[str]]) -> list[str]:
    """What stands, by id, each with the names of the input that mean it: alibaba by 'Alibaba Group'."""
    return [one + (f" by {quoted(names)}" if names else "") for one, names in met.items()]


def show_plan(plan: LoadPlan, most: int = 40) -> None:
    """What a load would do, an element a line."""
    lines = [f"add     {one.key}" for one in plan.elements(new=True)]
    lines += [f"change  {one.key}" for one in plan.elements(new=False)]
    lines += [f"close   {key}" for _, key in (*plan.close_nodes, *plan.close_edges)]
    for line in lines[:most]:
        output.line(line)
    if len(lines) > most:
        output.line(f"… and {len(lines) - most} more")
