"""The choice of engine: its order, CHINAAI_ENGINE, what is said where none fits, and stores of other builds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from chinaai.graph.engine import choice
from chinaai.graph.engine.embedded import EmbeddedEngine, stop_embedded
from chinaai.graph.errors import EngineError
from faults.running import chinaai

SMALL = Path(__file__).parents[1] / "data" / "small"


def only(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """A machine on which these engines alone are installed."""
    monkeypatch.delenv("CHINAAI_ENGINE", raising=False)
    monkeypatch.setattr(choice, "installed", lambda name: name in names)


@pytest.mark.parametrize(
    ("there", "wanted", "found"),
    [
        ({"arcadedb", "arcadedb-embedded", "neo4j"}, "", "arcadedb"),
        ({"arcadedb-embedded", "neo4j"}, "", "arcadedb-embedded"),
        ({"neo4j"}, "", "neo4j"),
        ({"arcadedb", "arcadedb-embedded"}, "arcadedb-embedded", "arcadedb-embedded"),
        ({"arcadedb", "neo4j"}, "neo4j", "neo4j"),
    ],
)
def test_the_order(monkeypatch: pytest.MonkeyPatch, there: set[str], wanted: str, found: str) -> None:
    only(monkeypatch, *there)
    monkeypatch.setenv("CHINAAI_ENGINE", wanted)
    assert choice.chosen() == found


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        ("", "no engine is installed for this Python and system; pip install 'chinaai[native]'; or pip install "
         "arcadedb-embedded; or pip install 'chinaai[neo4j]'; or set NEO4J_URI to a server"),
        ("arcadedb", "the engine 'arcadedb' is not installed (CHINAAI_ENGINE); pip install 'chinaai[native]'"),
        ("kuzu", "there is no engine 'kuzu' (CHINAAI_ENGINE); use one of: arcadedb, arcadedb-embedded, neo4j"),
    ],
)  # fmt: skip
def test_one_sentence_where_none_fits(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, wanted: str, sentence: str
) -> None:
    only(monkeypatch)
    done = chinaai("build", "--home", str(tmp_path), CHINAAI_ENGINE=wanted)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", f"chinaai: {sentence}\n")


def test_a_store_of_a_newer_build_is_refused_in_words_and_left_alone(tmp_path: Path) -> None:
    EmbeddedEngine(tmp_path).close()
    stop_embedded(tmp_path)
    note = tmp_path / "embedded" / "build.json"
    name = json.loads(note.read_text(encoding="utf-8"))["build"].split()[0]
    note.write_text(json.dumps({"build": f"{name} 99.1"}), encoding="utf-8")
    with pytest.raises(EngineError, match=rf"was written by {name} 99\.1, .* move the folder away.* chinaai build"):
        EmbeddedEngine(tmp_path)
    assert json.loads(note.read_text(encoding="utf-8")) == {"build": f"{name} 99.1"}


def test_a_store_of_an_older_build_is_opened_and_noted(tmp_path: Path) -> None:
    EmbeddedEngine(tmp_path).close()
    stop_embedded(tmp_path)
    note = tmp_path / "embedded" / "build.json"
    now = json.loads(note.read_text(encoding="utf-8"))
    note.write_text(json.dumps({"build": f"{now['build'].split()[0]} 1.0"}), encoding="utf-8")
    EmbeddedEngine(tmp_path).close()
    assert json.loads(note.read_text(encoding="utf-8")) == now


@pytest.mark.slow
def test_the_local_server_as_engine_of_a_home(neo4j_server: object, tmp_path: Path) -> None:
    where = {"CHINAAI_HOME": str(tmp_path), "CHINAAI_ENGINE": "neo4j"}
    try:
        built = chinaai("build", "--seeds", str(SMALL), **where)
        assert built.returncode == 0 and "16 added" in built.stdout and "(neo4j, " in built.stdout
        asked = chinaai("ask", "partnerships", "--company", "阿尔法", "--json", **where)
        assert [row["partner_id"] for row in json.loads(asked.stdout)] == ["beta"]
    finally:
        chinaai("neo4j", "stop", **where)


OTHERS = [name for name in ("arcadedb", "arcadedb-embedded") if choice.installed(name)][1:]


@pytest.mark.nightly
@pytest.mark.skipif(not OTHERS, reason="one build of the embedded engine is installed")
@pytest.mark.parametrize("engine", OTHERS)
def test_the_other_build_passes_the_same_tests(engine: str) -> None:
    here = Path(__file__).parents[1]
    folders = [str(here / name) for name in ("graph", "conformance", "queries", "faults")]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-m", "quick", *folders], cwd=here.parent, check=False,
        env={**os.environ, "CHINAAI_ENGINE": engine}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-4000:]
