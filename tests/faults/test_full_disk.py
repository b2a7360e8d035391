"""A disk that is full is told as that, not as what the engine was doing; with room again the load goes on."""

from __future__ import annotations

import errno
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from chinaai.graph import faults
from chinaai.graph.engine.embedded import stop_embedded
from chinaai.graph.engine.endpoint import Endpoint
from chinaai.graph.engine.files import is_full, unusable
from faults.running import chinaai

pytestmark = pytest.mark.slow

SMALL = str(Path(__file__).parents[1] / "data" / "small")
WORDS = "chinaai: the disk is full ("


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of four megabytes; who may not mount one skips what needs it."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(place)]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no small disk can be mounted here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.mark.parametrize("left", [0, 300_000, 2_500_000], ids=["none", "a little", "for a beginning"])
def test_a_load_onto_a_full_disk_says_so_and_goes_on_when_there_is_room(disk: Path, left: int) -> None:
    home = {"CHINAAI_HOME": str(disk / "home")}
    filler = disk / "filler"
    with filler.open("wb") as file:
        file.write(bytes(4_000_000 - left))
    done = chinaai("build", "--seeds", SMALL, **home)
    assert done.returncode == 1
    assert done.stderr.startswith(WORDS) and "make room on it" in done.stderr
    assert "constraint" not in done.stderr.casefold() and "java" not in done.stderr.casefold()
    filler.unlink()
    stop_embedded(disk / "home")
    subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)
    done = chinaai("build", "--seeds", SMALL, "--json", **home)
    assert (done.returncode, done.stderr) == (0, "")
    stop_embedded(disk / "home")


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_a_file_that_finds_no_room_says_so(code: int) -> None:
    assert str(unusable(Path("/data"), OSError(code, "x"))).startswith("the disk is full (/data); make room on it")
    assert "can't be used" in str(unusable(Path("/data"), OSError(errno.EACCES, "Permission denied")))


def test_a_disk_with_room_is_not_full(tmp_path: Path) -> None:
    assert not is_full(tmp_path)
    assert not list(tmp_path.iterdir())
    assert not is_full(tmp_path / "missing")


@pytest.mark.parametrize(
    "said",
    [
        "The database has encountered a critical error, and needs to be restarted. Please see database logs",
        "Could not write to transaction log: No space left on device",
    ],
)
def test_a_server_that_failed_sends_its_owner_to_the_log_and_the_disk(said: str) -> None:
    """What Neo4j 2026.09 answers once its disk was full, and what it logs."""
    place = Endpoint("bolt://10.0.0.1:7687", "u", "p", "neo4j", "neo4j", None, "bolt://10.0.0.1:7687")
    found = faults.full(place, said)
    assert found is not None
    assert "its disk may be full: look at its log, make room, start it anew" in str(found)
    assert faults.full(place, "some other words") is None


@pytest.mark.skipif(sys.platform == "win32", reason="no such names")
@pytest.mark.parametrize("name", ["a%h", "%t %u", "100%", "%"])
def test_a_percent_sign_in_a_path_is_a_sign_like_another(tmp_path: Path, name: str) -> None:
    """Java's own log takes `%h` for the user's home."""
    home = tmp_path / name / "home"
    done = chinaai("build", "--seeds", SMALL, CHINAAI_HOME=str(home))
    assert (done.returncode, done.stderr) == (0, "")
    assert "16 added" in done.stdout
    assert [path.name for path in tmp_path.iterdir()] == [name]
    stop_embedded(home)
