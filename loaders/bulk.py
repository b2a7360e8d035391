"""Data sets loaded at once into an empty database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from ..graph.bulk_files import Files
from ..graph.heap import collected_rarely
from ..graph.plan import make_plan
from ..graph.problems import InputError
from ..graph.writing import writing
from .base import Loaded, LoadResult

if TYPE_CHECKING:
    from ..graph.bulk import Bulk

#: As of a build: the data set's name, the elements done and the elements in all.
BulkProgress = Callable[[str, int, int], None]
Results = dict[str, LoadResult]


def ready(bulk: Bulk | None) -> Bulk | None:
    """The same where it may begin; None where an import stands that was broken off and any load finishes.

    Raises:
        LoadError: the database is not empty, or others use the server.
    """
    if bulk is None or bulk.left:
        return None
    bulk.check()
    return bulk


@collected_rarely()
def load_at_once(
    bulk: Bulk, items: Sequence[tuple[str, Loaded]], *, dry_run: bool = False, progress: BulkProgress | None = None,
    note: Callable[[Results], None] = lambda _: None,
) -> Results:  # fmt: skip
    """Plan all data sets, let the gate look at them, and import them together.

    Args:
        note: writes down what was loaded, after all of it.
    Raises:
        InputError: the input holds problems, or what the declarations do not allow.
        LoadError: the plan can't be carried out, or the database is empty no more.
        StoreError: the server refuses, the tool fails, or the database counts otherwise.
    """
    if dry_run:
        return _planned(bulk, items, written=False)
    with bulk.server.importing.working() as folder:
        files = Files(folder)
        with writing(bulk.store):
            results = _planned(bulk, items, written=True)
            arguments = bulk.write([result.plan for result in results.values()], files, _reporting(results, progress))
        # The turn ends here: a transaction that is open would hold up the stop of the server.
        bulk.take(arguments)
        with writing(bulk.store):
            bulk.finish([result.plan for result in results.values()], files)
            note(results)
    return results


def _planned(bulk: Bulk, items: Sequence[tuple[str, Loaded]], *, written: bool) -> Results:
    found: Results = {}
    beside: dict[str, str] = {}  # nothing is written yet, so what comes later must hear of what came before
    for name, loaded in items:
        if loaded.problems:
            raise InputError(loaded.problems)
        plan = make_plan(bulk.store, loaded.wanted, beside=beside, today=date.today())
        if loaded.problems:  # a stream finds them as it is read
            raise InputError(loaded.problems)
        found[name] = LoadResult(plan, loaded, written)
        beside |= {node.id: node.label for node in loaded.batch.nodes}
    return found


def _reporting(results: Results, progress: BulkProgress | None) -> Callable[[str, int], None]:
    done = {result.plan.dataset: 0 for result in results.values()}
    names = {result.plan.dataset: (name, result.plan.added) for name, result in results.items()}

    def report(dataset: str, written: int) -> None:
        done[dataset] += written
        if progress:
            name, total = names[dataset]
            progress(name, done[dataset], total)

    return report
