"""Refreshing a source: fetch what is published, keep it, plan its load; write only where the caller says so.

What can't be fetched, or can't be read by the loader, changes nothing: neither what is kept nor the graph.
"""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal, Unpack
from urllib.parse import urljoin, urlsplit

from filelock import FileLock, Timeout

from ..graph.errors import ChinaAIError
from ..graph.problems import InputError
from ..graph.store import Store
from .base import SEEDS, Context, Loader, LoadOptions, LoadResult
from .build import load_file
from .fetching import Fetcher, FetchError
from .identity import Identity
from .kept import Kept, Shelf
from .remote import Remote, file_name

State = Literal["new", "changed", "unchanged", "gone"]
#: Endings of attachments that a loader can read, and of those that it can't.
_READ, _UNREAD = (".docx",), (".doc", ".pdf", ".xls", ".xlsx", ".wps", ".rar", ".zip")
_MONTH = re.compile(r"(20\d{2})\s*年\s*(\d{1,2})\s*月")
_MOST_LINKS = 200


@dataclass(frozen=True)
class Fetched:
    """One kept file and what became of it; `gone` where the page links to it no more and it is kept all the same."""

    kept: Kept
    state: State


@dataclass
class Refreshed:
    """One source after a refresh: what was fetched, and the plan or the load; or why there is none."""

    source: str
    files: list[Fetched] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    result: LoadResult | None = None
    error: ChinaAIError | None = None

    @property
    def state(self) -> str:
        """failed, nothing, new, changed or unchanged."""
        if self.error is not None:
            return "failed"
        states = {file.state for file in self.files}
        return next((one for one in ("changed", "new", "unchanged") if one in states), "nothing")


def refresh(
    store: Store, loader: Loader, fetcher: Fetcher, home: Path, *, apply: bool = False,
    addresses: Sequence[str] = (), seeds: Path = SEEDS, **how: Unpack[LoadOptions],
) -> Refreshed:  # fmt: skip
    """Fetch one source and plan its load; with `apply`, write it.

    Args:
        home: folder below which `fetched/SOURCE` keeps what was fetched.
        addresses: other addresses than the loader's own, as of a mirror.
    Returns:
        what became of it. An error of fetching, reading or loading is in it, not raised, so that the caller goes on.
    """
    done = Refreshed(loader.name)
    today, planned = how["today"], LoadOptions(**{**how, "dry_run": True})
    try:
        remotes = _remotes(loader, addresses)
        with _held(home / "fetched" / loader.name):
            shelf = Shelf(home, loader.name)
            run = _Run(shelf, fetcher, done, today, loader.shipped_to(Context(Identity(), seeds, today)))
            try:
                for remote in remotes:
                    run.take(remote)
                path = run.path(shelf.next)
                if path is not None:
                    done.result = load_file(store, loader, path, seeds, **planned)
            except InputError:
                shelf.refuse()
                done.remarks.append(f"what came stands in {shelf.refused}; what was kept before stays")
                raise
            except (FetchError, OSError):
                shelf.drop()
                raise
            shelf.accept([file.kept for file in done.files], today)
            path = run.path(shelf.now)
            if path is not None and apply:
                done.result = load_file(store, loader, path, seeds, **how)
    except ChinaAIError as error:
        done.error, done.result = error, None
    except OSError as error:
        done.error = ChinaAIError(
            f"the fetched file can't be kept: {error.strerror or error}", str(error.filename or "")
        )
    return done


