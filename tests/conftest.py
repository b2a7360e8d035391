"""What tests share: a clean store on each engine, and the small seeds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from chinaai.graph.store import Store, open_store

pytest_plugins = ["tests.fixtures_neo4j"] if False else []
DATA = Path(__file__).parent / "data"


@pytest.fixture
def embedded_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.delenv("NEO4J_URI", raising=False)
    with open_store(tmp_path / "home") as store:
        yield store
