"""The embedded graph: one engine a folder, run by the first process that needs it, used by all.

The first process takes an operating system lock and runs the engine; it notes its process id and
port in a private file. Any other process on the same folder finds the lock taken and connects to
that port. The system drops the lock of a killed process, so nothing left behind can block a start.
"""

from __future__ import annotations

import atexit
import os
import secrets
import sys
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from filelock import FileLock, Timeout

from ..errors import EngineError
from .arcade import DATABASE, LOOPBACK, READER, ROOT, Arcade, forget_accounts
from .bolt import Answer, ask
from .endpoint import Endpoint
from .files import private_folder, read_private, unusable, write_private

#: Seconds after which any statement is cut.
STATEMENT_SECONDS = 60.0
#: Seconds after which an engine of another process that doesn't answer is given up.
WAIT_SECONDS = 6.0
_PAUSE = 0.05
_running: dict[Path, _Engine] = {}
_guard = threading.RLock()


class EmbeddedEngine:
    """A handle on the embedded graph of a home folder; a context manager.

    The engine belongs to the process that started it and ends with the last handle there; other
    processes that use it then lose their connection.

    Args:
        home: folder of all local data; the engine lives in `embedded/` below it.
        wait: seconds after which an engine of another process that doesn't answer is given up.
        seconds: time limit of a single statement.

    Raises:
        EngineError: the folder can't be used, another process holds it without answering, or the
            engine can't start.
    """

    def __init__(self, home: Path, *, wait: float = WAIT_SECONDS, seconds: float = STATEMENT_SECONDS) -> None:
        self._folder = Path(home).expanduser().absolute() / "embedded"
        self._engine: _Engine | None = None
        self.owner = False  #: True where this process runs the engine
        port, passwords = self._open(time.monotonic() + wait, seconds)
        self.endpoint = Endpoint(
            uri=f"bolt://{LOOPBACK}:{port}",
            username=ROOT,
            password=passwords[ROOT],
            database=DATABASE,
            engine="embedded",
            reader=(READER, passwords[READER]),
            where=str(self._folder),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the engine; the last handle of the process that runs it stops it."""
        engine, self._engine = self._engine, None
        if engine is not None:
            engine.release()

    def _open(self, deadline: float, seconds: float) -> tuple[int, dict[str, str]]:
        private_folder(self._folder)
        key = self._folder.resolve()
        holder: dict[str, Any] | None = None
        state = Answer.SILENT
        while True:
            with _guard:
                engine = _running.get(key)
                if engine is None or engine.pid != os.getpid():
                    engine = _Engine.start(key, seconds)
                if engine is not None:
                    self._engine, self.owner = engine.hold(), True
                    return engine.port, engine.passwords
            holder = read_private(key / "engine.json")
            left = deadline - time.monotonic()
            if left <= 0:
                raise _held(self._folder, holder, state)
            passwords = _stored_secrets(key)
            if holder and passwords and isinstance(holder.get("port"), int):
                auth = (ROOT, passwords[ROOT])
                state = ask(LOOPBACK, holder["port"], auth, DATABASE, seconds=min(left, 3.0))
                if state is Answer.YES:
                    return holder["port"], passwords
            time.sleep(_PAUSE)


def open_embedded(home: Path, *, wait: float = WAIT_SECONDS) -> EmbeddedEngine:
    """Run the embedded engine of a home folder, or connect to the process that runs it.

    Raises:
        EngineError: see `EmbeddedEngine`.
    """
    return EmbeddedEngine(home, wait=wait)


class _Engine:
    """The engine of a folder in this process, shared by its handles."""

    def __init__(self, folder: Path, lock: FileLock, seconds: float) -> None:
        self.folder, self.pid = folder, os.getpid()
        self._lock, self._handles = lock, 0
        _announce(folder, None)
        self.passwords = _stored_secrets(folder) or _new_secrets(folder)
        self._arcade = Arcade(folder / "server", self.passwords, seconds=seconds)
        self.port = self._arcade.port
        _announce(folder, self.port)

    @classmethod
    def start(cls, folder: Path, seconds: float) -> _Engine | None:
        """Start it, or None where another process holds the folder."""
        # Any thread may close the last handle, so the lock must not belong to one.
        lock = FileLock(folder / "engine.lock", mode=0o600, thread_local=False)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return None
        except NotImplementedError as error:
            hint = "choose a folder on a local disk with --home or CHINAAI_HOME"
            raise EngineError("the file system of the folder has no locks", str(folder), hint) from error
        except OSError as error:
            raise unusable(folder, error) from error
        try:
            engine = cls(folder, lock, seconds)
        except BaseException as error:
            (folder / "engine.json").unlink(missing_ok=True)
            lock.release()
            if isinstance(error, OSError):
                raise unusable(folder, error) from error
            raise
        _running[folder] = engine
        return engine

    def hold(self) -> _Engine:
        self._handles += 1
        return self

    def release(self) -> None:
        with _guard:
            self._handles -= 1
            if self._handles <= 0 and self.pid == os.getpid():
                self.stop()

    def stop(self) -> None:
        _running.pop(self.folder, None)
        try:
            (self.folder / "engine.json").unlink(missing_ok=True)
            self._arcade.stop()
        finally:
            self._lock.release()


@atexit.register
def _stop_all() -> None:
    with _guard:
        for engine in list(_running.values()):
            if engine.pid == os.getpid():
                engine.stop()


def _announce(folder: Path, port: int | None) -> None:
    command = Path(sys.argv[0]).name if sys.argv and sys.argv[0] else "python"
    write_private(folder / "engine.json", {"pid": os.getpid(), "command": command, "port": port})


def _stored_secrets(folder: Path) -> dict[str, str] | None:
    found = read_private(folder / "secret.json")
    if found and all(isinstance(found.get(name), str) for name in (ROOT, READER)):
        return {name: found[name] for name in (ROOT, READER)}
    return None


def _new_secrets(folder: Path) -> dict[str, str]:
    forget_accounts(folder / "server")  # their passwords are lost with the old file
    passwords = {name: secrets.token_urlsafe(32) for name in (ROOT, READER)}
    write_private(folder / "secret.json", dict(passwords))
    return passwords


def _held(folder: Path, holder: dict[str, Any] | None, state: Answer) -> EngineError:
    pid = holder.get("pid") if holder else None
    who = f"process {pid} ({holder.get('command', 'unknown')})" if holder and pid else "another process"
    doing = "refuses its own secret" if state is Answer.REFUSED else "doesn't answer"
    hint = f"wait for it, end {f'process {pid}' if pid else 'it'}, or use another --home"
    return EngineError(f"the embedded graph is held by {who}, which {doing}", str(folder), hint)
