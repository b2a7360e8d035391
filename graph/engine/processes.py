"""Which process a noted id means: ids are used again, a start time is not. And how long anything is waited for."""

from __future__ import annotations

import contextlib
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import psutil

from ..errors import EngineError

_TICK = 0.1
Result = TypeVar("Result")


def identity(pid: int) -> str | None:
    """What tells this process from every other that had or will have its id; None where none lives.

    On Linux it is the boot and the clock tick of its start, as the kernel counts them: psutil's own start
    time is derived from the wall clock, and moves when that is set. Elsewhere the system keeps the time itself.
    """
    try:
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE:
            return None
        if sys.platform == "linux":
            return _linux(pid)
        return f"{process.create_time():.2f}"
    except (psutil.NoSuchProcess, FileNotFoundError, ProcessLookupError):
        return None


def within(seconds: float, action: Callable[[], Result]) -> Result | None:
    """The result of an action, or None where it takes longer; it is then left behind in its thread."""
    results: list[Result] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(action())
        except BaseException as error:  # whatever it is, it belongs to the caller
            errors.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if errors:
        raise errors[0]
    return results[0] if results else None


def wait_gone(pid: int, known: str, seconds: float) -> bool:
    """Wait for the end of a process; False where it still lives after that time."""
    deadline = time.monotonic() + seconds
    while identity(pid) == known:
        if time.monotonic() > deadline:
            return False
        time.sleep(_TICK)
    return True


def end_bearing(argument: str, seconds: float) -> None:
    """Kill all processes that were started with exactly this argument, and wait that many seconds for their end.

    For what nobody noted: whoever started it was killed in that moment. The argument must name a folder of ours.

    Raises:
        EngineError: one does not end.
    """
    for process in psutil.process_iter(["cmdline"]):
        known = identity(process.pid) if argument in (process.info["cmdline"] or ()) else None
        if known is None:
            continue
        with contextlib.suppress(psutil.Error):
            process.kill()
        if not wait_gone(process.pid, known, seconds):
            raise EngineError(f"process {process.pid} does not end, even killed", argument, "look at it with ps")


def _linux(pid: int) -> str:
    # The name in brackets may hold spaces and brackets; the start is the 22nd field, the 20th after it.
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    boot = Path("/proc/sys/kernel/random/boot_id")
    return f"{boot.read_text().strip() if boot.exists() else ''}:{fields[19]}"
