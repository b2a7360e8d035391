"""Commands that ask the same questions again and tell what is new."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from ..bundles.watching import News, Watches
from ..graph.home import home_folder
from ..graph.nearest import did_you_mean
from ..queries.answers import counted
from ..queries.params import QueryError
from ..queries.saved import get_query, option
from . import output
from .asking import asking
from .options import Home, Json

watch_app = typer.Typer(no_args_is_help=True)
#: Columns of a row that are told, where it has them.
SHOWN = 5
_EXTRA = {"allow_extra_args": True, "ignore_unknown_options": True}


@watch_app.callback()
def watch() -> None:
    """Keep questions under a name and ask what is new in their answers.

    \b
      chinaai watch add apple partnerships --company Apple
      chinaai watch run                 for cron: exit status 0 nothing new, 3 something new, 1 it failed
      chinaai watch list
      chinaai watch remove apple
    """


@watch_app.command("add", context_settings=_EXTRA)
def add_command(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="A name for it.")],
    question: Annotated[str, typer.Argument(help="A saved question, as 'chinaai ask' lists them.")],
    home: Home = None,
) -> None:
    """Watch a question; its parameters follow as for 'chinaai ask'.

    \b
      chinaai watch add apple partnerships --company Apple
      chinaai watch add 小米 restrictions --company 小米
    """
    given = _parameters(question, context.args)
    with asking(home) as kg:
        rows = Watches(home_folder(home)).add(kg, name, question, given)
    output.line(f"{name}: {question}, {counted(rows)} now")


@watch_app.command("run")
def run_command(
    names: Annotated[list[str] | None, typer.Argument(help="Watches to run; all where none is named.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell what is new, and tell it again next time.")] = False,
    home: Home = None,
    json: Json = False,
) -> None:
    """Ask again: rows that are new, gone or changed since the last run. Exit status 3 where there are any.

    \b
      chinaai watch run
      chinaai watch run apple --json

    For cron, which mails what a command prints:

    \b
      0 7 * * *  chinaai watch run > news.txt || cat news.txt
    """
    with asking(home) as kg:
        found = Watches(home_folder(home)).run(kg, names or None, keep=not dry_run)
    if json:
        output.print_json([vars(news) for news in found])
    else:
        for news in found:
            _tell(news)
        if not found:
            output.note("nothing is watched; see 'chinaai watch add --help'")
    if any(found):
        raise typer.Exit(3)


@watch_app.command("list")
def list_command(home: Home = None, json: Json = False) -> None:
    """What is watched, and when it was asked last.

    \b
      chinaai watch list --json
    """
    held = Watches(home_folder(home)).listed()
    rows = [
        {"name": name, "question": one.question, "asked": one.asked, "rows": len(one.rows),
         "parameters": " ".join(f"{key}={value}" for key, value in one.parameters.items())}
        for name, one in sorted(held.items())
    ]  # fmt: skip
    output.print_rows("Watches", ["name", "question", "parameters", "asked", "rows"], rows, json)


@watch_app.command("remove")
def remove_command(name: Annotated[str, typer.Argument(help="Its name.")], home: Home = None) -> None:
    """Forget a watch.

    \b
      chinaai watch remove apple
    """
    Watches(home_folder(home)).remove(name)
    output.line(f"{name}: no longer watched")


def _parameters(question: str, words: list[str]) -> dict[str, Any]:
    """`--company Apple --as-of=2026-01-01` as parameters of the question. Raises QueryError."""
    known, found = get_query(question).front.params, {}
    rest = list(words)
    while rest:
        flag, sign, value = rest.pop(0).partition("=")
        name = flag.removeprefix("--").replace("-", "_")
        if not flag.startswith("--") or name not in known:
            has = [option(one) for one in known]
            hint = f"{did_you_mean(flag, has)} it has {', '.join(has) or 'none'}".strip()
            raise QueryError(f"'{flag}' is no option of '{question}'", "", hint)
        if name in found:
            raise QueryError(f"'{flag}' is given twice", "", "give it once")
        if not sign and (not rest or rest[0].startswith("--")):
            raise QueryError(f"'{flag}' has no value", "", f"write {flag} VALUE")
        found[name] = value if sign else rest.pop(0)
    return found


def _tell(news: News) -> None:
    if not news:
        output.line(f"{news.name}: nothing new since {news.since}")
        return
    output.line(
        f"{news.name}: {len(news.new)} new, {len(news.gone)} gone, {len(news.changed)} changed since {news.since}"
    )
    for sign, rows in (("+", news.new), ("-", news.gone)):
        for row in rows:
            output.line(f"  {sign} {_row(row)}")
    for then, now in news.changed:
        output.line(f"  ~ {_row(now)}")
        for key in now:
            if then.get(key) != now[key] and key != "sources":
                output.line(f"      {key}: {then.get(key)} -> {now[key]}")


def _row(row: dict[str, Any]) -> str:
    said = [
        str(value) for key, value in row.items() if value not in (None, "", []) and not isinstance(value, list | dict)
    ]
    return " · ".join(said[:SHOWN])
