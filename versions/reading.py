"""The elements of a version, one by one: blocks of seeds as they are written, or elements of a graph or an export."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..graph.elements import Batch
from ..graph.errors import ChinaAIError
from ..graph.model.base import MARK
from ..graph.problems import InputError
from ..graph.store import Store
from ..loaders.build import read_shipped
from ..loaders.yaml_reader import read_yaml

#: Kind (section of the seeds, or type), id, and everything it says by field.
Element = tuple[str, str, dict[str, Any]]
#: What a load works out from the rest, and no version differs in by itself.
_COMPUTED = frozenset({"hash", "bucket", "words", "keys", "dataset", "fact_id", "id"})
_NODES = f"""MATCH (n:{MARK}) WHERE n.dataset IS NOT NULL AND n.retired IS NULL
RETURN labels(n) AS labels, properties(n) AS props"""
_EDGES = f"""MATCH (a:{MARK})-[r]->(b:{MARK}) WHERE r.hash IS NOT NULL AND r.retired IS NULL
RETURN type(r) AS type, a.id AS start, b.id AS end, properties(r) AS props"""


@dataclass(frozen=True)
class Version:
    """One side of a comparison. `form` is `seeds`, `export` or `graph`."""

    name: str
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
        return Version("graph", "graph", lambda: _stored(open_graph()), lambda: _stored(open_graph()))
    path = Path(what)
    if path.is_dir():
        if not any(path.rglob("*.yaml")):
            raise ChinaAIError("the folder holds no seeds (*.yaml)", what, "name a folder like seeds/")
        return Version(what, "seeds", lambda: _written(path), lambda: _compiled(path))
    if path.is_file():
        return Version(what, "export", lambda: _exported(path), lambda: _exported(path))
    hint = "give 'graph', a folder of seeds, or a file of 'chinaai export -f jsonl'"
    raise ChinaAIError("there is no such version", what, hint)


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
    shipped = read_shipped(folder)
    if shipped.problems:
        raise InputError(shipped.problems)
    for _, loaded in shipped.loaded:
        yield from _of_batch(loaded.batch)


def _of_batch(batch: Batch) -> Iterator[Element]:
    for node in batch.nodes:
        yield node.label, node.id, _said(node.props)
    for edge in batch.edges:
        yield edge.type, edge.fact_id, {"start": edge.start[1], "end": edge.end[1], **_said(edge.props)}


def _stored(store: Store) -> Iterator[Element]:
    for row in store.stream(_NODES):
        label = next((name for name in sorted(row["labels"]) if name != MARK), MARK)
        yield label, str(row["props"]["id"]), _said(row["props"])
    for row in store.stream(_EDGES):
        yield row["type"], str(row["props"]["fact_id"]), {
            "start": row["start"], "end": row["end"], **_said(row["props"])
        }  # fmt: skip


def _exported(path: Path) -> Iterator[Element]:
    with path.open(encoding="utf-8") as file:
        for number, text in enumerate(file, 1):
            try:
                line = json.loads(text)
                if line["type"] == "graph":
                    continue
                if line["type"] == "node":
                    label = next(name for name in line["labels"] if name != MARK)
                    yield label, line["id"], _said(line["properties"])
                else:
                    ends = {"start": line["start"]["id"], "end": line["end"]["id"]}
                    yield line["label"], line["id"], {**ends, **_said(line["properties"])}
            except (ValueError, KeyError, TypeError, StopIteration) as error:
                hint = "it must be a file of 'chinaai export -f jsonl'"
                raise ChinaAIError(f"line {number} is no element of an export", str(path), hint) from error


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


def sized(elements: Iterable[Element]) -> Iterator[tuple[str, str, str]]:
    """The same with all fields as one text, equal where the fields are."""
    for kind, key, fields in elements:
        yield kind, key, json.dumps(fields, ensure_ascii=False, sort_keys=True)
