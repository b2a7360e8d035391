"""The register of generative-AI services: every row accounted for, every defect told, nothing guessed."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from shutil import copytree
from statistics import median

import pytest
from chinaai.graph.elements import Edge, Node
from chinaai.graph.problems import Problem
from chinaai.loaders.base import SEEDS, Context, Loaded
from chinaai.loaders.cac import CacLoader, Register, read_lookups, read_register
from chinaai.loaders.cac.number import FilingNumber, filing_id
from made_register import FILINGS, HEADER, REGISTERS, ROWS, context, small


@cache
def shipped() -> Register:
    return read_register(REGISTERS, read_lookups(REGISTERS), REGISTERS)


@cache
def loaded() -> Loaded:
    return CacLoader().read(REGISTERS, context())


def nodes(label: str) -> dict[str, Node]:
    return {node.id: node for node in loaded().batch.nodes if node.label == label}


def edges(kind: str) -> list[Edge]:
    return [edge for edge in loaded().batch.edges if edge.type == kind]


class TestShipped:
    def test_every_row_is_a_filing_or_refused_with_its_line(self) -> None:
        register = shipped()
        assert register.problems == []
        assert len(register.rows) == 1842
        assert {refused.line for refused in register.refused} == {190, 281, 363, 456}
        assert Counter(row.kind for row in register.rows) == {"备案": 1112, "登记": 730}

    def test_counts_by_notice(self) -> None:
        assert {n.period: (n.filings, n.registrations, n.rows_refused) for n in shipped().notices} == {
            "2024-04": (117, 0, 0), "2024-08": (71, 26, 1), "2024-11": (64, 31, 1), "2025-01": (50, 48, 1),
            "2025-03": (44, 54, 1), "2025-06": (93, 77, 0), "2025-08": (99, 26, 0), "2025-10": (73, 43, 0),
            "2025-12": (137, 129, 0), "2026-02": (48, 46, 0), "2026-04": (72, 49, 0), "2026-06": (120, 68, 0),
            "2026-08": (124, 133, 0),
        }  # fmt: skip

    def test_printed_counts_equal_the_notices_own(self) -> None:
        printed = Counter(tuple(line.split("\t")[:2]) for line in FILINGS.read_text("utf-8").splitlines()[1:])
        own = {n.period: (n.rows_printed, n.filings_printed, n.registrations_printed) for n in shipped().notices}
        for period, (rows, filings, registrations) in own.items():
            assert (printed[period, "备案"], printed[period, "登记"]) == (filings, registrations)
            assert filings + registrations == rows

    def test_mends_by_rule(self) -> None:
        rules = Counter(mend.rule for mend in shipped().mends)
        assert rules == {
            "prefix-zhejiang": 103, "entered-late": 56, "prefix-beijing": 23, "prefix-chongqing": 16,
            "name-entity-swapped": 12, "number-year-2026": 11, "prefix-shaanxi": 5, "number-cut-and-kind": 2,
            "prefix-qinghai": 2, "prefix-yunnan": 2, "number-place-beijing-for-jiangsu": 1,
            "number-serial-six-digits": 1, "prefix-guangxi": 1, "prefix-ningxia": 1, "prefix-shanxi": 1,
            "prefix-shanxi-sn": 1, "prefix-shinghai": 1,
        }  # fmt: skip
        assert all(mend.reason for mend in shipped().mends)
        assert sum(bool(row.mends) for row in shipped().rows) == 231

    def test_a_swapped_row(self) -> None:
        row = next(row for row in shipped().rows if row.line == 449)
        assert (row.name, row.entity) == ("商汤AI代码生成模型", "深圳市商汤科技有限公司")
        assert row.printed["name"] == "深圳市商汤科技有限公司"

    def test_the_cut_number(self) -> None:
        row = next(row for row in shipped().rows if row.line == 901)
        assert (row.kind, row.number.text) == ("登记", "Jiangsu-SiWeiXiangLiangZhiSuanYun-20251029S0033")

    def test_shanxi_is_two_provinces(self) -> None:
        found = {(r.province, r.number.place) for r in shipped().rows if r.printed["number"].startswith("ShanXi-")}
        assert found == {("山西省", "Shanxi"), ("陕西省", "Shaanxi")}

    def test_on_device_services(self) -> None:
        found = {(r.entity, r.scenario) for r in shipped().rows if r.scenario}
        assert found == {
            ("苹果技术开发（上海）有限公司", "苹果手机"), ("华为软件技术有限公司", "华为手机"),
            ("OPPO广东移动通信有限公司", "欧珀手机"), ("维沃移动通信有限公司", "维沃手机"),
            ("小米科技有限责任公司", "小米手机"), ("三星（中国）投资有限公司", "三星手机"),
            ("上海申启纪元智能终端有限责任公司", "中兴手机"),
        }  # fmt: skip


class TestElements:
    def test_reads_without_problems_and_ids_are_unique(self) -> None:
        assert loaded().problems == []
        ids = [node.id for node in loaded().batch.nodes]
        keys = [edge.fact_id for edge in loaded().batch.edges]
        assert (len(ids), len(keys)) == (len(set(ids)), len(set(keys)))
        assert len(nodes("Filing")) == 1842
        assert len(nodes("Notice")) == 13

    def test_every_filing_has_its_four_ends(self) -> None:
        for kind in ("FILED_BY", "COVERS", "PUBLISHED_IN", "IN_JURISDICTION"):
            assert len({edge.start[1] for edge in edges(kind) if edge.start[0] == "Filing"}) == 1842

    def test_apple_against_its_notice(self) -> None:
        filings = [node.props for node in nodes("Filing").values()]
        apple = nodes("Filing")["filing-shanghai-applezhineng-202506160057"].props
        assert (apple["accepted"], apple["listed"]) == (date(2025, 6, 16), date(2026, 7, 8))
        assert apple["days_to_listing"] == 387
        assert apple["derived"] == ["accepted", "days_to_listing"]
        notice = [f["days_to_listing"] for f in filings if f["period"] == "2026-08" and f["kind"] == "filing"]
        assert (len(notice), median(notice)) == (124, 54)

    def test_no_wait_where_the_number_bears_the_day_of_listing_or_a_later_one(self) -> None:
        filings = [node.props for node in nodes("Filing").values()]
        without = [f for f in filings if "days_to_listing" not in f]
        why = Counter((f["kind_zh"], f["days_note"]) for f in without)
        assert why == {
            ("登记", "no wait known: the number bears the day of the listing"): 575,
            ("登记", "no wait known: the date in the number lies after the printed date"): 19,
            ("备案", "no wait known: the number bears the day of the listing"): 1,
        }
        assert Counter(f["province"] for f in without if f["kind_zh"] == "登记")["上海市"] == 211
        assert all("accepted" not in f and not f.get("derived") and f["numbered"] >= f["listed"] for f in without)

    def test_what_a_registration_s_days_are_worth_is_said_on_the_row(self) -> None:
        filings = [node.props for node in nodes("Filing").values()]
        with_days = [f for f in filings if f["kind_zh"] == "登记" and "days_to_listing" in f]
        assert len(with_days) == 730 - 575 - 19
        assert all("may be less than the wait" in f["days_note"] for f in with_days)

    def test_foreign_owned_filers(self) -> None:
        owner = {edge.start[1]: edge.end[1] for edge in edges("SUBSIDIARY_OF")}
        found = {
            (node.props["name"], owner[node.id])
            for node in nodes("LegalEntity").values()
            if node.props.get("owner_class") == "foreign"
        }
        assert found == {
            ("苹果技术开发（上海）有限公司", "apple"), ("三星（中国）投资有限公司", "samsung"),
            ("特斯拉（上海）有限公司", "tesla"), ("宝马（中国）汽车贸易有限公司", "bmw"),
            ("梅赛德斯-奔驰（中国）汽车销售有限公司", "mercedes"), ("沃尔沃汽车销售（上海）有限公司", "volvo"),
            ("西门子（中国）有限公司", "siemens"), ("思爱普（中国）有限公司", "sap"),
            ("卡尔蔡司（上海）管理有限公司", "zeiss"), ("宜家电子商务（中国）有限公司", "ikea"),
            ("安利（中国）日用品有限公司", "amway"), ("可口可乐饮料（上海）有限公司", "coca-cola"),
            ("北京多邻国科技有限公司", "duolingo"), ("北京咖瓦信息技术有限公司", "canva"),
            ("BC教育咨询（北京）有限公司", "british-council"), ("海纳新思智行服务有限公司", "honda"),
            ("智慧芽信息科技(苏州)有限公司", "patsnap"),
        }  # fmt: skip

    def test_one_entity_for_both_widths_of_brackets_and_for_a_changed_name(self) -> None:
        printed = {tuple(node.props["printed"]) for node in nodes("LegalEntity").values()}
        assert ("宜家电子商务(中国)有限公司", "宜家电子商务（中国）有限公司") in printed
        assert ("北京智谱华章科技有限公司", "北京智谱华章科技股份有限公司") in printed

    def test_every_reviewed_line_is_used_and_its_evidence_stands(self) -> None:
        assert not [remark for remark in loaded().remarks if "joins nothing" in remark]
        sources = {node.id for node in loaded().batch.nodes if node.label == "Source"}
        for edge in (*edges("SUBSIDIARY_OF"), *edges("REALISES")):
            assert set(edge.props["sources"]) <= sources  # type: ignore[arg-type]
            assert edge.props["status"] == "reported"
            assert edge.props["known_from"]


class TestRemarks:
    def test_every_refused_and_every_mended_row_is_told_with_its_reason(self) -> None:
        told = loaded().remarks
        refused = {int(one.split(":")[0].removeprefix("line ")) for one in told if ": refused (" in one}
        assert refused == {190, 281, 363, 456}
        mended = [one for one in told if "' → '" in one]
        assert len({one.split(":")[0].split(" ")[1] for one in mended}) == 231
        assert all(re.search(r"\([a-z0-9-]+: .{10,}\)$", one) for one in mended)
        assert told[-1].startswith("1842 filings (1112 备案, 730 登记) of 13 notices; 4 rows refused, 231 mended;")


class TestSides:
    """A register row may be the other side of a curated conflict; the seeds say so, not the code."""

    def test_the_row_bears_the_conflict(self) -> None:
        known = context()
        row = "filing-shanghai-applezhineng-202506160057"
        for preferred in (True, False, None):
            sides = {row: ("a-question", preferred)}
            found = CacLoader().read(REGISTERS, Context(known.identity, SEEDS, known.today, sides=sides))
            (node,) = [node for node in found.batch.nodes if node.id == row]
            assert (node.props["conflict"], node.props.get("preferred")) == ("a-question", preferred)
            assert [n.id for n in found.batch.nodes if n.label == "Filing" and "conflict" in n.props] == [row]

    def test_a_row_that_is_not_there_is_told(self) -> None:
        known = context()
        sides = {"filing-nowhere": ("a-question", True)}
        found = CacLoader().read(REGISTERS, Context(known.identity, SEEDS, known.today, sides=sides))
        assert "a reviewed line joins nothing in this file: filing-nowhere (conflict a-question)" in found.remarks


class TestNumber:
    def test_parts(self) -> None:
        number = FilingNumber.parse("Shaanxi-YingPu·DaoYanZhuShou-20260126S0006")
        assert (number.place, number.label, number.accepted, number.kind, number.serial) == (
            "Shaanxi", "YingPu·DaoYanZhuShou", date(2026, 1, 26), "registration", "0006",
        )  # fmt: skip
        assert FilingNumber.parse("Beijing-ChatGLM-20230821").serial is None
        assert FilingNumber.parse("Beijing-BMW-AI-202604150205").label == "BMW-AI"

    @pytest.mark.parametrize("text", ["Beijing", "Beijing-X-20230832", "Beijing-X-20230801S", "Beijing-X-202308010"])
    def test_not_a_number(self, text: str) -> None:
        with pytest.raises(ValueError, match=text):
            FilingNumber.parse(text)

    def test_id(self) -> None:
        assert filing_id("Guangdong-Dr.GDCDC-20260706S0054") == "filing-guangdong-drgdcdc-20260706s0054"


class TestGoodInput:
    def test_small(self, tmp_path: Path) -> None:
        register = small(tmp_path, *ROWS)
        assert register.problems == []
        assert [(row.name, row.late) for row in register.rows] == [
            ("甲大模型", False),
            ("乙大模型", False),
            ("丙助手", True),
        ]

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
    def test_encodings(self, tmp_path: Path, encoding: str) -> None:
        register = small(tmp_path, data="\r\n".join([HEADER, *ROWS, ""]).encode(encoding))
        assert register.problems == []
        assert [row.entity for row in register.rows][1:] == ["乙科技有限公司", "丙(北京)科技有限公司"]

    def test_shipped_rows_in_gbk(self, tmp_path: Path) -> None:
        path = tmp_path / "rows.tsv"
        path.write_bytes(FILINGS.read_text("utf-8").encode("gb18030"))
        register = read_register(path, read_lookups(REGISTERS), REGISTERS)
        assert (register.problems, register.encoding, len(register.rows)) == ([], "gb18030", 1842)

    def test_commas_and_another_order_of_columns(self, tmp_path: Path) -> None:
        lines = [line.split("\t") for line in (HEADER, *ROWS)]
        text = "".join(",".join(reversed(cells)) + "\n" for cells in lines)
        assert small(tmp_path, data=text.encode()).problems == []


class TestLookups:
    """A reviewed file with a defect stops the load at its own line; a mend never guesses."""

    def broken(self, folder: Path, name: str, old: str, new: str) -> list[Problem]:
        """Problems of a copy of the shipped registers in which one file has one text changed."""
        copy = folder / "registers"
        copytree(REGISTERS, copy)
        text = (copy / name).read_text("utf-8")
        assert text.count(old) >= 1
        (copy / name).write_text(text.replace(old, new, 1), encoding="utf-8")
        found = CacLoader().read(copy, Context(context().identity, folder, date(2026, 11, 24)))
        assert (found.batch.nodes, found.batch.edges) == ([], [])
        return found.problems

    @pytest.mark.parametrize(
        ("name", "old", "new", "code", "message"),
        [
            ("owners.yaml", "owner: apple", "owner: appel", "UNKNOWN-ENTITY", "unknown owner 'appel'"),
            ("owners.yaml", "owner_country: US", "owner_country: CN", "OWNER-COUNTRY", "apple has its seat in US"),
            ("owners.yaml", "sources: [cac-genai-register", "sources: [nowhere", "UNKNOWN-SOURCE", "'nowhere'"),
            ("owners.yaml", "  share: unknown", "  shares: unknown", "UNKNOWN-FIELD", "no field 'shares'"),
            ("owners-companies.yaml", "- id: zeiss", "- id: zeis", "UNKNOWN-ENTITY", "unknown owner 'zeiss'"),
            ("owners-companies.yaml", "- id: zeiss", "- id: zeiss\n  id: zeiss", "DUPLICATE-KEY", "'id' stands twice"),
            ("services.yaml", "  is: qwen", "  is: qwem", "UNKNOWN-ENTITY", "unknown is 'qwem'"),
            ("cac-mends.yaml", "from: '20250120'", "from: '20250121'", "MEND", "expects '20250121' once"),
            ("cac-mends.yaml", "  swap: [name, entity]", "  swap: [name, name]", "VALUE", "'change' or 'swap'"),
            ("cac-mends.yaml", "gaps:", "holes:", "SECTION", "expected a list 'gaps'"),
        ],
    )
    def test_a_defect_is_told(self, tmp_path: Path, name: str, old: str, new: str, code: str, message: str) -> None:
        found = [p for p in self.broken(tmp_path, name, old, new) if p.code == code]
        assert found
        assert message in found[0].message

    def test_a_seat_that_only_the_line_knows_is_no_contradiction(self, tmp_path: Path) -> None:
        copy = Path(copytree(REGISTERS, tmp_path / "registers"))
        file = copy / "owners-companies.yaml"
        text = file.read_text("utf-8")
        seated = "  name_zh: 卡尔蔡司\n  country: DE\n"
        assert text.count(seated) == 1
        file.write_text(text.replace(seated, "  name_zh: 卡尔蔡司\n"), encoding="utf-8")
        assert CacLoader().read(copy, Context(context().identity, tmp_path, date(2026, 11, 24))).problems == []

    def test_two_owners(self, tmp_path: Path) -> None:
        line = "- entity: 宜家电子商务(中国)有限公司\n  owner: "
        problems = self.broken(tmp_path, "owners.yaml", f"{line}ikea", f"{line}zeiss")
        assert {p.code for p in problems} == {"OWNER-COUNTRY", "TWO-OWNERS"}

    def test_a_company_that_the_seeds_know_by_another_id(self, tmp_path: Path) -> None:
        problems = self.broken(tmp_path, "owners-companies.yaml", "name: Carl Zeiss AG", "name: Siemens")
        assert [(p.code, p.message) for p in problems] == [("NAME-KNOWN", "'zeiss' is curated under the id siemens")]

    def test_without_its_mend_a_row_is_refused_by_name(self, tmp_path: Path) -> None:
        problems = self.broken(tmp_path, "cac-mends.yaml", "printed: Shinghai", "printed: Shenghai")
        assert [(p.code, p.line) for p in problems] == [("NUMBER", 216)]
