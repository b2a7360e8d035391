"""The days of one element, each held against the others: what of a curated fact is worked out must be so here too.

See decisions/0002-dates-and-as-of.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from .dates import MISTYPED, PartialDate, beyond

#: Code, what is wrong, and what to do.
Fault = tuple[str, str, str]
#: First days, and the written dates of which they are that.
_FIRST = {
    "date_from": "date", "published_from": "published", "day_from": "day", "first_day": "day",
    "status_from": "status_as_of",
}  # fmt: skip
#: Written dates of what somebody has seen or said, which can't be in the future.
TOLD = ("announced", "as_of", "published", "retrieved")
#: What `known_from_basis` names, and the written date that it means.
_BASIS = {"valid_from": "since", "announced": "announced", "as_of": "as_of"}
_DATED = frozenset({"known_from", "known_from_basis", "since"})


def of_days(props: Mapping[str, Any], today: date | None) -> Iterator[Fault]:
    """What contradicts itself in the days of an element whose properties fit; without today, not what is to come."""
    for name in TOLD:
        if today and name in props and (side := beyond(_span(props, name).first, today)):
            yield "DATE", f"{name} '{props[name]}' lies {side}", MISTYPED
    for name, whole in _FIRST.items():
        if name in props and (whole not in props or props[name] != _span(props, whole).first):
            told = f"{whole} is '{props[whole]}'" if whole in props else f"there is no '{whole}'"
            yield "DATE", f"{name} can't be {props[name]}; {told}", f"it is the first day of '{whole}'"
    if not _DATED.isdisjoint(props):
        yield from _beginning(props)
    if "valid_to" in props or "until" in props:
        yield from _end(props)


def unended(props: Mapping[str, Any], today: date | None) -> Iterator[Fault]:
    """What is wrong with the end of a fact by its status: one that has ended has a day, and the day has come."""
    if props.get("status") != "ended":
        return
    day = _span(props, "until").first if "until" in props else props.get("valid_to")
    if day is None:
        hint = "give valid_to: the day it ended, or that of its newest source"
        yield "DATE", "status can't be 'ended' without 'valid_to'", hint
    elif today and beyond(day, today) == "in the future":
        yield "DATE", f"status can't be 'ended'; it ends {props.get('until', day)}", "say so when it has ended"


def _span(props: Mapping[str, Any], name: str) -> PartialDate:
    return PartialDate.parse(props[name])


def _beginning(props: Mapping[str, Any]) -> Iterator[Fault]:
    known, basis = props.get("known_from"), props.get("known_from_basis")
    named, since = _BASIS.get(basis or ""), _span(props, "since").first if "since" in props else None
    if since is not None and (known is None or known < since):
        what = f"known_from can't be {known}; it is before since" if known else "known_from is missing beside since"
        yield "DATE", f"{what}, '{props['since']}'", f"write {since}"
    elif known is None or (named and named not in props):
        lacking = named if known is not None else "known_from"
        yield "DATE", f"known_from_basis can't be '{basis}'; there is no '{lacking}'", "give it, or leave the basis out"
    elif named:
        span = _span(props, named)
        if known not in (span.first, span.after):  # what is counted over a span is known when it is over
            yield (
                "DATE",
                f"known_from can't be {known}; by its basis it is that of {named}, '{span}'",
                f"write {span.first}",
            )


def _end(props: Mapping[str, Any]) -> Iterator[Fault]:
    end, known = props.get("valid_to"), props.get("known_from")
    if "until" in props:
        until = _span(props, "until")
        if "since" in props and until.last < _span(props, "since").first:
            yield "VALUE", f"until can't be '{until}'", f"it is before since, '{props['since']}'"
            return
        if end is None or not until.first <= end <= until.after:
            what = f"valid_to can't be {end}" if end else "valid_to is missing"
            yield "DATE", f"{what}; until is '{until}'", f"write {until.end}"
            return
    # What ended before anybody told of it is in no answer but of what was; nothing else may be so.
    late = props.get("status") == "ended" and props.get("known_from_basis") not in (None, "valid_from")
    if end is not None and known is not None and end <= known and not late:
        what = f"valid_to can't be {end}; it is not after known_from, {known}"
        yield "DATE", what, "the fact would be in no answer"
