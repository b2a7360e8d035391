"""The server's own Java programs: how they are started, and its administration tool."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from ..errors import EngineError
from . import aot
from .artifacts import JAVA_OPTIONS, java
from .conf import memory_of

SERVER = "org.neo4j.server.Neo4jCommunity"
#: The tool itself; `Neo4jAdminCommand` would start it in a second process, without our options.
_TOOL = "org.neo4j.cli.AdminTool"


def command(folder: Path, jars: Path, program: str, words: Sequence[str] = ()) -> list[str]:
    """Words that start a program with the memory that the server of a folder may take.

    Args:
        words: further ones for Java; by default those for its cache.
    """
    # The wildcard is Java's own; 240 paths would be longer than a command line may be on Windows.
    more = words or aot.words(jars)
    return [str(java()), *memory_of(folder).java(), *JAVA_OPTIONS, *more, "-cp", str(jars / "*"), program]


def environment(folder: Path) -> dict[str, str]:
    """Variables of its processes."""
    # The user's NEO4J_URI and the like would be read as settings of the server.
    kept = {key: value for key, value in os.environ.items() if not key.startswith("NEO4J_")}
    return {**kept, "NEO4J_HOME": str(folder), "NEO4J_CONF": str(folder / "conf")}


def run_tool(
    folder: Path, jars: Path, arguments: Sequence[str], seconds: float | None = None, at: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the administration tool, with relative paths in the folder `at`, by default the caller's.

    Raises:
        EngineError: it does not end within the seconds.
    """
    try:
        return subprocess.run(
            [*command(folder, jars, _TOOL), *arguments], env=environment(folder), stdin=subprocess.DEVNULL,
            capture_output=True, timeout=seconds, cwd=at, text=True, encoding="utf-8", errors="replace", check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        what = f"the administration tool did not end within {seconds:g} s"
        raise EngineError(what, str(folder), "try again, or with more time") from error


def last_words(text: str, lines: int = 8) -> str:
    """The last lines of what a program said, in one."""
    kept = [line.strip() for line in text.strip().splitlines() if line.strip()]
    return " | ".join(kept[-lines:]) or "it said nothing"
