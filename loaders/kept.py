"""What was fetched, kept with its hash and day: the newest of each source, and what it took the place of.

fetched/SOURCE/now/       the files that stand, as published
fetched/SOURCE/refused/   what came last and could not be read
fetched/SOURCE/before/    those whose place they took, by day and hash
fetched/SOURCE/kept.json  address, hash, day and the server's validators of each
"""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from .fetching import Validators


@dataclass(frozen=True)
class Kept:
    """One fetched file."""

    name: str
    address: str
    sha256: str
    size: int
    fetched: str  # day on which these bytes were first fetched
    etag: str = ""
    modified: str = ""
    page: str = ""  # address of the page that links to it

    @property
    def validators(self) -> Validators:
        """For asking whether it has changed."""
        return Validators(self.etag, self.modified)


class Shelf:
    """The kept files of one source; a file that was altered or lost since, and a broken list of them, is absent."""

    def __init__(self, home: Path, source: str) -> None:
        self.folder = home / "fetched" / source
        self.now = self.folder / "now"  # the files that stand
        self.next = self.folder / "next"  # those that are put together and may take their place
        self.refused = self.folder / "refused"  # those that came last and that the loader can't read
        self.files: dict[str, Kept] = {}  # by address
        try:
            held = json.loads((self.folder / "kept.json").read_text(encoding="utf-8"))
            found = [Kept(**line) for line in held["files"]]
        except (OSError, ValueError, TypeError, KeyError):
            return
        self.files = {kept.address: kept for kept in found if self._stands(kept)}

    def _stands(self, kept: Kept) -> bool:
        try:
            with (self.now / kept.name).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == kept.sha256
        except OSError:
            return False

    def begin(self) -> None:
        """An empty folder for what comes."""
        shutil.rmtree(self.next, ignore_errors=True)
        self.next.mkdir(parents=True)

    def carry(self, kept: Kept, name: str) -> None:
        """Put a file that stands among those that come."""
        shutil.copy2(self.now / kept.name, self.next / name)

    def refuse(self) -> None:
        """Put what came aside, for a person to look at."""
        shutil.rmtree(self.refused, ignore_errors=True)
        self.next.rename(self.refused)

    def drop(self) -> None:
        """Forget what came; what stands, stands."""
        shutil.rmtree(self.next, ignore_errors=True)

    def accept(self, files: list[Kept], today: date) -> None:
        """Let what came take the place of what stands, which goes to `before`."""
        before = self.folder / "before"
        new = {kept.sha256 for kept in files}
        for old in self.files.values():
            if old.sha256 not in new:
                before.mkdir(exist_ok=True)
                shutil.copy2(self.now / old.name, before / f"{old.fetched}-{old.sha256[:12]}-{Path(old.name).name}")
        shutil.rmtree(self.now, ignore_errors=True)
        self.next.rename(self.now)
        part = self.folder / "kept.json.part"
        told = {"refreshed": today.isoformat(), "files": [asdict(kept) for kept in files]}
        part.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        part.replace(self.folder / "kept.json")
        self.files = {kept.address: kept for kept in files}
