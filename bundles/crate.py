"""Writing an answer as an RO-Crate 1.2 with its provenance (PROV-O): question, rows, facts, sources, what made it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from ..graph.digest import status
from ..graph.export.target import replacing_file
from ..graph.seen import no_formula
from ..graph.store import Store
from ..queries.answers import counted
from .archive import packed, seal
from .behind import behind

SPEC = "https://w3id.org/ro/crate/1.2"
#: What each file is: its form, and what it holds in words.
FILES = {
    "question.json": ("application/json", "The question, its parameters, the day asked for and the day of asking"),
    "rows.json": ("application/json", "The rows of the answer"),
    "rows.csv": ("text/csv", "The rows of the answer as a table"),
    "facts.jsonl": ("application/jsonl", "Every fact and entity that the rows name, with all it says"),
    "sources.jsonl": ("application/jsonl", "Every source of these"),
    "graph.json": ("application/json", "Digest and size of the graph that was asked, and the software's versions"),
    "prov.jsonld": ("application/ld+json", "How the answer came about, as PROV-O"),
    "README.md": ("text/markdown", "The answer for a reader"),
}
#: Software whose version can change an answer.
_SOFTWARE = ("chinaai", "neo4j", "pydantic", "networkx", "numpy")


@dataclass(frozen=True)
class Question:
    """What was asked. `kind` is `question` for a saved one, or `paths` for market entry."""

    kind: str
    name: str
    title: str
    parameters: Mapping[str, Any]
    as_of: str
    known_on: str


@dataclass(frozen=True)
class Bundle:
    """What was written: the file, its seal, and how much stands in it."""

    path: Path
    seal: str
    rows: int
    facts: int
    sources: int


def write_bundle(
    store: Store, target: Path, question: Question, rows: Sequence[Mapping[str, Any]], columns: Sequence[str]
) -> Bundle:
    """Write an answer that was read from `store`; the file appears whole or not at all.

    Args:
        rows: plain values, as `Rows.to_dicts` gives them.
    Raises:
        ExportError: the place can't be written.
        StoreError: the database fails.
    """
    facts, sources = behind(store, list(rows))
    files = _files(store, question, rows, columns, facts, sources)
    files["ro-crate-metadata.json"] = _json(_metadata(question, files, sources))
    with replacing_file(target) as part:
        part.write_bytes(packed(files))
    return Bundle(target, seal(files), len(rows), len(facts), len(sources))


def _files(
    store: Store, question: Question, rows: Sequence[Mapping[str, Any]], columns: Sequence[str],
    facts: list[dict[str, Any]], sources: list[dict[str, Any]],
) -> dict[str, bytes]:  # fmt: skip
    found = status(store)
    made = datetime.now(UTC).isoformat(timespec="seconds")
    graph = {
        "digest": found.digest, "nodes": found.nodes, "relationships": found.relationships, "engine": found.engine,
        "made": made, "software": {name: _version(name) for name in _SOFTWARE},
    }  # fmt: skip
    return {
        "question.json": _json(asdict(question)),
        "rows.json": _json(list(rows)),
        "rows.csv": _csv(rows, columns),
        "facts.jsonl": _lines(facts),
        "sources.jsonl": _lines(sources),
        "graph.json": _json(graph),
        "prov.jsonld": _json(_provenance(question, graph, sources)),
        "README.md": _readme(question, graph, rows, facts, sources).encode(),
    }


def _metadata(question: Question, files: Mapping[str, bytes], sources: Sequence[dict[str, Any]]) -> dict[str, Any]:
    graph = json.loads(files["graph.json"])
    pages = [_page(source) for source in sources]
    software = {
        "@id": "#chinaai", "@type": "SoftwareApplication", "name": "chinaai",
        "softwareVersion": graph["software"]["chinaai"] or "unknown",
    }  # fmt: skip
    action = {
        "@id": "#asking", "@type": "CreateAction", "name": f"Asked: {question.title}", "endTime": graph["made"],
        "instrument": {"@id": "#chinaai"}, "object": [{"@id": page["@id"]} for page in pages],
        "result": [{"@id": "rows.json"}, {"@id": "rows.csv"}],
    }  # fmt: skip
    root = {
        "@id": "./", "@type": "Dataset", "name": f"{question.title} (as of {question.as_of})",
        "description": f"Answer of the China AI knowledge graph to '{question.name}' as of {question.as_of}, asked on "
        f"{question.known_on}; with every fact and source behind it.",
        "datePublished": graph["made"][:10], "license": {"@id": "https://creativecommons.org/licenses/by/4.0/"},
        "hasPart": [{"@id": name} for name in FILES], "mentions": [{"@id": "#asking"}],
        "citation": [{"@id": page["@id"]} for page in pages],
    }  # fmt: skip
    parts = [
        {"@id": name, "@type": "File", "name": text, "encodingFormat": form, "contentSize": str(len(files[name]))}
        for name, (form, text) in FILES.items()
    ]
    licence = {
        "@id": "https://creativecommons.org/licenses/by/4.0/", "@type": "CreativeWork", "name": "CC BY 4.0",
        "description": "Creative Commons Attribution 4.0 International",
    }  # fmt: skip
    head = {
        "@id": "ro-crate-metadata.json", "@type": "CreativeWork", "about": {"@id": "./"},
        "conformsTo": {"@id": SPEC},
    }  # fmt: skip
    return {"@context": f"{SPEC}/context", "@graph": [head, root, *parts, licence, software, action, *pages]}


def _page(source: Mapping[str, Any]) -> dict[str, Any]:
    props = source["props"]
    found = {
        "@id": props.get("url") or f"#source-{source['id']}", "@type": "CreativeWork", "identifier": source["id"],
        "name": props.get("title") or props.get("name") or source["id"], "datePublished": props.get("published"),
        "publisher": props.get("publisher"),
    }  # fmt: skip
    return {key: value for key, value in found.items() if value is not None}


def _provenance(question: Question, graph: Mapping[str, Any], sources: Sequence[dict[str, Any]]) -> dict[str, Any]:
    pages = [_page(source)["@id"] for source in sources]
    return {
        "@context": {"prov": "http://www.w3.org/ns/prov#", "xsd": "http://www.w3.org/2001/XMLSchema#"},
        "@graph": [
            {
                "@id": "rows.json", "@type": "prov:Entity", "prov:wasGeneratedBy": {"@id": "#asking"},
                "prov:wasDerivedFrom": [{"@id": f"urn:sha256:{graph['digest']}"}, *({"@id": page} for page in pages)],
            },
            {
                "@id": "#asking", "@type": "prov:Activity", "prov:used": {"@id": f"urn:sha256:{graph['digest']}"},
                "prov:endedAtTime": {"@type": "xsd:dateTime", "@value": graph["made"]},
                "prov:wasAssociatedWith": {"@id": "#chinaai"}, "prov:label": question.title,
            },
            {"@id": "#chinaai", "@type": "prov:SoftwareAgent"},
            {"@id": f"urn:sha256:{graph['digest']}", "@type": "prov:Entity"},
        ],
    }  # fmt: skip


def _readme(
    question: Question, graph: Mapping[str, Any], rows: Sequence[Any], facts: Sequence[Any],
    sources: Sequence[dict[str, Any]],
) -> str:  # fmt: skip
    asked = ", ".join(f"{name} = {value}" for name, value in question.parameters.items() if value not in (None, {}))
    lines = [
        f"# {question.title}", "",
        f"Question `{question.name}` with {asked or 'no parameters'}. As of {question.as_of}; asked on "
        f"{question.known_on} of a graph with the digest {graph['digest']}.", "",
        f"{counted(len(rows))}, resting on {len(facts)} facts and entities and {len(sources)} sources.", "",
        "`chinaai verify` with this file tells whether it is untouched, and what the same question answers today.", "",
        "## Sources", "",
    ]  # fmt: skip
    for source in sources:
        page = _page(source)
        told = ", ".join(str(page[key]) for key in ("publisher", "name", "datePublished") if page.get(key))
        lines.append(f"- {told}: {source['props'].get('url') or 'no address'} ({source['id']})")
    return "\n".join(lines) + "\n"


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, default=str) + "\n").encode()


def _lines(items: Sequence[Any]) -> bytes:
    return "".join(json.dumps(item, ensure_ascii=False, default=str) + "\n" for item in items).encode()


def _csv(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> bytes:
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row.get(column)) for column in columns])
    return made.getvalue().encode()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        return json.dumps(value, ensure_ascii=False, default=str)
    return no_formula(value)


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
