"""Commands that read: saved questions, free Cypher, status."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..face import KnowledgeGraph
from ..graph.errors import StoreError
from ..graph.store import open_store
from ..queries.ask import ROW_LIMIT, SECONDS
from ..queries.params import Param
from ..queries.saved import SavedQuery, catalogue, get_query, option, question_names
from . import output
from .asking import asking, tell_cut
from .bundle import kept, place_of
from .cypher_params import cypher_params
from .once import Asked, useless
from .options import Bundled, Csv, Excel, Home, Json, Known, Markdown, Verbose
from .paging import paged
from .text import print_answer, print_markdown

if TYPE_CHECKING:
    from ..graph.digest import Status

#: With more choices than these, --help names the kind and the shell completes them.
MANY = 12
#: Types of an option that must be given and of one that may be left out.
_WANTED: Any = str
_OPTIONAL: Any = str | None


def ask_app(name: str | None = None) -> typer.Typer:
    """The questions as commands: the one that is named, or else all."""
    made = typer.Typer(cls=Asked, invoke_without_command=True)
    made.callback()(list_questions)
    for query in [get_query(name)] if name in question_names() else catalogue().values():
        made.command(query.name)(_command(query))
    return made


def list_questions(
    context: typer.Context, json: Json = False,
    list_them: Annotated[bool, typer.Option("--list", hidden=True)] = False,
) -> None:  # fmt: skip
    """Ask a saved question; without one, list them all. Every row shows its sources.

    \b
      chinaai ask                                                    list the questions
      chinaai ask partnerships --help                                teach one
      chinaai ask partnerships --company 苹果 --as-of 2025-03-01     ask it
      chinaai ask conflicts --json                                   all columns and sources as JSON; --csv as CSV

    In a terminal long answers go through CHINAAI_PAGER, PAGER or less; NO_PAGER=1 or PAGER=cat prints them.
    """
    if list_them:
        raise typer.BadParameter("'chinaai ask' alone lists the questions; leave it out", param_hint="--list")
    if (question := context.invoked_subcommand) is not None:
        if json:
            raise typer.BadParameter(
                f"it stands behind the question: chinaai ask {question} --json", param_hint="--json"
            )
        return
    listed = [
        {"name": q.name, "question": f"{q.front.question} {q.front.title_zh}", "parameters": _signature(q)}
        for q in catalogue().values()
    ]
    with paged():
        output.print_rows("Questions", ["name", "question", "parameters"], listed, json)


def _signature(query: SavedQuery) -> str:
    return " ".join(option(n) if p.needed else f"[{option(n)}]" for n, p in query.front.params.items())


def _option(name: str, param: Param) -> Any:
    """The option of a parameter. Its choices are shown by --help and completed by the shell; asking checks them."""
    text = param.about + (f" [default: {param.default}]" if param.default is not None else "")
    shown = "|".join(param.choices) if len(param.choices) <= MANY else param.type.upper()
    made: Any = typer.Option(
        option(name), help=text, metavar=shown or None,
        autocompletion=lambda incomplete: [word for word in param.choices if word.startswith(incomplete)],
    )  # fmt: skip
    return Annotated[_WANTED if param.needed else _OPTIONAL, made]


def _command(query: SavedQuery) -> Callable[..., None]:
    """A typer command made from a question's parameters, so that --help teaches it."""

    @useless("--verbose", beside=["--json", "--csv", "--excel", "--md"])
    def ask(
        home: Any, known: Any, json: bool, csv: bool, excel: bool, md: bool, verbose: bool, bundle: Path | None,
        **params: Any,
    ) -> None:  # fmt: skip
        given = {name: value for name, value in params.items() if value is not None}
        place = place_of(bundle)
        with asking(home, known) as kg:
            found = kg.run(query.name, **given)
            if place is not None:
                kept(kg, query.name, given, found, place)
        if json:
            output.print_json(found.to_dicts())
        elif csv or excel:
            output.print_csv(found.columns, found.to_dicts(), excel=excel)
        elif md:
            print_markdown(query.front.title, found.columns, found.to_dicts(), found.said)
        else:
            print_answer(query.front.title, found.columns, found.to_dicts(), verbose=verbose, said=found.said,
                         show=query.front.show)  # fmt: skip
        for sentence in found.said if json or csv or excel else ():
            output.note(sentence)
        if found.cut:
            tell_cut(len(found))

    options: dict[str, Any] = {}
    for name, param in query.front.params.items():
        options[name] = (_option(name, param), inspect.Parameter.empty if param.needed else None)
    shared = {
        "known": (Known, None), "home": (Home, None), "json": (Json, False), "csv": (Csv, False),
        "excel": (Excel, False), "md": (Markdown, False), "verbose": (Verbose, False), "bundle": (Bundled, None),
    }  # fmt: skip
    parameters = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind)
        for name, (kind, default) in {**options, **shared}.items()
    ]
    vars(ask)["takes"] = [option(name) for name in query.front.params]
    ask.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    ask.__annotations__ = {p.name: p.annotation for p in parameters}
    ask.__doc__ = f"{query.told}\n\n\b\n  {query.command}"
    return ask


