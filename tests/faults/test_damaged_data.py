"""Files of the embedded engine that somebody or something has changed: told in words by every command, never passed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from chinaai.graph.engine.embedded import EmbeddedEngine, stop_embedded
from chinaai.graph.engine.seal import NOTE
from chinaai.graph.marks import INDEX
from embedded_helpers import ask, kill_engine
from faults.running import chinaai
from neo4j.exceptions import Neo4jError

pytestmark = pytest.mark.slow

SMALL = Path(__file__).parents[1] / "data" / "small"
SECOND_EDGE = "MATCH (a {id: 'alpha'}), (z {id: 'zeta'}) CREATE (z)-[:PARTNERS_WITH {fact_id: 'a-with-z'}]->(a)"
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


@pytest.fixture
def short_home(tmp_path: Path, closed_home: Path) -> Path:
    """Records of Zeta and a tie of it, with the indexes of before them, as after a kill."""
    home = Path(shutil.copytree(closed_home, tmp_path / "home"))
    with EmbeddedEngine(home) as engine:
        ask(engine, "CREATE (:ChinaAI:Company {id: 'zeta', name: 'Zeta', words: 'zeta'})")
        ask(engine, "MATCH (a {id: 'alpha'}), (z {id: 'zeta'}) CREATE (a)-[:PARTNERS_WITH {fact_id: 'a-with-z'}]->(z)")
    stop_embedded(home)
    short = [*data(closed_home).glob("*Company_0*.*idx"), *data(closed_home).glob("PARTNERS_WITH_0*.umtidx")]
    assert len(short) == 3
    for one in short:
        shutil.copy(one, data(home))
    (home / "embedded" / "open").touch()
    return home


def test_an_index_that_a_kill_left_short_is_made_anew(short_home: Path) -> None:
    """The engine goes by the index alone: without it a second Zeta comes in, and nobody finds the first by name."""
    with EmbeddedEngine(short_home) as engine:
        for second in ("CREATE (:ChinaAI:Company {id: 'zeta'})", "CREATE (:ChinaAI {id: 'zeta'})", SECOND_EDGE):
            with pytest.raises(Neo4jError):
                ask(engine, second)
        named = "CALL db.index.fulltext.queryNodes($index, 'zeta') YIELD node RETURN node.id"
        assert ask(engine, named, index=INDEX) == {("zeta",)}
        assert ask(engine, "MATCH (n:ChinaAI {id: 'zeta'}) RETURN n.name") == {("Zeta",)}
    stop_embedded(short_home)


def test_an_id_that_came_in_twice_is_told(short_home: Path) -> None:
    """By an engine that did not look: the graph is told to be damaged at each start, and its index stays."""
    for note in (NOTE, "open"):
        (short_home / "embedded" / note).unlink()
    with EmbeddedEngine(short_home) as engine:
        ask(engine, "CREATE (:ChinaAI:Company {id: 'zeta', name: 'Another'})")
        kill_engine(short_home)
    for command in COMMANDS:
        done = chinaai(*command, "--home", str(short_home))
        assert done.returncode == 1
        assert "the graph is damaged: 2 records of ChinaAI bear the id 'zeta'" in done.stderr
        assert done.stderr.endswith("run 'chinaai build', which makes the graph anew\n")


def test_a_log_that_the_engine_could_not_follow_is_told(tmp_path: Path, closed_home: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(closed_home, home)
    with EmbeddedEngine(home) as engine:
        for number in range(20):
            ask(engine, "CREATE (:Mine {number: $number})", number=number)
        kill_engine(home)
    for log in data(home).glob("*.wal"):
        held = bytearray(log.read_bytes())
        held[200:210] = b"x" * 10
        log.write_bytes(held)
    for command in COMMANDS:
        done = chinaai(*command, "--home", str(home))
        assert done.returncode == 1
        assert "the graph is damaged: the engine could not read txlog_" in done.stderr
        assert "so that the last writes are lost" in done.stderr and done.stderr.count("\n") == 1
    for log in data(home).glob("*.wal.corrupt"):  # as the words say
        log.unlink()
    assert chinaai(*COMMANDS[1], "--home", str(home)).returncode == 0
    stop_embedded(home)


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
