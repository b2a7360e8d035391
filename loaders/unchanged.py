"""Knowing without reading that nothing changed: a fingerprint of the input files and of this package's code.

It is written after a build that ran to its end and dropped by the first write of any later load, so a
build that finds it equal would plan nothing. `--full` ignores it.
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


def fingerprint(folder: Path) -> str:
    """SHA-256 over the names and contents of all files in a seeds folder and of the code that reads them."""
    found = hashlib.sha256()
    code = [path for name in _CODE for path in (_PACKAGE / name).rglob("*.py")]
    inputs = [path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    for root, paths in ((_PACKAGE, code), (folder, inputs)):
        for path in sorted(paths):
            content = path.read_bytes()
            found.update(f"{path.relative_to(root).as_posix()} {len(content)}\n".encode())
            found.update(content)
    return found.hexdigest()


def recall(store: Store, wanted: str) -> dict[str, int] | None:
    """Number of elements by data set where the last build was of the same inputs, else None."""
    rows = store.read(statements.READ_STATE, dataset=INPUTS)
    if not rows or rows[0]["digests"][0] != wanted:
        return None
    pairs = (entry.rsplit("=", 1) for entry in rows[0]["digests"][1:])
    return {name: int(count) for name, count in pairs}


def remember(store: Store, wanted: str, counts: dict[str, int]) -> None:
    """Note the inputs of a build that ran to its end."""
    digests = [wanted, *(f"{name}={count}" for name, count in counts.items())]
    row = {"id": INPUTS, "dataset": INPUTS, "name": INPUTS, "digests": digests}
    store.write([(statements.WRITE_STATE, {"rows": [row]})])
