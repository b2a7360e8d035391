"""Every raw entry and every judgement of it is in the graph, or refused with a reason."""

from __future__ import annotations

from typing import Any

import pytest
from chinaai.graph.facts import Figure, Relation
from chinaai.loaders.build import Shipped
from chinaai.loaders.curated.audit import Judgement, read_judgements
from research import research

#: Where a later reading went further than the judgement: raw entry, field, and why.
LATER = {
    ("fc-a-004", "as_of"): "no page of August 2026 is cited",
    ("fc-a-025", "status"): "an expectation; stands as a status of the product",
    ("fc-a-039", "valid_from"): "the tie holds from its announcement, not from the first product",
    ("fc-a-076", "status"): "the plan of 2022 became a loan",
    ("fc-a-144", "valid_from"): "the tie holds from its announcement, not from the first ride",
    ("fc-a-166", "valid_to"): "first day on which it no longer held",
    ("fc-b-065", "status"): "the old count stays as ended, the new one is a fact of its own",
    ("fc-b-065", "as_of"): "the old count stays as ended, the new one is a fact of its own",
    ("fc-b-222", "as_of"): "the date is the value of a released metric",
    ("fc-b-281", "as_of"): "seen again at the sale of March 2024",
    ("fc-c-047", "status"): "one application in one fact",
    # a second reading, of pages that the first had not seen
    ("fc-a-024", "valid_from"): "days in China, not in the US",
    ("fc-a-024", "valid_to"): "days in China, not in the US",
    ("fc-a-083", "announced_on"): "a later agreement of a tie of 2016",
    ("fc-a-083", "valid_from"): "a later agreement of a tie of 2016",
    ("fc-a-090", "announced_on"): "the day of a show; seen a year before",
    ("fc-a-092", "valid_from"): "the car's first sale, not its production",
    ("fc-b-006", "valid_to"): "being the sole backer ended, not the holding",
}
FIELDS = {"status": "status", "announced_on": "announced", "as_of": "as_of", "valid_from": "valid_from",
          "valid_to": "valid_to"}  # fmt: skip


@pytest.fixture(scope="module")
def judgements(shipped: Shipped) -> dict[str, Judgement]:
    found, problems = read_judgements(shipped.seeds)
    assert problems == []
    assert len({item.raw for item in found}) == len(found)
    return {item.raw: item for item in found}


@pytest.fixture(scope="module")
def facts(shipped: Shipped) -> dict[str, Relation | Figure]:
    return {placed.item.id: placed.item for placed in shipped.seeds.facts}


def judged() -> dict[str, dict[str, Any]]:
    found = research("check-companies.yaml")
    return {str(item.get("fact") or item.get("id")): item for item in [*found["judged"], *found["new"]]}


def test_no_raw_entry_and_no_judgement_is_missing(judgements: dict[str, Judgement]) -> None:
    raw = {fact["id"] for fact in research("facts-companies.yaml")["facts"]}
    assert raw | set(judged()) == set(judgements)


def test_what_was_judged_is_in_or_has_a_reason(judgements: dict[str, Judgement]) -> None:
    for raw in judged():
        item = judgements[raw]
        assert item.result in ("in", "folded") or (item.result == "refused" and item.reason), raw


def test_what_was_contradicted_does_not_stand_as_it_was(
    judgements: dict[str, Judgement], facts: dict[str, Relation | Figure]
) -> None:
    wrong = {raw: judgements[raw] for raw, item in judged().items() if item.get("verdict") == "contradicted"}
    assert wrong
    for raw, item in wrong.items():
        stands = [facts[name] for name in item.facts]
        assert (
            item.result in ("refused", "folded")
            or all(f.status == "denied" or f.conflict for f in stands)
            or (judged()[raw]["should_be"] or judged()[raw]["note"])
        ), raw


def test_what_was_not_seen_again_is_reported_with_low_confidence_or_was_found_since(
    shipped: Shipped, judgements: dict[str, Judgement], facts: dict[str, Relation | Figure]
) -> None:
    marked = {placed.item.id for placed in shipped.seeds.facts if placed.item.unseen}
    nodes = {e.fact_id: e.props for _, loaded in shipped.loaded for e in loaded.batch.edges}
    for fact_id in marked & set(nodes):
        assert facts[fact_id].status == "reported"
        assert nodes[fact_id]["confidence"] <= 0.5, fact_id
    for raw, item in judgements.items():
        if item.verdict == "unseen" and item.result == "in" and set(item.facts) - marked:
            assert item.reason and item.reason.startswith("a page that says it was read"), raw


def test_mends_and_endings_were_carried_out(
    judgements: dict[str, Judgement], facts: dict[str, Relation | Figure]
) -> None:
    checked = 0
    for raw, item in judged().items():
        mend = item.get("should_be")
        if item.get("verdict") not in ("mend", "ended") or not isinstance(mend, dict) or judgements[raw].result != "in":
            continue
        stands = [facts[name] for name in judgements[raw].facts]
        for field, ours in FIELDS.items():
            if field not in mend or (raw, field) in LATER:
                continue
            values = {str(getattr(fact, ours)) for fact in stands}
            assert str(mend[field]) in values, f"{raw}: {field} should be {mend[field]}, is {values}"
            checked += 1
    assert checked >= 150
