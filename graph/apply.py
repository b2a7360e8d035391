"""Carry out a plan: nodes before edges, in batches, with the database's own counters as the proof."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any, TypeVar

from . import statements
from .elements import Edge, Node, bucket_of
from .errors import StoreError
from .neighbours import check_writes
from .plan import COMPLETE, LoadError, LoadPlan
from .store import BATCH, Counters, Store
from .words import words_of

#: Called with the number of elements done and the number in all.
Progress = Callable[[int, int], None]
#: A plan that closes more than this share of a data set asks for a word.
REMOVAL_SHARE, REMOVAL_FLOOR = 0.2, 20
#: Record of the inputs of the last whole build; any write makes it untrue.
INPUTS = "shipped inputs"


def inputs_of(dataset: str) -> str:
    """Record of the input of a data set's last whole load; any write of the data set makes it untrue."""
    return f"input of {dataset}"


#: A number of rows, and the statements that write them in one transaction.
Part = tuple[int, list[tuple[str, dict[str, Any]]]]
Item = TypeVar("Item")


def check_removals(plan: LoadPlan, allow: bool) -> None:
    """Raise LoadError where a plan would close an unusual share of the data set."""
    counts = plan.counts()
    held = counts["closed"] + counts["changed"] + counts["unchanged"]
    if not allow and counts["closed"] > max(REMOVAL_FLOOR, REMOVAL_SHARE * held):
        raise LoadError(
            f"the load would close {counts['closed']} of {held} elements", plan.dataset,
            "if this is meant, run it with --allow-removals",
        )  # fmt: skip


def apply_plan(store: Store, plan: LoadPlan, *, today: date, progress: Progress | None = None) -> Counters:
    """Write a plan. Interrupted anywhere, the next run goes on to the same end.

    The digest records of everything touched go first and come back last, so a half-written kind is
    read in full by the next plan.

    Raises:
        StoreError: the database's counters differ from the plan.
    """
    done = Counters()
    if plan.empty and not plan.digests:
        return done
    check_writes(store, [*plan.add_nodes, *plan.change_nodes], [*plan.add_edges, *plan.change_edges])
    store.prepare()
    total = sum(plan.counts()[key] for key in ("added", "changed", "closed"))
    steps = 0
    _drop_state(store, plan)
    for count, work in _work(plan, today):
        counters = store.write(work)
        done.nodes_created += counters.nodes_created
        done.relationships_created += counters.relationships_created
        done.relationships_deleted += counters.relationships_deleted
        steps += count
        if progress:
            progress(min(steps, total), total)
    _check(store, plan, done)
    _write_state(store, plan)
    return done


def _work(plan: LoadPlan, today: date) -> Iterator[Part]:
    for kind, keys in _grouped(plan.moved_edges):
        yield 0, [(statements.drop_edges(kind), {"keys": keys})]
    for label, rows in _node_rows(plan.add_nodes, plan.dataset):
        yield len(rows), [(statements.create_nodes(label), {"rows": rows})]
    for _, rows in _node_rows(plan.change_nodes, plan.dataset):
        yield len(rows), [(statements.SET_NODES, {"rows": rows})]
    # A changed edge is dropped and written anew, since its ends may have changed with it.
    moved = {key for _, key in plan.moved_edges}
    for kind, rows in _edge_rows([e for e in plan.change_edges if e.fact_id not in moved], plan.dataset):
        keys = [row["props"]["fact_id"] for row in rows]
        steps: list[tuple[str, dict[str, Any]]] = [(statements.drop_edges(kind), {"keys": keys})]
        yield len(rows), [*steps, (statements.create_edges(kind), {"rows": rows})]
    fresh = [*plan.add_edges, *(e for e in plan.change_edges if e.fact_id in moved)]
    for kind, rows in _edge_rows(fresh, plan.dataset):
        yield len(rows), [(statements.create_edges(kind), {"rows": rows})]
    for kind, keys in _grouped(plan.close_edges):
        yield len(keys), [(statements.retire_edges(kind), {"keys": keys, "day": today})]
    for _, keys in _grouped(plan.close_nodes):
        yield len(keys), [(statements.RETIRE_NODES, {"keys": keys, "day": today})]


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    iterator = iter(items)
    while batch := list(islice(iterator, BATCH)):
        yield batch


def _grouped(pairs: Sequence[tuple[str, str]]) -> Iterator[tuple[str, list[str]]]:
    by_kind: dict[str, list[str]] = defaultdict(list)
    for kind, key in pairs:
        by_kind[kind].append(key)
    for kind in sorted(by_kind):
        for keys in _batches(sorted(by_kind[kind])):
            yield kind, keys


def _stamp(element: Node | Edge, dataset: str) -> dict[str, Any]:
    found = {**element.props, "hash": element.hash, "bucket": bucket_of(element.key), "dataset": dataset}
    words = words_of(element.props)
    return {**found, "words": words} if words else found


def _node_rows(nodes: list[Node], dataset: str) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    by_label: dict[str, list[Node]] = defaultdict(list)
    for node in nodes:
        by_label[node.label].append(node)
    for label in sorted(by_label):
        for batch in _batches(sorted(by_label[label], key=lambda n: n.id)):
            yield label, [{"id": node.id, "props": _stamp(node, dataset)} for node in batch]


def _edge_rows(edges: list[Edge], dataset: str) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    by_type: dict[str, list[Edge]] = defaultdict(list)
    for edge in edges:
        by_type[edge.type].append(edge)
    for kind in sorted(by_type):
        for batch in _batches(sorted(by_type[kind], key=lambda e: e.fact_id)):
            yield (
                kind,
                [{"start": e.start[1], "end": e.end[1], "props": _stamp(e, dataset)} for e in batch],
            )


def _check(store: Store, plan: LoadPlan, done: Counters) -> None:
    rewritten = len(plan.change_edges)
    expected = (len(plan.add_nodes), len(plan.add_edges) + rewritten, rewritten)
    seen = (done.nodes_created, done.relationships_created, done.relationships_deleted)
    if expected != seen:
        raise StoreError(
            f"the database counts {seen} nodes created, edges created, edges deleted where the plan has {expected}",
            store.endpoint.where, "somebody else may have written at the same time; run the load again",
        )  # fmt: skip


def _record(dataset: str, name: str) -> str:
    return f"{dataset} {name}"


def _drop_state(store: Store, plan: LoadPlan) -> None:
    names = [INPUTS, inputs_of(plan.dataset), *(_record(plan.dataset, name) for name in [COMPLETE, *plan.digests])]
    store.write([(statements.DROP_STATE, {"names": names})])


def _write_state(store: Store, plan: LoadPlan) -> None:
    rows = [
        {"id": _record(plan.dataset, name), "dataset": plan.dataset, "name": name, "digests": digests}
        for name, digests in [*sorted(plan.digests.items()), (COMPLETE, [""])]
    ]
    store.write([(statements.WRITE_STATE, {"rows": rows})])
