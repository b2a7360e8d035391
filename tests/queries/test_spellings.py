"""Names as vendors, registers and people write them lead to the company that is meant, and to no other."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from chinaai.face import KnowledgeGraph
from chinaai.graph.store import Store
from chinaai.loaders.base import SEEDS
from chinaai.loaders.build import build_folder
from chinaai.loaders.curated.names import read_names
from chinaai.loaders.curated.read import read_seeds
from chinaai.queries.names import Names
from chinaai.queries.saved import QueryError

#: Spellings taken from public files, with the company each means: `!x` means "not x", `?` "none of ours".
PUBLIC = Path(__file__).parents[1] / "data" / "spellings.tsv"
#: Further ones, written for this test; `?`: a stranger, which must not become one of ours.
OWN = PUBLIC.with_name("spellings-own.tsv")
#: The same of registered names, branches and classes of shares, which questions lead to the company whose word they
#: bear.
REGISTERED = PUBLIC.with_name("spellings-registered.tsv")


def _read(path: Path) -> list[tuple[str, str]]:
    """Spelling and company; characters that can't be seen are written \\u200b or \\xa0."""
    lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    code = re.compile(r"\\u([0-9a-f]{4})|\\x([0-9a-f]{2})")
    return [(code.sub(lambda m: chr(int(m[1] or m[2], 16)), name), meant) for _, name, meant in lines]


def _read_own() -> list[tuple[str, str]]:
    return _read(OWN) + _read(REGISTERED)


STRANGERS = [name for name, meant in _read_own() if meant == "?"]


def _answers(names: Names, spellings: list[tuple[str, str]]) -> dict[str, str]:
    found = {}
    for spelling, _ in spellings:
        try:
            found[spelling] = names.resolve(spelling, ("Company",))
        except QueryError:
            found[spelling] = ""
    return found


def test_public_spellings(kg: KnowledgeGraph) -> None:
    spellings = _read(PUBLIC)
    found = _answers(kg.lookup, spellings)
    meant = {name: wanted for name, wanted in spellings if wanted[0] not in "!?"}
    wrong = {name: one for name, one in found.items() if one and one != meant.get(name)}
    missed = sorted(name for name in meant if not found[name])
    assert wrong == {}
    assert len(missed) <= len(meant) * 0.05, missed


def test_further_spellings(kg: KnowledgeGraph) -> None:
    spellings = [(name, meant) for name, meant in _read_own() if meant != "?"]
    assert _answers(kg.lookup, spellings) == dict(spellings)


@pytest.mark.parametrize("name", STRANGERS)
def test_a_stranger_is_refused(embedded_shipped: Store, name: str) -> None:
    with pytest.raises(QueryError):
        KnowledgeGraph(embedded_shipped).resolve(name, ("Company",))


def test_a_stranger_is_met_with_candidates(kg: KnowledgeGraph) -> None:
    with pytest.raises(QueryError, match=r"did you mean volvo \(Company: Volvo Car AB\)"):
        kg.resolve("Volvo Group", ("Company",))
    with pytest.raises(QueryError, match="a bare number, which is no name; did you mean HKEX:2026"):
        kg.resolve("2026", ("Company",))
    for code in ("700", "0700"):  # exchanges write the nought in front, and people leave it out
        with pytest.raises(QueryError, match="a bare number, which is no name; did you mean HKEX:0700"):
            kg.resolve(code, ("Company",))
    with pytest.raises(QueryError, match=r"did you mean tencent "):
        kg.resolve("Tecent", ("Company",))
    with pytest.raises(QueryError, match=r"unknown Company 'Aple⟨U\+200B⟩'"):
        kg.resolve("Aple\u200b", ("Company",))


@pytest.mark.parametrize(
    ("registered", "owner"), [("小米科技有限责任公司", "xiaomi"), ("阿里巴巴达摩院（杭州）科技有限公司", "alibaba")]
)
def test_a_legal_entity_leads_to_its_owner_and_says_so(kg: KnowledgeGraph, registered: str, owner: str) -> None:
    meant = kg.lookup.find(registered, ("Company",))
    assert meant.id == owner
    assert registered in meant.told and f"asked about its owner {owner}" in meant.told


