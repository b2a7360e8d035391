"""Files that would be waited for or would fill the memory: refused in words, at once, by every reader."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
from chinaai.loaders import input_file
from chinaai.loaders.base import loaders
from chinaai.loaders.curated import read_seeds
from chinaai.loaders.json_reader import read_json
from chinaai.loaders.yaml_reader import compose, read_yaml
from faults.running import chinaai
from outside_data import context

ABOUT = "reviewed: 2026-11-24\nlicence: CC-BY-4.0\n"
#: Nine levels of nine: 387 million blocks, in a few lines.
BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9)
)


def seeds(folder: Path, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "about.yaml").write_text(ABOUT, encoding="utf-8")
    (folder / "all.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (BOMB, "ALIAS"),
        ("facts: &a [*a]\n", "ALIAS"),
        ("facts: &a\n  b: *a\n", "ALIAS"),
        ("one: &x {id: a}\ntwo: *x\n", "ALIAS"),
        ("base: &b {id: a}\nfacts: [{<<: *b, subject: x}]\n", "ALIAS"),
        ("? &k [*k]\n: 1\n", "KEY"),
        ("? {a: 1}\n: b\n", "KEY"),
        ("facts: " + "[" * 500 + "]" * 500, "DEPTH"),
        ("facts: " + "{a: " * 200 + "1" + "}" * 200, "DEPTH"),
        ("facts: " + "[" * 100_000, "YAML"),
        ("entities: [{id: a, name: " + "n" * 60_000 + "}]", "LONG"),
    ],
    ids=[
        "bomb",
        "circle",
        "circle of keys",
        "alias",
        "merge",
        "list as key",
        "block as key",
        "lists",
        "mappings",
        "open lists",
        "long",
    ],
)  # fmt: skip
def test_what_a_few_lines_may_not_stand_for(tmp_path: Path, text: str, code: str) -> None:
    _, problems = compose(text, "all.yaml")
    assert {problem.code for problem in problems} == {code}
    assert all(problem.line > 0 for problem in problems)
    assert len(problems) < 100
    folder = seeds(tmp_path / "seeds", text)
    done = chinaai("check", "--seeds", str(folder))
    assert done.returncode == 1
    assert f" {code} " in done.stderr and "unexpected" not in done.stderr


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes and devices of POSIX")
@pytest.mark.parametrize("kind", ["pipe", "device", "link to a device", "folder", "link to itself", "too large"])
@pytest.mark.parametrize("name", ["all.yaml", "epoch.csv", "hstech_2030-06.csv"])
def test_what_is_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, name: str) -> None:
    folder = seeds(tmp_path / "seeds", "")
    path = folder / name
    path.unlink(missing_ok=True)
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path = Path("/dev/zero")
    elif kind == "link to a device":
        path.symlink_to("/dev/zero")
    elif kind == "folder":
        path.mkdir()
    elif kind == "link to itself":
        path.symlink_to(path)
    else:
        monkeypatch.setattr(input_file, "MOST_BYTES", 1000)
        path.write_text("x" * 1001, encoding="utf-8")
    if name == "all.yaml":
        problems = read_yaml(path)[1]
    else:
        problems = loaders()[name.split(".")[0].split("_")[0]].read(path, context()).problems
    (problem,) = problems
    assert problem.code == "FILE"
    assert problem.message.startswith("the file can't be read: ")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")
@pytest.mark.parametrize("ending", ["tsv", "html", "docx", "tar.gz", "json"])
def test_no_loader_waits_for_a_pipe(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"2030-06.{ending}"
    os.mkfifo(path)
    for name, loader in loaders().items():
        done: list[set[str]] = []
        reading = threading.Thread(
            target=lambda: done.append({one.code for one in loader.read(path, context()).problems}),  # noqa: B023
            daemon=True,
        )
        reading.start()
        reading.join(20)
        assert done and done[0], f"{name} waits, or says nothing"
    (problem,) = read_json(path)[1]
    assert problem.code == "FILE" and "it is no regular file" in problem.message


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")
def test_a_pipe_among_the_seeds_keeps_no_command_waiting(tmp_path: Path) -> None:
    folder = seeds(tmp_path / "seeds", "entities:\n- {id: a, type: Company, name: A}\n")
    os.mkfifo(folder / "more.yaml")
    for words in (["check"], ["build", "--home", str(tmp_path / "home")], ["load", "epoch", str(folder / "more.yaml")]):
        done = chinaai(*words, "--seeds", str(folder))
        assert done.returncode != 0
        assert "Traceback" not in done.stderr and "unexpected" not in done.stderr


def test_names_of_any_length_are_read_or_refused_in_flat_time(tmp_path: Path) -> None:
    """A text of a megabyte is a problem of one line, whatever stands around it."""
    folder = seeds(tmp_path / "seeds", "entities:\n- {id: a, type: Company, name: '" + "长" * 400_000 + "'}\n")
    done: list[object] = []
    reader = threading.Thread(target=lambda: done.append(read_seeds(folder)), daemon=True)
    reader.start()
    reader.join(50)
    assert done


@pytest.mark.parametrize("name", ["entry", "registers"])
def test_a_file_in_the_place_of_a_folder_is_told(tmp_path: Path, name: str) -> None:
    folder = seeds(tmp_path / "seeds", "facts: []\n")
    (folder / name).write_text("x", encoding="utf-8")
    assert ("FILE", name) in {(one.code, one.file) for one in read_seeds(folder).problems}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("title: Huawei is #1 in China\n", "1:18 COMMENT '#1 in China' would be cut off, since a '#' behind a blank"),
        ("name: C #9\n", "1:9 COMMENT '#9' would be cut off"),
        ("scope: #1 of them\nb: c\n", "1:8 COMMENT '#1 of them' would be cut off"),
        ("a: [x, y] #1\n", "1:11 COMMENT '#1' would be cut off"),
        ("a: foo #1\n  bar\nb: 1\n", "1:8 YAML '#1' would be cut off"),
        (
            "name: &Beyond Beta\n",
            "1:7 ALIAS '&Beyond' at the beginning of a text names it as an anchor, and anchors are",
        ),
        ("b: c\n&name a: Beta\n", "2:1 ALIAS '&name' at the beginning of a text"),
        ("scope: !important phones\n", "1:8 TAG '!important' at the beginning of a text names a type of YAML"),
        ("a:\n- !t {b: c}\n", "2:3 TAG '!t' at the beginning of a text"),
    ],
)
def test_what_yaml_would_cut_off_a_text_is_told(text: str, told: str) -> None:
    ((said, hint),) = [(str(problem), problem.hint) for problem in compose(text, "x")[1]]
    assert said.startswith(f"x:{told}") and hint.startswith("put the whole text in quotes")


@pytest.mark.parametrize("text", ["a: 'is #1'\n", "a: C#9\n", "a: b # why\nc: [d] # so\n#1\n", "a: b!\n", "a: R&D\n"])
def test_what_yaml_reads_whole_is_no_problem(text: str) -> None:
    assert compose(text, "x")[1] == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: *x y\n", "1:4 YAML a text can't begin with '*'; put the whole text in quotes"),
        ("a: @home\n", "1:4 YAML a text can't begin with '@'; put the whole text in quotes"),
        ("a: > 5 percent\n", "1:4 YAML a text can't begin with '>'; put the whole text in quotes"),
        ("a: he: no\n", "1:6 YAML a colon with a blank behind it stands within the text; put the whole text in quotes"),
        (
            "a: 'It's'\n",
            "1:8 YAML more text stands behind the closing quote; put the whole text in quotes of the other",
        ),
        ('f:\n- a: "b\n  c: d\n- a: "e"\n', "2:6 YAML the quote that opens here is closed only in line 4; close it"),
        ('a: "b\nc: d\n', "1:4 YAML the quote that opens here is never closed; close it where the text ends"),
        (
            "f:\n- a: b\n  c：d\n  e: f\n",
            "3:4 YAML the colon behind 'c' is a full-width one; write 'c: ' and the value",
        ),
        ("f:\n- a: b\n  c:d\n  e: f\n", "3:4 YAML no blank stands behind 'c:'; write 'c: ' and the value"),
        (
            "f:\n- a: b\n\u00a0 c: d\n",
            "3:1 KEY an odd blank, U+00A0, stands at the beginning of this line; write usual",
        ),
        ("f:\n- a: b\n\u3000c: d\n", "3:1 KEY an odd blank, U+3000, stands at the beginning of this line; write usual"),
        ("f:\n- a: b\n\tc: d\n", "3:1 YAML a tab stands at the beginning of this line; write usual blanks"),
        ("f:\n- a: b\n-c: d\n", "3:1 KEY no blank stands behind the '-' of '-c'; write '- ' before the first key"),
        ("a: b\nc\u200b: d\n", "2:1 KEY a key holds U+200B, which can't be seen; delete it; it came with a copied"),
        (
            "a: b\nc: d\x00e\n",
            "2:5 YAML a control character, U+0000, stands here; delete it; it came with a copied text",
        ),
        ("a: [b\nc: d\n", "2:2 YAML the bracket of line 1 is not closed before this; close it, or write a comma"),
        ("f:\n- a: b\n   c: d\n", "3:5 YAML this line does not fit the block above it; begin all keys of a block"),
        ('a: "b\\d"\n', "1:6 YAML a backslash in double quotes begins an escape; write it twice, or use single"),
    ],
)
def test_what_is_no_yaml_is_told_in_words_of_what_to_do(text: str, told: str) -> None:
    (said,) = map(str, compose(text, "x")[1])
    assert said.startswith(f"x:{told}")
