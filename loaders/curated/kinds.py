"""Kinds of fault that were found in facts by holding them against their pages, as checks on every fact.

None of them is surely wrong, so none refuses a load: each is named with its place by `chinaai check` and counted by
`chinaai audit`. A curator answers one by mending the fact, or by the word that the check asks for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import chain, permutations, takewhile
from typing import Any

from ...graph.confidence import page_at, voice
from ...graph.dates import PartialDate
from ...graph.facts import Figure, Relation
from ...graph.identity import folded, only_a_form
from ...graph.model import EDGES
from ...graph.model.actors import Company
from ...graph.model.evidence import WEAK_KINDS, Source
from ...graph.model.regulation import Instrument
from ...graph.model.technology import Model, ModelFamily, Product
from ...graph.problems import Problem
from ...graph.words import has_chinese
from .places import seat_parts
from .read import Placed, Seeds

Fact = Placed[Relation] | Placed[Figure]
#: Days after which a fact that was only announced must have an outcome, or have been seen to wait still.
OVERDUE_DAYS = 183
#: Ties that begin; a day on which one was made known, or shown, is not that of its beginning.
_TIES = frozenset({"PARTNERS_WITH", "SUPPLIES", "USES_SERVICE_OF"})
#: Figures that say how much something changed, and by their definition not from when.
_CHANGES = frozenset({"price_change", "market_value_change"})
#: Sources that say what others said.
_SECOND_HAND = WEAK_KINDS | {"wiki"}
_WORD = re.compile(r"\w+")
#: A whole day as an address bears it: 2026-05-21, 2026/05/21, 20260521.
_DAY_IN_ADDRESS = re.compile(r"(?<!\d)20\d\d([-/]?)(?:0[1-9]|1[0-2])\1(?:0[1-9]|[12]\d|3[01])(?!\d)")
#: The parts of a model's name, with a version as one: Kimi, K2.5.
_PART = re.compile(r"\w+(?:\.\w+)*")
#: What divides names that were written as one.
_DIVIDES = re.compile(r"[,，、;；]\s*")
#: What two blocks of one fact may have each for itself.
_NOT_SAID = {
    "id", "status", "sources", "seed", "note", "confidence", "confidence_reason", "unseen", "unseen_reason", "read",
    "raw", "outcome_sought", "beginning", "steps", "reading_of",
}  # fmt: skip
#: How a company stands behind a thing.
_MADE = frozenset({"DEVELOPED", "MANUFACTURED", "OPERATES"})
#: What an instrument that is in force does to others.
_FORCE = frozenset({"SUCCEEDS", "RESTRICTS", "PERMITS", "REGULATES", "REQUIRES_PARTNER"})


def kinds_of(seeds: Seeds) -> list[Problem]:
    """Every fact that looks like one of the kinds, sorted by place."""
    return sorted(chain.from_iterable(check(seeds) for check in KINDS.values()))


def _beginning(seeds: Seeds) -> Iterator[Problem]:
    """A tie with a day on which it was made known, without its beginning or a word that it is not known."""
    for fact in seeds.relations:
        item = fact.item
        begins = item.valid_from or item.beginning
        if item.predicate in _TIES and item.status != "announced" and item.announced and not begins:
            said = f"'{item.id}' was made known on {item.announced}; when it began is not said"
            hint = "an upgrade, a show or a keynote is no beginning: give valid_from, or 'beginning: unknown'"
            yield fact.problem("BEGINNING", said, hint, at="announced")


def _end(seeds: Seeds) -> Iterator[Problem]:
    """An end on a fact that is not said to have ended, and a fact that ended without a day."""
    for fact in seeds.facts:
        item = fact.item
        over = item.valid_to and item.valid_to.first <= seeds.about.reviewed
        if over and item.status not in ("ended", "denied"):
            said = f"'{item.id}' has an end and the status {item.status}"
            hint = "'status: ended'; where only a role or a share of it ended, that is a fact of its own"
            yield fact.problem("END", said, hint, at="valid_to")


def _force(seeds: Seeds) -> Iterator[Problem]:
    """What an instrument does to others before its first day in force, or with none known."""
    laws = {placed.item.id: placed.item for placed in seeds.entities if isinstance(placed.item, Instrument)}
    for fact in seeds.relations:
        item, law = fact.item, laws.get(fact.item.subject)
        if law is None or item.predicate not in _FORCE or item.status != "confirmed":
            continue
        day = law.effective
        if day is None and item.valid_from is None:
            said = f"'{item.id}': of '{law.id}' no first day in force is known, and the fact has none"
            yield fact.problem("FORCE", said, "give `effective` of the instrument, or valid_from of the fact")
        elif day is not None and day.first > (item.valid_from.first if item.valid_from else seeds.about.reviewed):
            said = f"'{item.id}' counts '{law.id}' as in force before {day}"
            yield fact.problem("FORCE", said, "passed is not in force: 'status: announced', or another valid_from")


def _span(seeds: Seeds) -> Iterator[Problem]:
    """A change of which nothing says since when."""
    for figure in seeds.figures:
        item = figure.item
        day = item.as_of is None or item.as_of.precision == "day"
        if item.metric in _CHANGES and day and not item.scope:
            said = f"'{item.id}' is a change without its span"
            yield figure.problem("SPAN", said, "say in `scope` since when, or give the span as as_of", at="metric")


def _day(seeds: Seeds) -> Iterator[Problem]:
    """A fact of a day that lies after every source whose own day is known.

    A page of the day before may tell of the next, and law tells its own first day ahead.
    """
    laws = {placed.item.id: placed.item.effective for placed in seeds.entities if isinstance(placed.item, Instrument)}
    published = {placed.item.id: placed.item.published for placed in seeds.sources}
    for fact in seeds.facts:
        item = fact.item
        at = next((name for name in ("announced", "valid_from", "as_of") if getattr(item, name)), None)
        day: PartialDate | None = getattr(item, at) if at else None
        coarse = day is not None and day.precision == "year"
        told = [d for d in map(published.get, item.sources) if d and (coarse or d.precision in ("day", "month"))]
        if at is None or day is None or item.status in ("announced", "denied") or not told:
            continue
        if at == "valid_from" and laws.get(item.subject) == day:
            continue
        if all(known.after < day.first for known in told):
            newest = max(told, key=lambda known: known.first)
            said = f"'{item.id}' speaks of {day}, and its newest dated source is of {newest}"
            yield fact.problem("DAY", said, "cite the page that tells it, or take the day that the page gives", at=at)


def _outcome(seeds: Seeds) -> Iterator[Problem]:
    """Announced half a year ago, and nothing said since of what became of it."""
    limit = seeds.about.reviewed - timedelta(days=OVERDUE_DAYS)
    for fact in seeds.facts:
        item = fact.item
        if item.status != "announced" or (isinstance(item, Figure) and item.metric == "benchmark_claim"):
            continue  # what a maker claims of a test comes to no outcome
        if item.outcome_sought and item.outcome_sought > limit:
            continue
        last = [d for d in (item.announced, item.valid_from, item.valid_to, item.as_of) if d]
        if isinstance(item, Figure) and item.date:
            last.append(item.date)
        if last and max(d.after for d in last) <= limit:
            said = f"'{item.id}' was announced in {max(last, key=lambda d: d.first)}; what became of it is not said"
            hint = (
                "give its outcome as status, as_of for the day on which a source still speaks of it as a plan, "
                "or outcome_sought for the day to which one was searched for and not found"
            )
            yield fact.problem("OUTCOME", said, hint, at="status")


def _voice(seeds: Seeds) -> Iterator[Problem]:
    """Told as confirmed, where nobody speaks but those who copy, collect or comment what others said."""
    kinds = {placed.item.id: placed.item.kind for placed in seeds.sources}
    for fact in seeds.facts:
        item = fact.item
        if item.status == "confirmed" and item.sources and all(kinds.get(one) in _SECOND_HAND for one in item.sources):
            said = f"'{item.id}' is told as confirmed, and no page of those concerned or of a paper says so"
            yield fact.problem("VOICE", said, "cite a page that does, or 'status: reported'", at="status")


def words_of_voice(source: Source) -> str:
    """Whose word a page is, as words with a blank around each, so that one name can be found within another."""
    return f" {' '.join(_WORD.findall(voice(source)))} "


def _copy(seeds: Seeds) -> Iterator[Problem]:
    """Two pages of one fact, of which one bears the name of the other's publisher: one voice may count twice."""
    pages = {placed.item.id: placed.item for placed in seeds.sources}
    for fact in seeds.facts:
        cited = [pages[one] for one in fact.item.sources if one in pages]
        for one, other in permutations(cited, 2):
            name, longer = words_of_voice(one), words_of_voice(other)
            same = name == longer and one.id < other.id
            if voice(one) != voice(other) and (same or (name != longer and name in longer and not other.origin)):
                said = f"'{fact.item.id}' rests on '{one.id}' and '{other.id}', which may be one voice"
                hint = f"give `origin` of '{other.id}': whose word it relays, or its own name where it speaks itself"
                yield fact.problem("COPY", said, hint, at="sources")


