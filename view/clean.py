"""Text that is safe to show: invisible controls become visible marks, links are http(s) or nothing.

Names come from outside files. A right-to-left override turns `exe.fdp` into `pdf.exe` on screen, and a
zero-width character makes two names look like one; so each becomes a mark that can be seen, here, once,
before anything else reads the text. Canvas labels, tables and exports then need no care of their own.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from ..graph.seen import HIDDEN, marked

_SCHEMES = ("http", "https")
Json = None | bool | int | float | str | list[Any] | dict[str, Any]


def text(value: object) -> str:
    """One value as text in which every invisible control is a visible mark such as `⟦U+202E⟧`."""
    return marked(str(value))


def link(value: object) -> str | None:
    """The address if it is plain http(s) with a host, else None; what is None is shown as text only."""
    raw = str(value or "")
    if HIDDEN.search(raw) or any(sign in raw for sign in ' \t\n"<>\\^`{|}'):
        return None
    try:
        parts = urlsplit(raw)
        host = parts.hostname
    except ValueError:
        return None
    return raw if parts.scheme.lower() in _SCHEMES and host else None


def value(raw: object) -> Json:
    """Any attribute as clean JSON: dates as ISO text, sets sorted, NaN and infinities as text."""
    if raw is None or isinstance(raw, bool | int):
        return raw
    if isinstance(raw, float):
        return raw if math.isfinite(raw) else str(raw)
    if isinstance(raw, datetime | date):
        return raw.isoformat()
    if isinstance(raw, Mapping):
        return {text(key): value(item) for key, item in raw.items()}
    if isinstance(raw, set | frozenset):
        return sorted((value(item) for item in raw), key=lambda item: json.dumps(item, sort_keys=True))
    if isinstance(raw, list | tuple):
        return [value(item) for item in raw]
    return text(raw)


def strings(raw: object) -> list[str]:
    """A list attribute as clean texts; one bare text is a list of one."""
    if raw is None:
        return []
    if isinstance(raw, str):
        return [text(raw)]
    if isinstance(raw, list | tuple | set | frozenset):
        return [text(item) for item in (sorted(raw, key=str) if isinstance(raw, set | frozenset) else raw)]
    return [text(raw)]


def day(raw: object) -> int | None:
    """A date as days since 1970-01-01; ISO text is read too, anything else is unknown."""
    if isinstance(raw, datetime):
        raw = raw.date()
    if isinstance(raw, str):
        try:
            raw = date.fromisoformat(raw)
        except ValueError:
            return None
    return raw.toordinal() - 719163 if isinstance(raw, date) else None


def number(raw: object) -> float | None:
    """A confidence as a number from 0 to 1 with three digits; anything else is unknown."""
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not math.isfinite(raw):
        return None
    return round(float(raw), 3)
