"""What the embedded engine's files were when it closed them, so that damage is told before anybody reads them.

The engine finds out about a damaged file when it reads the page, or never: rows are missing then, and no error says so.
While it runs its files change, and after a kill its own log puts right what was under way; then it is known only that
no file of records is gone or shorter than it was.
"""

from __future__ import annotations

import json
import zlib
from pathlib import Path

from ..errors import EngineError
from .files import read_private, write_private

#: File in `embedded/` that holds size and CRC-32 of each file of the database.
NOTE = "closed.json"
#: Stands beside it from a start to the next orderly end.
_OPEN = "open"
#: Files that the engine makes anew where they are missing, or that belong to a run of it.
_PASSING = ("statistics.json", "schema.prev.json", "last-tx-id.bin")
_CHUNK = 1 << 20


def seal(folder: Path, database: Path) -> None:
    """Note what stands, after an orderly end, unless files went meanwhile: the next start then tells it.

    Raises:
        EngineError: it can't be written.
    """
    files = _files(database)
    if not _lost(database, _noted(folder), files):
        write_private(folder / NOTE, {"files": files})
        (folder / _OPEN).unlink(missing_ok=True)


def break_seal(folder: Path, database: Path) -> bool:
    """Compare the files with what was noted, before the engine changes them.

    Returns: True after a run that had no orderly end.
    Raises:
        EngineError: a file is missing, or is not as the engine left it.
    """
    held, unclean = _noted(folder), (folder / _OPEN).exists()
    if held:
        found = _files(database)
        changed = [f"{name} {why}" for name, was in held.items() if (why := _damage(was, found.get(name)))]
        changed = _lost(database, held, found) if unclean else changed
        if changed:
            rest = f" and {len(changed) - 3} more of its {len(held)} files" if len(changed) > 3 else ""
            raise damaged(folder, f"{', '.join(changed[:3])}{rest}", f"{NOTE} in it")
    (folder / _OPEN).touch(mode=0o600)
    return unclean


def check_log(folder: Path, database: Path) -> None:
    """Tell a log that the engine could not follow to its end, after a start: it sets such a one aside without a word.

    Raises:
        EngineError: writes that it had acknowledged are lost.
    """
    if aside := sorted(database.glob("*.wal.corrupt")):
        what = f"the engine could not read {aside[0].name} to its end, so that the last writes are lost"
        raise damaged(folder, what, f"the files *.wal.corrupt in {database}")


def damaged(folder: Path, what: str, told_by: str = "") -> EngineError:
    """The error for a graph that is not whole.

    Args:
        told_by: what it is told by; without that the graph is used as it is. Empty where it can't be.
    """
    as_it_is = f"; to use it as it is, delete {told_by}" if told_by else ""
    hint = f"move that folder away and run 'chinaai build', which makes the graph anew{as_it_is}"
    return EngineError(f"the graph is damaged: {what}", str(folder), hint)


def _noted(folder: Path) -> dict[str, list[int]]:
    note = read_private(folder / NOTE)
    held = note.get("files") if note else None
    return held if isinstance(held, dict) else {}


def _lost(database: Path, held: dict[str, list[int]], found: dict[str, list[int]]) -> list[str]:
    """What no run of the engine can have done: records and the words of the schema are never dropped."""
    lost = [
        f"{name} {_damage(was, found.get(name))}"
        for name, was in held.items()
        if Path(name).suffix in (".bucket", ".dict") and found.get(name, [0])[0] < was[0]
    ]
    schema = database / "schema.json"
    if held and "schema.json" in held:
        try:
            json.loads(schema.read_bytes())
        except (OSError, ValueError):
            lost.append("schema.json is no JSON, or missing")
    return lost


def _damage(was: list[int], found: list[int] | None) -> str:
    if found is None:
        return "is missing"
    if found[0] != was[0]:
        return f"has {found[0]:,} bytes in place of {was[0]:,}"
    return "" if found == was else "was changed since the engine closed it"


def _files(database: Path) -> dict[str, list[int]]:
    """Size and CRC-32 of each file; empty where there is no database yet."""
    if not database.is_dir():
        return {}
    lasting = (file for file in sorted(database.iterdir()) if file.name not in _PASSING and file.suffix != ".wal")
    return {file.name: [file.stat().st_size, _sum(file)] for file in lasting if file.is_file()}


def _sum(file: Path) -> int:
    total = 0
    with file.open("rb") as stream:
        while part := stream.read(_CHUNK):
            total = zlib.crc32(part, total)
    return total
