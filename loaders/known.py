"""The graph as it was known on a day: the seeds of that day, built once beside the graph and kept.

A correction is not an ending: what a fact said before it was mended, and facts that were withdrawn, stand in the
history of the seeds, not in the graph. The graph of a day is built by the same readers and asked by the same questions.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from filelock import FileLock

from ..graph.home import home_folder
from ..graph.store import Store, open_at_home
from .base import SEEDS
from .build import build, read_shipped
from .history import FOLDER, day_known, files_on, write_files
from .unchanged import fingerprint


def open_known(
    day: date, home: Path | str | None = None, seeds: Path = SEEDS, *, told: Callable[[str], None] | None = None
) -> Store | None:  # fmt: skip
    """The graph of the seeds that stood on a day, on the embedded engine; None where these are the present ones.

    The first time it is built, below `known` in the home folder, which takes as long as `chinaai build`.

    Raises:
        ChinaAIError: the day lies before the first seeds, or ahead.
        StoreError: the engine can't be used.
    """
    stood = day_known(day, seeds)
    if stood is None:
        return None
    place = home_folder(home) / "known" / f"{stood}-{fingerprint(seeds / FOLDER)[:12]}"
    place.mkdir(parents=True, exist_ok=True)
    with FileLock(place / "building.lock"):
        if not (place / "built").is_file():
            if told:
                told(f"building what was known on {stood}; once, and kept in {place}")
            with open_at_home(place) as store:
                build_known(store, stood, seeds)
            (place / "built").touch()
    return open_at_home(place)


def build_known(store: Store, stood: date, seeds: Path = SEEDS) -> None:
    """Build the seeds of a kept day into a store that holds nothing else."""
    folder = Path(tempfile.mkdtemp(prefix="chinaai-known-"))
    try:
        without_rules = write_files(files_on(stood, seeds), folder)
        shipped = read_shipped(folder, today=stood)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if without_rules:  # what leads to a rule is left out with it
        standing = {node.id for _, loaded in shipped.loaded for node in loaded.batch.nodes}
        for _, loaded in shipped.loaded:
            loaded.batch.edges = [edge for edge in loaded.batch.edges if {edge.start[1], edge.end[1]} <= standing]
    build(store, shipped, today=stood)
