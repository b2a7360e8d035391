"""What is in force on a day: requirements, prohibitions and their legal bases."""

from __future__ import annotations

from datetime import date

from .model import BasisSpec, EntryGraph, ProhibitionSpec, RequirementSpec


def in_force_from(graph: EntryGraph, item: RequirementSpec | ProhibitionSpec) -> date | None:
    """First day of force: stated, else the earliest date of the legal basis; None where always in force."""
    if item.since is not None:
        return item.since.first
    dates = [since.first for basis in item.legal_basis if (since := graph.span(basis.at)[0])]
    return min(dates, default=None)


def in_force(graph: EntryGraph, item: RequirementSpec | ProhibitionSpec, day: date) -> bool:
    """True where it applies on that day."""
    since = in_force_from(graph, item)
    return (since is None or since <= day) and (item.until is None or day < item.until.first)


def basis_on(graph: EntryGraph, item: RequirementSpec | ProhibitionSpec, day: date) -> list[BasisSpec]:
    """The legal basis in force on that day; a place without a date counts as in force."""
    found = []
    for basis in item.legal_basis:
        since, until = graph.span(basis.at)
        if (since is None or since.first <= day) and (until is None or day < until.first):
            found.append(basis)
    return found
