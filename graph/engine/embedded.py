"""The embedded graph: one engine a folder, run by a keeper of its own for all processes, found or started here."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, Self

import psutil

from ..errors import EngineError
from ..marks import INDEX, MARK
from .arcade import DATABASE, READER, ROOT
from .choice import NEO4J, chosen
from .endpoint import Endpoint
from .files import is_full, locked, no_room, noted, private_folder
from .keeper import stored_secrets
from .lease import LOOPBACK, STOP, Lease, RefusedError, take
from .processes import within

#: Seconds after which any statement is cut.
STATEMENT_SECONDS = 60.0
#: Seconds that a start may take, which is half a second as a rule.
START_SECONDS = 120.0
#: Seconds after which a keeper that doesn't answer is given up.
WAIT_SECONDS = 60.0
#: The same where the system says that it is halted.
_HALTED_SECONDS = 2.0
#: Seconds that the engine goes on after its last user; CHINAAI_ENGINE_KEEP changes it.
KEEP_SECONDS = 60.0
_PAUSE = 0.02
# filelock is imported where it is used: who finds an engine that runs needs none, and it takes as long as a question.
#: Starts that were begun ahead; who opens the folder waits for them.
_begun: dict[Path, threading.Thread] = {}
#: The keeper sees the packages that its starter sees, wherever they lie.
_CODE = "import sys; sys.path[:] = {path!r}; from chinaai.graph.engine.keeper import main; main(*sys.argv[1:])"


class EmbeddedEngine:
    """A handle on the embedded graph of a home folder; a context manager.

    The engine runs in a process of its own, which serves all that use the folder and ends KEEP_SECONDS after the
    last of them. A handle belongs to the process that opened it, not to one forked from it.

    Args:
        home: folder of all local data; the engine lives in `embedded/` below it.
        seconds: time limit of a single statement, where this call starts the engine.

    Raises:
        EngineError: the folder can't be used, a process holds it without answering, or the engine can't start.
    """

    def __init__(self, home: Path, *, seconds: float = STATEMENT_SECONDS) -> None:
        self._folder, self._seconds = _folder(home), seconds
        self._lease: Lease | None = None
        self.started = False  #: True where this handle started the engine
        self.endpoint = self.renew()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the engine."""
        lease, self._lease = self._lease, None
        if lease is not None:
            lease.close()

    def renew(self) -> Endpoint:
        """Find the engine again, or start it, after the connection to it was lost; its address may have changed.

        Raises:
            EngineError: as when the handle was made.
        """
        self.close()
        private_folder(self._folder)
        self._lease, passwords = self._enter(time.monotonic() + WAIT_SECONDS)
        return Endpoint(
            uri=f"bolt://{LOOPBACK}:{self._lease.port}",
            username=ROOT,
            password=passwords[ROOT],
            database=DATABASE,
            engine="embedded",
            reader=(READER, passwords[READER]),
            where=str(self._folder),
        )

    def _enter(self, deadline: float) -> tuple[Lease, dict[str, str]]:
        halted: float | None = None
        refusal = ""
        if begun := _begun.pop(self._folder, None):
            begun.join()
        while True:
            note, passwords = noted(self._folder / "engine.json"), stored_secrets(self._folder)
            if note and passwords and isinstance(note.get("control"), int):
                try:
                    left = min(10.0, max(0.5, deadline - time.monotonic()))
                    if _halted(note):
                        left = _HALTED_SECONDS
                    return take(note["control"], passwords[ROOT], seconds=left), passwords
                except RefusedError as error:
                    refusal = str(error)
            self.started = _start(self._folder, self._seconds)
            if self.started:
                continue
            halted = (halted or time.monotonic()) if _halted(note) else None
            now = time.monotonic()
            if now > deadline or (halted and now - halted > _HALTED_SECONDS):
                raise _held(self._folder, note, refusal)
            time.sleep(_PAUSE)


def start_ahead(home: Path) -> None:
    """Begin to start the engine of a folder that holds a graph, beside what the caller does before he opens it.

    Where it can't be started, opening it tells why.
    """
    folder = _folder(home)
    if noted(folder / "engine.json") or not (folder / "server" / "databases" / DATABASE).is_dir():
        return

    def start() -> None:
        with contextlib.suppress(EngineError):
            if chosen() != NEO4J:
                _start(folder, STATEMENT_SECONDS)

    _begun[folder] = threading.Thread(target=start, daemon=True)
    _begun[folder].start()


