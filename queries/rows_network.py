"""Rows of the answers that networkx computes. Each shows the facts it rests on."""

from __future__ import annotations

from typing import Any

from .rows import CitedRow


class InfluenceRow(CitedRow):
    """An entity by its share of a random walk over the facts. `confidence` is the mean over its facts."""

    rank: int
    id: str
    name: str
    name_zh: str | None
    type: str
    score: float
    facts: int
    neighbours: int
    strongest: list[dict[str, Any]]


class CommunityRow(CitedRow):
    """A hub and those it holds together. `confidence` is the mean over the facts inside."""

    hub_id: str
    hub: str
    hub_zh: str | None
    size: int
    facts_inside: int
    facts_outside: int
    members: list[str]
    member_ids: list[str]
    strongest: list[dict[str, Any]]


class EvidencePathRow(CitedRow):
    """The best evidenced chain of facts: the largest product of confidences. `confidence` is its weakest step."""

    length: int
    nodes: list[str]
    node_ids: list[str]
    steps: list[dict[str, Any]]
    joint_confidence: float
    confidence: float
