"""What meets at a place, against rows worked out by hand from the seeds and the printed register."""

from __future__ import annotations

import pytest
from chinaai.face import KnowledgeGraph
from chinaai.graph.errors import ChinaAIError
from chinaai.graph.places import places
from chinaai.loaders.base import SEEDS
from chinaai.loaders.curated.read import read_seeds
from chinaai.queries.names import AmbiguousNameError, QueryError

DAY = "2026-11-24"
#: Companies and funds whose `hq` reads Shanghai, alone or beside Hong Kong.
SHANGHAI = {
    "acm-shanghai", "agibot", "aishengna", "amec", "bilibili", "biren", "china-literature", "enflame", "guozhi-invest",
    "hesai", "hua-hong", "huali", "iluvatar", "lightelligence", "metax", "minimax", "montage", "national-ai-fund",
    "nio", "pudong-vc", "quectel", "rednote", "saic", "saic-gm", "sensetime", "sh-guotou-lead", "smee", "smic",
    "stepfun",
    "trip-com", "yitu", "yuliangsheng", "zhangjiang-group", "zhongan",
}  # fmt: skip


@pytest.mark.parametrize("name", ["Shanghai", "上海", "上海市"])
def test_an_office_filings_companies_and_zone_rules_meet_in_shanghai(kg: KnowledgeGraph, name: str) -> None:
    rows = kg.run("place", place=name, as_of=DAY)
    first, office, filings, registrations, entities = rows[:5]
    assert (first.kind, first.about_zh) == ("place", "上海市")
    assert first.says == "part of China; holds Lin-gang Special Area of Shanghai, Pudong"
    assert (office.kind, office.about_id, office.at) == ("office", "o.sh", "Shanghai")
    assert office.says.endswith("no telephone, portal or form on record") and office.sources
    # 188 rows of 备案 of 上海市, each numbered before its listing; of 224 rows of 登记 211 bear the day of it.
    assert (filings.kind, filings.n, filings.waits, filings.median) == ("filing", 188, 188, 28)
    assert (registrations.kind, registrations.n, registrations.waits) == ("registration", 224, 13)
    assert registrations.note == "no wait known for 211, so the others are not typical"
    assert entities.kind == "legal entities" and entities.n < 188 + 224
    rules = {row.about_id: row for row in rows if row.kind == "rule"}
    assert set(rules) == {"i.shneg26", "i.vatspilot", "r.xb"}
    assert rules["i.shneg26"].says == "holds here; behind Free-trade-zone data negative list"
    assert rules["i.vatspilot"].says.startswith("holds in a part of it: Lin-gang Special Area of Shanghai, Pudong;")
    assert rules["i.shneg26"].sources and rules["i.vatspilot"].sources
    seated = {row.about_id: row for row in rows if row.kind == "company"}
    assert set(seated) == SHANGHAI
    assert "no page is cited" in seated["smic"].note


def test_a_city_meets_the_office_and_the_filings_of_its_province(kg: KnowledgeGraph) -> None:
    rows = kg.run("place", place="深圳", as_of=DAY)
    office, filings, registrations = (row for row in rows if row.kind in ("office", "filing", "registration"))
    assert (office.about_id, office.at) == ("o.gd", "Guangdong")
    assert "telephone 020-87100795 (notice of April 2024)" in office.says
    assert (filings.at, filings.n) == ("Guangdong", 194)
    assert filings.note.startswith("of all Guangdong, as the register prints no city")
    # Four waits are too few for a median to be read as one.
    assert (registrations.n, registrations.waits) == (78, 4)
    assert registrations.note.endswith("fewer than 5 waits: read them one by one")
    rules = {row.about_id: row.says for row in rows if row.kind == "rule"}
    assert set(rules) == {"i.gbasc", "i.vatspilot", "r.xb"}
    assert all(says.startswith("holds here") for says in rules.values())
    assert {row.about_id for row in rows if row.kind == "company"} == {
        "byd", "cec", "hisilicon", "honor", "huawei", "robosense", "tencent", "tencent-music", "ubtech", "zte",
    }  # fmt: skip


