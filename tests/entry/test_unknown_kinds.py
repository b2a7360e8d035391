"""A product that is no kind of service: newcomers' words lead to the kinds they may be of, never to one by spelling.

The kinds were judged by what the product does, before an answer was looked at."""

from __future__ import annotations

import pytest
from chinaai.face import KnowledgeGraph
from chinaai.queries.params import QueryError

DAY = "2026-12-01"


def hint(kg: KnowledgeGraph, word: str) -> str:
    with pytest.raises(QueryError) as error:
        kg.market_entry_paths(None, word, DAY, seat="JP", flips=False)
    return str(error.value).partition("; ")[2].partition(" kinds: ")[0]


@pytest.mark.parametrize(
    ("word", "kinds"),
    [
        ("hearing aid", ["medical", "phone-assistant"]),  # it was told as education, spelled like hearing
        ("助听器", ["medical", "phone-assistant"]),
        ("AR glasses", ["phone-assistant"]),  # as in-car
        ("智能手表", ["phone-assistant"]),  # as ai-agent
        ("smartwatch", ["phone-assistant"]),  # as search
        ("smart TV", ["phone-assistant"]),
        ("电子书阅读器", ["phone-assistant"]),
        ("game console", ["game", "phone-assistant"]),
        ("toy with a chat voice", ["consumer-chatbot", "companion", "robotics"]),
        ("CRM copilot", ["saas"]),
        ("insurance pricing", ["saas"]),
        ("信贷风控", ["saas"]),
        ("medical imaging", ["medical"]),
        ("医学影像", ["medical"]),
        ("dating app", ["recommender", "social"]),  # as education
        ("robo-advisor", ["consumer-chatbot", "recommender"]),  # as robotaxi
        ("小程序", ["consumer-chatbot"]),
        ("内部知识库", ["internal-tool"]),
        ("境外公司在华上线聊天机器人", ["consumer-chatbot"]),  # 机器人 stands in it as a part of 聊天机器人 alone
        ("企业内部使用", ["internal-tool"]),
        ("companionn", ["companion"]),  # a slip of the pen
        ("聊天机器入", ["consumer-chatbot"]),
    ],
)
def test_a_product_leads_to_the_kinds_it_may_be_of(kg: KnowledgeGraph, word: str, kinds: list[str]) -> None:
    assert hint(kg, word) == f"did you mean {' or '.join(kinds)}?"


@pytest.mark.parametrize("word", ["drone", "camera", "出海", "国内公司出海", "online shop", "地图"])
def test_what_is_like_no_kind_is_led_to_none(kg: KnowledgeGraph, word: str) -> None:
    assert hint(kg, word).startswith("kinds: ")


@pytest.mark.parametrize(
    ("word", "what", "rule"),
    [
        ("大模型备案", "duty", "r.gai-filing"),
        ("算法备案", "duty", "r.algo-filing"),  # it was told as a recommender, 推荐算法
        ("标识办法", "law", "i.label"),
    ],
)
def test_a_duty_or_a_law_is_no_kind_and_is_named(kg: KnowledgeGraph, word: str, what: str, rule: str) -> None:
    said = hint(kg, word)
    assert said.startswith(f"it names a {what} ({rule}), of which 'chinaai ask law-") and "did you mean" not in said
