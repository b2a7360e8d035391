"""JSON, written element by element, so that memory stays flat.

JSON Lines are one element a line, in the shape that neo4j's APOC procedures export; the first line describes the file.
Node-link JSON is what networkx reads: `networkx.node_link_graph(json.load(file), edges="edges")` gives the same graph
as `to_networkx`. JSON has no dates of its own: `dates` says which properties of which type are some, as ISO 8601 text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import IO, Any

from ..elements import Edge, Node
from ..marks import MARK
from .reading import Reader
from .values import Kind, as_json, json_line


def write_jsonlines(reader: Reader, path: Path) -> list[str]:
    """Write all elements; the header is a line of type `graph`."""
    survey = reader.survey()
    header = {
        "type": "graph", "nodes": survey.node_count, "relationships": survey.edge_count,
        "as_of": as_json(reader.selection.as_of), "licence": reader.selection.licence,
        "dates": {"nodes": _dates_of(survey.nodes), "relationships": _dates_of(survey.edges)},
    }  # fmt: skip
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(json_line(header) + "\n")
        file.writelines(json_line(_node(node)) + "\n" for node in reader.nodes())
        file.writelines(json_line(_edge(edge)) + "\n" for edge in reader.edges())
    return []


def write_node_link(reader: Reader, path: Path) -> list[str]:
    """Write head, nodes and edges; the key of an edge is its fact_id."""
    survey = reader.survey()
    head = {
        "as_of": as_json(reader.selection.as_of), "left_out": reader.left_out.sentences(reader.selection),
        "dates": {"nodes": _dates_of(survey.nodes), "edges": _dates_of(survey.edges)},
    }  # fmt: skip
    nodes = ({**node.props, "id": node.id, "label": node.label} for node in reader.nodes())
    edges = (
        {**edge.props, "type": edge.type, "source": edge.start[1], "target": edge.end[1], "key": edge.fact_id}
        for edge in reader.edges()
    )
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write('{"directed": true, "multigraph": true, "graph": ' + json_line(head) + ',\n"nodes": [')
        _items(file, nodes)
        file.write('],\n"edges": [')
        _items(file, edges)
        file.write("]}\n")
    return []


def _items(file: IO[str], items: Iterable[dict[str, Any]]) -> None:
    for number, item in enumerate(items):
        file.write((",\n" if number else "\n") + json_line(_plain(item)))


def _node(node: Node) -> dict[str, Any]:
    return {"type": "node", **_end(node.label, node.id), "properties": _plain(node.props)}


def _edge(edge: Edge) -> dict[str, Any]:
    return {
        "type": "relationship", "id": edge.fact_id, "label": edge.type, "start": _end(*edge.start),
        "end": _end(*edge.end), "properties": _plain(edge.props),
    }  # fmt: skip


def _end(label: str, key: str) -> dict[str, Any]:
    return {"id": key, "labels": [MARK, label]}


def _plain(props: Mapping[str, Any]) -> dict[str, Any]:
    return {name: as_json(value) for name, value in sorted(props.items())}


def _dates_of(kinds: dict[str, dict[str, Kind]]) -> dict[str, list[str]]:
    """Names of the properties that are dates, by type."""
    found = {name: sorted(p for p, kind in props.items() if kind == "date") for name, props in kinds.items()}
    return {name: props for name, props in found.items() if props}
