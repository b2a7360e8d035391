"""What only many elements together show: a figure of nothing, sides that don't stand, a circle."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from graphlib import CycleError, TopologicalSorter

import numpy as np

from . import statements
from .elements import Edge, Elements, Node
from .form import is_edge, is_node
from .model import METRICS
from .prints import Array, Index, array_of, key_prints
from .store import Store

#: Key, code, what is wrong, and what to do.
Told = tuple[str, str, str, str]
_NUMBER = {name: number for number, name in enumerate(METRICS)}
_KINDS = tuple(METRICS.values())
#: How ids of the rows of the register begin. It is loaded after the conflicts that name its rows.
_ROW = "filing-"


class Whole:
    """Sees all elements of a data set once, nodes first, and keeps some bytes of each that matters."""

    def __init__(self) -> None:
        self._figures: list[Array] = [array_of(b"")]
        self._about: list[Array] = [array_of(b"")]
        self._metrics: list[int] = []
        self._subjects: list[str] = []
        self._sides: dict[str, str] = {}  # what no element seen by now is, and the conflict that names it
        self._larger: dict[str, list[str]] = {}

    def nodes(self, nodes: Sequence[Node]) -> None:
        """Take notice of nodes."""
        figures = [node for node in nodes if node.label == "Observation"]
        self._figures.append(key_prints(node.id for node in figures))
        self._metrics += [_NUMBER.get(str(node.props.get("metric")), -1) for node in figures]
        for node in nodes:
            if node.label == "Conflict":
                sides = node.props.get("facts")
                self._sides |= {str(side): node.id for side in (sides if isinstance(sides, list) else ())}

    def edges(self, edges: Sequence[Edge]) -> None:
        """Take notice of edges, after all nodes."""
        about = [edge for edge in edges if edge.type == "OF"]
        self._about.append(key_prints(edge.start[1] for edge in about))
        self._subjects += [edge.end[0] for edge in about]
        for edge in edges:
            if edge.type == "PART_OF" and edge.start != edge.end:
                self._larger.setdefault(edge.start[1], []).append(edge.end[1])
            if edge.fact_id in self._sides:
                del self._sides[edge.fact_id]

    def told(self, elements: Elements) -> Iterator[Told]:
        """What is wrong; the elements are gone through again where something is, for the names of it."""
        yield from self._figured(elements)
        try:
            TopologicalSorter(self._larger).prepare()
        except CycleError as error:
            circle = " in ".join(reversed(error.args[1]))
            yield error.args[1][-1], "EDGE-END", f"it would lie in itself: {circle}", "take out one edge PART_OF"

    def sides(self, stands: Callable[[str], object], store: Store) -> Iterator[Told]:
        """Sides of conflicts that are no fact of the data set, no node of it, and do not stand."""
        left = [side for side in self._sides if not (stands(side) or side.startswith(_ROW))]
        if left:
            asked = ((statements.KNOWN_ENDS, {"ids": left}), (statements.KNOWN_FACTS, {"keys": left}))
            held = {row["id"] for text, params in asked for row in store.read(text, **params)}
            for side in sorted({*left} - held):
                what = f"'{side}' in its 'facts' does not stand"
                yield self._sides[side], "MISSING-FACT", what, "load it first, or put it into the batch"

    def _figured(self, elements: Elements) -> Iterator[Told]:
        figures, about = np.concatenate(self._figures), np.concatenate(self._about)
        at, found = Index(figures).find(about)
        once = len(figures) == 0 or bool((np.bincount(at[found], minlength=len(figures)) == 1).all())
        pairs = ((self._metrics[at[number]], self._subjects[number]) for number in np.flatnonzero(found))
        if once and all(metric < 0 or subject in _KINDS[metric].subjects for metric, subject in pairs):
            return
        subjects: dict[str, list[str]] = {}
        for edge in elements.edges:
            if is_edge(edge) and edge.type == "OF":
                subjects.setdefault(edge.start[1], []).append(edge.end[0])
        for node in elements.nodes:
            if is_node(node) and node.label == "Observation":
                yield from _of_figure(node, subjects.get(node.id, []))


def _of_figure(node: Node, subjects: Sequence[str]) -> Iterator[Told]:
    metric = METRICS.get(str(node.props.get("metric")))
    if len(subjects) != 1:
        what = f"a figure is of one thing, and it has {len(subjects) or 'no'} edge{'s' * (len(subjects) > 1)} OF"
        yield node.id, "FIGURE", what, "give one Edge('OF', …) from it to what it is about"
    elif metric is not None and subjects[0] not in metric.subjects:
        what = f"metric {metric.name} can't be of the type '{subjects[0]}'"
        yield node.id, "VALUE", what, f"allowed: {', '.join(metric.subjects)}"
