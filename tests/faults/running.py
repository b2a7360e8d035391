"""The command as a user runs it: inside this process, which is quick, or in a process of its own."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from unittest import mock

from chinaai.cli.main import main
from chinaai.graph.engine.endpoint import Endpoint

#: Seconds after which a process that hangs is ended.
PATIENCE = 180.0
#: Seconds within which what has a limit of a few seconds must end, however busy the machine is; without a limit it
#: takes 60 or goes on for ever. Tests assert no shorter time of the clock.
IN_TIME = 50.0
#: The command with Ctrl-C as a terminal gives it; a run in the background of a shell would hand down "ignore".
CTRL_C = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
COMMAND = [sys.executable, "-c", CTRL_C + "from chinaai.cli.main import main; main()"]
Done = subprocess.CompletedProcess[str]


def settings(endpoint: Endpoint) -> dict[str, str]:
    """The variables that lead a command to a server."""
    return {
        "NEO4J_URI": endpoint.uri,
        "NEO4J_USERNAME": endpoint.username,
        "NEO4J_PASSWORD": endpoint.password,
        "NEO4J_DATABASE": endpoint.database or "",
    }


def chinaai(*arguments: str, **variables: str) -> Done:
    """Run `chinaai ARGUMENTS` inside this process, from its entry point to its exit status.

    What only a process shows (locale, colours, width, pipes, signals, last words) is for `chinaai_process`.
    """
    if threading.current_thread() is not threading.main_thread():
        return chinaai_process(*arguments, **variables)
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    with mock.patch.dict(os.environ, variables), _as_a_process(["chinaai", *arguments], out, err):
        try:
            main()
            status = 0
        except SystemExit as leaving:
            status = leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
        except Exception:  # as Python itself ends
            traceback.print_exc(file=err)
            status = 1
    said = [stream.buffer.getvalue().decode() for stream in (out, err)]  # type: ignore[attr-defined]
    return subprocess.CompletedProcess(list(arguments), status, *said)


@contextmanager
def _as_a_process(words: list[str], out: io.TextIOWrapper, err: io.TextIOWrapper) -> Iterator[None]:
    handler = signal.getsignal(signal.SIGINT)
    with mock.patch.multiple(sys, argv=words, stdout=out, stderr=err):
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, handler)


def chinaai_process(*arguments: str, **variables: str) -> Done:
    """Run `chinaai ARGUMENTS` in a process of its own, to its end."""
    return subprocess.run(
        [*COMMAND, *arguments], env={**os.environ, **variables}, capture_output=True, encoding="utf-8",
        timeout=PATIENCE, check=False,
    )  # fmt: skip


def rest(process: subprocess.Popen[str]) -> tuple[str, str]:
    """What a process says from here to its end, however it was read before.

    `communicate` asks the system for what is left, and loses the lines that Python had read ahead with an earlier one.
    """
    ending = threading.Timer(PATIENCE, process.kill)
    ending.start()
    if process.stdin is not None:
        process.stdin.close()
    with process, ThreadPoolExecutor() as pool:
        said = [pool.submit(stream.read) for stream in (process.stdout, process.stderr) if stream is not None]
    ending.cancel()
    out, err = (one.result() for one in said)
    return out, err


#: The command, with a signal to itself while its n-th transaction runs. It does not go on from there, so that the
#: signal comes in time on any machine; on a day that stays the same when a run of the tests goes over midnight.
_INTERRUPTED = """
import datetime, os, sys, threading, time
from chinaai.cli.main import _import_driver, main
_import_driver()
from chinaai.cli import load
from chinaai.graph.store import Store

class Day(datetime.date):
    @classmethod
    def today(cls):
        return datetime.date(2026, 11, 28)

load.date = Day
number, delay, sign = int(sys.argv.pop(1)), float(sys.argv.pop(1)), int(sys.argv.pop(1))
write, done = Store.write, 0

def counted(self, steps, *rest):
    global done
    done += 1
    if done == number:
        threading.Timer(delay, os.kill, (os.getpid(), sign)).start()
    counters = write(self, steps, *rest)
    if done == number:
        time.sleep(600)
    return counters

Store.write = counted
main()
"""


def interrupted(*arguments: str, transaction: int, sign: signal.Signals, delay: float = 0.01, **variables: str) -> Done:
    """Run `chinaai ARGUMENTS`; it gets the signal that many seconds after its n-th transaction began.

    Such a load is over in a second, too short to be hit from outside at ten moments.
    """
    command = [sys.executable, "-c", CTRL_C + _INTERRUPTED, str(transaction), str(delay), str(int(sign)), *arguments]
    return subprocess.run(
        command, env={**os.environ, **variables}, capture_output=True, encoding="utf-8", timeout=PATIENCE, check=False
    )
