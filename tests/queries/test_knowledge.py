"""Makers and models, chips and fabs, people, capital and users: rows written from the pages that the facts cite."""

from __future__ import annotations

import pytest
from chinaai import KnowledgeGraph

#: Maker: its newest model and the day, from makers' repositories and the lists of models of that week.
NEWEST = {
    "xiaomi": ({"mimo-v26-pro", "mimo-v26-flash"}, "2026-09-21"),
    "deepseek": ({"deepseek-v41-flash"}, "2026-09-10"),
    "alibaba": ({"qwen38-max-0902"}, "2026-09-02"),
    "tencent": ({"hy4-preview"}, "2026-08-28"),
    "zhipu": ({"glm-53-flash"}, "2026-08-26"),
    "rednote": ({"dots3-note"}, "2026-08-14"),
    "ant-group": ({"ling-30-tiny"}, "2026-08-11"),
    "moonshot": ({"kimi-k3"}, "2026-07-16"),
    "bytedance": ({"seedream-50-pro"}, "2026-07-08"),
    "meituan": ({"longcat-20"}, "2026-06-30"),
    "minimax": ({"minimax-m3"}, "2026-06-01"),
    "stepfun": ({"step-37-flash"}, "2026-05-29"),
    "modelbest": ({"bitcpm-cann"}, "2026-05-22"),
    "baidu": ({"ernie-51"}, "2026-05"),
    "sensetime": ({"sensenova-67-flash-lite"}, "2026-05-08"),
}


def test_the_newest_model_of_each_main_maker(kg: KnowledgeGraph) -> None:
    rows = kg.run("newest-models", as_of="2026-11-28")
    for maker, (models, day) in NEWEST.items():
        assert {(r.model_id, r.released) for r in rows if r.developer_id == maker} == {(m, day) for m in models}, maker


@pytest.mark.parametrize(
    ("day", "model"), [("2026-07-16", "kimi-k3"), ("2026-07-15", "kimi-k27-code"), ("2025-11-06", "kimi-k2-thinking")]
)
def test_the_newest_model_is_that_of_the_day_asked(kg: KnowledgeGraph, day: str, model: str) -> None:
    found = [r.model_id for r in kg.run("newest-models", developer="月之暗面", as_of=day)]
    # fast and turbo forms that hosts sell since the same day come from the open data under ids of their own
    assert [key for key in found if not key.startswith("open-")] == [model]


def test_no_model_is_without_a_maker(kg: KnowledgeGraph) -> None:
    found = kg.cypher(
        "MATCH (m:ChinaAI) WHERE m:Model AND NOT EXISTS { (m)<-[:DEVELOPED]-(:ChinaAI) } RETURN m.id AS id ORDER BY id"
    )
    assert [row["id"] for row in found.rows] == []