def test_a_former_owner_is_none(store: Store, tmp_path: Path) -> None:
    seeds = Path(shutil.copytree(PUBLIC.parent / "small", tmp_path / "seeds"))
    (seeds / "owners.yaml").write_text(
        "entities:\n- {id: le-delta, type: LegalEntity, name: 德尔塔科技有限公司}\n"
        "facts:\n- {id: now, subject: le-delta, predicate: SUBSIDIARY_OF, object: beta, status: confirmed, "
        "share: wholly, sources: [firm-page]}\n- {id: once, subject: le-delta, predicate: SUBSIDIARY_OF, "
        "object: gamma, status: ended, share: wholly, valid_to: 2024-01, sources: [firm-page]}\n",
        encoding="utf-8",
    )
    build_folder(store, seeds, today=date(2026, 11, 24))
    assert Names(store).resolve("德尔塔科技有限公司", ("Company",)) == "beta"


@pytest.mark.parametrize(
    ("registered", "said"),
    [
        ("华为终端有限公司", "'华为终端有限公司' is not known by itself; asked about huawei (Huawei), whose name it"),
        ("Lenovo (Beijing) Limited", "is not known by itself; asked about lenovo (Lenovo Group), whose name it bears"),
        ("招商银行股份有限公司上海分行", "is taken for a branch; asked about the company, cmb"),
    ],
)  # fmt: skip
def test_a_name_that_is_only_like_it_is_answered_and_said(kg: KnowledgeGraph, registered: str, said: str) -> None:
    assert said in kg.lookup.find(registered, ("Company",)).told


def test_a_registered_name_of_another_is_met_with_those_that_are_known(kg: KnowledgeGraph) -> None:
    with pytest.raises(
        QueryError, match=r"may be another company.*dongfeng .* is registered as 东风汽车集团股份有限公司"
    ):
        kg.resolve("东风汽车股份有限公司", ("Company",))


def test_a_loader_never_joins_a_part_to_its_owner_but_hints_at_it() -> None:
    """A list that names a subsidiary does not name its parent."""
    identity = read_seeds(SEEDS).identity()
    for part in ("华为终端有限公司", "Huawei Device Co., Ltd.", "Beijing ByteDance Technology Co., Ltd."):
        assert identity.find(part, "Company") == []
    assert identity.near("华为终端有限公司", "Company") == ["huawei"]
    assert identity.near("Beijing ByteDance Technology Co., Ltd.", "Company") == ["bytedance"]


@pytest.mark.parametrize("form", ["Ltd.", "Limited", "Co., Ltd.", "有限公司", "Inc", "股份有限公司"])
def test_a_legal_form_is_no_name(kg: KnowledgeGraph, form: str) -> None:
    with pytest.raises(QueryError, match="unknown Company or LegalEntity"):
        kg.resolve(form, ("Company", "LegalEntity"))


def test_a_name_cut_at_its_comma_is_told(tmp_path: Path) -> None:
    (tmp_path / "names.yaml").write_text("names:\n  - {of: acme, registered: [Acme Co., Ltd.]}\n", encoding="utf-8")
    told = [str(problem) for problem in read_names(tmp_path).problems]
    assert len(told) == 1
    assert "names.yaml:2" in told[0] and "'Ltd.' is a legal form" in told[0] and "in quotes" in told[0]


