"""What the parts of one element must be to each other; each part by itself is what its declaration allows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .dates import PartialDate
from .elements import COMPUTED, Edge, Node
from .model import METRICS
from .nearest import did_you_mean

#: Code, what is wrong, and what to do.
Fault = tuple[str, str, str]


def of_node(node: Node) -> Iterator[Fault]:
    """What contradicts itself in a node whose properties fit."""
    yield from _of_props(node.props)
    if node.label == "Observation":
        yield from _figure(node.props)
    if node.label == "Conflict":
        yield from _sides(node)


def of_edge(edge: Edge) -> Iterator[Fault]:
    """The same for an edge."""
    yield from _of_props(edge.props)


def kept_by_store(props: Mapping[Any, Any]) -> Iterator[Fault]:
    """Properties that a batch may not give, since the store works them out.

    What was read from a graph also names its data set there and the day on which it was closed: it may come back.
    """
    for name in sorted(props.keys() & COMPUTED):
        yield "UNKNOWN-PROPERTY", f"'{name}' is written by the store itself", "leave it out"


def _of_props(props: Mapping[str, Any]) -> Iterator[Fault]:
    sources = props.get("sources", ())
    if len(sources) > 1:
        for key in {key for key in sources if sources.count(key) > 1}:
            yield "VALUE", f"sources names '{key}' twice", "a source that says it counts once"
    if "until" in props and "since" in props:
        since, until = PartialDate.parse(props["since"]), PartialDate.parse(props["until"])
        if until.last < since.first:
            yield "VALUE", f"until can't be '{until}'", f"it is before since, '{since}'"


def _sides(node: Node) -> Iterator[Fault]:
    sides = node.props.get("facts")
    if not isinstance(sides, list) or len(set(sides)) < 2:
        yield "VALUE", "a conflict names two sides or more in 'facts'", "give the ids of the facts that disagree"
    if node.id != (wanted := f"conflict.{node.props['conflict']}"):
        yield "VALUE", f"its id can't be {node.id!r:.60}", f"facts find it by '{wanted}'"


def _figure(props: Mapping[str, Any]) -> Iterator[Fault]:
    metric = METRICS.get(props["metric"])
    if metric is None:
        hint = did_you_mean(props["metric"], METRICS) or "the metrics are listed in docs/schema.md"
        yield "VALUE", f"metric can't be {props['metric']!r:.60}", hint
        return
    given = [name for name in ("value", "text", "date") if name in props]
    wanted = "value" if metric.kind == "number" else metric.kind
    if given != [wanted]:
        yield "VALUE", f"metric {metric.name} takes '{wanted}'", f"given: {', '.join(given) or 'nothing'}"
    if metric.kind == "number" and props.get("unit") not in metric.units:
        hint = f"use {', '.join(metric.units)}"
        yield "VALUE", f"metric {metric.name} can't have the unit {props.get('unit')!r:.60}", hint
