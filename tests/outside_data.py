"""Where outside data stands for tests: files of our own making beside the tests, and the real ones where they are."""

from __future__ import annotations

import io
import os
import tarfile
from datetime import date
from pathlib import Path

import pytest
from chinaai.loaders.base import Context, Loaded, loaders
from chinaai.loaders.build import context_of, read_shipped
from chinaai.loaders.curated import read_seeds

MADE = Path(__file__).parent / "data" / "outside"
DAY = date(2030, 12, 31)
#: Made-up input of each loader of outside data, and what it is in the folder above.
INPUTS = {"epoch": "epoch.csv", "hstech": "hstech_2030-06.csv", "modelsdev": "models.dev"}
#: Real input of each, below the shared data folder.
REAL = {
    "epoch": "epoch-notable-models/notable-ai-models.csv",
    "hstech": "hang-seng-tech/hstech_constituents_2025-06.csv",
    "modelsdev": "models-dev/models.dev-providers-models.tar.gz",
}


def context() -> Context:
    """What the made-up seeds know."""
    return context_of(read_seeds(MADE / "seeds"), DAY)


def read(name: str, path: Path | None = None) -> Loaded:
    """What a loader makes of a file in the made-up world."""
    return loaders()[name].read(path or MADE / INPUTS[name], context())


def made_seeds() -> list[tuple[str, Loaded]]:
    """The made-up seeds, ready to build."""
    shipped = read_shipped(MADE / "seeds", today=DAY)
    assert shipped.problems == []
    return shipped.loaded


def shared(path: str) -> Path:
    """A real file of the shared data folder: CHINAAI_SHARED, else `shared/data` in the nearest parent that has it."""
    named = os.environ.get("CHINAAI_SHARED")
    parents = [Path(named)] if named else [up / "shared" / "data" for up in Path(__file__).resolve().parents]
    for folder in parents:
        if (folder / path).exists():
            return folder / path
    pytest.skip(f"no shared data: {path} is in none of {', '.join(map(str, parents[:3]))}…; set CHINAAI_SHARED")


def archive(folder: Path, top: str = "models.dev-0123abc") -> Path:
    """The made-up tree as a hub's archive, with the repository's folder on top."""
    path = folder / "models.dev.tar.gz"
    with tarfile.open(path, "w:gz") as tar:
        for file in sorted((MADE / "models.dev").rglob("*.toml")):
            data = file.read_bytes()
            info = tarfile.TarInfo(f"{top}/{file.relative_to(MADE / 'models.dev').as_posix()}")
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return path
