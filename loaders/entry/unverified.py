"""Legal bases of the market-entry seeds that are only remembered: no page was read for them."""

from __future__ import annotations

from pathlib import Path

from .read import read_entry


def unverified_bases(folder: Path) -> list[str]:
    """`requirement: article` of every legal basis that no page was read for; none where there is no such folder."""
    if not folder.is_dir():
        return []
    graph = read_entry(folder).graph()
    cited = [(item.id, item.legal_basis) for item in graph.requirements.values()]
    cited += [(item.id, item.legal_basis) for item in graph.prohibitions.values()]
    return sorted(f"{name}: {basis.at}" for name, bases in cited for basis in bases if not basis.verified)
