"""The command as a user runs it, in a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

from chinaai.graph.engine.endpoint import Endpoint

#: Seconds after which a command that hangs is ended.
PATIENCE = 60.0
#: The command with Ctrl-C as a terminal gives it; a run in the background of a shell would hand down "ignore".
_BEGIN = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
COMMAND = [sys.executable, "-c", _BEGIN + "from chinaai.cli.app import main; main()"]


def settings(endpoint: Endpoint) -> dict[str, str]:
    """The variables that lead a command to a server."""
    return {
        "NEO4J_URI": endpoint.uri,
        "NEO4J_USERNAME": endpoint.username,
        "NEO4J_PASSWORD": endpoint.password,
        "NEO4J_DATABASE": endpoint.database or "",
    }


def chinaai(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run `chinaai ARGUMENTS` to its end."""
    return subprocess.run(
        [*COMMAND, *arguments], env={**os.environ, **variables}, capture_output=True, encoding="utf-8",
        timeout=PATIENCE, check=False,
    )  # fmt: skip


#: The command, with a signal to itself while its n-th transaction runs.
_INTERRUPTED = """
import os, sys, threading
from chinaai.cli.app import main
from chinaai.graph.store import Store

number, delay, sign = int(sys.argv.pop(1)), float(sys.argv.pop(1)), int(sys.argv.pop(1))
write, done = Store.write, 0

def counted(self, steps):
    global done
    done += 1
    if done == number:
        threading.Timer(delay, os.kill, (os.getpid(), sign)).start()
    return write(self, steps)

Store.write = counted
main()
"""


def interrupted(
    *arguments: str, transaction: int, sign: signal.Signals, delay: float = 0.01, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run `chinaai ARGUMENTS`; it gets the signal that many seconds after its n-th transaction began.

    A load of a few thousand facts is over in a second, too short to be hit from outside at ten moments.
    """
    command = [sys.executable, "-c", _BEGIN + _INTERRUPTED, str(transaction), str(delay), str(int(sign)), *arguments]
    return subprocess.run(
        command, env={**os.environ, **variables}, capture_output=True, encoding="utf-8", timeout=PATIENCE, check=False
    )
