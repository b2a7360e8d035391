"""Where nodes stand: communities first, then each node beside its neighbours, then room for everyone.

Pure Python, no random numbers: start positions come from a hash of the id and the seed, so the same graph
gives the same drawing on every machine and a small change moves little. Time grows with nodes plus edges.
"""

from __future__ import annotations

import hashlib
import math
from collections import defaultdict
from dataclasses import dataclass

from ..graph.communities import UNLINKED, communities

GAP = 46.0  # room for one node, in drawing units (a node is 10 to 24 wide)


@dataclass(frozen=True)
class Layout:
    """Position and community (place of its hub, or -1) of every node, by place."""

    x: list[int]
    y: list[int]
    community: list[int]


def layout(ids: list[str], links: list[tuple[int, int]], *, seed: int = 0, hubs: int | None = None) -> Layout:
    """Place the nodes.

    Args:
        ids: node ids, by place.
        links: pairs of places; parallel pairs pull harder.
        seed: another seed, another drawing.
        hubs: number of communities; None lets the size decide.
    """
    near: list[dict[int, float]] = [defaultdict(float) for _ in ids]
    for start, end in links:
        if start != end:
            near[start][end] += 1.0
            near[end][start] += 1.0
    owner = communities(ids, near, hubs)
    members: dict[int, list[int]] = defaultdict(list)
    for node, hub in enumerate(owner):
        members[hub].append(node)
    centres = _centres(ids, links, owner, members, seed)
    spots = [(0.0, 0.0)] * len(ids)
    for hub, nodes in members.items():
        if hub == UNLINKED:
            _grid(ids, nodes, centres, members, spots)
        else:
            _inside(ids, near, owner, hub, nodes, centres, spots, seed)
    _relax(spots, near, owner, rounds=24 if len(ids) <= 12_000 else 10)
    return Layout([round(x) for x, _ in spots], [round(y) for _, y in spots], owner)


def _radius(size: int) -> float:
    """Radius for that many members, in steps of a quarter: one more member seldom moves its neighbours."""
    step = 1.25 ** math.ceil(math.log(max(size, 1), 1.25) - 1e-9)
    return GAP * 0.78 * math.sqrt(step) + GAP


def _turn(name: str, seed: int) -> float:
    """An angle from 0 to 1 that belongs to a name."""
    return int.from_bytes(hashlib.blake2b(f"{seed}\0{name}".encode(), digest_size=6).digest(), "big") / 2**48


def _centres(
    ids: list[str], links: list[tuple[int, int]], owner: list[int], members: dict[int, list[int]], seed: int
) -> dict[int, tuple[float, float]]:
    """Centres of the communities: linked ones near, none overlapping, wider than high like a screen."""
    hubs = sorted((hub for hub in members if hub != UNLINKED), key=lambda hub: ids[hub])
    size = {hub: _radius(len(members[hub])) for hub in hubs}
    pull: dict[tuple[int, int], float] = defaultdict(float)
    for start, end in links:
        one, two = owner[start], owner[end]
        if one != two and UNLINKED not in (one, two):
            pull[min(one, two), max(one, two)] += 1.0
    spread = math.sqrt(sum(radius**2 for radius in size.values())) * 1.25
    home = {}
    for hub in hubs:
        angle, far = 2 * math.pi * _turn(ids[hub], seed), math.sqrt(_turn(ids[hub] + "\0r", seed))
        home[hub] = (1.25 * spread * far * math.cos(angle), 0.8 * spread * far * math.sin(angle))
    near: dict[int, list[tuple[int, float]]] = defaultdict(list)
    mean = sum(pull.values()) / len(pull) if pull else 1.0
    for (one, two), weight in sorted(pull.items()):
        near[one].append((two, weight / mean))
        near[two].append((one, weight / mean))
    # Each hub stands between the home its name gives it and its neighbours. This has one solution, which
    # changes little when a weight changes little; springs with repulsion would settle somewhere else.
    spot = {hub: list(home[hub]) for hub in hubs}
    for _ in range(40):
        for hub in hubs:
            total = sum(weight for _, weight in near[hub]) or 1.0
            for axis in (0, 1):
                mid = sum(weight * spot[other][axis] for other, weight in near[hub]) / total
                spot[hub][axis] = 0.55 * home[hub][axis] + 0.45 * mid
    for _ in range(120):
        for number, one in enumerate(hubs):
            for two in hubs[number + 1 :]:
                _part(spot[one], spot[two], (size[one] + size[two]) * 1.04, 0.35)
    return {hub: (x, y) for hub, (x, y) in spot.items()}


