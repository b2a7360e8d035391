"""Graphs to export: the small seeds and, beside them, elements with odd values."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from chinaai.graph.apply import apply_plan
from chinaai.graph.digest import status
from chinaai.graph.elements import Batch, Edge, Node
from chinaai.graph.export.reading import Reader
from chinaai.graph.plan import compare
from chinaai.graph.store import Store, open_store
from chinaai.loaders.build import build, read_shipped

from .odd import odd_batch

DATA = Path(__file__).parent / "data"
SMALL = Path(__file__).parent.parent / "data" / "small"
TODAY = date(2026, 11, 24)


def fill(store: Store) -> Store:
    """Load the small seeds and the odd elements."""
    build(store, read_shipped(SMALL), today=TODAY)
    load_batch(store, odd_batch())
    return store


def load_batch(store: Store, batch: Batch) -> None:
    """Past the gate: exports must bear what a store holds, whoever wrote it."""
    apply_plan(store, compare(store, batch), today=TODAY)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A filled graph on the embedded engine; tests only read it."""
    with open_store(tmp_path_factory.mktemp("filled")) as store:
        yield fill(store)


@pytest.fixture(scope="session")
def wanted(filled: Store) -> set[tuple[str, str]]:
    """Every element of the filled graph with all its content; the digest proves that none is missing."""
    assert status(filled).altered == []
    return elements(*_read(filled))


def _read(store: Store) -> tuple[list[Node], list[Edge]]:
    reader = Reader(store)
    return list(reader.nodes()), list(reader.edges())


def elements(nodes: list[Node], edges: list[Edge]) -> set[tuple[str, str]]:
    """Elements as (key, everything they hold), types of values included."""
    found = {(f"{node.label} {node.id}", _all(node.props)) for node in nodes}
    found |= {(f"{e.type} {e.fact_id} {e.start} {e.end}", _all(e.props)) for e in edges}
    assert len(found) == len(nodes) + len(edges)
    return found


def _all(props: object) -> str:
    return repr(sorted(dict(props).items()))  # type: ignore[call-overload]
