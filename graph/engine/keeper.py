"""The process that runs the embedded engine of a folder for all others, and ends some time after the last of them.

The first process that needs the graph starts it. It takes the operating system's lock on the folder, so that there
is one whatever happens; nothing that a kill leaves behind can block the next. It imports neither the driver nor any
other large library, so that it answers within half a second.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import signal
import socket
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import EngineError
from .arcade import DATABASE, READER, ROOT, Arcade
from .files import is_full, locked, no_room, place_of, read_private, unusable, write_private
from .lease import LOOPBACK, STOP, USE, admit, send
from .seal import break_seal, check_log, seal

if TYPE_CHECKING:
    from filelock import FileLock

#: Seconds that it tries to get the folder, at which others look at the same time.
_TAKE_OVER_SECONDS = 1.0
#: Seconds that it gives its starter to come in.
_FIRST_SECONDS = 30.0
#: Seconds after which a lost note is written anew.
_HEAL_SECONDS = 1.0
#: Seconds after which somebody who closed his lease has been noticed.
_LEAVING_SECONDS = 2.0
_TICK = 0.1


class TakenError(Exception):
    """Another process has the folder."""


class Keeper:
    """The engine of a folder, and those who use it.

    Args:
        folder: `embedded/` of a home.
        seconds: time limit of a single statement.
        names: see `Arcade`.
    Raises:
        TakenError: another process has the folder.
        EngineError: the folder can't be used, or the engine can't start.
    """

    def __init__(self, folder: Path, seconds: float, names: tuple[str, str]) -> None:
        self._folder = folder
        self._guard = threading.Lock()
        self._users, self._idle_since, self._ending = 0, time.monotonic() + _FIRST_SECONDS, False
        self._lock = _locked(folder)
        self._place = place_of(folder)
        try:
            self._note({"port": None})
            self._passwords = stored_secrets(folder) or _new_secrets(folder)
            self._data = folder / "server" / "databases" / DATABASE
            unclean = break_seal(folder, self._data)
            self._arcade = Arcade(folder / "server", self._passwords, seconds=seconds, names=names)
            self._open(unclean=unclean)
        except OSError as error:
            self._forget()
            raise unusable(folder, error) from error
        except BaseException:
            self._forget()
            raise
        threading.Thread(target=self._listen, daemon=True).start()

    def _open(self, *, unclean: bool) -> None:
        try:
            if unclean:
                check_log(self._folder, self._data)
                self._arcade.mend_indexes()
            self._server = socket.create_server((LOOPBACK, 0), backlog=512)
            control = self._server.getsockname()[1]
            self._note({"port": self._arcade.port, "control": control, "build": self._arcade.build})
        except BaseException:
            self._arcade.stop()  # before another can take the folder
            raise

    def serve(self, idle: float) -> None:
        """Run until nobody has used the engine for that many seconds, or somebody asks for its end."""
        healed = time.monotonic()
        while True:
            time.sleep(min(_TICK, max(idle / 4, 0.01)))
            if time.monotonic() - healed > _HEAL_SECONDS:
                if place_of(self._folder) != self._place:
                    os._exit(0)  # the folder was removed or moved: an orderly end would write into the next one's
                self._heal()
                healed = time.monotonic()
            with self._guard:
                unused = self._users == 0 and time.monotonic() - self._idle_since >= idle
                if unused or self._ending:
                    self._ending = True
                    break
        self.stop()

    def _heal(self) -> None:
        """Put back what others need to find us, where somebody has removed or damaged it."""
        with contextlib.suppress(EngineError):
            if stored_secrets(self._folder) != self._passwords:
                write_private(self._folder / "secret.json", dict(self._passwords))
            if read_private(self._folder / "engine.json") != self._noted:
                write_private(self._folder / "engine.json", self._noted)

    def end(self, *_: object) -> None:
        """Ask for the end; users lose their connection."""
        self._ending = True

    def stop(self) -> None:
        """Stop the engine and leave the folder to the next."""
        with contextlib.suppress(OSError):
            self._server.close()
        try:
            (self._folder / "engine.json").unlink(missing_ok=True)
            self._arcade.stop()
            with contextlib.suppress(EngineError, OSError):  # a full disk: the next start then goes without
                seal(self._folder, self._data)
        finally:
            self._lock.release()

    def _listen(self) -> None:
        while True:
            try:
                link, _ = self._server.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(link,), daemon=True).start()

    def _talk(self, link: socket.socket) -> None:
        with link, contextlib.suppress(OSError):
            wanted = admit(link, self._passwords[ROOT])
            if wanted == USE and self._enter():
                try:
                    send(link, f"ok {self._arcade.port}")
                    link.settimeout(None)
                    while link.recv(64):
                        pass
                finally:
                    self._leave()
            elif wanted == STOP:
                send(link, "ok 0" if self._end_unused() else "used")
            else:
                send(link, "ending")

    def _end_unused(self) -> bool:
        """Begin to end, where nobody uses the engine, or those who do are just leaving."""
        deadline = time.monotonic() + _LEAVING_SECONDS
        while True:
            with self._guard:
                if self._users == 0:
                    self._ending = True
                    return True
            if time.monotonic() > deadline:
                return False
            time.sleep(0.01)

    def _enter(self) -> bool:
        with self._guard:
            self._users += not self._ending
            return not self._ending

    def _leave(self) -> None:
        with self._guard:
            self._users -= 1
            self._idle_since = time.monotonic()

    def _note(self, fields: dict[str, Any]) -> None:
        self._noted = {"pid": os.getpid(), "command": "chinaai engine", "place": self._place, **fields}
        write_private(self._folder / "engine.json", self._noted)

    def _forget(self) -> None:
        (self._folder / "engine.json").unlink(missing_ok=True)
        self._lock.release()


def stored_secrets(folder: Path) -> dict[str, str] | None:
    """Passwords of the engine's two accounts; None where they are lost."""
    found = read_private(folder / "secret.json")
    if found and all(isinstance(found.get(name), str) for name in (ROOT, READER)):
        return {name: found[name] for name in (ROOT, READER)}
    return None


