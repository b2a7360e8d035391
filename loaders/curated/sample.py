"""A random sample of facts, worded with all that a checker needs to hold each against its pages."""

from __future__ import annotations

from random import Random
from typing import Any

from ...graph.facts import Figure, Relation
from .read import Placed, Seeds

COLUMNS = ("fact", "says", "status", "dates", "scope", "unseen", "file", "sources")


def sample_facts(seeds: Seeds, number: int, seed: int) -> list[dict[str, Any]]:
    """`number` facts drawn without replacement by `seed`, in order of their ids; all where there are fewer.

    The draw is over the sorted fact ids, so it is the same for everybody who has the same facts.
    """
    by_id = {fact.item.id: fact for fact in seeds.facts}
    drawn = Random(seed).sample(sorted(by_id), min(number, len(by_id)))
    pages = {placed.item.id: placed.item for placed in seeds.sources}
    return [_row(by_id[fact_id], pages) for fact_id in sorted(drawn)]


def _row(fact: Placed[Relation] | Placed[Figure], pages: dict[str, Any]) -> dict[str, Any]:
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
    value = item.text or item.date or f"{item.value:g} {item.unit}"
    about = f"{item.approximate} " if item.approximate else ""
    rest = [f"in {item.market}" if item.market else "", f"by {item.measured_by}" if item.measured_by else "",
            f"rank {item.rank}" if item.rank else ""]  # fmt: skip
    return " ".join(word for word in (item.subject, item.metric, f"{about}{value}", *rest) if word)
