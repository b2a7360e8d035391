"""All declarations in one place. A new family of types is one module and one line here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from . import actors, checks, edges, entry, evidence, metrics, register, regulation, technology
from .base import Declared, EdgeType, Entity, Metric
from .looks import check_looks


def _nodes(groups: Mapping[str, Iterable[type[Declared]]]) -> dict[str, type[Declared]]:
    """Node types by name, from the lists of the files."""
    found: dict[str, type[Declared]] = {}
    files: dict[str, str] = {}
    for file, group in groups.items():
        for cls in group:
            name = cls.label()
            if name in found:
                checks.told_twice("node type", name, files[name], file)
            checks.check_node(cls)
            found[name], files[name] = cls, file
    check_looks({name: cls.look for name, cls in found.items()})
    return found


def _edges(groups: Mapping[str, Iterable[EdgeType]]) -> dict[str, EdgeType]:
    """Edge types by name, from the lists of the files."""
    found: dict[str, EdgeType] = {}
    files: dict[str, str] = {}
    for file, group in groups.items():
        for edge in group:
            if edge.name in found:
                checks.told_twice("edge type", edge.name, files[edge.name], file)
            checks.check_edge(edge, NODES, file)
            found[edge.name], files[edge.name] = edge, file
    return found


def _metrics(group: Iterable[Metric]) -> dict[str, Metric]:
    """Metrics by name."""
    found: dict[str, Metric] = {}
    file = checks.file_of(metrics.__name__)
    for metric in group:
        if metric.name in found:
            checks.told_twice("metric", metric.name, file, file)
        checks.check_metric(metric, EDGES["OF"].objects, file)
        found[metric.name] = metric
    return found


_WITH_NODES, _WITH_EDGES = (
    (actors, technology, regulation, register, evidence, entry),
    (edges, register, evidence, entry),
)
checks.check_listed(dict.fromkeys((*_WITH_NODES, *_WITH_EDGES)))
NODES = _nodes(checks.by_file(_WITH_NODES, "NODE_TYPES"))
#: Types that a curator writes in `entities`.
ENTITIES = {name: cls for name, cls in NODES.items() if issubclass(cls, Entity) and cls.curated}
EDGES = _edges(checks.by_file(_WITH_EDGES, "EDGE_TYPES"))
METRICS = _metrics(metrics.METRICS)