def _new_secrets(folder: Path) -> dict[str, str]:
    passwords = {name: secrets.token_urlsafe(32) for name in (ROOT, READER)}
    write_private(folder / "secret.json", dict(passwords))
    return passwords


def _locked(folder: Path) -> FileLock:
    try:
        lock = locked(folder / "engine.lock", _TAKE_OVER_SECONDS)
    except NotImplementedError as error:
        hint = "choose a folder on a local disk with --home or CHINAAI_HOME"
        raise EngineError("the file system of the folder has no locks", str(folder), hint) from error
    if lock is None:
        raise TakenError
    return lock


def main(folder: str, idle: str, seconds: str, *names: str) -> None:
    """Run as a process; the first line on stdout is JSON and tells the starter how it went."""
    # The engine's package imports it where it is installed, for values that nobody hands over here: a fifth of a start.
    sys.modules["numpy"] = None  # type: ignore[assignment]
    try:
        keeper = Keeper(Path(folder), float(seconds), (names[0], names[1]))
    except TakenError:
        _tell({"taken": True})
        return
    except EngineError as error:
        # A full disk is told as that, whatever the engine says that it could not do.
        told = no_room(Path(folder)) if is_full(Path(folder)) else error
        _tell({"error": [told.what, told.where, told.hint]})
        sys.exit(1)
    signal.signal(signal.SIGTERM, keeper.end)
    _tell({"ready": True})
    keeper.serve(float(idle))


def _tell(said: dict[str, Any]) -> None:
    """The starter may be gone already."""
    with contextlib.suppress(OSError):
        os.write(1, f"{json.dumps(said)}\n".encode())
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
