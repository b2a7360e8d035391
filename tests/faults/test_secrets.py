"""Passwords: in no output, error, log, list of processes, bundle or export, whatever is run and however it ends."""

from __future__ import annotations

import base64
import io
import traceback
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import chinaai as package
import pytest
from chinaai.cli.app import _COMMANDS
from chinaai.cli.mcp_server import Session
from chinaai.graph.engine.embedded import EmbeddedEngine
from chinaai.graph.engine.endpoint import Endpoint
from chinaai.graph.errors import ChinaAIError
from chinaai.graph.export.formats import FORMATS
from command_lines import bearing
from embedded_helpers import keeper
from faults.running import chinaai, settings
from places import Place
from workers import Run

pytestmark = pytest.mark.slow

DATA = Path(__file__).parents[1] / "data"
SMALL = str(DATA / "small")
#: A password in an address, one of NEO4J_PASSWORD, and one that a server refuses.
WRITTEN, GIVEN, WRONG = "Qw3rty%21x", "Zx9-pass.w0rd", "gu3ss-of-mine"
PARTS = ("Qw3rty", "%21x", GIVEN, WRONG)
#: Where somebody may put a password: before the host, in the query, in the place of a port, with a slash in it.
ADDRESSES = [
    f"bolt://neo4j:{WRITTEN}@127.0.0.1:1",
    f"neo4j+s://neo4j:{WRITTEN}/x@127.0.0.1:1/graph",
    f"neo4j://127.0.0.1:1?password={WRITTEN}",
    f"neo4j://127.0.0.1:1/#{WRITTEN}",
    f"bolt://neo4j:{WRITTEN}",
    f"neo4j:{WRITTEN}@127.0.0.1:1",
    f"http://neo4j:{WRITTEN}@127.0.0.1:7474/db/neo4j",
]
#: Every command, with what it needs to get as far as the graph; `mcp` talks to a client: tests/cli/test_mcp.py.
COMMANDS: dict[str, list[list[str]]] = {
    "build": [["--seeds", SMALL], ["--seeds", SMALL, "--bulk"], ["--seeds", SMALL, "--dry-run", "--json"]],
    "check": [["--seeds", SMALL]],
    "audit": [["--seeds", SMALL, "--sample", "2"]],
    "add": [["fact", "--seeds", SMALL, "--subject", "alpha", "--dry-run"]],
    "load": [["epoch", str(DATA / "outside" / "epoch.csv")]],
    "refresh": [["epoch", "--address", f"https://me:{WRITTEN}@127.0.0.1:1/a.csv"], ["--list"]],
    "ask": [["partnerships", "--company", "alpha"], ["names", "--text", "alpha", "--json", "--known", "2026-11-26"]],
    "watch": [["add", "mine", "partnerships", "--company", "alpha"], ["run"], ["list", "--json"], ["remove", "mine"]],
    "neo4j": [["status"], ["stop"]],
    "paths": [["alpha", "chatbot"], ["alpha", "chatbot", "-o", "brief.docx"]],
    "partners": [["alpha", "chatbot"]],
    "compare": [["alpha", "chatbot", "beta"]],
    "influence": [[]],
    "communities": [["--json"]],
    "evidence-path": [["alpha", "beta"]],
    "cite": [["alpha-with-beta"]],
    "verify": [["missing.zip"]],
    "diff": [[SMALL, "graph"]],
    "changes": [["-o", "brief.md"]],
    "view": [["-o", "page.html"]],
    "site": [["-o", "site"]],
    "export": [["-f", "jsonl", "-o", "-"], ["-f", "parquet", "-o", "tables"]],
    "cypher": [["RETURN 1 AS one"], ["RETURN $x AS x", "-p", "x=1", "--csv"]],
    "status": [[], ["--deep", "--json"]],
}


def clean(said: str) -> bool:
    return not any(part in said for part in PARTS)


def test_no_command_is_left_out() -> None:
    assert {*COMMANDS, "mcp"} == set(_COMMANDS)


