"""What a requirement rests on, judged in one place: its pages, confidence and gaps, for load and answer alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ..confidence import Confidence, judge
from ..model.evidence import WEAK_KINDS
from .draws import Timed
from .model import BasisSpec, EntryGraph, ProhibitionSpec, RequirementSpec

#: How an instrument was seen where its own words were not.
NOT_READ = frozenset({"quoted", "secondary", "named"})


@dataclass(frozen=True)
class Lack:
    """What is missing or weak about a requirement: a code and a sentence."""

    code: str
    text: str


def cited(item: RequirementSpec | ProhibitionSpec, basis: Iterable[BasisSpec]) -> list[str]:
    """Ids of all pages behind a requirement: its own and those its law was checked on."""
    ids = [*item.sources, *(b.checked.source for b in basis if b.checked.source)]
    none = item.no_legal_basis
    return list(dict.fromkeys([*ids, *([none.checked.source] if none and none.checked.source else [])]))


def confidence_of(graph: EntryGraph, item: RequirementSpec | ProhibitionSpec, day: date) -> Confidence | None:
    """The written rule over its pages, whatever of its law is in force on the day; None without a page."""
    pages = [graph.sources[name] for name in cited(item, item.legal_basis)]
    if not pages:
        return None
    return judge(pages, status_of(item), reviewed=day, last_seen=None, open_ended=False)


def status_of(item: RequirementSpec | ProhibitionSpec) -> str:
    """Confirmed where a legal basis was checked on a page, else reported."""
    return "confirmed" if any(b.verified for b in item.legal_basis) else "reported"


def place_name(graph: EntryGraph, at: str) -> str:
    """An article as one reads it: instrument and article."""
    instrument, article = graph.articles[at]
    return f"{instrument.name}, {article.art}" if article else instrument.name


def lacks_of(
    graph: EntryGraph,
    item: RequirementSpec,
    basis: Sequence[BasisSpec],
    time: Timed | None = None,
    *,
    untimed: bool = False,
) -> list[Lack]:
    """What a reader must not overlook about a requirement.

    Args:
        basis: what it rests on, in the case or on the day that is asked for.
        time: the intervals it is planned with.
        untimed: True where it takes time of its own that nobody knows.
    """
    found: list[Lack] = []
    if item.no_legal_basis:
        found.append(Lack("no-legal-basis", item.no_legal_basis.why))
    for b in basis:
        name = place_name(graph, b.at)
        if not b.verified:
            found.append(Lack("unverified-basis", f"{name}: no page with its text was read"))
            continue
        instrument, article = graph.articles[b.at]
        if instrument.seen in NOT_READ:
            found.append(Lack("secondary", f"{name}: its text was not seen; after secondary pages"))
        elif instrument.seen == "part" and article is None:
            found.append(Lack("secondary", f"{name}: a part of its text was seen, the rest is after secondary pages"))
    pages = [graph.sources[name] for name in cited(item, basis)]
    if not pages:
        found.append(Lack("no-source", "no page was read"))
    elif all(page.kind in WEAK_KINDS for page in pages):
        found.append(Lack("weak-source", f"only {', '.join(sorted({page.kind for page in pages}))} pages"))
    if not item.authorities:
        found.append(Lack("private", "no authority decides it: a matter between private parties"))
    for spec, _ in time.parts if time else ():
        if spec.basis == "estimate":
            found.append(Lack("estimate", spec.rule))
    if untimed:
        found.append(Lack("not-timed", "how long it takes is not known, so it is not counted"))
    return found
