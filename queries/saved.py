"""Saved questions: one `.cypher` file each, with its parameters, row model and an example in front."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from keyword import iskeyword
from typing import Any, Literal, get_args, get_origin

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from ..graph.model import EDGES
from ..graph.model.evidence import AREAS
from ..graph.nearest import did_you_mean
from . import rows, rows_entry, rows_knowledge
from .params import MOST_ROWS, Param, QueryError, counted_by, quoted, shown
from .rows import Row
from .words import UndeclaredError, expand

__all__ = ["AREAS", "Param", "QueryError", "SavedQuery", "catalogue", "get_query", "question_names", "read_query"]
ColumnType = Literal["string", "integer", "float", "boolean", "date", "strings", "maps", "sources"]
_FRONT = re.compile(r"\A// ---\n(?P<front>(?://.*\n)+?)// ---\n", re.MULTILINE)
_ROWS = (rows, rows_entry, rows_knowledge)
_NAME = re.compile(r"[a-z][a-z0-9-]*")
_PYTHON: dict[Any, ColumnType] = {str: "string", int: "integer", float: "float", bool: "boolean", date: "date"}
#: Names that the class with the methods of the questions has for something else; it says so itself.
taken = {"run"}
#: What a chain writes for the types that it follows, and the parameters that it is asked with.
_CHAINED = "{{followed()}}"
CHAIN_ENDS = frozenset({"start", "end", "as_of"})
_AS_OF = {"type": "date", "about": "day the answer is for", "default": "today"}


class Front(BaseModel):
    """Front matter of a saved question."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    title_zh: str
    question: str
    row: str
    params: dict[str, Param] = Field(default_factory=dict)
    example: dict[str, Any] = Field(default_factory=dict)
    show: list[str] = Field(default_factory=list, description="Columns that a table shows first; `when` is the day.")
    areas: list[str] = Field(default_factory=list, description="Areas whose day of search bounds the answer.")
    follows: list[str] = Field(
        default_factory=list,
        description="Types of relationship of its chain; the answer names other ties of both ends.",
    )
    judged: bool = Field(
        False, description="Whether rows of the register are asked for by their kind, which was judged of some alone."
    )
    unsure: str = Field("", description="Which rows have no confidence, and why.")

    @field_validator("areas")
    @classmethod
    def _known_areas(cls, given: list[str]) -> list[str]:
        if unknown := sorted(set(given) - set(AREAS)):
            raise ValueError(f"has no area {quoted(unknown)}; areas are {', '.join(AREAS)}")
        return given

    @field_validator("params", mode="before")
    @classmethod
    def _short(cls, given: Any) -> Any:
        """`company: Company` is short for a name of a node of that type, `Model|Product` for one of several."""
        if not isinstance(given, dict):
            return given
        return {name: _named(value) if isinstance(value, str) else value for name, value in given.items()}


@dataclass(frozen=True)
class SavedQuery:
    """A checked question: its name, front matter, row model and Cypher.

    `ended` is the same over the facts that had ended by the day asked; empty where its rows tell no end.
    """

    name: str
    front: Front
    row: type[Row]
    cypher: str
    file: str = ""
    ended: str = ""

    @property
    def columns(self) -> dict[str, ColumnType]:
        """Columns with their types, as the row model says them."""
        fields = self.row.model_fields
        return {name: _column_type(fields[name].annotation) for name in self.row.columns()}

    @property
    def told(self) -> str:
        """What it asks in both languages, and which of its rows have no confidence: what every help begins with."""
        unsure = f" Without a confidence: {self.front.unsure}." if self.front.unsure else ""
        return f"{self.front.question} {self.front.title_zh}。{unsure}"

    @property
    def command(self) -> str:
        """What asks its example in a shell."""
        given = (f"{option(name)} {shlex.quote(str(value))}" for name, value in self.front.example.items())
        return " ".join(["chinaai ask", self.name, *given])


def option(name: str) -> str:
    """The option of the command for a parameter."""
    return f"--{name.replace('_', '-')}"


def read_query(name: str, text: str, file: str) -> SavedQuery:
    """Read and check one file.

    Raises:
        QueryError: its name can't be, or the front matter is missing or wrong.
    """
    if reason := _no_name(name):
        raise QueryError(f"a question can't be called '{name}'", file, reason)
    match = _FRONT.match(text)
    if match is None:
        raise QueryError("the front matter is missing", file, "begin with '// ---', YAML in comments, '// ---'")
    source = "\n".join(line.removeprefix("//").removeprefix(" ") for line in match["front"].splitlines())
    try:
        front = Front.model_validate(yaml.load(source, yaml.CSafeLoader))
    except (ValidationError, yaml.YAMLError) as error:
        from .faults import front_faults  # no sound file needs it

        raise QueryError("\n".join(f"{file}: {fault}" for fault in front_faults(error))) from None
    model = next((getattr(one, front.row) for one in _ROWS if hasattr(one, front.row)), None)
    if not (isinstance(model, type) and issubclass(model, Row)):
        near = did_you_mean(front.row, [name for one in _ROWS for name in vars(one) if name.endswith("Row")])
        raise QueryError(f"there is no row model '{front.row}'", file, near or "add it to queries/rows.py")
    try:
        cypher = expand(body := text[match.end() :].strip(), model, follows=front.follows)
        ended = (
            expand(body, model, ended=True, follows=front.follows)
            if {"until", "status"} <= model.model_fields.keys()
            else cypher
        )
    except UndeclaredError as error:
        raise QueryError(unknown_in(file, "relationship", str(error), EDGES)) from error
    except ValueError as error:
        raise QueryError(str(error), file, "the words are in queries/words.py") from error
    used = set(re.findall(r"\$([a-z_]+)", cypher))
    if "as_of" in used and "as_of" not in front.params:
        front.params["as_of"] = Param.model_validate(_AS_OF)
    _check_front(front, model, body, used, file)
    for counts in counted_by(cypher):
        front.params[counts] = front.params[counts].model_copy(update={"most": MOST_ROWS})
    return SavedQuery(name, front, model, cypher, file, "" if ended == cypher else ended)


