"""What the declarations allow an element to hold, compiled once for each type."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel, create_model
from pydantic.fields import FieldInfo
from pydantic_core import SchemaValidator

from .dates import PartialDate
from .elements import BOOKKEEPING
from .model import EDGES, NODES
from .model.shapes import Ref, Structure
from .model.values import FactId, Ticker


@dataclass(frozen=True)
class Compiled:
    """A declaration, compiled.

    Attributes:
        refs: properties that refer to nodes.
        numbers: those that hold numbers.
        written: those whose values have one written form.
        unwritten: those that are not for a batch to write.
    """

    model: type[BaseModel]
    refs: tuple[tuple[str, Ref], ...]
    numbers: tuple[str, ...]
    written: tuple[str, ...]
    unwritten: frozenset[str]

    @property
    def validator(self) -> SchemaValidator:
        return self.model.__pydantic_validator__  # type: ignore[return-value]


@cache
def of_node(label: str) -> Compiled:
    """What a node of a type may hold."""
    cls = NODES[label]
    return _compile(create_model(label, __base__=(cls, cls.kept) if not issubclass(cls, cls.kept) else cls))


@cache
def of_edge(kind: str, bare: bool) -> Compiled:
    """What an edge of a type may hold; `bare` where it may stand without evidence."""
    props = Structure if bare else EDGES[kind].props
    return _compile(create_model(kind, __base__=props, fact_id=(FactId, ...)))


def fields_of(kind: str, *, node: bool) -> tuple[str, ...]:
    """Names of the properties that elements of a type may have, in their order."""
    if node:
        return tuple(of_node(kind).model.model_fields)
    return tuple({**of_edge(kind, True).model.model_fields, **of_edge(kind, False).model.model_fields})


def _compile(model: type[BaseModel]) -> Compiled:
    refs = ((name, ref) for name, info in model.model_fields.items() for ref in _refs(info.annotation, info))
    parts = {name: set(_parts(info.annotation)) for name, info in model.model_fields.items()}
    numbers = tuple(name for name, held in parts.items() if held & {int, float})
    written = tuple(name for name, held in parts.items() if held & {PartialDate, Ticker})
    seeds = (name for name, info in model.model_fields.items() if info.exclude)
    return Compiled(model, tuple(refs), numbers, written, frozenset((*BOOKKEEPING, *seeds)))


def _parts(annotation: Any) -> Iterator[Any]:
    """An annotation and all that it is made of."""
    yield annotation
    for part in get_args(annotation):
        if isinstance(part, Hashable):
            yield from _parts(part)


def _refs(annotation: Any, info: FieldInfo | None = None) -> Iterator[Ref]:
    marks = (*(info.metadata if info else ()), *getattr(annotation, "__metadata__", ()))
    yield from (mark for mark in marks if isinstance(mark, Ref))
    for part in get_args(annotation):
        yield from _refs(part)
