"""Every format, read back by somebody else's reader and compared element by element with the graph."""

from __future__ import annotations

import csv
import json
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path
from typing import Any

import networkx as nx
import pyarrow.parquet
import pytest
from chinaai.graph.digest import status
from chinaai.graph.elements import Edge, Node
from chinaai.graph.export.formats import FORMATS, export
from chinaai.graph.export.values import Kind
from chinaai.graph.store import Store, open_store

from .conftest import elements

Wanted = set[tuple[str, str]]


def test_json_lines(filled: Store, wanted: Wanted, tmp_path: Path) -> None:
    file = tmp_path / "graph.jsonl"
    export(filled, file, "jsonl")
    # Not splitlines(): it also splits at U+2028, which JSON texts may hold.
    header, *lines = [json.loads(line) for line in file.read_text("utf-8").split("\n") if line]
    nodes = [
        Node(x["labels"][1], x["id"], _dated(x["properties"], header["dates"]["nodes"].get(x["labels"][1], ())))
        for x in lines if x["type"] == "node"
    ]  # fmt: skip
    edges = [
        Edge(x["label"], x["id"], _end(x["start"]), _end(x["end"]),
             _dated(x["properties"], header["dates"]["relationships"].get(x["label"], ())))
        for x in lines if x["type"] == "relationship"
    ]  # fmt: skip
    assert elements(nodes, edges) == wanted
    assert (header["nodes"], header["relationships"]) == (len(nodes), len(edges))


def _dated(props: dict[str, Any], dates: Any) -> dict[str, Any]:
    return {k: date.fromisoformat(v) if k in dates else v for k, v in props.items()}


def _end(value: dict[str, Any]) -> tuple[str, str]:
    return value["labels"][1], value["id"]


# -- XML: networkx reads the graph, the kinds stand in the ids of the columns --------------------------
def _xml_kinds(file: Path, tag: str, side: str, name: str, path: str) -> dict[str, Kind]:
    found: dict[str, Kind] = {}
    for item in ET.parse(file).getroot().iter():
        if item.tag.endswith(tag) and path in (item.get("for"), item.get("class"), ""):
            prop, _, kind = item.get("id", "").removeprefix(f"{side}.").rpartition(".")
            if prop:
                assert found.setdefault(item.get(name, ""), kind) == kind  # type: ignore[comparison-overlap, arg-type]
    return found


def from_text(text: str, kind: Kind) -> Any:
    """The value that an export wrote as text of this kind."""
    if kind == "string":
        return text
    if kind == "integer":
        return int(text)
    if kind == "float":
        return float(text)
    if kind == "boolean":
        return {"true": True, "false": False}[text.casefold()]
    if kind == "date":
        return date.fromisoformat(text)
    items = json.loads(text)
    return [float(item) for item in items] if kind == "floats" else items


def _typed(data: dict[str, Any], kinds: dict[str, Kind], skip: set[str]) -> dict[str, Any]:
    return {
        k: from_text(v, kinds[k]) if isinstance(v, str) else v for k, v in data.items() if k in kinds and k not in skip
    }


def _xml_wanted(wanted: Wanted) -> Wanted:
    """XML can't hold U+001E; it is replaced, and the export says so."""
    return {(key, value.replace("\\x1e", "\ufffd")) for key, value in wanted}


def _without_empty(wanted: Wanted) -> Wanted:
    """The csv module can't tell an empty text from none before Python 3.12; the server can (tested below)."""
    return {(key, value.replace("('hq', ''), ", "")) for key, value in wanted}


