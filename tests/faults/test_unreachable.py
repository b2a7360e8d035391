"""A server or folder that can't be used: one sentence, status 1, in time, no traceback."""

from __future__ import annotations

import os
import re
import subprocess
import time
from pathlib import Path

import pytest
from chinaai.graph.engine.endpoint import Endpoint
from chinaai.graph.errors import GoneError, StoreError
from chinaai.graph.faults import refused
from chinaai.graph.store import Store, open_store
from embedded_helpers import keeper, kill_engine
from faults import peers
from faults.running import COMMAND, IN_TIME, chinaai, rest, settings
from neo4j.exceptions import Neo4jError

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
        (peers.mute_after_hello, "bolt", "the server broke the connection off: no log-in within 3 s (ADDRESS); "
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
def test_a_peer_that_is_not_as_it_should_be(
    monkeypatch: pytest.MonkeyPatch, peer: peers.Talk, scheme: str, sentence: str
) -> None:
    monkeypatch.setattr("chinaai.graph.driver.CONNECT_SECONDS", 2.0)
    monkeypatch.setattr("chinaai.graph.store.LOGIN_SECONDS", 3.0)
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


def test_too_many_wrong_passwords_are_told() -> None:
    """As Neo4j answers after three; a real one would then answer nobody for a while."""
    error = Neo4jError._basic_hydrate(
        neo4j_code="Neo.ClientError.Security.AuthenticationRateLimit", message="too many times in a row"
    )
    place = Endpoint("bolt://h:1", "neo4j", "secret", None, "neo4j", None, "bolt://h:1")
    assert str(refused(place, error, "")) == (
        "the server takes no log-in for a while, after several wrong ones (bolt://h:1); "
        "mend NEO4J_USERNAME or NEO4J_PASSWORD, and wait some seconds"
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


SEEDS = Path(__file__).parents[1] / "data" / "small"


@pytest.mark.skipif(os.name == "nt", reason="a process is halted by a POSIX signal")
def test_an_engine_that_does_not_answer_is_named(tmp_path: Path) -> None:
    with open_store(tmp_path):
        process = keeper(tmp_path)
        process.suspend()
        try:
            sentence = told("status", "--home", str(tmp_path))
        finally:
            process.resume()
        assert sentence == (
            f"the embedded graph is held by process {process.pid} (chinaai engine), which doesn't answer "
            f"({tmp_path / 'embedded'}); wait for it, end process {process.pid}, or use another --home"
        )
        done = chinaai("status", "--home", str(tmp_path), "--json")
        assert done.returncode == 0


SLOW = (
    "UNWIND range(1, 3000) AS a UNWIND range(1, 3000) AS b UNWIND range(1, 3000) AS c WITH a * b + c AS n WHERE n < 0"
)


@pytest.mark.parametrize("command", [["cypher", f"{SLOW} RETURN n", "--seconds", "5"]])
def test_an_engine_that_is_killed_under_a_query_leaves_it_a_sentence(tmp_path: Path, command: list[str]) -> None:
    """It is asked once more of the next engine, and then takes longer than its time."""
    with open_store(tmp_path) as store:
        asking = subprocess.Popen(
            [*COMMAND, *command, "--home", str(tmp_path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        while not any("range(1, 3000)" in str(row) for row in store.read("SHOW TRANSACTIONS")):
            assert asking.poll() is None
        kill_engine(tmp_path)
        out, err = rest(asking)
    assert (out, asking.returncode) == ("", 1)
    assert re.fullmatch(
        r"chinaai: (the query took longer than its limit of 5 s|the embedded engine has ended) .*\n", err
    )


def test_a_link_that_is_cut_half_has_an_end(neo4j_server: Endpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the server answers is lost on the way from some moment on, and nobody closes the connection."""
    monkeypatch.setattr("chinaai.graph.store.ANSWER_SECONDS", 3.0)
    with peers.half_open(int(neo4j_server.uri.rpartition(":")[2])) as (port, cut):
        cutting = Endpoint(
            f"bolt://127.0.0.1:{port}", neo4j_server.username, neo4j_server.password, neo4j_server.database,
            "neo4j", None, "here",
        )  # fmt: skip
        with Store(cutting) as store:
            assert store.read("RETURN 1 AS one") == [{"one": 1}]
            cut.set()
            for use in (store.read, lambda text: list(store.stream(text)), lambda text: store.write([(text, {})])):
                with pytest.raises(StoreError, match=r"the server has not answered for 3 s \(here\); look at its log"):
                    use("RETURN 1 AS one")


def test_a_link_that_is_cut_is_no_matter_of_encryption(neo4j_server: Endpoint) -> None:
    """A server that has answered and is gone is told as that, whatever stands at its port now."""
    for after in (peers.encrypted, peers.website, peers.silent, None):
        with peers.half_open(int(neo4j_server.uri.rpartition(":")[2])) as (port, cut):
            cutting = Endpoint(
                f"bolt://127.0.0.1:{port}", neo4j_server.username, neo4j_server.password, neo4j_server.database,
                "neo4j", None, "here",
            )  # fmt: skip
            with Store(cutting) as store:
                cut.after, cut.closing = after, True
                cut.set()
                with pytest.raises(GoneError, match=r"the connection to the server was cut off \(here\); see whether"):
                    store.write([("RETURN 1", {})])
