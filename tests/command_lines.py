"""Words of every process that the tests of this process start, as the list of processes shows them to everybody."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

#: One text a process.
STARTED: list[str] = []


def _hear(event: str, args: tuple[object, ...]) -> None:
    if event == "subprocess.Popen":
        words = args[1]
        STARTED.append(" ".join(map(os.fsdecode, [words] if isinstance(words, str | bytes) else words)))  # type: ignore[arg-type,call-overload]


def bearing(secrets: Iterable[str], *, words: str = "") -> list[str]:
    """Command lines with one of these secrets in them, of processes that were started or run now.

    Args:
        words: stand in one of them, else nothing was looked at.
    """
    import psutil

    running = [" ".join(one.info["cmdline"] or ()) for one in psutil.process_iter(["cmdline"])]
    lines = [*STARTED, *running]
    assert any(words in line for line in lines), f"no process was started with {words}"
    return [line for line in lines if any(secret in line for secret in secrets)]


sys.addaudithook(_hear)
