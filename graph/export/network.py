"""The graph as a networkx.MultiDiGraph, complete both ways.

A node's key is its id and its attribute `label` its type; an edge's key is its fact_id and its
attribute `type` its type. All other attributes are the properties as they stand, dates as
`datetime.date`; `hash` and `bucket` are computed from them and left out. graph.graph holds
`sources` (id -> properties of the source), `digest` (as `chinaai status` shows it, where nothing was
left out), `as_of`, and `left_out` in words.
"""

from __future__ import annotations

from typing import Any

import networkx as nx

from ..digest import digest_of
from ..elements import Batch, Edge, Node
from ..errors import ExportError
from ..heap import collected_rarely
from ..prints import joined
from ..store import Store
from .reading import Reader
from .selection import Selection

SOURCE = "Source"


@collected_rarely()
def to_networkx(store: Store, selection: Selection | None = None, *, with_sources: bool = True) -> nx.MultiDiGraph:
    """All nodes and facts as a directed multigraph; parallel facts stay apart.

    Args:
        selection: what to leave out; nothing by default.
        with_sources: False keeps Source nodes out of the nodes (a drawing); `graph.graph["sources"]` holds
            them either way, so `from_networkx` brings them back.
    """
    reader = Reader(store, selection)
    graph = nx.MultiDiGraph()
    sources: dict[str, dict[str, Any]] = {}
    digests: list[bytes] = []
    for node in reader.nodes():
        digests.append(node.digest)
        if node.label == SOURCE:
            sources[node.id] = dict(node.props)
        if node.label != SOURCE or with_sources:
            _refuse(node.props, "label", node.id)
            graph.add_node(node.id)
            graph.nodes[node.id].update(node.props, label=node.label)
    for edge in reader.edges():
        digests.append(edge.digest)
        _refuse(edge.props, "type", edge.fact_id)
        graph.add_edge(edge.start[1], edge.end[1], edge.fact_id)
        graph.edges[edge.start[1], edge.end[1], edge.fact_id].update(edge.props, type=edge.type)
    graph.graph.update(
        sources=sources, digest=digest_of(joined(digests)), as_of=reader.selection.as_of,
        left_out=reader.left_out.sentences(reader.selection),
    )  # fmt: skip
    return graph


def from_networkx(graph: nx.MultiDiGraph, dataset: str | None = None) -> Batch:
    """The elements of such a graph, equal to those that `to_networkx` read.

    Args:
        dataset: data set that shall own them; the one they come from where that is one, else `networkx`.
    Raises:
        ExportError: it is not a directed multigraph, a node has no `label`, or an edge no `type`.
    """
    if not (graph.is_directed() and graph.is_multigraph()):
        raise ExportError("facts need a networkx.MultiDiGraph; other kinds lose direction or parallel facts")
    nodes = []
    labels: dict[str, str] = {}
    sources = graph.graph.get("sources") or {}
    everything = [*((key, {"label": SOURCE, **props}) for key, props in sources.items() if key not in graph),
                  *graph.nodes(data=True)]  # fmt: skip
    for key, data in everything:
        label = data.get("label")
        if not isinstance(label, str):
            raise ExportError(f"node '{key}' has no label", hint="an edge may name a node that was never added")
        labels[key] = label
        nodes.append(Node(label, str(key), {k: v for k, v in data.items() if k != "label"}))
    edges = []
    for start, end, key, data in graph.edges(keys=True, data=True):
        if not isinstance(data.get("type"), str):
            raise ExportError(f"edge '{key}' from '{start}' to '{end}' has no type")
        props = {k: v for k, v in data.items() if k != "type"}
        edges.append(Edge(data["type"], str(key), (labels[start], str(start)), (labels[end], str(end)), props))
    everyone = [*(node.props for node in nodes), *(edge.props for edge in edges)]
    owners = {str(props["dataset"]) for props in everyone if "dataset" in props}
    return Batch(dataset or (owners.pop() if len(owners) == 1 else "networkx"), nodes, edges)


def _refuse(props: Any, name: str, key: str) -> None:
    if name in props:
        raise ExportError(f"'{key}' has a property '{name}', which is the attribute of its type in networkx")
