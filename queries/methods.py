"""A method for each question of the catalogue, with its parameters, types and words.

Each is made when it is first looked at; `methods.pyi` beside this file says the same to editors and type
checkers, and is written by `python -m chinaai.cli.stub`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import date
from typing import Any, Literal

from .params import Param
from .saved import SavedQuery, get_query, method_name, question_names, taken

AsOf = date | str | None
#: What every question takes besides.
KNOWN = "day whose knowledge answers, before later mends; it is also the day asked where that is left out"
_TYPES: dict[str, Any] = {"date": AsOf, "integer": int, "float": float, "boolean": bool}


class Methods:
    """One method for each question: `kg.partnerships("苹果")` is `kg.run("partnerships", company="苹果")`."""

    def __init_subclass__(cls) -> None:
        """What a class of ours adds is no name for a question: it would hide the method of the question."""
        if cls.__module__.partition(".")[0] == __name__.partition(".")[0]:
            taken.update(vars(cls), inspect.get_annotations(cls))

    def run(self, name: str, **params: Any) -> Any:
        """Ask a question by its name."""
        raise NotImplementedError


def type_of(param: Param) -> Any:
    """Type of a parameter in Python."""
    kind: Any = Literal[tuple(param.choices)] if param.choices else _TYPES.get(param.type, str)
    return kind if param.type == "date" or param.needed or param.default is not None else kind | None


def words(query: SavedQuery) -> str:
    """Docstring of the method of a question."""
    told = [f"{query.front.question} {query.front.title_zh}。"]
    told += ["", "Args:", *(f"    {name}: {param.about}." for name, param in query.front.params.items())]
    told += [f"    known: {KNOWN}."]
    told += ["", "Returns:", f"    Rows with {', '.join(query.columns)}.", "", "Raises:"]
    told += ["    QueryError: a name is unknown or ambiguous, or a value can't be."]
    return "\n".join(told)


def ordered(query: SavedQuery) -> list[tuple[str, Param]]:
    """Parameters in the order of the method: those that must be given, then the others."""
    return sorted(query.front.params.items(), key=lambda item: not item[1].needed)


def default_of(param: Param) -> Any:
    """Value of a parameter that is left out; today's date is chosen when the question is asked."""
    return None if param.default == "today" else param.default


def _method(query: SavedQuery) -> Callable[..., Any]:
    names = [name for name, _ in ordered(query)]

    names.append("known")

    def ask(self: Methods, *given: Any, **named: Any) -> Any:
        bound = signature.bind(self, *given, **named)
        return self.run(query.name, **{key: bound.arguments[key] for key in names if key in bound.arguments})

    parameters = [inspect.Parameter("self", inspect.Parameter.POSITIONAL_OR_KEYWORD)]
    for name, param in ordered(query):
        default = inspect.Parameter.empty if param.needed else default_of(param)
        kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
        parameters.append(inspect.Parameter(name, kind, default=default, annotation=type_of(param)))
    parameters.append(inspect.Parameter("known", inspect.Parameter.KEYWORD_ONLY, default=None, annotation=AsOf))
    signature = inspect.Signature(parameters, return_annotation=list[query.row])  # type: ignore[name-defined]
    ask.__signature__ = signature  # type: ignore[attr-defined]
    ask.__annotations__ = {p.name: p.annotation for p in parameters[1:]}
    ask.__name__, ask.__doc__ = method_name(query.name), words(query)
    ask.__qualname__ = f"KnowledgeGraph.{ask.__name__}"
    return ask


class _Asked:
    """Stands for the method of a question until somebody looks at it."""

    def __init__(self, question: str) -> None:
        self._question = question

    def __get__(self, graph: Methods | None, kind: type[Methods]) -> Any:
        made = _method(get_query(self._question))
        setattr(Methods, method_name(self._question), made)
        return made.__get__(graph, kind)


for _name in question_names():
    setattr(Methods, method_name(_name), _Asked(_name))
