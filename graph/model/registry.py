"""All declarations in one place. A new family of types is one module and one line here."""

from __future__ import annotations

from collections.abc import Iterable

from ..errors import ChinaAIError
from . import actors, edges, entry, evidence, metrics, register, regulation, technology
from .base import Declared, EdgeType, Entity, Metric


def _nodes(*groups: Iterable[type[Declared]]) -> dict[str, type[Declared]]:
    found: dict[str, type[Declared]] = {}
    for group in groups:
        for cls in group:
            if cls.label() in found:
                raise ChinaAIError(f"node type {cls.label()} is declared twice")
            found[cls.label()] = cls
    looks: dict[str, str] = {}
    for name, cls in found.items():
        if not cls.zh or len(cls.look.split()) != 2:
            raise ChinaAIError(f"node type {name} needs a Chinese name and a look", hint='zh="公司", look="blue dot"')
        if cls.look in looks:
            raise ChinaAIError(f"node types {name} and {looks[cls.look]} have the same look '{cls.look}'")
        looks[cls.look] = name
    return found


def _edges(*groups: Iterable[EdgeType]) -> dict[str, EdgeType]:
    found: dict[str, EdgeType] = {}
    for edge in (edge for group in groups for edge in group):
        if edge.name in found:
            raise ChinaAIError(f"edge type {edge.name} is declared twice")
        unknown = sorted({*edge.subjects, *edge.objects} - set(NODES))
        if unknown:
            raise ChinaAIError(f"edge type {edge.name} joins undeclared types {', '.join(unknown)}")
        found[edge.name] = edge
    return found


NODES = _nodes(
    actors.NODE_TYPES, technology.NODE_TYPES, regulation.NODE_TYPES, register.NODE_TYPES, evidence.NODE_TYPES,
    entry.NODE_TYPES,
)  # fmt: skip
#: Types that a curator writes in `entities`.
ENTITIES = {name: cls for name, cls in NODES.items() if issubclass(cls, Entity) and cls.curated}
EDGES = _edges(edges.EDGE_TYPES, register.EDGE_TYPES, evidence.EDGE_TYPES, entry.EDGE_TYPES)
METRICS: dict[str, Metric] = {metric.name: metric for metric in metrics.METRICS}
