"""JSON Lines: one element a line, in the shape that neo4j's APOC procedures export.

The first line describes the file: counts, selection, and which properties are dates, by type, since JSON
has no dates of its own.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

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
        "dates": {"nodes": dates_of(survey.nodes), "relationships": dates_of(survey.edges)},
    }  # fmt: skip
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(json_line(header) + "\n")
        file.writelines(json_line(_node(node)) + "\n" for node in reader.nodes())
        file.writelines(json_line(_edge(edge)) + "\n" for edge in reader.edges())
    return []


def _node(node: Node) -> dict[str, Any]:
    return {"type": "node", **_end(node.label, node.id), "properties": _plain(node.props)}


def _edge(edge: Edge) -> dict[str, Any]:
    return {
        "type": "relationship", "id": edge.fact_id, "label": edge.type, "start": _end(*edge.start),
        "end": _end(*edge.end), "properties": _plain(edge.props),
    }  # fmt: skip


def _end(label: str, key: str) -> dict[str, Any]:
    return {"id": key, "labels": [MARK, label]}


def _plain(props: Any) -> dict[str, Any]:
    return {name: as_json(value) for name, value in sorted(props.items())}


def dates_of(kinds: dict[str, dict[str, Kind]]) -> dict[str, list[str]]:
    """Names of the properties that are dates, by type."""
    found = {name: sorted(p for p, kind in props.items() if kind == "date") for name, props in kinds.items()}
    return {name: props for name, props in found.items() if props}
