"""Between the questions of the graph and a bundle: what was asked is kept so that it can be asked again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from ..queries.answers import Rows
from ..queries.api import MarketEntry
from ..queries.entry.rows import EntryAnswer
from ..queries.saved import get_query
from .behind import plain
from .crate import Bundle, Question, write_bundle
from .verify import Verdict, verify

#: Days of market entry that are the day of asking where nobody says another.
_DAYS = ("as_of", "start")


def keep(kg: MarketEntry, name: str, params: Mapping[str, Any], rows: Rows[Any], target: Path) -> Bundle:
    """Write the rows that a saved question gave as a bundle; see `write_bundle`."""
    front, given = get_query(name).front, {key: plain(value) for key, value in params.items() if value is not None}
    day = kg.day(given.get("as_of"))
    if "as_of" in front.params:
        given["as_of"] = day.isoformat()
    asked = Question("question", name, front.title, given, day.isoformat(), _known_on(kg))
    return write_bundle(kg.store, target, asked, rows.to_dicts(), rows.columns)


def keep_paths(kg: MarketEntry, params: Mapping[str, Any], answer: EntryAnswer, target: Path) -> Bundle:
    """Write an answer of market entry as a bundle: one row a plan's answer, whole.

    Args:
        params: what `market_entry_paths` was given, by name.
    """
    given = {key: plain(value) for key, value in params.items() if value not in (None, {}, [])}
    for name in _DAYS:
        given[name] = kg.day(given.get(name)).isoformat()
    title = f"Market entry: {given.get('company') or 'a profile'} × {given['service']}"
    asked = Question("paths", "market-entry", title, given, given["as_of"], _known_on(kg))
    row = answer.to_dict()
    return write_bundle(kg.store, target, asked, [row], list(row))


def verified(kg: MarketEntry | None, path: Path) -> Verdict:
    """Check a bundle, and ask its question again where a graph is given."""
    return verify(path) if kg is None else verify(path, kg.store, lambda question: _again(kg, question))


def _again(kg: MarketEntry, question: Question) -> list[dict[str, Any]]:
    params = dict(question.parameters)
    if question.kind == "paths":
        return [kg.market_entry_paths(**params).to_dict()]
    return kg.run(question.name, **params).to_dicts()


def _known_on(kg: MarketEntry) -> str:
    return (kg.today or date.today()).isoformat()
