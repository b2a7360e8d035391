"""What an import into the empty database of a local server leaves when it is killed, and how it is cleared.

The note stands while the import tool writes: it is made when the server has stopped, and removed before it starts
again. Every start looks for it first. So where it is found, the database holds nothing but a part of that import: it
was empty when the import began, and no server has run since.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from ..errors import EngineError
from .files import locked, private_folder, unusable, write_private
from .processes import end_bearing

_log = logging.getLogger("chinaai")
#: Seconds that an import tool may take to be gone after it was killed.
_KILL_SECONDS = 20.0
_DATABASE = "neo4j"


class Importing:
    """The files and the note of imports into the server of a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files = folder / "bulk"
        self._note = folder / "import.json"
        self._lock = folder / "import.lock"

    @property
    def report(self) -> str:
        """The tool's argument for its list of bad rows, by which its process is known again."""
        return f"--report-file={self.files / 'report'}"

    @contextmanager
    def working(self) -> Iterator[Path]:
        """An empty folder for the files of one import. It is removed at the end, or by whoever comes after a kill.

        Raises:
            EngineError: another process imports at this moment, or the folder can't be used.
        """
        lock = locked(self._lock)
        if lock is None:
            raise EngineError("another bulk load is under way", str(self.folder), "wait for its end")
        try:
            shutil.rmtree(self.files, ignore_errors=True)
            yield private_folder(self.files)
        finally:
            shutil.rmtree(self.files, ignore_errors=True)
            lock.release()

    def begin(self) -> None:
        """From here on the database may be half made. The server has stopped.

        Raises:
            EngineError: the note can't be written.
        """
        write_private(self._note, {"database": _DATABASE, "begun": datetime.now().isoformat(timespec="seconds")})

    def end(self) -> None:
        """The import is whole. The server has not started yet."""
        self._note.unlink(missing_ok=True)

    def clear(self) -> None:
        """Take out what an import that failed has made of the database; it is empty at the next start.

        Raises:
            EngineError: its tool does not end, or something can't be removed.
        """
        end_bearing(self.report, _KILL_SECONDS)  # the tool goes on when the load that started it is killed
        try:
            for part in ("databases", "transactions"):
                path = self.folder / "data" / part / _DATABASE
                if path.exists():
                    shutil.rmtree(path)
            self._note.unlink(missing_ok=True)
        except OSError as error:
            raise unusable(self.folder, error) from error

    def sweep(self) -> None:
        """Clear what a killed import left. The server does not run; nothing is done while an import is under way.

        Raises:
            EngineError: as `clear`.
        """
        if not (self._note.exists() or self.files.exists()):
            return
        try:
            lock = locked(self._lock)
        except EngineError:
            return
        if lock is None:
            return
        try:
            if self._note.exists():
                self.clear()
                _log.warning("a bulk load was broken off; what it left in the empty database is cleared: run it again")
            shutil.rmtree(self.files, ignore_errors=True)
        finally:
            lock.release()
