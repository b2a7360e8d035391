"""Candidates for a partner's step: evidence first, one deal and one list counted once, rivals and lists on the face."""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace
from typing import Any

import pytest
from chinaai.face import KnowledgeGraph
from chinaai.queries.entry.partners import Seeker, _Found, _of_kind, _once
from chinaai.queries.entry.rows import Partner

from .test_engine import GRAPH, TODAY

DAY = "2026-11-28"


def candidates(kg: KnowledgeGraph, company: str, service: str, step: str = "r.modelpartner") -> dict[str, Partner]:
    found = kg.partners_for(company, service, DAY)
    return {one.company.id: one for one in found if one.requirement.id == step}


def points(partner: Partner) -> Counter[tuple[str, int]]:
    return Counter((reason.code, reason.points) for reason in partner.reasons)


def test_apple_and_alibaba_piece_by_piece(kg: KnowledgeGraph) -> None:
    """Three filed models (3 + 1 + 1), the confirmed tie (4), Apple's own case (4), a list of the asker's seat (-2)."""
    found = candidates(kg, "Apple", "phone-assistant")
    alibaba = found["alibaba"]
    assert points(alibaba) == Counter(
        {("evidence", 3): 1, ("evidence", 1): 2, ("partner", 4): 1, ("own-case", 4): 1, ("control-list", -2): 1}
    )
    assert alibaba.score == 3 + 1 + 1 + 4 + 4 - 2
    assert max(found.values(), key=lambda one: one.score) is alibaba
    assert [text for text in alibaba.warnings if "Section 1260H" in text and "blocks no trade" in text]
    # what the list does to those whom it binds is told to an American asker, and to nobody else
    assert any("bars contracts of the US Department of Defense" in text for text in alibaba.warnings)
    # named in the talks that The Information told of, never with a filing for Apple
    assert ("talks", 1) in points(found["bytedance"])
    assert any("豆包手机助手" in text for text in found["bytedance"].warnings), "a rival that sells its own assistant"


def test_a_us_list_costs_a_german_asker_nothing_and_is_told(kg: KnowledgeGraph) -> None:
    alibaba = candidates(kg, "BMW", "in-car")["alibaba"]
    assert ("control-list", 0) in points(alibaba) and ("control-list", -2) not in points(alibaba)
    assert any("blocks no trade" in text for text in alibaba.warnings)
    assert not any("bars contracts" in text for text in alibaba.warnings)


def test_nobody_without_evidence_and_no_list_or_deal_twice(kg: KnowledgeGraph) -> None:
    for company, service in (("Apple", "phone-assistant"), ("Tesla", "in-car"), ("Volkswagen", "in-car")):
        rows = kg.partners_for(company, service, DAY)
        assert rows
        for one in rows:
            counted = points(one)
            assert counted[("evidence", 3)] == 1, (company, one.company.id)
            assert one.score == sum(reason.points for reason in one.reasons)
            ties = [reason for reason in one.reasons if reason.code == "partner"]
            assert len(ties) <= 1, (company, one.company.id)
            lists = [reason.text.split(" (")[0] for reason in one.reasons if reason.code == "control-list"]
            assert len(lists) == len(set(lists)), (company, one.company.id, lists)
            assert all(reason.sources for reason in one.reasons), (company, one.company.id)


def test_of_several_ties_with_one_pair_the_weightiest_counts() -> None:
    def tie(fact: str, points: int, confidence: float) -> _Found:
        return _Found("partner", points, f"tie {fact}", {"fact_id": fact, "confidence": confidence})

    told = [tie("reported", 3, 0.9), tie("confirmed", 4, 0.7), tie("also-reported", 3, 0.8)]
    for order in (told, told[::-1]):
        assert [(one.points, one.text) for one in _once(order)] == [(4, "tie confirmed (also told by 2 more)")]
    rejected = [_Found("rejected", -2, "x", told[0].row), _Found("rejected", -1, "y", told[1].row)]
    assert [one.points for one in _once(rejected)] == [-2]


def test_nobody_is_a_rival_before_its_row_is_listed(kg: KnowledgeGraph) -> None:
    """The register lists ByteDance's own phone assistant, 豆包手机助手, on 2026-07-15."""
    rivals = []
    for day in ("2026-07-14", "2026-07-15"):
        found = {one.company.id: one for one in kg.partners_for("Apple", "phone-assistant", day)}
        rivals.append([r.fact_id for r in found["bytedance"].reasons if r.code == "rival"])
    assert rivals == [[], ["filing-beijing-doubaoshoujizhushou-202603120194"]]


def test_a_case_that_the_asker_denies_speaks_for_nobody(kg: KnowledgeGraph) -> None:
    """Apple's filing with Alibaba is Alibaba's own case with it, unless Apple asks as one that has filed nothing."""
    codes = []
    for facts in ({}, {"listed_filing": "no"}):
        answer = kg.market_entry_paths("Apple", "phone-assistant", DAY, facts=facts, flips=False)
        partners = [one for plan in answer.plans for one in plan.partners if one.company.id == "alibaba"]
        codes.append({reason.code for one in partners for reason in one.reasons})
    assert codes == [{"evidence", "partner", "control-list", "own-case"}, {"evidence", "partner", "control-list"}]


@pytest.mark.parametrize(
    ("modalities", "counts"),
    [(["image"], False), (["video", "image"], False), (["image", "text"], True), (["multi"], True), ([None], True),
     ([], True)],
)  # fmt: skip
def test_a_model_of_pictures_alone_is_no_evidence_for_a_chat(modalities: list[str | None], counts: bool) -> None:
    """What is not known to be silent counts, and so does any model for a service that does not talk."""
    rows = [SimpleNamespace(fact_id="f", kind="filing")]
    spoken = SimpleNamespace(read=lambda text, ids: [{"id": "f", "modalities": modalities}])
    for service, wanted in (("consumer-chatbot", counts), ("adas", True)):
        ask: Any = SimpleNamespace(store=spoken)
        found = _of_kind(ask, GRAPH, Seeker(None, service, "US", TODAY), rows)
        assert (found == rows) is wanted


def test_the_score_comes_before_the_number_of_pieces(kg: KnowledgeGraph) -> None:
    scores = [one.score for one in candidates(kg, "Apple", "phone-assistant").values()]
    assert scores == sorted(scores, reverse=True)


def test_who_asks_is_no_candidate_and_scores_fall(kg: KnowledgeGraph) -> None:
    rows = [one for one in kg.partners_for("Huawei", "phone-assistant", DAY) if one.requirement.id == "r.modelpartner"]
    assert "huawei" not in {one.company.id for one in rows}
    scores = [one.score for one in rows]
    assert scores == sorted(scores, reverse=True)


def test_own_precedents_come_first_and_open_steps_tell_their_gaps(kg: KnowledgeGraph) -> None:
    """Apple Intelligence is Apple's own; whether its store is checked depends on what Apple has not said."""
    plan = kg.market_entry_paths("Apple", "phone-assistant", DAY, flips=False).plans[0]
    own = [one.own for one in plan.precedents]
    assert own[0] and own == sorted(own, reverse=True) and not all(own)
    (step,) = [one for one in plan.steps if one.requirement.id == "r.store-check"]
    assert step.status == "depends" and step.gaps
    assert [gap for gap in plan.gaps if gap.requirement == "r.store-check"] == step.gaps
