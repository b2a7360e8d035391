"""What the tests of market entry share: the shipped seeds, and minimal sets as one writes them by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from chinaai.queries.entry import EntryAnswer

SEEDS = Path(__file__).resolve().parents[1] / "seeds" / "entry"
TODAY = date(2026, 11, 24)
Sets = set[frozenset[str]]


def sets_of(answer: EntryAnswer, route: str) -> Sets:
    """The minimal sets of one route, without the r. before each requirement."""
    return {
        frozenset(name.removeprefix("r.") for name in path.requirements)
        for path in answer.paths
        if path.route.id == route
    }
