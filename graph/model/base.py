"""What a declaration is: a node type is a pydantic class, an edge type and a metric are records."""

from __future__ import annotations

import re
from typing import Any, ClassVar, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from ..errors import ChinaAIError
from .shapes import Cited, Kept, Shape, Statement, Structure
from .values import Country, Name, Slug, Ticker, Url, Wikidata

__all__ = ["Country", "Declared", "EdgeType", "Entity", "Metric", "Record", "Slug", "Ticker", "Url", "Wikidata"]

_EDGE_NAME, _METRIC_NAME = r"^[A-Z][A-Z0-9_]*$", r"^[a-z][a-z0-9_]*$"
#: What a pattern asks for, in words.
_CASE = {
    _EDGE_NAME: "write capital letters, digits and low lines, as RUNS_SITE",
    _METRIC_NAME: "write small letters, digits and low lines, as market_share",
}
#: What types are grouped by.
FAMILIES = ("actor", "capital", "entry", "event", "evidence", "place", "register", "regulation", "technology")


class Record(BaseModel):
    """Something as it is written down: no unknown field, no change after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Declared(BaseModel):
    """A type of node. Its fields are what is written down of it; `kept` is what a load adds."""

    # Built at first use: most commands make no node.
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False, defer_build=True)

    #: Term of a public vocabulary that says the same, as prefix:name.
    term: ClassVar[str | None] = None
    #: One of FAMILIES, which group the schema page.
    family: ClassVar[str] = ""
    #: True where a curator may write it in `entities`; others come out of loaders.
    curated: ClassVar[bool] = False
    #: Properties that a load adds to the fields.
    kept: ClassVar[type[Shape]] = Kept
    #: Names of the type for people.
    en: ClassVar[str] = ""
    zh: ClassVar[str] = ""
    #: Colour and shape in a drawing, as "blue dot"; no two types share both.
    look: ClassVar[str] = ""
    #: Drawn always, only where asked for (the register and the fine print), or never (it has answers of its own).
    drawn: ClassVar[Literal["always", "asked", "never"]] = "always"
    #: True where many things hang on it that have nothing to do with each other, so that no chain of facts leads
    #: through it.
    crowd: ClassVar[bool] = False

    id: Slug

    def __init_subclass__(
        cls, *, zh: str = "", look: str = "", en: str = "", drawn: Literal["always", "asked", "never"] | None = None,
        crowd: bool | None = None, family: str | None = None, term: str | None = None, curated: bool | None = None,
        kept: type[Shape] | None = None, **others: Any,
    ) -> None:  # fmt: skip
        super().__init_subclass__()
        if others:
            known = "zh, look, en, drawn, crowd, family, term, curated and kept"
            raise ChinaAIError(
                f"node type {cls.__name__}: there is no '{next(iter(others))}='", hint=f"it takes {known}"
            )
        given = {
            "zh": zh or None, "look": look or None, "drawn": drawn, "crowd": crowd, "family": family, "term": term,
            "curated": curated, "kept": kept,
        }  # fmt: skip
        for name, value in given.items():
            if value is not None:
                setattr(cls, name, value)
        if zh:
            cls.en = en or re.sub(r"(?<=[a-z])(?=[A-Z])", " ", cls.__name__).capitalize()

    @classmethod
    def label(cls) -> str:
        """The label of this type in the graph."""
        return cls.__name__


class Entity(Declared, curated=True):
    """A thing that facts are about. Ids are short, stable and chosen by a curator."""

    name: Name = Field(min_length=1, description="English name, or the only name there is.")
    name_zh: Name | None = Field(None, description="Chinese name.")
    aliases: list[Name] = Field(default_factory=list, description="Other names, former ones among them.")
    wikidata: Wikidata | None = Field(None, description="Wikidata item, only where it is sure.")
    website: Url | None = None
    note: str | None = Field(None, description="One sentence for the reader.")

    def names(self) -> list[str]:
        """All names it can be found by, the id first."""
        found = [self.id, self.name, self.name_zh, *self.aliases]
        return [name for name in found if name]


class EdgeType(Record):
    """A kind of statement between two nodes: a fact, which needs evidence, or structure, which follows from them."""

    name: str = Field(pattern=_EDGE_NAME)
    zh: str = Field(min_length=1, description="Chinese name.")
    definition: str
    subjects: tuple[str, ...]
    objects: tuple[str, ...]
    example: str
    term: str | None = None
    mapping: Literal["related", "same", "inverse"] = Field(
        default="related", description="Whether `term` says just this, says it the other way round, or something near."
    )
    cardinality: Literal["many-to-many", "many-to-one", "one-to-many", "one-to-one"] = "many-to-many"
    symmetric: bool = False
    structural: bool = Field(default=False, description="True where a loader derives it; a curator can't write it.")
    props: type[Shape] = Field(default=Statement, description="What it carries; a `Cited` shape makes it a fact.")
    bare_from: tuple[str, ...] = Field(
        default=(), description="Types of start whose own data set may state it without evidence."
    )

    @model_validator(mode="before")
    @classmethod
    def _usual_props(cls, given: dict[str, Any]) -> dict[str, Any]:
        return {"props": Structure if given.get("structural") else Statement, **given}

    @property
    def en(self) -> str:
        """English name: `PARTNERS_WITH` is called "partners with"."""
        return self.name.replace("_", " ").lower()

    @property
    def fact(self) -> bool:
        """True where every relationship of this type carries evidence (but see `bare_from`)."""
        return issubclass(self.props, Cited)


def edge(
    name: str, subjects: tuple[str, ...], objects: tuple[str, ...], definition: str, example: str,
    term: str | None = None, *, zh: str = "", mapping: Literal["related", "same", "inverse"] = "related",
    symmetric: bool = False, one: bool = False, structural: bool = False, props: type[Shape] | None = None,
    bare_from: tuple[str, ...] = (),
) -> EdgeType:  # fmt: skip
    """A declaration in one line. `one`: a subject has one object at most."""
    given = {"props": props} if props else {}
    return record(
        EdgeType, "edge type", name=name, subjects=subjects, objects=objects, definition=definition, example=example,
        zh=zh, mapping=mapping, term=term, symmetric=symmetric, cardinality="many-to-one" if one else "many-to-many",
        structural=structural, bare_from=bare_from, **given,
    )  # fmt: skip


Kind = TypeVar("Kind", bound=Record)
#: What a field of a record wants, where pydantic's words for it don't say what to write.
_WANTED = {
    "tuple_type": 'write a tuple of names, a single one with a comma: ("Company",)',
    "string_too_short": "write at least one letter",
    "missing": "it has to be written",
}


def record(kind: type[Kind], what: str, /, **given: Any) -> Kind:
    """A declaration that is a record. Raises ChinaAIError that names it, the field, and what to write."""
    try:
        return kind(**given)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field, value = str(first["loc"][0]), given.get(str(first["loc"][0]))
        pattern = first.get("ctx", {}).get("pattern")
        wanted = _WANTED.get(first["type"]) or _CASE.get(str(pattern)) or first["msg"]
        said = f"{field} is missing" if first["type"] == "missing" else f"{field} can't be {value!r}"
        raise ChinaAIError(f"{what} {given['name']}: {said}", hint=wanted) from error


class Metric(Record):
    """A kind of figure or dated attribute that an Observation holds."""

    name: str = Field(pattern=_METRIC_NAME)
    zh: str = Field(min_length=1, description="Chinese name.")
    definition: str
    kind: Literal["number", "text", "date"] = "number"
    units: tuple[str, ...] = ()
    subjects: tuple[str, ...] = Field(min_length=1, description="Types of what it may be said of.")
    least: float | None = Field(default=0, description="Lowest value of a number; None where there is none.")
    most: float | None = None
    term: str | None = None

    def beyond(self, value: float) -> str:
        """What a value must be that this one is not, in words; empty where it may stand."""
        if self.least is not None and value < self.least:
            return f"it is {self.least:g} or more"
        return f"it is {self.most:g} or less" if self.most is not None and value > self.most else ""
