"""Legal bases of the market-entry seeds that are only remembered: no page was read for them."""

from __future__ import annotations

from pathlib import Path

from .read import read_entry


def unverified_bases(folder: Path) -> list[str]:
    """`requirement: article` of every legal basis that no page was read for; none where there is no such folder."""
    if not folder.is_dir():
        return []
    graph = read_entry(folder).graph()
    items = [*graph.requirements.values(), *graph.prohibitions.values()]
    return sorted(f"{item.id}: {basis.at}" for item in items for basis in item.legal_basis if not basis.verified)
