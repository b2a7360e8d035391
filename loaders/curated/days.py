"""Days on which nothing can be: a digit was mistyped, or what a fact says of its days can't all be so.

What was seen, read, published or reviewed lies before tomorrow. What is not yet done may begin on a day to come.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ...graph.dates import MISTYPED, PartialDate, beyond
from ...graph.facts import Figure, Relation
from ...graph.model.evidence import Source
from ...graph.problems import Problem
from ..yaml_reader import Block, Path_
from .read import Placed, Seeds


def check_days(seeds: Seeds, today: date) -> Iterator[Problem]:
    """Days of the seeds that can't be, each at its place."""
    if seeds.about_block is not None:
        yield from _told(seeds.about_block, ("reviewed",), seeds.about.reviewed, today)
        for area, day in seeds.about.searched.items():
            yield from _told(seeds.about_block, ("searched", area), day, today)
    for source in seeds.sources:
        yield from days_of_source(source, today)
    for entity in seeds.entities:
        for name, day in entity.item:
            if isinstance(day, PartialDate):
                yield from _ahead(entity.block, name, day, today, ahead=True)
    for fact in seeds.facts:
        yield from _of_fact(fact, today)
    for relation in seeds.relations:
        yield from _of_tie(relation, today)


def days_of_source(source: Placed[Source], today: date) -> Iterator[Problem]:
    """A page is published before it is read, and both before tomorrow."""
    item = source.item
    for name in ("published", "retrieved"):
        yield from _told(source.block, (name,), getattr(item, name), today)
    if item.published and item.retrieved and item.retrieved.last < item.published.first:
        message = f"retrieved {item.retrieved} lies before published {item.published}"
        yield source.problem(
            "DATE-ORDER", message, "a page is read after it came out; mend one of them", at="retrieved"
        )


def _of_fact(fact: Placed[Relation] | Placed[Figure], today: date) -> Iterator[Problem]:
    item = fact.item
    yield from _told(fact.block, ("announced",), item.announced, today)
    yield from _told(fact.block, ("outcome_sought",), item.outcome_sought, today)
    for i, reading in enumerate(item.read):
        yield from _told(fact.block, ("read", i, "on"), reading.on, today)
    planned = isinstance(item, Figure) and item.status == "announced"  # perhaps for a year to come
    if not planned:
        yield from _told(fact.block, ("as_of",), item.as_of, today)
    done = item.status in ("confirmed", "ended")
    begins = {"valid_from": item.valid_from, "date": item.date if isinstance(item, Figure) else None}
    for name, day in begins.items():
        yield from _ahead(fact.block, name, day, today, ahead=not done, why=f"and the status is {item.status}")
    ended = item.status == "ended"
    yield from _ahead(fact.block, "valid_to", item.valid_to, today, ahead=not ended, why="and the status is ended")
    if item.beginning and item.valid_from:
        message = f"beginning is unknown, and valid_from says {item.valid_from}"
        yield fact.problem("DATE-ORDER", message, "leave one of the two out", at="beginning")


def _of_tie(fact: Placed[Relation], today: date) -> Iterator[Problem]:
    """Steps of a tie lie before tomorrow, and within its days."""
    item = fact.item
    for i, step in enumerate(item.steps):
        yield from _told(fact.block, ("steps", i, "on"), step.on, today)
        if item.valid_to and step.on.first >= item.valid_to.after:
            message, hint = f"a step of {step.on} lies after the tie's end, {item.valid_to}", "mend one of the two days"
            yield fact.block.problem("DATE-ORDER", message, hint, path=("steps", i, "on"))


def _told(block: Block, path: Path_, day: PartialDate | date | None, today: date) -> Iterator[Problem]:
    """A day on which somebody saw or said something."""
    first = day.first if isinstance(day, PartialDate) else day
    if first is not None and (side := beyond(first, today)):
        yield block.problem("DATE", f"{'.'.join(map(str, path))}: '{day}' lies {side}", MISTYPED, path=path)


def _ahead(
    block: Block, name: str, day: PartialDate | None, today: date, *, ahead: bool, why: str = ""
) -> Iterator[Problem]:  # fmt: skip
    """A day of the thing itself, however long ago."""
    side = beyond(day.first, today, ahead=ahead) if day is not None else ""
    if side and side != "too far back":
        hint = MISTYPED if ahead else "what is not yet done is announced; or a digit was mistyped"
        yield block.problem("DATE", f"{name}: '{day}' lies {side}{', ' * bool(why)}{why}", hint, path=(name,))
