"""What a package that is built from a checkout holds."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
_HOOK = "import sys; from setuptools.build_meta import build_wheel; build_wheel(sys.argv[1])"


def test_a_wheel_holds_the_files_of_today_alone(tmp_path: Path) -> None:
    """An older build/ in the checkout leaves no deleted module and no deleted seed in the wheel; built twice."""
    checkout, built = tmp_path / "checkout", tmp_path / "built"
    passed_over = shutil.ignore_patterns(".*", "tests", "docs", "build", "*.egg-info", "__pycache__")
    shutil.copytree(ROOT, checkout, ignore=passed_over)
    built.mkdir()
    old = checkout / "build" / "lib" / "chinaai"
    for name in ("loaders/gone.py", "seeds/facts-gone.yaml", "seeds/registers/gone.tsv", "queries/gone/gone.cypher"):
        (old / name).parent.mkdir(parents=True, exist_ok=True)
        (old / name).write_text("")
    (checkout / "seeds" / "facts-of-a-day.yaml").write_text("facts: []\n")
    names: list[set[str]] = []
    for _ in range(2):
        done = subprocess.run([sys.executable, "-c", _HOOK, str(built)], cwd=checkout, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
            names.append(set(wheel.namelist()))
        (checkout / "seeds" / "facts-of-a-day.yaml").unlink(missing_ok=True)
    assert [sorted(name for name in found if "gone" in name) for found in names] == [[], []]
    assert names[0] - names[1] == {"chinaai/seeds/facts-of-a-day.yaml"} and names[1] < names[0]
    seeds = {path.name for path in (ROOT / "seeds").glob("*.yaml")}
    assert {name.removeprefix("chinaai/seeds/") for name in names[1] if name.startswith("chinaai/seeds/")} >= seeds
    assert not any(name.startswith(("chinaai/tests", "chinaai/build", "chinaai/setup.py")) for name in names[1])
