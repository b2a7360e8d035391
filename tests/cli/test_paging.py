"""Long answers go through the pager of a terminal, and through none anywhere else; nothing of them is lost."""

from __future__ import annotations

import contextlib
import os
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from chinaai.queries.saved import catalogue
from faults.running import COMMAND, PATIENCE

if sys.platform == "win32":
    pytest.skip("needs a pseudo-terminal", allow_module_level=True)
import fcntl
import pty
import termios

pytestmark = pytest.mark.slow

LONG = ["ask"]  # more lines than the terminal; no graph is needed
LINES, COLUMNS = 40, 120
MARKED = "sed s/^/PAGED:/"


def on_terminal(*words: str, stdin: int | None = None, lines: int = LINES, **variables: str) -> tuple[int, str]:
    """Exit status and what a terminal of that many lines was sent."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", lines, COLUMNS, 0, 0))
    ours_alone = {"LESS", "COLUMNS", "LINES"}  # the last two are told of a terminal that started the tests
    kept = {key: value for key, value in os.environ.items() if "PAGER" not in key and key not in ours_alone}
    process = subprocess.Popen(
        [*COMMAND, *words], stdin=theirs if stdin is None else stdin, stdout=theirs, stderr=theirs,
        env={**kept, "TERM": "xterm-256color", **variables},
    )  # fmt: skip
    os.close(theirs)
    said = b""
    with contextlib.suppress(OSError):  # the end of a terminal is an error
        while data := os.read(ours, 65536):
            said += data
    os.close(ours)
    return process.wait(PATIENCE), said.decode().replace("\r\n", "\n")


def whole(text: str) -> bool:
    """Whether questions from the beginning, the middle and the end of the list stand in it."""
    names = list(catalogue())
    return all(name in text for name in (names[0], names[len(names) // 2], names[-1]))


@pytest.mark.parametrize("variables", [{"PAGER": MARKED}, {"CHINAAI_PAGER": MARKED, "PAGER": "false"}])
def test_a_long_answer_goes_through_the_pager(variables: dict[str, str]) -> None:
    status, said = on_terminal(*LONG, **variables)
    lines = said.splitlines()
    assert status == 0
    assert len(lines) > LINES
    assert all(line.startswith("PAGED:") for line in lines)
    assert whole(said)


def test_a_short_answer_does_not() -> None:
    status, said = on_terminal(*LONG, lines=200, PAGER=MARKED)
    assert status == 0
    assert whole(said) and "PAGED:" not in said


def test_an_answer_that_just_fits_does_not_and_one_line_more_does() -> None:
    lines = on_terminal(*LONG, PAGER=MARKED)[1].count("PAGED:")
    assert lines > LINES
    assert "PAGED:" not in on_terminal(*LONG, lines=lines + 1, PAGER=MARKED)[1]  # one more for the shell's own
    assert "PAGED:" in on_terminal(*LONG, lines=lines, PAGER=MARKED)[1]


@pytest.mark.parametrize(
    "variables",
    [
        {"NO_PAGER": "1", "PAGER": MARKED},
        {"PAGER": "cat"},
        {"PAGER": ""},
        {"CHINAAI_PAGER": "", "PAGER": MARKED},
        {"PAGER": MARKED, "TERM": "dumb"},
    ],
)
def test_who_wants_no_pager_has_none(variables: dict[str, str]) -> None:
    status, said = on_terminal(*LONG, **variables)
    assert status == 0
    assert "PAGED:" not in said and whole(said)


@pytest.mark.parametrize("command", ["no-such-pager-here", "/etc", "./missing -R"])
def test_a_pager_that_is_not_there_loses_nothing(command: str) -> None:
    status, said = on_terminal(*LONG, PAGER=command)
    assert status == 0
    assert whole(said) and "Traceback" not in said


@pytest.mark.parametrize("command", ["head -2", "true", "sh -c 'exit 3'"])
def test_who_quits_the_pager_early_has_seen_enough(command: str) -> None:
    status, said = on_terminal(*LONG, PAGER=command)
    assert (status, "Traceback" in said, "unexpected" in said) == (0, False, False)
    assert len(said.splitlines()) <= 2


def test_less_gets_the_settings_that_git_gives_it_and_keeps_the_users() -> None:
    show = "sh -c 'cat >/dev/null; echo LESS=$LESS'"
    assert on_terminal(*LONG, PAGER=show) == (0, "LESS=FRX\n")
    assert on_terminal(*LONG, PAGER=show, LESS="-iS") == (0, "LESS=-iS\n")
    assert on_terminal(*LONG, PAGER=show, MANPAGER="false") == (0, "LESS=FRX\n")


def test_a_pipe_and_a_file_get_no_pager(tmp_path: Path) -> None:
    environment = {**os.environ, "PAGER": MARKED, "TERM": "xterm-256color"}
    out = subprocess.run([*COMMAND, *LONG], env=environment, capture_output=True, encoding="utf-8", check=True).stdout
    assert whole(out) and "PAGED:" not in out
    with (tmp_path / "out").open("wb") as file:
        subprocess.run([*COMMAND, *LONG], env=environment, stdout=file, check=True)
    assert (tmp_path / "out").read_text(encoding="utf-8") == out


def test_answers_page_and_machines_words_do_not(at_embedded: dict[str, str]) -> None:
    ask = ["ask", "names", "--text", "上海"]
    status, said = on_terminal(*ask, PAGER=MARKED, **at_embedded)
    assert status == 0
    assert sum(line.startswith("PAGED:") for line in said.splitlines()) > LINES
    assert "PAGED:" not in on_terminal(*ask, "--json", PAGER=MARKED, **at_embedded)[1]
    assert "PAGED:" not in on_terminal(*ask, "--csv", PAGER=MARKED, **at_embedded)[1]