def _draw(one: list[float], two: list[float], rest: float, share: float) -> None:
    dx, dy = two[0] - one[0], two[1] - one[1]
    far = math.hypot(dx, dy)
    if far > rest:
        _near(one, two, dx, dy, share * (far - rest) / far / 2)


def _part(one: list[float], two: list[float], rest: float, share: float = 1.0) -> None:
    dx, dy = two[0] - one[0], two[1] - one[1]
    far = math.hypot(dx, dy)
    if far >= rest:
        return
    if far < 1e-6:
        dx, dy, far = 1.0, 0.0, 1.0
    _near(one, two, dx, dy, share * (far - rest) / far / 2)


def _near(one: list[float], two: list[float], dx: float, dy: float, move: float) -> None:
    """Let both move this part of the way between them; where it is negative, away from each other."""
    one[0] += dx * move
    one[1] += dy * move
    two[0] -= dx * move
    two[1] -= dy * move


def _inside(
    ids: list[str], near: list[dict[int, float]], owner: list[int], hub: int, nodes: list[int],
    centres: dict[int, tuple[float, float]], spots: list[tuple[float, float]], seed: int,
) -> None:  # fmt: skip
    """Members round their hub: turned towards the community they also belong with, ring by degree."""
    cx, cy = centres[hub]
    wide = _radius(len(nodes)) - GAP * 0.7
    for node in nodes:
        if node == hub:
            spots[node] = (cx, cy)
            continue
        angle, far = 2 * math.pi * _turn(ids[node], seed), math.sqrt(_turn(ids[node] + "\0r", seed))
        x, y = math.cos(angle), math.sin(angle)
        for other, weight in near[node].items():
            there = owner[other]
            if there not in (hub, UNLINKED):
                dx, dy = centres[there][0] - cx, centres[there][1] - cy
                long = math.hypot(dx, dy) or 1.0
                x, y = x + 0.6 * weight * dx / long, y + 0.6 * weight * dy / long
        long = math.hypot(x, y) or 1.0
        ring = wide * (0.25 + 0.75 * far) * (0.72 if len(near[node]) > 3 else 1.0)
        spots[node] = (cx + ring * x / long, cy + ring * y / long)


def _grid(
    ids: list[str], nodes: list[int], centres: dict[int, tuple[float, float]],
    members: dict[int, list[int]], spots: list[tuple[float, float]],
) -> None:  # fmt: skip
    """Nodes in tiny pieces stand in rows below the rest."""
    low = max((y + _radius(len(members[hub])) for hub, (_, y) in centres.items()), default=0.0) + 2 * GAP
    wide = max(8, round(math.sqrt(len(nodes) * 4)))
    for number, node in enumerate(sorted(nodes, key=lambda node: ids[node])):
        row, column = divmod(number, wide)
        spots[node] = ((column - wide / 2) * GAP * 1.6, low + row * GAP * 1.4)


def _relax(spots: list[tuple[float, float]], near: list[dict[int, float]], owner: list[int], rounds: int) -> None:
    """Neighbours of one community draw nearer, nodes that stand too close part; hubs stay."""
    place = [list(spot) for spot in spots]
    pairs = [(a, b) for a, found in enumerate(near) for b in found
             if a < b and owner[a] == owner[b] and a != owner[a] and b != owner[b]]  # fmt: skip
    for step in range(rounds):
        if step < rounds - 6:
            for one, two in pairs:
                _draw(place[one], place[two], GAP * 1.5, 0.08)
        cells: dict[tuple[int, int], list[int]] = defaultdict(list)
        for node, (x, y) in enumerate(place):
            cells[int(x // GAP), int(y // GAP)].append(node)
        for (cx, cy), here in cells.items():
            for number, one in enumerate(here):
                for two in here[number + 1 :]:
                    _part(place[one], place[two], GAP)
                for shift in ((1, 0), (-1, 1), (0, 1), (1, 1)):
                    for two in cells.get((cx + shift[0], cy + shift[1]), ()):
                        _part(place[one], place[two], GAP)
    spots[:] = [(x, y) for x, y in place]
