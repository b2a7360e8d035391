"""Control lists: members by edition, counted straight from the files; nobody lost, nobody joined by a guess."""

from __future__ import annotations

import csv
import functools
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from chinaai.face import KnowledgeGraph
from chinaai.graph.elements import Batch, Edge, Node
from chinaai.graph.store import Store
from chinaai.loaders.base import SEEDS, Context, Loaded, load
from chinaai.loaders.build import context_of
from chinaai.loaders.curated import read_seeds
from chinaai.loaders.lists import ChinaListsLoader, ListsLoader
from chinaai.loaders.lists.forms import read_printed
from chinaai.loaders.lists.reviewed import read_reviewed

MEMBERS = SEEDS / "registers" / "control-list-members.tsv"
DAY = "2026-11-24"
#: Names that the published lists print, by list and edition, counted in the files as fetched.
PRINTED = {
    ("list-1260h", "2021-06-03"): 47, ("list-1260h", "2022-10-05"): 13, ("list-1260h", "2024-01-31"): 16,
    ("list-1260h", "2025-01-07"): 133, ("list-1260h", "2026-06-08"): 188,
    ("us-section-889", "2018-08-13"): 5, ("us-section-154", "2023-12-22"): 6, ("us-section-5949", "2022-12-23"): 3,
    ("us-section-1286", "2023-06-29"): 48, ("us-section-1286", "2024-07"): 105, ("us-section-1286", "2025"): 134,
    ("us-section-1286", "2026-07"): 156,
    ("us-mieu", "2021-03-16"): 9, ("us-mieu", "2021-04-09"): 2, ("us-mieu", "2021-12-09"): 1,
    ("us-mieu", "2022-03-02"): 1,
    ("cn-unreliable-entity-list", "2023-02-16"): 2, ("cn-unreliable-entity-list", "2024-05-20"): 3,
    ("cn-unreliable-entity-list", "2025-02-04"): 2, ("cn-unreliable-entity-list", "2025-03-04"): 10,
    ("cn-unreliable-entity-list", "2025-04-04"): 11, ("cn-unreliable-entity-list", "2025-04-10"): 6,
    ("cn-unreliable-entity-list", "2025-09-25"): 3, ("cn-unreliable-entity-list", "2025-10-09"): 23,
    ("cn-export-control-list", "2025-01-02"): 28, ("cn-export-control-list", "2025-03-04"): 15,
    ("cn-export-control-list", "2025-04-04"): 16, ("cn-export-control-list", "2025-04-10"): 12,
    ("cn-export-control-list", "2025-07-09"): 8, ("cn-export-control-list", "2025-09-25"): 3,
    ("cn-export-control-list", "2026-02-24"): 20, ("cn-export-control-list", "2026-04-24"): 7,
    ("cn-export-control-list", "2026-06-22"): 10, ("cn-export-control-list", "2026-06-29"): 20,
    ("cn-export-control-list", "2026-07-24"): 14,
    ("cn-export-control-watch-list", "2026-02-24"): 20, ("cn-export-control-watch-list", "2026-06-29"): 20,
}  # fmt: skip


@functools.cache
def context() -> Context:
    return context_of(read_seeds(SEEDS), date(2026, 11, 24))


@functools.cache
def shipped() -> Loaded:
    return ListsLoader().read(MEMBERS, context())


def test_the_shipped_names_are_those_printed() -> None:
    with MEMBERS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert Counter((row["list"], row["edition"]) for row in rows) == PRINTED


def test_members_by_edition() -> None:
    """Newcomers add up: 47 + 13 = 60; less three taken off in January 2024, 57 + 16 = 73, as the press counted then."""
    editions = {n.id: n.props["members"] for n in shipped().batch.nodes if n.label == "ListEdition"}
    assert shipped().problems == []
    assert [editions[f"edition-list-1260h-{day}"] for day in ("2021-06-03", "2022-10-05", "2024-01-31")] == [47, 60, 73]
    assert editions["edition-list-1260h-2026-06-08"] == 188


