"""Commands for a local Neo4j server: start, stop, status."""

from __future__ import annotations

from typing import Annotated

import typer

from ..graph.engine.endpoint import Endpoint
from ..graph.engine.local_neo4j import LocalNeo4j
from ..graph.store import home_folder
from . import output
from .options import Home, Json

app = typer.Typer(no_args_is_help=True, help="A real Neo4j Community server on this machine (extra 'neo4j').")


def _settings(endpoint: Endpoint) -> dict[str, str]:
    return {
        "NEO4J_URI": endpoint.uri, "NEO4J_USERNAME": endpoint.username, "NEO4J_PASSWORD": endpoint.password,
        "NEO4J_DATABASE": endpoint.database or "neo4j",
    }  # fmt: skip


def _print_settings(endpoint: Endpoint, json: bool) -> None:
    if json:
        output.print_json(_settings(endpoint))
    else:
        for key, value in _settings(endpoint).items():
            output.out.print(f"export {key}={value}", markup=False, highlight=False, soft_wrap=True)


@app.command()
def start(
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Bolt port; a free one by default.")] = None,
    home: Home = None, json: Json = False,
) -> None:  # fmt: skip
    """Start the server and print the settings that other tools need; a second start finds it running.

    The first start fetches the server's artifacts (about 160 MB) into the user's cache folder.
    To use it in this shell: eval "$(chinaai neo4j start)"
    """
    server = LocalNeo4j(home_folder(home))
    before = server.status()
    endpoint = server.start(port, on_progress=lambda text: output.err.print(text, highlight=False))
    if before.running:
        output.err.print(f"it runs already, process {before.pid}", highlight=False)
    _print_settings(endpoint, json)


@app.command()
def stop(home: Home = None) -> None:
    """Stop the server by its own process id; its data stays."""
    server = LocalNeo4j(home_folder(home))
    output.err.print("stopped" if server.stop() else "no server runs here")


@app.command()
def status(home: Home = None, json: Json = False) -> None:
    """Say whether the server runs, and with which settings."""
    server = LocalNeo4j(home_folder(home))
    found = server.status()
    if json:
        output.print_json(found.__dict__)
        return
    if not found.running:
        output.err.print(f"no server runs in {found.home}", markup=False, soft_wrap=True)
        return
    output.err.print(f"Neo4j {found.version} runs, process {found.pid}, in {found.home}", markup=False, soft_wrap=True)
    endpoint = server.endpoint()
    if endpoint:
        _print_settings(endpoint, json=False)
