"""The reviewed lines beside the lists: what each list is, its editions, and whom a printed name means."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from ...graph.dates import Dated
from ...graph.model.base import Country, Slug, Url
from ...graph.problems import Problem
from ..yaml_reader import Block, Reasoned, Shape, Written, lines_of, read_yaml

LISTS, MEMBERS, NAMES = "control-lists.yaml", "control-list-members.tsv", "list-names.yaml"


class Later(Written):
    """What became of an edition's measures, and the page that says it."""

    text: str = Field(min_length=20)
    url: Url
    publisher: str
    published: Dated


class Edition(Written):
    """One publication of a list. `adds`: it names newcomers only, the others stay; `printed`: how many names."""

    day: Dated
    kind: Literal["full", "adds"]
    printed: int = Field(gt=0)
    url: Url | None = None
    title: str
    later: Later | None = None


class NoEnd(Reasoned):
    """An end that compilations give and that is none; with `name` for one member, else for all of that day."""

    until: Dated | None = None
    name: str | None = None
    stays_through: Dated | None = None


class ListLine(Written):
    """A control list."""

    id: Slug
    name: str
    name_zh: str
    aliases: list[str] = Field(default_factory=list)
    country: Country
    publisher: str
    effect: str = Field(min_length=20)
    effect_zh: str
    effect_page: Url | None = None
    editions: list[Edition] = Field(default_factory=list)
    no_ends: list[NoEnd] = Field(default_factory=list)


class Meant(Reasoned):
    """Whom a printed name means: `is` a company; `of`, a unit of it; `not`, a namesake; `other`, surely nobody here."""

    printed: str
    is_: Slug | None = Field(None, alias="is")
    of: Slug | None = None
    not_: list[Slug] = Field(default_factory=list, alias="not")

    @model_validator(mode="after")
    def _one(self) -> Meant:
        if sum(map(bool, (self.is_, self.of, self.not_))) != 1:
            raise ValueError("a line has exactly one of 'is', 'of' and 'not'")
        return self


@dataclass
class Reviewed:
    """All reviewed lines with what is wrong in them."""

    lists: dict[str, ListLine] = field(default_factory=dict)
    names: list[tuple[Meant, Block]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_reviewed(folder: Path) -> Reviewed:
    """Read both files of a registers folder. Problems are collected, never raised."""
    found = Reviewed()
    found.lists = {line.id: line for line, _ in _section(found, folder / LISTS, "lists", ListLine)}
    found.names = _section(found, folder / NAMES, "names", Meant)
    return found


def _section(found: Reviewed, path: Path, key: str, shape: type[Shape]) -> list[tuple[Shape, Block]]:
    root, problems = read_yaml(path, f"registers/{path.name}")
    lines, more = lines_of(root, key, shape, f"{key} line")
    found.problems += problems + more
    return lines
