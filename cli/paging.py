"""Long output goes through the terminal's pager, as with git and gh; nowhere else."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.pager import Pager

from . import output

#: How a shell says that it found no such command, or may not run it.
_NOT_RUN = (126, 127)
_inside: list[bool] = []


@contextmanager
def paged() -> Iterator[None]:
    """What is printed inside goes through the pager where stdout is a terminal with fewer lines.

    The command is in CHINAAI_PAGER, else in PAGER, else `less`; NO_PAGER, or an empty one or `cat`, means none. Where
    it can't be run, the text is printed as it is.
    """
    console = output.out
    if _inside or not console.is_terminal or console.is_dumb_terminal or not _command():
        yield
        return
    _inside.append(True)
    try:
        with console.pager(_Through(console.height), styles=console.color_system is not None):
            yield
    finally:
        _inside.pop()


def _command() -> str:
    if "NO_PAGER" in os.environ:
        return ""
    chosen = os.environ.get("CHINAAI_PAGER", os.environ.get("PAGER", "more" if sys.platform == "win32" else "less"))
    return "" if chosen.strip() == "cat" else chosen.strip()


class _Through(Pager):
    def __init__(self, height: int) -> None:
        self._height = height

    def show(self, content: str) -> None:
        if content.count("\n") < self._height or not _piped(content):
            sys.stdout.write(content)
            sys.stdout.flush()


def _piped(content: str) -> bool:
    """Hand the text to the pager and wait for its end; False where there is no such command."""
    # As git sets them: colours as they are, nothing where one screen is enough, the text stays on the screen.
    variables = {"LESS": "FRX", "LV": "-c", **os.environ}
    sys.stdout.flush()
    try:
        process = subprocess.Popen(_command(), shell=True, stdin=subprocess.PIPE, env=variables)
    except OSError:
        return False
    assert process.stdin is not None
    with contextlib.suppress(OSError), process.stdin as pipe:  # whoever quits before the end has seen enough
        pipe.write(content.encode(sys.stdout.encoding or "utf-8", errors="replace"))
    while True:
        with contextlib.suppress(KeyboardInterrupt):  # Ctrl-C is the pager's
            return process.wait() not in _NOT_RUN
