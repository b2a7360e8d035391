"""A home of an embedded engine, for the tests of the engine."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from chinaai.graph.engine.embedded import stop_embedded
from chinaai.graph.errors import ChinaAIError


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home whose engine outlives its users for longer than a busy machine takes between two lines of a test."""
    monkeypatch.setenv("CHINAAI_ENGINE_KEEP", "60")
    yield tmp_path / "home"
    with contextlib.suppress(ChinaAIError):
        stop_embedded(tmp_path / "home")