def test_a_province_without_an_office_says_so_and_few_waits_too(kg: KnowledgeGraph) -> None:
    first, filings, *rest = kg.run("place", place="海南省", as_of=DAY)
    assert first.says == "part of China; holds Hainan Free Trade Port; no office of it is on record"
    assert (filings.n, filings.waits, filings.note) == (2, 2, "fewer than 5 waits: read them one by one")
    assert [row.about_id for row in rest if row.kind == "rule"] == ["i.vatspilot"]


def test_a_region_with_law_of_its_own_has_no_filings_of_the_mainland(kg: KnowledgeGraph) -> None:
    rows = kg.run("place", place="Hong Kong", as_of=DAY)
    assert {row.kind for row in rows} == {"place", "rule", "company"}
    assert {row.about_id for row in rows if row.kind == "company"} == {"aspex", "lenovo", "sensetime"}
    assert [row.kind for row in kg.run("place", place="澳门", as_of=DAY)] == ["place"]


def test_all_rows_of_the_register_meet_in_china(kg: KnowledgeGraph) -> None:
    counts = {row.kind: (row.n, row.waits) for row in kg.run("place", place="China", as_of=DAY) if row.n}
    assert counts["filing"] == (1112, 1111) and counts["registration"] == (730, 136)


def test_nothing_is_shown_before_its_day(kg: KnowledgeGraph) -> None:
    """The city-wide list of Shanghai came on 2026-04-24; its first filing was printed in 2024."""
    early = kg.run("place", place="Shanghai", as_of="2026-04-23")
    assert "i.shneg26" not in {row.about_id for row in early}
    kinds = {row.kind for row in kg.run("place", place="Shanghai", as_of="2022-01-01")}
    assert kinds <= {"place", "office", "company", "rule"}


def test_a_cited_seat_stands_with_its_source(kg: KnowledgeGraph) -> None:
    (row,) = [row for row in kg.run("place", place="合肥", as_of=DAY) if row.about_id == "iflytek"]
    assert row.fact_id == "iflytek-based-hefei" and row.note is None
    assert {source.id for source in row.sources} == {"jw-iflytek-hefei"}


def test_an_office_takes_what_was_law_on_the_day(kg: KnowledgeGraph) -> None:
    """Filing of services is law since 2023-08-15, registration since 2024-04-28, one route for data since 2021-11."""
    early = kg.run("place", place="Shanghai", as_of="1990-12-31")
    assert {row.kind for row in early} == {"place", "company"}
    assert {row.note for row in early if row.kind == "company"} == {
        "as the curator wrote it; no page is cited for a seat, and no day is known"
    }
    then = {row.kind: row for row in kg.run("place", place="Shanghai", as_of="2024-04-27")}
    assert then["office"].says == (
        "takes Generative AI service filing (备案) of own or modified model; no telephone, portal or form on record"
    )
    assert then["rule"].about_id == "r.xb"


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("西安", "cn-sn"), ("Xi'an", "cn-sn"), ("Nanjing", "cn-js"), ("南京市", "cn-js"), ("Nanking", "cn-js"),
        ("Wuhan", "wuhan"), ("Suzhou, Anhui", "cn-ah"), ("Suzhou, Jiangsu", "suzhou"), ("海淀区", "cn-bj"),
        ("深", "shenzhen"), ("浙江省杭州市", "hangzhou"), ("Shenzhen, Guangdong", "shenzhen"), ("中国上海", "cn-sh"),
        ("延边朝鲜族自治州", "cn-jl"), ("深圳市南山区", "shenzhen"), ("雄安新区", "cn-he"), ("臺灣", "taiwan"),
        ("Guangdong 省", "cn-gd"), ("广东 province", "cn-gd"), ("广东Province", "cn-gd"), ("Zhejiang Sheng", "cn-zj"),
        ("粤", "cn-gd"), ("SH", "cn-sh"), ("Kwangtung", "cn-gd"), ("Peking", "cn-bj"), ("Canton", "guangzhou"),
    ],
)  # fmt: skip
def test_a_place_is_found_as_people_write_it(kg: KnowledgeGraph, name: str, place: str) -> None:
    assert kg.resolve(name, ("Jurisdiction",)) == place


