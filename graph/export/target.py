"""Where an export goes: it appears whole or not at all, and what stood there before stays until then."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .errors import ExportError

#: Written into every exported folder; a folder without it is somebody else's and is never replaced.
MANIFEST = "chinaai-export.json"


@contextmanager
def replacing_file(path: Path) -> Iterator[Path]:
    """A file beside `path` that takes its place when the block ends well, and is deleted when it does not.

    Raises:
        ExportError: `path` is a folder, or its folder is missing or can't be written.
    """
    if path.is_dir():
        raise ExportError("a folder stands where the file should go", str(path), "give the name of a file")
    part = _beside(path)
    try:
        with part.open("xb"):
            pass
        yield part
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise _refused(path, error) from error
    finally:
        with suppress(OSError):  # the place may not even be a folder
            part.unlink(missing_ok=True)


@contextmanager
def replacing_folder(path: Path) -> Iterator[Path]:
    """The same for a folder of files. An existing folder is replaced only where it is an earlier export or empty.

    Raises:
        ExportError: something else stands there, or the place can't be written.
    """
    if path.exists() and not _ours(path):
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


def _ours(path: Path) -> bool:
    return path.is_dir() and ((path / MANIFEST).is_file() or not any(path.iterdir()))


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")


def _refused(path: Path, error: OSError) -> ExportError:
    if isinstance(error, FileNotFoundError):
        return ExportError("there is no such folder", str(path.parent), "make it first")
    return ExportError(f"the place can't be written: {error.strerror or error}", str(path))
