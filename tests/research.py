"""The raw material that the facts were curated from; not in the checkout, so tests on it are skipped elsewhere."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml


@cache
def research(name: str) -> dict[str, Any]:
    """A file of the raw material, found by CHINAAI_SHARED or beside a parent folder; skips where it is not there."""
    here = Path(__file__).resolve()
    given = os.environ.get("CHINAAI_SHARED")
    folders = [Path(given)] if given else [parent / "shared" for parent in here.parents]
    for folder in folders:
        path = folder / "research" / name
        if path.is_file():
            with path.open(encoding="utf-8") as file:
                found: dict[str, Any] = yaml.load(file, Loader=yaml.CSafeLoader)
                return found
    pytest.skip(f"{name} is not here; set CHINAAI_SHARED to the folder that has research/")
