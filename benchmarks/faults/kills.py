"""kill -9 of a load, or of the engine under it, at moments drawn over the whole of its writing."""

from __future__ import annotations

import random
import statistics
import time
from pathlib import Path

from commands import Command, Ended
from faults.seedfolders import write_seeds
from places import Place, Standing, place
from tally import Tally

FACTS = 300
#: One try in so many kills the engine in place of the load; a server takes long to start again.
ENGINE_EVERY = {"embedded": 3, "neo4j": 20}


def run(engine: str, tries: int, seed: int, folder: Path) -> list[Tally]:
    """First loads and loads of changes in turn; after each kill the same command must reach the same graph."""
    random_ = random.Random(seed)
    first = write_seeds(folder / "first", facts=FACTS)
    changed = write_seeds(folder / "changed", facts=FACTS, edited=120, dropped=40)
    tallies = {victim: Tally(f"kill -9 of {victim}, {engine}") for victim in ("a load", "the engine under a load")}
    with place(engine, folder / engine) as where:
        scratch = folder / engine / "commands"
        whole = {True: uninterrupted(where, scratch, [first])}
        whole[False] = uninterrupted(where, scratch, [first, changed], keep=True)
        for number in range(tries):
            fresh = number % 2 == 0
            if fresh:
                where.clear()
            elif not where.again():
                load(where, scratch, first)
            seeds, (wanted, seconds) = (first, whole[True]) if fresh else (changed, whole[False])
            engine_too = number % ENGINE_EVERY[engine] == ENGINE_EVERY[engine] - 1
            tally = tallies["the engine under a load" if engine_too else "a load"]
            delay = random_.uniform(0, seconds)
            end = killed(where, scratch, seeds, delay, engine_too, tally)
            half = where.standing()
            check(where, scratch, seeds, wanted, tally, f"try {number}, {delay:.3f} s into {seeds.name}, seed {seed}")
            for name in half.altered:
                tally.fault("other", f"a torn element stood: {name}")
            if half.digest == wanted.digest:
                tally.tried("were over before the kill", tries)
            else:
                tally.tried(f"{end} with part of it written", tries)
    return [tally for tally in tallies.values() if tally.tries]


def uninterrupted(where: Place, scratch: Path, folders: list[Path], *, keep: bool = False) -> tuple[Standing, float]:
    """What an uninterrupted load leaves, and the seconds for which the last one writes."""
    taken = []
    for _ in range(3):
        where.clear()
        for seeds in folders[:-1]:
            load(where, scratch, seeds)
        if keep and not taken:
            where.keep()
        command = Command(["build", "--seeds", str(folders[-1])], where.variables, scratch)
        command.writing()
        begun = time.monotonic()
        done(command.ended())
        taken.append(time.monotonic() - begun)
    return where.standing(), statistics.median(taken)


def killed(where: Place, scratch: Path, seeds: Path, delay: float, engine: bool, tally: Tally) -> str:
    """Kill it, or the engine under it, so many seconds after it began to write; how the load ended."""
    command = Command(["build", "--seeds", str(seeds)], where.variables, scratch)
    command.writing()
    time.sleep(delay)
    if not engine:
        command.kill()
        command.ended()
        return "died"
    where.kill_engine()
    end = command.ended()
    where.revive()
    if end.status is None:
        tally.fault("hangs", f"the load outlived its engine: {end.err}")
    elif end.traceback or not (end.status == 0 or end.sentence):
        tally.fault("tracebacks", f"status {end.status}: {end.err.strip()[-400:]}")
    return "said so" if end.status else "went on"


def check(where: Place, scratch: Path, seeds: Path, wanted: Standing, tally: Tally, what: str) -> None:
    """The same command again ends well, leaves what an uninterrupted one leaves, and then has nothing to do."""
    end = Command(["build", "--seeds", str(seeds), "--json"], where.variables, scratch).ended()
    if end.status is None:
        tally.fault("hangs", f"{what}: the next run: {end.err}")
    elif end.status or end.traceback:
        tally.fault("tracebacks" if end.traceback else "other", f"{what}: the next run: {end.err.strip()[-400:]}")
    found = where.standing()
    missing, further = wanted.ids - found.ids, found.ids - wanted.ids
    if missing:
        tally.fault("lost", f"{what}: {list(missing)[:5]}", sum(missing.values()))
    if further:
        tally.fault("doubled", f"{what}: {list(further)[:5]}", sum(further.values()))
    if found.digest != wanted.digest or found.altered:
        tally.fault("other", f"{what}: the graph is another, altered {found.altered[:5]}")
    again = Command(["build", "--seeds", str(seeds), "--json", "--full"], where.variables, scratch).ended()
    if again.status or '"added": 0' not in again.out or '"changed": 0' not in again.out:
        tally.fault("other", f"{what}: a further run still has work: {again.out}{again.err}")


def load(where: Place, scratch: Path, seeds: Path) -> None:
    """An undisturbed load."""
    done(Command(["build", "--seeds", str(seeds)], where.variables, scratch).ended())


def done(end: Ended) -> None:
    """Stop where even an undisturbed command fails."""
    if end.status:
        raise SystemExit(f"an undisturbed command failed, status {end.status}: {end.err}")
