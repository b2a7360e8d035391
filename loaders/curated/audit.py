"""An audit of the seeds: what is unsourced, weak, old, disputed, unused or perhaps written twice; a sample of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from ...graph.dates import PartialDate
from ...graph.facts import Figure, Relation
from ...graph.model.actors import Jurisdiction
from ...graph.model.evidence import WEAK_KINDS
from ...graph.problems import Problem
from .kinds import KINDS
from .read import REGISTER_COMPANIES, Placed, Seeds

Fact = Placed[Relation] | Placed[Figure]
#: Days of the sources by their ids, where they are known.
Published = Mapping[str, PartialDate | None]
#: Age in days after which a fact that claims to hold now counts as stale.
STALE_DAYS = 540
#: Sentences of the article.
SENTENCES = 30
#: What is told of each fact of a sample.
SAMPLED = ("fact", "says", "status", "dates", "scope", "unseen", "file", "sources")
#: Findings that are told as their number, with the list beside it.
_LISTS = (
    "unsourced", "weak_only", "unseen", "stale", "ahead_of_sources", "dead_ends", "unverified", "conflicts",
    "duplicate_suspects",
)  # fmt: skip


@dataclass
class Audit:
    """Findings; lists hold ids of facts, of entities (`dead_ends`) or of legal bases (`unverified`)."""

    facts: int = 0
    unsourced: list[str] = field(default_factory=list)
    weak_only: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    ahead_of_sources: list[str] = field(default_factory=list)
    conflicts: dict[str, list[str]] = field(default_factory=dict)
    dead_ends: list[str] = field(default_factory=list)
    duplicate_suspects: list[list[str]] = field(default_factory=list)
    source_kinds: dict[str, float] = field(default_factory=dict)
    sentences: dict[str, int] = field(default_factory=dict)
    unverified: list[str] = field(default_factory=list)
    doubts: dict[str, list[str]] = field(default_factory=dict)
    unread: int = 0

    def to_dict(self) -> dict[str, Any]:
        """Counts for machines, with the lists beside them."""
        lists: dict[str, Any] = {name: getattr(self, name) for name in _LISTS}
        return {
            "facts": self.facts,
            **{name: len(ids) for name, ids in lists.items()},
            "source_kinds": self.source_kinds,
            "sentences": self.sentences,
            "unread": self.unread,
            "doubts": {kind: len(places) for kind, places in self.doubts.items()},
            "places": self.doubts,
            "lists": lists,
        }

    @property
    def failing(self) -> bool:
        """True where a release must not go out: unsourced facts or sentences without an account."""
        return bool(self.unsourced) or self.sentences["accounted"] < self.sentences["total"]


def audit_seeds(
    seeds: Seeds,
    *,
    unverified: Iterable[str] = (),
    doubts: Iterable[Problem] = (),
    stale_days: int = STALE_DAYS,
) -> Audit:
    """Audit checked seeds.

    Args:
        unverified: legal bases of the market-entry seeds that no page was read for, as `requirement: article`.
        doubts: what looks like a known kind of fault, from `kinds_of` and `entry_doubts`.
        stale_days: age, counted back from the review date, beyond which an open claim is stale.
    """
    kinds = {placed.item.id: placed.item.kind for placed in seeds.sources}
    published = {placed.item.id: placed.item.published for placed in seeds.sources}
    oldest = seeds.about.reviewed - timedelta(days=stale_days)
    cited = Counter(kinds[source] for fact in seeds.facts for source in fact.item.sources if source in kinds)
    total = sum(cited.values()) or 1
    conflicts: dict[str, list[str]] = defaultdict(list)
    for fact in seeds.facts:
        if fact.item.conflict:
            conflicts[fact.item.conflict].append(fact.item.id)
    for placed in seeds.conflicts:
        conflicts[placed.item.id] += placed.item.register_rows
    return Audit(
        facts=len(seeds.facts),
        unsourced=_ids(f for f in seeds.facts if not [s for s in f.item.sources if s in kinds]),
        weak_only=_ids(f for f in seeds.facts if all(kinds.get(s) in WEAK_KINDS for s in f.item.sources)),
        unseen=_ids(f for f in seeds.facts if f.item.unseen),
        stale=_ids(f for f in seeds.relations if _stale(f, published, oldest)),
        ahead_of_sources=_ids(f for f in seeds.facts if _ahead(f, published)),
        conflicts=dict(sorted(conflicts.items())),
        dead_ends=_dead_ends(seeds),
        duplicate_suspects=_duplicates(seeds),
        source_kinds={kind: round(n / total, 3) for kind, n in cited.most_common()},
        sentences={"total": SENTENCES, "accounted": len({placed.item.id for placed in seeds.sentences})},
        unverified=sorted(unverified),
        doubts=_by_code(doubts),
        unread=sum(not fact.item.read for fact in seeds.facts),
    )


def _by_code(problems: Iterable[Problem]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {kind: [] for kind in (*KINDS, "OTHER-LAW")}
    for problem in sorted(problems):
        found.setdefault(problem.code, []).append(f"{problem.file}:{problem.line}:{problem.column} {problem.message}")
    return found


def _ids(facts: Iterable[Fact]) -> list[str]:
    return sorted(fact.item.id for fact in facts)


def _stale(fact: Placed[Relation], published: Published, oldest: date) -> bool:
    item = fact.item
    if item.valid_to or item.status in ("ended", "denied"):
        return False
    dates = [d for d in (item.as_of, item.announced, item.valid_from, *(published.get(s) for s in item.sources)) if d]
    return bool(dates) and max(d.first for d in dates) < oldest


def _ahead(fact: Fact, published: Published) -> bool:
    """True where every source came out before the day of which the fact says how things stood."""
    item = fact.item
    if item.status in ("announced", "denied"):
        return False
    told = [published[one] for one in item.sources if one in published]
    day = item.as_of or item.valid_from or item.announced or (item.date if isinstance(item, Figure) else None)
    claimed = max((d.first for d in (day, item.valid_to) if d), default=None)
    return claimed is not None and all(d is not None and d.after <= claimed for d in told)


def _dead_ends(seeds: Seeds) -> list[str]:
    used = {name for f in seeds.relations for name in (f.item.subject, f.item.object)}
    used |= {name for f in seeds.figures for name in (f.item.subject, f.item.market, f.item.measured_by) if name}
    places = [placed.item for placed in seeds.entities if isinstance(placed.item, Jurisdiction)]
    used |= {one for item in places if item.part_of for one in (item.id, *item.part_of)}
    used |= {placed.item.id for placed in seeds.entities if placed.block.file == REGISTER_COMPANIES}  # owners of filers
    return sorted(placed.item.id for placed in seeds.entities if placed.item.id not in used)


def _duplicates(seeds: Seeds) -> list[list[str]]:
    """Facts that say the same of the same ends in the same scope, or the same figure of one span."""
    groups: dict[tuple[Any, ...], list[str]] = defaultdict(list)
    for fact in seeds.relations:
        r = fact.item
        if r.reading_of:
            continue
        groups[(r.subject, r.predicate, r.object, r.scope, r.product, r.role)].append(r.id)
    for figure in seeds.figures:
        f = figure.item
        groups[(f.subject, f.metric, str(f.as_of), f.market, f.measured_by, f.scope, str(f.date), f.text)].append(f.id)
    conflict = {f.item.id: f.item.conflict for f in seeds.facts}
    return sorted(ids for ids in groups.values() if len(ids) > 1 and not all(conflict[i] for i in ids))


def sample_facts(seeds: Seeds, number: int, seed: int) -> list[dict[str, Any]]:
    """`number` facts drawn without replacement by `seed`, in order of their ids; all where there are fewer.

    The draw is over the sorted fact ids, so it is the same for everybody who has the same facts.
    """
    by_id = {fact.item.id: fact for fact in seeds.facts}
    drawn = Random(seed).sample(sorted(by_id), min(number, len(by_id)))
    pages = {placed.item.id: placed.item for placed in seeds.sources}
    return [_row(by_id[fact_id], pages) for fact_id in sorted(drawn)]


def _row(fact: Fact, pages: dict[str, Any]) -> dict[str, Any]:
    item = fact.item
    dates = {name: getattr(item, name) for name in ("announced", "valid_from", "valid_to", "as_of")}
    return {
        "fact": item.id,
        "says": _relation(item) if isinstance(item, Relation) else _figure(item),
        "status": item.status,
        "dates": ", ".join(f"{name} {value}" for name, value in dates.items() if value),
        "scope": item.scope,
        "unseen": "page not found again" if item.unseen else None,
        "file": f"{fact.block.file}:{fact.block.line}",
        "sources": [pages[i].model_dump(mode="json", exclude_none=True) for i in item.sources if i in pages],
    }


def _relation(item: Relation) -> str:
    extra = (item.product, item.amount, item.role, item.outcome, item.measure)
    shown = ", ".join(str(value) for value in extra if value)
    return f"{item.subject} {item.predicate} {item.object}" + (f" ({shown})" if shown else "")


def _figure(item: Figure) -> str:
    about = f"{item.approximate} " if item.approximate else ""
    rest = [f"in {item.market}" if item.market else "", f"by {item.measured_by}" if item.measured_by else "",
            f"rank {item.rank}" if item.rank else ""]  # fmt: skip
    return " ".join(word for word in (item.subject, item.metric, f"{about}{item.said}", *rest) if word)
