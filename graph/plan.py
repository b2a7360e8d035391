"""What a load would change: wanted elements against the hashes that stand."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from . import statements
from .elements import BUCKETS, Batch, Edge, Node, bucket_of
from .errors import ChinaAIError
from .gate import admit
from .model import EDGES, NODES
from .problems import InputError
from .store import Store

Element = TypeVar("Element", Node, Edge)


class LoadError(ChinaAIError):
    """A load can't be carried out; nothing was written."""


@dataclass
class LoadPlan:
    """Adds, changes and closures of one data set, by element."""

    dataset: str
    add_nodes: list[Node] = field(default_factory=list)
    add_edges: list[Edge] = field(default_factory=list)
    change_nodes: list[Node] = field(default_factory=list)
    change_edges: list[Edge] = field(default_factory=list)
    close_nodes: list[tuple[str, str]] = field(default_factory=list)  # (label, id)
    close_edges: list[tuple[str, str]] = field(default_factory=list)  # (type, fact_id)
    moved_edges: list[tuple[str, str]] = field(default_factory=list)  # (old type, fact_id)
    unchanged: int = 0
    digests: dict[str, list[str]] = field(default_factory=dict)  # of the kinds that differ

    def counts(self) -> dict[str, int]:
        """The four numbers every load ends with."""
        return {
            "added": len(self.add_nodes) + len(self.add_edges),
            "changed": len(self.change_nodes) + len(self.change_edges),
            "closed": len(self.close_nodes) + len(self.close_edges),
            "unchanged": self.unchanged,
        }

    @property
    def empty(self) -> bool:
        """True where nothing would be written."""
        counts = self.counts()
        return not (counts["added"] or counts["changed"] or counts["closed"])


def make_plan(
    store: Store, batch: Batch, *, full: bool = False, beside: Mapping[str, str] | None = None,
    wanted: Mapping[str, frozenset[str]] | None = None,
) -> LoadPlan:  # fmt: skip
    """Let a batch through the gate, and compare it with what stands.

    Args:
        full: read everything that stands, not only the buckets whose digest differs.
        beside: as for `admit`.
        wanted: data sets that are loaded in the same run, each with the ids that it still wants. A node that one of
            them held and no longer wants changes hands.
    Raises:
        InputError: the batch holds what the declarations do not allow; every problem is in it.
        LoadError: an id belongs to another data set, or a node changed its type.
    """
    problems = admit(batch, store, beside=beside)
    if problems:
        raise InputError(problems)
    return compare(store, batch, full=full, wanted=wanted)


def compare(
    store: Store, batch: Batch, *, full: bool = False, wanted: Mapping[str, frozenset[str]] | None = None
) -> LoadPlan:  # fmt: skip
    """The plan of a batch that was let through the gate. Raises LoadError as `make_plan`."""
    plan = LoadPlan(batch.dataset)
    standing = _Standing(store, batch.dataset, full)
    nodes = _by_kind((node.label, node) for node in batch.nodes)
    edges = _by_kind((edge.type, edge) for edge in batch.edges)
    for label in sorted(NODES):
        new = standing.compare(plan, f"node {label}", nodes.get(label, {}), label, statements.read_node_hashes)
        plan.add_nodes += new.adds
        plan.change_nodes += new.changes
        plan.close_nodes += [(label, key) for key in new.gone]
    for kind in sorted(EDGES):
        moved = standing.compare(plan, f"edge {kind}", edges.get(kind, {}), kind, statements.read_edge_hashes)
        plan.add_edges += moved.adds
        plan.change_edges += moved.changes
        plan.close_edges += [(kind, key) for key in moved.gone]
    _find_moves(plan)
    _check_owner(store, plan, wanted or {})
    return plan


def digests_of(hashes: Iterable[tuple[str, str]]) -> list[str]:
    """One digest a bucket over (key, hash) pairs; an empty bucket has an empty one."""
    buckets: list[list[str]] = [[] for _ in range(BUCKETS)]
    for key, value in hashes:
        buckets[bucket_of(key)].append(f"{key} {value}")
    return [hashlib.sha256("\n".join(sorted(b)).encode()).hexdigest()[:16] if b else "" for b in buckets]


#: Record that stands only after a load ran to its end: kinds without a record then hold nothing.
COMPLETE = "complete"


@dataclass
class _Difference(Generic[Element]):
    adds: list[Element] = field(default_factory=list)
    changes: list[Element] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)


