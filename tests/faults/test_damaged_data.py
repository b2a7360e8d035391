"""Files of the embedded engine that somebody or something has changed: told in words by every command, never passed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from chinaai.graph.engine.embedded import stop_embedded
from chinaai.graph.engine.seal import NOTE
from embedded_helpers import kill_engine
from faults.running import chinaai

pytestmark = pytest.mark.slow

SMALL = Path(__file__).parents[1] / "data" / "small"
COMMANDS = (["status"], ["build", "--seeds", str(SMALL)], ["ask", "partnerships", "--company", "alpha"])


@pytest.fixture(scope="module")
def closed_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose engine has ended in good order."""
    home = tmp_path_factory.mktemp("closed")
    assert chinaai("build", "--seeds", str(SMALL), "--home", str(home)).returncode == 0
    stop_embedded(home)
    return home


def data(home: Path) -> Path:
    return home / "embedded" / "server" / "databases" / "chinaai"


def flip(file: Path) -> None:
    held = bytearray(file.read_bytes())
    held[len(held) // 2] ^= 1
    file.write_bytes(held)


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 3])


@pytest.mark.parametrize(
    ("file", "damage", "said"),
    [
        ("schema.json", cut, "schema.json has "),
        ("configuration.json", Path.unlink, "configuration.json is missing"),
        ("dictionary*.dict", flip, ".dict was changed since the engine closed it"),
        ("*Company_0.*.bucket", flip, ".bucket was changed since the engine closed it"),
        ("*Company_0_out_edges.*.bucket", cut, ".bucket has "),
        ("PARTNERS_WITH_0.*.bucket", Path.unlink, ".bucket is missing"),
        ("*Company_0*.umtidx", cut, ".umtidx has "),
    ],
)
def test_every_command_says_that_the_graph_is_damaged(
    tmp_path: Path, closed_home: Path, file: str, damage: Callable[[Path], None], said: str
) -> None:
    home = tmp_path / "home"
    shutil.copytree(closed_home, home)
    for one in [one for one in data(home).glob(file) if one.stat().st_size]:
        damage(one)
    for command in COMMANDS:
        done = chinaai(*command, "--home", str(home))
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.startswith("chinaai: the graph is damaged: ") and said in done.stderr
        assert "move that folder away and run 'chinaai build'" in done.stderr and done.stderr.count("\n") == 1
    shutil.rmtree(home / "embedded")
    assert chinaai(*COMMANDS[1], "--home", str(home)).returncode == 0
    assert chinaai(*COMMANDS[2], "--home", str(home)).returncode == 0
    stop_embedded(home)


def test_damage_after_a_kill_is_told_too(tmp_path: Path, closed_home: Path) -> None:
    """The files are then not those of the last orderly end, and no record of it may be gone."""
    home = tmp_path / "home"
    shutil.copytree(closed_home, home)
    assert chinaai("status", "--home", str(home)).returncode == 0
    kill_engine(home)
    assert chinaai("status", "--home", str(home)).returncode == 0
    kill_engine(home)
    for one in data(home).glob("PARTNERS_WITH_0.*.bucket"):
        one.unlink()
    for command in COMMANDS:
        done = chinaai(*command, "--home", str(home))
        assert done.returncode == 1
        assert "the graph is damaged: PARTNERS_WITH_0." in done.stderr and "is missing" in done.stderr


def test_a_build_over_a_graph_that_lost_something_is_never_unchanged(tmp_path: Path, closed_home: Path) -> None:
    """Who takes the files as they are, hears what they no longer hold."""
    home = tmp_path / "home"
    shutil.copytree(closed_home, home)
    (home / "embedded" / NOTE).unlink()
    for one in data(home).glob("PARTNERS_WITH_0.*.bucket"):
        one.unlink()
    status = chinaai("status", "--home", str(home))
    assert status.returncode == 1 and "0 PARTNERS_WITH in place of 1" in status.stderr
    for _ in range(2):
        build = chinaai(*COMMANDS[1], "--home", str(home))
        assert build.returncode == 1 and "unchanged" not in build.stdout
    assert "PARTNERS_WITH" in build.stderr
    stop_embedded(home)


def test_what_the_engine_wrote_itself_is_no_damage(tmp_path: Path, closed_home: Path) -> None:
    """Orderly ends, kills and loads in turn."""
    home = tmp_path / "home"
    shutil.copytree(closed_home, home)
    more = tmp_path / "seeds"
    shutil.copytree(SMALL, more)
    for number in range(3):
        assert chinaai("build", "--seeds", str((SMALL, more)[number % 2]), "--home", str(home)).returncode == 0
        (stop_embedded if number else kill_engine)(home)
        assert chinaai("status", "--home", str(home)).returncode == 0
    stop_embedded(home)
