"""How the dates of a fact are said: one word for each kind of day, at the precision its source gives.

A fact may bear the day it began (`since`), the day it was made known (`announced`), the day on which
it was seen to hold (`as_of`), and the day it ended (`until`). `known_from` is none of these: it is the first
day on which an answer may use the fact, and is never told as a beginning. Nor is `since` of a fact that is
only announced: it is planned for that day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from .dates import PartialDate

#: Code of a word -> how it reads in English and in Chinese; {} stands for the date as its source gives it.
WORDS: dict[str, tuple[str, str]] = {
    "since": ("since {}", "自 {}"),
    "planned": ("planned for {}", "计划于 {}"),
    "announced": ("announced {}", "宣布于 {}"),
    "seen": ("seen {}", "见于 {}"),
    "source": ("known from a source of {}", "来源日期 {}"),
    "ended": ("ended {}", "止于 {}"),
    "ended-unknown": ("ended, day unknown", "已结束，日期未知"),
}


def spoken(props: Mapping[str, Any], published: Iterable[str] = ()) -> list[tuple[str, str]]:
    """The words and dates of a fact, the beginning first: `[("since", "2024-05"), ("ended", "2025-Q1")]`.

    Args:
        props: properties of the edge or figure; written dates stay as they are written.
        published: written dates of its sources; the earliest speaks where the fact bears no date of its own.
    """
    found: list[tuple[str, str]] = []
    for word, name in (("since", "since"), ("announced", "announced"), ("seen", "as_of")):
        if props.get(name):
            found.append((_planned(props) if word == "since" else word, str(props[name])))
            break
    else:
        written = sorted(filter(_readable, published), key=lambda text: (PartialDate.parse(text).first, -len(text)))
        if written:
            found.append(("source", written[0]))
    if props.get("until"):
        found.append(("ended", str(props["until"])))
    elif props.get("status") == "ended":
        found.append(("ended-unknown", ""))
    elif isinstance(props.get("valid_to"), date):
        found.append(("ended", props["valid_to"].isoformat()))
    return found


def cell(row: Mapping[str, Any], seen: str = "seen") -> str:
    """The one day of a row or fact for a cell that has room for no more; empty where none is known.

    The day of which it is, began or was made known stands bare; one on which it was only seen to hold bears its word,
    so that nobody reads it as a beginning.

    Args:
        seen: name under which the row holds the day on which it was seen.
    """
    name = next((name for name in ("date", "since", "announced") if row.get(name)), None)
    if name == "since" and _planned(row) != name:
        return WORDS["planned"][0].format(row[name])
    return str(row[name]) if name else WORDS["seen"][0].format(row[seen]) if row.get(seen) else ""


def _planned(props: Mapping[str, Any]) -> str:
    """The word of a beginning: what is only announced has a day for which it is planned."""
    return "planned" if props.get("status") == "announced" else "since"


def _readable(text: str) -> bool:
    try:
        PartialDate.parse(text)
    except ValueError:
        return False
    return True


def told(props: Mapping[str, Any], published: Iterable[str] = (), *, zh: bool = False) -> str:
    """The same as one line: `since 2024-05, ended 2025-Q1`; empty where no date is known."""
    return ("，" if zh else ", ").join(WORDS[word][zh].format(text) for word, text in spoken(props, published))
