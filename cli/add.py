"""The command that writes a fact into the seeds."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from datetime import date
from typing import Annotated, Any, get_args

import typer

from . import output
from .options import Json, SeedsFolder

add_app = typer.Typer(no_args_is_help=True, help="Write into the seeds: a fact with its source, checked first.")
_STATUS = ("announced", "reported", "confirmed", "denied", "ended")


@add_app.command("fact")
def add_fact_command(
    subject: Annotated[str | None, typer.Option(help="Whom it is about, by any name.")] = None,
    predicate: Annotated[str | None, typer.Option(help="What joins the two, such as PARTNERS_WITH.")] = None,
    object: Annotated[str | None, typer.Option(help="The other end, by any name.")] = None,
    metric: Annotated[str | None, typer.Option(help="In place of predicate and object: revenue, released …")] = None,
    value: Annotated[float | None, typer.Option(help="Figure of the metric.")] = None,
    unit: Annotated[str | None, typer.Option(help="Its unit, such as USD or percent.")] = None,
    text: Annotated[str | None, typer.Option(help="Words, where the metric is a text.")] = None,
    day: Annotated[str | None, typer.Option("--date", help="Day, where the metric is a date.")] = None,
    market: Annotated[str | None, typer.Option(help="Market of the figure, by any name.")] = None,
    measured_by: Annotated[str | None, typer.Option(help="Who counted, by any name.")] = None,
    status: Annotated[str | None, typer.Option(help=f"One of {', '.join(_STATUS)}.")] = None,
    announced: Annotated[str | None, typer.Option(help="Day on which it was made known.")] = None,
    valid_from: Annotated[str | None, typer.Option(help="Day from which it holds, where a source says so.")] = None,
    valid_to: Annotated[str | None, typer.Option(help="First day on which it no longer held.")] = None,
    as_of: Annotated[str | None, typer.Option(help="Day or span at which it was seen to hold.")] = None,
    beginning: Annotated[str | None, typer.Option(help="'unknown' where no page tells when it began.")] = None,
    scope: Annotated[str | None, typer.Option(help="What it is limited to.")] = None,
    product: Annotated[str | None, typer.Option(help="Product or programme.")] = None,
    amount: Annotated[str | None, typer.Option(help="Sum or quantity in words.")] = None,
    role: Annotated[str | None, typer.Option(help="As what, of a person or investor.")] = None,
    share: Annotated[str | None, typer.Option(help="wholly, majority, joint-venture or minority.")] = None,
    percent: Annotated[float | None, typer.Option(help="Share held, in percent.")] = None,
    source: Annotated[list[str] | None, typer.Option(help="Id or address of the page. Repeatable.")] = None,
    publisher: Annotated[str | None, typer.Option(help="Of an address that the seeds don't hold.")] = None,
    published: Annotated[str | None, typer.Option(help="Its day, as precise as the page gives it.")] = None,
    kind: Annotated[str | None, typer.Option(help="Its kind: official, primary, news, trade …")] = None,
    title: Annotated[str | None, typer.Option(help="Its title.")] = None,
    origin: Annotated[str | None, typer.Option(help="Whom it relays.")] = None,
    name: Annotated[str | None, typer.Option("--id", help="Id of the fact; made of its ends where left out.")] = None,
    file: Annotated[str | None, typer.Option(help="File of the folder, or a new facts-TOPIC.yaml.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check, show the block, write nothing.")] = False,
    seeds: SeedsFolder = None, json: Json = False,
) -> None:  # fmt: skip
    """Write a fact into the seeds, in place, with its source beside it. Nothing is written unless the checks pass.

    In a terminal it asks for what is missing. Names are resolved, the page is known again by its address, and a fact
    that stands already is refused.

    \b
      chinaai add fact
      chinaai add fact --subject Apple --predicate PARTNERS_WITH --object 阿里巴巴 --status confirmed \\
          --announced 2025-02-13 --beginning unknown --source https://example.org/page \\
          --publisher Example --published 2025-02-13 --kind news
      chinaai add fact --subject Zhipu --metric revenue --value 3e8 --unit CNY --as-of 2024 --status reported \\
          --source jiemian-apple --dry-run
    """
    from ..loaders.base import SEEDS
    from ..loaders.curated import adding, read_seeds

    folder = seeds or SEEDS
    held = read_seeds(folder)
    asks = sys.stdin.isatty() and not json
    subject = _wanted("subject", subject, asks, "Whom is it about?")
    if predicate is None and metric is None and asks:
        said = typer.prompt("Predicate (PARTNERS_WITH, INVESTED_IN …) or metric (revenue, released …)")
        predicate, metric = (said, None) if said.isupper() else (None, said)
    adding.words_of({"predicate": predicate, "metric": metric})
    subject = adding.end_of(held, subject, "subject")
    other = _wanted("object", object, asks, "The other end?") if predicate else object
    ends = {"object": other, "market": market, "measured_by": measured_by}
    found = {at: adding.end_of(held, given, at) for at, given in ends.items() if given}
    given: dict[str, Any] = {
        "subject": subject, "predicate": predicate, "object": found.get("object"), "product": product,
        "amount": amount, "role": role, "share": share, "percent": percent, "metric": metric, "value": value,
        "text": text, "date": day, "unit": unit, "market": found.get("market"),
        "measured_by": found.get("measured_by"),
        "status": _wanted("status", status, asks, f"Status ({', '.join(_STATUS)})?"), "announced": announced,
        "valid_from": valid_from, "valid_to": valid_to, "as_of": as_of, "beginning": beginning, "scope": scope,
    }  # fmt: skip
    fact = {key: one for key, one in given.items() if one is not None}
    _refuse_twin(held, fact)
    pages = source or ([typer.prompt("Address or id of the page?")] if asks else [])
    known = {page: adding.source_by(held, page) for page in pages}
    new = [page for page, one in known.items() if one is None]
    if not pages:
        _missing("source")
    if len(new) > 1:
        raise _refused("two addresses are new", "add one, then the other as an id")
    fresh = _source(held, new[0], asks, publisher, published, kind, title, origin) if new else None
    fact["sources"] = [one or (fresh or {})["id"] for one in known.values()]
    fact = {"id": name or adding.fact_id(held, fact), **fact}
    done = adding.checked(held, fact, fresh, file or adding.file_for(held, fact))
    blocks = "".join(adding.as_block(one) for one in (fresh, fact) if one)
    keeps = dry_run or (asks and not typer.confirm(f"{done.file}:\n{blocks}Write it?", default=True))
    if not keeps:
        adding.write(held, done)
    _tell(done, blocks, not keeps, json)


def _tell(done: Any, blocks: str, written: bool, json: bool) -> None:
    """What was written or would be, and what is doubted of it."""
    # a line of a file that was not written leads nowhere
    doubts = [str(doubt if written else replace(doubt, line=0)) for doubt in done.doubts]
    if json:
        told = {"fact": done.fact, "file": done.file, "line": done.line, "written": written, "doubts": doubts}
        output.print_json(told if written else told | {"block": blocks})
        return
    if written:
        output.line(f"added {done.fact} at {done.file}:{done.line}; 'chinaai build' loads it")
    else:
        output.line(f"{done.file}, not written:\n{blocks}".rstrip())
    for doubt in doubts:
        output.note(f"doubt: {doubt}")
    if done.before is None:
        output.note(f"{done.file} is new: raise the numbers of what it holds under `floors` in about.yaml")


def _source(
    held: Any, page: str, asks: bool, publisher: str | None, published: str | None, kind: str | None, title: str | None,
    origin: str | None,
) -> dict[str, Any]:  # fmt: skip
    """A source for an address that the seeds don't hold."""
    from ..graph.identity import name_key
    from ..graph.model.evidence import SourceKind

    if not page.startswith(("http://", "https://")):
        raise _refused(f"there is no source '{page}'", "give the address of the page, with --publisher and --kind")
    publisher = _wanted("publisher", publisher, asks, "Who published it?")
    kind = _wanted("kind", kind, asks, f"Kind ({', '.join(get_args(SourceKind))})?")
    if asks and published is None:
        published = typer.prompt("Day of the page (empty where it has none)", default="", show_default=False) or None
    stem = "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in name_key(publisher)).split()) or "page"
    base = re.sub(r"[^a-z0-9.-]+", "-", f"{stem}-{published}".lower()) if published else stem
    taken = {placed.item.id for placed in (*held.sources, *held.entities)}
    one = next(each for n in range(1, 1000) if (each := base if n == 1 else f"{base}-{n}") not in taken)
    return {
        "id": one, "url": page, "publisher": publisher, "title": title, "published": published,
        "retrieved": date.today().isoformat(), "kind": kind, "origin": origin,
    }  # fmt: skip


def _wanted(option: str, given: str | None, asks: bool, question: str) -> str:
    if given is None and asks:
        given = typer.prompt(question)
    return given if given is not None else _missing(option)


def _missing(option: str) -> Any:
    raise _refused(f"--{option} is missing", "in a terminal the command asks for what is left out")


def _refuse_twin(held: Any, fact: dict[str, Any]) -> None:
    from ..loaders.curated import adding

    if twin := adding.same_fact(held, fact):
        hint = "add the page to its `sources`; a further reading of one tie has `reading_of`, another limit a `scope`"
        raise _refused(f"'{twin}' says the same", hint)


def _refused(what: str, hint: str) -> Exception:
    from ..graph.errors import ChinaAIError

    return ChinaAIError(what, hint=hint)