def stop_embedded(home: Path) -> bool:
    """End the engine of a home folder and wait for it; False where none runs.

    Raises:
        EngineError: somebody uses it, or it does not end.
    """
    from filelock import FileLock, Timeout

    folder = _folder(home)
    note = noted(folder / "engine.json")
    passwords = stored_secrets(folder) if note else None
    if not note or not passwords or not isinstance(note.get("control"), int):
        return False
    try:
        take(note["control"], passwords[ROOT], STOP).close()
    except RefusedError as error:
        if str(error) == "used":
            hint = "wait for the processes that use it, or end them"
            raise EngineError("the embedded engine is in use", str(folder), hint) from error
        return False
    try:
        with FileLock(folder / "engine.lock", mode=0o600).acquire(timeout=WAIT_SECONDS):
            return True
    except Timeout as error:
        raise _held(folder, note, "") from error


def _folder(home: Path) -> Path:
    return Path(home).expanduser().absolute() / "embedded"


def _start(folder: Path, seconds: float) -> bool:
    """Start the keeper; False where another process is at it, or has the folder and does not let go."""
    lock = locked(folder / "start.lock")
    if lock is None:
        return False
    try:
        return False if _is_kept(folder) else _spawn(folder, seconds)
    finally:
        lock.release()


def _is_kept(folder: Path) -> bool:
    """True where a process has the folder: it has just started, is on its way out, or does not answer."""
    try:
        lock = locked(folder / "engine.lock")
    except NotImplementedError:
        return False  # the keeper tells
    if lock is not None:
        lock.release()
    return lock is None


def _spawn(folder: Path, seconds: float) -> bool:
    idle = os.environ.get("CHINAAI_ENGINE_KEEP", "")
    code = _CODE.format(path=[str(Path(place).absolute()) for place in sys.path])
    command = [sys.executable, "-c", code, str(folder), idle or str(KEEP_SECONDS), str(seconds), MARK, INDEX]
    # The secrets of somebody's server are none of its business; nor is the folder in which it was started.
    environment = {key: value for key, value in os.environ.items() if not key.startswith("NEO4J_")}
    flags = getattr(subprocess, "DETACHED_PROCESS", 0) | getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
    log = private_folder(folder / "server" / "log") / "keeper.log"
    try:
        with log.open("wb") as errors:
            process = subprocess.Popen(
                command, env=environment, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors,
                start_new_session=True, creationflags=flags,
            )  # fmt: skip
    except OSError as error:
        raise EngineError(f"Python can't be started: {error.strerror or error}", str(sys.executable)) from error
    assert process.stdout is not None
    line = within(START_SECONDS, process.stdout.readline)
    said = {} if line is None else _read(line)
    if line is not None:
        process.stdout.close()
    if said is None:
        process.wait()
        if is_full(log.parent):
            raise no_room(log.parent)
        raise EngineError(f"the embedded engine ended while starting: {_last_words(log)}", str(log))
    threading.Thread(target=process.wait, daemon=True).start()  # no zombie, however long we live
    if "error" in said:
        raise EngineError(*said["error"])
    return "ready" in said


def _read(line: bytes) -> dict[str, Any] | None:
    with contextlib.suppress(ValueError):
        found = json.loads(line)
        return found if isinstance(found, dict) else None
    return None


def _last_words(log: Path) -> str:
    try:
        lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    except OSError:
        lines = []
    return lines[-1] if lines else "it said nothing"


def _halted(note: dict[str, Any] | None) -> bool:
    with contextlib.suppress(psutil.Error, KeyError, TypeError, ValueError):
        return note is not None and psutil.Process(note["pid"]).status() == psutil.STATUS_STOPPED
    return False


def _held(folder: Path, holder: dict[str, Any] | None, refusal: str) -> EngineError:
    pid = holder.get("pid") if holder else None
    who = f"process {pid} ({holder.get('command', 'unknown')})" if holder and pid else "another process"
    doing = "refuses its own secret" if refusal == "secret" else "doesn't answer"
    hint = f"wait for it, end {f'process {pid}' if pid else 'it'}, or use another --home"
    return EngineError(f"the embedded graph is held by {who}, which {doing}", str(folder), hint)
