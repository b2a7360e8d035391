"""A load that is killed or interrupted, and run again, ends as one that was not."""

from __future__ import annotations

import signal
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from chinaai.graph.digest import Status, status
from chinaai.graph.store import open_store
from chinaai.loaders.build import Shipped, build, read_shipped
from faults.running import chinaai, interrupted
from faults.seedfolders import write_seeds
from places import Place

FACTS = 3000
TODAY = date.today()
#: A load of these facts is 15 transactions: 1 drops the records, 2 to 6 write nodes, 7 to 14 edges, 15 the records.
MOMENTS = [1, 2, 3, 5, 6, 8, 10, 12, 14, 15]
#: A load of changes: 2 to 4 write nodes, 5 to 14 edges, then some are closed.
MOMENTS_OF_CHANGE = [2, 4, 8, 14]


@dataclass
class Reference:
    """The seeds, and what an uninterrupted load of them leaves."""

    folder: Path
    shipped: Shipped
    status: Status


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Reference:
    folder = write_seeds(tmp_path_factory.mktemp("seeds"), facts=FACTS)
    shipped = read_shipped(folder)
    with open_store(tmp_path_factory.mktemp("whole")) as store:
        build(store, shipped, today=TODAY)
        return Reference(folder, shipped, status(store))


@pytest.fixture(scope="module")
def changed(reference: Reference, tmp_path_factory: pytest.TempPathFactory) -> Reference:
    """The same after 1,200 facts were edited and 400 dropped."""
    folder = write_seeds(tmp_path_factory.mktemp("changed"), facts=FACTS, edited=1200, dropped=400)
    shipped = read_shipped(folder)
    with open_store(tmp_path_factory.mktemp("whole")) as store:
        build(store, reference.shipped, today=TODAY)
        build(store, shipped, today=TODAY)
        return Reference(folder, shipped, status(store))


def check(place: Place, wanted: Reference) -> None:
    """What a run after the interruption must leave; it had something to do, and leaves nothing to do."""
    with place.open() as store:
        before = status(store)
        build(store, wanted.shipped, today=TODAY)
        found = status(store)
        again = build(store, wanted.shipped, today=TODAY)["seeds"].plan
    assert before.digest != wanted.status.digest or before.altered == []
    assert (found.digest, found.counts) == (wanted.status.digest, wanted.status.counts)
    assert (found.altered, found.retired) == ([], wanted.status.retired)
    assert again.empty


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_killed_load_goes_on_to_the_same_end(place: Place, reference: Reference, moment: int) -> None:
    seeds = str(reference.folder)
    killed = interrupted("build", "--seeds", seeds, transaction=moment, sign=signal.SIGKILL, **place.variables)
    assert killed.returncode == -signal.SIGKILL
    check(place, reference)


@pytest.mark.parametrize("moment", MOMENTS_OF_CHANGE)
def test_a_killed_load_of_changes_goes_on_to_the_same_end(
    place: Place, reference: Reference, changed: Reference, moment: int
) -> None:
    with place.open() as store:
        build(store, reference.shipped, today=TODAY)
    seeds = str(changed.folder)
    killed = interrupted("build", "--seeds", seeds, transaction=moment, sign=signal.SIGKILL, **place.variables)
    assert killed.returncode == -signal.SIGKILL
    check(place, changed)


def test_a_load_killed_again_and_again_still_gets_there(place: Place, reference: Reference) -> None:
    seeds = str(reference.folder)
    for moment in (3, 3, 4, 5):
        interrupted("build", "--seeds", seeds, transaction=moment, sign=signal.SIGKILL, **place.variables)
    done = chinaai("build", "--seeds", seeds, "--json", **place.variables)
    assert (done.returncode, done.stderr) == (0, "")
    check(place, reference)


@pytest.mark.parametrize("moment", [2, 9])
def test_ctrl_c_says_so_and_the_next_run_goes_on(place: Place, reference: Reference, moment: int) -> None:
    seeds = str(reference.folder)
    stopped = interrupted("build", "--seeds", seeds, transaction=moment, sign=signal.SIGINT, **place.variables)
    assert (stopped.returncode, stopped.stderr) == (130, "interrupted; the next run goes on from here\n")
    check(place, reference)
