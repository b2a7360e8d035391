"""The command in a terminal, a pipe and odd surroundings; help that teaches; words for mistakes."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from chinaai import __version__
from chinaai.cli.main import _words, speaks_chinese
from chinaai.graph.store import open_store
from faults.running import COMMAND, PATIENCE, chinaai, chinaai_process
from rich.cells import cell_len

pytestmark = pytest.mark.slow

ASK = ["ask", "partnerships", "--company", "苹果", "--as-of", "2025-03-01"]


@pytest.mark.parametrize(
    "variables",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
    ],
)
def test_chinese_in_and_out_under_a_locale_without_it(at_embedded: dict[str, str], variables: dict[str, str]) -> None:
    done = chinaai_process(*ASK, **at_embedded, **variables)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Alibaba Group 阿里巴巴集团 (alibaba)" in done.stdout
    done = chinaai_process("ask", "partnerships", "--company", "苹果树", **at_embedded, **variables)
    assert done.stderr.startswith("chinaai: unknown Company '苹果树'")


def test_an_answer_is_a_table_that_fits(at_embedded: dict[str, str]) -> None:
    for width in (60, 80, 120):
        done = chinaai_process(*ASK, COLUMNS=str(width), **at_embedded)
        table = done.stdout.split("[1] ")[0].splitlines()
        assert max(cell_len(line) for line in table) <= width
        assert "Alibaba Group" in done.stdout and "2025-02-13" in done.stdout and "partner zh" not in done.stdout
        assert "[1] Jiemian Global 2025-02 https://en.jiemian.com/article/12347152.html" in done.stdout
    assert "not shown: " in chinaai_process(*ASK, COLUMNS="60", **at_embedded).stdout


@pytest.mark.parametrize("width", [60, 80, 120])
def test_what_a_question_shows_first_is_shown_in_any_width(at_embedded: dict[str, str], width: int) -> None:
    done = chinaai_process("ask", "restrictions", "--company", "SMIC", COLUMNS=str(width), **at_embedded)
    table = done.stdout.split("[1] ")[0].splitlines()
    assert max(cell_len(line) for line in table) <= width
    flat = " ".join(done.stdout.split())
    assert "list name" in flat and "who" in flat and "statement" in flat and "stands on" in flat
    whole = chinaai_process(*ASK, "-v", **at_embedded).stdout
    assert "     scope: iPhones sold in mainland China\n" in whole and whole.count("↳") == 10


def test_an_answer_as_markdown(at_embedded: dict[str, str]) -> None:
    lines = chinaai_process(*ASK, "--md", **at_embedded).stdout.splitlines()
    assert lines[0] == "### Partnerships of a company"
    head, rule, row = lines[2:5]
    assert head.startswith("| partner | ") and rule.count("---") == head.count("|") - 1 == row.count(" | ") + 1
    assert lines[6] == "1. [Jiemian Global, 2025-02](<https://en.jiemian.com/article/12347152.html>)"


def test_csv_for_excel_begins_with_the_mark(at_embedded: dict[str, str]) -> None:
    plain = chinaai_process(*ASK, "--csv", **at_embedded).stdout
    assert chinaai_process(*ASK, "--excel", **at_embedded).stdout == "\ufeff" + plain


@pytest.mark.parametrize("form", [[], ["-v"], ["--md"], ["--csv"], ["--json"]])
def test_no_text_of_a_graph_commands_the_terminal(tmp_path: Path, form: list[str]) -> None:
    odd = "\x1b]0;OWNED\x07\x1b[2J\u202egnp.exe\u200b\x9b31m"
    with open_store(tmp_path) as store:
        store.write(
            [
                (
                    "CREATE (:ChinaAI:Company {id: 'odd', name: $n, keys: ['odd'], words: '=odd odd', aliases: [$n]})",
                    {"n": odd},
                )
            ]
        )
    done = chinaai("ask", "names", "--text", "odd", *form, CHINAAI_HOME=str(tmp_path))
    assert done.returncode == 0 and "exe" in done.stdout
    assert not set("\x1b\x07\x9b\u202e\u200b") & set(done.stdout)
    if form == ["--json"]:
        assert json.loads(done.stdout)[0]["name"] == odd
    done = chinaai("ask", "names", "--text", "odd", "--limit", odd, CHINAAI_HOME=str(tmp_path))
    assert not set("\x1b\x07\x9b\u202e\u200b") & set(done.stderr)


@pytest.mark.parametrize(
    "words",
    [
        ["ask", "conflicts"],
        ["ask", "conflicts", "--json"],
        ["ask", "conflicts", "--csv"],
        ["cypher", "MATCH (n:ChinaAI) RETURN n.id AS id", "--limit", "100000"],
        ["ask"],
        ["--help"],
        ["status", "--json"],
    ],
)
@pytest.mark.parametrize("lines", [0, 1])
def test_a_reader_that_stops_early(at_embedded: dict[str, str], words: list[str], lines: int) -> None:
    """None of what is said reaches a reader, or a line of it does; either way there is no complaint."""
    process = subprocess.Popen(
        [*COMMAND, *words], env={**os.environ, **at_embedded}, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None and process.stderr is not None
    for _ in range(lines):
        assert process.stdout.readline()
    process.stdout.close()
    err = process.stderr.read().decode()
    process.wait(PATIENCE)
    assert err == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("words", [["ask", "conflicts", "--json"], ["ask", "conflicts", "--csv"], ["ask"], ["--help"]])
def test_a_disk_that_is_full_is_told(at_embedded: dict[str, str], words: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*COMMAND, *words], env={**os.environ, **at_embedded}, stdout=full, stderr=subprocess.PIPE, check=False,
            encoding="utf-8", timeout=PATIENCE,
        )  # fmt: skip
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert done.stderr.startswith("chinaai: ") and "No space left on device" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="streams are closed by a POSIX shell")
@pytest.mark.parametrize("words", [["ask", "conflicts", "--json"], ["ask", "conflicts"], ["ask"], ["--help"]])
def test_a_closed_stdout_is_no_fault(at_embedded: dict[str, str], words: list[str]) -> None:
    shell = ["sh", "-c", 'exec "$@" >&-', "sh", *COMMAND, *words]
    done = subprocess.run(
        shell, env={**os.environ, **at_embedded}, stderr=subprocess.PIPE, check=False, timeout=PATIENCE
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_colour_in_a_terminal_only_where_it_is_wanted(at_embedded: dict[str, str]) -> None:
    assert "\x1b[" not in chinaai_process(*ASK, **at_embedded).stdout
    assert "\x1b[" in chinaai_process(*ASK, **at_embedded, FORCE_COLOR="1").stdout
    coloured = chinaai_process(*ASK, **at_embedded, FORCE_COLOR="1", NO_COLOR="1").stdout
    assert "\x1b[3" not in coloured and "阿里巴巴集团" in coloured


@pytest.mark.parametrize("width", ["40", "80", "200"])
def test_a_wide_table_loses_nothing(at_embedded: dict[str, str], width: str) -> None:
    text = "MATCH (c:ChinaAI {id: 'alibaba'}) RETURN c.id AS id, c.name AS name, c.name_zh AS zh, c.country AS country"
    done = chinaai_process("cypher", text, **at_embedded, COLUMNS=width)
    assert (done.returncode, done.stderr) == (0, "")
    flat = "".join(done.stdout.split())
    assert "alibaba" in flat and "CN" in flat
    assert max(len(line) for line in done.stdout.splitlines()) <= int(width)


def test_the_title_of_a_narrow_table_is_whole(at_embedded: dict[str, str]) -> None:
    done = chinaai("cypher", "RETURN 1 AS n", **at_embedded)
    assert done.stdout.splitlines()[0] == "Answer"


def test_text_in_brackets_is_no_markup(at_embedded: dict[str, str]) -> None:
    done = chinaai("cypher", "RETURN '[bold]x[/bold] [/]' AS text", **at_embedded)
    assert "[bold]x[/bold] [/]" in done.stdout


COMMANDS = [
    [], ["build"], ["check"], ["audit"], ["load"], ["view"], ["mcp"], ["cypher"], ["status"], ["ask"],
    ["ask", "partnerships"], ["ask", "path"], ["neo4j"], ["neo4j", "start"],
]  # fmt: skip


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_help_teaches_by_example(words: list[str]) -> None:
    done = chinaai(*words, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    lines = [line.strip() for line in done.stdout.splitlines()]
    begun = " ".join(["chinaai", *words])
    assert any(line.removeprefix('eval "$(').startswith(begun) and not line.startswith("Usage") for line in lines)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["buid"], "No such command 'buid'. Did you mean 'build'?"),
        (["ask", "partnership"], "No such command 'partnership'. Did you mean 'partnerships'?"),
        (["ask", "suppliers"], "There is no question 'suppliers'; these speak of it: stack"),
        (["ask", "资本"], "There is no question '资本'; these speak of it: capital"),
        (["ask", "foo"], "There is no question 'foo'; 'chinaai ask' lists them"),
        (["partnerships", "--company", "Apple"], "'partnerships'. It is a question: chinaai ask partnerships"),
        (["path", "Apple", "DeepSeek"], "No such command 'path'. It is a question: chinaai ask path"),
        (["status", "--jsn"], "No such option: --jsn (Possible options: --json)"),
        (["ask", "ties", "--company", "Meta"], "No such option: --company (Possible options: --entity)"),
        (["check", "--frob"], "(Possible options: --json, --seeds)"),
        (["ask", "partnerships", "--compny", "Apple"], "No such option: --compny"),
        (["ask", "partnerships"], "Missing option '--company'"),
        (["cypher"], "Missing argument 'query'"),
        (["load", "nope"], "there is no loader 'nope'; did you mean open? known: algorithms, cac"),
        (["cypher", "RETURN 1", "--limit", "0"], "Invalid value for '--limit'"),
        (["cypher", "RETURN 1", "--param", "x"], "Invalid value for --param: 'x' is not NAME=VALUE"),
    ],
)
def test_a_slip_is_told_with_what_was_meant(words: list[str], sentence: str) -> None:
    done = chinaai(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert sentence in done.stderr and "Traceback" not in done.stderr


def test_a_value_that_is_none(at_embedded: dict[str, str]) -> None:
    done = chinaai("ask", "partnerships", "--company", "Apple", "--as-of", "soon", **at_embedded)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("chinaai: 'soon' is no date for 'as_of'; ")
    done = chinaai("ask", "observations", "--entity", "Apple", "--metric", "weight", **at_embedded)
    assert done.stderr.startswith("chinaai: 'metric' can't be 'weight'; use active_parameters, ")


def test_what_nobody_foresaw_is_one_sentence_as_well(tmp_path: str) -> None:
    broken = "from chinaai.cli import ask, main; import chinaai.cli.ask as a; a.open_store = None; main.main()"
    command = [COMMAND[0], "-c", broken, "status"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert done.stderr.startswith("chinaai: unexpected TypeError: ") and "--debug" in done.stderr


@pytest.mark.parametrize(
    ("encoding", "speaks"),
    [
        ("utf-8", True),
        ("gb18030", True),
        ("cp437", False),
        ("cp1252", False),
        ("ascii", False),
        ("big5", False),
        (None, False),
    ],
)
def test_a_terminal_keeps_an_encoding_that_has_chinese(encoding: str | None, speaks: bool) -> None:
    assert speaks_chinese(encoding) == speaks


@pytest.mark.parametrize("name", ["苹果", "騰訊", "Apple", "《小米》——龍", "𠮷野家 é"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_arguments_in_the_encoding_of_the_locale(name: str, encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As Python gives them: read by the locale's encoding, bytes that it does not have kept as they are."""
    monkeypatch.setattr(os, "fsencode", lambda word: word.encode(encoding, "surrogateescape"))
    monkeypatch.setattr(os, "fsdecode", lambda word: word.decode(encoding, "surrogateescape"))
    assert _words(["ask", name, "--debug"]) == (["ask", name], True)


