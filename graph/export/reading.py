"""The elements of a graph one after the other, so that memory stays flat whatever their number.

Elements come by type, then by id within pages of some thousand, so the same graph gives the same file
on both engines. A page is one short statement: the embedded engine ends statements that a slow
consumer holds open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..elements import COMPUTED, Edge, Node, pages
from ..errors import ExportError
from ..marks import MARK, own_label
from ..model import EDGES, NODES
from ..statements import in_page, own_edge, own_node
from ..store import Store
from .selection import LeftOut, Selection, left_out
from .values import Kind, kind_of

#: Elements held in memory at a time.
PAGE = 4000
#: Called with the elements done and the elements in all.
Progress = Callable[[int, int], None]
_LABELS = f"MATCH (n:{MARK}) WHERE {own_node('n')} RETURN labels(n) AS labels, count(n) AS count"
_TYPES = f"MATCH (:{MARK})-[r]->(:{MARK}) WHERE {own_edge('r')} RETURN type(r) AS type, count(r) AS count"


@dataclass
class Survey:
    """Which properties of which kind occur: by node type, and by edge type."""

    nodes: dict[str, dict[str, Kind]] = field(default_factory=dict)
    edges: dict[str, dict[str, Kind]] = field(default_factory=dict)
    node_count: int = 0
    edge_count: int = 0


class Reader:
    """Reads what a selection leaves of the graph. Counts and ids of what stays behind are found first.

    `walks` is how often everything will be walked over, so that progress ends where the work does;
    `computed` keeps the properties that the store computes.
    """

    def __init__(
        self, store: Store, selection: Selection | None = None, *, computed: bool = False, walks: int = 1,
        progress: Progress | None = None,
    ) -> None:  # fmt: skip
        self.store, self.computed = store, computed
        self.selection = selection or Selection()
        self.labels, self.types = _counts(store)
        self.left_out: LeftOut = left_out(store, self.selection)
        self._progress = progress
        self._done = 0
        self._total = walks * (sum(self.labels.values()) + sum(self.types.values()))

    def nodes(self, label: str | None = None) -> Iterator[Node]:
        """All nodes, or those of one type.

        Raises:
            ExportError: the graph changed since its elements were counted.
        """
        for name in [label] if label else list(self.labels):
            text = (
                f"MATCH (n:{MARK}:{name}) WHERE {own_node('n')} AND {in_page('n')} "
                f"RETURN '{name}' AS kind, n.id AS key, properties(n) AS props"
            )
            for row in self._rows(text, {name: self.labels[name]}):
                if row["key"] not in self.left_out.nodes:
                    yield Node(name, row["key"], self._content(row["props"]))
                    self._step()

    def edges(self, kind: str | None = None) -> Iterator[Edge]:
        """All edges, or those of one type.

        Raises:
            ExportError: the graph changed since its elements were counted.
        """
        for counts in together({kind: self.types[kind]} if kind else self.types):
            yield from self._of_types(counts)

    def survey(self) -> Survey:
        """Walk once over everything and note the kinds of the properties.

        Raises:
            ExportError: a property of one type holds values of two kinds.
        """
        found = Survey()
        for node in self.nodes():
            found.node_count += 1
            _note(found.nodes.setdefault(node.label, {}), node.label, node.id, node.props)
        for edge in self.edges():
            found.edge_count += 1
            _note(found.edges.setdefault(edge.type, {}), edge.type, edge.fact_id, edge.props)
        return found

    def _of_types(self, counts: dict[str, int]) -> Iterator[Edge]:
        text = (
            f"MATCH (a:{MARK})-[r:{'|'.join(counts)}]->(b:{MARK}) WHERE {own_edge('r')} "
            f"AND {in_page('r')} RETURN type(r) AS kind, r.fact_id AS key, a.id AS start, "
            "b.id AS end, labels(a) AS start_labels, labels(b) AS end_labels, properties(r) AS props"
        )
        for row in self._rows(text, counts):
            if row["key"] in self.left_out.edges:
                continue
            start, end = (own_label(row["start_labels"]), row["start"]), (own_label(row["end_labels"]), row["end"])
            yield Edge(row["kind"], row["key"], start, end, self._content(row["props"]))
            self._step()

    def _rows(self, text: str, counts: dict[str, int]) -> Iterator[dict[str, Any]]:
        seen = Counter[str]()
        for low, high in pages(sum(counts.values()), PAGE):
            rows = sorted(self.store.stream(text, low=low, high=high), key=lambda row: (row["kind"], str(row["key"])))
            seen.update(row["kind"] for row in rows)
            yield from rows
        for kind, count in counts.items():
            if seen[kind] != count:
                raise ExportError(
                    f"the graph changed while it was read: {count} {kind} were counted, {seen[kind]} were read",
                    self.store.endpoint.where, "run the export again when no load is under way",
                )  # fmt: skip

    def _content(self, props: Mapping[str, Any]) -> dict[str, Any]:
        return dict(props) if self.computed else {k: v for k, v in props.items() if k not in COMPUTED}

    def _step(self) -> None:
        self._done += 1
        if self._progress and self._done % 500 == 0:
            self._progress(min(self._done, self._total), self._total)


def together(counts: Mapping[str, int]) -> Iterator[dict[str, int]]:
    """Types in their order, as many at once as make a page: the embedded engine goes through all nodes each time."""
    found: dict[str, int] = {}
    for name, count in counts.items():
        if found and sum(found.values()) + count > PAGE:
            yield found
            found = {}
        found[name] = count
    if found:
        yield found


def _counts(store: Store) -> tuple[dict[str, int], dict[str, int]]:
    labels: Counter[str] = Counter()
    for row in store.stream(_LABELS):
        labels[own_label(row["labels"])] += row["count"]
    types = Counter({row["type"]: row["count"] for row in store.stream(_TYPES)})
    unknown = sorted((set(labels) - set(NODES)) | (set(types) - set(EDGES)))
    if unknown:
        hint = "the graph was built by a newer version; upgrade the package"
        raise ExportError(f"type '{unknown[0]}' is not declared", store.endpoint.where, hint)
    return dict(sorted(labels.items())), dict(sorted(types.items()))


def _note(known: dict[str, Kind], name: str, key: str, props: Mapping[str, Any]) -> None:
    for prop, value in props.items():
        try:
            kind = kind_of(value)
        except ExportError as error:
            raise ExportError(f"{name} '{key}', property {prop}: {error.what}") from error
        if known.setdefault(prop, kind) != kind:
            raise ExportError(f"property {prop} of {name} holds {known[prop]} and, in '{key}', {kind}")