def _page(seeds: Seeds) -> Iterator[Problem]:
    """One page under two publishers, of which neither bears the other's name: a fact that cites both has one source."""
    first: dict[str, Placed[Source]] = {}
    for placed in seeds.sources:
        held = first.setdefault(page_at(placed.item.url), placed) if placed.item.url else placed
        one, other = words_of_voice(held.item), words_of_voice(placed.item)
        if one not in other and other not in one:
            said = f"'{placed.item.id}' is the page of '{held.item.id}' under another publisher"
            hint = f"cite '{held.item.id}' ({held.block.file}:{held.block.line}) and delete this block"
            yield placed.problem("PAGE", said, hint, at="url")


def _undated(seeds: Seeds) -> Iterator[Problem]:
    """A page without its day, whose address bears one: facts on it would count as if nobody knew when it was said."""
    for placed in seeds.sources:
        item = placed.item
        day = None if item.published else _DAY_IN_ADDRESS.search(item.url or "")
        if day:
            said = f"'{item.id}' has no day, and its address bears {day[0]}"
            yield placed.problem("UNDATED", said, "give `published`, from the page or its address", at="url")


def _twice(seeds: Seeds) -> Iterator[Problem]:
    """Two blocks that say the same of the same days; the two sides of a conflict are none."""
    first: dict[tuple[Any, ...], Fact] = {}
    for fact in seeds.facts:
        item = fact.item
        said = item.model_dump(exclude=_NOT_SAID)
        if item.conflict or (isinstance(item, Relation) and item.reading_of):
            continue
        if isinstance(item, Relation) and (edge := EDGES.get(item.predicate)) is not None and edge.symmetric:
            said["subject"], said["object"] = sorted((item.subject, item.object))
        held = first.setdefault(tuple(sorted((name, str(value)) for name, value in said.items())), fact)
        if held is not fact and held.item.id != item.id:
            told = f"'{item.id}' says what '{held.item.id}' says ({held.block.file}:{held.block.line})"
            hint = "keep one block with the sources of both; where they differ, say in `scope` in what"
            yield fact.problem("TWICE", told, hint, at="id")


