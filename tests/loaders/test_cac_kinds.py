"""Which kind of service a row of the register is: by a reviewed line, or by the words at the end of its name."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from chinaai.graph.elements import Batch
from chinaai.graph.model.register import LegalEntity
from chinaai.loaders.cac import CacLoader, read_lookups
from chinaai.loaders.cac.lookups import Unjudged
from chinaai.loaders.cac.resolve import Resolver
from made_register import FILINGS, REGISTERS, ROWS, context, small


class Loaded:
    """The register as it is loaded: its elements, names of its services, and the kinds that they were judged to be."""

    def __init__(self, batch: Batch) -> None:
        self.nodes, self.edges = batch.nodes, batch.edges
        self.services = {node.id: node.props["name"] for node in self.nodes if node.label == "Service"}
        self.judged = [edge for edge in self.edges if edge.type == "FOR_SERVICE"]


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return Loaded(CacLoader().read(REGISTERS, context()).batch)


def said(folder: Path, name: str, scenario: str = "", unjudged: bool = False) -> set[str]:
    """Kinds of a row of a new notice that prints this name."""
    first = ROWS[0].replace("甲大模型", name) + (f"适用场景={scenario}" if scenario else "")
    register = small(folder, first, *ROWS[1:])
    assert register.problems == []
    known = read_lookups(REGISTERS)
    if unjudged:
        line = Unjudged(printed=name, entity="甲（上海）科技有限公司", reason="looked at, and not found")
        known.unjudged.append(line)
    found = Resolver(known, context().identity).resolve(register.rows)
    return {line.kind for _, line in found.kinds}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("乙银行智能客服", "customer-service"),
        ("“乙小服”客服机器人", "customer-service"),
        ("乙ＡＩ客服 助手", "customer-service"),
        ("乙医疗AI智能客服大模型", "customer-service"),
        ("乙智能客服AI大模型助手", "customer-service"),
        ("乙车载智能语音助手", "in-car"),
        ("乙智能座舱大模型", "in-car"),
        ("乙手机语音助手", "phone-assistant"),
        ("乙AI学伴大模型", "education"),
        ("乙英语口语教练", "education"),
        ("乙绘画教学大模型", "education"),
        ("乙AI医生", "medical"),
        ("乙文生视频大模型", "image-video"),
        ("乙写作机器人", "content-tool"),
        ("乙情感陪伴大模型", "companion"),
        ("乙AI聊天助手", "consumer-chatbot"),
        ("乙AI搜索", "search"),
        ("乙智能NPC", "game"),
        ("乙具身智能大模型", "robotics"),
    ],
)
def test_a_row_of_a_new_notice_whose_name_says_its_kind_has_it(tmp_path: Path, name: str, kind: str) -> None:
    assert said(tmp_path, name) == {kind}


@pytest.mark.parametrize(
    "name",
    [
        "客服培训大模型", "智能客服质检助手", "客服陪练助手", "客服工单系统", "客服坐席",  # what serves the staff
        "车险智能助手", "车载芯片设计助手", "车机测试大模型", "座舱声学大模型",
        "手机银行智能助手", "手机壳设计助手", "手机维修助手",
        "教育装备采购助手", "安全教育大模型", "党员教育助手", "投资者教育大模型", "健康教育助手", "教学楼导览",
        "医保智能助手", "药监小智", "医学科研助手", "宠物AI医生", "设备健康管家", "汽车问诊助手",
        "电池健康助手", "税务健康助手",
        "视频理解大模型", "视频客户端助手", "图像识别大模型", "政务数字人", "虚拟数字人问答应用",
        "公文写作助手", "广告法盾", "AIGCode代码大模型", "论文写作助手", "病历写作助手",
        "学习陪伴助手", "陪伴机器人产线大模型", "科研对话大模型", "搜索广告投放助手",
        "智能体平台", "政务服务智能体", "工业机器人大模型", "大模型", "智能助手", "小乙",
    ],
)  # fmt: skip
def test_a_name_in_which_the_words_say_another_thing_has_none(tmp_path: Path, name: str) -> None:
    assert said(tmp_path, name) == set()


def test_phones_printed_as_the_scenario_say_it_and_other_devices_do_not(tmp_path: Path) -> None:
    assert said(tmp_path, "乙AI", "乙手机") == {"phone-assistant"}
    assert said(tmp_path, "乙AI", "乙眼镜") == set()


def test_no_word_speaks_of_a_service_that_was_looked_at(tmp_path: Path) -> None:
    assert said(tmp_path, "乙客服", unjudged=True) == set()


def test_every_judgement_says_why_and_leads_to_a_source(loaded: Loaded) -> None:
    pages = {node.id for node in loaded.nodes if node.label == "Source"}
    assert all(edge.props["note"] and set(edge.props["sources"]) <= pages for edge in loaded.judged)
    assert all(0.7 <= edge.props["confidence"] <= 0.95 for edge in loaded.judged)
    zeiss = next(edge for edge in loaded.judged if loaded.services[edge.start[1]] == "蔡司智能客服")
    assert zeiss.props["note"] == "The printed name says customer service (客服)."


def test_every_printed_customer_service_is_judged_and_nothing_else_but_volvos(loaded: Loaded) -> None:
    """小沃智能助手 is one by a page; all others print 客服 or 客户服务."""
    with FILINGS.open(encoding="utf-8", newline="") as file:
        printed = {row["name"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}
    says = {name for name in printed if "客服" in name or "客户服务" in name}
    judged = {loaded.services[edge.start[1]] for edge in loaded.judged if edge.end[1] == "customer-service"}
    assert judged == {*says, "小沃智能助手"}


def test_each_service_of_a_foreign_owner_has_a_kind_or_a_line_that_says_why_not(loaded: Loaded) -> None:
    abroad = {
        node.id for node in loaded.nodes
        if node.label == LegalEntity.__name__ and node.props.get("owner_class") == "foreign"
    }  # fmt: skip
    filed = {edge.start[1] for edge in loaded.edges if edge.type == "FILED_BY" and edge.end[1] in abroad}
    theirs = {edge.end[1] for edge in loaded.edges if edge.type == "COVERS" and edge.start[1] in filed}
    open_ = {loaded.services[one] for one in theirs - {edge.start[1] for edge in loaded.judged}}
    assert len(theirs) == 20
    assert open_ == {line.printed for line in read_lookups(REGISTERS).unjudged}