def _check_front(front: Front, model: type[Row], body: str, used: set[str], file: str) -> None:
    """Refuse what the front matter says and the Cypher does not, and the other way round."""
    if "known" in front.params:
        raise QueryError("every question is asked with 'known', the day of what was known", file, "name it otherwise")
    if odd_columns := [column for column in front.show if column not in (*model.columns(), "when")]:
        raise QueryError(f"'show' names no column of the row: {', '.join(odd_columns)}", file)
    if used != set(front.params):
        odd = ", ".join(sorted(used ^ set(front.params)))
        raise QueryError(f"parameters of the front matter and of the Cypher differ: {odd}", file)
    if front.unsure and "confidence" not in model.model_fields:
        raise QueryError(f"'unsure' tells of a confidence, which {front.row} has not", file, "leave it out")
    if "null AS confidence" in body and not front.unsure:
        what = "the Cypher returns 'null AS confidence', and the front matter does not say why"
        raise QueryError(what, file, "write 'unsure: which rows have none, and why'")
    chained = _CHAINED in body
    if bool(front.follows) != chained or (chained and not CHAIN_ENDS.issubset(front.params)):
        what = f"a chain has its types under 'follows' and {_CHAINED} in the Cypher, or neither"
        raise QueryError(what, file, f"it is asked with {', '.join(sorted(CHAIN_ENDS))}")


def method_name(question: str) -> str:
    """Name of the method of a question: `time-to-listing` is asked by `time_to_listing`."""
    return question.replace("-", "_")


def _no_name(question: str) -> str:
    """Why a question can't have this name, which a method and a tool get as well; empty where it can."""
    if not _NAME.fullmatch(question):
        return "name the file with small letters, digits and hyphens, a letter first, as data-centres.cypher"
    if iskeyword(method_name(question)):
        return f"'{question}' is a word of Python, and no method can bear it"
    return f"kg.{method_name(question)} is something else already" if method_name(question) in taken else ""


def unknown_in(file: str, kind: str, name: str, declared: Iterable[str]) -> str:
    """What is said of a name in a question's Cypher that nothing declares."""
    hint = did_you_mean(name, declared) or "docs/schema.md lists all"
    return f"{file} names the {kind} {name}, which is not declared; {hint}"


def _named(labels: str) -> dict[str, Any]:
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", labels).lower().replace("|", " or ")
    return {"labels": labels.split("|"), "about": f"{spaced}, by any of its names"}


def _column_type(annotation: Any) -> ColumnType:
    parts = [part for part in get_args(annotation) if part is not type(None)]
    if get_origin(annotation) is list:
        inner = parts[0]
        return "sources" if inner is rows.SourceRef else "strings" if inner is str else "maps"
    return _PYTHON[parts[0] if parts else annotation]


@cache
def _files() -> dict[str, Traversable]:
    folder = resources.files(__package__) / "catalogue"
    files = {item.name.removesuffix(".cypher"): item for item in folder.iterdir() if item.name.endswith(".cypher")}
    return dict(sorted(files.items()))


@cache
def _read(name: str) -> SavedQuery:
    file = _files()[name]
    return read_query(name, file.read_text(encoding="utf-8"), file.name)


def question_names() -> list[str]:
    """Names of all saved questions. None is read for it: a command asks one, and reading all takes as long as that."""
    return list(_files())


def speaking_of(word: str) -> list[str]:
    """Names of the saved questions whose words hold a word, or a Latin one's beginning: 资本, suppliers."""
    text = word.casefold()
    part = rf"\b{re.escape(text[: max(4, len(text) - 4)])}" if text.isascii() else re.escape(text)
    fronts = {name: query.front for name, query in catalogue().items()}
    return [
        name for name, front in fronts.items()
        if text and re.search(part, f"{front.title}\n{front.title_zh}\n{front.question}".casefold())
    ]  # fmt: skip


def catalogue() -> dict[str, SavedQuery]:
    """All saved questions by name, each read and checked once."""
    return {name: _read(name) for name in _files()}


def get_query(name: str) -> SavedQuery:
    """A saved question by name. Raises QueryError that lists near names."""
    name = name if isinstance(name, str) else shown(name)  # what is no text at all is told as a wrong name
    if name not in _files():
        hint = did_you_mean(name, _files(), 3) or f"known: {', '.join(_files())}"
        raise QueryError(f"there is no question '{name}'", "", hint)
    return _read(name)
