"""The market-entry seeds: whole, mended as the check of the citations says, and refused with a line when broken."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from chinaai.graph.dates import PartialDate
from chinaai.graph.entry.law import in_force_from
from chinaai.graph.entry.model import EntryGraph
from chinaai.graph.entry.profile import checked
from chinaai.graph.errors import ChinaAIError
from chinaai.graph.identity import name_key
from chinaai.graph.model.actors import Authority
from chinaai.graph.model.base import Entity
from chinaai.graph.model.regulation import Instrument
from chinaai.loaders.build import Shipped
from chinaai.loaders.entry import check_entry, read_entry
from chinaai.loaders.entry.names import doubles, keys_of_item, one_language
from chinaai.loaders.identity import Identity

SEEDS = Path(__file__).resolve().parents[2] / "seeds" / "entry"
TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def graph() -> EntryGraph:
    return read_entry(SEEDS).graph()


def test_no_problem_stands_in_the_seeds() -> None:
    assert [str(p) for p in check_entry(read_entry(SEEDS), TODAY)] == []


@pytest.mark.parametrize(
    ("section", "words"),
    [
        ("services", {
            "AI chatbot": "consumer-chatbot", "聊天机器人": "consumer-chatbot", "voice assistant in car": "in-car",
            "车载语音助手": "in-car", "手机语音助手": "phone-assistant", "AI companion": "companion",
            "self driving": "adas-l3", "L2": "adas", "公有云": "cloud", "MaaS": "enterprise-api",
            "AI doctor": "medical", "搜索引擎": "search", "客服机器人": "customer-service",
            "agents": "ai-agent", "文生图": "image-video",
        }),
        ("strategies", {
            "WFOE": "own-company", "外商独资": "own-company", "运营商": "operator", "JV": "joint-venture",
            "合资": "joint-venture",
            "License": "licence", "cross border": "from-abroad", "开源": "weights-only", "internal only": "not-public",
        }),
        ("actors", {"FIE": "fie", "外资": "fie", "境外": "offshore", "内资": "domestic"}),
    ],
)  # fmt: skip
def test_words_of_users_name_one_kind_strategy_or_actor(graph: EntryGraph, section: str, words: dict[str, str]) -> None:
    named = {key: item.id for item in getattr(graph, section).values() for key in keys_of_item(item)}
    assert {word: named.get(name_key(word)) for word in words} == words


#: The 33 mended citations: requirement, citation as it was, places that stand instead. Worked out by hand
#: from the check of the citations; an empty set means that no article carries the requirement.
MENDED = {
    ("r.entity", "i.fil 34", frozenset({"i.filreg.37", "i.marketreg.3", "i.fil.34"})),
    ("r.neglist-ok", "i.neg24 (no article)", frozenset({"i.neg24.notes-iii-iv"})),
    ("r.modelpartner", "i.gai 17", frozenset({"i.cacnotice25", "i.gai.7"})),
    ("r.vats-pilot", "i.vatspilot plan", frozenset({"i.vatspilot.ii"})),
    ("r.hosting", "i.iis 8", frozenset()),
    ("r.psb-filing", "i.mlps 15", frozenset({"i.intnet.12"})),
    ("r.mlps2", "i.csl 21 (old numbering)", frozenset({"i.csl.23", "i.csl.21"})),
    ("r.gai-reg", "i.gai 17", frozenset({"i.cacnotice25"})),
    ("r.display-no", "i.gai 17", frozenset({"i.cacnotice24", "i.cacnotice25"})),
    ("r.label", "i.gb45438 (no article)", frozenset({"i.gb45438.5-6", "i.gb45438.annex-e"})),
    ("r.minors", "i.minors (no article)", frozenset({"i.minors.42-43", "i.minors.31-37", "i.minors.20"})),
    ("r.minors", "i.anthro 17", frozenset({"i.anthro.14", "i.anthro.17"})),
    ("r.anthro-sa", "i.anthro 9-10", frozenset({"i.anthro.22-23", "i.anthro.9-10", "i.anthro.18"})),
    ("r.ethics", "i.ethics23 (no article)", frozenset({"i.ethics23.4"})),
    ("r.xb-none", "i.cbdf 3-5", frozenset({"i.pipl.38", "i.secassess.2", "i.pipl.40"})),
    ("r.xb", "i.cbdf 7", frozenset({"i.cbdf.3-8"})),
    ("r.important", "i.ndr 37", frozenset({"i.ndr.29", "i.ndr.30-33"})),
    ("r.map-partner", "i.mnr22 (no article)", frozenset({"i.mnr22.item-3"})),
    ("r.map-review", "i.survey 27", frozenset({"i.survey.38", "i.mapreg.15", "i.mapreg.19", "i.mapreg.21-22"})),
    ("r.auto-test", "i.autodata 6", frozenset({"i.autodata.6", "i.autodata.7"})),
    ("r.auto-xb", "i.autoxb26 (no article)", frozenset({"i.autoxb26.part-1", "i.autoxb26.part-3"})),
    ("r.veh-access", "i.ota25 data", frozenset({"i.ota25.access-section", "i.vehaccess.2", "i.certreg.27"})),
    ("r.nal", "i.nal (no article)", frozenset({"i.nal.3", "i.telreg.53-54", "i.radioreg.44-46", "i.certreg.27"})),
    ("r.med", "i.aidev (no article)", frozenset({"i.aidev.management-category", "i.devreg.13", "i.devreg.16"})),
    (
        "r.fin",
        "i.pbocdata (no article)",
        frozenset({"i.pbocdata.2", "i.pbocdata.9", "i.pbocdata.24", "i.pbocdata.28", "i.pbocdata.42"}),
    ),
    ("r.crypto", "i.crypto (no article)", frozenset({"i.crypto.31-34"})),
    ("r.techexp", "i.techexp (no article)", frozenset({"i.techexp.entries", "i.tier.30-35"})),
    ("r.leased-line", "i.telreg 7", frozenset({"i.telreg.64", "i.telreg.58", "i.line17"})),
    ("r.supplier-ok", "i.gai 20", frozenset()),
    ("r.p-closed", "i.neg24 culture items", frozenset({"i.neg24.item-13", "i.neg24.items-23-26"})),
    ("r.p-survey", "i.survey 8", frozenset({"i.mnr22.item-3"})),
    ("r.p-minorlove", "i.anthro (no article)", frozenset({"i.anthro.14"})),
}


def test_all_33_corrections_stand(graph: EntryGraph) -> None:
    found: dict[tuple[str, str], set[str]] = {}
    for item in [*graph.requirements.values(), *graph.prohibitions.values()]:
        for basis in item.legal_basis:
            if basis.checked.was:
                found.setdefault((item.id, basis.checked.was), set()).add(basis.at)
        none = getattr(item, "no_legal_basis", None)
        if none and none.checked.was:
            found[item.id, none.checked.was] = set()
    assert len(MENDED) == 32  # one of the 33 stood on a condition that is a fact now
    assert {(a, b, frozenset(places)) for (a, b), places in found.items()} == MENDED


def test_remembered_citations_are_unverified(graph: EntryGraph) -> None:
    items = [*graph.requirements.values(), *graph.prohibitions.values()]
    assert {(i.id, b.at) for i in items for b in i.legal_basis if not b.verified} == {
        ("r.neglist-ok", "i.gai.23"),
        ("r.jv50", "i.neg24.item-12"),
        ("r.store-check", "i.deep.13"),
        ("r.base-filed", "i.tc260003.6"),
        ("r.auto-data", "i.autodata.13"),
        ("r.realname", "i.deep.9"),
        ("r.edu-app", "i.eduapp"),
        ("r.ethics", "i.ethics23.25"),
    }
    assert all(b.checked.source for i in items for b in i.legal_basis if b.verified)


def test_a_case_that_tells_the_number_of_a_row_names_that_row(graph: EntryGraph) -> None:
    register = (SEEDS.parent / "registers" / "cac-genai-filings.tsv").read_text(encoding="utf-8")
    printed = set(re.findall(r"\t([A-Z][A-Za-z]+-[A-Za-z0-9-]+-\d{8}\w+)\t", register))
    for case in graph.cases.values():
        told = {
            number for number in printed for text in (case.outcome, *(m.event for m in case.timeline)) if number in text
        }
        assert told <= {case.filing}, case.id
        assert case.filing is None or case.filing in printed, case.id


#: In force from: what the instruments say, by hand.
FROM = {
    "r.gai-filing": date(2023, 8, 15),
    "r.gai-reg": date(2024, 4, 28),
    "r.pi": date(2021, 11, 1),
    "r.algo-filing": date(2022, 3, 1),
    "r.label": date(2023, 1, 10),
    "r.xb-scc": date(2023, 6, 1),
    "r.xb-exempt": date(2024, 3, 22),
    "r.xb-cert": date(2026, 1, 1),
    "r.xb-assess": date(2022, 9, 1),
    "r.vats-pilot": date(2024, 4, 8),
    "r.l3": date(2023, 11, 17),
    "r.anthro-sa": date(2026, 7, 15),
}


def test_in_force_dates(graph: EntryGraph) -> None:
    assert {name: in_force_from(graph, graph.requirements[name]) for name in FROM} == FROM


def broken(tmp_path: Path, file: str, old: str, new: str) -> list[tuple[str, str, int]]:
    """Codes, files and lines of the problems after one edit."""
    folder = tmp_path / "entry"
    shutil.copytree(SEEDS, folder)
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")
    return [(p.code, Path(p.file).name, p.line) for p in check_entry(read_entry(folder), TODAY)]


def line_of(file: str, text: str, after: str = "") -> int:
    lines = (SEEDS / file).read_text("utf-8").splitlines()
    start = next((i for i, line in enumerate(lines) if after in line), 0)
    return next(i for i, line in enumerate(lines[start:], start + 1) if text in line)


CASES = [
    (
        "instruments.yaml",
        "  effective: 2023-08-15",
        "  effective: 2023-07-01",
        "DATE-ORDER",
        ("instruments.yaml", "  effective: 2023-08-15", ""),
    ),
    (
        "instruments.yaml",
        "  effective: 2023-08-15",
        "  effective: 2023-08-32",
        "DATE",
        ("instruments.yaml", "  effective: 2023-08-15", ""),
    ),
    (
        "cases.yaml",
        "  service: phone-assistant",
        "  service: phone-assistent",
        "UNKNOWN-SERVICE",
        ("cases.yaml", "  service: phone-assistant", ""),
    ),
    (
        "facts.yaml",
        "  only_with: {onshore_company: yes}",
        "  only_with: {onshore_compani: yes}",
        "UNKNOWN-FACT",
        ("facts.yaml", "  only_with: {onshore_company: yes}", ""),
    ),
    ("services.yaml", "  public: true", "  publik: true", "UNKNOWN-FIELD", ("services.yaml", "  public: true", "")),
]


@pytest.mark.parametrize(("file", "old", "new", "code", "where"), CASES, ids=[case[3] for case in CASES])
def test_a_defect_is_refused_with_its_line(
    tmp_path: Path, file: str, old: str, new: str, code: str, where: tuple[str, str, str]
) -> None:
    found = broken(tmp_path, file, old, new)
    assert (code, where[0], line_of(*where)) in found


def test_uncited_source_and_doubled_id(tmp_path: Path) -> None:
    first = (SEEDS / "services.yaml").read_text("utf-8").split("- id: ")[1].split("\n")[0]
    doubled = broken(tmp_path, "services.yaml", "- id: consumer-chatbot", f"- id: {first}")
    assert ("DUPLICATE-ID", "services.yaml", line_of("services.yaml", "- id: consumer-chatbot")) in doubled
    extra = "sources:\n- id: s.lonely\n  publisher: Nobody\n  kind: blog\n"
    assert [code for code, _, _ in broken(tmp_path / "b", "sources.yaml", "sources:\n", extra)] == ["UNCITED-SOURCE"]


def test_a_company_on_record_by_name_that_stands_in_the_graph_is_told(tmp_path: Path) -> None:
    """Its line would be passed over in silence, since a question finds the company of the graph first."""
    folder = tmp_path / "entry"
    shutil.copytree(SEEDS, folder)
    text = (folder / "actors.yaml").read_text("utf-8")
    assert "- company: openai\n" in text
    (folder / "actors.yaml").write_text(text.replace("- company: openai\n", "- name: OpenAI\n", 1), "utf-8")
    found = [(p.code, p.message) for p in check_entry(read_entry(folder), TODAY, {"openai", "anthropic"})]
    assert ("COMPANY-STANDS", "'OpenAI' stands in the graph") in found


#: A name that another block bears: file, line that becomes another, and the block that bore the name before.
TAKEN = [
    ("services.yaml", "  - on-device assistant", "  - chatbot", "consumer-chatbot"),
    ("services.yaml", "  - on-device assistant", "  - ＣｈａｔＢｏｔ", "consumer-chatbot"),
    ("services.yaml", "  - on-device assistant", "  - 聊天機器人", "consumer-chatbot"),
    ("services.yaml", "  - on-device assistant", "  - in car", "in-car"),
    ("services.yaml", "  name_zh: 手机助手", "  name_zh: 智能客服", "customer-service"),
    ("strategies.yaml", "  name_zh: 通过自有境内公司", "  name_zh: operator", "operator"),
    ("actors.yaml", "- id: fie\n  name: ", "- id: fie\n  name: domestic # ", "domestic"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("file", "old", "new", "other"), TAKEN, ids=[new.strip() for _, _, new, _ in TAKEN])
def test_a_name_that_another_block_bears_is_refused(tmp_path: Path, file: str, old: str, new: str, other: str) -> None:
    folder = tmp_path / "entry"
    shutil.copytree(SEEDS, folder)
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")
    (problem,) = check_entry(read_entry(folder), TODAY)
    own = "phone-assistant" if file == "services.yaml" else "own-company" if file == "strategies.yaml" else "fie"
    assert (problem.code, problem.file) == ("AMBIGUOUS-NAME", f"entry/{file}")
    assert f"'{other}'" in problem.message and f"'{own}'" in problem.message
    where = next(i for i, line in enumerate(text.splitlines(), 1) if line == f"- id: {other}")
    assert problem.line >= where and f"entry/{file}:" in problem.hint  # told where the later of the two bears it


def known(*entities: Entity) -> list[tuple[str, str, str]]:
    """What is told of names that the market-entry seeds share with these curated things."""
    return [(p.code, p.message, p.hint) for p in sorted(doubles(read_entry(SEEDS), Identity(entities)))]


def test_a_body_that_the_curated_facts_know_gets_no_second_node() -> None:
    court = Authority(id="court", name="Supreme People's Procuratorate", aliases=["国家卫生健康委员会"])
    ministry = Authority(id="miit", name="Ministry of Industry and Information Technology", aliases=["MIIT"])
    assert known(court, ministry) == [
        *(
            (
                "LOST-NAME",
                f"'miit' stands for the authority 'a.miit' and is not found by its name '{lost}'",
                "add the name to the aliases of 'miit'",
            )
            for lost in ("工业和信息化部", "工信部")
        ),
        (
            "SAME-THING",
            "the authority 'a.nhc' bears the name '国家卫生健康委员会' of 'court' of the curated facts",
            "say 'entity: court' where it is the same, else keep the name for one of the two",
        ),
    ]


def test_a_day_that_the_curated_facts_tell_otherwise_is_told() -> None:
    """The seeds say Order No. 47, promulgated 2021-12-27, in force 2022-01-01 until 2024-11-01."""
    names = ["Negative list 2021", "外商投资准入特别管理措施(2021年版)"]
    same = Instrument(id="neglist2021", name="List", aliases=names, effective="2022-01-01")
    assert known(same) == []
    other = same.model_copy(update={"effective": PartialDate.parse("2022-01-02"), "number": "Order No. 48"})
    hint = "mend one of the two; answers show that of 'neglist2021'"
    start, stands = "the instrument 'i.neg21' says", "and 'neglist2021', which stands for it,"
    assert known(other) == [
        ("TOLD-OTHERWISE", f"{start} number Order No. 47, {stands} Order No. 48", hint),
        ("TOLD-OTHERWISE", f"{start} effective 2022-01-01, {stands} 2022-01-02", hint),
    ]


def test_a_curated_rule_is_told_what_market_entry_says_of_it_and_its_pages_once(shipped: Shipped) -> None:
    """i.neg24 rests on s.sng-neg24 and on s.people-neg24, the page that the curated facts call people-neglist.

    Four pages of facts of neglist2024 tell its day in force: what it succeeds, how many items it has, what it took off.
    """
    seeds, entry = (loaded.batch for _, loaded in shipped.loaded[:2])
    (props,) = [node.props for node in seeds.nodes if node.id == "neglist2024"]
    assert (props["name"], props["number"]) == (
        "Negative List for Foreign Investment Access (2024 edition)", "NDRC/MOFCOM Order No. 23",
    )  # fmt: skip
    assert (props["promulgated"], props["effective"], props["legal_status"]) == ("2024-09-06", "2024-11-01", "in-force")
    told = ["caixinglobal-2024-09-09", "cms-neglist", "people-neglist", "portuguese-beijing-2024-09-20", "s.sng-neg24"]
    assert sorted(props["sources"]) == told
    held = {node.id for node in entry.nodes}
    assert not held & {"i.neg24", "neglist2024", "s.sng-neg24"}
    assert "s.sng-neg24" in {node.id for node in seeds.nodes if node.label == "Source"}


def test_two_choices_of_a_fact_share_no_name(tmp_path: Path) -> None:
    folder = tmp_path / "entry"
    shutil.copytree(SEEDS, folder)
    text = (folder / "facts.yaml").read_text("utf-8")
    assert "name_zh: 广东省" in text
    (folder / "facts.yaml").write_text(text.replace("name_zh: 广东省", "name_zh: 上海市", 1), "utf-8")
    (problem,) = check_entry(read_entry(folder), TODAY)
    assert (problem.code, problem.line) == ("AMBIGUOUS-NAME", line_of("facts.yaml", "id: guangdong"))
    assert problem.message == "the choices 'shanghai' and 'guangdong' have the name key '上海'"


def test_a_choice_is_named_in_any_script_and_width(graph: EntryGraph) -> None:
    for word in ("guangdong", "广东省", "广东", "廣東省", "ＧｕａｎｇＤｏｎｇ"):
        assert checked(graph, {"province": word}) == {"province": "guangdong"}


def test_a_fact_is_named_in_both_languages(graph: EntryGraph) -> None:
    for name in ("province", "Province of the company", "公司所在省份", "PROVINCE"):
        assert checked(graph, {name: "上海"}) == {"province": "shanghai"}
    assert checked(graph, {"province": "上海", "公司所在省份": "Shanghai"}) == {"province": "shanghai"}
    with pytest.raises(ChinaAIError, match="'province' is 'shanghai' and 'beijing'; say it once"):
        checked(graph, {"province": "上海", "公司所在省份": "北京"})
    with pytest.raises(ChinaAIError, match="'所在省份' is no fact of a case; did you mean 公司所在省份"):
        checked(graph, {"所在省份": "上海"})


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("US", "us", "usa", "United States", "美国", "美國"), "US"),
        (("DE", "Germany", "德国"), "DE"),
        (("cn", "PRC", "中国", "中国大陆", "People's Republic of China"), "CN"),
        (("UK", "英国", " gb "), "GB"),
        (("EU", "欧盟"), "EU"),
    ],
)
def test_a_country_goes_by_its_code_or_name(graph: EntryGraph, words: tuple[str, ...], code: str) -> None:
    assert {checked(graph, {"seat": word})["seat"] for word in words} == {code}


@pytest.mark.parametrize("word", ["XX", "ZZ", "火星", "", "Atlantis", "u s"])
def test_what_is_no_country_is_told(graph: EntryGraph, word: str) -> None:
    with pytest.raises(ChinaAIError, match=f"'{word}' is no country; write its two letters, such as US, DE or CN"):
        checked(graph, {"seat": word})


def test_a_prohibition_bears_no_name_of_a_requirement(tmp_path: Path) -> None:
    """`--without` and `law-duties` ask for both by one name."""
    folder = tmp_path / "entry"
    shutil.copytree(SEEDS, folder)
    text = (folder / "prohibitions.yaml").read_text("utf-8")
    assert text.count("  name: No service to the public from abroad\n") == 1
    bad = text.replace("  name: No service to the public from abroad\n", "  name: R.GATE\n")
    (folder / "prohibitions.yaml").write_text(bad, "utf-8")
    (problem,) = check_entry(read_entry(folder), TODAY)
    assert (problem.code, problem.file) == ("AMBIGUOUS-NAME", "entry/prohibitions.yaml")
    assert "'r.p-offshore' means 'r.gate' too" in problem.message


@pytest.mark.parametrize(
    ("file", "line", "way"),
    [
        (
            "requirements-ai.yaml",
            "    name_zh: 采用随模型购买的过滤能力，审核和投诉由提供者负责\n",
            "w.content-safety.partner",
        ),
        ("requirements-company.yaml", "    name_zh: 客户的专线\n", "w.leased-line.customer"),
    ],
)
def test_a_way_among_several_bears_a_chinese_name(tmp_path: Path, file: str, line: str, way: str) -> None:
    """They are told as a choice, in both languages; the one way of a duty goes by the duty's own name."""
    folder = tmp_path / "entry"
    shutil.copytree(SEEDS, folder)
    text = (folder / file).read_text("utf-8")
    assert text.count(line) == 1
    (folder / file).write_text(text.replace(line, ""), "utf-8")
    (doubt,) = one_language(read_entry(folder))
    assert (doubt.code, doubt.file) == ("ONE-LANGUAGE", f"entry/{file}")
    assert f"{way} has no name_zh" in doubt.message
    assert doubt.line == next(i for i, row in enumerate(text.splitlines(), 1) if row == f"  - id: {way}")
    assert list(one_language(read_entry(SEEDS))) == []