def test_a_legal_entity_without_an_owner_is_no_company(kg: KnowledgeGraph) -> None:
    name = kg.run("unowned-entities", limit=1)[0].entity
    with pytest.raises(QueryError, match="is no Company; it names le-"):
        kg.resolve(name, ("Company",))


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("上海", "cn-sh"),
        ("Shanghai", "cn-sh"),
        ("上海市", "cn-sh"),
        ("廣東", "cn-gd"),
        ("北京", "cn-bj"),
        ("浙江省", "cn-zj"),
        ("内蒙古", "cn-nm"),
        ("Xinjiang Uygur Autonomous Region", "cn-xj"),
        ("香港", "hong-kong"),
        ("Hong Kong SAR", "hong-kong"),
        ("澳門", "macao"),
        ("深圳", "shenzhen"),
        ("Guangzhou City", "guangzhou"),
        ("临港", "shanghai-lingang"),
        ("Lin-gang", "shanghai-lingang"),
        ("海南自贸港", "hainan-ftp"),
        ("GBA", "greater-bay-area"),
    ],
)
def test_places(kg: KnowledgeGraph, name: str, place: str) -> None:
    assert kg.resolve(name, ("Jurisdiction",)) == place


def test_a_graph_without_the_index_is_read_as_a_whole(embedded_store: Store) -> None:
    """A graph may come from an export, without what our loads add."""
    embedded_store.write([("CREATE (:ChinaAI:Company {id: 'one', name: 'One Corp', keys: ['one', 'onecorp']})", {})])
    assert KnowledgeGraph(embedded_store).resolve("One Corp.", ("Company",)) == "one"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("9988", "alibaba"),
        ("zai-org", "zhipu"),
        ("THUDM", "zhipu"),
        ("ＴＥＮＣＥＮＴ", "tencent"),
        ("阿里 巴巴", "alibaba"),
        ("騰訊", "tencent"),
        ("中科寒武纪科技股份有限公司", "cambricon"),
        ("alib", "alibaba"),
        ("Xiaomi", "xiaomi"),
    ],
)  # fmt: skip
def test_names_are_searched_whole_and_best_first(kg: KnowledgeGraph, text: str, first: str) -> None:
    assert kg.run("names", text=text)[0].id == first


def test_a_search_says_that_it_was_cut(kg: KnowledgeGraph) -> None:
    some = kg.run("names", text="智能", limit=20)
    assert (len(some), some.cut) == (20, True)
    every = kg.run("names", text="智能", limit=5000)
    assert not every.cut and len(every) > 200
    assert all("智能" in "".join([row.name, row.name_zh or "", *row.aliases]) for row in every)


@pytest.mark.parametrize(("text", "limit"), [("北京", 7), ("有限公司", 40), ("huawei", 1), ("Technology", 3)])
def test_any_search_says_that_it_was_cut(kg: KnowledgeGraph, text: str, limit: int) -> None:
    found = kg.run("names", text=text, limit=limit)
    assert (len(found), found.cut) == (limit, True)


def test_a_search_for_nothing_is_refused(kg: KnowledgeGraph) -> None:
    with pytest.raises(QueryError, match="no word to search for"):
        kg.run("names", text=" ?! ")


@pytest.mark.parametrize(
    ("name", "meant"),
    [("文心一言", "ernie-bot"), ("可灵", "kling"), ("盖乐世AI", "galaxy-ai"), ("奔驰虚拟助手", "mb-virtual-assistant")],
)
def test_a_curated_thing_comes_before_rows_of_the_register_that_bear_its_name(
    kg: KnowledgeGraph, name: str, meant: str
) -> None:
    bearing = kg.store.read("MATCH (n:Service) WHERE $name IN n.keys RETURN n.id AS id", name=name.casefold())
    assert bearing and meant not in {row["id"] for row in bearing}  # else the test would prove nothing
    assert kg.resolve(name) == meant


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("ByteDance Technology", "bytedance"), ("月之暗面（北京）科技有限公司", "moonshot"), ("Deep Seek", "deepseek"),
        ("qwen3 max", "qwen3-max"), ("deepseek v3.2 exp", "deepseek-v32-exp"), ("GLM 5", "glm-5"),
        ("混元T1", "hunyuan-t1"), ("MINIMAX-W", "minimax"), ("騰訊混元", "hunyuan"), ("华为盘古", "pangu"),
        ("盘古大模型", "pangu"), ("豆包大模型1.6", "doubao-16"), ("字节豆包", "doubao"), ("千问", "qwen"),
        ("通义万相", "wan"), ("Vidu", "svc-3b7755474d17"),  # a service stands before its filing
        ("zai-org/GLM-4.6", "glm-46"), ("moonshotai/Kimi-K2-Thinking", "kimi-k2-thinking"),
    ],
)  # fmt: skip
def test_a_name_is_found_where_no_type_is_asked_for(kg: KnowledgeGraph, name: str, meant: str) -> None:
    assert kg.resolve(name) == meant


