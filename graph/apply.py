"""Carry out a plan: nodes before edges, in batches, with the database's own counters as the proof."""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from queue import Full, Queue
from threading import Event, Thread
from typing import Any

import numpy as np

from . import statements
from .elements import Edge, bucket_of, chunks
from .errors import StoreError
from .manifest import (
    AGAIN,
    CLOSED,
    EDGE,
    FIRST_EDGE,
    GONE,
    KIND,
    KINDS,
    NEW,
    NODE,
    Row,
    content_of,
    last_part,
    read_manifest,
    rewrite,
    rules,
    types_of,
)  # fmt: skip
from .neighbours import check_writes
from .plan import ADD, CHANGE, MOVE, TAKE, Fresh, LoadError, LoadPlan
from .prints import SIZE, key_print
from .store import BATCH, Counters, Store
from .words import words_of

#: Elements that wait for others of their type, so that a statement writes many.
WAITING = 4 * BATCH
#: Seconds that a constraint or index may take to be made over all that stands.
INDEX_SECONDS = 3600.0
#: From so many elements on it is quicker to make the indexes of an empty Neo4j database after them than beside them.
MANY = 10_000
#: Called with the number of elements done and the number in all.
Progress = Callable[[int, int], None]
#: A plan that closes more than this share of a data set asks for a word.
REMOVAL_SHARE, REMOVAL_FLOOR = 0.2, 20
#: Record of the inputs of the last whole build; any write makes it untrue.
INPUTS = "shipped inputs"


def inputs_of(dataset: str) -> str:
    """Record of the input of a data set's last whole load; any write of the data set makes it untrue."""
    return f"input of {dataset}"


def check_removals(plan: LoadPlan, allow: bool) -> None:
    """Raise LoadError where a plan would close an unusual share of the data set, or all of it."""
    counts = plan.counts()
    held = counts["closed"] + counts["changed"] + counts["unchanged"]
    most = min(max(REMOVAL_FLOOR, REMOVAL_SHARE * held), max(held - 1, 0))
    if not allow and counts["closed"] > most:
        raise LoadError(
            f"the load would close {counts['closed']} of {held} elements", plan.dataset,
            "if this is meant, run it with --allow-removals",
        )  # fmt: skip


class _Differs(StoreError):
    """The database did something else than the plan."""


@dataclass
class Part:
    """What is done in one transaction, and what the database must count then."""

    rows: int
    steps: list[tuple[str, dict[str, Any]]]
    nodes: int = 0  # nodes and relationships created, relationships deleted
    edges: int = 0
    dropped: int = 0


def apply_plan(store: Store, plan: LoadPlan, *, today: date, progress: Progress | None = None) -> Counters:
    """Write a plan. Interrupted anywhere, the next run goes on to the same end.

    Each transaction writes its part of the manifest too, and is rolled back where the database's own counters differ
    from the plan.

    Raises:
        StoreError: the database's counters differ from the plan.
        LoadError: a stream gave other elements than at the first reading.
    """
    done = Counters()
    survey = plan.survey
    if survey is None:
        return done
    writing = _Writing(store, plan, today)
    if plan.empty and survey.written:
        writing.tidy()
        return done
    check_writes(store, (one.element for one in plan.fresh()))
    writing.begin()
    total = sum(plan.counts()[key] for key in ("added", "changed", "closed"))
    steps = 0
    for part in chain(ahead(writing.fresh()), writing.closing()):
        try:
            counters = store.write(part.steps, writing.check_of(part))
        except _Differs:  # what the manifest says is not so; the next load reads the graph itself
            store.write([(statements.FORGET, {"dataset": plan.dataset})])
            raise
        done.nodes_created += part.nodes
        done.relationships_created += counters.relationships_created
        done.relationships_deleted += counters.relationships_deleted
        steps += part.rows
        if progress:
            progress(min(steps, total), total)
    writing.tidy()
    return done