def _remotes(loader: Loader, addresses: Sequence[str]) -> list[Remote]:
    if not addresses:
        if not loader.remotes:
            raise ChinaAIError(f"'{loader.name}' can't be fetched", "", loader.no_remote)
        return list(loader.remotes)
    pattern = loader.remotes[0] if loader.remotes else Remote("", "csv", "table.csv")
    return [pattern.at(address) for address in addresses]


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """One refresh of a source at a time."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder / "lock", timeout=0):
            yield
    except Timeout as error:
        raise ChinaAIError(
            "another refresh of this source is running", str(folder), "wait until it has ended"
        ) from error


class _Run:
    """Puts the files of one source together: those that came, and those that stand."""

    def __init__(self, shelf: Shelf, fetcher: Fetcher, done: Refreshed, today: date, shipped: str) -> None:
        self.shelf, self.fetcher, self.done, self.today, self.shipped = shelf, fetcher, done, today, shipped
        self.names: set[str] = set()
        shelf.begin()

    def path(self, folder: Path) -> Path | None:
        """What the loader reads: the one list, or the folder of them; pages that only link to lists are none."""
        lists = [file.kept.name for file in self.done.files if "/" not in file.kept.name]
        return None if not lists else folder / lists[0] if len(lists) == 1 else folder

    def take(self, remote: Remote) -> None:
        """Fetch one address and what it links to."""
        page = self._fetch(remote, "pages/" if remote.follow and remote.form == "page" else "")
        if remote.terms:
            self.done.remarks.append(f"{page.name}: {remote.terms}")
        if not page.name.startswith("pages/"):
            return
        file = self.shelf.next / page.name
        links = [link for link in _links(file, page.address) if re.search(remote.follow, link[1])]
        unread = [link for link in links if link[0].casefold().endswith(_UNREAD)]
        lists = [link for link in links if urlsplit(link[0]).path.casefold().endswith(_READ)]
        for address, text in unread:
            self.done.remarks.append(f"not fetched, since only Word attachments (DOCX) are read: {text or address}")
        old = [link for link in lists if _month(link[1]) and _month(link[1]) <= self.shipped]
        if old:
            self.done.remarks.append(f"{len(old)} lists to {self.shipped} ship with the package and are not fetched")
        if not lists and not unread:  # the page is itself the list
            self._own(page)
            return
        wanted = [link for link in lists if link not in old]
        for address, text in wanted[:_MOST_LINKS]:
            month = _month(text)
            name = file_name(address, "list.docx")
            linked = Remote(address, "word", f"{month}-{name}" if month else name, most_bytes=remote.most_bytes)
            self._fetch(linked, "", page=remote.address)
        self._lapsed(remote.address, {address for address, _ in lists})

    def _own(self, page: Kept) -> None:
        """A page without attachments is read as the list."""
        name = self._name(page.name.removeprefix("pages/"))
        shutil.copy2(self.shelf.next / page.name, self.shelf.next / name)
        at = next(i for i, file in enumerate(self.done.files) if file.kept is page)
        (self.shelf.next / page.name).unlink()
        kept = Kept(**{**page.__dict__, "name": name})
        self.done.files[at] = Fetched(kept, self.done.files[at].state)

    def _lapsed(self, page: str, linked: set[str]) -> None:
        """A list that the page links to no more is kept: that a page vanished ends no fact."""
        for kept in self.shelf.files.values():
            if kept.page == page and kept.address not in linked:
                self.names.add(kept.name)
                self.shelf.carry(kept, kept.name)
                self.done.files.append(Fetched(kept, "gone"))
                self.done.remarks.append(f"{kept.name}: the page links to it no more; what was fetched stays")

    def _name(self, wanted: str) -> str:
        stem, dot, ending = wanted.partition(".")
        names = (wanted, *(f"{stem}-{i}{dot}{ending}" for i in range(2, 1000)))
        name = next(name for name in names if name not in self.names)
        self.names.add(name)
        return name

    def _fetch(self, remote: Remote, folder: str, page: str = "") -> Kept:
        held = self.shelf.files.get(remote.address)
        name = self._name(folder + remote.name)
        target = self.shelf.next / name
        target.parent.mkdir(parents=True, exist_ok=True)
        arrived = self.fetcher.fetch(remote, held.validators if held else None, target)
        if arrived is None:
            assert held is not None
            self.shelf.carry(held, name)
            kept, state = Kept(**{**held.__dict__, "name": name, "page": page}), "unchanged"
        else:
            same = held is not None and held.sha256 == arrived.sha256
            day = held.fetched if held is not None and same else self.today.isoformat()
            said = arrived.validators
            kept = Kept(name, remote.address, arrived.sha256, arrived.size, day, said.etag, said.modified, page)
            state = "unchanged" if same else "changed" if held else "new"
            if arrived.moved:
                self.done.remarks.append(f"{remote.address} moved for good to {arrived.moved}")
        self.done.files.append(Fetched(kept, state))  # type: ignore[arg-type]
        return kept


def _links(page: Path, address: str) -> list[tuple[str, str]]:
    """Addresses of all links of a page with their words, without repeats."""
    from lxml import html

    root = html.fromstring(page.read_bytes().decode("utf-8", errors="replace"))
    found: dict[str, str] = {}
    for link in root.iter("a"):
        target = urljoin(address, str(link.get("href", "")).strip())
        target = re.sub(r"^http:", "https:", target)  # old links of a site that has long spoken https
        words = " ".join((link.text_content() or "").split())
        if target.startswith("https:"):
            said = unicodedata.normalize("NFKC", f"{words} {link.get('title', '')}").strip()
            found.setdefault(target.split("#")[0], said)
    return list(found.items())


def _month(text: str) -> str:
    found = _MONTH.search(text)
    return f"{found[1]}-{int(found[2]):02d}" if found else ""
