"""What a declaration must be, told when it is read: type or edge, its field, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import ModuleType, UnionType
from typing import Annotated, Any, Literal, NoReturn, Union, get_args, get_origin

from pydantic import BaseModel

from ..dates import PartialDate
from ..elements import BOOKKEEPING
from ..errors import ChinaAIError
from ..nearest import did_you_mean
from .base import FAMILIES, Declared, EdgeType, Metric
from .shapes import Cited, Kept
from .vocabularies import VOCABULARIES

#: What a database keeps as a property, alone or in a list.
_VALUES = (str, bool, int, float, date, PartialDate)
#: Words of a class itself; `note` alone is said of things and of facts.
_OF_THE_CLASS = frozenset(name for name in Declared.__annotations__ if name not in {"id", "model_config"})
_OF_THE_EVIDENCE = frozenset({*Kept.model_fields, *Cited.model_fields}) - {"note"}


def file_of(module: str) -> str:
    """File of a module of declarations, as a reader finds it in the checkout."""
    return module.removeprefix("chinaai.").replace(".", "/") + ".py"


def check_node(cls: type[Declared]) -> None:
    """Refuse a node type that the page, the store or an export would stumble over."""
    what, where = f"node type {cls.label()}", file_of(cls.__module__)
    _check_fields(cls, what, where)
    if not cls.zh or not cls.look:
        raise ChinaAIError(f"{what} needs a Chinese name and a look", where, 'zh="公司", look="blue dot"')
    if not cls.__dict__.get("__doc__"):
        raise ChinaAIError(f"{what} has no docstring", where, "say in one sentence under its name what it is")
    if cls.family not in FAMILIES:
        said = f"there is no family '{cls.family}'" if cls.family else "it has no family"
        meant = did_you_mean(cls.family, FAMILIES) or f"one of {', '.join(FAMILIES)}"
        raise ChinaAIError(f"{what}: {said}", where, meant)
    check_term(cls.term, what, where)


def check_term(term: str | None, what: str, where: str) -> None:
    """Refuse a public term whose vocabulary no export knows."""
    prefix, colon, name = (term or "schema:x").partition(":")
    if not colon or not name:
        raise ChinaAIError(f"{what}: the term '{term}' is not prefix:name", where, 'write it as term="schema:Place"')
    if prefix not in VOCABULARIES:
        raise ChinaAIError(
            f"{what}: the term '{term}' has an unknown prefix", where, f"known are {', '.join(VOCABULARIES)}; "
            "a further one stands in graph/model/vocabularies.py",
        )  # fmt: skip


def check_edge(edge: EdgeType, nodes: Iterable[str], where: str) -> None:
    """Refuse an edge type with undeclared ends, an unknown term, or properties that no database keeps."""
    what, known = f"edge type {edge.name}", list(nodes)
    for field in ("subjects", "objects", "bare_from"):
        for name in getattr(edge, field):
            if name not in known:
                meant = did_you_mean(name, known) or "declare it in a file of graph/model first"
                raise ChinaAIError(f"{what}: {field} names the undeclared type '{name}'", where, meant)
    check_term(edge.term, what, where)
    _check_values(edge.props, what, where)


def check_metric(metric: Metric, known: Iterable[str], where: str) -> None:
    """Refuse a metric with an unknown term, or said of what no figure can be about."""
    check_term(metric.term, f"metric {metric.name}", where)
    for name in metric.subjects:
        if name not in known:
            meant = did_you_mean(name, known) or "the edge type OF in graph/model/evidence.py lists them"
            raise ChinaAIError(f"metric {metric.name}: no figure can be about the type '{name}'", where, meant)


def check_listed(modules: Iterable[ModuleType]) -> None:
    """Refuse a node or edge type that no list of its file names: it would be absent without a word."""
    for module in modules:
        file, nodes, edges = (
            file_of(module.__name__),
            *(getattr(module, f"{kind}_TYPES", ()) for kind in ("NODE", "EDGE")),
        )
        for name, held in vars(module).items():
            own = isinstance(held, type) and issubclass(held, Declared) and held.__module__ == module.__name__
            if own and not name.startswith("_") and held not in nodes:
                raise ChinaAIError(f"node type {name} is not listed", file, "add it to NODE_TYPES of its file")
            for edge in held if isinstance(held, tuple) else (held,):
                if isinstance(edge, EdgeType) and edge not in edges:
                    hint = f"add {name} to EDGE_TYPES of its file"
                    raise ChinaAIError(f"edge type {edge.name} is not listed", file, hint)


def told_twice(what: str, name: str, first: str, second: str) -> NoReturn:
    """Refuse a second declaration of a name, with the files of both."""
    where = f"twice in {first}" if first == second else f"in {first} and in {second}"
    raise ChinaAIError(f"{what} {name} is declared twice, {where}", hint="rename one, or take it out of its list")


def _check_fields(cls: type[Declared], what: str, where: str) -> None:
    for name, field in cls.model_fields.items():
        if owner := _keeper(cls, name, field.annotation):
            raise ChinaAIError(f"{what}: the field '{name}' is kept by {owner}", where, "give it another name")
    _check_values(cls, what, where)
    _check_values(cls.kept, what, where)


def _keeper(cls: type[Declared], name: str, annotation: Any) -> str:
    """Who else writes a property of this name; a loader may declare what loads keep, as the same kind of value."""
    if name in _OF_THE_CLASS:
        return "the class itself"
    if name in BOOKKEEPING:
        return "the store"
    kept = cls.kept.model_fields.get(name)
    if kept is not None and (cls.curated or annotation != kept.annotation):
        return "a load"
    return "the evidence" if cls.curated and name in _OF_THE_EVIDENCE else ""


def _check_values(shape: type[BaseModel], what: str, where: str) -> None:
    for name, field in shape.model_fields.items():
        if not field.exclude and not _storable(field.annotation):
            told = getattr(field.annotation, "__name__", None) if not get_args(field.annotation) else None
            said = f"{what}: the field '{name}' is of the type {told or field.annotation}, which no database keeps"
            raise ChinaAIError(said, where, "use text, a number, a truth value, a date, or a list of one of these")


def _storable(kind: Any, inside: bool = False) -> bool:
    """Whether values of an annotation are properties: a plain value, several kinds of these, or a list of them."""
    origin, args = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _storable(args[0], inside)
    if origin is Literal:
        return all(isinstance(word, _VALUES) for word in args)
    if origin in (Union, UnionType):
        return all(part is type(None) or _storable(part, inside) for part in args)
    if origin is list:
        return not inside and _storable(args[0], inside=True)
    return isinstance(kind, type) and issubclass(kind, _VALUES)


def by_file(modules: Iterable[ModuleType], name: str) -> Mapping[str, Iterable[Any]]:
    """What a list of each module holds, by its file."""
    return {file_of(module.__name__): getattr(module, name) for module in modules}
