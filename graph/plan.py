"""What a load would change: wanted elements against what stands, as fingerprints.

The input is read once for the plan and once more by `apply_plan` to be written, and never held: a plan keeps some bytes
for each element. An element whose fingerprint stands is unchanged, and passed the gate when it was written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

import numpy as np

from . import statements
from .completed import completed
from .elements import Batch, Edge, Elements, Node, chunks
from .errors import ChinaAIError
from .form import is_edge, is_node
from .gate import Gate
from .manifest import FIRST_EDGE, KIND, KINDS, Manifest, from_graph, holds_nothing, read_manifest
from .prints import SIZE, Array, Index, array_of, check_of, joined, key_prints, packed, prints, repeated
from .problems import InputError
from .store import Store

#: What becomes of an element: it stands, is written first, is written anew; an edge had another type before; a node
#: belonged to a data set that no longer wants it.
STANDS, ADD, CHANGE, MOVE, TAKE = range(5)
#: Ids asked for in one statement; bytes of an entry of the manifest.
TOGETHER, ENTRY = 10_000, 3 * SIZE


class LoadError(ChinaAIError):
    """A load can't be carried out; nothing was written."""


class Fresh(NamedTuple):
    """An element that is to be written, and what becomes of it."""

    element: Node | Edge
    code: int
    kind: int  # number of its type
    before: int  # number of the type that an edge had before, where it moved
    entry: bytes  # fingerprints of its key, content and print

    @property
    def content(self) -> bytes:
        """Digest of its content."""
        return self.entry[SIZE : 2 * SIZE]


@dataclass
class LoadPlan:
    """Adds, changes and closures of one data set."""

    dataset: str
    unchanged: int = 0
    added: int = 0
    changed: int = 0
    close_nodes: list[tuple[str, str]] = field(default_factory=list)  # (label, id)
    close_edges: list[tuple[str, str]] = field(default_factory=list)  # (type, fact_id)
    survey: Survey | None = None

    def counts(self) -> dict[str, int]:
        """The four numbers every load ends with."""
        return {
            "added": self.added, "changed": self.changed, "closed": len(self.close_nodes) + len(self.close_edges),
            "unchanged": self.unchanged,
        }  # fmt: skip

    @property
    def empty(self) -> bool:
        """True where nothing would be written."""
        counts = self.counts()
        return not (counts["added"] or counts["changed"] or counts["closed"])

    def fresh(self, *, nodes: bool = True, edges: bool = True) -> Iterator[Fresh]:
        """The elements to be written, nodes first, as the input gives them; it is read again.

        Raises:
            LoadError: the input is another one than it was at the first reading.
        """
        return self.survey.fresh(nodes=nodes, edges=edges) if self.survey else iter(())

    def elements(self, *, new: bool) -> list[Node | Edge]:
        """Those that come, or those that are written anew; nodes first."""
        return [one.element for one in self.fresh() if (one.code == ADD) is new]


def make_plan(
    store: Store, elements: Elements, *, full: bool = False, beside: Mapping[str, str] | None = None,
    wanted: Mapping[str, frozenset[str]] | None = None, today: date | None = None,
) -> LoadPlan:  # fmt: skip
    """Let what a data set wants through the gate, and compare it with what stands.

    Args:
        full: read what stands from the graph, element by element, and not from the manifest.
        beside: as for `Gate`.
        wanted: data sets that are loaded in the same run, each with the ids that it still wants. A node that one of
            them held and no longer wants changes hands.
        today: as for `Gate`.
    Raises:
        InputError: the input holds what the declarations do not allow; every problem is in it.
        LoadError: an id belongs to another data set, or a node changed its type.
    """
    gate = Gate(elements.dataset, beside, elements.places, today)
    if not gate.batch(elements):
        raise InputError(gate.problems(store))
    survey = _surveyed(store, elements, full, gate)
    gate.twice("node", survey.twice(node=True))
    gate.twice("fact", survey.twice(node=False))
    gate.together(elements, store)
    problems = gate.problems(store)
    if problems:
        raise InputError(problems)
    return _planned(store, survey, wanted or {})


