"""Commands that compute over the network of facts: influence, communities, the best evidenced path."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from . import output
from .asking import asking
from .options import Csv, Home, Json, Known
from .text import print_answer

#: Members of a community shown in the terminal.
MEMBERS = 12
AsOf = Annotated[str | None, typer.Option("--as-of", help="Day whose facts count, such as 2025-03-01; today's.")]
Limit = Annotated[int, typer.Option(min=1, help="Most rows.")]


def influence_command(
    as_of: AsOf = None, limit: Limit = 20, known: Known = None, home: Home = None, json: Json = False, csv: Csv = False,
) -> None:  # fmt: skip
    """Who stands in the middle: PageRank over the facts in force, each counted with its confidence.

    影响力排名. Shows the strongest facts of each with their sources. Example: chinaai influence --as-of 2025-03-01
    """
    with asking(home, known) as kg:
        _print("Influence", kg.influence(as_of, limit=limit), json, csv)


def communities_command(
    as_of: AsOf = None, limit: Limit = 20, known: Known = None, home: Home = None, json: Json = False, csv: Csv = False,
) -> None:  # fmt: skip
    """Who belongs with whom: communities round hubs, as the page draws them, over the facts in force.

    社区划分. Entities in pieces of fewer than twelve belong to none. Example: chinaai communities --limit 5
    """
    with asking(home, known) as kg:
        _print("Communities", kg.communities(as_of, limit=limit), json, csv)


def evidence_path_command(
    start: Annotated[str, typer.Argument(help="One end, by any of its names.")],
    end: Annotated[str, typer.Argument(help="The other end.")],
    as_of: AsOf = None, known: Known = None, home: Home = None, json: Json = False, csv: Csv = False,
) -> None:  # fmt: skip
    """The best evidenced chain of facts between two entities, of any length.

    证据最强的路径. It has the largest product of confidences; 'chinaai ask path' lists all chains of up to three
    steps. Example: chinaai evidence-path Apple 通义千问
    """
    with asking(home, known) as kg:
        _print("Best evidenced path", kg.evidence_path(start, end, as_of), json, csv)


def _print(title: str, rows: Any, json: bool, csv: bool) -> None:
    told = rows.to_dicts()
    if json or csv:
        output.print_rows(title, rows.columns, told, json, csv)
        return
    for row in told:
        if len(row.get("members", ())) > MEMBERS:  # the most linked ones; --json has all
            row["members"] = [*row["members"][:MEMBERS], f"and {len(row['members']) - MEMBERS} more"]
    print_answer(title, [c for c in rows.columns if c not in ("member_ids", "node_ids")], told)
