"""How sure a fact is: one written rule over status, sources and age.

1. Start from the best kind of source (`KIND_WEIGHT`).
2. Each further independent source closes `CLOSES` of the distance to certainty, weighted by its kind.
   Sources of one origin, one publisher or one page are one source: a syndicated copy adds nothing.
3. Multiply by the status (`STATUS_FACTOR`), and by `UNSEEN_FACTOR` where the page was not found again.
4. A claim to hold now (no end, not a figure with its own date) that nobody has confirmed for
   `STALE_YEARS` years before the seeds' review date loses `STALE_LOSS`.
5. Round to two places, never above `CEILING`. A curator's override replaces all this and says why.
The page docs/confidence.md tells the same for readers; a test holds both together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from .model.evidence import WEAK_KINDS, Source

KIND_WEIGHT: dict[str, float] = {
    "official": 0.95, "register": 0.95, "primary": 0.90, "news": 0.80, "law-firm": 0.80, "trade": 0.75,
    "syndicated": 0.75, "wiki": 0.60, "derived": 0.60, "aggregator": 0.50, "blog": 0.45, "community": 0.40,
}  # fmt: skip
STATUS_FACTOR: dict[str, float] = {
    "confirmed": 1.0, "ended": 1.0, "announced": 0.95, "reported": 0.90, "denied": 0.50,
}  # fmt: skip
UNSEEN_FACTOR = 0.5
CLOSES = 0.3
STALE_YEARS = 2
STALE_LOSS = 0.10
CEILING = 0.98


#: Where somebody's page stands, after his name.
_PLACE = re.compile(r"\s*\((GitHub|Hugging Face|ModelScope|Gitee)\)$")
#: What an address may be written with and without; behind `#/` stands a page of its own.
_SAME_HOST, _PLACE_ON_PAGE = re.compile(r"^https?://(www\.)?", re.IGNORECASE), re.compile(r"#(?![/!]).*$")


@dataclass(frozen=True)
class Confidence:
    """A value between 0 and 1 and the sentence that explains it."""

    value: float
    why: str
    weak: bool


def voice(source: Source) -> str:
    """Whose word a page is; copies of one count once, and so does what one says in several places."""
    return _PLACE.sub("", source.origin or source.publisher).casefold()


def page_at(url: str) -> str:
    """An address without what two writings of it may differ in: scheme, www., closing slash, place within the page."""
    host, slash, path = _PLACE_ON_PAGE.sub("", _SAME_HOST.sub("", url.strip(), count=1)).partition("/")
    return f"{host.casefold()}{slash}{path}".rstrip("/")


def independent(sources: Iterable[Source]) -> list[Source]:
    """One source an origin (or publisher) and a page, the best of each, best first."""
    kept: list[Source] = []
    seen: set[str] = set()
    for source in sorted(sources, key=lambda s: -KIND_WEIGHT[s.kind]):
        whose = {f"voice {voice(source)}", f"page {page_at(source.url or source.id)}"}
        if seen.isdisjoint(whose):
            kept.append(source)
            seen |= whose
    return sorted(kept, key=lambda s: (-KIND_WEIGHT[s.kind], s.id))


def judge(
    sources: Iterable[Source], status: str, *, reviewed: date, last_seen: date | None, open_ended: bool,
    unseen: bool = False,
) -> Confidence:  # fmt: skip
    """Confidence of a fact by the rule above.

    Args:
        reviewed: date of the last review of the seeds; ages are counted back from it.
        last_seen: newest date at which the fact was seen to hold, if any is known.
        open_ended: True for a relation that claims to hold now.
    """
    voices = independent(sources)
    value = KIND_WEIGHT[voices[0].kind]
    steps = [f"{voices[0].kind} {value:.2f}"]
    for voice in voices[1:]:
        value += (1 - value) * CLOSES * KIND_WEIGHT[voice.kind]
    if len(voices) > 1:
        steps.append(f"{len(voices)} independent sources {value:.2f}")
    value *= STATUS_FACTOR[status]
    steps.append(f"{status} ×{STATUS_FACTOR[status]:.2f}")
    if unseen:
        value *= UNSEEN_FACTOR
        steps.append(f"page not found again ×{UNSEEN_FACTOR:.2f}")
    if open_ended and last_seen and last_seen < reviewed - timedelta(days=365 * STALE_YEARS):
        value *= 1 - STALE_LOSS
        steps.append(f"last seen {last_seen.isoformat()} ×{1 - STALE_LOSS:.2f}")
    value = round(min(value, CEILING), 2)
    return Confidence(value, "; ".join([*steps, f"= {value:.2f}"]), all(v.kind in WEAK_KINDS for v in voices))