def test_a_city_that_has_no_node_leads_to_its_province_and_says_so(kg: KnowledgeGraph) -> None:
    told = kg.lookup.find("西安", ("Jurisdiction",)).told
    assert told == "'西安' is a place in Shaanxi, Xi'an (西安); asked about cn-sn"
    assert kg.lookup.find("GZ", ("Jurisdiction",)).told == (
        "'GZ' is the code of Guizhou (ISO 3166-2); asked about cn-gz"
    )
    assert kg.lookup.find("贵", ("Jurisdiction",)).told == ""
    with pytest.raises(QueryError, match="unknown Company '西安'"):
        kg.resolve("西安", ("Company",))


def test_cities_that_are_written_alike_are_told_with_their_provinces(kg: KnowledgeGraph) -> None:
    with pytest.raises(AmbiguousNameError) as refused:
        kg.resolve("Fuzhou", ("Jurisdiction",))
    assert str(refused.value) == (
        "'Fuzhou' is the name of 2 places; write its Chinese name or its province: "
        "Fuzhou (福州) in Fujian (cn-fj), Fuzhou (抚州) in Jiangxi (cn-jx)"
    )


@pytest.mark.parametrize("name", ["Huawei City", "腾讯市", "Qwen Province", "GD", "粤"])
def test_the_rank_of_a_place_makes_nothing_else_a_place(kg: KnowledgeGraph, name: str) -> None:
    with pytest.raises(QueryError, match="unknown entity"):
        kg.resolve(name)


def test_the_table_of_places_agrees_with_the_seeds() -> None:
    seeded = [one.item for one in read_seeds(SEEDS).entities if one.item.label() == "Jurisdiction"]
    told = {one.id: one for one in seeded if one.level == "province" or one.id in ("hong-kong", "macao", "taiwan")}
    for one in told.values():
        if one.id != "cn-sasac":
            assert [(place.province, place.kind) for place in places(one.name_zh)] == [(one.id, "province")]
    for one in seeded:
        if one.level == "city":
            assert [place.province for place in places(one.name_zh)] == [name for name in one.part_of if name in told]


@pytest.mark.parametrize(
    ("given", "province", "told"),
    [
        ("西安", "shaanxi", ["'西安' is a place in Shaanxi, Xi'an (西安); asked about cn-sn"]),
        ("广东 province", "guangdong", []),
        ("沪", "shanghai", []),
        ("杭州", "zhejiang", ["'杭州' is a place in Zhejiang, Hangzhou (杭州); asked about cn-zj"]),
    ],
)  # fmt: skip
def test_a_case_takes_the_province_of_a_city_and_says_so(
    kg: KnowledgeGraph, given: str, province: str, told: list[str]
) -> None:
    kg.lookup.told.clear()
    answer = kg.market_entry_paths(None, "chatbot", DAY, facts={"province": given})
    assert answer.case["province"].value == province
    assert kg.lookup.told == told


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (
            {"province": "Suzhou"},
            "; that is Suzhou (苏州) in Jiangsu (cn-js) or Suzhou (宿州) in Anhui (cn-ah); use beij",
        ),
        ({"province": "Guandong"}, "'province' can't be 'Guandong'; did you mean guangdong? use beijing, "),
        ({"province": "Hong Kong"}, "'province' can't be 'Hong Kong'; use beijing, "),
        ({"zone": "香港"}, "'zone' can't be '香港'; use none, gba, "),
    ],
)
def test_what_is_no_province_is_told_with_what_it_is(kg: KnowledgeGraph, facts: dict[str, str], told: str) -> None:
    with pytest.raises(ChinaAIError) as refused:
        kg.market_entry_paths(None, "chatbot", DAY, facts=facts)
    assert told in str(refused.value)


@pytest.mark.parametrize("text", ["苏州" * 20, "China " * 9, "a, " * 19 + "b", "中国" * 20_000, "Suzhou / " * 9_000])
def test_a_text_of_many_places_is_read_at_once(text: str) -> None:
    """Each half was read anew for each half: 苏州 twenty times took for ever."""
    assert len(places(text)) < 2


@pytest.mark.parametrize("text", ["a " * 100_000, "China " * 20_000, "qwen/" * 20_000, "集团" * 30_000])
def test_a_text_that_is_too_long_for_a_name_is_refused_with_names_like_its_beginning(
    kg: KnowledgeGraph, text: str
) -> None:
    for types in (("Company",), ("Jurisdiction",), ("Model",), ()):
        with pytest.raises(QueryError, match=r"^unknown ") as told:
            kg.resolve(text, types)
        assert len(str(told.value)) < 500
