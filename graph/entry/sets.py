"""Minimal requirement sets over an AND/OR graph, exact where they fit a bound and honest where not.

A requirement is met in one of its ways (OR); a way has needs that must all be met (AND). A set of
requirements *carries* a goal if every member is met inside the set and the goal's choices are met by
members. It is minimal if no proper subset carries the goal.

Method: bottom up over the acyclic graph, union of alternatives, pairwise union of needs, absorption
(a set that contains another is dropped). The number of minimal sets may grow exponentially, so two
bounds hold: `limit` on the sets kept anywhere, and `work` on the unions and comparisons made, after which
only the smallest set is followed. Where a bound cuts, every set returned is still minimal, but not all
minimal sets are returned, and `complete` is False.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isqrt

from ..errors import ChinaAIError

#: Ways of each requirement as sets of needs; no way means that it can't be met, an empty way that it needs nothing.
Ways = Mapping[str, Sequence[frozenset[str]]]
#: All choices must hold; a choice holds if all members of one of its alternatives do.
Goal = Sequence[Sequence[frozenset[str]]]
LIMIT = 1000
WORK = 5_000_000


class CycleError(ChinaAIError):
    """Requirements that need each other in a ring; none of them could ever be met first."""

    def __init__(self, rings: list[list[str]]) -> None:
        self.rings = rings
        super().__init__("requirements need each other: " + "; ".join(" → ".join(ring) for ring in rings))


@dataclass(frozen=True)
class Enumeration:
    """The minimal sets, smallest first, then by their ids."""

    sets: tuple[frozenset[str], ...]
    complete: bool
    operations: int  # unions and comparisons made, the measure that `work` bounds

    def note(self) -> str:
        """What a reader must know of a cut; empty where nothing was cut."""
        return "" if self.complete else f"cut: {len(self.sets)} minimal sets shown, there are more"


def find_cycles(needs: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """One ring for each strongly connected part: `[a, b, a]`, sorted, the smallest id first."""
    import networkx as nx  # takes long to import, and most commands plan nothing

    graph = nx.DiGraph()
    graph.add_edges_from((a, b) for a in sorted(needs) for b in sorted(needs[a]))
    rings = []
    for part in nx.strongly_connected_components(graph):
        first = min(part)
        if len(part) > 1:
            inside = graph.subgraph(part)
            back = min(graph.predecessors(first), key=lambda n: (n not in part, n))
            rings.append([*nx.shortest_path(inside, first, back), first])
        elif graph.has_edge(first, first):
            rings.append([first, first])
    return sorted(rings)


def reachable(goal: Goal, ways: Ways) -> set[str]:
    """All requirements that the goal may lead to, whether they can be met or not."""
    seen: set[str] = set()
    stack = [name for choice in goal for alternative in choice for name in alternative]
    while stack:
        name = stack.pop()
        if name not in seen:
            seen.add(name)
            stack += [need for way in ways.get(name, ()) for need in way if need not in seen]
    return seen


def minimal_sets(goal: Goal, ways: Ways, *, limit: int = LIMIT, work: int = WORK) -> Enumeration:
    """All minimal sets that carry the goal, within the bounds.

    Args:
        goal: choices that must all hold.
        ways: ways of each requirement; a need that has no entry can't be met.
        limit: most sets kept at any point and returned; at least 1.
        work: unions and comparisons after which only the smallest set is followed.
    Raises:
        CycleError: requirements reachable from the goal need each other.
    """
    if limit < 1 or work < 1:
        raise ChinaAIError("the bounds of an enumeration are at least 1", hint=f"limit={limit}, work={work}")
    return _Enumerator(goal, ways, limit, work).run()


class _Enumerator:
    """One enumeration. Sets are bit masks over the reachable requirements, in sorted order of ids."""

    def __init__(self, goal: Goal, ways: Ways, limit: int, work: int) -> None:
        self.limit, self.work = limit, work
        self.operations = 0
        self.cut = False
        import networkx as nx

        self.names = sorted(reachable(goal, ways))
        self.bit = {name: 1 << i for i, name in enumerate(self.names)}
        needs = {name: {n for way in ways.get(name, ()) for n in way} for name in self.names}
        self.ways = {name: self._unique(ways.get(name, ())) for name in self.names}
        self.goal = [self._unique(choice) for choice in goal]
        graph = nx.DiGraph()
        graph.add_nodes_from(self.names)
        graph.add_edges_from((need, name) for name in self.names for need in sorted(needs[name]))
        try:
            self.order: list[str] = list(nx.lexicographical_topological_sort(graph))
        except nx.NetworkXUnfeasible:
            raise CycleError(find_cycles(needs)) from None
        self.uses = {name: graph.out_degree(name) for name in self.names}
        self.needs = needs

    def _unique(self, alternatives: Iterable[frozenset[str]]) -> list[int]:
        return sorted({self._mask(names) for names in alternatives}, key=_size)

    def _mask(self, names: Iterable[str]) -> int:
        mask = 0
        for name in names:
            mask |= self.bit[name]
        return mask

    def _names(self, mask: int) -> list[str]:
        found = []
        while mask:
            low = mask & -mask
            found.append(self.names[low.bit_length() - 1])
            mask ^= low
        return found

    def run(self) -> Enumeration:
        sets: dict[str, list[int]] = {}
        in_goal = {name for choice in self.goal for mask in choice for name in self._names(mask)}
        for name in self.order:
            own = self.bit[name]
            merged = self._either(self.ways[name], sets)
            sets[name] = [mask | own for mask in merged]
            for need in self.needs[name]:  # free what nobody will ask for again; large graphs need the room
                self.uses[need] -= 1
                if not self.uses[need] and need not in in_goal:
                    del sets[need]
        found = [0]
        for choice in sorted(self.goal, key=lambda c: (len(c), c)):
            found = self._both(found, self._either(choice, sets))
        if self.cut:
            found = self._absorb({self._shrink(mask) for mask in found})
        ordered = sorted((sorted(self._names(mask)) for mask in found), key=lambda names: (len(names), names))
        return Enumeration(tuple(frozenset(names) for names in ordered), not self.cut, self.operations)

    def _either(self, alternatives: list[int], sets: dict[str, list[int]]) -> list[int]:
        every: set[int] = set()
        for alternative in alternatives:
            together = [0]
            for name in self._names(alternative):
                together = self._both(together, sets[name])
                if not together:
                    break
            every.update(together)
        return self._absorb(every)

    def _both(self, left: list[int], right: list[int]) -> list[int]:
        room = max(self.work - self.operations, 0)
        if len(left) * len(right) > max(room, 1):
            self.cut = True
            side = max(1, isqrt(room))
            left, right = left[:side], right[:side]
        self.operations += len(left) * len(right)
        return self._absorb({a | b for a in left for b in right})

    def _absorb(self, masks: set[int]) -> list[int]:
        limit = self.limit if self.operations < self.work else 1
        if len(masks) > 4 * limit:  # keeps the quadratic step below in hand
            self.cut = True
            masks = set(heapq.nsmallest(4 * limit, masks, key=_size))
        kept: list[int] = []
        for mask in sorted(masks, key=_size):
            self.operations += len(kept)
            if not any(small & mask == small for small in kept):
                kept.append(mask)
        if len(kept) > limit:
            self.cut = True
            del kept[limit:]
        return kept

    def _carries(self, mask: int) -> bool:
        met = 0
        for name in self.order:
            own = self.bit[name]
            if mask & own and any(way & ~met == 0 for way in self.ways[name]):
                met |= own
        return all(any(alternative & ~met == 0 for alternative in choice) for choice in self.goal)

    def _forced(self, mask: int) -> int:
        """Members that no set inside `mask` can do without, as far as single choices show it."""
        forced, todo = 0, 0
        for choice in self.goal:
            inside = [alternative for alternative in choice if alternative & ~mask == 0]
            todo |= inside[0] if len(inside) == 1 else 0
        while todo:
            low = todo & -todo
            forced |= low
            inside = [way for way in self.ways[self.names[low.bit_length() - 1]] if way & ~mask == 0]
            todo = (todo | (inside[0] if len(inside) == 1 else 0)) & ~forced
        return forced

    def _shrink(self, mask: int) -> int:
        """A minimal set inside one that carries the goal; a cut may have lost the set that absorbs it."""
        for name in reversed(self._names(mask & ~self._forced(mask))):
            smaller = mask & ~self.bit[name]
            if mask & self.bit[name] and self._carries(smaller):
                mask = smaller
        return mask


def _size(mask: int) -> tuple[int, int]:
    return mask.bit_count(), mask
