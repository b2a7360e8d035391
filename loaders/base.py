"""The same steps in every loader: read, check, resolve, plan, apply.

A loader is one class with a name that turns a path into a batch. All that concerns the store is done
here, so a loader knows files and types only. Others add their own by an entry point in the group
`chinaai.loaders` that names such a class.
"""

from __future__ import annotations

import inspect
import traceback
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import entry_points
from pathlib import Path
from typing import ClassVar, Required, TypedDict, TypeVar, Unpack

from pydantic import ValidationError

from ..graph.apply import Progress, apply_plan, check_removals
from ..graph.elements import Batch, Elements, Stream
from ..graph.errors import ChinaAIError
from ..graph.heap import collected_rarely
from ..graph.plan import LoadPlan, make_plan
from ..graph.problems import InputError, Problem
from ..graph.store import Store
from ..graph.writing import writing
from .identity import Identity
from .remote import Remote

#: Where the curated facts stand: a package's own data unless the user names another folder.
SEEDS = Path(__file__).resolve().parent.parent / "seeds"
Element = TypeVar("Element")


@dataclass
class Context:
    """What a loader may ask of the curated facts: names, makers, sides of conflicts, and where the seeds stand."""

    identity: Identity
    seeds: Path = SEEDS
    today: date = field(default_factory=date.today)
    #: Day of the seeds' last review; ages that lower a confidence are counted back from it.
    reviewed: date = field(default_factory=date.today)
    #: Ids of the companies that developed a model, by the model's id.
    makers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    #: Rows of a register that are a side of a curated conflict, by their ids: the conflict, and whether preferred.
    sides: Mapping[str, tuple[str, bool | None]] = field(default_factory=dict)


@dataclass(frozen=True)
class Near:
    """A printed name that was not joined, a curated thing that it looks like, and why: work for a reviewer."""

    where: str
    printed: str
    like: str
    why: str


@dataclass
class Loaded:
    """What a loader made of its input. Problems mean that nothing will be written."""

    batch: Batch
    problems: list[Problem] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)  # refused and mended rows, for the user
    near: list[Near] = field(default_factory=list)
    #: Names of the input that mean something that stands, and its id.
    joined: dict[str, str] = field(default_factory=dict)
    #: In place of the batch, an input too large to be held.
    stream: Stream | None = None

    @property
    def wanted(self) -> Elements:
        """What shall stand."""
        return self.stream or self.batch

    def met(self) -> dict[str, list[str]]:
        """What stands and is not of this input, by the ids that its names and relationships lead to; with the names.

        Of a stream its names alone are known: it is not gone through for this.
        """
        own = {node.id for node in self.batch.nodes}
        ends = {one for edge in self.batch.edges for _, one in (edge.start, edge.end)} - own
        found: dict[str, list[str]] = {one: [] for one in sorted({*ends, *self.joined.values()})}
        for name, one in sorted(self.joined.items()):
            found[one].append(name)
        return found


class Loader(ABC):
    """One outside source. `name` is the data set's name and the word on the command line."""

    name: ClassVar[str]
    title: ClassVar[str]
    #: What PATH means, in a phrase; None where a file ships with the package.
    expects: ClassVar[str]
    #: The input that ships, below the folder of the seeds; None where the user must give a path.
    ships: ClassVar[str | None] = None
    #: Where the input is published, for `chinaai refresh`; empty where no program can fetch it, and why.
    remotes: ClassVar[tuple[Remote, ...]] = ()
    no_remote: ClassVar[str] = "the loader names no public address; load a file"

    def default_path(self, context: Context) -> Path | None:
        """The shipped input, or None where the user must give a path."""
        return context.seeds / self.ships if self.ships else None

    def shipped_to(self, context: Context) -> str:
        """Month (YYYY-MM) of the newest notice that ships; what a page links of that month or before is not fetched."""
        return ""

    @abstractmethod
    def read(self, path: Path, context: Context) -> Loaded:
        """Read, check and resolve the input; no database is touched."""


@dataclass
class LoadResult:
    """A finished or planned load."""

    plan: LoadPlan
    loaded: Loaded
    written: bool

    @property
    def remarks(self) -> list[str]:
        """Refused and mended rows, for the user."""
        return self.loaded.remarks

    @property
    def met(self) -> dict[str, list[str]]:
        """What stood already and is joined to it, by id, with the names of the input that mean it."""
        return self.loaded.met()

    def counts(self) -> dict[str, int]:
        """added, changed, closed, unchanged."""
        return self.plan.counts()

    @classmethod
    def nothing(cls, dataset: str, held: int, *remarks: str) -> LoadResult:
        """The result of a load whose inputs are known to be those that stand."""
        return cls(LoadPlan(dataset, unchanged=held), Loaded(Batch(dataset), remarks=[*remarks]), written=False)


