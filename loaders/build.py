"""The shipped data sets in the order in which they need each other."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from ..graph.apply import Progress, inputs_of
from ..graph.digest import differing
from ..graph.elements import Batch
from ..graph.errors import ChinaAIError, StoreError
from ..graph.heap import collected_rarely
from ..graph.problems import InputError, Problem
from ..graph.store import Store
from ..graph.writing import writing
from .base import SEEDS, Context, Loaded, Loader, LoadOptions, LoadResult, load, read_by
from .bulk import load_at_once, ready
from .cac import CacLoader
from .curated import Seeds, check_seeds, curated_batch, read_seeds
from .entry import load_entry
from .identity import Identity
from .listings import LISTINGS, ListingsLoader
from .lists import ListsLoader
from .lists.reviewed import MEMBERS
from .lost import without_consequences
from .notes import noting
from .opendata import MODELS, OpenDataLoader, open_entities
from .unchanged import fingerprint, recall, remember

if TYPE_CHECKING:
    from ..graph.bulk import Bulk

#: Called with the data set's name, the elements done and the elements in all.
BuildProgress = Callable[[str, int, int], None]


@dataclass
class Shipped:
    """Everything under the seeds folder, read and checked."""

    seeds: Seeds
    loaded: list[tuple[str, Loaded]]

    @property
    def problems(self) -> list[Problem]:
        """All problems of all files, sorted by place; what follows from a file that could not be read is left out."""
        found = {problem for _, item in self.loaded for problem in item.problems}
        return sorted(without_consequences(found, self.seeds.folder))

    def sound(self) -> Shipped:
        """Itself. Raises InputError where the files hold problems."""
        if self.problems:
            raise InputError(self.problems)
        return self


@collected_rarely()
def read_shipped(folder: Path = SEEDS, *, today: date | None = None) -> Shipped:
    """Read and check everything a seeds folder holds. No database is touched.

    The curated facts come first; market entry and the register refer to them, and are read where the
    folder has them.
    """
    seeds = read_seeds(folder)
    problems = check_seeds(seeds, today)
    loaded = [("seeds", Loaded(curated_batch(seeds) if not problems else Batch("seeds"), problems))]
    context = context_of(seeds, today)
    register = CacLoader()
    listed: Loaded | None = None
    if (folder / "registers").is_dir():
        with noting() as notes:
            listed = register.read(folder / "registers", context)
        listed.remarks[:0] = notes
    if (folder / "entry").is_dir():
        entry = load_entry(
            folder / "entry", context.identity, reviewed=seeds.about.reviewed, today=context.today,
            register=listed.batch if listed else None, curated=loaded[0][1].batch if not problems else None,
        )  # fmt: skip
        loaded.append(("entry", entry))
    if listed is not None:
        loaded.append((register.name, listed))
    for loader, file in ((ListsLoader(), MEMBERS), (ListingsLoader(), LISTINGS), (OpenDataLoader(), MODELS)):
        path = loader.default_path(context)
        if path is not None and (folder / "registers" / file).is_file():
            loaded.append((loader.name, loader.read(path, context)))
    if listed is not None and not any(item.problems for _, item in loaded):
        standing = [node.id for _, item in loaded for node in item.batch.nodes]
        loaded[0][1].problems += seeds.names.unused(standing)
    return Shipped(seeds, loaded)


def curated_context(folder: Path) -> Context:
    """What loaders may ask of the curated facts alone, without the shipped open data."""
    return context_of(read_seeds(folder), opened=False)


def context_of(seeds: Seeds, today: date | None = None, *, opened: bool = True) -> Context:
    """What other loaders may ask of the curated facts, and of the models of the shipped open data."""
    makers: dict[str, frozenset[str]] = {}
    for placed in seeds.relations:
        fact = placed.item
        if fact.predicate == "DEVELOPED" and fact.status != "denied":
            makers[fact.object] = makers.get(fact.object, frozenset()) | {fact.subject}
    sides = {
        row: (placed.item.id, None if placed.item.prefer is None else placed.item.prefer == row)
        for placed in seeds.conflicts
        for row in placed.item.register_rows
    }
    identity = seeds.identity()
    for item in open_entities(seeds.folder / "registers") if opened else ():
        identity.add(item)
    return Context(identity, seeds.folder, today or date.today(), seeds.about.reviewed, makers, sides)


@collected_rarely()
def build(
    store: Store, shipped: Shipped, *, progress: BuildProgress | None = None, **how: Unpack[LoadOptions]
) -> dict[str, LoadResult]:
    """Load everything that ships, one data set after the other.

    Raises:
        InputError: the files hold problems; nothing was written, of no data set.
        LoadError, StoreError: as `load`.
    """
    shipped.sound()
    results = {}
    beside: dict[str, str] = {}  # a dry run writes nothing, so what comes later must hear of what came before
    wanted = {item.batch.dataset: frozenset(node.id for node in item.batch.nodes) for _, item in shipped.loaded}
    with writing(store, dry_run=how.get("dry_run", False)):
        for name, loaded in shipped.loaded:
            report = None if progress is None else _named(progress, name)
            results[name] = load(store, loaded, progress=report, beside=beside, wanted=wanted, **how)
            beside |= {node.id: node.label for node in loaded.batch.nodes}
    return results


def build_folder(
    store: Store, folder: Path, *, progress: BuildProgress | None = None, bulk: Bulk | None = None,
    **how: Unpack[LoadOptions],
) -> dict[str, LoadResult]:  # fmt: skip
    """Read, check and load a seeds folder; where its files are those of the last build, nothing is read.

    Args:
        bulk: loads everything at once into an empty database.
    Raises:
        InputError, LoadError, StoreError: as `build`.
    """
    wanted = fingerprint(folder)
    gone = differing(store)
    if gone:  # everything is compared
        how["full"] = True
    held = None if how.get("full") else recall(store, wanted)
    if held is not None:
        return {name: LoadResult.nothing(name, count) for name, count in held.items()}
    bulk = ready(bulk)
    shipped = read_shipped(folder, today=how["today"])
    counts = {name: len(item.batch.nodes) + len(item.batch.edges) for name, item in shipped.loaded}
    dry_run = how.get("dry_run", False)
    if bulk is not None:
        note = lambda _: remember(store, wanted, counts)  # noqa: E731
        return load_at_once(bulk, shipped.loaded, dry_run=dry_run, progress=progress, note=note)
    with _mending(store, gone), writing(store, dry_run=dry_run):
        results = build(store, shipped, progress=progress, **how)
        if not dry_run:
            remember(store, wanted, counts)
    return results


@contextmanager
def _mending(store: Store, gone: list[str]) -> Iterator[None]:
    """What a build over a graph that lost something ends in, where the engine can't write it either."""
    try:
        yield
    except StoreError as error:
        if not gone or store.engine != "embedded":
            raise
        hint = "its files are damaged: move that folder away and run 'chinaai build', which makes the graph anew"
        what = f"the graph holds {', '.join(gone[:3])}, and what is missing can't be written: {error.what}"
        raise StoreError(what, store.endpoint.where, hint) from error


