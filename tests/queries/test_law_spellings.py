"""Laws, standards, duties, bodies and lists as people write them lead to the one that is meant, and to no other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from chinaai.face import KnowledgeGraph
from chinaai.graph.legal import RULED
from chinaai.graph.store import Store
from chinaai.queries.names import Names
from chinaai.queries.saved import QueryError

#: Spelling, type that is asked for, and what it means: an id; `a|b`, that it may mean several, which must be shown, or
#: `a|` for one that it may mean beside others; `?`, that nothing of ours is meant.
SPELLINGS = Path(__file__).parents[1] / "data" / "spellings-law.tsv"
ROWS = [tuple(line.split("\t")[1:]) for line in SPELLINGS.read_text(encoding="utf-8").splitlines()[1:]]
MEANT = [row for row in ROWS if "|" not in row[2] and row[2] != "?"]
SEVERAL = [row for row in ROWS if "|" in row[2]]
NAMED = " OR ".join(f"n:{label}" for label in sorted(RULED))


def found(names: Names, name: str, label: str) -> str:
    try:
        return names.find(name, (label,)).id
    except QueryError:
        return ""


@pytest.fixture
def without_hints(monkeypatch: pytest.MonkeyPatch) -> None:
    """Candidates take most of the time of a refusal, and are asked for in another test."""
    monkeypatch.setattr(Names, "near", lambda *_args, **_options: [])


@pytest.mark.usefixtures("without_hints")
def test_a_spelling_leads_to_what_is_meant(kg: KnowledgeGraph) -> None:
    assert len(MEANT) > 600
    wrong = {row: got for row in MEANT if (got := found(kg.lookup, row[1], row[0])) != row[2]}
    assert wrong == {}


@pytest.mark.usefixtures("without_hints")
def test_nothing_else_is_taken_for_it(kg: KnowledgeGraph) -> None:
    others = [row for row in ROWS if row not in MEANT]
    assert len(others) > 200
    assert {row: got for row in others if (got := found(kg.lookup, row[1], row[0]))} == {}


@pytest.mark.parametrize(("label", "name", "may_mean"), SEVERAL)
def test_a_name_of_several_shows_them_all(embedded_shipped: Store, label: str, name: str, may_mean: str) -> None:
    with pytest.raises(QueryError) as told:
        Names(embedded_shipped).resolve(name, (label,))
    assert [one for one in filter(None, may_mean.split("|")) if f" {one} (" not in str(told.value)] == []


@pytest.mark.usefixtures("without_hints")
def test_every_name_of_law_leads_to_its_own(kg: KnowledgeGraph) -> None:
    """As it is printed, in quotes, in full width and with its country: to it, or to several that bear the title."""
    rows = kg.store.read(
        f"MATCH (n:ChinaAI) WHERE ({NAMED}) AND n.retired IS NULL RETURN n.id AS id, labels(n) AS labels, "
        "n.name AS name, n.name_zh AS zh, n.country AS country"
    )
    assert len(rows) > 300
    wrong = []
    for row in rows:
        label = next(iter(RULED.intersection(row["labels"])))
        asked = [row["name"]] + [form for zh in [row["zh"]] if zh for form in (zh, f"《{zh}》", zh.replace("(", "（"))]
        if label == "Instrument" and row["country"] == "CN" and row["zh"] and not re.match("中国|.*关于", row["zh"]):
            asked.append("中华人民共和国" + row["zh"].removeprefix("中华人民共和国"))
        for name in asked:
            try:
                if kg.lookup.find(name, (label,)).id != row["id"]:
                    wrong.append((row["id"], name))
            except QueryError as several:
                if f" {row['id']} (" not in str(several):
                    wrong.append((row["id"], name))
    assert wrong == []


def test_a_question_takes_the_name_that_every_lawyer_writes(kg: KnowledgeGraph) -> None:
    duties = kg.run("law-duties", instrument="个人信息保护法")
    assert len(duties) > 3 and list(duties) == list(kg.run("law-duties", instrument="i.pipl"))


def test_a_draft_is_said_to_be_one(kg: KnowledgeGraph) -> None:
    plain = kg.lookup.find("互联网应用程序个人信息收集使用规定", ("Instrument",))
    assert plain.id == "i.apppi26" and "is known as a draft or plan alone" in plain.told
    assert kg.lookup.find("互联网应用程序个人信息收集使用规定（征求意见稿）", ("Instrument",)).told == ""


def test_another_edition_is_met_with_those_that_are_known(kg: KnowledgeGraph) -> None:
    with pytest.raises(QueryError, match=r"did you mean neglist2021 .*neglist2024 "):
        kg.resolve("外商投资准入特别管理措施（2020年版）", ("Instrument",))


@pytest.mark.parametrize(
    ("name", "model"),
    [
        ("Qwen/Qwen3-8B", "qwen3-8b"), ("深度求索R1", "deepseek-r1"), ("深度求索 V3", "deepseek-v3"),
        ("智谱GLM-4.6", "glm-46"), ("阿里Qwen3-8B", "qwen3-8b"),
    ],
)  # fmt: skip
def test_a_model_is_found_behind_its_maker(kg: KnowledgeGraph, name: str, model: str) -> None:
    """The repositories of Qwen are Alibaba's, and the model was made by its subsidiary."""
    assert kg.resolve(name, ("Model",)) == model == kg.resolve(name)


@pytest.mark.parametrize("name", ["百度R1", "腾讯GLM-4.6", "Qwen/GLM-4.6", "THUDM/Qwen3-8B"])
def test_a_model_of_another_maker_is_none(kg: KnowledgeGraph, name: str) -> None:
    with pytest.raises(QueryError, match="unknown Model"):
        kg.resolve(name, ("Model",))


def test_a_slip_in_a_name_of_two_characters_is_met_with_the_company(kg: KnowledgeGraph) -> None:
    with pytest.raises(QueryError, match=r"did you mean .*zhipu \(Company"):
        kg.resolve("智普", ("Company",))


@pytest.mark.parametrize(("name", "group"), [("抖音", "抖音集团"), ("Douyin", "Douyin Group")])
def test_a_word_of_a_group_is_said_to_be_one(kg: KnowledgeGraph, name: str, group: str) -> None:
    meant = kg.lookup.find(name, ("Company",))
    assert meant.id == "bytedance"
    assert meant.told == (
        f"'{name}' may mean a product or a part of {group}, which is bytedance (ByteDance); asked about bytedance"
    )
    for own in (group, "字节跳动", "ByteDance", "阿里巴巴", "Ant", "小米"):
        assert kg.lookup.find(own, ("Company",)).told == ""
