"""Node-link JSON as networkx reads it: `networkx.node_link_graph(json.load(file), edges="edges")`.

The same graph as `to_networkx` gives, with dates as ISO 8601 text; `graph.dates` of the file says which
properties of which type are dates. Written element by element, so memory stays flat.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any

from .jsonlines import dates_of
from .reading import Reader
from .values import as_json, json_line


def write_node_link(reader: Reader, path: Path) -> list[str]:
    """Write head, nodes and edges; the key of an edge is its fact_id."""
    survey = reader.survey()
    head = {
        "as_of": as_json(reader.selection.as_of), "left_out": reader.left_out.sentences(reader.selection),
        "dates": {"nodes": dates_of(survey.nodes), "edges": dates_of(survey.edges)},
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
        file.write(
            (",\n" if number else "\n") + json_line({key: as_json(value) for key, value in sorted(item.items())})
        )
