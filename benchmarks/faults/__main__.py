"""Faults by the hundred: loads that are killed, links that are cut, seed files that were damaged.

    python benchmarks/faults --try                    a minute: some of each
    python benchmarks/faults                          all: 200 kills an engine, 200 cuts, 10,000 damaged files
    python benchmarks/faults --only mutations --mutations 3000 --seed 7

Every moment and every damage is drawn from --seed. The last lines are a table: tries, faults, and of what was written
how much was lost or stands twice. The exit status is 1 where a fault was found; each is told with what makes it again.
Neo4j is a server of its own (extra `neo4j`), ended at the end. POSIX only: it forks and sends signals.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent.parent / "tests")]  # seed folders are made as the tests make them

import cuts  # noqa: E402
import kills  # noqa: E402
import mutations  # noqa: E402
from tally import Tally, table  # noqa: E402

#: Tries of each by default, and with --try.
SIZES = {"kills": (200, 6), "cuts": (200, 14), "mutations": (10_000, 400)}


def main() -> int:
    """Run what was asked for and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__.splitlines()[0], formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name, (all_of_them, few) in SIZES.items():
        parser.add_argument(f"--{name}", type=int, help=f"tries; {all_of_them:,} by default, {few} with --try")
    parser.add_argument("--try", dest="few", action="store_true", help="a small number of each")
    parser.add_argument("--only", choices=tuple(SIZES), action="append", help="one of the three; may be repeated")
    parser.add_argument("--engine", choices=("embedded", "neo4j", "both"), default="both")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    tries = {name: getattr(args, name) or sizes[args.few] for name, sizes in SIZES.items()}
    wanted = args.only or list(SIZES)
    engines = ["embedded", "neo4j"] if args.engine == "both" else [args.engine]
    tallies: list[Tally] = []
    with tempfile.TemporaryDirectory(prefix="chinaai-faults-", ignore_cleanup_errors=True) as folder:
        if "mutations" in wanted:
            tallies += mutations.run(tries["mutations"], args.seed, Path(folder))
        for engine in engines:
            if "kills" in wanted:
                tallies += kills.run(engine, tries["kills"], args.seed, Path(folder) / "kills")
            if "cuts" in wanted:
                tallies += cuts.run(engine, tries["cuts"], args.seed, Path(folder) / "cuts")
    print(table(tallies))
    return 1 if any(tally.faults for tally in tallies) else 0


if __name__ == "__main__":
    sys.exit(main())
