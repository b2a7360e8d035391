"""`chinaai export`, `influence` and the rest from the command line, as a user runs them."""

from __future__ import annotations

import json
import os
import threading
from datetime import date
from pathlib import Path

import networkx as nx
import pytest
from chinaai.cli.app import app
from chinaai.graph.elements import Edge, Node
from chinaai.graph.errors import ExportError
from chinaai.graph.export.formats import FORMATS, export
from chinaai.graph.store import Store, open_store
from typer.testing import CliRunner

from .conftest import elements, fill

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    with open_store(folder) as store:
        fill(store)
    return folder


def test_export_writes_the_file_and_tells_what_it_left_out(home: Path, tmp_path: Path) -> None:
    ran = CliRunner().invoke(
        app, ["export", "-f", "jsonl", "-o", str(tmp_path / "a.jsonl"), "--licence", "open", "--home", str(home)]
    )
    assert ran.exit_code == 0 and ran.stdout == f"{tmp_path / 'a.jsonl'}\n"
    assert "left out 6 facts whose sources are not all open" in ran.stderr
    assert json.loads((tmp_path / "a.jsonl").read_text("utf-8").split("\n")[0])["licence"] == "open"


def test_export_as_json_and_as_of(home: Path, tmp_path: Path) -> None:
    target = str(tmp_path / "a.json")
    ran = CliRunner().invoke(
        app, ["export", "-f", "node-link", "-o", target, "--as-of", "2025-03", "--json", "--home", str(home)]
    )
    told = json.loads(ran.stdout)
    assert (told["format"], told["path"]) == ("node-link", target)
    assert any("do not hold on 2025-03-31" in remark for remark in told["remarks"])


def test_help_names_every_form() -> None:
    text = CliRunner().invoke(app, ["export", "--help"], env={"COLUMNS": "200"}).stdout
    assert all(f"{name}: {form.title}" in text for name, form in FORMATS.items())


def test_declarations_need_no_graph(tmp_path: Path) -> None:
    ran = CliRunner().invoke(
        app, ["export", "-f", "shapes", "-o", str(tmp_path / "s.ttl"), "--home", str(tmp_path / "none")]
    )
    assert ran.exit_code == 0 and not (tmp_path / "none").exists()
    assert "sh:NodeShape" in (tmp_path / "s.ttl").read_text("utf-8")


def test_mistakes_are_told_and_leave_nothing(home: Path, tmp_path: Path) -> None:
    for arguments, message in (
        (["-f", "xls"], "there is no format 'xls'; known: jsonl"),
        (["-f", "jsonl", "--licence", "free"], "no licence class 'free'"),
        (["-f", "jsonl", "--as-of", "soon"], "'soon' is not a date"),
        (["-f", "turtle", "--base", "nonsense"], "'nonsense' is no base of names"),
    ):
        ran = CliRunner().invoke(app, ["export", *arguments, "-o", str(tmp_path / "out"), "--home", str(home)])
        assert ran.exit_code != 0 and message in str(ran.exception)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_graph_is_told(tmp_path: Path) -> None:
    with open_store(tmp_path / "empty") as store, pytest.raises(ExportError, match="run 'chinaai build' first"):
        export(store, tmp_path / "out", "trig")


def test_node_link_comes_back_equal(filled: Store, wanted: set[tuple[str, str]], tmp_path: Path) -> None:
    export(filled, tmp_path / "graph.json", "node-link")
    graph = nx.node_link_graph(json.loads((tmp_path / "graph.json").read_text("utf-8")), edges="edges")
    assert isinstance(graph, nx.MultiDiGraph)
    dates = graph.graph["dates"]

    def whole(data: dict[str, object], kind: str, side: str) -> dict[str, object]:
        known = dates[side].get(kind, ())
        return {
            k: date.fromisoformat(str(v)) if k in known else v for k, v in data.items() if k not in ("label", "type")
        }

    labels = {key: data["label"] for key, data in graph.nodes(data=True)}
    nodes = [Node(labels[key], key, whole(data, labels[key], "nodes")) for key, data in graph.nodes(data=True)]
    edges = [
        Edge(data["type"], key, (labels[a], a), (labels[b], b), whole(data, data["type"], "edges"))
        for a, b, key, data in graph.edges(keys=True, data=True)
    ]
    assert elements(nodes, edges) == wanted


@pytest.mark.parametrize(
    "arguments", [["influence", "--limit", "1"], ["communities"], ["evidence-path", "alpha", "beta"]]
)
def test_network_commands_print_json(home: Path, arguments: list[str]) -> None:
    rows = json.loads(CliRunner().invoke(app, [*arguments, "--json", "--home", str(home)]).stdout)
    assert arguments[0] == "communities" or (len(rows) == 1 and rows[0]["sources"][0]["publisher"])


#: Commands that write a file, each by a way of its own to what it writes.
WRITERS = [
    ["export", "-f", "gexf", "-o"], ["export", "-f", "vocabulary", "-o"], ["view", "--focus", "alpha", "-o"],
    ["changes", "--from", "2025-01-01", "--to", "2025-06-30", "-o"], ["ask", "ties", "--entity", "alpha", "--bundle"],
]  # fmt: skip


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")
@pytest.mark.parametrize("words", WRITERS, ids=lambda words: "-".join(words[:3:2]))
def test_no_command_puts_a_file_in_the_place_of_a_pipe_or_a_link(home: Path, tmp_path: Path, words: list[str]) -> None:
    suffix = {"changes": ".md", "ask": ".zip"}.get(words[0], "")
    pipe, link, plain = (tmp_path / f"{name}{suffix}" for name in ("pipe", "link", "plain"))
    os.mkfifo(pipe)
    link.symlink_to(f"target{suffix}")
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()), daemon=True)
    reader.start()
    for target in (plain, pipe, link):
        ran = CliRunner().invoke(app, [*words, str(target), "--home", str(home)])
        assert ran.exit_code == 0, ran.exception
    reader.join(60)
    assert pipe.is_fifo() and link.is_symlink()
    assert len(got) == 1 and len(got[0]) > 100
    if words[0] != "ask":  # a bundle notes the moment at which it was made
        assert got[0] == plain.read_bytes() == (tmp_path / f"target{suffix}").read_bytes()
    assert len(list(tmp_path.iterdir())) == 4


@pytest.mark.parametrize("form", ["jsonl", "graphml", "shapes"])
def test_a_dash_writes_to_stdout_and_nothing_else(home: Path, tmp_path: Path, form: str) -> None:
    arguments = ["--home", str(home)]
    assert CliRunner().invoke(app, ["export", "-f", form, "-o", str(tmp_path / "out"), *arguments]).exit_code == 0
    ran = CliRunner().invoke(app, ["export", "-f", form, "-o", "-", *arguments])
    assert (ran.exit_code, ran.stdout) == (0, (tmp_path / "out").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "words", [["ask", "ties", "--entity", "alpha", "--bundle", "-"], ["site", "-o", "-"]], ids=["bundle", "site"]
)
def test_what_cannot_go_to_stdout_makes_no_file_of_that_name(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = CliRunner().invoke(app, [*words, "--home", str(home)])
    assert ran.exit_code != 0 and "can't go to stdout" in str(ran.exception) and list(tmp_path.iterdir()) == []


def test_a_folder_cannot_go_to_stdout(home: Path) -> None:
    ran = CliRunner().invoke(app, ["export", "-f", "parquet", "-o", "-", "--home", str(home)])
    assert ran.exit_code != 0 and "a folder, which can't go to stdout" in str(ran.exception)
