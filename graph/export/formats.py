"""All forms in which the graph leaves, by name, and the one way to write them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ..store import Store
from . import cypher_script, gexf, graphml, jsonlines, tables
from .errors import ExportError
from .reading import Progress, Reader
from .selection import Selection
from .target import replacing_file, replacing_folder


@dataclass(frozen=True)
class Format:
    """A form of export. `walks` is how often it reads the graph; `computed` keeps hash and bucket."""

    name: str
    title: str
    write: Callable[[Reader, Path], list[str]]
    folder: bool = False
    walks: int = 2
    computed: bool = False


@dataclass(frozen=True)
class Summary:
    """What an export wrote, and what the user has to know about it."""

    format: str
    path: str
    nodes: int
    relationships: int
    remarks: list[str]


_ALL = (
    Format("jsonl", "JSON Lines, one element a line", jsonlines.write_jsonlines),
    Format("graphml", "GraphML, for networkx, igraph, yEd", graphml.write_graphml),
    Format("gexf", "GEXF with a timeline, for Gephi", gexf.write_gexf),
    Format("neo4j-csv", "folder for neo4j-admin database import", tables.write_neo4j_csv, folder=True, computed=True),
    Format("parquet", "folder of Parquet tables (extra: parquet)", tables.write_parquet, folder=True),
    Format("cypher", "Cypher script for an empty database", cypher_script.write_cypher, walks=1, computed=True),
)
FORMATS: dict[str, Format] = {form.name: form for form in _ALL}


def export(
    store: Store, path: Path, name: str, selection: Selection | None = None, *, progress: Progress | None = None
) -> Summary:
    """Write the graph to a file or folder, which appears whole or not at all.

    Args:
        name: one of FORMATS.
        selection: what to leave out; nothing by default.
        progress: called with elements done and elements in all.
    Raises:
        ExportError: unknown format, or the place can't be written; what stood there is unharmed.
        StoreError: the database fails.
    """
    if name not in FORMATS:
        raise ExportError(f"there is no format '{name}'", hint=f"known: {', '.join(FORMATS)}")
    form = FORMATS[name]
    with (replacing_folder if form.folder else replacing_file)(path) as part:
        reader = Reader(store, selection, computed=form.computed, walks=form.walks, progress=progress)
        if not reader.labels:
            raise ExportError("the graph is empty", store.endpoint.where, "run 'chinaai build' first")
        remarks = form.write(reader, part)
    nodes = sum(reader.labels.values()) - len(reader.left_out.nodes)
    edges = sum(reader.types.values()) - len(reader.left_out.edges)
    return Summary(name, str(path), nodes, edges, [*reader.left_out.sentences(reader.selection), *remarks])
