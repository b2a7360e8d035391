"""The elements of a version, one by one: blocks of seeds as they are written, or elements of a graph or an export."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..graph.elements import Edge, Node
from ..graph.errors import ChinaAIError
from ..graph.export.reading import Reader
from ..graph.marks import own_label
from ..graph.problems import InputError
from ..graph.store import Store
from ..loaders.build import read_shipped
from ..loaders.yaml_reader import read_yaml

#: Kind (section of the seeds, or type), id, and everything it says by field.
Element = tuple[str, str, dict[str, Any]]
#: What a load works out from the rest, and no version differs in by itself.
_COMPUTED = frozenset({"hash", "bucket", "words", "keys", "dataset", "fact_id", "id"})


@dataclass(frozen=True)
class Version:
    """One side of a comparison. `form` is `seeds`, `export` or `graph`."""

    form: str
    read: Callable[[], Iterator[Element]]
    built: Callable[[], Iterator[Element]]


def version_of(what: str, open_graph: Callable[[], Store]) -> Version:
    """The version that a word of the command names: `graph`, a folder of seeds, or an export in JSON Lines.

    Args:
        open_graph: gives the store of the word `graph`.
    Raises:
        ChinaAIError: it is none of these.
    """
    if what == "graph":
        return Version("graph", lambda: _stored(open_graph()), lambda: _stored(open_graph()))
    path = Path(what)
    if what.strip() and path.is_dir():
        if not any(path.rglob("*.yaml")):
            raise ChinaAIError("the folder holds no seeds (*.yaml)", what, "name a folder like seeds/")
        return Version("seeds", lambda: _written(path), lambda: _compiled(path))
    if path.is_file():
        return Version("export", lambda: _exported(path), lambda: _exported(path))
    hint = "give 'graph', a folder of seeds, or a file of 'chinaai export -f jsonl'"
    raise ChinaAIError("there is no such version", what or "an empty text", hint)


def _written(folder: Path) -> Iterator[Element]:
    """Blocks as they stand in the files, whatever version of this package read them; of other files their hash."""
    seen: dict[tuple[str, str], int] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if not path.is_file() or "__pycache__" in path.parts or path.suffix in (".md", ".py") or path.name == "LICENSE":
            continue
        if path.suffix != ".yaml":
            yield "file", name, {"sha256": _hash(path)}
            continue
        block, problems = read_yaml(path, name)
        if problems or block is None:
            raise InputError(problems)
        for kind, key, fields in _sections(block.value, path.parent.relative_to(folder).as_posix(), name):
            count = seen[kind, key] = seen.get((kind, key), 0) + 1
            yield kind, key if count == 1 else f"{key}#{count}", fields


def _sections(document: Any, folder: str, name: str) -> Iterator[Element]:
    if not isinstance(document, dict):
        yield "file", name, {"content": document}
        return
    for section, blocks in document.items():
        kind = section if folder == "." else f"{folder}/{section}"
        if not isinstance(blocks, list):
            yield kind, name, {"content": blocks}
            continue
        for item in blocks:
            fields = dict(item) if isinstance(item, dict) else {"text": item}
            yield kind, _key(fields), {k: v for k, v in fields.items() if k != "id"}


def _key(fields: dict[str, Any]) -> str:
    for name in ("id", "raw", "printed", "number", "name", "text"):
        if isinstance(fields.get(name), str):
            return str(fields[name])
    return hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()[:12]


def _compiled(folder: Path) -> Iterator[Element]:
    """Elements as a build would make them. Raises InputError where the seeds have problems."""
    for _, loaded in read_shipped(folder).sound().loaded:
        yield from _elements(loaded.batch.nodes, loaded.batch.edges)


def _elements(nodes: Iterable[Node], edges: Iterable[Edge]) -> Iterator[Element]:
    for node in nodes:
        if node.props.get("retired") is None:
            yield node.label, node.id, _said(node.props)
    for edge in edges:
        if edge.props.get("retired") is None:
            yield edge.type, edge.fact_id, {"start": edge.start[1], "end": edge.end[1], **_said(edge.props)}


def _stored(store: Store) -> Iterator[Element]:
    """Elements that stand, as the exports read them. Raises ExportError where the graph changes meanwhile."""
    reader = Reader(store)
    return _elements(reader.nodes(), reader.edges())


def _exported(path: Path) -> Iterator[Element]:
    number, hint = 0, "it must be a file of 'chinaai export -f jsonl'"
    with path.open("rb") as file:
        for number, text in enumerate(file, 1):
            try:
                line = json.loads(text)
                if line["type"] == "graph" or line["properties"].get("retired"):
                    continue
                if line["type"] == "node":
                    yield own_label(line["labels"]), line["id"], _said(line["properties"])
                else:
                    ends = {"start": line["start"]["id"], "end": line["end"]["id"]}
                    yield line["label"], line["id"], {**ends, **_said(line["properties"])}
            except (ValueError, KeyError, TypeError) as error:
                raise ChinaAIError(f"line {number} is no element of an export", str(path), hint) from error
    if not number:
        raise ChinaAIError("the file is empty", str(path), hint)


def _said(props: Any) -> dict[str, Any]:
    return {name: _plain(props[name]) for name in sorted(props) if name not in _COMPUTED and props[name] is not None}


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)  # JSON and a database may give the same number in two ways
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
