"""Files that only their owner may read: secrets and the note that says who runs an engine."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import EngineError

if TYPE_CHECKING:
    from filelock import FileLock

_MOVE = "choose another folder with --home or CHINAAI_HOME, or make this one writable"
_ROOM = "make room on it, or choose a folder on another with --home or CHINAAI_HOME, and run this again"
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
#: Bytes that must go into a folder for its disk not to be full; engines ask for about as much at a time.
_SOME = 1 << 20


def private_folder(path: Path) -> Path:
    """Make a folder that only its owner can enter; parents that are missing are made too.

    Raises:
        EngineError: it can't be made or entered.
    """
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.chmod(0o700)
    except OSError as error:
        raise unusable(path, error) from error
    return path


def place_of(folder: Path) -> list[int] | None:
    """The folder itself, whatever stands at its path later, and whatever is copied from it; None where nothing does."""
    try:
        found = folder.stat()
    except OSError:
        return None
    return [found.st_dev, found.st_ino]


def noted(file: Path) -> dict[str, Any] | None:
    """A note about the process that serves the folder it lies in; None where it means another, of which it is a copy.

    Somebody may copy a folder while its engine runs. Without this the copy would lead to the graph it was made from.
    """
    found, here = read_private(file), place_of(file.parent)
    return found if found is not None and found.get("place", here) == here else None


def unusable(path: Path, error: OSError) -> EngineError:
    """The error for a folder or file that can't be written."""
    if error.errno in _FULL:
        return no_room(path)
    return EngineError(f"the folder can't be used: {error.strerror or error}", str(path), _MOVE)


def no_room(path: Path) -> EngineError:
    """The error for a disk that is full."""
    return EngineError("the disk is full", str(path), _ROOM)


def is_full(folder: Path) -> bool:
    """Whether the disk of a folder has no room left; it is tried, since engines say that something failed, not why."""
    part = folder / f".room.{secrets.token_hex(4)}"
    try:
        with part.open("wb", buffering=0) as file:
            left = _SOME
            while left > 0:
                left -= file.write(bytes(left))
            os.fsync(file.fileno())
    except OSError as error:
        return error.errno in _FULL
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    return False


def locked(path: Path, seconds: float = 0.0) -> FileLock | None:
    """The operating system's lock on a file; None where another process has it all that time.

    Raises:
        EngineError: the file can't be used.
        NotImplementedError: its file system has no locks.
    """
    from filelock import FileLock, Timeout  # takes long to import, and most processes start nothing

    lock = FileLock(path, mode=0o600, thread_local=False)
    try:
        lock.acquire(timeout=seconds, poll_interval=0.02)
    except Timeout:
        return None
    except OSError as error:
        raise unusable(path.parent, error) from error
    return lock


def write_private(path: Path, content: dict[str, Any] | str) -> None:
    """Write JSON, or a text, readable by the owner alone; a reader sees the old content or the new, never half.

    Raises:
        EngineError: the file can't be written.
    """
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        made = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(made, "w", encoding="utf-8") as file:
            file.write(content if isinstance(content, str) else json.dumps(content, indent=1))
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise unusable(path, error) from error


def read_private(path: Path) -> dict[str, Any] | None:
    """JSON object of a file of ours; None where it is missing or not one.

    Raises:
        EngineError: it belongs to somebody else or can't be read.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise unusable(path, error) from error
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
