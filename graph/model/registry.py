"""All declarations in one place. A new family of types is one module and one line here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from . import actors, checks, edges, entry, evidence, metrics, register, regulation, technology
from .base import Declared, EdgeType, Entity, Metric
from .looks import check_looks

Item = TypeVar("Item")


def _by_name(
    what: str, groups: Mapping[str, Iterable[Item]], name_of: Callable[[Item], str], check: Callable[[Item, str], None]
) -> dict[str, Item]:
    """Declarations by name, from the lists of the files, each checked; of one name there is one."""
    found: dict[str, Item] = {}
    files: dict[str, str] = {}
    for file, group in groups.items():
        for item in group:
            name = name_of(item)
            if name in found:
                checks.told_twice(what, name, files[name], file)
            check(item, file)
            found[name], files[name] = item, file
    return found


def _nodes(groups: Mapping[str, Iterable[type[Declared]]]) -> dict[str, type[Declared]]:
    found = _by_name("node type", groups, lambda cls: cls.label(), lambda cls, _: checks.check_node(cls))
    check_looks({name: cls.look for name, cls in found.items()})
    return found


def _edges(groups: Mapping[str, Iterable[EdgeType]]) -> dict[str, EdgeType]:
    return _by_name(
        "edge type", groups, lambda edge: edge.name, lambda edge, file: checks.check_edge(edge, NODES, file)
    )


def _metrics(group: Iterable[Metric]) -> dict[str, Metric]:
    groups, subjects = {checks.file_of(metrics.__name__): group}, EDGES["OF"].objects
    return _by_name("metric", groups, lambda one: one.name, lambda one, file: checks.check_metric(one, subjects, file))


_WITH_NODES, _WITH_EDGES = (
    (actors, technology, regulation, register, evidence, entry),
    (edges, register, evidence, entry),
)
checks.check_listed(dict.fromkeys((*_WITH_NODES, *_WITH_EDGES)))
NODES = _nodes(checks.by_file(_WITH_NODES, "NODE_TYPES"))
#: Types that a curator writes in `entities`.
ENTITIES = {name: cls for name, cls in NODES.items() if issubclass(cls, Entity) and cls.curated}
#: Types that stand apart from the curated facts, since drawings and centralities would drown in them: those that are
#: never drawn (computed options and the sentences of the article have answers of their own), those drawn only where
#: asked for (the register and the fine print), and those that lead from anything to anything, so that no evidence path
#: goes through them: two firms of one city are not close.
HIDDEN, REGISTER = (frozenset(n for n, cls in NODES.items() if cls.drawn == how) for how in ("never", "asked"))
CROWDS = frozenset(name for name, cls in NODES.items() if cls.crowd)
EDGES = _edges(checks.by_file(_WITH_EDGES, "EDGE_TYPES"))
METRICS = _metrics(metrics.METRICS)
