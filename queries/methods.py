"""A method for each question of the catalogue, with its parameters, types and words.

Each is made when it is first looked at; `methods.pyi` beside this file says the same to editors and type
checkers, and is written by `python -m chinaai.cli.stub`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Literal

from .params import Param, QueryError, as_of_date, check_names, shown
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
    told = [query.told]
    told += ["", "Args:", *(f"    {name}: {param.about}." for name, param in ordered(query))]
    told += [f"    known: {KNOWN}."]
    told += ["", "Returns:", f"    Rows with {', '.join(query.columns)}.", "", "Raises:"]
    told += ["    QueryError: a name is unknown or ambiguous, or a value can't be."]
    return "\n".join(told)


def ordered(query: SavedQuery) -> list[tuple[str, Param]]:
    """Parameters in the order of the method: what must be given, what it is asked of, the day, the other options."""
    subject = _subject(query)
    return sorted(
        query.front.params.items(),
        key=lambda item: (not item[1].needed, item[0] not in subject, item[0] != "as_of"),
    )


def placed(query: SavedQuery) -> list[str]:
    """Parameters that may be given by their place: those that must be given, what it is asked of, and the day.

    Other options go by name alone: one that a question gets later moves no other.
    """
    wanted = {"as_of", *_subject(query)}
    return [name for name, param in ordered(query) if param.needed or name in wanted]


def _subject(query: SavedQuery) -> list[str]:
    """What a question is asked of, needed or not: its first parameter, where that names a thing."""
    return [name for name, param in list(query.front.params.items())[:1] if param.labels]


def default_of(param: Param) -> Any:
    """Value of a parameter that is left out; today's date is chosen when the question is asked."""
    return None if param.default == "today" else param.default


def _method(query: SavedQuery) -> Callable[..., Any]:
    def ask(self: Methods, /, *given: Any, **named: Any) -> Any:
        return self.run(query.name, **_by_name(query, given, named))

    either, by_name = inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY
    parameters = [inspect.Parameter("self", either)]
    for name, param in ordered(query):
        default = inspect.Parameter.empty if param.needed else default_of(param)
        kind = either if name in placed(query) else by_name
        parameters.append(inspect.Parameter(name, kind, default=default, annotation=type_of(param)))
    parameters.append(inspect.Parameter("known", by_name, default=None, annotation=AsOf))
    signature = inspect.Signature(parameters, return_annotation=list[query.row])  # type: ignore[name-defined]
    ask.__signature__ = signature  # type: ignore[attr-defined]
    ask.__annotations__ = {p.name: p.annotation for p in parameters[1:]}
    ask.__name__, ask.__doc__ = method_name(query.name), words(query)
    ask.__qualname__ = f"KnowledgeGraph.{ask.__name__}"
    return ask


def _by_name(query: SavedQuery, given: Sequence[Any], named: Mapping[str, Any]) -> dict[str, Any]:
    """What a method was given, by name. Raises QueryError for an unknown name, and for an option given by its place."""
    check_names(f"question '{query.name}'", [*query.front.params, "known"], named)
    places, method = placed(query), f"{method_name(query.name)}()"
    options = [name for name, _ in ordered(query) if name not in places]
    hint = f"options go by name: {', '.join(f'{name}=…' for name in [*options, 'known'])}"
    if over := given[len(places) :]:
        taken = f"{' and '.join(places)} alone" if places else "nothing"
        raise QueryError(f"{method} takes {taken} by place, not '{shown(over[0])}'", "", hint)
    found = dict(zip(places, given, strict=False))
    if twice := [name for name in found if name in named]:
        raise QueryError(f"{method} is given '{twice[0]}' twice", "", "give it by its place or by name")
    if options and found.get("as_of") is not None:
        try:
            as_of_date(found["as_of"])
        except ValueError as error:
            told = f"'{shown(found['as_of'])}' is no date for 'as_of', which {method} takes at this place"
            raise QueryError(told, "", hint) from error
    return {**found, **named}


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
