"""The command that audits the seeds."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from . import output
from .options import Csv, Json, SeedsFolder


def audit_command(
    seeds: SeedsFolder = None,
    stale_days: Annotated[
        int | None, typer.Option(min=1, help="Age in days of a stale open claim; 540 by default.")
    ] = None,
    judgements: Annotated[bool, typer.Option("--judgements", help="Print what became of every raw entry.")] = False,
    json: Json = False, csv: Csv = False,
) -> None:  # fmt: skip
    """Audit the seeds: unsourced, weak, stale and disputed facts, dead ends, duplicate suspects.

    Exit status 1 where a fact has no source or a sentence of the article no account.

    \b
      chinaai audit --json
      chinaai audit --judgements --csv > judgements.csv
    """
    from ..loaders.base import SEEDS, InputError
    from ..loaders.build import read_shipped
    from ..loaders.curated.audit import STALE_DAYS, audit_seeds

    shipped = read_shipped(seeds or SEEDS)
    if shipped.problems:
        raise InputError(shipped.problems)
    if judgements:
        _print_judgements(shipped.seeds, json, csv)
        return
    found = audit_seeds(shipped.seeds, stale_days=stale_days or STALE_DAYS)
    values = found.to_dict()
    if json:
        output.print_json(values)
    else:
        rows = [{"finding": key, "number": _shown(value)} for key, value in values.items() if key != "lists"]
        output.print_table("Audit of the seeds", ["finding", "number"], rows)
    if found.failing:
        raise typer.Exit(1)


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {n}" for key, n in value.items())
    return str(value)


def _print_judgements(seeds: Any, json: bool, csv: bool) -> None:
    from ..loaders.base import InputError
    from ..loaders.curated.audit import read_judgements

    found, problems = read_judgements(seeds)
    if problems:
        raise InputError(problems)
    rows = [item.model_dump() for item in found]
    columns = ["raw", "verdict", "result", "facts", "reason"]
    if json:
        output.print_json(rows)
    elif csv:
        output.print_csv(columns, rows)
    else:
        output.print_table("What became of every raw entry", columns, rows)
