"""Links that are cut, in a question and in a load, at bytes drawn over the whole of what passes."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Callable
from pathlib import Path

import chinaai.graph.store as store_module
from chinaai.graph.engine.embedded import EmbeddedEngine
from chinaai.graph.engine.endpoint import Endpoint
from commands import Command, Ended
from faults.seedfolders import write_seeds
from kills import FACTS, check, done, uninterrupted
from link import KINDS, Link, Plan
from places import Place, place
from tally import Tally

ASK = ["cypher", "MATCH (c:Company) RETURN c.id, c.name, c.name_zh, c.country ORDER BY c.id", "--json"]
#: Seconds for which a child waits for an answer, in place of 70, so that links cut half do not take hours.
WAIT = 8.0
#: Seconds after which a command hangs: several waits one after the other, on a busy machine.
PATIENCE = 150.0


def run(engine: str, tries: int, seed: int, folder: Path) -> list[Tally]:
    """Questions and loads in turn, each kind of cut in turn."""
    random_ = random.Random(seed)
    first = write_seeds(folder / "first", facts=FACTS)
    ask, load = Tally(f"links cut in a question, {engine}"), Tally(f"links cut in a load, {engine}")
    with place(engine, folder / engine) as where:
        scratch = folder / engine / "commands"
        wanted, _ = uninterrupted(where, scratch, [first])
        right = Command(ASK, where.variables, scratch).ended()
        done(right)
        sizes = {"ask": passing(where, scratch, ASK)}
        where.clear()
        sizes["load"] = passing(where, scratch, ["build", "--seeds", str(first)])
        for number in range(tries):
            kind = KINDS[number // 2 % len(KINDS)]
            what = "ask" if number % 2 == 0 else "load"
            direction = random_.choice(("answer", "request"))
            plan = Plan(kind, direction, random_.randrange(sizes[what][direction == "request"]), number)
            words = ASK if what == "ask" else ["build", "--seeds", str(first)]
            if what == "load":
                where.clear()
            end, (fired, _, _) = through(where, scratch, words, plan)
            tally, told = (ask, load)[what == "load"], f"try {number}, {plan}, seed {seed}"
            judge(end, tally, told)
            if what == "load":
                check(where, scratch, first, wanted, tally, told)
            elif end.status == 0 and end.out != right.out:
                tally.fault("lost", f"{told}: other rows: {end.out[:200]}")
            well = "ended well" if end.status == 0 else "said so"
            tally.tried(well if fired else "were over before the cut", tries // 2)
    return [ask, load]


def judge(end: Ended, tally: Tally, told: str) -> None:
    """A command ends well or with a sentence, in its time."""
    if end.status is None:
        tally.fault("hangs", f"{told}: {end.err.strip()[-400:]}")
    elif end.traceback:
        tally.fault("tracebacks", f"{told}: {end.err.strip()[-600:]}")
    elif end.status and not end.sentence:
        tally.fault("other", f"{told}: status {end.status}: {end.err.strip()[-400:]}")


def passing(where: Place, scratch: Path, words: list[str]) -> tuple[int, int]:
    """Bytes of answers and of requests of a command whose link is well."""
    end, (_, answer, request) = through(where, scratch, words, None)
    done(end)
    return answer, request


def through(where: Place, scratch: Path, words: list[str], plan: Plan | None) -> tuple[Ended, tuple[bool, int, int]]:
    """A command by a link that may go wrong; whether it did before the command was over, and the bytes both ways."""
    link = Link(port_of(where), plan)
    try:
        command = Command(words, where.lead(f"bolt://127.0.0.1:{link.port}"), scratch, leading(link.port))
        end = command.ended(PATIENCE)
    finally:
        passed = link.end()
    return end, passed


def port_of(where: Place) -> int:
    """Port of the engine, which runs from here on for some seconds at least."""
    with where.open() as store:
        return int(store.endpoint.uri.rpartition(":")[2])


def leading(port: int) -> Callable[[], None]:
    """What leads a child's connection to the embedded engine this way, and has it wait for seconds, not a minute."""

    def lead() -> None:
        store_module.ANSWER_SECONDS = WAIT
        renew = EmbeddedEngine.renew

        def elsewhere(engine: EmbeddedEngine) -> Endpoint:
            return dataclasses.replace(renew(engine), uri=f"bolt://127.0.0.1:{port}")

        EmbeddedEngine.renew = elsewhere  # type: ignore[method-assign]

    return lead
