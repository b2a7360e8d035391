"""All forms in which the graph leaves, by name, and the one way to write them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ..errors import ExportError
from ..nearest import did_you_mean
from ..store import Store
from . import cypher_script, json_forms, tables, xml_forms
from .reading import Progress, Reader
from .selection import Selection
from .target import replacing_file, replacing_folder


@dataclass(frozen=True)
class Format:
    """A form of export. `walks` is how often it reads the graph; `computed` keeps hash and bucket."""

    name: str
    title: str
    write: Callable[[Reader, Path], list[str]] | None = None
    folder: bool = False
    walks: int = 2
    computed: bool = False
    #: Writers in RDF are named, and imported when they are wanted: rdflib takes half a second.
    rdf: str | None = None
    #: True where the graph's own content is not needed.
    declared: bool = False


@dataclass(frozen=True)
class Summary:
    """What an export wrote, and what the user has to know about it."""

    format: str
    path: str
    nodes: int
    relationships: int
    remarks: list[str]


_ALL = (
    Format("jsonl", "JSON Lines, one element a line", json_forms.write_jsonlines),
    Format("graphml", "GraphML, for networkx, igraph, yEd", xml_forms.write_graphml),
    Format("gexf", "GEXF with a timeline, for Gephi", xml_forms.write_gexf),
    Format("neo4j-csv", "folder for neo4j-admin database import", tables.write_neo4j_csv, folder=True, computed=True),
    Format("parquet", "folder of Parquet tables (extra: parquet)", tables.write_parquet, folder=True),
    Format("cypher", "Cypher script for an empty database", cypher_script.write_cypher, walks=1, computed=True),
    Format("node-link", "node-link JSON, for networkx and D3", json_forms.write_node_link),
    Format("trig", "RDF in TriG: each fact in a graph of its name, with PROV-O", walks=1, rdf="write_trig"),
    Format("turtle", "RDF in Turtle: reified facts and the triples of open ones", walks=1, rdf="write_turtle"),
    Format("jsonld", "RDF in JSON-LD 1.1: what TriG holds", walks=1, rdf="write_jsonld"),
    Format("vocabulary", "OWL vocabulary of the RDF, in Turtle", declared=True),
    Format("shapes", "SHACL shapes of the RDF, in Turtle", declared=True),
)
FORMATS: dict[str, Format] = {form.name: form for form in _ALL}


def export(
    store: Store, path: Path, name: str, selection: Selection | None = None, *, base: str | None = None,
    progress: Progress | None = None,
) -> Summary:  # fmt: skip
    """Write the graph to a file or folder, which appears whole or not at all.

    Args:
        name: one of FORMATS.
        selection: what to leave out; nothing by default.
        base: address under which RDF names lie; one that belongs to nobody by default.
        progress: called with elements done and elements in all.
    Raises:
        ExportError: unknown format, or the place can't be written; what stood there is unharmed.
        StoreError: the database fails.
    """
    form = format_of(name, base=base, selects=selection is not None and not selection.everything)
    if form.declared:
        return export_declared(path, name, base=base)
    write = form.write or _rdf_writer(form, base)
    with (replacing_folder if form.folder else replacing_file)(path) as part:
        reader = Reader(store, selection, computed=form.computed, walks=form.walks, progress=progress)
        if not reader.labels:
            raise ExportError("the graph is empty", store.endpoint.where, "run 'chinaai build' first")
        remarks = write(reader, part)
    nodes = sum(reader.labels.values()) - len(reader.left_out.nodes)
    edges = sum(reader.types.values()) - len(reader.left_out.edges)
    return Summary(name, str(path), nodes, edges, [*reader.left_out.sentences(reader.selection), *remarks])


def export_declared(path: Path, name: str, *, base: str | None = None) -> Summary:
    """Write what follows from the declarations alone: the vocabulary, or the shapes. Raises ExportError."""
    from . import shapes, vocabulary
    from .rdf_terms import BASE, Terms

    made = {"vocabulary": vocabulary.vocabulary, "shapes": shapes.shapes}[format_of(name).name](
        Terms(BASE if base is None else base)
    )
    with replacing_file(path) as part:
        part.write_text(made.serialize(format="turtle"), encoding="utf-8", newline="\n")
    return Summary(name, str(path), 0, 0, [])


def format_of(name: str, *, base: str | None = None, selects: bool = False) -> Format:
    """A format by its name. Raises ExportError that lists all, or says which option is none of this format.

    Args:
        base: base of names that is asked for.
        selects: whether a day or licence is asked for.
    """
    form = FORMATS.get(str(name))
    if form is None:
        raise ExportError(
            f"there is no format '{name}'",
            hint=f"{did_you_mean(str(name), FORMATS)} known: {', '.join(FORMATS)}".strip(),
        )
    if base is not None and not (form.rdf or form.declared):
        raise ExportError(f"names in {name} have no base", hint="leave base out, or ask for a form of RDF")
    if selects and form.declared:
        raise ExportError(f"{name} holds no facts to choose from", hint="leave day and licence out")
    return form


def _rdf_writer(form: Format, base: str | None) -> Callable[[Reader, Path], list[str]]:
    from . import rdf
    from .rdf_terms import BASE, Terms

    terms = Terms(BASE if base is None else base)
    writer: Callable[[Reader, Path, Terms], list[str]] = getattr(rdf, str(form.rdf))
    return lambda reader, path: writer(reader, path, terms)
