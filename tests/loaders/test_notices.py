"""Notices as the regulator publishes them, made with its own header and real rows, and broken in every way it happens.

Whatever happens to a document, its rows come out as they were, or a word says what is wrong with it and where.
"""

from __future__ import annotations

import csv
import functools
import html
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from chinaai.graph.problems import Problem
from chinaai.loaders.algorithms import AlgorithmsLoader, loader
from chinaai.loaders.algorithms.rows import NUMBER, Algorithms, read_algorithms
from chinaai.loaders.base import SEEDS, Context, Loaded
from chinaai.loaders.build import context_of
from chinaai.loaders.cac import CacLoader
from chinaai.loaders.cac.register import read_register
from chinaai.loaders.curated import read_seeds

SAMPLE = Path(__file__).parents[1] / "data" / "algorithms.tsv"
REGISTER = SEEDS / "registers" / "cac-genai-filings.tsv"
HEADER = ["序号", "算法名称", "角色", "主体名称", "应用产品", "主要用途", "备案编号", "备注"]
TITLE = "境内深度合成服务算法备案清单（2023年6月）"
Rows = list[list[str]]


@functools.cache
def rows() -> tuple[tuple[str, ...], ...]:
    """Real rows under running numbers, as a whole list would have them."""
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return tuple((str(i), *(row[name] for name in HEADER[1:])) for i, row in enumerate(found, start=1))


def word(
    path: Path, tables: list[Rows], title: str = TITLE, below: str = "", after: Callable[[Any], None] | None = None
) -> Path:
    document = docx.Document()
    document.add_paragraph(title)
    for content in tables:
        table = document.add_table(rows=0, cols=len(content[0]))
        for row in content:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
        if after:
            after(table)
        document.add_paragraph(below)
    document.save(str(path))
    return path


def page(path: Path, tables: list[Rows], title: str = TITLE, below: str = "") -> Path:
    made = ""
    for content in tables:
        lines = ("".join(f"<td><p>{html.escape(cell)}</p></td>" for cell in row) for row in content)
        made += f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"
    path.write_text(f"<html><body><h1>{title}</h1>{made}<p>{below}</p></body></html>", "utf-8")
    return path


WRITERS = {"docx": word, "html": page}
Make = Callable[..., Algorithms]


@pytest.fixture(params=sorted(WRITERS))
def made(request: pytest.FixtureRequest, tmp_path: Path) -> Make:
    """Write a list in one of the two forms, and read it."""

    def run(*tables: Rows, **more: Any) -> Algorithms:
        return read_algorithms(WRITERS[request.param](tmp_path / f"notice.{request.param}", list(tables), **more))

    return run


def whole() -> Rows:
    return [list(HEADER), *(list(row) for row in rows())]


def told(found: Algorithms) -> list[Problem]:
    assert all(problem.file and problem.hint for problem in found.problems)
    return found.problems


def same(found: Algorithms) -> bool:
    """Every row came out as it was printed."""
    assert found.problems == []
    kept = [(str(r.seq), r.name, r.role, r.entity, r.product, r.purpose, r.number, r.remark) for r in found.rows]
    of_one = {(row.period, row.kind) for row in found.rows} == {("2023-06", "deep-synthesis")}
    return of_one and sorted(kept) == sorted(rows())


def test_a_good_list(made: Make) -> None:
    assert same(made(whole()))


def test_1_header_repeated_inside(made: Make) -> None:
    content = whole()
    found = made([*content[:10], list(HEADER), *content[10:]])
    assert same(found)
    assert any("the header once more" in remark for remark in found.remarks)


def test_2_a_row_split_by_a_page(made: Make) -> None:
    content = whole()
    cut = content[7]
    upper, lower = [*cut], [""] * len(cut)
    upper[5], lower[5] = cut[5][:20], cut[5][20:]
    upper[6], lower[6] = cut[6][:14], cut[6][14:]
    found = made([*content[:7], upper, lower, *content[8:]])
    assert same(found)
    assert any("split by a page" in remark for remark in found.remarks)