def test_graphml(filled: Store, wanted: Wanted, tmp_path: Path) -> None:
    file = tmp_path / "graph.graphml"
    summary = export(filled, file, "graphml")
    graph = nx.read_graphml(file, force_multigraph=True)
    sides = {side: _xml_kinds(file, "key", side, "attr.name", side) for side in ("node", "edge")}
    nodes = [Node(data["label"], key, _typed(data, sides["node"], {"label"})) for key, data in graph.nodes(data=True)]
    labels = {node.id: node.label for node in nodes}
    edges = [
        Edge(data["type"], key, (labels[a], a), (labels[b], b), _typed(data, sides["edge"], {"type"}))
        for a, b, key, data in graph.edges(keys=True, data=True)
    ]
    assert elements(nodes, edges) == _xml_wanted(wanted)
    assert summary.remarks == ["replaced 1 control character that XML can't hold by U+FFFD; jsonl keeps it"]


def test_gexf(filled: Store, wanted: Wanted, tmp_path: Path) -> None:
    file = tmp_path / "graph.gexf"
    export(filled, file, "gexf")
    graph = nx.read_gexf(file)
    assert isinstance(graph, nx.MultiDiGraph)
    node_kinds = {k: v for k, v in _gexf_kinds(file, "node").items() if k not in ("type",)}
    edge_kinds = {k: v for k, v in _gexf_kinds(file, "edge").items() if k not in ("type",)}
    nodes = [Node(data["type"], key, _typed(data, node_kinds, set())) for key, data in graph.nodes(data=True)]
    labels = {node.id: node.label for node in nodes}
    edges = [
        Edge(data["type"], key, (labels[a], a), (labels[b], b), _typed(data, edge_kinds, set()))
        for a, b, key, data in graph.edges(keys=True, data=True)
    ]
    assert elements(nodes, edges) == _xml_wanted(wanted)
    assert graph.nodes["alpha"]["label"] == "Alpha Inc."
    talks = graph.edges["alpha", "gamma", "alpha-gamma-talks"]
    assert (talks["start"], talks["end"], talks["weight"]) == ("2024-12-01", "2025-02-28", 0.8)


def _gexf_kinds(file: Path, side: str) -> dict[str, Kind]:
    for group in ET.parse(file).getroot().iter("{http://www.gexf.net/1.2draft}attributes"):
        if group.get("class") == side:
            return {item.get("title", ""): item.get("id", "").rpartition(".")[2] for item in group}  # type: ignore[misc]
    raise AssertionError(side)


def test_gexf_keeps_the_rules_of_its_schema(filled: Store, tmp_path: Path) -> None:
    """The rules of gexf.xsd 1.2 for the elements used: names, attributes, order, types, references."""
    file = tmp_path / "graph.gexf"
    export(filled, file, "gexf")
    root = ET.parse(file).getroot()
    space = "{http://www.gexf.net/1.2draft}"
    allowed = {
        "gexf": {"version", "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"}, "meta": {"lastmodifieddate"},
        "creator": set(), "description": set(), "graph": {"mode", "defaultedgetype", "timeformat", "start", "end"},
        "attributes": {"class", "mode"}, "attribute": {"id", "title", "type"}, "nodes": {"count"}, "edges": {"count"},
        "node": {"id", "label", "start", "end"}, "attvalues": set(), "attvalue": {"for", "value", "start", "end"},
        "edge": {"id", "source", "target", "type", "label", "weight", "start", "end"},
    }  # fmt: skip
    for item in root.iter():
        name = item.tag.removeprefix(space)
        assert set(item.attrib) <= allowed[name], name
        if item.get("start"):
            date.fromisoformat(item.attrib["start"])
        if item.get("end"):
            assert date.fromisoformat(item.attrib["end"]) >= date.fromisoformat(item.get("start", "0001-01-01"))
    (graph,) = root.findall(f"{space}graph")
    assert [item.tag.removeprefix(space) for item in graph] == ["attributes", "attributes", "nodes", "edges"]
    types = {"integer", "long", "double", "float", "boolean", "liststring", "string", "anyURI"}
    ids = [node.attrib["id"] for node in graph.iter(f"{space}node")]
    edge_ids = [edge.attrib["id"] for edge in graph.iter(f"{space}edge")]
    assert len(set(ids)) == len(ids) and len(set(edge_ids)) == len(edge_ids)
    for edge in graph.iter(f"{space}edge"):
        assert edge.attrib["source"] in ids and edge.attrib["target"] in ids
    for group in graph.iter(f"{space}attributes"):
        declared = {item.attrib["id"]: item.attrib["type"] for item in group}
        assert set(declared.values()) <= types and len(declared) == len(group)
        for item in graph.iter(f"{space}{group.attrib['class']}"):
            used = [value.attrib["for"] for value in item.iter(f"{space}attvalue")]
            assert set(used) <= set(declared) and len(set(used)) == len(used)