@pytest.mark.parametrize("address", [ADDRESSES[0], "bolt://127.0.0.1:1"])
def test_no_command_tells_a_password(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    """An address with an account, and a server that nobody reaches; with tracebacks, which hold all that is known."""
    monkeypatch.chdir(tmp_path)
    ended = []
    for name, several in COMMANDS.items():
        for words in several:
            done = chinaai("--debug", name, *words, NEO4J_URI=address, NEO4J_PASSWORD=GIVEN)
            assert clean(done.stdout + done.stderr), (name, words, done.stderr)
            ended.append(done.returncode)
    assert ended.count(1) > 22  # the others need no graph
    left = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert [file for file in left if not clean(file.read_bytes().decode("utf-8", "replace"))] == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_with_a_password_is_told_without_it(address: str) -> None:
    done = chinaai("--debug", "status", NEO4J_URI=address)
    assert done.returncode == 1 and clean(done.stdout + done.stderr), done.stderr
    assert any(hint in done.stderr for hint in ("NEO4J_PASSWORD", "use bolt://", "mend NEO4J_URI")), done.stderr


@pytest.mark.parametrize("address", [one for one in ADDRESSES if "://" in one])
def test_an_address_in_the_place_of_the_folder_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    """It would become a folder of that name."""
    monkeypatch.chdir(tmp_path)
    for words, variables in ((["--home", address], {}), ([], {"CHINAAI_HOME": address})):
        done = chinaai("--debug", "status", *words, **variables)
        assert done.returncode == 1 and clean(done.stdout + done.stderr), done.stderr
        assert "the home is an address, not a folder; set NEO4J_URI" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_no_tool_and_no_resource_tells_a_password(monkeypatch: pytest.MonkeyPatch) -> None:
    for address in ADDRESSES[:2]:
        monkeypatch.setenv("NEO4J_URI", address)
        session = Session(None)
        asked: list[Callable[[], object]] = [partial(session.call, name, {}) for name in session.tools]
        for ask in (*asked, partial(session.read, "chinaai://entity/x")):
            with pytest.raises(ChinaAIError) as refused:
                ask()
            assert clean("".join(traceback.format_exception(refused.value)))


@pytest.mark.parametrize("uri", [*ADDRESSES, "bolt://127.0.0.1:1"])
def test_no_error_of_python_tells_a_password(uri: str) -> None:
    for place in ({"uri": uri}, {"home": uri} if "://" in uri else {"uri": uri}):
        with pytest.raises(ChinaAIError) as refused:
            package.connect(**place, username="neo4j", password=GIVEN)  # type: ignore[arg-type]
        assert clean("".join(traceback.format_exception(refused.value)) + repr(refused.value))


def secrets_of(place: Place) -> list[str]:
    """Passwords of the engine that a place leads to, also as HTTP sends them."""
    if place.endpoint is not None:
        pairs = [(place.endpoint.username, place.endpoint.password)]
    else:
        with EmbeddedEngine(place.home) as engine:
            point = engine.endpoint
        assert point.reader is not None
        pairs = [(point.username, point.password), point.reader]
    coded = [base64.b64encode(f"{user}:{password}".encode()).decode().rstrip("=") for user, password in pairs]
    return [password for _, password in pairs] + coded


def files_with(folder: Path, secrets: list[str]) -> list[str]:
    """Files below a folder that hold one of the secrets, those inside of archives too."""

    def holds(data: bytes) -> bool:
        return any(secret.encode() in data for secret in secrets)

    found = []
    for path in (path for path in folder.rglob("*") if path.is_file()):
        data = path.read_bytes()
        inside = [data]
        if zipfile.is_zipfile(io.BytesIO(data)):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                inside += [archive.read(name) for name in archive.namelist()]
        found += [str(path)] if any(map(holds, inside)) else []
    return found


def test_nothing_that_is_written_holds_the_password_of_the_engine(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    monkeypatch.chdir(out)
    asked, few = ["ask", "partnerships", "--company", "alpha"], ("jsonl", "trig", "neo4j-csv")
    forms = FORMATS if place.endpoint is None else few
    runs = [
        ["build", "--seeds", SMALL], ["status"], ["cypher", "SHOW INDEXES", "--json"], ["cypher", "SHOW USERS"],
        [*asked, "--bundle", "a.zip"], ["verify", "a.zip", "--json"], ["changes", "-o", "feed.xml"],
        *(["export", "-f", name, "-o", f"{name}.out", "--json"] for name in forms),
    ]  # fmt: skip
    if place.endpoint is None:
        runs += [["watch", "add", "one", *asked[1:]], ["view", "-o", "page.html"], ["cite", "a.zip"]]
    said = ""
    for words in runs:
        done = chinaai(*words, **place.variables)
        assert done.returncode == 0 or words[-1] == "SHOW USERS", (words, done.stderr)
        said += done.stdout + done.stderr
    secrets = secrets_of(place)
    assert not any(secret in said for secret in secrets)
    assert len(list(out.iterdir())) >= 5 and files_with(out, secrets) == []
    if place.endpoint is None:
        kept = files_with(place.home, secrets)
        assert [Path(path).relative_to(place.home).as_posix() for path in kept] == ["embedded/secret.json"]


def test_no_list_of_processes_and_no_log_of_the_server_holds_its_password(neo4j_server: Endpoint, run: Run) -> None:
    """Its own processes, the tool that sets the password, and all others; before and after a refusal."""
    done = chinaai("status", **{**settings(neo4j_server), "NEO4J_PASSWORD": WRONG})
    assert done.returncode == 1 and clean(done.stderr)
    # a log-in that is right ends the count after which the server refuses all
    assert chinaai("cypher", "RETURN 1 AS one", **settings(neo4j_server)).returncode == 0
    folder = run.folder / f"scratch-{run.worker}" / "neo4j"
    secrets = [neo4j_server.password, WRONG]
    logs = [file for file in (folder / "logs").iterdir() if file.is_file()]
    assert len(logs) >= 2 and files_with(folder / "logs", secrets) == [] == files_with(folder / "conf", secrets)
    assert bearing(secrets, words=f"--home-dir={folder}") == []
    assert not (folder / "password.txt").exists()


def test_the_embedded_engine_gets_no_password_of_a_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NEO4J_PASSWORD", "NEO4J_AUTH"):
        monkeypatch.setenv(name, GIVEN)
    with EmbeddedEngine(tmp_path) as engine:
        point = engine.endpoint
        process = keeper(tmp_path)
        assert GIVEN not in process.environ().values()
        assert point.reader is not None
        assert bearing([point.password, point.reader[1], GIVEN], words=str(tmp_path / "embedded")) == []
