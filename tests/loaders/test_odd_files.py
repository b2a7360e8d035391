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
