"""Where an export goes: it appears whole or not at all, and what stood there before stays until then."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ..errors import ExportError

#: Written into every exported folder; a folder without it is somebody else's and is never replaced.
MANIFEST = "chinaai-export.json"


#: Where open files of processes stand, which nothing may be renamed over.
_STREAMS = (("/", "dev"), ("/", "proc"))


@contextmanager
def replacing_file(path: Path) -> Iterator[Path]:
    """A file beside `path` that takes its place when the block ends well, and is deleted when it does not.

    Only a regular file, or nothing, is replaced. A link is followed, so that it stays a link. Into a device or a
    pipe the bytes are written when the block has ended well; none of them becomes a file.

    Raises:
        ExportError: `path` is a folder, or its folder is missing or can't be written.
    """
    try:
        kind = path.stat().st_mode if path.exists() else stat.S_IFREG
        through = not (stat.S_ISREG(kind) or stat.S_ISDIR(kind)) or path.parts[:2] in _STREAMS
        place = _followed(path) if not through else path
    except OSError as error:
        raise _refused(path, error) from error
    if stat.S_ISDIR(kind):
        raise ExportError("a folder stands where the file should go", str(path), "give the name of a file")
    part = Path(tempfile.gettempdir(), f".{secrets.token_hex(8)}.part") if through else _beside(place)
    try:
        with part.open("xb"):
            pass
        yield part
        if through:
            with part.open("rb") as source, place.open("wb") as target:
                shutil.copyfileobj(source, target)
            return
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(place)
    except BrokenPipeError:
        pass  # who read from the pipe has had enough
    except OSError as error:
        raise _refused(path, error) from error
    finally:
        with suppress(OSError):  # the place may not even be a folder
            part.unlink(missing_ok=True)


@contextmanager
def replacing_folder(path: Path) -> Iterator[Path]:
    """The same for a folder of files. An existing folder is replaced only where it is an earlier export or empty.

    A link is followed, so that it stays a link.

    Raises:
        ExportError: something else stands there, or the place can't be written.
    """
    try:
        path = _followed(path)
    except OSError as error:
        raise _refused(path, error) from error
    ours = path.is_dir() and ((path / MANIFEST).is_file() or not any(path.iterdir()))
    if path.exists() and not ours:
        hint = "give a new folder, or one that an earlier export made"
        raise ExportError("something else stands where the folder should go", str(path), hint)
    part, old = _beside(path), _beside(path)
    try:
        part.mkdir()
        yield part
        if path.exists():
            path.rename(old)
        try:
            part.rename(path)
        except OSError:
            if old.exists():
                old.rename(path)
            raise
    except OSError as error:
        raise _refused(path, error) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
        if path.exists():
            shutil.rmtree(old, ignore_errors=True)


def _followed(path: Path) -> Path:
    """Where a link leads. Raises OSError for one that leads to itself."""
    try:
        return path.resolve() if path.is_symlink() else path
    except RuntimeError as error:
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path)) from error


def _beside(path: Path) -> Path:
    # Without the name itself, which may be as long as a name can be.
    return path.with_name(f".{secrets.token_hex(8)}.part")


def _refused(path: Path, error: OSError) -> ExportError:
    if isinstance(error, FileNotFoundError):
        return ExportError("there is no such folder", str(path.parent), "make it first")
    return ExportError(f"the place can't be written: {error.strerror or error}", str(path))
