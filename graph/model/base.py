"""What a declaration is: a node type is a pydantic class, an edge type and a metric are records."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]*$", max_length=120)]
Country = Annotated[str, Field(pattern=r"^([A-Z]{2}|EU)$")]
Wikidata = Annotated[str, Field(pattern=r"^Q[1-9][0-9]*$")]
Url = Annotated[str, Field(pattern=r"^https?://\S+$")]
Ticker = Annotated[str, Field(pattern=r"^[A-Z]+:[A-Z0-9.]+$")]

#: Label that every node of this graph bears; nodes without it in the same database are never ours.
MARK = "ChinaAI"


class Entity(BaseModel):
    """A thing that facts are about. Ids are short, stable and chosen by a curator."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    #: Term of a public vocabulary that says the same, as prefix:name.
    term: ClassVar[str | None] = None
    #: Family, used to group the schema page and the legend.
    family: ClassVar[str] = "entity"
    #: True where a curator may write it in `entities`; others come out of loaders.
    curated: ClassVar[bool] = True

    id: Slug
    name: str = Field(min_length=1, description="English name, or the only name there is.")
    name_zh: str | None = Field(None, description="Chinese name.")
    aliases: list[str] = Field(default_factory=list, description="Other names, former ones among them.")
    wikidata: Wikidata | None = Field(None, description="Wikidata item, only where it is sure.")
    website: Url | None = None
    note: str | None = Field(None, description="One sentence for the reader.")

    @classmethod
    def label(cls) -> str:
        """The label of this type in the graph."""
        return cls.__name__

    def names(self) -> list[str]:
        """All names it can be found by, the id first."""
        found = [self.id, self.name, self.name_zh, *self.aliases]
        return [name for name in found if name]


class EdgeType(BaseModel):
    """A kind of statement between two nodes. `ends` lists the allowed pairs of types."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=r"^[A-Z][A-Z0-9_]*$")
    definition: str
    subjects: tuple[str, ...]
    objects: tuple[str, ...]
    example: str
    term: str | None = None
    cardinality: Literal["many-to-many", "many-to-one", "one-to-many", "one-to-one"] = "many-to-many"
    symmetric: bool = False
    structural: bool = Field(default=False, description="True where a loader derives it; a curator can't write it.")

    def drawing(self) -> str:
        """The edge as one line of Cypher, for docstrings and the schema page."""
        return f"(:{'|'.join(self.subjects)})-[:{self.name}]->(:{'|'.join(self.objects)})"


class Metric(BaseModel):
    """A kind of figure or dated attribute that an Observation holds."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    definition: str
    kind: Literal["number", "text", "date"] = "number"
    units: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    term: str | None = None
