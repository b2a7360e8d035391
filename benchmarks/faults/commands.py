"""The command in a forked process, which is there at once: everything is imported already."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chinaai.cli import output
from chinaai.cli.main import main
from chinaai.graph.store import Store

#: Seconds after which a command hangs.
PATIENCE = 300.0


@dataclass
class Ended:
    """How a command ended. `status` is negative for a signal, None where it hung and was killed."""

    status: int | None
    out: str
    err: str

    @property
    def sentence(self) -> bool:
        """True where it failed as it should: one sentence of ours, none of Python's."""
        return self.status == 1 and "chinaai: " in self.err and not self.traceback

    @property
    def traceback(self) -> bool:
        """True where something came through that nobody foresaw."""
        return any(sign in self.err for sign in ("Traceback", "unexpected", "Exception in thread", "at com.arcadedb"))


class Command:
    """A command that runs. `writing` waits until its load begins to write.

    Args:
        before: what the child does first, such as leading its connection another way.
    """

    def __init__(
        self, words: list[str], variables: Mapping[str, str], folder: Path, before: Callable[[], Any] | None = None
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._out, self._err = folder / "out", folder / "err"
        self._reading, told = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(self._reading)
            self._child(words, variables, told, before)
        os.close(told)

    def writing(self) -> None:
        """Wait for the first transaction that writes, or the end."""
        os.read(self._reading, 1)

    def kill(self) -> None:
        """As `kill -9`."""
        os.kill(self.pid, signal.SIGKILL)

    def ended(self, patience: float = PATIENCE) -> Ended:
        """Wait for its end."""
        deadline = time.monotonic() + patience
        while True:
            pid, raw = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                status: int | None = os.waitstatus_to_exitcode(raw)
                break
            if time.monotonic() > deadline:
                self.kill()
                os.waitpid(self.pid, 0)
                status = None
                break
            time.sleep(0.01)
        os.close(self._reading)
        return Ended(status, *(path.read_text(encoding="utf-8", errors="replace") for path in (self._out, self._err)))

    def _child(
        self, words: list[str], variables: Mapping[str, str], told: int, before: Callable[[], Any] | None
    ) -> None:
        status = 70
        try:
            for number, path in ((1, self._out), (2, self._err)):
                os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
            sys.stdout, sys.stderr = (os.fdopen(n, "w", encoding="utf-8", closefd=False) for n in (1, 2))
            output.out.width = 100
            os.environ.update(variables)
            sys.argv = ["chinaai", *words]
            write = Store.write

            def first(store: Store, steps: Any) -> Any:
                os.write(told, b".")
                Store.write = write  # type: ignore[method-assign]
                return write(store, steps)

            Store.write = first  # type: ignore[method-assign]
            if before is not None:
                before()
            main()
            status = 0
        except SystemExit as leaving:
            status = leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
        except BaseException:
            import traceback

            traceback.print_exc()
        finally:
            for stream in (sys.stdout, sys.stderr):
                stream.flush()
            os._exit(status)
