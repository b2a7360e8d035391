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
from quick import daily

pytestmark = pytest.mark.slow

FACTS = 300
TODAY = date(2026, 11, 28)  # as in `interrupted`
#: A load of these facts is 16 transactions: 1 drops the records, 2 to 6 write nodes, 7 to 15 edges, 16 the records.
MOMENTS = [1, 2, 3, 5, 6, 8, 10, 12, 14, 15]
#: A load of changes is 21: 1 drops records, 2 changes nodes, 3 to 10 edges, 11 to 20 close some, 21 the records.
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
    """The same after 120 facts were edited and 40 dropped."""
    folder = write_seeds(tmp_path_factory.mktemp("changed"), facts=FACTS, edited=120, dropped=40)
    shipped = read_shipped(folder)
    with open_store(tmp_path_factory.mktemp("whole")) as store:
        build(store, reference.shipped, today=TODAY)
        build(store, shipped, today=TODAY)
        return Reference(folder, shipped, status(store))


def check(place: Place, wanted: Reference, *, half: bool) -> None:
    """What a run after the interruption must leave: nothing to do. `half`: the interrupted one lacked something.

    Whatever was written before it was interrupted is whole.
    """
    with place.open() as store:
        before = status(store)
        build(store, wanted.shipped, today=TODAY)
        found = status(store)
        again = build(store, wanted.shipped, today=TODAY)["seeds"].plan
    assert before.altered == []
    assert before.digest != wanted.status.digest or not half
    assert (found.digest, found.counts) == (wanted.status.digest, wanted.status.counts)
    assert (found.altered, found.retired) == ([], wanted.status.retired)
    assert again.empty


@pytest.mark.parametrize("moment", daily(1, 5, 10, 15, of=MOMENTS))
def test_a_killed_load_goes_on_to_the_same_end(place: Place, reference: Reference, moment: int) -> None:
    seeds = str(reference.folder)
    killed = interrupted("build", "--seeds", seeds, transaction=moment, sign=signal.SIGKILL, **place.variables)
    assert killed.returncode == -signal.SIGKILL
    check(place, reference, half=moment < 15)  # the last may be over before the signal comes


@pytest.mark.parametrize("moment", daily(2, 14, of=MOMENTS_OF_CHANGE))
def test_a_killed_load_of_changes_goes_on_to_the_same_end(
    place: Place, reference: Reference, changed: Reference, moment: int
) -> None:
    with place.open() as store:
        build(store, reference.shipped, today=TODAY)
    seeds = str(changed.folder)
    killed = interrupted("build", "--seeds", seeds, transaction=moment, sign=signal.SIGKILL, **place.variables)
    assert killed.returncode == -signal.SIGKILL
    check(place, changed, half=True)


def test_a_load_killed_again_and_again_still_gets_there(place: Place, reference: Reference) -> None:
    seeds = str(reference.folder)
    for moment in (3, 3, 4, 5):
        interrupted("build", "--seeds", seeds, transaction=moment, sign=signal.SIGKILL, **place.variables)
    done = chinaai("build", "--seeds", seeds, "--json", **place.variables)
    assert (done.returncode, done.stderr) == (0, "")
    check(place, reference, half=False)


@pytest.mark.parametrize("moment", [2, 9])
def test_ctrl_c_says_so_and_the_next_run_goes_on(place: Place, reference: Reference, moment: int) -> None:
    seeds = str(reference.folder)
    stopped = interrupted("build", "--seeds", seeds, transaction=moment, sign=signal.SIGINT, **place.variables)
    assert (stopped.returncode, stopped.stderr) == (130, "interrupted; the next run goes on from here\n")
    check(place, reference, half=True)
