"""What companies are called besides their usual name: `names.yaml`, read before the entities that bear the names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import AfterValidator, Field, model_validator

from ...graph.identity import only_a_form
from ...graph.model.base import Entity, Slug, Ticker
from ...graph.problems import Problem
from ..yaml_reader import Block, Written, lines_of, read_yaml

FILE = "names.yaml"


def _say_something(names: list[str]) -> list[str]:
    for name in names:
        if only_a_form(name):
            raise ValueError(f"'{name}' is a legal form, no name; put a name that holds a comma in quotes")
    return names


Names = Annotated[list[str], AfterValidator(_say_something)]
Named = TypeVar("Named", bound=Entity)


class NameLine(Written):
    """Further names of one entity. A legal form, a script or a listing's code needs none: the rule reads them."""

    of: Slug
    registered: Names = Field(default_factory=list, description="Names in a register of companies.")
    known: Names = Field(default_factory=list, description="Brands, short names on an exchange, usual spellings.")
    former: Names = Field(default_factory=list, description="Names that it has given up.")
    houses: Names = Field(
        default_factory=list,
        description="Words of its own, borne by nobody else, that registered names of its group hold.",
    )

    listed: list[Ticker] = Field(
        default_factory=list, description="Listings beside its own, as EXCHANGE:CODE; OTC for those over the counter."
    )

    @model_validator(mode="after")
    def _something(self) -> NameLine:
        if not (self.registered or self.known or self.former or self.houses or self.listed):
            raise ValueError("a line needs at least one of 'registered', 'known', 'former', 'houses' and 'listed'")
        return self


@dataclass
class FurtherNames:
    """The lines of a seeds folder by the id that they name."""

    lines: dict[str, tuple[NameLine, Block]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def given(self, entity: Named) -> Named:
        """The entity with its further names."""
        if entity.id not in self.lines:
            return entity
        line, _ = self.lines[entity.id]
        legal = "legal_names" if "legal_names" in type(entity).model_fields else "aliases"
        held = set(entity.names())
        found: dict[str, list[str]] = {"aliases": [*entity.aliases]}
        found.setdefault(legal, [*getattr(entity, legal)])
        for where, names in ((legal, line.registered), ("aliases", [*line.known, *line.former])):
            found[where] += [name for name in dict.fromkeys(names) if name not in held]
        if "houses" in type(entity).model_fields:
            found |= {"houses": [*line.houses], "listed": [*line.listed]}
        return entity.model_copy(update=found)

    def unused(self, known: Iterable[str]) -> list[Problem]:
        """Lines that name nothing that stands in the seeds."""
        standing = set(known)
        hint = "use the id of an entity of the seeds"
        return [
            block.problem("UNKNOWN-ENTITY", f"unknown entity '{of}'", hint, path=("of",))
            for of, (_, block) in self.lines.items()
            if of not in standing
        ]


def read_names(folder: Path) -> FurtherNames:
    """Read the lines of a seeds folder; none where it has no such file. Problems are collected, never raised."""
    found = FurtherNames()
    if not (folder / FILE).is_file():
        return found
    root, found.problems = read_yaml(folder / FILE, FILE)
    lines, problems = lines_of(root, "names", NameLine, "line")
    found.problems += problems
    for line, block in lines:
        if line.of in found.lines:
            found.problems.append(block.problem("DUPLICATE-ID", f"'{line.of}' has two lines", path=("of",)))
        else:
            found.lines[line.of] = (line, block)
    return found
