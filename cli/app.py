"""The command `chinaai`: errors in words, tracebacks only with --debug."""

from __future__ import annotations

import logging
import sys
from typing import Annotated

import typer

from .. import __version__
from ..graph.errors import ChinaAIError
from ..loaders.base import InputError
from . import load, neo4j_server, output
from .ask import ask_app, cypher_command, status_command
from .audit import audit_command
from .export import HELP as EXPORT_HELP
from .export import export_command
from .network import communities_command, evidence_path_command, influence_command
from .paths import compare_command, partners_command, paths_command
from .view import view_command

app = typer.Typer(
    name="chinaai", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
    help="A cited, dated knowledge graph of the China AI ecosystem. Begin with 'chinaai build', then 'chinaai ask'.",
)  # fmt: skip
app.command("build")(load.build_command)
app.command("check")(load.check_command)
app.command("audit")(audit_command)
app.command("load")(load.load_command)
app.add_typer(ask_app, name="ask")
app.add_typer(neo4j_server.app, name="neo4j")
app.command("paths")(paths_command)
app.command("partners")(partners_command)
app.command("compare")(compare_command)
app.command("influence")(influence_command)
app.command("communities")(communities_command)
app.command("evidence-path")(evidence_path_command)
app.command("view")(view_command)
app.command("export", help=EXPORT_HELP)(export_command)
app.command("cypher")(cypher_command)
app.command("status")(status_command)


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks.")] = False,
) -> None:
    """A cited, dated knowledge graph of the China AI ecosystem."""
    if version:
        output.out.print(__version__, highlight=False)
        raise typer.Exit


def main() -> None:
    """Entry point of the command."""
    for stream in (sys.stdout, sys.stderr):  # Windows consoles may stand on a legacy code page
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    logging.getLogger("neo4j").addHandler(logging.NullHandler())  # its retries are told as one error, not as warnings
    try:
        app()
    except InputError as error:
        for problem in error.problems:
            output.err.print(str(problem), markup=False, highlight=False, soft_wrap=True)
        output.err.print(str(error), markup=False)
        sys.exit(1)
    except ChinaAIError as error:
        if "--debug" in sys.argv:
            raise
        output.err.print(f"chinaai: {error}", markup=False, highlight=False)
        sys.exit(1)
    except SystemExit as leaving:
        if leaving.code == 130:  # typer has turned Ctrl-C into this already, without a word
            output.err.print("interrupted; the next run goes on from here")
        raise
