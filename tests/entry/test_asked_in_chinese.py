"""Who asks in Chinese reads the whole answer in Chinese first; who asks in English reads what they did."""

from __future__ import annotations

import re

import pytest
from chinaai.cli.paths_chinese import chinese_lines, in_chinese
from chinaai.cli.paths_text import print_answer
from chinaai.cli.paths_unknown import sought
from chinaai.face import KnowledgeGraph
from chinaai.graph.store import Store
from chinaai.queries.entry import EntryAnswer

DAY = "2026-12-01"
#: Words of a Latin script that Chinese texts on AI bear: names, abbreviations, ids behind --set and addresses.
_FOREIGN = re.compile(r"[A-Za-z][A-Za-z'-]+")
_USED = re.compile(r"https?://\S+|（[a-z_0-9]+）|--set|P\d\d|L[234]|OpenAI|Anthropic")


@pytest.fixture
def embedded_kg(embedded_shipped: Store) -> KnowledgeGraph:
    return KnowledgeGraph(embedded_shipped)


def asked(kg: KnowledgeGraph, service: str, seat: str = "US", flips: bool = False, **facts: str) -> EntryAnswer:
    return kg.market_entry_paths(None, service, DAY, seat=seat, onshore=True, facts=facts, flips=flips)


@pytest.mark.parametrize(
    ("words", "so"),
    [(("chatbot", "US"), False), (("聊天机器人",), True), (("chatbot", None, "省份=上海"), True), ((None,), False)],
)
def test_the_language_of_a_question(words: tuple[str | None, ...], so: bool) -> None:
    assert in_chinese(*words) is so


@pytest.mark.parametrize(
    ("service", "facts"),
    [
        ("聊天机器人", {}), ("智能客服", {}), ("情感陪伴", {}), ("内部使用", {}), ("企业软件", {}), ("云", {}),
        ("医疗", {"diagnosis": "yes"}), ("教育", {"school": "yes"}), ("车机", {}), ("机器人", {}), ("开源模型", {}),
    ],
)  # fmt: skip
def test_a_chinese_answer_has_no_english_sentence_in_it(
    kg: KnowledgeGraph, service: str, facts: dict[str, str]
) -> None:
    lines = list(chinese_lines(asked(kg, service, flips=False, **facts), 1))
    english = [line for line in lines if len(_FOREIGN.findall(_USED.sub("", line))) > 3]
    assert len(lines) > 15 and english == []


def test_a_chinese_answer_says_what_the_english_one_says(kg: KnowledgeGraph) -> None:
    answer = asked(kg, "聊天机器人", flips=False)
    text = "\n".join(chinese_lines(answer, 1))
    assert text.startswith("未具名的申请主体 · 面向公众的聊天机器人 · 自2026-12-01起办理\n  首选：通过自有境内公司；")
    assert all(step.requirement.name_zh in text for step in answer.plans[0].steps if step.status != "not-applicable")
    assert " 算法备案 · 本公司 · 60/?/90天（实务观察） · 依据：《互联网信息服务算法推荐管理规定》第24条" in text
    assert "收费服务（paid）" in text and "集团车型" not in text and "车型已在内地销售" not in text
    assert (
        "  从境外提供：面向公众的服务须办理备案和许可" in text
        and "依据：《生成式人工智能服务管理暂行办法》第20条" in text
    )
    assert "采用：备案（任何模型均可" in text and "亦可：登记（" in text


def test_every_way_of_a_choice_has_a_chinese_name(kg: KnowledgeGraph) -> None:
    bare = [
        way.way.id
        for service in ("consumer-chatbot", "saas", "cloud", "medical", "adas", "internal-tool")
        for row in asked(kg, service, flips=False).choices
        for way in row.ways
        if not way.way.name_zh
    ]
    assert bare == []


@pytest.mark.parametrize(
    ("service", "never", "some"),
    [
        (
            "consumer-chatbot",
            {"cars_on_sale", "map_number", "carry_permit", "l3_permit", "faces_stored"},
            {"paid", "users"},
        ),
        ("adas", {"algorithm_filed", "b11_held", "carry_permit"}, {"important_out", "users"}),
        ("internal-tool", {"paid", "cars_on_sale", "sensitive_investment"}, {"onshore_servers", "persons_out"}),
    ],
)
def test_nobody_is_asked_for_what_changes_nothing(
    embedded_kg: KnowledgeGraph, capsys: pytest.CaptureFixture[str], service: str, never: set[str], some: set[str]
) -> None:
    answer = asked(embedded_kg, service, flips=True)
    unknown = {name for name, fact in answer.case.items() if fact.value is None}
    asks = set(sought(answer))
    assert asks <= unknown and not asks & never and some <= asks
    print_answer(answer, limit=1, explain=False)
    (line,) = [
        line for line in capsys.readouterr().out.replace("\n    ", " ").splitlines() if line.startswith("  unknown: ")
    ]
    assert not any(f"({name})" in line for name in never)
