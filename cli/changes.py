"""The command that tells what changed between two days."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any, get_args

import typer

from ..queries.answers import counted
from ..queries.briefing import Span, atom, group_of, markdown, sentence
from ..queries.params import QueryError, as_of_day, choice, in_order
from ..queries.saved import get_query
from . import output
from .asking import asking
from .once import useless
from .options import Csv, Home, Json, Known
from .paging import paged

_SPANS = get_args(Span)
_KINDS = get_query("changes").front.params["kind"].choices


@useless("--json", "--csv", beside=["--output"])
@useless("--by", beside=["--json", "--csv"])
@useless("--address", without=["--output"])
def changes_command(
    start: Annotated[str | None, typer.Option("--from", help="First day; else 90 days before the last.")] = None,
    end: Annotated[str | None, typer.Option("--to", help="Last day; today where left out.")] = None,
    entity: Annotated[str | None, typer.Option(help="Only what touches this entity, by any of its names.")] = None,
    sector: Annotated[str | None, typer.Option(help="Only what touches a company of this sector.")] = None,
    kind: Annotated[str | None, typer.Option(help=f"Only changes of this kind: {', '.join(_KINDS)}.")] = None,
    by: Annotated[str | None, typer.Option(help="Group by week or month, which is the default.")] = None,
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
    stands apart. "seen" says that a thing was first seen to hold then; when it began is not known. "planned" is the
    day for which an announced tie was planned; whether it began is not known.
    """
    span: Span = "week" if by is not None and choice("by", by, _SPANS) == "week" else "month"
    feed = _is_feed(target)
    if by is not None and feed:
        raise typer.BadParameter("a feed has no groups; leave it out, or write brief.md", param_hint="--by")
    if address and not feed:
        raise typer.BadParameter("a briefing has no address; leave it out, or write feed.xml", param_hint="--address")
    if address and not address.startswith(("http://", "https://")):
        raise QueryError(f"'{address}' is no web address for '--address'", hint="as https://example.org/feed.xml")
    last = as_of_day(end, "--to")
    early = date.fromordinal(max(last.toordinal() - 90, 1))
    first = early if start is None else as_of_day(start, "--from", first=True)
    in_order(first, last, "give --to, today where it is left out" if end is None else "swap --from and --to")
    given: dict[str, Any] = {"entity": entity, "sector": sector, "kind": kind}
    with asking(home, known) as kg:
        rows = kg.run("changes", start=first, end=last, **{k: v for k, v in given.items() if v is not None})
    title = f"What changed, {first} to {last}"
    if target:
        now = datetime.now(UTC)
        text = atom(rows, title, updated=now, address=address) if feed else markdown(rows, title, rows.bounds, span)
        from ..view.frame import save  # imported late: the page's libraries take a third of a second

        save(target, text)
        output.line(f"{target}: {counted(len(rows))}")
    elif json or csv:
        output.print_rows(title, rows.columns, rows.to_dicts(), json, csv)
    else:
        with paged():
            _print(title, rows, span)
            return
    if rows.bounds:
        output.note(rows.bounds)


def _is_feed(target: Path | None) -> bool:
    """Whether a file is to be a feed. Raises QueryError where its name says neither this nor a briefing."""
    if target is None or target.suffix.lower() in (".md", ".markdown"):
        return False
    if target.suffix.lower() not in (".xml", ".atom"):
        raise QueryError(f"'{target.name}' is neither a briefing nor a feed", hint="write brief.md or feed.xml")
    return True


def _print(title: str, rows: Any, span: Span) -> None:
    if not rows:
        output.note(f"{title}: nothing is recorded, which is not the same as nothing happened")
        if rows.bounds:
            output.note(rows.bounds)
        return
    output.line(f"{title}: {counted(len(rows))}")
    heading = ""
    for row in [row for row in rows if row.inside] + [row for row in rows if not row.inside]:
        name = group_of(row, span) if row.inside else "may lie outside the window (no exacter day is told)"
        if name != heading:
            heading = name
            output.line(f"\n{heading}")
        sure = "" if row.confidence is None else f" · {row.confidence:g}"
        output.line(f"  {row.day:<10} {row.what:<11} {sentence(row)} · {row.status or ''}{sure} · {row.fact_id}")
    if rows.bounds:
        output.line(rows.bounds, style="dim")
