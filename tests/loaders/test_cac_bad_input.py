"""The register of generative-AI services: every defect of a file told with its place, nothing guessed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from chinaai.graph.model.actors import Company
from chinaai.loaders.base import SEEDS
from chinaai.loaders.cac import CacLoader
from chinaai.loaders.cac.lookups import Lookups, Owner
from chinaai.loaders.cac.resolve import Resolver
from chinaai.loaders.identity import Identity
from chinaai.loaders.yaml_reader import Block
from made_register import FILINGS, HEADER, ROWS, context, places, small


class TestBadInput:
    def test_wrong_header(self, tmp_path: Path) -> None:
        data = "\n".join([HEADER.replace("entity", "company"), *ROWS, ""]).encode()
        register = small(tmp_path, data=data)
        assert places(register.problems) == {("HEADER", 1, 1), ("HEADER", 1, 31)}
        assert register.rows == []

    def test_shifted_column(self, tmp_path: Path) -> None:
        cells = ROWS[1].split("\t")
        shifted = "\t".join([cells[0], *cells[2:], ""])
        register = small(tmp_path, ROWS[0], shifted, ROWS[2], counts="3\t1\t1")
        assert places(register.problems) == {("SHIFTED", 3, 9)}
        assert "compare the line with the header" in str(register.problems[0])

    def test_lost_cell(self, tmp_path: Path) -> None:
        register = small(tmp_path, ROWS[0], ROWS[1].replace("\t江苏省", ""), ROWS[2])
        assert {("COLUMNS", 3, 1)} <= places(register.problems)

    def test_html_page(self, tmp_path: Path) -> None:
        register = small(tmp_path, data="<!DOCTYPE html><html><body>备案</body></html>".encode())
        assert places(register.problems) == {("NO-TABLE", 0, 0)}

    def test_empty(self, tmp_path: Path) -> None:
        assert places(small(tmp_path, data=b"").problems) == {("EMPTY", 0, 0)}
        assert places(small(tmp_path, data=b"\n \n").problems) == {("EMPTY", 0, 0)}

    def test_cut_inside_a_row(self, tmp_path: Path) -> None:
        data = "\n".join([HEADER, *ROWS]).encode()
        end = data.index("科技有限公司\tJiangsu".encode())
        register = small(tmp_path, data=data[:end])
        assert places(register.problems) == {("CUT", 3, 24), ("COUNT", 0, 0)}

    def test_cut_inside_a_character(self, tmp_path: Path) -> None:
        data = "\n".join([HEADER, *ROWS]).encode()
        end = data.index("科技有限公司\tJiangsu".encode())
        assert places(small(tmp_path, data=data[: end + 1]).problems) == {("CUT", 3, 24)}
        data = "\n".join([HEADER, *ROWS]).encode("gb18030")
        end = data.index("科技有限公司\tJiangsu".encode("gb18030"))
        assert places(small(tmp_path, data=data[: end + 1]).problems) == {("CUT", 3, 24)}

    def test_neither_utf8_nor_gbk(self, tmp_path: Path) -> None:
        data = "\n".join([HEADER, *ROWS, ""]).encode().replace("乙大".encode(), b"\xff\xff")
        assert {problem.code for problem in small(tmp_path, data=data).problems} == {"ENCODING"}

    def test_cut_between_rows(self, tmp_path: Path) -> None:
        register = small(tmp_path, *ROWS[:2])
        assert [str(problem) for problem in register.problems] == [
            "rows.tsv COUNT notice 2030-01 has 2 rows (2 备案, 0 登记); its own count is 3 rows (2 备案, 1 登记); "
            "the file was cut or is an excerpt; fetch it again, or give the notices of the excerpt beside it"
        ]

    @pytest.mark.parametrize(
        ("of", "to", "told"),
        [
            ("2026-08\t", " 2026-08\t", (14, 1, "NOTICE")),
            ("2026-08\t", "2026-8\t", (14, 1, "NOTICE")),
            ("https://www", "https:// www", (2, 33, "NOTICE")),
            ("https://www", "ftp://www", (2, 33, "NOTICE")),
            ("\t117\t117\t", f"\t{'9' * 6000}\t117\t", (2, 90, "COUNT")),
        ],
    )
    def test_a_damaged_table_of_notices_is_told_at_its_cell(
        self, tmp_path: Path, of: str, to: str, told: tuple[int, int, str]
    ) -> None:
        folder = tmp_path / "registers"
        shutil.copytree(SEEDS / "registers", folder)
        table = folder / "cac-genai-notices.tsv"
        table.write_text(table.read_text("utf-8").replace(of, to, 1), encoding="utf-8")
        problems = CacLoader().read(folder, context()).problems
        assert told in {(one.line, one.column, one.code) for one in problems if one.file == table.name}

    def test_same_notice_twice(self, tmp_path: Path) -> None:
        register = small(tmp_path, *ROWS, *ROWS)
        assert places(register.problems) == {("NOTICE-TWICE", 5, 1)}

    def test_a_number_seen_under_another_entity(self, tmp_path: Path) -> None:
        other = ROWS[1].replace("江苏省", "上海市").replace("Jiangsu-Yi-203001030002", "Shanghai-Jia-203001020001")
        register = small(tmp_path, ROWS[0], other, ROWS[2])
        assert places(register.problems) == {("NUMBER-OTHER-ENTITY", 3, 23)}
        assert "line 2, notice 2030-01" in register.problems[0].hint

    def test_unknown_notice_place_kind_and_number(self, tmp_path: Path) -> None:
        later = ROWS[1].replace("2030-01", "2030-03", 1)
        assert {p.code for p in small(tmp_path, ROWS[0], later, ROWS[2]).problems} == {"UNKNOWN-NOTICE", "COUNT"}
        for row, code in (
            (ROWS[1].replace("江苏省", "火星省"), "PROVINCE"),
            (ROWS[1].replace("Jiangsu-", "JiangSu-"), "NUMBER"),
            (ROWS[1].replace("203001030002", "20300103"), ""),
            (ROWS[1].replace("203001030002", "20300103S0002"), "KIND"),
            (ROWS[1].replace("2030/1/30", "2030/2/30"), "DATE"),
            (ROWS[1].replace("2030/1/30", "２０３０/１/３０"), ""),
            (ROWS[1].replace("2030/1/30", "٢٠٣٠/1/30"), "DATE"),
            (ROWS[1].replace("2030/1/30", "9999/12/31"), "DATE"),
            # 31 days after the month of the notice: 2030-03-04 is the last
            (ROWS[1].replace("2030/1/30", "2030/3/4"), ""),
            (ROWS[1].replace("2030/1/30", "2030/3/5"), "DATE"),
            (ROWS[1].replace("\t2\t", "\t２\t"), "SEQ"),
            (ROWS[1].replace("203001030002", "２０３００１０３０００２"), "NUMBER"),
            (ROWS[1] + "remark", "EXTRA"),
        ):
            found = small(tmp_path, ROWS[0], row, ROWS[2]).problems
            assert [problem.code for problem in found] == ([code] if code else [])

    @pytest.mark.parametrize("period", ["9999-12", "0000-05", "２０３０-01", "2030-13", "2030-1", "1999-12"])
    def test_a_month_of_no_notice_is_told(self, tmp_path: Path, period: str) -> None:
        odd = ROWS[1].replace("2030-01", period, 1)
        told = {(p.code, p.line) for p in small(tmp_path, ROWS[0], odd, ROWS[2]).problems}
        assert {("PERIOD", 3), ("UNKNOWN-NOTICE", 3)} & told

    def test_a_lost_row_that_the_counts_hide(self, tmp_path: Path) -> None:
        register = small(tmp_path, ROWS[0], ROWS[1].replace("\t2\t", "\t3\t"), ROWS[2])
        assert places(register.problems) == {("GAP", 0, 0)}

    def test_the_loader_writes_nothing_where_a_problem_stands(self, tmp_path: Path) -> None:
        path = tmp_path / "rows.tsv"
        path.write_bytes(FILINGS.read_bytes()[:100_000])
        found = CacLoader().read(path, context())
        assert found.problems
        assert (found.batch.nodes, found.batch.edges) == ([], [])


@pytest.mark.parametrize(
    ("seat", "owners"),
    [("CN", "domestic"), ("HK", "hongkong-macao-taiwan"), ("MO", "hongkong-macao-taiwan"),
     ("TW", "hongkong-macao-taiwan"), ("SG", "foreign")],
)  # fmt: skip
def test_the_class_of_owners_follows_from_the_seat(tmp_path: Path, seat: str, owners: str) -> None:
    (row,) = [row for row in small(tmp_path, *ROWS).rows if row.seq == 2]
    line = Owner(entity=row.entity, owner="alfa", owner_name="Alfa", owner_country=seat, basis="a page", sources=["p"],
                 confidence=0.8)  # fmt: skip
    known = Lookups(owners=[(line, Block("owners.yaml", 1, 1, {}))])
    found = Resolver(known, Identity([Company(id="alfa", name="Alfa", country=seat)])).resolve([row])
    assert [one.owner_class for one in found.entities.values()] == [owners] and found.problems == []