def load_file(
    store: Store, loader: Loader, path: Path | None = None, seeds: Path = SEEDS, *,
    progress: Progress | None = None, bulk: Bulk | None = None, **how: Unpack[LoadOptions],
) -> LoadResult:  # fmt: skip
    """Read, check and load one outside file; where it is that of the last load, and the seeds too, nothing is read.

    Args:
        path: file or folder as the publisher gives it; the loader's own one by default.
        bulk: loads everything at once into an empty database.
    Raises:
        ChinaAIError: the loader has no file of its own and none was given.
        InputError, LoadError, StoreError: as `load`.
    """
    today, dry_run = how["today"], how.get("dry_run", False)
    chosen = path or loader.default_path(Context(Identity(), seeds, today))
    if chosen is None:
        raise ChinaAIError(f"loader '{loader.name}' needs a path", "", loader.expects)
    record = inputs_of(loader.name)
    wanted = fingerprint(chosen, seeds, *_code_of(loader)) if chosen.exists() else ""
    if differing(store):  # something of it is gone: everything is compared
        how["full"] = True
    held = recall(store, wanted, record) if wanted and not how.get("full") else None
    if held is not None:
        remark = "the input is that of the last load, so nothing was read; --full reads it again"
        return LoadResult.nothing(loader.name, held[loader.name], remark)
    bulk = ready(bulk)
    with noting() as notes:
        loaded = read_by(loader, chosen, context_of(read_seeds(seeds), today))
    loaded.remarks[:0] = notes

    def note(results: dict[str, LoadResult]) -> None:
        counts = results[loader.name].counts()
        remember(store, wanted, {loader.name: counts["added"] + counts["changed"] + counts["unchanged"]}, record)

    if bulk is not None:
        report = None if progress is None else (lambda _, done, total: progress(done, total))
        return load_at_once(bulk, [(loader.name, loaded)], dry_run=dry_run, progress=report, note=note)[loader.name]
    with writing(store, dry_run=dry_run):
        result = load(store, loaded, progress=progress, **how)
        if not dry_run:
            note({loader.name: result})
    return result


def _code_of(loader: Loader) -> list[Path]:
    """Where the code of somebody else's loader stands; our own is part of every fingerprint."""
    top = type(loader).__module__.split(".")[0]
    file = getattr(sys.modules.get(top), "__file__", None)
    if file is None or Path(file).resolve().is_relative_to(SEEDS.parent):
        return []
    return [Path(file).parent] if Path(file).name == "__init__.py" else [Path(file)]


def _named(progress: BuildProgress, name: str) -> Callable[[int, int], None]:
    return lambda done, total: progress(name, done, total)