@pytest.mark.parametrize(("name", "encoding"), [("華為", "big5"), ("长江存储", "gbk"), ("東風", "big5hkscs")])
def test_arguments_in_other_encodings_of_the_region(name: str, encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsencode", lambda word: word.encode(encoding, "surrogateescape"))
    assert _words([name.encode(encoding).decode(encoding, "surrogateescape")]) == ([name], False)


@pytest.mark.parametrize("name", ["苹果", "騰訊控股", "月之暗面—Kimi"])
def test_arguments_under_a_locale_without_chinese(name: str) -> None:
    given = name.encode().decode("ascii", "surrogateescape")
    assert _words([given]) == ([name], False)


@pytest.mark.parametrize(
    ("words", "told"), [("ask partnerships --company Apple", "Alibaba Group"), ("--version", __version__)]
)
def test_a_command_pays_for_no_other(at_embedded: dict[str, str], words: str, told: str) -> None:
    """A question imports neither what other commands need nor what the driver would like to have."""
    body = (
        "import sys; from chinaai.cli.main import main\n"
        f"sys.argv = ['chinaai', *{words.split()}]\n"
        "try: main()\nexcept SystemExit: pass\n"
        "late = ('numpy', 'pandas', 'pyarrow', 'networkx', 'rdflib', 'chinaai.loaders', 'chinaai.cli.export')\n"
        "print([name for name in late if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [COMMAND[0], "-c", body], capture_output=True, text=True, timeout=PATIENCE, env={**os.environ, **at_embedded}
    )
    assert told in done.stdout and done.stderr.splitlines()[-1] == "[]"