def compare(store: Store, elements: Elements) -> LoadPlan:
    """The plan of a batch that need not pass the gate. Raises LoadError as `make_plan`."""
    return _planned(store, _surveyed(store, elements, False, None), {})


def _surveyed(store: Store, wanted: Elements, full: bool, gate: Gate | None) -> Survey:
    standing = None if full else read_manifest(store, wanted.dataset)
    if standing is None and not full and holds_nothing(store, wanted.dataset):
        standing = Manifest(wanted.dataset)
    found = from_graph(store, wanted.dataset) if standing is None else standing
    survey = Survey(completed(wanted), found, gate, written=standing is not None)
    survey.read()
    return survey


def _planned(store: Store, survey: Survey, others: Mapping[str, frozenset[str]]) -> LoadPlan:
    survey.find_moves()
    survey.find_owners(store, others)
    plan = LoadPlan(survey.wanted.dataset, survey=survey)
    plan.unchanged = len(survey.codes) - len(survey.fresh_codes)
    plan.added = int(np.count_nonzero(survey.fresh_codes == ADD))
    plan.changed = len(survey.fresh_codes) - plan.added
    gone = np.flatnonzero(survey.gone())
    for position, name in zip(gone, survey.standing.names_of(store, gone), strict=True):
        kind = int(survey.standing.kinds[position])
        pair = (KINDS[kind].partition(" ")[2], name)
        (plan.close_nodes if kind < FIRST_EDGE else plan.close_edges).append(pair)
    plan.close_nodes.sort()
    plan.close_edges.sort()
    return plan