def test_3_a_table_that_goes_on_without_a_header(made: Make) -> None:
    content = whole()
    found = made(content[:12], content[12:])
    assert same(found)
    assert any("no header: read as the rest" in remark for remark in found.remarks)


def test_4_two_tables_with_headers(made: Make) -> None:
    content = whole()
    assert same(made(content[:12], [list(HEADER), *content[12:]]))


@pytest.mark.parametrize("lost", ["备案编号", "主体名称", "序号"])
def test_5_a_missing_column(made: Make, lost: str) -> None:
    at = HEADER.index(lost)
    found = made([[cell for i, cell in enumerate(row) if i != at] for row in whole()])
    assert [p.code for p in told(found)] == ["HEADER"]
    assert lost in found.problems[0].message


def test_6_a_column_that_nobody_knows(made: Make) -> None:
    found = made([[*row, "新内容"] for row in whole()])
    assert [p.message for p in told(found)] == ["table 1, row 1: unknown column '新内容'"]


def test_7_full_width_digits_and_spaces(made: Make) -> None:
    wide = str.maketrans("0123456789", "".join(chr(0xFF10 + digit) for digit in range(10)))
    content = whole()
    for row in content[1:]:
        row[0], row[6] = row[0].translate(wide), row[6][:10] + " " + row[6][10:].translate(wide)
    found = made(content)
    assert same(found)
    assert sum("width and spaces" in remark for remark in found.remarks) == 2 * len(rows())


def test_8_footnotes_inside_and_below(made: Make) -> None:
    note = ["注：以上信息按备案时间排序", *[""] * (len(HEADER) - 1)]
    found = made([*whole(), note], below="* 国家互联网信息办公室")
    assert same(found)
    assert any("a note, no row: '注：以上信息按备案时间排序'" in remark for remark in found.remarks)


def test_9_a_lost_row(made: Make) -> None:
    content = whole()
    found = made([*content[:5], *content[6:]])
    assert [(p.code, p.message) for p in told(found)] == [("SEQ", "no row bears the number 5")]


def test_10_a_cut_number(made: Make) -> None:
    content = whole()
    content[3][6] = content[3][6][:-4]
    (problem,) = told(made(content))
    assert (problem.code, problem.line) == ("NUMBER", 4)
    assert content[3][6] in problem.message


def test_11_a_number_twice_under_two_names(made: Make) -> None:
    content = whole()
    content[4][6] = content[3][6]
    (problem,) = told(made(content))
    assert problem.code == "NUMBER-OTHER-ENTITY"


def test_12_no_table_but_a_link_to_the_attachment(tmp_path: Path) -> None:
    path = tmp_path / "c_1688910683316256.htm"
    path.write_text(f"<html><body><h1>{TITLE}</h1><a href='/2023/备案清单.docx'>附件</a></body></html>", "utf-8")
    (problem,) = told(read_algorithms(path))
    assert problem.code == "NO-TABLE"
    assert "备案清单.docx" in problem.hint


def test_13_cells_merged_across_a_row_are_no_guess(tmp_path: Path) -> None:
    def merge(table: Any) -> None:
        table.cell(3, 3).merge(table.cell(3, 4))

    (problem,) = told(read_algorithms(word(tmp_path / "n.docx", [whole()], after=merge)))
    assert (problem.code, problem.line) == ("MERGED", 4)
    assert "'应用产品' is merged with the cell before it" in problem.message


def test_14_cells_merged_downwards_hold_for_each_row(tmp_path: Path) -> None:
    content = whole()
    content[2][3] = content[1][3]

    def merge(table: Any) -> None:
        table.cell(2, 3).text = ""
        table.cell(1, 3).merge(table.cell(2, 3))

    found = read_algorithms(word(tmp_path / "n.docx", [content], after=merge))
    assert found.problems == []
    assert [row.entity for row in found.rows][:2] == [content[1][3]] * 2
    assert len(found.rows) == len(rows())