def test_every_printed_name_is_in_some_member() -> None:
    held = {name for n in shipped().batch.nodes if n.label == "LegalEntity" for name in n.props.get("printed", [])}
    held |= {name for edge in shipped().batch.edges for name in edge.props.get("printed", [])}
    with MEMBERS.open(encoding="utf-8", newline="") as file:
        names = {row["name"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}
    assert names <= held


def test_no_member_looks_like_a_company_without_having_been_reviewed() -> None:
    assert shipped().near == []


@pytest.mark.parametrize("lost", [1, 60, 187])
def test_a_file_that_shrank_is_told(tmp_path: Path, lost: int) -> None:
    lines = MEMBERS.read_text(encoding="utf-8").splitlines(keepends=True)
    at = [i for i, line in enumerate(lines) if line.startswith("list-1260h\t2026-06-08")][:lost]
    (tmp_path / "registers").mkdir()
    for file in (SEEDS / "registers").glob("*.yaml"):
        (tmp_path / "registers" / file.name).write_bytes(file.read_bytes())
    cut = tmp_path / "registers" / MEMBERS.name
    cut.write_text("".join(line for i, line in enumerate(lines) if i not in at), encoding="utf-8")
    found = ListsLoader().read(cut, Context(context().identity, tmp_path, date(2026, 11, 24)))
    assert [str(problem) for problem in found.problems] == [
        f"control-list-members.tsv COUNT list-1260h, edition of 2026-06-08: {188 - lost} names, it prints 188; "
        "the file was cut or edited; fetch it again, or mend control-lists.yaml"
    ]
    assert not found.batch.nodes


def named(kg: KnowledgeGraph, company: str, day: str = DAY) -> dict[str, tuple[str, str | None, str | None]]:
    rows = kg.run("restrictions", company=company, as_of=day)
    own = [row for row in rows if row.printed or row.standing != "named"]
    return {row.list_id: (row.standing, row.since, row.edition) for row in reversed(own) if "unit" not in row.who}


def test_a_written_fact_begins_with_the_edition_that_first_prints_the_name(embedded_shipped: Store) -> None:
    rows = embedded_shipped.read(
        "MATCH (c:ChinaAI:Company)-[r:NAMED_IN]->(l:ChinaAI:ControlList) "
        "WHERE r.retired IS NULL AND r.since IS NOT NULL "
        "RETURN c.id AS company, l.id AS list, r.fact_id AS fact, r.since AS since"
    )
    printed: dict[tuple[str, str], str] = {}
    for row in rows:
        if row["fact"].startswith("lists-"):
            key = row["company"], row["list"]
            printed[key] = min(row["since"], printed.get(key, row["since"]))
    written = {(row["company"], row["list"]): row["since"] for row in rows if not row["fact"].startswith("lists-")}
    both = printed.keys() & written.keys()
    assert ("ymtc", "list-1260h") in both and len(both) >= 8
    assert {key: written[key] for key in both} == {key: printed[key] for key in both}


def test_who_stood_on_the_list_from_the_start_is_not_missing(kg: KnowledgeGraph) -> None:
    for company in ("Huawei", "SMIC", "中芯国际", "China Mobile", "Hikvision"):
        assert named(kg, company)["list-1260h"] == ("named", "2021-06-03", "2026-06-08"), company
    assert named(kg, "Huawei")["us-section-889"][0] == "named"
    assert named(kg, "SMIC")["us-section-5949"][0] == "named"
    assert named(kg, "CATL")["us-section-154"][0] == "named"


def test_an_edition_that_was_withdrawn_ends_nothing(kg: KnowledgeGraph) -> None:
    assert named(kg, "YMTC", "2026-04-01")["list-1260h"] == ("named", "2024-01-31", "2025-01-07")


def test_not_on_the_edition_of_a_day_is_a_statement_of_its_own(kg: KnowledgeGraph) -> None:
    (row,) = [r for r in kg.run("restrictions", company="DeepSeek", as_of=DAY) if r.list_id == "list-1260h"]
    assert (row.standing, row.edition, row.since, row.similar) == ("not named", "2026-06-08", None, [])
    assert row.statement == (
        "DeepSeek is not on the edition of 2026-06-08 under any name known here; it names 188 members"
    )
    assert row.effect and row.sources
    before = {r.list_id: r for r in kg.run("restrictions", company="Baidu", as_of="2025-06-30")}
    assert (before["list-1260h"].standing, before["list-1260h"].edition) == ("not named", "2025-01-07")


def test_a_list_without_an_edition_says_nothing_of_who_is_not_in_it(kg: KnowledgeGraph) -> None:
    (row,) = [r for r in kg.run("restrictions", company="DeepSeek", as_of=DAY) if r.list_id == "entity-list"]
    assert row.standing == "not known"
    assert "says nothing" in row.statement


@pytest.mark.parametrize(
    ("name", "listed", "since", "says"),
    [
        ("Illumina, Inc.", "cn-unreliable-entity-list", "2025-02-04", "since 2025-02-04"),
        ("Illumina", "cn-unreliable-entity-list", "2025-02-04", "since 2025-02-04"),
        ("TechInsights Inc.", "cn-unreliable-entity-list", "2025-10-09", "since 2025-10-09"),
        ("Skydio Inc.", "cn-unreliable-entity-list", "2025-04-04", "were suspended for 90 days from 2025-05-14"),
        ("MP Materials Corp.", "cn-export-control-list", "2026-06-22", "since 2026-06-22"),
        ("SUBARU Corporation", "cn-export-control-watch-list", "2026-02-24", "since 2026-02-24"),
        ("Intelligence Bureau of the Joint Staff Department", "us-mieu", "2021-03-16", "since 2021-03-16"),
    ],
)
def test_who_stands_on_the_lists_of_china_and_on_mieu(
    kg: KnowledgeGraph, name: str, listed: str, since: str, says: str
) -> None:
    """Worked out from the announcements of the ministry and from the rules that name the end users."""
    (row,) = [r for r in kg.run("restrictions", company=name, as_of=DAY) if r.list_id == listed]
    assert (row.standing, row.since, row.effect_page is not None) == ("named", since, True)
    assert says in row.statement
    assert row.sources[0].url


@pytest.mark.parametrize(
    ("company", "listed", "since"),
    [
        ("Huawei", "list-1260h", "2021-06-03"), ("Huawei", "entity-list", "2019-05-16"),
        ("SMIC", "list-1260h", "2021-06-03"), ("SMIC", "entity-list", "2020-12-18"),
        ("Alibaba", "list-1260h", "2026-06-08"), ("Unitree", "list-1260h", "2026-06-08"),
        ("Zhipu", "entity-list", "2025-01-16"), ("Cambricon", "entity-list", "2022-12-16"),
        ("CATL", "list-1260h", "2025-01-07"), ("Tencent", "list-1260h", "2025-01-07"),
    ],
)  # fmt: skip
def test_who_stands_on_the_lists_of_the_us(kg: KnowledgeGraph, company: str, listed: str, since: str) -> None:
    rows = [r for r in kg.run("restrictions", company=company, as_of=DAY) if r.list_id == listed]
    rows = [r for r in rows if r.standing == "named" and not r.who.startswith("its unit")]
    assert {(r.standing, r.since) for r in rows} == {("named", since)}
    assert all(r.effect and r.effect_page for r in rows)


def test_no_company_of_china_stands_on_mieu(kg: KnowledgeGraph) -> None:
    for company in ("Huawei", "DeepSeek"):
        (row,) = [r for r in kg.run("restrictions", company=company, as_of=DAY) if r.list_id == "us-mieu"]
        assert (row.standing, row.edition) == ("not named", "2022-03-02")
        assert "it names 13 members" in row.statement and "examples" in (row.effect or "")


def test_a_member_that_is_no_company_here_can_be_asked_for(kg: KnowledgeGraph) -> None:
    name = "Chengdu M&S Electronics Technology Co., Ltd."
    assert named(kg, name)["list-1260h"] == ("named", "2024-01-31", "2026-06-08")


def test_chinese_lists_keep_everybody(tmp_path: Path) -> None:
    header = (
        "Type,QID,Name,Alias,Chinese name,Country,Topics,Summary,Chinese summary,Body,List,Date,End date,Source URL,"
        "Address\n"
    )
    path = tmp_path / "cn.csv"
    path.write_text(
        header + "Company,,Alpha Arms LLC,AA,阿尔法公司,US,,,,,UEL,01.09.2026,,https://example.org,\n"
        "Person,,Some One,,某人,US,,,,,UEL,01.09.2026,,,\n"
        "Company,,Beta Drones,,,US,,,,,List of Export Controls,09.10.25,24.04.2026,,\n"
        "Organization,,Gamma Fund,,,DK,,,,,,,,,\n",
        encoding="utf-8",
    )
    found = ChinaListsLoader().read(path, context())
    assert found.problems == []
    assert found.batch.dataset == "lists"
    names = {
        e.end[1]: (e.props["status"], e.props["since"], e.props.get("until"), e.props.get("valid_to"))
        for e in found.batch.edges
        if e.type == "NAMED_IN" and e.end[1] in ("cn-unreliable-entity-list", "cn-export-control-list")
    }
    assert names == {
        "cn-unreliable-entity-list": ("confirmed", "2026-09-01", None, None),
        "cn-export-control-list": ("ended", "2025-10-09", "2026-04-24", date(2026, 4, 24)),
    }
    assert found.remarks[:2] == [
        "line 3: left out, a person", "line 5: refused, 'Gamma Fund' has no day",
    ]  # fmt: skip


def test_an_unknown_provision_is_told(tmp_path: Path) -> None:
    path = tmp_path / "law.csv"
    path.write_text(
        "schema,name,aliases,topics,program,authority,reason,report-date,start-date,end-date,country,notes,source_url\n"
        "Company,Alpha,,,Section 9 of some act,Congress,,,,,,,\n",
        encoding="utf-8",
    )
    _, problems, _ = read_printed(path)
    assert [(p.line, p.code) for p in problems] == [(2, "PROGRAM")]


def test_a_folder_without_lists_is_refused(tmp_path: Path) -> None:
    found = ListsLoader().read(tmp_path, context())
    assert [str(problem) for problem in found.problems] == [
        f"{tmp_path} FILE the folder holds no lists; expected *.csv"
    ]
    assert (found.batch.nodes, found.batch.edges) == ([], [])


@pytest.mark.parametrize(("more", "told"), [("is: alfa", 0), ("is: alfa, of: beta", 1), ("is: alfa, not: [beta]", 1)])
def test_a_printed_name_means_one_thing(tmp_path: Path, more: str, told: int) -> None:
    (tmp_path / "control-lists.yaml").write_text("lists: []\n", encoding="utf-8")
    line = f"names:\n- {{printed: ALFA CO, {more}, reason: a reason of some length that says why it is so}}\n"
    (tmp_path / "list-names.yaml").write_text(line, encoding="utf-8")
    found = [p.message for p in read_reviewed(tmp_path).problems if p.file.endswith("list-names.yaml")]
    assert len(found) == told and all("exactly one of 'is', 'of' and 'not'" in message for message in found)


def test_a_name_is_no_other_name_of_its_own(tmp_path: Path) -> None:
    head = "Type,QID,Name,Alias,Chinese name,Country,Topics,Summary,Chinese summary,Body,List,Date,End date"
    line = "Company,,Alfa Inc.,Alfa Inc.; Alfa Defence,阿尔法,US,,,,MOFCOM,UEL,02.01.2025,"
    text = f"{head},Source URL,Address\n{line},https://example.org,\n"
    (tmp_path / "cn.csv").write_text(text, "utf-8")
    (row,), problems, refused = read_printed(tmp_path / "cn.csv")
    assert (row.name, row.also, row.edition) == ("Alfa Inc.", ("Alfa Defence",), "2025-01-02")
    assert (problems, refused) == ([], [])


def test_a_listing_that_a_fact_tells_too_is_one_row_with_the_sources_of_both(kg: KnowledgeGraph) -> None:
    """Worked out from facts-*.yaml: what was published in February 2026 and withdrawn is another stay."""
    rows = [r for r in kg.run("restrictions", company="Alibaba", as_of=DAY) if r.list_id == "list-1260h"]
    assert [(r.standing, r.since, r.until, r.others) for r in rows] == [
        ("named", "2026-06-08", None, ["alibaba-on-list-1260h"]), ("was named", "2026-02-13", "2026-02-14", []),
    ]  # fmt: skip
    assert [source.id for source in rows[0].sources] == ["list-1260h-2026-06-08", "squirepattonboggs-2026"]
    (row,) = [r for r in kg.run("restrictions", company="YMTC", as_of=DAY) if r.list_id == "list-1260h"]
    assert (row.since, row.edition, row.others) == ("2024-01-31", "2026-06-08", ["ymtc-on-list-1260h"])
    assert row.statement.endswith("(edition of January 2024, kept in those of January 2025 and June 2026)")
    assert {source.id for source in row.sources} == {
        "list-1260h-2024-01-31", "list-1260h-2025-01-07", "list-1260h-2026-06-08", "opensanctions-2026-08-22",
    }  # fmt: skip


def test_where_a_fact_and_the_list_tell_other_days_both_stay_and_say_so(store: Store) -> None:
    nodes = [Node("Company", "acme", {"name": "Acme", "country": "CN"})]
    nodes += [Node("ControlList", one, {"name": one}) for one in ("coarse", "differs", "earlier")]
    nodes += [Node("Source", one, {"name": one, "publisher": "P", "kind": "news", "licence": "unknown"})
              for one in ("list", "page")]  # fmt: skip

    def named(key: str, to: str, source: str, **props: Any) -> Edge:
        sure = {"status": "confirmed", "confidence": 0.8 if source == "list" else 0.9, "sources": [source]}
        return Edge("NAMED_IN", key, ("Company", "acme"), ("ControlList", to), {**sure, **props})

    printed = {"printed": ["Acme Co"], "editions": ["2021-06-03"], "since": "2021-06-03"}
    facts = [
        *(named(f"loaded-{one}", one, "list", **printed) for one in ("coarse", "differs", "earlier")),
        named("told-coarse", "coarse", "page", since="2021-06", scope="two units"),
        named("told-differs", "differs", "page", since="2020-01-05"),
        named("told-earlier", "earlier", "page", status="ended", since="2019", until="2020-03-01"),
    ]
    load(store, Loaded(Batch("made", nodes, facts)), today=date(2026, 1, 1))
    rows = KnowledgeGraph(store).run("restrictions", company="Acme", as_of="2025-01-01")
    listed = "Acme stands on it since 2021-06-03, as Acme Co, last in the edition of 2021-06-03"
    assert [(r.fact_id, r.others, r.statement, r.confidence) for r in rows] == [
        ("loaded-coarse", ["told-coarse"], f"{listed} (two units)", 0.9),
        ("told-differs", [], "Acme stands on it since 2020-01-05, by the editions loaded here since 2021-06-03", 0.9),
        ("loaded-differs", [], listed, 0.8),
        ("loaded-earlier", [], listed, 0.8),
        ("told-earlier", [], "Acme stood on it since 2019 until 2020-03-01", 0.9),
    ]
    assert [source.id for source in rows[0].sources] == ["list", "page"]
