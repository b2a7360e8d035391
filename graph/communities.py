"""Communities round hubs: who belongs with whom, decided locally so that small changes stay small.

Hubs are the nodes with most neighbours. Every other node joins the hub that most of its links lead to,
ring by ring outwards (a Voronoi partition of the graph), then by two damped rounds of majority. Modularity
methods (Louvain, Leiden) score a little better but may redraw everything when one edge is added, and a
hub gives each community a name a person knows.
"""

from __future__ import annotations

from collections import defaultdict

UNLINKED = -1


def hub_count(nodes: int) -> int:
    """How many communities a drawing of that many nodes has: 3 to 36, in steps, so that it seldom changes."""
    return max((step for step in (3, 5, 8, 12, 18, 26, 36) if step <= nodes / 36), default=3)


def communities(ids: list[str], near: list[dict[int, float]], count: int | None = None) -> list[int]:
    """The hub (its place) of each node; UNLINKED for nodes in pieces of the graph too small for a hub.

    Args:
        ids: node ids, by place; they break ties, so order of input never matters.
        near: for each node its neighbours with the strength of the link.
        count: number of hubs wanted; None takes `hub_count`.
    """
    wanted = count or hub_count(len(ids))
    order = sorted(range(len(ids)), key=lambda node: (-len(near[node]), ids[node]))
    hubs = [node for node in order[:wanted] if len(near[node]) > 1]
    owner = _spread(ids, near, hubs)
    for piece in _pieces(near, owner):
        lead = min(piece, key=lambda node: (-len(near[node]), ids[node]))
        for node in piece:
            owner[node] = lead if len(piece) >= 12 else UNLINKED
    fixed = set(owner) | set(hubs)
    for _ in range(2):
        owner = [_majority(owner, near[node], own) if node not in fixed else own for node, own in enumerate(owner)]
    return owner


def _spread(ids: list[str], near: list[dict[int, float]], hubs: list[int]) -> list[int]:
    owner = [UNLINKED] * len(ids)
    for hub in hubs:
        owner[hub] = hub
    edge = set(hubs)
    while edge:
        votes: dict[int, dict[int, float]] = defaultdict(lambda: defaultdict(float))
        for node in edge:
            for other, weight in near[node].items():
                if owner[other] == UNLINKED:
                    votes[other][owner[node]] += weight
        for node, found in votes.items():
            # a tie goes to the smaller hub: the large ones have enough
            owner[node] = min(found, key=lambda hub: (-found[hub], len(near[hub]), ids[hub]))
        edge = set(votes)
    return owner


def _majority(owner: list[int], links: dict[int, float], own: int) -> int:
    votes: dict[int, float] = defaultdict(float)
    for other, weight in links.items():
        votes[owner[other]] += weight
    if not votes:
        return own
    best = max(votes, key=lambda hub: (votes[hub], -hub))
    return best if votes[best] > 1.5 * votes.get(own, 0.0) else own


def _pieces(near: list[dict[int, float]], owner: list[int]) -> list[set[int]]:
    """What no hub has a link to, piece by piece."""
    import networkx as nx  # takes long to import

    left = nx.from_dict_of_lists({node: list(near[node]) for node, own in enumerate(owner) if own == UNLINKED})
    return list(nx.connected_components(left))