class Survey:
    """The first reading of an input, beside what stands.

    Attributes:
        codes: what becomes of each element, in the order of the input.
        fresh_codes, kinds, keys: of those that are to be written.
        before: number of the type that they had, for edges that move.
        takes: ids of nodes that change hands, by the data set that held them.
        written: whether the manifest stands in the database; it was read from the graph otherwise.
    """

    def __init__(self, wanted: Elements, standing: Manifest, gate: Gate | None, *, written: bool) -> None:
        self.wanted, self.standing, self.gate, self.written = wanted, standing, gate, written
        self.takes: dict[str, list[str]] = {}
        self._seen = np.zeros(len(standing), dtype=bool)
        self._by_print, self._by_key = Index(standing.prints), Index(standing.keys, standing.kinds)
        self._checks: list[bytes] = []  # of each chunk, to know it again
        self._codes: list[Array] = []
        self._columns: list[tuple[Array, ...]] = []
        self._double: set[bytes] = set()

    def read(self) -> None:
        """Go through the input once."""
        for nodes in chunks(self.wanted.nodes):
            self._take(nodes, node=True)
        self._node_chunks, self._nodes = len(self._codes), sum(map(len, self._codes))
        for edges in chunks(self.wanted.edges):
            self._take(edges, node=False)
        self.codes = np.concatenate([*self._codes, np.zeros(0, dtype=np.uint8)])
        empty = (np.zeros(0, np.uint8), np.zeros(0, np.int32), *(array_of(b"") for _ in range(3)))
        columns = zip(*self._columns, empty, strict=True)
        self.fresh_codes, self.kinds, keys, contents, own = map(np.concatenate, columns)
        self._codes, self._columns = [], []
        self.before = np.zeros(len(self.kinds), dtype=np.int32)
        self._entries = np.stack([keys, contents, own], axis=1).tobytes()
        self.keys = array_of(self._entries)[0::3]

    def _take(self, elements: Sequence[Any], *, node: bool) -> None:
        if self.gate is not None:
            elements = self.gate.formed(elements, node=node)
        try:
            found = prints(elements)
        except (TypeError, ValueError, RecursionError):
            if self.gate is None:
                raise
            elements = self.gate.writable(elements)
            found = prints(elements)
        if self.gate is not None:
            self.gate.see(elements, node=node)
        what = "node" if node else "edge"
        kinds = np.array([KIND.get(f"{what} {one.kind}", -1) for one in elements], dtype=np.int32)
        self._checks.append(check_of(found))
        at, known = self._by_print.find(found)
        known &= ~self.standing.closed[at] if len(self.standing) else False
        self._see(at[known])
        others = np.flatnonzero(~known)
        rest = [elements[number] for number in map(int, others)]
        keys, contents = key_prints(one.key for one in rest), joined(one.digest for one in rest)
        held, there = self._by_key.find(keys, np.maximum(kinds[others], 0).astype(np.uint16))
        there &= kinds[others] >= 0
        self._see(held[there])
        same = there.copy()
        if len(self.standing):
            same &= (self.standing.contents[held] == contents) & ~self.standing.closed[held]
            self.standing.prints[held[same]] = found[others[same]]
        codes = np.zeros(len(elements), dtype=np.uint8)
        codes[others] = np.where(same, STANDS, np.where(there, CHANGE, ADD))
        fresh = ~same
        self._codes.append(codes)
        self._columns.append(
            (codes[others][fresh], kinds[others][fresh], keys[fresh], contents[fresh], found[others][fresh])
        )
        if self.gate is not None:
            self._admit(elements, codes, keys, kinds, at, others)

    def _admit(
        self, elements: Sequence[Any], codes: Array, keys: Array, kinds: Array, at: Array, others: Array
    ) -> None:
        gate = self.gate
        assert gate is not None
        checked = (
            elements if not self.standing.admitted else [elements[number] for number in map(int, np.flatnonzero(codes))]
        )
        if not elements:
            return
        if isinstance(elements[0], Node):
            every = np.zeros(len(elements), dtype="S16")
            if len(self.standing):
                every[:] = self.standing.keys[at]
            every[others] = keys
            gate.own(every, np.where(kinds < 0, 0xFFFF, kinds).astype(np.uint16))
            gate.nodes(checked)
        elif checked:
            gate.edges(checked)

    def _see(self, positions: Array) -> None:
        once, counts = np.unique(positions, return_counts=True)
        double = np.union1d(once[self._seen[once]], once[counts > 1])
        self._double |= {packed(self.standing.keys[p : p + 1]) for p in double}
        self._seen[once] = True

    def gone(self) -> Array:
        """Which elements stand that the input does not want."""
        return ~self._seen & ~self.standing.closed

    def twice(self, *, node: bool) -> list[str]:
        """Ids of nodes, or of edges, that stand twice in the input, whatever their types."""
        mine = (self.kinds < FIRST_EDGE) == node
        wanted = self._seen & ((self.standing.kinds < FIRST_EDGE) == node)
        held = np.concatenate([self.keys[mine & (self.fresh_codes == ADD)], self.standing.keys[wanted]])
        double = repeated(held) | self._double
        if not double:
            return []
        every: Iterable[Any] = self.wanted.nodes if node else self.wanted.edges
        keys = (one.key for one in every if (is_node if node else is_edge)(one))
        seen: dict[str, int] = {}
        for group in chunks(keys):
            for key, own in zip(group, key_prints(group), strict=True):
                if packed(np.array([own])) in double:
                    seen[key] = seen.get(key, 0) + 1
        return [key for key, count in seen.items() if count > 1]

    def find_moves(self) -> None:
        """A fact whose type changed is one change: the old relationship goes, the new one comes."""
        gone = self.gone()
        lost = np.flatnonzero(gone & (self.standing.kinds >= FIRST_EDGE))
        if len(lost):
            mine = np.flatnonzero((self.kinds >= FIRST_EDGE) & (self.fresh_codes == ADD))
            at, found = Index(self.standing.keys[lost]).find(self.keys[mine])
            self._recode(mine[found], MOVE)
            self.before[mine[found]] = self.standing.kinds[lost[at[found]]]
            self._seen[lost[at[found]]] = True
        nodes = np.flatnonzero(gone & (self.standing.kinds < FIRST_EDGE))
        if len(nodes):
            mine = np.flatnonzero((self.kinds < FIRST_EDGE) & (self.fresh_codes == ADD))
            _, found = Index(self.standing.keys[nodes]).find(self.keys[mine])
            if found.any():
                first = min(self._named(lambda one: one.code == ADD and one.entry[:16] in _set(self.keys[mine[found]])))
                hint = "give it a new id, or build into an empty graph"
                raise LoadError(f"node '{first}' changed its type", self.wanted.dataset, hint)

    def _recode(self, fresh: Array, code: int) -> None:
        self.fresh_codes[fresh] = code
        self.codes[np.flatnonzero(self.codes)[fresh]] = code

    def _named(self, test: Callable[[Fresh], bool]) -> Iterator[str]:
        return (one.element.key for one in self.fresh() if isinstance(one.element, Node) and test(one))

    def find_owners(self, store: Store, others: Mapping[str, frozenset[str]]) -> None:
        """Every new id is free: a node belongs to the data set that loaded it first, unless that no longer wants it."""
        mine = (self.kinds < FIRST_EDGE) & (self.fresh_codes == ADD)
        rows = store.read(statements.COUNT_NODES)
        own = int(np.count_nonzero(self.standing.kinds < FIRST_EDGE))
        if not mine.any() or rows[0]["n"] == own:
            return
        taken: list[tuple[str, str]] = []
        given: set[str] = set()
        for group in chunks((one for one in self.fresh(edges=False) if one.code == ADD), TOGETHER):
            labels = {one.element.key: one.element.kind for one in group}
            for row in store.read(statements.KNOWN_ENDS, ids=list(labels)):
                key, dataset = row["id"], row["dataset"]
                if dataset in others and key not in others[dataset] and labels[key] in row["labels"]:
                    given.add(key)
                    self.takes.setdefault(dataset, []).append(key)
                else:
                    taken.append((str(key), str(dataset)))
        if taken:
            first, dataset = min(taken)
            message = f"id '{first}' belongs to data set {dataset}"
            raise LoadError(message, self.wanted.dataset, "choose another id")
        if given:
            new = np.flatnonzero(mine)
            _, found = Index(key_prints(given)).find(self.keys[new])
            self._recode(new[found], TAKE)

    def fresh(self, *, nodes: bool = True, edges: bool = True) -> Iterator[Fresh]:
        """As `LoadPlan.fresh`."""
        if nodes:
            yield from self._fresh(self.wanted.nodes, 0, 0, 0, self._nodes)
        if edges:
            fresh = int(np.count_nonzero(self.codes[: self._nodes]))
            yield from self._fresh(self.wanted.edges, self._nodes, fresh, self._node_chunks, len(self.codes))

    def _fresh(
        self, source: Iterable[Any], begin: int, fresh: int, number: int, end: int
    ) -> Iterator[Fresh]:  # fmt: skip
        for elements in chunks(source):
            codes = self.codes[begin : begin + len(elements)]
            self._same(elements, number, len(codes))
            for place in np.flatnonzero(codes):
                entry = self._entries[ENTRY * fresh : ENTRY * (fresh + 1)]
                kind, before = int(self.kinds[fresh]), int(self.before[fresh])
                yield Fresh(elements[place], int(codes[place]), kind, before, entry)
                fresh += 1
            begin, number = begin + len(elements), number + 1
        if begin != end:
            raise self._altered()

    def _same(self, elements: Sequence[Any], number: int, held: int) -> None:
        if isinstance(self.wanted, Batch):
            return  # it is held in memory
        if number >= len(self._checks) or held != len(elements) or check_of(prints(elements)) != self._checks[number]:
            raise self._altered()

    def _altered(self) -> LoadError:
        hint = "a stream must give the same elements in the same order each time; run it again"
        return LoadError("the input changed while it was loaded", self.wanted.dataset, hint)


def _set(keys: Array) -> set[bytes]:
    return {packed(keys[number : number + 1]) for number in range(len(keys))}