class _Standing:
    """What the store says of one data set: bucket digests where they are known, else single hashes."""

    def __init__(self, store: Store, dataset: str, full: bool) -> None:
        self.store, self.dataset = store, dataset
        rows = [] if full else store.read(statements.READ_STATE, dataset=dataset)
        self.digests: dict[str, list[str]] = {row["name"]: row["digests"] for row in rows}
        self.blank = not rows and not store.read(statements.HOLDS_ANY, dataset=dataset)

    def compare(
        self, plan: LoadPlan, name: str, wanted: dict[str, Element], kind: str, text: Callable[[str, bool], str]
    ) -> _Difference[Element]:
        """Sort the wanted elements of one kind into adds, changes and unchanged; list what is gone."""
        if not wanted and name not in self.digests and COMPLETE in self.digests:
            return _Difference()  # a kind without elements and without a record
        hashes = {key: element.hash for key, element in wanted.items()}
        fresh = digests_of(hashes.items())
        differing, rows = self._read(name, fresh, kind, text)
        if differing:
            plan.digests[name] = fresh
        found: _Difference[Element] = _Difference()
        held = {row["key"]: row for row in rows}
        for key, element in sorted(wanted.items()):
            row = held.get(key)
            if bucket_of(key) not in differing or (row and row["hash"] == hashes[key] and not row["retired"]):
                plan.unchanged += 1
            elif row is None:
                found.adds.append(element)
            else:
                found.changes.append(element)
        found.gone = sorted(key for key, row in held.items() if key not in wanted and not row["retired"])
        return found

    def _read(
        self, name: str, fresh: list[str], kind: str, text: Callable[[str, bool], str]
    ) -> tuple[set[int], list[dict[str, Any]]]:
        held = self.digests.get(name, [""] * BUCKETS if self.blank or COMPLETE in self.digests else None)
        if held is None:
            return set(range(BUCKETS)), self.store.read(text(kind, False), dataset=self.dataset)
        differing = {i for i, (old, new) in enumerate(zip(held, fresh, strict=True)) if old != new}
        if not differing or self.blank:
            return differing, []
        return differing, self.store.read(text(kind, True), dataset=self.dataset, buckets=sorted(differing))


def _by_kind(pairs: Iterable[tuple[str, Element]]) -> dict[str, dict[str, Element]]:
    found: dict[str, dict[str, Element]] = defaultdict(dict)
    for kind, element in pairs:
        found[kind][element.key] = element
    return found


def _find_moves(plan: LoadPlan) -> None:
    """A fact whose type changed is one change: the old relationship goes, the new one comes."""
    fresh = {edge.fact_id: edge for edge in plan.add_edges}
    plan.moved_edges = [(kind, key) for kind, key in plan.close_edges if key in fresh]
    moved = {key for _, key in plan.moved_edges}
    plan.close_edges = [pair for pair in plan.close_edges if pair[1] not in moved]
    plan.change_edges += [fresh[key] for key in sorted(moved)]
    plan.add_edges = [edge for edge in plan.add_edges if edge.fact_id not in moved]
    relabelled = {key for _, key in plan.close_nodes} & {node.id for node in plan.add_nodes}
    if relabelled:
        raise LoadError(
            f"node '{min(relabelled)}' changed its type", plan.dataset, "give it a new id, or build into an empty graph"
        )


def _check_owner(store: Store, plan: LoadPlan, wanted: Mapping[str, frozenset[str]]) -> None:
    """Every new id is free: a node belongs to the data set that loaded it first, unless that no longer wants it."""
    ids = sorted(node.id for node in plan.add_nodes)
    rows = store.read(statements.KNOWN_ENDS, ids=ids) if ids else []
    labels = {node.id: node.label for node in plan.add_nodes}
    given = {
        row["id"] for row in rows
        if row["dataset"] in wanted and row["id"] not in wanted[row["dataset"]] and labels[row["id"]] in row["labels"]
    }  # fmt: skip
    plan.change_nodes += [node for node in plan.add_nodes if node.id in given]
    plan.add_nodes = [node for node in plan.add_nodes if node.id not in given]
    if rows := [row for row in rows if row["id"] not in given]:
        first = min(rows, key=lambda row: str(row["id"]))
        raise LoadError(f"id '{first['id']}' belongs to data set {first['dataset']}", plan.dataset, "choose another id")
