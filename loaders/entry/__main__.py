"""Check a folder of market-entry seeds: `python -m chinaai.loaders.entry seeds/entry`."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from .check import check_entry
from .read import read_entry


def main(argv: list[str]) -> int:
    """Print every problem with its place; 1 where there is one."""
    if len(argv) != 1:
        sys.stderr.write("usage: python -m chinaai.loaders.entry FOLDER\n")
        return 2
    problems = check_entry(read_entry(Path(argv[0])), date.today())
    for problem in problems:
        sys.stdout.write(f"{problem}\n")
    return int(bool(problems))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
