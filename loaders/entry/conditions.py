"""Conditions against the facts of a case: unknown facts, wrong values, and what can never hold or never be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from ...graph.entry.case_model import FactSpec
from ...graph.entry.condition import DAY, Condition, Domain, facts_of, scalar
from ...graph.entry.facts import domain_of
from ...graph.entry.model import EntryGraph
from ...graph.nearest import did_you_mean
from ...graph.problems import Problem
from ..curated.read import Placed
from ..yaml_reader import Block
from .read import EntrySeeds

Path_ = tuple[str | int, ...]
_LISTS = ("ways", "exemptions", "durations", "legal_basis")
_COUNTRY = 2
#: Where values of facts are given outside of conditions, by section.
_GIVING = {
    "services": "facts", "actors": "facts", "company_facts": "facts", "strategies": "sets", "facts": "only_with",
}  # fmt: skip


def check_conditions(seeds: EntrySeeds, graph: EntryGraph) -> Iterator[Problem]:
    """Problems of facts, of the conditions over them, and of the values that presets give them."""
    facts = graph.facts
    found = list(_facts(seeds, facts))
    yield from found
    broken = bool(found)
    read: set[str] = set()
    conditions = list(_conditions(seeds))
    for placed, path, condition in conditions:
        defects = list(_walk(_down(placed.block, path), facts))
        yield from defects
        broken = broken or bool(defects)
        read |= facts_of(condition.node)
    yield from _given(seeds, facts)
    if broken:
        return  # what follows searches the values of facts, and would stumble over what was said above
    domain = domain_of(facts)
    for placed, path, condition in conditions:
        yield from _possible(placed, path, condition, domain)
    named = {name for placed in seeds.blocks["strategies"] for name in placed.item.sets}
    for placed in seeds.blocks["facts"]:
        if placed.item.id not in read | named:
            yield placed.problem("UNREAD-FACT", f"no condition reads the fact '{placed.item.id}'", at="id")


def _down(block: Block, path: Path_) -> Block:
    for step in path:
        block = block.children[step]
    return block


def _conditions(seeds: EntrySeeds) -> Iterator[tuple[Placed[Any], Path_, Condition]]:
    for blocks in seeds.blocks.values():
        for placed in blocks:
            for name in ("when", "held_when", "lost_when"):
                condition = getattr(placed.item, name, None)
                if condition is not None and name in placed.block.children:
                    yield placed, (name,), condition
            for name in _LISTS:
                for i, part in enumerate(getattr(placed.item, name, [])):
                    if part.when is not None:
                        yield placed, (name, i, "when"), part.when


def _facts(seeds: EntrySeeds, facts: Mapping[str, FactSpec]) -> Iterator[Problem]:
    for placed in seeds.blocks["facts"]:
        fact: FactSpec = placed.item
        if fact.id in ("any", "all", "not", DAY):
            yield placed.problem("VALUE", f"'{fact.id}' is a word of conditions and can't be a fact", at="id")
        ids = [choice.id for choice in fact.choices]
        for i, name in enumerate(ids):
            if name in ids[:i]:
                yield placed.block.problem("DUPLICATE-ID", f"the choice '{name}' stands twice", path=("choices", i))
        taken = fact.assume.value if fact.assume else None
        for value, path in ((fact.default, ("default",)), (taken, ("assume", "value"))):
            if value is not None and (said := _wrong(fact, scalar(value))):
                yield placed.block.problem("VALUE", *said, path=path)
    domain = domain_of(facts)
    for placed in seeds.blocks["facts"]:
        if placed.item.when is not None:
            try:
                domain.expand(placed.item.when.node)
            except ValueError as error:
                yield placed.problem("CYCLE", str(error), at="when")


def _given(seeds: EntrySeeds, facts: Mapping[str, FactSpec]) -> Iterator[Problem]:
    """Values that presets, actors, strategies, companies and other facts give to facts."""
    for section, name in _GIVING.items():
        for placed in seeds.blocks[section]:
            for fact, value in getattr(placed.item, name).items():
                if said := _unknown(fact, facts):
                    yield placed.block.problem("UNKNOWN-FACT", *said, path=(name, fact))
                elif said := _wrong(facts[fact], scalar(value)):
                    yield placed.block.problem("VALUE", *said, path=(name, fact))
                elif facts[fact].when is not None:
                    yield placed.block.problem("VALUE", f"'{fact}' is derived and can't be set", path=(name, fact))
    for placed in seeds.blocks["services"]:
        for i, fact in enumerate(placed.item.leaves):
            if said := _unknown(fact, facts):
                yield placed.block.problem("UNKNOWN-FACT", *said, path=("leaves", i))
            elif fact in placed.item.facts:
                yield placed.block.problem("VALUE", f"'{fact}' is set and left to the asker", path=("leaves", i))


def _walk(block: Block, facts: Mapping[str, FactSpec]) -> Iterator[Problem]:
    """Every defect of a written condition, at its own place."""
    if not isinstance(block.value, dict):
        return
    for key, child in block.children.items():
        name = str(key)
        if name == "not":
            yield from _walk(child, facts)
        elif name in ("any", "all"):
            for item in child.children.values():
                yield from _walk(item, facts)
        elif name != DAY and (said := _unknown(name, facts)):
            yield block.problem("UNKNOWN-FACT", *said, path=(name,), key=True)
        else:
            yield from _test(name, child, facts)


def _test(name: str, block: Block, facts: Mapping[str, FactSpec]) -> Iterator[Problem]:
    if isinstance(block.value, dict):
        if name != DAY and facts[name].type not in ("band", "date"):
            yield block.problem("VALUE", f"'{name}' is a {facts[name].type} and has no order", "write a list of values")
            return
        items = list(block.children.values())
    else:
        items = list(block.children.values()) or [block]
        if name == DAY:
            yield block.problem("VALUE", "the day is compared with `from` and `below`")
            return
    for item in items:
        said = _no_day(str(item.value)) if name == DAY else _wrong(facts[name], scalar(str(item.value)))
        if said:
            yield item.problem("VALUE", *said)


def _unknown(name: str, facts: Mapping[str, FactSpec]) -> tuple[str, str] | None:
    if name in facts:
        return None
    return f"unknown fact '{name}'", did_you_mean(name, facts) or f"known: {', '.join(sorted(facts))}"


def _wrong(fact: FactSpec, value: str) -> tuple[str, str] | None:
    values = fact.values()
    if values is not None:
        return None if value in values else (f"'{fact.id}' can't be '{value}'", f"use {', '.join(values)}")
    if fact.type == "date":
        return _no_day(value)
    fits = len(value) == _COUNTRY and value.isalpha() and value.isupper()
    return None if fits else (f"'{value}' is no country", "write two capital letters such as US")


def _no_day(value: str) -> tuple[str, str] | None:
    try:
        date.fromisoformat(value)
    except ValueError:
        return f"'{value}' is no day", "write it as 2027-01-01"
    return None


def _possible(placed: Placed[Any], path: Path_, condition: Condition, domain: Domain) -> Iterator[Problem]:
    if condition.written in ("always", "chosen"):
        return
    if not domain.can(condition.node, {}, True):
        yield placed.block.problem(
            "NEVER", "this condition can never hold", "two of its parts exclude each other", path=path
        )
    elif not domain.can(condition.node, {}, False):
        yield placed.block.problem("ALWAYS", "this condition always holds", "write `always`", path=path)
