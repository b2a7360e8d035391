"""The encoding of a table is what the file says, else what its bytes show beyond doubt; else it is refused in words."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from chinaai.graph.problems import Problem
from chinaai.loaders.table import read_table

TEXT = "code,name\n1,科大讯飞股份有限公司\n2,Nestlé 雀巢（中国）有限公司\n"
MARKS = {
    "utf-8": codecs.BOM_UTF8, "utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE, "utf-32-be": codecs.BOM_UTF32_BE, "gb18030": "\ufeff".encode("gb18030"),
}  # fmt: skip


def read(folder: Path, data: bytes) -> tuple[list[str], list[Problem]]:
    path = folder / "made.csv"
    path.write_bytes(data)
    table, problems = read_table(path, ("code", "name"))
    return [line.cells[1] for line in table.lines], problems


@pytest.mark.parametrize("encoding", MARKS)
def test_what_says_its_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    names, problems = read(tmp_path, MARKS[encoding] + TEXT.encode(encoding))
    assert (names, problems) == (["科大讯飞股份有限公司", "Nestlé 雀巢（中国）有限公司"], [])


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "gbk"])
def test_utf_8_and_gbk_are_read_without_a_mark(tmp_path: Path, encoding: str) -> None:
    text = TEXT.replace("é", "e")
    assert read(tmp_path, text.encode(encoding)) == (["科大讯飞股份有限公司", "Nestle 雀巢（中国）有限公司"], [])


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_encodings_without_a_mark_are_named(tmp_path: Path, encoding: str) -> None:
    names, (problem,) = read(tmp_path, TEXT.encode(encoding))
    assert (names, problem.code) == ([], "ENCODING")
    assert problem.message == "the file is UTF-16 or UTF-32 without the mark (BOM) that says so"
    assert "save it as UTF-8" in problem.hint


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("cp1252", "Nestlé"), ("cp1252", "Société Générale"), ("cp1252", "Müller & Söhne"), ("latin-1", "São Paulo"),
        ("mac_roman", "L'Oréal"),
        ("big5", "鴻海精密工業"), ("big5", "騰訊控股有限公司"), ("big5hkscs", "香港聯合交易所"),
        ("shift_jis", "ソフトバンク"), ("euc_jp", "トヨタ自動車"), ("euc_kr", "현대자동차"), ("cp1251", "Сбербанк"),
    ],
)  # fmt: skip
def test_another_encoding_is_refused_at_its_line(tmp_path: Path, encoding: str, name: str) -> None:
    """One row is enough to know that it is none of those that are read."""
    names, (problem,) = read(tmp_path, f"code,name\n1,Plain\n2,{name}\n".encode(encoding))
    assert (names, problem.code, problem.line) == ([], "ENCODING", 3)
    assert "save it as UTF-8" in problem.hint


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le"])
@pytest.mark.parametrize("place", [0, 40])
def test_what_is_not_what_it_says_is_told(tmp_path: Path, encoding: str, place: int) -> None:
    """Bytes that are none of that encoding, right behind the mark and further on; no sign is put in their place."""
    broken = {"utf-8": b"\xff\xfe\xfd", "utf-32-le": b"\xff\xff\xff\xff"}.get(encoding, b"\xd8\xd8\x00\x00")
    data = TEXT.encode(encoding)
    names, (problem,) = read(tmp_path, MARKS[encoding] + data[:place] + broken + data[place:])
    assert (names, problem.code) == ([], "ENCODING")
    said = encoding.upper().removesuffix("-LE").removesuffix("-BE")
    assert problem.message == f"the file's first bytes say {said}, and what stands here is none"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "gb18030"])
def test_a_file_that_ends_inside_a_character_was_cut(tmp_path: Path, encoding: str) -> None:
    data = MARKS[encoding] + "code,name\n1,科大讯飞".encode(encoding)
    names, (problem,) = read(tmp_path, data[:-1])
    assert (names, problem.code) == ([], "CUT")
    assert "fetch the file again" in problem.hint
