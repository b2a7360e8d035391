"""Where a command writes: an empty graph on each engine, and the variables that lead to it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from chinaai.graph.engine.endpoint import Endpoint
from chinaai.graph.store import Store, open_store
from faults.running import settings


@dataclass
class Place:
    """The variables that a command needs, and how a test opens the same graph."""

    variables: dict[str, str]
    endpoint: Endpoint | None
    home: Path

    def open(self) -> Store:
        return Store(self.endpoint) if self.endpoint else open_store(self.home)


@pytest.fixture(params=["embedded", "neo4j"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """An empty graph on each of the two engines in turn, for commands in processes of their own."""
    home = tmp_path / "home"
    if request.param == "embedded":
        return Place({"CHINAAI_HOME": str(home)}, None, home)
    endpoint = request.getfixturevalue("neo4j_endpoint")
    return Place(settings(endpoint), endpoint, home)
