"""Reading an input file whole: a regular file of a size that a person or a publisher makes, and nothing else.

A symlink to a device, a pipe that nobody writes to or a file of gigabytes would otherwise be waited for or read until
the memory is full.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

#: Most bytes of a text file that is read whole; the largest that ships is under one million.
MOST_BYTES = 32_000_000


def check_regular(path: Path) -> os.stat_result:
    """Refuse what is no regular file, before anybody waits for it. Raises OSError; `strerror` says why."""
    state = path.stat()
    if stat.S_ISDIR(state.st_mode):
        raise IsADirectoryError(0, "Is a directory", str(path))
    if not stat.S_ISREG(state.st_mode):
        raise OSError(0, "it is no regular file but a device, a pipe or a socket; save it as a file", str(path))
    return state


def read_input(path: Path) -> bytes:
    """The bytes of a regular file.

    Raises:
        OSError: it can't be read, is no regular file, or is too large; `strerror` says which.
    """
    state = check_regular(path)
    if state.st_size > MOST_BYTES:
        size, most = state.st_size / 1e6, MOST_BYTES / 1e6
        raise OSError(0, f"it is too large: {size:,.0f} MB where {most:.0f} MB are read; cut it", str(path))
    with path.open("rb") as file:
        data = file.read(MOST_BYTES + 1)  # it may grow meanwhile
    if len(data) > MOST_BYTES:
        raise OSError(0, f"it grows while it is read, past {MOST_BYTES / 1e6:.0f} MB", str(path))
    return data
