"""Every loader, every way in which a file goes wrong: told with file, line, column and hint, and nothing written."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest
from chinaai.graph.digest import status
from chinaai.graph.problems import InputError, Problem
from chinaai.graph.store import Store
from chinaai.loaders.base import SEEDS, Context, Loaded, load, loaders
from chinaai.loaders.build import context_of
from chinaai.loaders.curated import read_seeds
from chinaai.loaders.table import read_table
from outside_data import DAY, INPUTS, MADE, archive, context, made_seeds

FILINGS = SEEDS / "registers" / "cac-genai-filings.tsv"
TABLES = {"cac": FILINGS, "epoch": MADE / "epoch.csv", "hstech": MADE / "hstech_2030-06.csv"}
HTML = b"<!DOCTYPE html>\n<html><body>404 Not Found</body></html>\n"


@pytest.fixture(scope="module")
def shipped_context() -> Context:
    return context_of(read_seeds(SEEDS), DAY)


@pytest.fixture
def read(shipped_context: Context) -> Callable[[str, Path], Loaded]:
    """Read a file with the loader of a name, in the world that its good file belongs to."""

    def run(name: str, path: Path) -> Loaded:
        found = loaders()[name].read(path, shipped_context if name == "cac" else context())
        if found.problems:
            assert (found.batch.nodes, found.batch.edges) == ([], [])
        return found

    return run


Read = Callable[[str, Path], Loaded]


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / TABLES[name].name
    path.write_bytes(data)
    return path


def told(problems: list[Problem]) -> set[tuple[str, int, int]]:
    assert all(problem.file and problem.hint for problem in problems), problems
    return {(problem.code, problem.line, problem.column) for problem in problems}


@pytest.mark.parametrize("name", sorted(TABLES))
class TestTables:
    def test_wrong_header(self, read: Read, tmp_path: Path, name: str) -> None:
        header, rest = TABLES[name].read_text("utf-8").split("\n", 1)
        first = header.replace(",", "\t").split("\t")[0]
        found = read(name, put(tmp_path, name, f"{header.replace(first, 'Nonsense', 1)}\n{rest}".encode()))
        assert told(found.problems) == {("HEADER", 1, 1)}
        assert {"unknown column 'Nonsense'", f"missing: {first}"} == {p.message for p in found.problems}

    def test_a_new_column_is_a_problem(self, read: Read, tmp_path: Path, name: str) -> None:
        lines = TABLES[name].read_text("utf-8").split("\n")
        mark = "\t" if "\t" in lines[0] else ","
        path = put(tmp_path, name, "\n".join([f"{lines[0]}{mark}Novelty", *lines[1:]]).encode())
        assert told(read(name, path).problems) == {("HEADER", 1, len(lines[0]) + 2)}

    def test_web_page(self, read: Read, tmp_path: Path, name: str) -> None:
        # A page may be a notice of the regulator, so there it is its table that is missed.
        wanted = {("NO-TABLE", 0, 0)} if name == "cac" else {("HTML", 1, 1)}
        assert told(read(name, put(tmp_path, name, HTML)).problems) == wanted

    @pytest.mark.parametrize("data", [b"", b"\n \n", b"\xef\xbb\xbf"])
    def test_empty(self, read: Read, tmp_path: Path, name: str, data: bytes) -> None:
        assert told(read(name, put(tmp_path, name, data)).problems) == {("EMPTY", 0, 0)}

    @pytest.mark.slow
    @pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
    def test_other_encodings_simply_work(self, read: Read, tmp_path: Path, name: str, encoding: str) -> None:
        good = read(name, TABLES[name])
        text = TABLES[name].read_text("utf-8").replace("\n", "\r\n")
        again = read(name, put(tmp_path, name, text.encode(encoding)))
        assert (again.problems, again.remarks) == ([], good.remarks)
        assert again.batch == good.batch

    def test_no_such_file_and_a_folder_in_its_place(self, read: Read, tmp_path: Path, name: str) -> None:
        gone = read(name, tmp_path / "gone_2030-06.csv").problems
        assert told(gone) == {("FILE", 0, 0)}
        assert gone[0].message == "the file can't be read: No such file or directory"
        folder = tmp_path / "folder_2030-06.csv"
        folder.mkdir()
        (problem,) = read(name, folder).problems
        assert problem.code == "FILE"
        assert problem.hint


def epoch(*, cells: dict[str, str] | None = None, cut: int | None = None) -> bytes:
    """The made-up Epoch file with cells of its third record changed, or cut behind a number of characters."""
    text = (MADE / "epoch.csv").read_text("utf-8")
    for old, new in (cells or {}).items():
        assert text.count(old) == 1
        text = text.replace(old, new)
    return text[:cut].encode()


class TestEpoch:
    def test_shifted_column(self, read: Read, tmp_path: Path) -> None:
        moved = {"Root,Root Labs,2028-01-09,Language,": "Root,,Root Labs,2028-01-09,Language"}
        found = read("epoch", put(tmp_path, "epoch", epoch(cells=moved)))
        assert told(found.problems) == {("DATE", 6, 7), ("NUMBER", 6, 28)}

    def test_lost_cell(self, read: Read, tmp_path: Path) -> None:
        path = put(tmp_path, "epoch", epoch(cells={"2028-01-09,Language,": "Language,"}))
        (problem,) = read("epoch", path).problems
        assert (problem.code, problem.line, problem.message) == ("COLUMNS", 6, "the line has 16 of 17 columns")

    def test_many_wrong_cells_are_one_shift(self, read: Read, tmp_path: Path) -> None:
        path = put(tmp_path, "epoch", epoch(cells={"2030-06-02,Language,9000000000.0,,": "Language,2030-06-02,big,x,"}))
        (problem,) = read("epoch", path).problems
        assert (problem.code, problem.line) == ("SHIFTED", 7)

    def test_cut_in_a_row_and_in_a_quoted_cell(self, read: Read, tmp_path: Path) -> None:
        text = (MADE / "epoch.csv").read_text("utf-8")
        path = put(tmp_path, "epoch", epoch(cut=text.index("Root,Root Labs") + 9))
        assert told(read("epoch", path).problems) == {("CUT", 6, 10)}
        path = put(tmp_path, "epoch", epoch(cut=text.index("It says")))
        (problem,) = read("epoch", path).problems
        assert (problem.code, problem.line) == ("CUT", 3)
        assert problem.message == "the file ends inside the quoted cell that begins in line 2"

    def test_same_model_twice_and_wrong_cells(self, read: Read, tmp_path: Path) -> None:
        path = put(
            tmp_path, "epoch", epoch(cells={"\nElsewhere,": "\nRoot,", "2029-07-01": "2029-13-01", "64.0": "-64"})
        )
        assert told(read("epoch", path).problems) == {
            ("DATE", 5, 41), ("NUMBER", 7, 137), ("MODEL-TWICE", 8, 1)
        }  # fmt: skip

    @pytest.mark.parametrize("number", ["nan", "NaN", "inf", "-Infinity", "1e999", "6 4", "0x40", "六十四", ""])
    def test_a_figure_that_is_no_finite_number(self, read: Read, tmp_path: Path, number: str) -> None:
        found = read("epoch", put(tmp_path, "epoch", epoch(cells={"64.0": number})))
        assert told(found.problems) == ({("NUMBER", 7, 137)} if number else set())

    def test_only_a_header(self, read: Read, tmp_path: Path) -> None:
        header = (MADE / "epoch.csv").read_text("utf-8").split("\n")[0] + "\n"
        (problem,) = read("epoch", put(tmp_path, "epoch", header.encode())).problems
        assert (problem.code, problem.message) == ("EMPTY", "the file has no rows")


class TestHsTech:
    def changed(self, folder: Path, old: str, new: str, name: str = "hstech_2030-06.csv") -> Path:
        text = (MADE / "hstech_2030-06.csv").read_text("utf-8")
        assert text.count(old) == 1
        (folder / name).write_text(text.replace(old, new), encoding="utf-8")
        return folder / name

    def test_shifted(self, read: Read, tmp_path: Path) -> None:
        path = self.changed(tmp_path, "03004,Firm 04,第4公司", "Firm 04,第4公司,03004")
        assert told(read("hstech", path).problems) == {("CODE", 5, 1)}

    def test_a_code_twice(self, read: Read, tmp_path: Path) -> None:
        path = self.changed(tmp_path, "03005,", "03004,")
        (problem,) = read("hstech", path).problems
        assert str(problem) == "hstech_2030-06.csv:6:1 CODE-TWICE code 03004 stands twice; first in line 5"

    def test_cut_in_a_row_and_between_rows(self, read: Read, tmp_path: Path) -> None:
        text = (MADE / "hstech_2030-06.csv").read_text("utf-8")
        path = tmp_path / "hstech_2030-06.csv"
        path.write_text(text[: text.index("Firm 30") + 4], encoding="utf-8")
        assert told(read("hstech", path).problems) == {("CUT", 31, 11)}
        path.write_text(text[: text.index("03030")], encoding="utf-8")
        (problem,) = read("hstech", path).problems
        assert problem.message == "the file has 29 rows; the index has 30 constituents"

    @pytest.mark.parametrize("code", ["03004\u200b", " 03004 ", "\u200903004"])
    def test_a_code_of_another_width_is_the_code(self, read: Read, tmp_path: Path, code: str) -> None:
        found = read("hstech", self.changed(tmp_path, "03004,", f"{code},"))
        assert (found.problems, found.batch) == ([], read("hstech", MADE / "hstech_2030-06.csv").batch)

    @pytest.mark.parametrize("code", ["٠٣٠٠٤", "０３００４", "3004", '="03004"', "0300A", "三〇〇四", "03004.0"])
    def test_what_is_no_code_is_told(self, read: Read, tmp_path: Path, code: str) -> None:
        found = read("hstech", self.changed(tmp_path, "03004,", f"{code},"))
        assert told(found.problems) == {("CODE", 5, 1)}

    def test_a_name_without_the_review(self, read: Read, tmp_path: Path) -> None:
        path = self.changed(tmp_path, "03004,", "03004,", name="constituents.csv")
        (problem,) = read("hstech", path).problems
        assert problem.code == "MONTH"
        assert "ends in _YYYY-MM.csv" in problem.hint


class TestModelsDev:
    def tree(self, folder: Path, file: str, old: str, new: str, encoding: str = "utf-8") -> Path:
        copytree(MADE / "models.dev", folder / "tree")
        path = folder / "tree" / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding=encoding)
        return folder / "tree"

    def test_unknown_key_and_wrong_kind(self, read: Read, tmp_path: Path) -> None:
        file = "providers/alpha/models/beta-one.toml"
        path = self.tree(tmp_path, file, "cache_read", "cache_reed")
        (problem,) = read("modelsdev", path).problems
        assert str(problem).startswith(f"{file}:6:1 UNKNOWN-FIELD unknown key 'cost.cache_reed'; the data set changed")

    def test_a_value_of_another_kind(self, read: Read, tmp_path: Path) -> None:
        path = self.tree(tmp_path, "models/beta-ai/beta-3.toml", 'name = "Beta 3"', "name = 3")
        assert told(read("modelsdev", path).problems) == {("TYPE", 1, 1)}

    def test_cut_file(self, read: Read, tmp_path: Path) -> None:
        path = self.tree(tmp_path, "models/beta-ai/beta-1.toml", 'output = ["text"]', 'output = ["te')
        (problem,) = read("modelsdev", path).problems
        assert (problem.code, problem.file, problem.line) == ("TOML", "models/beta-ai/beta-1.toml", 13)

    def test_bom_works_and_a_web_page_does_not(self, read: Read, tmp_path: Path) -> None:
        path = self.tree(tmp_path, "providers/cloud-one/provider.toml", "Cloud One", "Cloud One", "utf-8-sig")
        assert read("modelsdev", path).problems == []
        (path / "providers/cloud-one/provider.toml").write_bytes(HTML)
        found = read("modelsdev", path).problems
        assert ("HTML", 1, 1) in told(found)
        assert ("NO-PROVIDER", 1, 1) in told(found)

    def test_cut_archive(self, read: Read, tmp_path: Path) -> None:
        path = archive(tmp_path)
        path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes())[:6000]))
        (problem,) = read("modelsdev", path).problems
        assert problem.code == "CUT"
        path = archive(tmp_path)
        path.write_bytes(path.read_bytes()[:-80])
        assert {problem.code for problem in read("modelsdev", path).problems} == {"CUT"}

    def test_not_an_archive(self, read: Read, tmp_path: Path) -> None:
        path = tmp_path / "models.tar.gz"
        for data, code in ((b"", "EMPTY"), (HTML, "HTML"), (b"name,api\nalpha,x\n", "ARCHIVE")):
            path.write_bytes(data)
            (problem,) = read("modelsdev", path).problems
            assert (problem.code, bool(problem.hint)) == (code, True)
        (problem,) = read("modelsdev", tmp_path / "gone").problems
        assert (problem.code, bool(problem.hint)) == ("FILE", True)
        (tmp_path / "bare").mkdir()
        (problem,) = read("modelsdev", tmp_path / "bare").problems
        assert (problem.code, problem.message) == ("EMPTY", "there are no TOML files of this form")


@pytest.mark.parametrize("name", sorted(INPUTS))
def test_nothing_is_written_where_a_problem_stands(store: Store, tmp_path: Path, name: str) -> None:
    for _, loaded in made_seeds():
        load(store, loaded, today=DAY)
    load(store, loaders()[name].read(MADE / INPUTS[name], context()), today=DAY)
    before = status(store)
    bad = tmp_path / Path(INPUTS[name]).name
    bad.write_bytes(HTML)
    with pytest.raises(InputError, match="1 problem in the input; nothing was written"):
        load(store, loaders()[name].read(bad, context()), today=DAY)
    after = status(store)
    assert (after.digest, after.nodes, after.relationships) == (before.digest, before.nodes, before.relationships)


class TestForms:
    """Forms in which programs save tables: read where they are sure, else named for what they are."""

    WANTED = ("code", "name")

    def read(self, folder: Path, data: bytes) -> tuple[list[tuple[str, ...]], list[Problem]]:
        path = folder / "made.csv"
        path.write_bytes(data)
        table, problems = read_table(path, self.WANTED)
        return [line.cells for line in table.lines], problems

    def test_quotes_of_a_tab_file_that_excel_saved(self, tmp_path: Path) -> None:
        text = 'code\tname\n1\t"智谱清言, ChatGLM"\n2\t"say ""hi"""\n3\t"two\nlines"\n4\t"open\n5\tplain 5" wide\n'
        assert self.read(tmp_path, text.encode()) == (
            [
                ("1", "智谱清言, ChatGLM"),
                ("2", 'say "hi"'),
                ("3", "two\nlines"),
                ("4", '"open'),
                ("5", 'plain 5" wide'),
            ],
            [],
        )

    @pytest.mark.parametrize(
        "text", ["code;name\n1;a,b\n", 'sep=,\ncode,name\n1,"a,b"\n', "sep=;\r\ncode;name\r\n1;a,b\r\n"]
    )
    def test_separators(self, tmp_path: Path, text: str) -> None:
        assert self.read(tmp_path, text.encode()) == ([("1", "a,b")], [])

    def test_a_place_below_a_line_that_names_the_separator_is_that_of_the_file(self, tmp_path: Path) -> None:
        assert told(self.read(tmp_path, b"sep=,\ncode,name\n1,x\n2\n")[1]) == {("COLUMNS", 4, 1)}

    @pytest.mark.parametrize("above", ["Constituents of 2026\n", "a,b,c,d\n\nas of 2026\n"])
    def test_lines_above_the_header_are_told(self, tmp_path: Path, above: str) -> None:
        _, (problem,) = self.read(tmp_path, f"{above}code,name\n1,x\n".encode())
        line = above.count("\n") + 1
        assert problem.message == f"the column names stand in line {line}, below {line - 1} other lines"

    @pytest.mark.parametrize(
        ("text", "encoding"),
        [
            ("1,Crédit Agricole\n", "cp1252"), ("1,삼성전자\n2,네이버\n", "euc_kr"),
            ("1,台灣積體電路\n2,鴻海精密\n", "big5"), ("1,トヨタ自動車\n", "shift_jis"),
            ("1,Яндекс Облако\n", "koi8_r"),
        ],
    )  # fmt: skip
    def test_an_encoding_that_gb18030_also_accepts_makes_no_garbage(
        self, tmp_path: Path, text: str, encoding: str
    ) -> None:
        rows, (problem,) = self.read(tmp_path, b"code,name\n" + text.encode(encoding))
        assert (rows, problem.code, problem.line) == ([], "ENCODING", 2)
        assert "save it as UTF-8" in problem.hint

    def test_chinese_in_gbk_is_read(self, tmp_path: Path) -> None:
        text = "1,腾讯控股有限公司\n2,北京智谱\n"
        assert self.read(tmp_path, f"code,name\n{text}".encode("gbk"))[0] == [
            ("1", "腾讯控股有限公司"),
            ("2", "北京智谱"),
        ]

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            (b"PK\x03\x04....xl/workbook.xml", "an Excel workbook"),
            (b"PK\x03\x04..word/document.xml", "a Word document"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel or Word file"), (b"%PDF-1.7", "a PDF"),
            (b"\x1f\x8b\x08\x00", "a gzip archive"),
        ],
    )  # fmt: skip
    def test_another_format_is_named(self, tmp_path: Path, data: bytes, words: str) -> None:
        _, (problem,) = self.read(tmp_path, data)
        assert problem.code == "FORMAT"
        assert words in problem.message


