"""Makers and models, chips and fabs, people, capital and users: rows written from the pages that the facts cite."""

from __future__ import annotations

import pytest
from chinaai import KnowledgeGraph

#: Maker: its newest model and the day, from makers' repositories and the lists of models of that week.
NEWEST = {
    # the fast form of V2.6-Pro, sold by its maker a day after it
    "xiaomi": ({"mimo-v26-pro-ultraspeed"}, "2026-09-22"),
    "deepseek": ({"deepseek-v41-flash-1017"}, "2026-10-17"),
    "alibaba": ({"qwen-image-21"}, "2026-09-20"),
    "tencent": ({"hy4-preview"}, "2026-08-28"),
    "zhipu": ({"glm-53-flash"}, "2026-08-26"),
    "rednote": ({"dots3-note"}, "2026-08-14"),
    "ant-group": ({"llada-image"}, "2026-09-04"),
    "moonshot": ({"kimi-k31-pro"}, "2026-10-24"),
    "bytedance": ({"seedream-50-pro"}, "2026-07-01"),
    "meituan": ({"longcat-20"}, "2026-06-30"),
    "minimax": ({"minimax-m31-flash"}, "2026-10-18"),
    "stepfun": ({"step-37-flash"}, "2026-05-29"),
    "modelbest": ({"bitcpm-cann"}, "2026-05-22"),
    "baidu": ({"ernie-55-flash"}, "2026-11-11"),
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


def test_models_without_a_day_that_may_be_newer_are_told(kg: KnowledgeGraph) -> None:
    """Cards that bear no day of release; older ones without a day, as Ring-2.5-1T of February, are not in question."""
    told = {r.developer_id: r.undated for r in kg.run("newest-models", as_of="2026-11-28")}
    assert told["ant-group"] == ["Ling-3.1-flash-1019", "Ming-Image-0.1-Design"]
    assert told["modelbest"] == ["MiniCPM5-2B"] and told["baidu"] == told["moonshot"] == []
    (then,) = kg.run("newest-models", developer="面壁智能", as_of="2026-09-09")
    assert (then.model_id, then.undated) == ("bitcpm-cann", [])


def test_no_model_is_without_a_maker(kg: KnowledgeGraph) -> None:
    found = kg.cypher(
        "MATCH (m:ChinaAI) WHERE m:Model AND NOT EXISTS { (m)<-[:DEVELOPED]-(:ChinaAI) } RETURN m.id AS id ORDER BY id"
    )
    assert [row["id"] for row in found.rows] == []


#: Foreign firm: its Chinese partners, since when (a), made known when (b), last seen (c), from the pages cited.
PARTNERS = {
    "Apple": {("alibaba", None, "2025-02-13"), ("baidu", None, None)},
    "BMW": {
        ("huawei", None, "2025-03-17"), ("alibaba", "2019", None), ("deepseek", None, "2025-04-23"),
        ("momenta", None, "2025-07-15"), ("volcano-engine", None, "2025-04-25"),
    },
    "Tesla": {("baidu", "2020-01-17", None), ("volcano-engine", None, "2025-08")},
    "Volkswagen": {
        ("horizon", None, "2022-10-13"), ("xpeng", "2023-07-26", "2023-07-26"), ("ecarx", None, "2025-03"),
        # of its unit CARIAD
        ("thundersoft", None, "2023-04-13"), ("vivo", None, "2023-11-03"), ("horizon", "2023-11-20", "2022-10-13"),
    },
    "CARIAD": {
        ("thundersoft", None, "2023-04-13"), ("vivo", None, "2023-11-03"), ("horizon", "2023-11-20", "2022-10-13"),
    },
    "Mercedes-Benz": {("tencent", "2022-07-11", None), ("bytedance", "2023", None)},
    "LVMH": {("alibaba", "2019", None)},
}  # fmt: skip


@pytest.mark.parametrize("company", PARTNERS)
def test_partners_and_since_when(kg: KnowledgeGraph, company: str) -> None:
    rows = {(r.partner_id, r.since, r.announced) for r in kg.run("partnerships", company=company, as_of="2026-11-28")}
    assert PARTNERS[company] <= rows
    if company in ("Apple", "BMW", "Tesla", "Volkswagen"):
        assert rows == PARTNERS[company]


def test_a_unit_that_has_the_tie_is_named(kg: KnowledgeGraph) -> None:
    rows = kg.run("partnerships", company="Volkswagen", as_of="2026-11-28")
    assert {(r.unit, r.partner_id) for r in rows} == {
        (None, "horizon"), (None, "xpeng"), (None, "ecarx"),
        ("CARIAD", "thundersoft"), ("CARIAD", "vivo"), ("CARIAD", "horizon"),
    }  # fmt: skip


#: Company: day on which the Federal Register or the press of that day puts it on the US Entity List.
ENTITY_LIST = {
    "huawei": "2019-05-16", "hygon": "2019-06-24", "sugon": "2019-06-24", "iflytek": "2019-10-09",
    "sensetime": "2019-10-09", "hikvision": "2019-10-09", "megvii": "2019-10-09", "yitu": "2019-10-09",
    "smic": "2020-12-18", "phytium": "2021-04-08", "cambricon": "2022-12-16", "ymtc": "2022-12-16",
    "smee": "2022-12-16", "inspur": "2023-03-02", "biren": "2023-10-17", "moore-threads": "2023-10-17",
    "empyrean": "2024-12-02", "zhipu": "2025-01-16", "sophgo": "2025-01-16", "baai": "2025-03-25",
}  # fmt: skip


def test_who_stands_on_the_entity_list_since_when(kg: KnowledgeGraph) -> None:
    found = kg.cypher(
        "MATCH (c:ChinaAI:Company)-[r:NAMED_IN]->(l:ChinaAI:ControlList {id: 'entity-list'}) WHERE r.retired IS NULL "
        "RETURN c.id AS company, min(r.since) AS since"
    )
    assert ENTITY_LIST.items() <= {row["company"]: row["since"] for row in found.rows}.items()


#: Maker: its chips. Fab: what it makes, by the pages on the single chips.
CHIPS = {
    "biren": {"br100", "biren-166m"}, "hygon": {"shensuan-1"},
    "cambricon": {"mlu290-m5", "mlu370-s4", "mlu370-x8", "mlu590", "mlu690"},
    "t-head": {"hanguang-800", "zhenwu-810e", "zhenwu-m890", "zhenwu-v900", "zhenwu-j900"}, "enflame": {"enflame-s60"},
    "kunlunxin": {"kunlun-ii", "kunlunxin-p800", "kunlunxin-m100", "kunlunxin-m300"}, "xiaomi": {"xring-o1"},
    "metax": {"mxc500", "metax-n100", "metax-c600"}, "amd": {"mi308", "mi325x"},
    "moore-threads": {"mtt-s4000", "mtt-s5000", "mtt-huashan", "mtt-lushan"},
    "nio": {"nx9031"}, "xpeng": {"xpeng-turing"}, "horizon": {"journey-6p"}, "iluvatar": {"tiangai-100", "zhikai-100"},
}  # fmt: skip
FABS = {
    "smic": {"ascend-910b", "ascend-910c", "kirin-9030", "mlu590", "mlu690"},
    "tsmc": {"ascend-910c", "xring-o1", "enflame-s60", "h200", "h800"},
}  # fmt: skip


@pytest.mark.parametrize(("relation", "wanted"), [("DEVELOPED", CHIPS), ("MANUFACTURED", FABS)])
def test_chips_by_maker_and_by_fab(kg: KnowledgeGraph, relation: str, wanted: dict[str, set[str]]) -> None:
    found = kg.cypher(
        f"MATCH (c:ChinaAI:Company)-[r:{relation}]->(x:ChinaAI:Chip) WHERE r.retired IS NULL "
        "RETURN c.id AS company, collect(DISTINCT x.id) AS chips"
    )
    chips = {row["company"]: set(row["chips"]) for row in found.rows}
    assert {company: chips.get(company) for company in wanted} == wanted


def test_no_chip_is_without_a_maker_and_no_ticker_without_a_listing(kg: KnowledgeGraph) -> None:
    found = kg.cypher("MATCH (x:ChinaAI:Chip) WHERE NOT EXISTS { (x)<-[:DEVELOPED]-(:ChinaAI) } RETURN x.id AS id")
    assert [row["id"] for row in found.rows] == []
    found = kg.cypher(
        "MATCH (c:ChinaAI:Company) WHERE size(c.tickers) > 0 AND NOT EXISTS { (c)-[:LISTED_ON]->(:ChinaAI) } "
        "RETURN c.id AS id"
    )
    assert [row["id"] for row in found.rows] == []
