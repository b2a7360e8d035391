"""A server or folder that can't be used: one sentence, status 1, in time, no traceback."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from chinaai.graph.engine.endpoint import Endpoint
from faults import peers
from faults.running import COMMAND, IN_TIME, PATIENCE, chinaai, settings

pytestmark = pytest.mark.slow

TLS = (
    "the encryption of address and server differ (ADDRESS); "
    "use bolt+s:// or neo4j+s:// where the server speaks TLS, bolt:// or neo4j:// where it does not"
)
NOBODY = "no Neo4j server answers (ADDRESS); start it, or mend NEO4J_URI; without NEO4J_URI the embedded engine is used"
REFUSED = (
    "the server refused user name or password (ADDRESS); "
    "set NEO4J_USERNAME and NEO4J_PASSWORD to an account of this server"
)
SILENT = "the server takes connections and does not answer (ADDRESS); look at its log or start it anew"
SCHEME = "the address can't be used (ADDRESS); use bolt://, neo4j://, bolt+s:// or neo4j+s:// with a host and port"
OLD = "the server is of a version that this driver does not speak, which is too old (ADDRESS); use Neo4j 5.23 or newer"


def told(*arguments: str, **variables: str) -> str:
    """The one sentence with which a command ends."""
    began = time.monotonic()
    done = chinaai(*arguments, **variables)
    seconds = time.monotonic() - began
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("chinaai: ") and done.stderr.count("\n") == 1
    assert seconds < IN_TIME
    return done.stderr.removeprefix("chinaai: ").rstrip("\n")


@pytest.mark.parametrize("command", [["status"], ["build"], ["ask", "conflicts", "--json"], ["cypher", "RETURN 1"]])
def test_a_server_that_does_not_run(command: list[str]) -> None:
    address = "bolt://127.0.0.1:1"
    assert told(*command, NEO4J_URI=address) == NOBODY.replace("ADDRESS", address)


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("neo4j://no-such-host.invalid:7687", NOBODY),
        ("bolt://127.0.0.1:99999", NOBODY),
        ("http://127.0.0.1:7474", SCHEME),
        ("127.0.0.1:7687", SCHEME),
        ("bolt://", SCHEME),
    ],
)
def test_an_address_that_leads_nowhere(address: str, sentence: str) -> None:
    assert told("status", NEO4J_URI=address) == sentence.replace("ADDRESS", address)


@pytest.mark.parametrize(
    ("peer", "scheme", "sentence"),
    [
        (peers.silent, "bolt", SILENT),
        (peers.silent, "neo4j+s", SILENT),
        (peers.mute_after_hello, "bolt", "the server broke the connection off: no log-in within 5 s (ADDRESS); "
         "look at its log or start it anew"),
        (peers.website, "bolt", "what listens there is no Neo4j server (ADDRESS); "
         "mend NEO4J_URI; the Bolt port is 7687 as a rule"),
        (peers.encrypted, "neo4j", TLS),
        (peers.ancient, "bolt", OLD),
        (peers.old_neo4j, "bolt", "the server is of a version before 5.7, which is too old (ADDRESS); "
         "use Neo4j 5.23 or newer"),
        (peers.early_neo4j, "bolt", "the server is Neo4j/5.20.0, which is too old (ADDRESS); use Neo4j 5.23 or newer"),
    ],
)  # fmt: skip
def test_a_peer_that_is_not_as_it_should_be(peer: peers.Talk, scheme: str, sentence: str) -> None:
    with peers.listening(peer) as port:
        address = f"{scheme}://127.0.0.1:{port}"
        assert told("status", NEO4J_URI=address) == sentence.replace("ADDRESS", address)


@pytest.mark.parametrize("scheme", ["bolt+s", "neo4j+s", "bolt+ssc", "neo4j+ssc"])
def test_an_encrypted_address_of_a_plain_server(neo4j_server: Endpoint, scheme: str) -> None:
    address = neo4j_server.uri.replace("bolt", scheme, 1)
    assert told("status", **{**settings(neo4j_server), "NEO4J_URI": address}) == TLS.replace("ADDRESS", address)


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
@pytest.mark.parametrize("wrong", [{"NEO4J_PASSWORD": "guess"}, {"NEO4J_USERNAME": "eve"}, {"NEO4J_PASSWORD": ""}])
def test_a_wrong_account(neo4j_server: Endpoint, scheme: str, wrong: dict[str, str]) -> None:
    address = neo4j_server.uri.replace("bolt", scheme, 1)
    assert told("build", **{**settings(neo4j_server), "NEO4J_URI": address, **wrong}) == REFUSED.replace(
        "ADDRESS", address
    )


def test_a_database_that_is_not_there(neo4j_server: Endpoint) -> None:
    wrong = {**settings(neo4j_server), "NEO4J_DATABASE": "nope"}
    assert told("status", **wrong) == f"there is no database 'nope' ({neo4j_server.uri}); mend NEO4J_DATABASE"


def test_tracebacks_come_with_debug_only(tmp_path: Path) -> None:
    for words in (["--debug", "status"], ["status", "--debug"]):
        done = chinaai(*words, NEO4J_URI="bolt://127.0.0.1:1")
        assert done.returncode == 1
        assert "Traceback" in done.stderr and "no Neo4j server answers" in done.stderr


def test_a_folder_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    home = tmp_path / "file" / "home"
    assert told("build", "--home", str(home)) == (
        f"the folder can't be used: Not a directory ({home / 'embedded'}); "
        "choose another folder with --home or CHINAAI_HOME, or make this one writable"
    )
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a file system where not even root may write")
def test_a_folder_that_nobody_may_write() -> None:
    sentence = told("build", CHINAAI_HOME="/proc/self/home")
    assert sentence.startswith("the folder can't be used: ") and "(/proc/self/home/embedded)" in sentence


@pytest.mark.parametrize("name", ["server", "secret.json", "engine.lock"])
def test_something_else_stands_where_the_engine_keeps_its_files(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "embedded"
    folder.mkdir()
    odd = folder / name
    odd.write_text("mine") if name == "server" else odd.mkdir()
    sentence = told("status", "--home", str(tmp_path))
    assert str(folder) in sentence and "--home" in sentence
    assert odd.is_dir() if name != "server" else odd.read_text() == "mine"


#: Holds the engine of a folder until its input ends.
_HOLDER = """
import sys
from pathlib import Path
from chinaai.graph.store import open_store
with open_store(Path(sys.argv[1])) as store:
    print("ready", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None and process.stdout.readline() == "ready\n"
    return process


SEEDS = Path(__file__).parents[1] / "data" / "small"


def test_a_second_process_works_with_the_engine_of_the_first(holder: subprocess.Popen[str], tmp_path: Path) -> None:
    built = chinaai("build", "--home", str(tmp_path), "--seeds", str(SEEDS), "--json")
    assert (built.returncode, built.stderr) == (0, "")
    asked = chinaai("ask", "partnerships", "--company", "阿尔法", "--json", "--home", str(tmp_path))
    assert '"partner_id": "beta"' in asked.stdout
    holder.communicate("", timeout=PATIENCE)
    again = chinaai("build", "--home", str(tmp_path), "--seeds", str(SEEDS), "--json")
    assert (again.stdout.count(": 0"), again.returncode) == (3, 0)


@pytest.mark.skipif(os.name == "nt", reason="a process is stopped by a POSIX signal")
def test_a_first_process_that_does_not_answer_is_named(holder: subprocess.Popen[str], tmp_path: Path) -> None:
    os.kill(holder.pid, signal.SIGSTOP)
    try:
        sentence = told("status", "--home", str(tmp_path))
    finally:
        os.kill(holder.pid, signal.SIGCONT)
    assert sentence == (
        f"the embedded graph is held by process {holder.pid} (-c), which doesn't answer ({tmp_path / 'embedded'}); "
        f"wait for it, end process {holder.pid}, or use another --home"
    )
    done = chinaai("status", "--home", str(tmp_path), "--json")
    assert done.returncode == 0
    holder.communicate("", timeout=PATIENCE)


@pytest.mark.skipif(os.name == "nt", reason="killed by a POSIX signal")
def test_a_first_process_that_is_killed_leaves_the_second_a_sentence(
    holder: subprocess.Popen[str], tmp_path: Path
) -> None:
    many = "range(1, 3000)"
    slow = f"UNWIND {many} AS a UNWIND {many} AS b UNWIND {many} AS c WITH a * b + c AS n WHERE n < 0 RETURN n"
    second = subprocess.Popen(
        [*COMMAND, "cypher", slow, "--home", str(tmp_path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    time.sleep(5)
    began = time.monotonic()
    holder.kill()
    holder.communicate()
    out, err = second.communicate(timeout=PATIENCE)
    assert time.monotonic() - began < IN_TIME
    assert (out, second.returncode) == ("", 1)
    assert re.fullmatch(r"chinaai: the embedded engine that another process ran has ended \(.*\); run .*\n", err)
