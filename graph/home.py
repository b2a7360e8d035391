"""The folder of the embedded graph and the local server."""

from __future__ import annotations

import os
import re
from pathlib import Path

import platformdirs

from .errors import StoreError

#: How an address begins; a path of Python has lost one of its slashes. A letter alone is a drive of Windows.
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/")


def home_folder(home: Path | str | None = None) -> Path:
    """Folder of the embedded graph and the local server: argument, CHINAAI_HOME, or the user's data folder.

    Raises:
        StoreError: it is the address of a server, which may hold a password and is no folder.
    """
    chosen = home or os.environ.get("CHINAAI_HOME")
    if chosen and _ADDRESS.match(str(chosen)):
        hint = "set NEO4J_URI to it (in Python, uri=), and NEO4J_USERNAME and NEO4J_PASSWORD to an account"
        raise StoreError("the home is an address, not a folder", "", hint)
    return Path(chosen).expanduser() if chosen else Path(platformdirs.user_data_dir("chinaai", appauthor=False))