def _name(seeds: Seeds) -> Iterator[Problem]:
    """Names that hold what is no part of them, or several names in one; a Chinese name in other letters."""
    for placed in seeds.entities:
        item = placed.item
        single = [("name", None, item.name), ("name_zh", None, item.name_zh or "")]
        listed = [(at, i, one) for at in ("aliases", "legal_names") for i, one in enumerate(getattr(item, at, ()))]
        for at, index, name in [*single, *listed]:
            parts = [part for part in _DIVIDES.split(name) if part.strip()]
            if name and _DIVIDES.match(name[-1]):
                told = f"'{item.id}' has the name '{name}', with a comma at an end"
                yield placed.problem("NAME", told, "take it off", at=at, index=index)
            elif index is not None and len(parts) > 1 and not any(map(only_a_form, parts)):
                told = f"'{item.id}' has one name that reads as {len(parts)}: '{name}'"
                yield placed.problem("NAME", told, f"write each by itself: [{', '.join(parts)}]", at=at, index=index)
        if item.name_zh and not has_chinese(item.name_zh) and folded(item.name_zh) != folded(item.name):
            told = f"'{item.id}' has the Chinese name '{item.name_zh}' without a Chinese character"
            yield placed.problem("NAME", told, "write it under `aliases`, or the Chinese one", at="name_zh")


