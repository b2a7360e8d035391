"""The command that audits the seeds."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from . import output
from .options import Csv, Json, SeedsFolder

#: What each finding means, for the table.
_MEANS = {
    "facts": "curated facts",
    "unsourced": "without a source; fails",
    "weak_only": "on blogs, aggregators or community pages alone",
    "unseen": "whose page a later reading did not find again",
    "stale": "claims to hold now, last seen long before the review",
    "ahead_of_sources": "speaks of a day after all its sources came out",
    "dead_ends": "entities that no fact is about",
    "unread": "that nobody has read but who wrote them",
    "doubts": "that look like a kind of fault known from earlier audits; chinaai check names each",
    "unverified": "legal bases of market entry that no page was read for",
    "conflicts": "questions on which sources disagree",
    "duplicate_suspects": "pairs that say the same",
    "source_kinds": "share of citations",
    "sentences": "of the article the graph began with; fails unless all are accounted for",
}


def audit_command(
    seeds: SeedsFolder = None,
    stale_days: Annotated[
        int | None, typer.Option(min=1, max=36_500, help="Age in days of a stale open claim; 540 by default.")
    ] = None,
    sample: Annotated[int | None, typer.Option(min=1, help="Draw that many facts at random, with sources.")] = None,
    seed: Annotated[
        int | None,
        typer.Option(help="Seed of the draw: the same seed and facts give the same sample. 1 by default; of --joins "
                          "a digest of the joins."),
    ] = None,
    joins: Annotated[
        bool,
        typer.Option("--joins", help="List names of registers and data sets that look like a known thing and are not "
                                     "joined; with --sample draw joins that stand, to check them by hand."),
    ] = False,
    json: Json = False, csv: Csv = False,
) -> None:  # fmt: skip
    """Audit the seeds: unsourced, weak, stale and disputed facts, dead ends, duplicate suspects, and what is lacking.

    --json lists the ids behind every number. --sample prints facts with their pages, to check them by hand;
    docs/audits.md tells what such checks found. Exit status 1 where a fact has no source or a sentence of
    the article no account, so that a release can be stopped.

    \b
      chinaai audit --json
      chinaai audit --sample 60 --seed 7
      chinaai audit --joins
      chinaai audit --joins --sample 60
    """
    from ..loaders.base import SEEDS
    from ..loaders.build import read_shipped

    if seed is not None and sample is None:
        raise typer.BadParameter("it draws a sample; give --sample too, or leave it out", param_hint="--seed")
    if stale_days is not None and (joins or sample is not None):
        raise typer.BadParameter("it is of the whole audit; leave out this or the other", param_hint="--stale-days")
    folder = seeds or SEEDS
    shipped = read_shipped(folder).sound()
    if joins and sample is not None:
        _print_joins(shipped, sample, seed, json, csv)
    elif joins:
        near = [vars(one) for _, loaded in shipped.loaded for one in loaded.near]
        title = "Not joined, but alike: review and add a line"
        output.print_rows(title, ("where", "printed", "like", "why"), near, json, csv)
    elif sample is not None:
        _print_sample(shipped.seeds, sample, 1 if seed is None else seed, json, csv)
    else:
        _print_audit(shipped, folder, stale_days, json, csv)


def _print_audit(shipped: Any, folder: Path, stale_days: int | None, json: bool, csv: bool) -> None:
    from ..loaders.curated.audit import STALE_DAYS, audit_seeds
    from ..loaders.curated.kinds import kinds_of
    from ..loaders.entry import entry_doubts
    from ..loaders.entry.citations import unverified_bases
    from ..loaders.holes import MEANS, holes

    seeds, lacking = shipped.seeds, holes(shipped)
    found = audit_seeds(
        seeds, unverified=unverified_bases(folder / "entry"), stale_days=stale_days or STALE_DAYS,
        doubts=[*kinds_of(seeds), *entry_doubts(folder / "entry", seeds.identity())],
    )  # fmt: skip
    values = found.to_dict()
    values |= {key: len(ids) for key, ids in lacking.items()}
    values["lists"] |= lacking
    rows = [{"finding": key, "number": _shown(values[key]), "means": means} for key, means in (_MEANS | MEANS).items()]
    if json:
        output.print_json(values)
    else:
        output.print_rows("Audit of the seeds", ("finding", "number", "means"), rows, json, csv)
    if found.failing:
        raise typer.Exit(1)


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {n}" for key, n in value.items())
    return str(value)


def _print_sample(seeds: Any, size: int, seed: int, json: bool, csv: bool) -> None:
    """Facts as paragraphs with the address of every page, since a checker opens them all."""
    from ..loaders.curated.audit import SAMPLED, sample_facts

    rows = sample_facts(seeds, size, seed)
    if json or csv:
        output.print_rows("", SAMPLED, rows, json, csv)
        return
    output.out.print(f"{len(rows)} facts drawn with seed {seed}", style="bold")
    for number, row in enumerate(rows, 1):
        rest = [row[name] for name in SAMPLED[2:] if name != "sources" and row[name] not in (None, "")]
        lines = [f"{number:>3}. {row['fact']}: {row['says']}", "     " + " · ".join(map(str, rest))]
        for page in row["sources"]:
            shown = (page["kind"], page["publisher"], page.get("published"), page.get("url"))
            lines.append("     ↳ " + " ".join(str(part) for part in shown if part))
        output.out.print("\n".join(lines), markup=False, highlight=False, soft_wrap=True)


def _print_joins(shipped: Any, size: int, seed: int | None, json: bool, csv: bool) -> None:
    from ..loaders.joins import COLUMNS, joins, row, sample_joins

    found = joins(shipped)
    used, drawn = sample_joins(found, size, seed)
    title = f"{len(drawn)} of {len(found)} joins, drawn with seed {used}"
    output.print_rows(title, COLUMNS, [row(one) for one in drawn], json, csv)
