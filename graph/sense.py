"""What the parts of one element must be to each other; each part by itself is what its declaration allows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from datetime import date
from typing import Any, get_args

from .dates import PartialDate
from .days import Fault, of_days, unended
from .elements import BOOKKEEPING, COMPUTED, Edge, Node
from .facts import Reading, unlike_share, unlike_unseen
from .model import METRICS, NODES
from .model.values import valid_lei, valid_uscc
from .nearest import did_you_mean
from .seen import grouped

#: Types of nodes that bear the status of a fact.
_STATED = frozenset(
    name
    for name, cls in NODES.items()
    if "ended" in get_args(getattr(cls.model_fields.get("status"), "annotation", None))
)
#: What stands in a batch for what seeds write.
_OF_SEEDS = {"part_of": "give an edge PART_OF to each larger place", "houses": "give keys", "listed": "give keys"}


def of_node(node: Node, today: date | None) -> Iterator[Fault]:
    """What contradicts itself in a node whose properties fit."""
    props: Mapping[str, Any] = node.props
    yield from _of_props(props, today)
    if node.label in _STATED:
        yield from unended(props, today)
    if "lei" in props and not valid_lei(props["lei"]):
        yield "CHECK-DIGIT", f"LEI '{props['lei']}' fails its check digits (ISO 17442)", "copy it anew"
    if "uscc" in props and not valid_uscc(props["uscc"]):
        yield "CHECK-DIGIT", f"USCC '{props['uscc']}' fails its check digit (GB 32100)", "copy it anew"
    if node.label == "Observation":
        yield from _figure(props)
    if node.label == "Conflict":
        yield from _sides(node.id, props)


def of_edge(edge: Edge, today: date | None) -> Iterator[Fault]:
    """The same for an edge."""
    props: Mapping[str, Any] = edge.props
    yield from _of_props(props, today)
    yield from unended(props, today)
    if edge.start == edge.end:
        yield "EDGE-END", f"'{edge.start[1]}' can't stand on both ends", "a tie is between two"
    if wrong := unlike_share(props.get("share"), props.get("percent")):
        yield "VALUE", wrong, "mend one of the two"
    yield from _steps(props.get("steps", ()))


def kept_by_others(props: Mapping[Any, Any], kept: Set[str]) -> Iterator[Fault]:
    """Properties that a batch may not give: the store works them out, or seeds alone write them.

    What was read from a graph also names its data set there and the day on which it was closed: it may come back.
    """
    for name in sorted(props.keys() & kept):
        if name in COMPUTED:
            yield "UNKNOWN-PROPERTY", f"'{name}' is written by the store itself", "leave it out"
        elif name not in BOOKKEEPING:
            yield "UNKNOWN-PROPERTY", f"'{name}' is written in seeds alone", _OF_SEEDS.get(name, "leave it out")


def _of_props(props: Mapping[str, Any], today: date | None) -> Iterator[Fault]:
    sources = props.get("sources", ())
    if len(sources) > 1:
        for key in {key for key in sources if sources.count(key) > 1}:
            yield "VALUE", f"sources names '{key}' twice", "a source that says it counts once"
    yield from of_days(props, today)
    if wrong := unlike_unseen(props.get("unseen"), props.get("unseen_reason"), props.get("status", "")):
        yield "VALUE", wrong, "mend one of the two"
    if "preferred" in props and "conflict" not in props:
        yield "VALUE", f"preferred can't be {props['preferred']}; it is no side of a conflict", "name its 'conflict'"
    for line in props.get("read", ()):
        if not Reading.is_line(line):
            yield "VALUE", f"read can't be {line!r:.60}", "write day, verdict and reader, as '2026-11-28 right (kc)'"


def _steps(steps: Iterable[str]) -> Iterator[Fault]:
    before: PartialDate | None = None
    for step in steps:
        try:
            day = PartialDate.parse(step.partition(" ")[0])
        except ValueError:
            yield "VALUE", f"steps can't be {step!r:.60}", "begin it with its day, as '2024 extended to cars'"
            continue
        if before is not None and day.last < before.first:
            yield "VALUE", f"steps can't have {day} after {before}", "steps stand with the oldest first"
        before = day


def _sides(key: str, props: Mapping[str, Any]) -> Iterator[Fault]:
    sides, prefer = props.get("facts"), props.get("prefer")
    if not isinstance(sides, list) or len(set(sides)) < 2:
        yield "VALUE", "a conflict names two sides or more in 'facts'", "give the ids of the facts that disagree"
    elif prefer is not None and prefer not in sides:
        yield "VALUE", f"prefer can't be '{prefer}'; it is no side of this conflict", f"sides: {', '.join(sides)}"
    if key != (wanted := f"conflict.{props['conflict']}"):
        yield "VALUE", f"its id can't be {key!r:.60}", f"facts find it by '{wanted}'"


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
    if metric.kind == "number" and "value" in props and (bounds := metric.beyond(props["value"])):
        yield "VALUE", f"metric {metric.name} can't be {grouped(props['value'])} {props.get('unit')}", bounds
