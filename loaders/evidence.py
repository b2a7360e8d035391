"""What a fact of an own data set carries beside what it says: its days, how sure it is, and who says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ..graph.confidence import STATUS_FACTOR, judge
from ..graph.dates import PartialDate
from ..graph.facts import Evidence
from ..graph.model.evidence import Source
from .cells import span_of

# The rule of decisions/0002 stands there, for curated facts and for these alike.
from .curated.elements import end_of, known_from

#: Days that a fact may bear, in the words of the graph.
DAYS = ("since", "until", "announced", "as_of")


def day_of(value: object) -> PartialDate:
    """A date given as text, as a day or as itself. Raises ValueError that names the forms."""
    if isinstance(value, PartialDate):
        return value
    if isinstance(value, str | date):
        return span_of(value if isinstance(value, str) else value.isoformat()[:10])
    raise ValueError(f"{value!r:.60} is not a date; write it as text, as 2025-02 or 2025-02-13")


def evidence(
    status: str, days: Mapping[str, PartialDate | None], sources: Sequence[Source], reviewed: date, *, lasts: bool
) -> dict[str, Any]:
    """As every fact carries it: from when and to when it counts, and its confidence by the rule.

    What is seen in a span is known when the span is over.

    Args:
        days: those of `DAYS` that are known.
        lasts: whether it claims to hold until an end is told, as a relation does and a figure does not.
    """
    since, until, announced, as_of = (days.get(name) for name in DAYS)
    fact = Evidence.model_construct(  # the empty lists are given, since pydantic asks long for each that is not
        id="", subject="", sources=[source.id for source in sources], seed=[], read=[], raw=[],
        status=status, valid_from=since, valid_to=until, announced=announced, as_of=as_of  # type: ignore[arg-type]
    )  # fmt: skip
    cited = list(sources)
    known, basis = known_from(fact, cited, over=True)
    judged = judge(
        cited, status if status in STATUS_FACTOR else "reported", reviewed=reviewed,
        last_seen=max((day.first for day in (since, announced, as_of) if day), default=None),
        open_ended=lasts and until is None and status not in ("ended", "denied"),
    )  # fmt: skip
    return {
        "status": status, "since": since, "until": until, "announced": announced, "as_of": as_of,
        "known_from": known, "known_from_basis": basis, "valid_to": end_of(fact, cited),
        "confidence": judged.value, "confidence_why": judged.why, "weak": judged.weak,
        "sources": [source.id for source in cited],
    }  # fmt: skip
