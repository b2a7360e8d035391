"""The command that tells what changed between two days."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from ..queries.briefing import atom, group_of, markdown, sentence
from ..queries.params import QueryError, as_of_day, choice
from ..queries.saved import get_query
from . import output
from .asking import asking
from .options import Csv, Home, Json, Known
from .paging import paged

_KINDS = get_query("changes").front.params["kind"].choices


def changes_command(
    start: Annotated[str | None, typer.Option("--from", help="First day; else 90 days before the last.")] = None,
    end: Annotated[str | None, typer.Option("--to", help="Last day; today where left out.")] = None,
    entity: Annotated[str | None, typer.Option(help="Only what touches this entity, by any of its names.")] = None,
    sector: Annotated[str | None, typer.Option(help="Only what touches a company of this sector.")] = None,
    kind: Annotated[str | None, typer.Option(help=f"Only changes of this kind: {', '.join(_KINDS)}.")] = None,
    by: Annotated[str, typer.Option(help="Group by week or month.")] = "month",
    target: Annotated[Path | None, typer.Option("--output", "-o", help="Write brief.md or feed.xml (Atom).")] = None,
    address: Annotated[str, typer.Option(help="Where the feed will stand.")] = "",
    known: Known = None, home: Home = None, json: Json = False, csv: Csv = False,
) -> None:  # fmt: skip
    """What changed between two days: what began, ended, was announced, released, listed or came into force.

    \b
      chinaai changes --from 2026-06-01 --to 2026-08-31
      chinaai changes --entity Apple --from 2025-01-01 --to 2025-06-30
      chinaai changes --kind law --from 2026-01-01 -o brief.md
      chinaai changes -o feed.xml --address https://example.org/feed.xml

    Each day is told as exactly as its source tells it: a day told as 2025 may lie outside a window of a month, and
    stands apart. "seen" says that a thing was first seen to hold then; when it began is not known.
    """
    choice("by", by, ("week", "month"))
    if address and not address.startswith(("http://", "https://")):
        raise QueryError(f"'{address}' is no web address for '--address'", hint="as https://example.org/feed.xml")
    last = as_of_day(end, "--to")
    early = date.fromordinal(max(last.toordinal() - 90, 1))
    first = early if start is None else as_of_day(start, "--from", first=True)
    if first > last:
        raise QueryError(f"the window ends before it begins: {first} to {last}", hint="swap --from and --to")
    given: dict[str, Any] = {"entity": entity, "sector": sector, "kind": kind}
    with asking(home, known) as kg:
        rows = kg.run("changes", start=first, end=last, **{k: v for k, v in given.items() if v is not None})
    title = f"What changed, {first} to {last}"
    span: Literal["week", "month"] = "week" if by == "week" else "month"
    if target:
        feed = target.suffix.lower() in (".xml", ".atom")
        if not feed and target.suffix.lower() not in (".md", ".markdown"):
            raise QueryError(f"'{target.name}' is neither a briefing nor a feed", hint="write brief.md or feed.xml")
        now = datetime.now(UTC)
        text = atom(rows, title, updated=now, address=address) if feed else markdown(rows, title, span=span)
        from ..view.frame import save  # imported late: the page's libraries take a third of a second

        save(target, text)
        output.line(f"{target}: {len(rows)} rows")
    elif json or csv:
        output.print_rows(title, rows.columns, rows.to_dicts(), json, csv)
    else:
        with paged():
            _print(title, rows, span)


def _print(title: str, rows: Any, span: Literal["week", "month"]) -> None:
    if not rows:
        output.note(f"{title}: nothing is recorded, which is not the same as nothing happened")
        return
    output.line(f"{title}: {len(rows)} row{'s' if len(rows) != 1 else ''}")
    heading = ""
    for row in [row for row in rows if row.inside] + [row for row in rows if not row.inside]:
        name = group_of(row, span) if row.inside else "may lie outside the window (no exacter day is told)"
        if name != heading:
            heading = name
            output.line(f"\n{heading}")
        sure = "" if row.confidence is None else f" · {row.confidence:g}"
        output.line(f"  {row.day:<10} {row.what:<11} {sentence(row)} · {row.status or ''}{sure} · {row.fact_id}")
