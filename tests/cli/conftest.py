"""The shipped graph for commands: the engine of the test run itself, so that nothing is built twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from chinaai.graph.store import Store
from faults.running import settings
from workers import Run


@pytest.fixture(params=["embedded", "neo4j"])
def shipped_at(request: pytest.FixtureRequest, run: Run) -> dict[str, str]:
    """The variables that lead a command to the shipped graph on each engine."""
    store: Store = request.getfixturevalue(f"{request.param}_shipped")
    if store.engine == "neo4j":
        return settings(store.endpoint)
    return {"CHINAAI_HOME": str(Path(store.endpoint.where).parent)}


@pytest.fixture
def at_embedded(embedded_shipped: Store) -> dict[str, str]:
    """The same for the embedded engine alone, for what does not depend on the engine."""
    return {"CHINAAI_HOME": str(Path(embedded_shipped.endpoint.where).parent)}