def _seat(seeds: Seeds) -> Iterator[Problem]:
    """A seat that names no place and nearly one: it would lead nowhere."""
    identity = seeds.identity()
    for placed in seeds.entities:
        for part in seat_parts(placed.item):
            near = [] if identity.find(part, "Jurisdiction") else identity.near(part, "Jurisdiction", limit=1)
            if near:
                told = f"'{placed.item.id}' has its seat in '{part}', which is no place of the seeds"
                hint = f"did you mean {identity.entities[near[0]].name}? else add it as a Jurisdiction"
                yield placed.problem("SEAT", told, hint, at="hq")


def _models(seeds: Seeds) -> Iterator[Problem]:
    """A model that a host has, in words that begin with others of its maker: asked for by name, those are not found.

    What stands behind a semicolon is said beside, as what took the place of the model.
    """
    names = {one.item.id: _PART.findall(one.item.name) for one in seeds.entities if isinstance(one.item, Model)}
    for fact in seeds.relations:
        item, name = fact.item, names.get(fact.item.object)
        if item.predicate not in ("HOSTS", "OFFERS") or name is None:
            continue
        said = f" {' '.join(_PART.findall((item.scope or '').partition(';')[0]))} "
        for other, parts in names.items():
            shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(name, parts, strict=False)))
            if shared and shared < len(parts) and f" {' '.join(parts[shared:])} " in said:
                told = f"'{item.id}' is a fact on '{item.object}', and its scope speaks of '{other}'"
                yield fact.problem("MODELS", told, "give each model a fact, with its own days", at="scope")


def _maker(seeds: Seeds) -> Iterator[Problem]:
    """A product or a line of models that no company makes or runs: who asks for the ties of its maker misses it."""
    companies = {one.item.id for one in seeds.entities if isinstance(one.item, Company)}
    told = [one.item for one in seeds.relations if one.item.predicate in _MADE and one.item.status != "denied"]
    made = {item.object for item in told if item.subject in companies}
    for placed in seeds.entities:
        item = placed.item
        if isinstance(item, Product | ModelFamily) and item.id not in made and not item.note:
            said = f"'{item.id}' has no company that developed, manufactured or operates it"
            yield placed.problem("MAKER", said, "add that fact, or say in `note` why there is no such company", at="id")


def _share(seeds: Seeds) -> Iterator[Problem]:
    """A share that stands in words alone: whose capital a venture has is reckoned from `percent`."""
    for fact in seeds.relations:
        item = fact.item
        held = "percent" in EDGES[item.predicate].props.model_fields if item.predicate in EDGES else False
        if held and item.amount and "%" in item.amount and item.percent is None:
            said = f"'{item.id}' tells its share as '{item.amount}', and percent is left out"
            yield fact.problem("SHARE", said, "give `percent`; `amount` is for words beside it", at="amount")


#: Name of each kind of fault, and what finds it.
KINDS: dict[str, Callable[[Seeds], Iterator[Problem]]] = {
    "BEGINNING": _beginning, "END": _end, "FORCE": _force, "SPAN": _span, "DAY": _day, "OUTCOME": _outcome,
    "VOICE": _voice, "COPY": _copy, "PAGE": _page, "UNDATED": _undated, "TWICE": _twice, "NAME": _name, "SEAT": _seat,
    "MODELS": _models, "MAKER": _maker, "SHARE": _share,
}  # fmt: skip
