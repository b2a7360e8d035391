"""What the README shows of commands is what they print."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from faults.running import chinaai_process

README = Path(__file__).parents[2] / "README.md"
#: Commands of the README with the lines that it shows of each.
SHOWN = {
    command: lines.rstrip("\n").split("\n")
    for block in re.findall(r"^```text\n(.*?)^```$", README.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    for command, lines in re.findall(r"^\$ chinaai (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)
}


def test_there_are_some() -> None:
    assert {command.split()[0] for command in SHOWN} == {"ask", "paths"}


@pytest.mark.parametrize("command", SHOWN)
def test_the_readme_shows_what_is_printed(at_embedded: dict[str, str], command: str) -> None:
    """Each line in its order; `…` stands for what is left out of a line, or for lines."""
    done = chinaai_process(*shlex.split(command), **at_embedded, COLUMNS="100")
    printed = iter((done.stdout + done.stderr).splitlines())
    for line in SHOWN[command]:
        wanted = re.compile(".*".join(map(re.escape, line.split("…"))))
        assert line == "…" or any(wanted.fullmatch(one.rstrip()) for one in printed), line