class LoadOptions(TypedDict, total=False):
    """How to load. Every function that loads takes these words and hands them on whole."""

    #: The day that a fact is closed on which its source tells no more.
    today: Required[date]
    #: Say what would change and write nothing.
    dry_run: bool
    #: Take away more than a fifth of what stands, too.
    allow_removals: bool
    #: Compare everything anew, and don't trust what is written of the last load.
    full: bool


@collected_rarely()
def load(
    store: Store, loaded: Loaded, *, progress: Progress | None = None,
    on_plan: Callable[[LoadPlan], None] | None = None, beside: Mapping[str, str] | None = None,
    wanted: Mapping[str, frozenset[str]] | None = None, **how: Unpack[LoadOptions],
) -> LoadResult:  # fmt: skip
    """Plan and apply what a loader read.

    Args:
        progress: called with the elements done and the elements in all.
        on_plan: called with the plan before anything is written.
        beside: ids and types of nodes that are loaded with it, before it.
        wanted: data sets of the same run with the ids that each wants; what one no longer wants may change hands.
    Raises:
        InputError: the input holds problems, or what the declarations do not allow.
        LoadError: the plan can't be carried out.
        StoreError: the database refuses, or its counters differ from the plan.
    """
    if loaded.problems:
        raise InputError(loaded.problems)
    dry_run = how.get("dry_run", False)
    with writing(store, dry_run=dry_run):
        today = max(how["today"], date.today())  # a day that has come on one of the two clocks is no mistake
        plan = make_plan(store, loaded.wanted, full=how.get("full", False), beside=beside, wanted=wanted, today=today)
        if loaded.problems:  # a stream finds them as it is read
            raise InputError(loaded.problems)
        check_removals(plan, how.get("allow_removals", False))
        if on_plan:
            on_plan(plan)
        if not dry_run:
            apply_plan(store, plan, today=how["today"], progress=progress)
    return LoadResult(plan, loaded, not dry_run)


def read_by(loader: Loader, path: Path, context: Context) -> Loaded:
    """What a loader makes of its input; an error of its own is told as one while its stream is read, too.

    Raises:
        ChinaAIError: the loader ended by an error of its own, which is no fault of the input.
    """
    with _owned(loader):
        loaded = loader.read(path, context)
    if not isinstance(loaded, Loaded):
        what = f"loader '{loader.name}' gave back {type(loaded).__name__}, and not what it read"
        raise ChinaAIError(what, type(loader).__module__, "end `read` by `return out.finish(...)`, or give a Loaded")
    if loaded.stream is not None:
        nodes, edges = loaded.stream.nodes, loaded.stream.edges
        loaded.stream = Stream(
            loaded.stream.dataset, lambda: _owned_by(loader, nodes), lambda: _owned_by(loader, edges)
        )  # fmt: skip
    return loaded


def _owned_by(loader: Loader, elements: Iterable[Element]) -> Iterator[Element]:
    with _owned(loader):
        yield from elements


@contextmanager
def _owned(loader: Loader) -> Iterator[None]:
    """Errors of a loader's code with its name and line, those of its input and of the file system aside."""
    try:
        yield
    except (ChinaAIError, OSError):
        raise
    except (Exception, SystemExit) as error:  # a stranger's code may raise anything
        own = loader.read.__code__.co_filename if inspect.ismethod(loader.read) else ""
        frames = traceback.extract_tb(error.__traceback__)
        last = next((one for one in reversed(frames) if one.filename == own), frames[-1])
        what = f"loader '{loader.name}' ended by an error of its own: {_said(error)}"
        raise ChinaAIError(what, f"{last.filename}:{last.lineno}", "mend the loader; nothing was written") from error


def _said(error: BaseException) -> str:
    if isinstance(error, ValidationError):
        fields = (f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors(include_url=False))
        return f"{error.title} can't be made: {'; '.join(fields)}"
    return f"{type(error).__name__}: {error}"


def loaders() -> dict[str, Loader]:
    """All loaders by name that can be used: the package's own and those that other packages register."""
    return found_loaders()[0]


def found_loaders() -> tuple[dict[str, Loader], dict[str, ChinaAIError]]:
    """All loaders by name, and by the same names what keeps others from being used."""
    found: dict[str, Loader] = {}
    broken: dict[str, ChinaAIError] = {}
    for point in sorted(entry_points(group="chinaai.loaders"), key=lambda p: p.name):
        try:
            loader: Loader = point.load()()
        except (Exception, SystemExit) as error:  # a stranger's code may raise anything; whose it is must be told
            broken[point.name] = ChinaAIError(f"loader '{point.name}' can't be imported: {error}", point.value)
            continue
        lacking = [one for one in ("name", "title", "expects", "read") if not hasattr(loader, one)]
        if lacking:
            what = f"loader '{point.name}' has no {' and no '.join(lacking)}"
            broken[point.name] = ChinaAIError(what, point.value, "see docs/own-loader.md")
        elif loader.name in found:
            broken[point.name] = ChinaAIError(f"two loaders are named '{loader.name}'", point.value, "uninstall one")
        else:
            found[loader.name] = loader
    return found, broken