@pytest.mark.slow
class TestRegisterSavedByExcel:
    """The shipped register as a spreadsheet leaves it: the same rows, or a word on each that differs."""

    def edited(self, read: Read, folder: Path, old: str, new: str) -> Loaded:
        text = FILINGS.read_text("utf-8")
        assert old in text
        path = folder / FILINGS.name
        path.write_text(text.replace(old, new, 1), "utf-8")
        return read("cac", path)

    def test_a_cell_in_quotes_is_the_cell(self, read: Read, tmp_path: Path) -> None:
        found = self.edited(read, tmp_path, "\t上海创智学院\t", '\t"上海创智学院"\t')
        assert found.problems == []
        assert digest(found) == digest(read("cac", FILINGS))

    def test_a_day_of_another_century_is_told(self, read: Read, tmp_path: Path) -> None:
        found = self.edited(read, tmp_path, "\t2026/2/27\t", "\t2126/2/27\t")
        (problem,) = found.problems
        assert problem.code == "DATE"
        assert "lies long after the notice of 2026-02" in problem.message

    @pytest.mark.parametrize("sign", ["\u200b", "\ufeff", "\u00ad", "\u2060"])
    def test_a_sign_that_nobody_sees_makes_no_second_legal_entity(self, read: Read, tmp_path: Path, sign: str) -> None:
        found = self.edited(read, tmp_path, "\t北京智谱华章科技有限公司\t", f"\t北京智谱{sign}华章科技有限公司\t")
        assert found.problems == []
        assert {n.id for n in found.batch.nodes} == {n.id for n in read("cac", FILINGS).batch.nodes}
        assert any("nobody sees" in remark for remark in found.remarks)


def digest(loaded: Loaded) -> set[tuple[str, str]]:
    return {(node.id, node.hash) for node in loaded.batch.nodes}