def test_neo4j_csv_by_the_csv_module(filled: Store, wanted: Wanted, tmp_path: Path) -> None:
    folder = tmp_path / "csv"
    export(filled, folder, "neo4j-csv")
    nodes, edges, labels = [], [], {}
    for file in (folder / "nodes").iterdir():
        for row in _csv_rows(file):
            key = row.pop("id")
            labels[key] = file.stem
            nodes.append(Node(file.stem, key, row))
    for file in (folder / "relationships").iterdir():
        for row in _csv_rows(file):
            start, end = row.pop(":START_ID"), row.pop(":END_ID")
            edges.append(Edge(file.stem, row["fact_id"], (labels[start], start), (labels[end], end), row))
    assert elements(nodes, edges) == _without_empty(wanted)


def _csv_rows(file: Path) -> list[dict[str, Any]]:
    kinds: dict[str, Kind] = {"long": "integer", "double": "float", "boolean": "boolean", "date": "date"}
    with file.open(encoding="utf-8", newline="") as opened:
        header, *rows = csv.reader(opened)
    found = []
    for row in rows:
        values: dict[str, Any] = {}
        for column, cell in zip(header, row, strict=True):
            name, _, kind = column.rpartition(":") if not column.startswith(":") else (column, "", "")
            if cell and name not in ("hash", "bucket", "words"):
                is_list = kind.endswith("[]")
                values[name] = cell.split("\x1f") if is_list else from_text(cell, kinds.get(kind, "string"))
        found.append(values)
    return found


def test_parquet(filled: Store, wanted: Wanted, tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    export(filled, folder, "parquet")
    nodes, edges = [], []
    for file in (folder / "nodes").iterdir():
        for row in pyarrow.parquet.read_table(file).to_pylist():
            nodes.append(Node(row.pop("label"), row.pop("id"), row))
    for file in (folder / "relationships").iterdir():
        for row in pyarrow.parquet.read_table(file).to_pylist():
            start = (row.pop("start_label"), row.pop("start"))
            end = (row.pop("end_label"), row.pop("end"))
            edges.append(Edge(row.pop("type"), row["fact_id"], start, end, row))
    assert elements(nodes, edges) == wanted


@pytest.mark.slow
def test_cypher_script_into_a_fresh_embedded_graph(filled: Store, tmp_path: Path) -> None:
    file = tmp_path / "graph.cypher"
    export(filled, file, "cypher")
    with open_store(tmp_path / "fresh") as fresh:
        run_script(fresh, file)
        assert _without_engine(fresh) == _without_engine(filled)


def run_script(store: Store, file: Path) -> None:
    for line in file.read_text("utf-8").split("\n"):
        if line:
            assert line.endswith(";")
            store.write([(line[:-1], {})])


def _without_engine(store: Store) -> tuple[Any, ...]:
    found = status(store)
    return found.digest, found.nodes, found.relationships, found.counts, found.altered


@pytest.mark.slow
@pytest.mark.parametrize("name", list(FORMATS))
def test_the_same_graph_gives_the_same_bytes(filled: Store, tmp_path: Path, name: str) -> None:
    for number in (1, 2):
        export(filled, tmp_path / f"out{number}", name)
    assert _bytes(tmp_path / "out1") == _bytes(tmp_path / "out2")


def _bytes(path: Path) -> dict[str, bytes]:
    files = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file())
    return {str(p.relative_to(path)): p.read_bytes() for p in files}
