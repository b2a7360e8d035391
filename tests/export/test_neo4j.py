"""Exports into a real Neo4j server: its own import tool, and the Cypher script."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from chinaai.graph.digest import status
from chinaai.graph.engine.admin import run_tool
from chinaai.graph.engine.artifacts import server_jars
from chinaai.graph.engine.conf import configuration
from chinaai.graph.engine.endpoint import Endpoint
from chinaai.graph.engine.files import private_folder
from chinaai.graph.engine.local_neo4j import LocalNeo4j
from chinaai.graph.export.formats import export
from chinaai.graph.plan import compare
from chinaai.graph.store import Store

from .odd import odd_batch
from .test_formats import run_script


def test_cypher_script_into_a_neo4j_server(filled: Store, neo4j_store: Store, tmp_path: Path) -> None:
    file = tmp_path / "graph.cypher"
    export(filled, file, "cypher")
    run_script(neo4j_store, file)
    assert _content(neo4j_store) == _content(filled)


def test_import_tool_of_a_neo4j_server(filled: Store, neo4j_server: Endpoint, tmp_path: Path) -> None:
    # The shared server proves that the artifacts are there; the import needs one that has never run.
    folder = tmp_path / "csv"
    export(filled, folder, "neo4j-csv")
    server = LocalNeo4j(tmp_path / "home")
    arguments = (folder / "import.args").read_text("utf-8").split()
    conf = private_folder(server.folder / "conf") / "neo4j.conf"
    conf.write_text(configuration("127.0.0.1", 0, server.memory), "utf-8")
    done = run_tool(server.folder, server_jars(), arguments, at=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    endpoint = server.start()
    try:
        with Store(endpoint) as store:
            run_script(store, folder / "constraints.cypher")
            assert _content(store) == _content(filled)
            assert compare(store, odd_batch()).empty  # the next load goes on from there
    finally:
        server.stop()


def _content(store: Store) -> tuple[object, ...]:
    found = status(store)
    return found.digest, found.nodes, found.relationships, found.counts, found.altered


@pytest.mark.skipif(os.name == "nt", reason="paths with a drive letter hold a colon")
def test_the_arguments_name_every_table(filled: Store, tmp_path: Path) -> None:
    folder = tmp_path / "csv"
    export(filled, folder, "neo4j-csv")
    named = {line.rpartition("=")[2] for line in (folder / "import.args").read_text("utf-8").split() if ".csv" in line}
    assert named == {file.relative_to(folder).as_posix() for file in folder.rglob("*.csv")}