class _Writing:
    """Makes the transactions of a plan."""

    def __init__(self, store: Store, plan: LoadPlan, today: date) -> None:
        assert plan.survey is not None
        self.store, self.plan, self.survey, self.today = store, plan, plan.survey, today
        self.number = last_part(store)
        self.bare = False  # nothing of ours stands, and the indexes come last

    def begin(self) -> None:
        """What must be so before the first element is written: the records of inputs gone, the manifest in place."""
        if self.store.engine == "neo4j" and self.plan.added >= MANY:
            self.bare = not self.store.read(statements.COUNT_NODES)[0]["n"]
        if self.bare:
            self.store.prepare((), words=False)  # ids of nodes, by which edges find their ends
        else:
            self.store.prepare(types_of(self.survey.kinds))
        steps = [(statements.DROP_STATE, {"names": [INPUTS, inputs_of(self.plan.dataset)]})]
        standing = self.survey.standing
        if not self.survey.written and len(standing):
            self.number = rewrite(self.store, standing, standing.names or [], self.number, steps)
        else:
            self.store.write(steps)

    def tidy(self) -> None:
        """Put the manifest in order after a load."""
        standing = self.survey.standing
        if self.bare or not standing.admitted:  # its rules are others by now, or it was broken off before its indexes
            self.store.prepare(types_of(standing.kinds) | types_of(self.survey.kinds), INDEX_SECONDS)
            self.store.write([(statements.ADMITTED, {"dataset": self.plan.dataset, "rules": rules()})])
        if standing.crowded and (whole := read_manifest(self.store, self.plan.dataset)) is not None:
            rewrite(self.store, whole, whole.names_of(self.store, np.arange(len(whole))), last_part(self.store), [])

    def check_of(self, part: Part) -> Callable[[Counters], None]:
        """Raises where the counters are not those of the part."""

        def check(seen: Counters) -> None:
            parts = sum(len(params["rows"]) for text, params in part.steps if text == statements.CREATE_PARTS)
            expected = (part.nodes + parts, part.edges, part.dropped)
            counted = (seen.nodes_created, seen.relationships_created, seen.relationships_deleted)
            if counted != expected:
                raise _Differs(
                    f"the database counts {counted} nodes created, edges created, edges deleted where the plan has "
                    f"{expected}", self.store.endpoint.where,
                    "somebody else may have changed what loads wrote; run the load again",
                )  # fmt: skip

        return check

    def fresh(self) -> Iterator[Part]:
        """Nodes, then edges, grouped by their types."""
        for nodes in (True, False):
            waiting: dict[tuple[int, int, int], list[Fresh]] = defaultdict(list)
            held = 0
            for one in self.plan.fresh(nodes=nodes, edges=not nodes):
                group = waiting[one.kind, one.code, one.before]
                group.append(one)
                held += 1
                if len(group) == BATCH or held == WAITING:
                    key = max(waiting, key=lambda key: len(waiting[key]))
                    held -= len(waiting[key])
                    yield self._part(key, waiting.pop(key))
            for key in sorted(waiting):
                yield self._part(key, waiting[key])

    def _part(self, group: tuple[int, int, int], items: list[Fresh]) -> Part:
        kind, code, before = group
        name, keys, dataset = KINDS[kind].partition(" ")[2], [one.element.key for one in items], self.plan.dataset
        entries = [one.entry for one in items]
        part = Part(len(items), [])
        if kind < FIRST_EDGE:
            rows = [{"id": one.element.key, "props": stamped(one, dataset)} for one in items]
            part.steps.append((statements.create_nodes(name) if code == ADD else statements.SET_NODES, {"rows": rows}))
            part.nodes = len(items) if code == ADD else 0
        else:
            if code != ADD:  # an edge is dropped and written anew, since its ends may have changed with it
                old = KINDS[before if code == MOVE else kind].partition(" ")[2]
                part.steps.append((statements.drop_edges(old), {"keys": keys}))
                part.dropped = len(items)
            rows = [
                {"start": one.element.start[1], "end": one.element.end[1], "props": stamped(one, dataset)}
                for one in items if isinstance(one.element, Edge)
            ]  # fmt: skip
            part.steps.append((statements.create_edges(name), {"rows": rows}))
            part.edges = len(items)
        written = [Row(dataset, kind, AGAIN if code == CHANGE else NEW, keys, entries)]
        if code == MOVE:
            written.append(Row(dataset, before, GONE, keys, entries))
        if code == TAKE:
            for owner, taken in self.survey.takes.items():
                lost = [(key, entry) for key, entry in zip(keys, entries, strict=True) if key in taken]
                if lost:
                    written.append(Row(owner, kind, GONE, [key for key, _ in lost], [entry for _, entry in lost]))
        self._note(part, written)
        return part

    def _note(self, part: Part, rows: list[Row]) -> None:
        first = self.number + 1
        self.number += len(rows)
        named = [row.of(number) for number, row in enumerate(rows, start=first)]
        if self.bare:  # until the indexes stand, a part has no rules: a load that finds it so makes them
            named = [{**row, "rules": ""} for row in named]
        part.steps.append((statements.CREATE_PARTS, {"rows": named}))

    def closing(self) -> Iterator[Part]:
        """What the input no longer wants: it is kept, with the day of closing."""
        edges = _grouped(self.plan.close_edges)
        for name, keys in edges:
            rows = self.store.read(statements.edges_of(name), keys=keys)
            yield self._closed(KIND[f"{EDGE} {name}"], statements.retire_edges(name), keys, rows, {"status": "ended"})
        for name, keys in _grouped(self.plan.close_nodes):
            rows = self.store.read(statements.NODES_OF, keys=keys)
            yield self._closed(KIND[f"{NODE} {name}"], statements.RETIRE_NODES, keys, rows, {})

    def _closed(
        self, kind: int, text: str, keys: list[str], rows: list[dict[str, Any]], props: dict[str, Any]
    ) -> Part:  # fmt: skip
        there = []
        for row in rows:
            day = {"valid_to": row["props"].get("valid_to") or self.today}
            content = content_of(kind, {**row, "props": {**row["props"], **day, **props}})
            there.append((row["key"], key_print(row["key"]) + content + bytes(SIZE)))
        stand = {key for key, _ in there}
        lost = [key for key in keys if key not in stand]  # somebody else deleted them
        part = Part(len(keys), [(text, {"keys": keys, "day": self.today})])
        found = [Row(self.plan.dataset, kind, CLOSED, [key for key, _ in there], [entry for _, entry in there])]
        found.append(Row(self.plan.dataset, kind, GONE, lost, [key_print(key) + bytes(2 * SIZE) for key in lost]))
        self._note(part, [row for row in found if row.keys])
        return part