@pytest.mark.parametrize(
    ("name", "label", "meant"),
    [
        ("NPC", "ServiceKind", "game"), ("npc", "Authority", "npc"), ("Kimi", "Company", "moonshot"),
        ("Kimi", "Product", "kimi"), ("Kling", "Company", "kling-ai"),
    ],
)  # fmt: skip
def test_a_name_that_is_the_id_of_another_type_is_found_in_its_own(
    kg: KnowledgeGraph, name: str, label: str, meant: str
) -> None:
    """NPC is a parliament by its id, and a character of a game by its name."""
    assert kg.resolve(name, (label,)) == meant


@pytest.mark.parametrize(("name", "maker"), [("Qwen", "alibaba"), ("Grok", "xai"), ("ChatGPT", "openai")])
def test_what_is_no_company_is_met_with_its_maker(kg: KnowledgeGraph, name: str, maker: str) -> None:
    """A hub's word for Alibaba, Qwen, is a line of models here, and no name of a company."""
    told = rf"'{name}' is no Company; it names {name.lower()} \(.*\); did you mean {maker} \(Company: "
    with pytest.raises(QueryError, match=told):
        kg.resolve(name, ("Company",))


def test_a_path_of_a_hub_is_no_model_of_another_company(kg: KnowledgeGraph) -> None:
    with pytest.raises(QueryError, match=r"unknown Model 'deepseek-ai/GLM-4.6'; did you mean glm-46 "):
        kg.resolve("deepseek-ai/GLM-4.6", ("Model",))


@pytest.mark.parametrize(
    ("name", "labels", "first"),
    [
        ("Appel", (), "apple"), ("Deepsek", (), "deepseek"), ("VW Grup", ("Company",), "volkswagen"),
        ("Foxcon Group", ("Company",), "foxconn"), ("deepseek v4", ("Model",), "deepseek-v4-pro"),
        ("Qwen3 8B Chat", ("Model",), "qwen3-8b"), ("V3", ("Model",), "deepseek-v3"),
        ("Facial recognition measures", ("Instrument",), "i.face"), ("Minors regulation", ("Instrument",), "i.minors"),
        ("Cross-border data flow", ("Instrument",), "i.cbdf"),
        # A letter too few, too many, another one, or two turned round: at the beginning, in the middle, at the end.
        ("ivdia", (), "nvidia"), ("Samsumg", (), "samsung"), ("hTuawei", (), "huawei"), ("Xioami", (), "xiaomi"),
        # Two Chinese characters that begin a name come before another name that has one of them.
        ("昇腾", (), "ascend-310"), ("申威", ("Company",), "sunway-micro"),
        # A house, a number that is a name, and a type of which the graph has one that is called so.
        ("天猫", ("Company",), "alibaba"), ("支付宝", ("Company",), "ant-group"), ("360", ("Company",), "qihoo360"),
        ("手机", ("Market",), "cn-smartphone-market"),
        ("腾讯盘古", (), "pangu"),  # of another maker
        ("Miniamx", ("Company",), "minimax"), ("Baidou", (), "baidu"),
        ("Bytdence", ("Company",), "bytedance"), ("Moonshto AI", ("Company",), "moonshot"),
    ],
)  # fmt: skip
def test_the_first_candidate_is_the_likely_one(
    kg: KnowledgeGraph, name: str, labels: tuple[str, ...], first: str
) -> None:
    with pytest.raises(QueryError, match=rf"; did you mean {first} \("):
        kg.resolve(name, labels)
