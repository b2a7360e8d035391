"""The one door to the store: what a batch may hold is what the declarations allow."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel, ValidationError, create_model
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails, SchemaValidator

from . import statements
from .elements import BOOKKEEPING, Batch, Edge, Node
from .model import EDGES, NODES
from .model.shapes import Ref, Structure
from .model.values import FactId
from .problems import Problem
from .store import Store

#: A node that must stand: its type and id.
End = tuple[str, str]


def admit(batch: Batch, store: Store, *, beside: Mapping[str, str] | None = None) -> list[Problem]:
    """Everything that keeps a batch from being loaded; nothing where it may be.

    Checked are types, ids, the types of both ends, properties and their values, evidence where the declaration asks
    for it, and that every end, source and conflict stands in the batch, in the store or in `beside`.

    Args:
        beside: ids and types of the nodes of batches that are loaded together with this one, before it.
    """
    told = _Told(batch)
    told.twice("node", Counter(node.id for node in batch.nodes))
    told.twice("fact", Counter(edge.fact_id for edge in batch.edges))
    own = {**(beside or {}), **{node.id: node.label for node in batch.nodes}}
    needed: dict[End, str] = {}
    for node in batch.nodes:
        if told.declared(node, node.label, NODES, "node type"):
            told.shape(node, _node_shape(node.label), node.label)
            _need(needed, _node_shape(node.label), node)
    for edge in batch.edges:
        if told.declared(edge, edge.type, EDGES, "edge type") and told.ends(edge):
            bare = "status" not in edge.props or "sources" not in edge.props
            shape = _edge_shape(edge.type, bare and own.get(edge.start[1]) in EDGES[edge.type].bare_from)
            told.shape(edge, shape, edge.type)
            _need(needed, shape, edge)
            for end in (edge.start, edge.end):
                needed.setdefault(end, edge.fact_id)
    told.missing(needed, own, store)
    return sorted(told.problems)


@dataclass(frozen=True)
class _Shape:
    """A compiled declaration: its validator, and which properties refer to nodes."""

    model: type[BaseModel]
    refs: tuple[tuple[str, Ref], ...]

    @property
    def validator(self) -> SchemaValidator:
        return self.model.__pydantic_validator__  # type: ignore[return-value]


@cache
def _node_shape(label: str) -> _Shape:
    cls = NODES[label]
    return _compile(create_model(label, __base__=(cls, cls.kept) if not issubclass(cls, cls.kept) else cls))


@cache
def _edge_shape(kind: str, bare: bool) -> _Shape:
    props = Structure if bare else EDGES[kind].props
    return _compile(create_model(kind, __base__=props, fact_id=(FactId, ...)))


def _compile(model: type[BaseModel]) -> _Shape:
    refs = ((name, ref) for name, info in model.model_fields.items() for ref in _refs(info.annotation, info))
    return _Shape(model, tuple(refs))


def _refs(annotation: Any, info: FieldInfo | None = None) -> Iterator[Ref]:
    marks = (*(info.metadata if info else ()), *getattr(annotation, "__metadata__", ()))
    yield from (mark for mark in marks if isinstance(mark, Ref))
    for part in get_args(annotation):
        yield from _refs(part)


def _need(needed: dict[End, str], shape: _Shape, element: Node | Edge) -> None:
    for name, ref in shape.refs:
        held = element.props.get(name)
        for value in held if isinstance(held, list) else [held] if isinstance(held, str) else ():
            needed.setdefault((ref.label, f"{ref.prefix}{value}"), element.key)


class _Told:
    """The problems of one batch, growing."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self.problems: list[Problem] = []

    def add(self, code: str, key: str, message: str, hint: str = "") -> None:
        """Note a problem of an element."""
        self.problems.append(Problem(f"data set {self.batch.dataset}", 0, 0, code, f"'{key}': {message}", hint))

    def twice(self, what: str, counts: Counter[str]) -> None:
        """Ids that stand more than once."""
        for key in (key for key, count in counts.items() if count > 1):
            self.add("DUPLICATE-ID", key, f"the {what} id stands twice", "an id names one thing in a data set")

    def declared(self, element: Node | Edge, name: str, known: dict[str, Any], what: str) -> bool:
        """Whether the type of an element is declared."""
        if name not in known:
            near = get_close_matches(str(name), known, n=1)
            hint = f"did you mean {near[0]}?" if near else "the types are listed in docs/schema.md"
            self.add("UNKNOWN-TYPE", element.key, f"unknown {what} '{name}'", hint)
        return name in known

    def ends(self, edge: Edge) -> bool:
        """Whether both ends are of types that the edge may join."""
        kind = EDGES[edge.type]
        fit = True
        for what, (label, _), allowed in (("start", edge.start, kind.subjects), ("end", edge.end, kind.objects)):
            if label not in allowed:
                message = f"{edge.type} can't {what} at the type '{label}'"
                self.add("EDGE-END", edge.key, message, f"allowed: {', '.join(allowed)}")
                fit = False
        return fit

    def shape(self, element: Node | Edge, shape: _Shape, kind: str) -> None:
        """Properties against the declaration."""
        props = element.props
        if not props.keys().isdisjoint(BOOKKEEPING):
            props = {name: value for name, value in props.items() if name not in BOOKKEEPING}
        try:
            shape.validator.validate_python(props, strict=True)
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                self.add(*_words(detail, element.key, kind, shape.model))

    def missing(self, needed: dict[End, str], own: dict[str, str], store: Store) -> None:
        """Ends, sources and conflicts that stand nowhere, or as another type."""
        elsewhere = sorted({key for _, key in needed if key not in own})
        rows = store.read(statements.KNOWN_ENDS, ids=elsewhere) if elsewhere else []
        standing: dict[str, list[str]] = defaultdict(list, {row["id"]: row["labels"] for row in rows})
        for (label, key), user in needed.items():
            labels = [own[key]] if key in own else standing[key]
            if label not in labels:
                others = ", ".join(name for name in labels if name in NODES)
                what = f"'{key}' is no {label} but {others}" if others else f"{label} '{key}' does not stand"
                hint = "name the type that it has" if others else "load it first, or put it into the batch"
                self.add("MISSING-NODE", user, what, hint)


def _words(detail: ErrorDetails, key: str, kind: str, model: type[BaseModel]) -> tuple[str, str, str, str]:
    """Code, key, message and hint for one error of pydantic."""
    name = str(detail["loc"][0]) if detail["loc"] else ""
    if detail["type"] == "extra_forbidden":
        near = get_close_matches(name, model.model_fields, n=1)
        hint = f"did you mean {near[0]}?" if near else "declare it in graph/model, or leave it out"
        return "UNKNOWN-PROPERTY", key, f"{kind} has no property '{name}'", hint
    about = model.model_fields[name].description or "" if name in model.model_fields else ""
    if detail["type"] == "missing":
        evidence = name in ("status", "confidence", "sources")
        code = "NO-EVIDENCE" if evidence else "MISSING-PROPERTY"
        return code, key, f"{kind} needs '{name}'", about or ("a fact says how sure it is and who says so" * evidence)
    said = detail["msg"].removeprefix("Value error, ").removeprefix("Input ")
    return "VALUE", key, f"{name} can't be {detail['input']!r:.60}", said if about == "" else f"{said}; {about}"
