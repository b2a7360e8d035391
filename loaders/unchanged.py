"""Knowing without reading that nothing changed: a fingerprint of the input files and of this package's code.

It is written after a build that ran to its end and dropped by the first write of any later load, so a
build that finds it equal would plan nothing. Each loaded file has its own, dropped by any later write of its data
set. `--full` ignores both.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from ..graph import statements
from ..graph.apply import INPUTS
from ..graph.store import Store

_PACKAGE = Path(__file__).resolve().parent.parent
#: Folders whose code decides what becomes of an input file.
_CODE = ("graph", "loaders")


def fingerprint(*inputs: Path) -> str:
    """SHA-256 over names and contents of the files given, or in folders given, and of the code that reads them."""
    found = hashlib.sha256()
    code = [path for name in _CODE for path in (_PACKAGE / name).rglob("*.py")]
    groups = [(_PACKAGE, code)]
    for given in inputs:
        held = [path for path in given.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
        groups.append((given, held) if given.is_dir() else (given.parent, [given]))
    for root, paths in groups:
        for path in sorted(paths):
            found.update(f"{path.relative_to(root).as_posix()} {path.stat().st_size}\n".encode())
            if path.is_file():  # a device or a pipe is refused by whoever reads it
                with path.open("rb") as file:
                    found.update(hashlib.file_digest(file, "sha256").digest())
    return found.hexdigest()


def recall(store: Store, wanted: str, record: str = INPUTS) -> dict[str, int] | None:
    """Number of elements by data set where the last build, or load, was of the same inputs, else None."""
    rows = store.read(statements.READ_STATE, dataset=record)
    if not rows or rows[0]["digests"][0] != wanted:
        return None
    pairs = (entry.rsplit("=", 1) for entry in rows[0]["digests"][1:])
    return {name: int(count) for name, count in pairs}


def remember(store: Store, wanted: str, counts: dict[str, int], record: str = INPUTS) -> None:
    """Note the inputs of a build, or load, that ran to its end."""
    digests = [wanted, *(f"{name}={count}" for name, count in counts.items())]
    row = {"id": record, "dataset": record, "name": record, "digests": digests}
    store.write([(statements.WRITE_STATE, {"rows": [row]})])