def ahead(parts: Iterator[Part]) -> Iterator[Part]:
    """The next one is made in another thread while the database works on the one before."""
    ready: Queue[Part | BaseException | None] = Queue(maxsize=1)
    left = Event()

    def hand(item: Part | BaseException | None) -> None:
        while not left.is_set():
            with contextlib.suppress(Full):
                ready.put(item, timeout=0.1)
                return

    def make() -> None:
        try:
            for part in parts:
                hand(part)
                if left.is_set():
                    return
            hand(None)
        except BaseException as error:  # whatever it is, it belongs to the caller
            hand(error)

    Thread(target=make, daemon=True).start()
    try:
        while (item := ready.get()) is not None:
            if isinstance(item, BaseException):
                raise item
            yield item
    finally:
        left.set()


def stamped(one: Fresh, dataset: str) -> dict[str, Any]:
    """An element's properties with those that the store itself writes."""
    element = one.element
    found = {**element.props, "hash": one.content.hex(), "bucket": bucket_of(element.key), "dataset": dataset}
    words = words_of(element.props)
    return {**found, "words": words} if words else found


def _grouped(pairs: Sequence[tuple[str, str]]) -> Iterator[tuple[str, list[str]]]:
    by_kind: dict[str, list[str]] = defaultdict(list)
    for kind, key in pairs:
        by_kind[kind].append(key)
    for kind in sorted(by_kind):
        for keys in chunks(sorted(by_kind[kind]), BATCH):
            yield kind, keys