def cypher_command(
    query: Annotated[str, typer.Argument(help="Cypher text; it may read and never write.")],
    param: Annotated[list[str] | None, typer.Option(
        "--param", "-p", metavar="NAME[:KIND]=VALUE",
        help="Value of $NAME; KIND is text, int, float, bool, date or json. A whole number is an int. Repeatable.",
    )] = None,
    limit: Annotated[int, typer.Option(min=1, help="Most rows.")] = ROW_LIMIT,
    seconds: Annotated[float, typer.Option(min=0.1, help="Time limit.")] = SECONDS,
    home: Home = None, json: Json = False, csv: Csv = False,
) -> None:  # fmt: skip
    """Run a read-only Cypher query. Writes are refused on both engines.

    \b
      chinaai cypher "MATCH (c:Company) RETURN count(c) AS companies"
      chinaai cypher 'MATCH (c:ChinaAI {id: $id}) RETURN c.name_zh AS name' --param id=apple --json
      chinaai cypher 'MATCH (n:Filing) WHERE n.listed >= $day RETURN n.id LIMIT $k' -p day:date=2026-01-01 -p k=3

    Our nodes bear the label ChinaAI beside their type; docs/schema.md lists types and properties.
    """
    params, doubts = cypher_params(param or [])
    with KnowledgeGraph(open_store(home)) as kg:
        answer = kg.cypher(query, params, limit=limit, seconds=seconds)
    with paged():
        output.print_rows("Answer", answer.columns, answer.rows, json, csv, every=True)
    for doubt in [*answer.doubts, *(doubts if not answer.rows else ())]:
        output.note(doubt)
    if answer.cut:
        tell_cut(len(answer.rows))


def status_command(
    home: Home = None,
    deep: Annotated[bool, typer.Option("--deep", help="Read every element and hash its content.")] = False,
    json: Json = False,
) -> None:
    """Counts by label and type, and a digest over the whole content, equal on both engines.

    They are those that loads wrote down, held against the database's own counts: what somebody else added or deleted is
    seen, and then everything is read. What somebody else altered is found by --deep alone.

    \b
      chinaai status
      chinaai status --deep               read and hash every element
      chinaai status --json
    """
    from ..graph.digest import differing

    with KnowledgeGraph(open_store(home)) as kg:
        found = kg.status(deep=deep)
        where = kg.store.endpoint.where
        gone = differing(kg.store) if found.deep else []
    if json:
        output.print_json(status_values(found))
    else:
        _show(found, where)
    if gone:
        hint = "run 'chinaai build --full'"
        if found.engine == "embedded":
            hint += "; where that doesn't end well, its files are damaged: move the folder away and build anew"
        raise StoreError(f"the graph does not hold what the loads wrote: {', '.join(gone[:3])}", where, hint)


def _show(found: Status, where: str) -> None:
    rows = [
        {"kind": kind, "name": name, "count": n} for kind, table in found.counts.items() for name, n in table.items()
    ]
    with paged():
        output.print_table(f"{found.engine}: {where}", ["kind", "name", "count"], rows)
        output.line(f"{found.nodes} nodes, {found.relationships} relationships, {found.retired} closed")
        note = "" if found.deep else "  (as loads wrote it; --deep reads every element)"
        output.line(f"digest {found.digest}{note}")
    for name in found.altered:
        output.note(f"altered outside a load: {name} (run 'chinaai build --full')")


def status_values(found: Status) -> dict[str, Any]:
    """The status as plain values."""
    return {
        "engine": found.engine, "nodes": found.nodes, "relationships": found.relationships,
        "counts": {**found.counts["labels"], **found.counts["types"]}, "digest": found.digest,
        "closed": found.retired, "altered": found.altered, "deep": found.deep,
    }  # fmt: skip
