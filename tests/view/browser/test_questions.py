"""Plain questions to the shipped page, as a newcomer asks them: at most two clicks, and the answer in sight.

Typing in the search box is no click. The answers were read from the pages that the facts cite.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from chinaai import KnowledgeGraph
from chinaai.graph.store import Store

pytestmark = pytest.mark.slow
WINDOW = {"viewport": {"width": 1440, "height": 900}}
SEEN = """text => {
  const holds = el => el.checkVisibility() && el.innerText?.replace(/\\s+/g, " ").includes(text);
  const all = [...document.querySelectorAll("#app *")].filter(holds).filter(el => ![...el.children].some(holds));
  const tops = all.map(el => el.getBoundingClientRect().top);
  return tops.some(top => top >= 0 && top < innerHeight) ? "in sight" : "out of sight: " + tops.map(Math.round);
}"""


#: question -> typed in the search box, clicks, what must be in sight
QUESTIONS: dict[str, tuple[str, list[str], list[str]]] = {
    "who are Apple's partners, since when": (
        "", ["th[scope=row] a:has-text('Apple Inc.')"], ["Alibaba Group", "announced 2025-02-13"],
    ),
    "what speaks for Apple and Alibaba": (
        "", ["button.cell[aria-label^='Apple Inc. × Alibaba Group']"], ["Jiemian Global", "confirmed"],
    ),
    "what is disputed about Apple and Baidu": ("Apple Inc", [], ["Did Baidu have a part in Apple Intelligence"]),
    "who uses Qwen": ("qwen", [], ["Used by", "Apple Inc."]),
    "who works with Momenta": ("momenta", [], ["Works with", "BMW Group"]),
    "who invested in Moonshot": ("moonshot", [], ["Investors:"]),
    "who stands on a list": ("", ["#lens-lists"], ["1260H"]),
    "how long did Apple's filing take": ("Apple Inc", [], ["387 days to the listing"]),
    "what changed in the last ninety days": ("", ["#tab-changes", "#chg-90"], ["What changed"]),
    "which sources does the file hold": ("", ["#tab-sources"], ["news", "official"]),
    "who makes DeepSeek-R1": ("deepseek-r1", [], ["Made by", "DeepSeek"]),
    "苹果的合作方是谁": ("苹果公司", ["#b-lang"], ["合作方：", "阿里巴巴集团"]),
    "谁在用通义千问": ("通义千问", ["#b-lang"], ["被以下采用："]),
    "who leads DeepSeek": ("DeepSeek", [], ["Liang Wenfeng"]),
    "what does Unitree have to do with the register": ("Unitree", [], ["UnifoLM"]),
    "华为在哪些名单上": ("华为", ["#b-lang"], ["1260H"]),
}  # fmt: skip
#: The same to a page with the plan of Samsung's phone assistant, which holds a filing since July 2026.
PLANNED: dict[str, tuple[str, list[str], list[str]]] = {
    "which gate does Samsung's assistant need": ("", ["#tab-plan"], ["Gate: filing 备案 (held)"]),
    "when could it launch": ("", ["#tab-plan"], ["P50", "P90"]),
    "what comes first": ("", ["#tab-plan"], ["First: Personal-information compliance"]),
    "三星手机助手何时可以上线": ("", ["#tab-plan", "#b-lang"], ["关口：备案（已具备）"]),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_is_answered_in_two_clicks(page_file: Path, open_page: Any, question: str) -> None:
    answered(open_page(file=page_file, context=WINDOW), *QUESTIONS[question])


@pytest.mark.parametrize("question", PLANNED)
def test_a_question_of_market_entry_is_answered_in_two_clicks(
    planned_file: Path, open_page: Any, question: str
) -> None:  # fmt: skip
    answered(open_page(file=planned_file, context=WINDOW), *PLANNED[question])


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("个人信息保护法", "i.pipl"), ("《个人信息保护法》", "i.pipl"), ("中华人民共和国个人信息保护法", "i.pipl"),
        ("PIPL", "i.pipl"), ("PRC Personal Information Protection Law", "i.pipl"),
        ("Law on Personal Information Protection", "i.pipl"),
        ("GB45438", "i.gb45438"), ("GBT45654", "i.gbt45654"), ("GB/T 45654—2025", "i.gbt45654"),
        ("AI生成合成内容标识办法", "i.label"), ("深度合成规定", "i.deep"), ("Deep Synthesis Provisions", "i.deep"),
        ("上海网信办", "a.pcac-sh"), ("上海市网信办", "a.pcac-sh"),
        ("EO 14105", "eo14105"), ("大模型备案", "r.gai-filing"),
        ("等保三级", "r.mlps3"), ("EDI", "r.vats-b21"), ("CMC list", "list-1260h"), ("实体清单", "entity-list"),
    ],
)  # fmt: skip
def test_a_law_is_found_as_people_write_it(page_file: Path, open_page: Any, typed: str, first: str) -> None:
    page = open_page(file=page_file, context=WINDOW)
    page.ready()
    page.page.fill("#q", typed)
    shown = page.page.locator("#q-list li")
    shown.first.wait_for()
    assert any(one.rstrip().endswith(first) for one in shown.all_inner_texts()[:3])


def answered(page: Any, typed: str, clicks: list[str], expected: list[str]) -> None:
    """Type, click, and see the answer without scrolling."""
    page.ready()
    if typed:
        page.page.fill("#q", typed)
        page.page.locator("#q-list li").first.wait_for()
        page.page.press("#q", "Enter")
    assert len(clicks) <= 2
    for place in clicks:
        page.page.locator(place).first.click()
    for text in expected:
        assert page.page.evaluate(SEEN, text) == "in sight", text


def test_the_words_of_dates_are_those_of_the_answers(embedded_shipped: Store, page_file: Path, open_page: Any) -> None:
    """No fact of the matrix says "since" where the answer holds no beginning, and none says another day."""
    rows = KnowledgeGraph(embedded_shipped).foreign_chinese_partnerships(as_of="2026-11-28")
    page = open_page(file=page_file, context=WINDOW)
    page.ready()
    shown = page.page.evaluate(
        "() => [...document.querySelectorAll('button.cell')].map(b => b.getAttribute('aria-label')).join('\\n')"
    )
    assert len(rows) > 100
    for row in rows:
        word = (
            f"since {row.since}" if row.since else f"announced {row.announced}" if row.announced
            else f"seen {row.seen}" if row.seen else ""
        )  # fmt: skip
        line = [
            part for part in shown.split("\n") if part.startswith(f"{row.foreign_company} × {row.chinese_company}:")
        ]
        assert not line or word in line[0], (row.fact_id, word, line)


def test_back_returns_and_a_link_means_the_same_in_a_smaller_file(
    embedded_shipped: Store, page_file: Path, open_page: Any, tmp_path: Path
) -> None:
    page = open_page(file=page_file, context=WINDOW)
    page.ready()
    page.page.locator("th[scope=row] a:has-text('Apple Inc.')").first.click()
    assert page.page.title().startswith("Apple Inc.")
    link = page.fragment()
    page.page.go_back()
    assert page.page.title().startswith("Who works with whom")
    small = KnowledgeGraph(embedded_shipped).view(tmp_path / "apple.html", focus=["Apple"], as_of="2026-11-28")
    assert isinstance(small, Path) and small.stat().st_size < 420_000
    other = open_page(None, link, file=small, context=WINDOW)
    other.ready()
    assert other.page.title().startswith("Apple Inc.") and "announced 2025-02-13" in other.page.inner_text("#page")
