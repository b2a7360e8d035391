"""The commands of `chinaai`, each imported where it is called."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import import_module
from typing import Annotated, Any

import typer

from .. import __version__
from . import output
from .once import Once, Questions

#: Commands and groups of commands, in the order of --help: the module of each and its name there. One is imported, and
#: its options are made, where it is called: all of them take longer than a question takes to answer.
_COMMANDS = {
    "build": ("load", "build_command"), "check": ("load", "check_command"), "audit": ("audit", "audit_command"),
    "add": ("add", "add_app"), "load": ("load", "load_command"), "refresh": ("refresh", "refresh_command"),
    "ask": ("ask", "ask_app"), "watch": ("watch", "watch_app"), "neo4j": ("neo4j_server", "app"),
    "paths": ("paths", "paths_command"), "partners": ("paths", "partners_command"),
    "compare": ("paths", "compare_command"), "influence": ("network", "influence_command"),
    "communities": ("network", "communities_command"), "evidence-path": ("network", "evidence_path_command"),
    "cite": ("bundle", "cite_command"), "verify": ("bundle", "verify_command"), "diff": ("diff", "diff_command"),
    "changes": ("changes", "changes_command"), "view": ("view", "view_command"), "site": ("view", "site_command"),
    "export": ("export", "export_command"), "mcp": ("mcp_server", "mcp_command"), "cypher": ("ask", "cypher_command"),
    "status": ("ask", "status_command"),
}  # fmt: skip


def root(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks; may stand anywhere.")] = False,
) -> None:
    """A cited, dated knowledge graph of the China AI ecosystem.

    \b
      chinaai build                                  load the facts that ship; a second build writes nothing
      chinaai ask                                    list the questions
      chinaai ask partnerships --company Apple       ask one; names in English, 中文, tickers and ids
      chinaai status --json                          count and hash what stands

    The graph stands in your user data folder; --home or CHINAAI_HOME moves it. With NEO4J_URI set it is a server.
    """
    if version:
        output.out.print(__version__, highlight=False)
        raise typer.Exit


def application(words: Sequence[str] = ()) -> typer.Typer:
    """The command line: with the one command that the words call, with none for the version, or else with all."""
    made = typer.Typer(
        name="chinaai", cls=Questions, no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None
    )
    made.callback(invoke_without_command=True)(root)
    called = words[0] if words and (words[0] in _COMMANDS or list(words) == ["--version"]) else None
    for name, (module, word) in _COMMANDS.items():
        if called in (None, name):
            found = getattr(import_module(f".{module}", __package__), word)
            if name == "ask":
                found = found(words[1] if called and len(words) > 1 else None)
            if isinstance(found, typer.Typer):
                for command in found.registered_commands:
                    command.cls = Once
                made.add_typer(found, name=name)
            else:
                made.command(name, cls=Once)(found)
    return made


def __getattr__(name: str) -> Any:
    if name == "app":
        return _whole()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


@cache
def _whole() -> typer.Typer:
    return application()
