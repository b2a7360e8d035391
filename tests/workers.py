"""How many processes a run of the tests takes, and the folder that they share.

A run of folders takes one more than there are cores, since one of them waits as a rule for a server, an engine or a
page; a run of one file none beside itself. `-n 0` or `-p no:xdist` keep everything in one process, `-n 3` takes three.
Files that take long come first, so that no process is left alone with one at the end.
"""

from __future__ import annotations

import gc
import os
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import psutil
import pytest
from chinaai.graph.engine.artifacts import cache_folder
from chinaai.graph.engine.files import private_folder, read_private, write_private
from chinaai.graph.engine.local_neo4j import LocalNeo4j
from chinaai.graph.engine.processes import identity
from chinaai.graph.heap import RARELY
from quick import PAGES, needs

#: Most processes, and the memory that each needs with its server and its engine.
MOST, MEMORY = 4, 3 * 2**30
_GIVEN = "chinaai_run"
#: Tenths of a second that a test takes, roughly: with a page in a browser, beyond the quick set, within it.
_PAGE, _LONG, _SHORT = 50, 20, 2


class Run:
    """One run of the tests: a folder for what all its processes use, removed with the servers in it at the end."""

    def __init__(self, config: pytest.Config) -> None:
        given: dict[str, Any] = getattr(config, "workerinput", {})
        own = cache_folder() / "test-homes" / str(os.getpid())
        self.worker = str(given.get("workerid", "main"))
        self.first = _GIVEN not in given  #: True in the process that was started by hand
        self.path = Path(given.get(_GIVEN, own))

    @property
    def folder(self) -> Path:
        """The folder, made at first use; what runs left that were killed is ended and removed."""
        if not self.path.exists():
            _sweep(self.path.parent)
            private_folder(self.path)
            write_private(self.path / "owner.json", {"pid": os.getpid(), "identity": identity(os.getpid())})
        return self.path

    def close(self) -> None:
        """End what was started for all processes together."""
        if self.first and self.path.exists():
            _end(self.path)


_RUN = pytest.StashKey[Run]()


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    option = config.option
    wanted = getattr(option, "numprocesses", 0)  # 0: without pytest-xdist
    if wanted is None and not hasattr(config, "workerinput") and option.dist == "no":
        quiet = option.collectonly or option.usepdb or option.capture == "no"
        option.numprocesses = 0 if quiet else _processes(config.args)
        option.dist = "loadfile"
    option.loadscopereorder = False  # the order is ours, see below


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a process of the run, before it starts, where the folder is."""
    node.workerinput[_GIVEN] = str(node.config.stash[_RUN].folder)


def pytest_configure(config: pytest.Config) -> None:
    # Long enough for the next command of a test, short enough for a machine that runs a thousand of them.
    os.environ.setdefault("CHINAAI_ENGINE_KEEP", "2")
    # Servers of tests live for minutes and are asked everything once: what Java spends on making the best code of it,
    # and on collecting garbage in the background, is half of their processor and never comes back.
    os.environ.setdefault("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
    gc.set_threshold(*RARELY)  # what thousands of tests hold is no garbage, and takes long to look through
    config.stash[_RUN] = Run(config)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Files that take long first, where several processes share them."""
    if not hasattr(config, "workerinput"):
        return
    weights: Counter[Path] = Counter()
    for item in items:
        weights[item.path] += _PAGE if PAGES & needs(item) else _SHORT if item.get_closest_marker("quick") else _LONG
    items.sort(key=lambda item: -weights[item.path])


def pytest_unconfigure(config: pytest.Config) -> None:
    config.stash[_RUN].close()


@pytest.fixture(scope="session")
def run(pytestconfig: pytest.Config) -> Run:
    """This run of the tests."""
    return pytestconfig.stash[_RUN]


def _processes(arguments: list[str]) -> int:
    places = {word.partition("::")[0] for word in arguments}
    files = len(places) if all(Path(place).is_file() for place in places) else MOST
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    room = psutil.virtual_memory().available // MEMORY
    found = min(files, cores + 1, room, MOST)
    return found if found > 1 else 0


def _sweep(folder: Path) -> None:
    for path in folder.iterdir() if folder.exists() else ():
        owner = read_private(path / "owner.json")
        if owner and identity(owner["pid"]) != owner["identity"]:
            _end(path)


def _end(folder: Path) -> None:
    for home in folder.iterdir():
        if home.is_dir():
            LocalNeo4j(home).stop()
    shutil.rmtree(folder, ignore_errors=True)