def test_15_a_title_row_inside_the_table_and_a_merged_one_in_html(tmp_path: Path) -> None:
    path = page(tmp_path / "n.html", [whole()])
    text = path.read_text("utf-8").replace("<table>", f"<table><tr><td colspan='8'>{TITLE}</td></tr>", 1)
    path.write_text(text, "utf-8")
    assert same(read_algorithms(path))


def test_16_other_files(tmp_path: Path) -> None:
    good = word(tmp_path / "good.docx", [whole()]).read_bytes()
    for name, data, code in (
        ("cut.docx", good[: len(good) // 2], "CUT"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "FORMAT"),
        ("a.pdf", b"%PDF-1.7 ...", "FORMAT"),
    ):  # fmt: skip
        path = tmp_path / name
        path.write_bytes(data)
        assert [p.code for p in told(read_algorithms(path))] == [code], name


def test_17_no_month_anywhere(made: Make) -> None:
    (problem,) = told(made(whole(), title="境内深度合成服务算法备案清单"))
    assert problem.code == "MONTH"
    assert "YYYY-MM" in problem.hint


def test_a_recommendation_list_has_no_role(made: Make) -> None:
    content = [[c for i, c in enumerate(row) if i != 2] for row in whole()]
    content[0][2:2] = ["算法类别"]
    content = [content[0], *([*row[:2], "个性化推送类", *row[2:]] for row in content[1:])]
    found = made(content, title="境内互联网信息服务算法备案清单（2022年8月）")
    assert found.problems == []
    assert {(row.kind, row.category, row.period) for row in found.rows} == {
        ("recommendation", "个性化推送类", "2022-08")
    }


def test_the_first_digits_of_a_number_fit_the_place_in_the_filer_s_name() -> None:
    """Measured, not assumed: wherever a name says a place, the division is of it; and 01 stands in every number."""
    places = {"北京": "11", "上海": "31", "杭州": "33", "广州": "44", "深圳": "44", "厦门": "35"}
    seen = 0
    for row in rows():
        parts = NUMBER.fullmatch(row[6])
        assert parts and parts[3] == "01"
        for name, code in places.items():
            if name in row[3]:
                assert parts[1].startswith(code), row
                seen += 1
    assert seen >= 15


@functools.cache
def context() -> Context:
    return context_of(read_seeds(SEEDS), date(2026, 11, 24))


@pytest.mark.slow
def test_algorithms_in_the_graph() -> None:
    found = AlgorithmsLoader().read(SAMPLE, context())
    assert found.problems == []
    nodes = {node.props["number"]: node.props for node in found.batch.nodes if node.label == "AlgorithmFiling"}
    zhipu = nodes["网信算备110108105858001230019号"]
    assert (zhipu["name"], zhipu["province"], zhipu["year"], zhipu["serial"]) == (
        "智谱ChatGLM生成算法",
        "北京市",
        2023,
        1,
    )
    assert zhipu["derived"] == ["province", "year", "serial"]
    by = {edge.start[1]: edge.end[1] for edge in found.batch.edges if edge.type == "FILED_BY"}
    known = {node.id for node in shipped().batch.nodes if node.label == "LegalEntity"}
    own = {node.id for node in found.batch.nodes if node.label == "LegalEntity"}
    assert len(by) == len(rows())
    assert own.isdisjoint(known)
    assert set(by.values()) <= own | known


def test_an_owner_is_dated_as_in_the_other_register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a company that filed algorithms alone: by the day of its line, else by the list that first names it."""
    monkeypatch.setattr(loader, "read_register", lambda *given: replace(read_register(*given), rows=[]))
    path = tmp_path / "algorithms.tsv"
    path.write_text(SAMPLE.read_text("utf-8").replace("北京快手科技有限公司", "特斯拉（上海）有限公司"), "utf-8")
    found = AlgorithmsLoader().read(path, context())
    owners = {edge.end[1]: edge.props for edge in found.batch.edges if edge.type == "SUBSIDIARY_OF"}
    days = {name: [str(owners[name].get(day)) for day in ("since", "known_from")] for name in ("tesla", "meituan")}
    assert days == {"tesla": ["2018-05-10", "2018-05-10"], "meituan": ["None", "2023-07-01"]}
    assert [owners[name]["known_from_basis"] for name in days] == ["valid_from", "first listing"]


@functools.cache
def shipped() -> Loaded:
    return CacLoader().read(SEEDS / "registers", context())


def genai() -> tuple[Rows, Rows]:
    """Both tables of the notice of February 2026 as printed."""
    tables: dict[str, Rows] = {
        "备案": [["序号", "属地", "大模型名称", "备案单位", "备案编号", "备案时间"]],
        "登记": [["序号", "属地", "应用/功能名称", "登记单位", "上线编号", "登记时间"]],
    }
    with REGISTER.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["period"] == "2026-02":
                values = [row[name] for name in ("seq", "province", "name", "entity", "number", "date")]
                tables[row["kind"]].append(values)
    return tables["备案"], tables["登记"]


@pytest.mark.parametrize("form", sorted(WRITERS))
def test_a_notice_of_the_generative_register_gives_the_filings_that_stand(tmp_path: Path, form: str) -> None:
    path = WRITERS[form](
        tmp_path / f"n.{form}", list(genai()), title="生成式人工智能服务已备案和已登记信息（2026年2月）"
    )
    found = CacLoader().read(path, context())
    assert found.problems == []

    def filings(loaded: Loaded) -> dict[str, dict[str, Any]]:
        nodes = (node for node in loaded.batch.nodes if node.label == "Filing")
        return {node.id: {k: v for k, v in node.props.items() if k != "line"} for node in nodes}

    assert filings(found) == filings(shipped())
    notice = next(node.props for node in found.batch.nodes if node.id == "notice-cac-genai-2026-02")
    assert (notice["filings"], notice["registrations"]) == (48, 46)


def test_a_notice_with_a_lost_row_is_told(tmp_path: Path) -> None:
    first, second = genai()
    path = word(tmp_path / "n.docx", [[*first[:9], *first[10:]], second], title="…（2026年2月）")
    found = CacLoader().read(path, context())
    assert [p.message for p in found.problems] == [f"no row bears the 备案 sequence number {first[9][0]}"]


@pytest.mark.parametrize("month", ["2099-01", "2027-02"])
def test_a_month_that_has_not_begun_is_told(tmp_path: Path, month: str) -> None:
    context = context_of(read_seeds(SEEDS), date(2026, 11, 28), opened=False)
    path = tmp_path / "algorithms.tsv"
    path.write_text(SAMPLE.read_text("utf-8").replace("2023-06", month), "utf-8")
    found = AlgorithmsLoader().read(path, context)
    assert [(p.code, p.message) for p in found.problems] == [("MONTH", f"the month {month} lies in the future")]
    other = word(tmp_path / f"{month}.docx", [[HEADER, *map(list, rows())]])
    found = AlgorithmsLoader().read(other, context)
    assert [p.code for p in found.problems] == ["MONTH"]


def test_a_notice_that_comes_again_changes_no_row_of_the_others(tmp_path: Path) -> None:
    """The notice of 2026-02 is not the last; each filing keeps who filed it."""
    path = word(tmp_path / "n.docx", list(genai()), title="…（2026年2月）")
    filers, again = (
        {edge.start[1]: edge.end[1] for edge in found.batch.edges if edge.type == "FILED_BY"}
        for found in (shipped(), CacLoader().read(path, context()))
    )
    assert filers and again == filers
