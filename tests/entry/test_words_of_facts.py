"""Facts of a case as sentences: every value of every fact reads as a clause in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from chinaai.graph.countries import country_name
from chinaai.graph.entry.condition import Condition
from chinaai.graph.entry.facts import Words
from chinaai.graph.entry.model import EntryGraph
from chinaai.loaders.entry import read_entry

SEEDS = Path(__file__).resolve().parents[2] / "seeds" / "entry"
#: What no clause begins with or holds: a name that stands for a sentence, two verbs, a code.
_EN = re.compile(r"^[A-Z][a-z]|\bis (is|under|no vehicle|none)\b|\bpersons .*\bis\b|\b(?!L\d)[A-Z]{2}$")
_ZH = re.compile(r"为(为|不(?!满|足|超)|无$|仅)|[A-Z]{2}$")


@pytest.fixture(scope="module")
def graph() -> EntryGraph:
    return read_entry(SEEDS).graph()


def test_every_value_of_a_fact_reads_as_a_clause(graph: EntryGraph) -> None:
    words, odd, seen = Words(graph.facts), [], 0
    for fact in graph.facts.values():
        values = ("US", "KR") if fact.type == "country" else () if fact.type == "date" else fact.values() or ()
        for value in values:
            seen += 1
            en, zh = words.fact(fact.id, value), words.fact(fact.id, value, "zh")
            odd += [en] if _EN.search(en) else []
            odd += [zh] if _ZH.search(zh) else []
    assert seen > 150 and odd == []


@pytest.mark.parametrize(
    ("fact", "value", "en", "zh"),
    [
        ("seat", "US", "the group has its seat in the United States", "集团总部位于美国"),
        ("seat", "KR", "the group has its seat in South Korea", "集团总部位于韩国"),
        # no usual name is on record of it: its code says it
        ("seat", "UY", "the group has its seat in UY", "集团总部位于UY"),
        ("model", "own", "the model is an own model made for China", "使用为中国自研的模型"),
        ("vehicle", "none", "it is not for vehicles", "不用于车辆"),
        ("vehicle", "cockpit", "it works in a vehicle: the cabin only", "用于车辆：仅座舱"),
        ("persons_out", "over-1m",
         "personal data (other than sensitive) of one million or more persons leave in a year",
         "一年内出境的（非敏感）个人信息人数为100万人以上"),
        ("persons_out", "none", "no personal data (other than sensitive) leave", "没有非敏感个人信息出境"),
        ("province", "sichuan", "the company is in Sichuan", "公司在四川省"),
    ],
)  # fmt: skip
def test_clauses(graph: EntryGraph, fact: str, value: str, en: str, zh: str) -> None:
    words = Words(graph.facts)
    assert (words.fact(fact, value), words.fact(fact, value, "zh")) == (en, zh)


@pytest.mark.parametrize(
    ("condition", "en", "zh"),
    [
        ({"sensitive_out": {"from": "from-10k"}}, "sensitive personal data of 10,000 or more persons leave in a year",
         "一年内出境的敏感个人信息人数为1万人以上"),
        ({"persons_out": {"below": "100k-1m"}},
         "personal data (other than sensitive) of fewer than 100,000 persons leave in a year or "
         "no personal data (other than sensitive) leave",
         "一年内出境的（非敏感）个人信息人数为不满10万人或没有非敏感个人信息出境"),
        ({"vehicle": ["none", "cockpit"]}, "it works in a vehicle: the cabin only or it is not for vehicles",
         "用于车辆：仅座舱或不用于车辆"),
    ],
)  # fmt: skip
def test_several_values_of_one_fact(graph: EntryGraph, condition: dict[str, object], en: str, zh: str) -> None:
    words, asked = Words(graph.facts), Condition(condition)
    assert (words.condition(asked), words.condition(asked, "zh")) == (en, zh)


@pytest.mark.parametrize(("code", "en", "zh"), [("TR", "Turkey", "土耳其"), ("GB", "the United Kingdom", "英国")])
def test_a_country_is_named_in_both_languages(code: str, en: str, zh: str) -> None:
    assert (country_name(code), country_name(code, "zh")) == (en, zh)
