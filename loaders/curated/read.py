"""Read the seed files into typed blocks, each with its position."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Generic, Literal, TypeVar

from pydantic import BaseModel, Field, field_validator, model_validator

from ...graph.dates import Dated, Day
from ...graph.facts import ConflictBlock, Figure, Relation
from ...graph.heap import collected_rarely
from ...graph.model import ENTITIES
from ...graph.model.base import Entity, Slug
from ...graph.model.evidence import AREAS, Source
from ...graph.nearest import did_you_mean
from ...graph.problems import Problem
from ..identity import Identity
from ..yaml_reader import Block, Form, Written, parse, read_yaml, regrouped, sections_of
from .names import FILE as NAMES_FILE
from .names import FurtherNames, read_names

Item = TypeVar("Item", bound=BaseModel)
#: Files of the seeds folder that are not facts, and have readers of their own.
_RENAME = "give it the ending .yaml, or move it away"
#: Endings of files that may hold facts, kept by mistake or saved by a program.
_SEED = re.compile(r"\.(yml|yaml\.txt|yml\.txt|json|jsonl)$")
#: Companies that own what a register lists.
REGISTER_COMPANIES = "registers/owners-companies.yaml"
#: Whom control lists and open data mean by a printed name.
REVIEWED_NAMES = ("list-names.yaml", "outside-names.yaml")
NOT_FACTS = frozenset({"about.yaml", NAMES_FILE})


@dataclass(frozen=True)
class Placed(Generic[Item]):
    """A typed block and where it stands."""

    item: Item
    block: Block

    def problem(
        self, code: str, message: str, hint: str = "", *, at: str | None = None, index: int | None = None
    ) -> Problem:
        """A problem at one of the block's fields."""
        path: tuple[str | int, ...] = () if at is None else (at,) if index is None else (at, index)
        return self.block.problem(code, message, hint, path=path)


class Sentence(Written):
    """What became of one sentence of the article."""

    id: str = Field(pattern=r"^p[1-9]s[1-9]$")
    account: Literal["facts", "opinion", "refused"]
    gist: str
    facts: list[Slug] = Field(default_factory=list)
    reason: str | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Sentence:
        if (self.account == "facts") != bool(self.facts):
            raise ValueError("account 'facts' and a list of facts go together")
        if self.account == "refused" and not self.reason:
            raise ValueError("a refused sentence needs a reason")
        return self


class About(Written):
    """The seeds as a whole: date of review and the least numbers that must stand."""

    reviewed: Day
    licence: str
    title: str | None = None
    floors: dict[str, int] = Field(default_factory=dict)
    searched: dict[str, Dated] = Field(default_factory=dict, description="Day to which each area was searched.")

    @field_validator("searched")
    @classmethod
    def _known_areas(cls, given: dict[str, Any]) -> dict[str, Any]:
        if unknown := sorted(set(given) - set(AREAS)):
            raise ValueError(f"there is no area '{unknown[0]}'; there are {', '.join(AREAS)}")
        return given


@dataclass
class Seeds:
    """All typed blocks of a seeds folder, and the problems met on the way."""

    folder: Path
    about: About = field(default_factory=lambda: About(reviewed=date(1970, 1, 1), licence="unknown"))
    sources: list[Placed[Source]] = field(default_factory=list)
    entities: list[Placed[Entity]] = field(default_factory=list)
    relations: list[Placed[Relation]] = field(default_factory=list)
    figures: list[Placed[Figure]] = field(default_factory=list)
    conflicts: list[Placed[ConflictBlock]] = field(default_factory=list)
    sentences: list[Placed[Sentence]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    names: FurtherNames = field(default_factory=FurtherNames)
    #: Where `about` was read; none where it could not be.
    about_block: Block | None = None
    #: Raw values by id of blocks that could not be typed, so that one defect is told once.
    broken: dict[str, dict[str, Any]] = field(default_factory=lambda: defaultdict(dict))

    @property
    def facts(self) -> list[Placed[Relation] | Placed[Figure]]:
        """Relations and figures together."""
        return [*self.relations, *self.figures]

    def identity(self) -> Identity:
        """The names of the curated entities."""
        return Identity(placed.item for placed in self.entities)


@collected_rarely()
def read_seeds(folder: Path) -> Seeds:
    """Read every fact file of a folder. Problems are collected, never raised."""
    seeds = Seeds(folder)
    if not folder.is_dir():
        seeds.problems.append(
            Problem(str(folder), 0, 0, "FILE", "there is no such folder", "name a folder of seed files")
        )
        return seeds
    files = sorted(path for path in folder.glob("*.yaml") if path.name not in NOT_FACTS)
    if not files:
        seeds.problems.append(Problem(str(folder), 0, 0, "FILE", "the folder holds no seed files", "expected *.yaml"))
    seeds.names = read_names(folder)
    seeds.problems += seeds.names.problems
    seeds.problems += _left(folder)
    for path in files:
        _read_file(seeds, path, path.name)
    _read_about(seeds)
    _adopt(seeds, folder / REGISTER_COMPANIES)
    return seeds


def _adopt(seeds: Seeds, path: Path) -> None:
    """Companies that only the register's file of owners holds, where a fact, a list or open data means them."""
    if not path.is_file():
        return
    named = {end for fact in seeds.relations for end in (fact.item.subject, fact.item.object)}
    named |= {end for fact in seeds.figures for end in (fact.item.subject, fact.item.measured_by) if end}
    for name in REVIEWED_NAMES:
        reviewed, _ = read_yaml(path.with_name(name), name)  # its problems are told by its own reader
        blocks = reviewed.listed("names") if reviewed is not None else ()
        named |= {str(block.value.get("is")) for block in blocks if isinstance(block.value, dict)}
    named -= {placed.item.id for placed in seeds.entities} | set(seeds.broken["entities"])
    root, _ = read_yaml(path, REGISTER_COMPANIES)  # its problems are told by the register's own reader
    for block in root.listed("entities") if root is not None else ():
        if isinstance(block.value, dict) and block.value.get("id") in named:
            _entity(seeds, block)


def _left(folder: Path) -> list[Problem]:
    """Files that look like seeds and are not read; what systems and editors leave behind is no such file."""
    found = [
        Problem(name, 0, 0, "FILE", "this is a file where a folder is expected", "move it away, or make it a folder")
        for name in ("entry", "registers") if (folder / name).exists() and not (folder / name).is_dir()
    ]  # fmt: skip
    for path in sorted(folder.rglob("*")):
        shown = path.relative_to(folder).as_posix()
        if not path.is_file() or path.name.startswith((".", "~", "#")) or "__pycache__" in path.parts:
            continue
        ends = path.name.casefold()
        if _SEED.search(ends) or (ends.endswith(".yaml") and path.suffix != ".yaml"):
            found.append(Problem(shown, 0, 0, "NOT-READ", "the file looks like a seed and is not read", _RENAME))
    return found


def _read_about(seeds: Seeds) -> None:
    path = seeds.folder / "about.yaml"
    if not path.exists():
        seeds.problems.append(
            Problem("about.yaml", 0, 0, "FILE", "the file is missing", "it holds `reviewed` and `licence`")
        )
        return
    block, problems = read_yaml(path, path.name)
    seeds.problems += problems
    if block is not None:
        about, problems = parse(block, About, "about")
        seeds.problems += problems
        if about is not None:
            seeds.about, seeds.about_block = about, block


def _read_file(seeds: Seeds, path: Path, shown: str) -> None:
    root, problems = read_yaml(path, shown)
    blocks, more = sections_of(root, _SECTIONS) if root is not None else ([], [])
    blocks, moved = regrouped(blocks, _FORMS)
    seeds.problems += problems + more + moved
    for name, block in blocks:
        _SECTIONS[name](seeds, block)


def _simple(target: str, shape: type[BaseModel], what: str) -> Callable[[Seeds, Block], None]:
    def read(seeds: Seeds, block: Block) -> None:
        item, problems = parse(block, shape, what)
        seeds.problems += problems
        if item is not None:
            getattr(seeds, target).append(Placed(item, block))
        else:
            _remember(seeds, target, block)

    return read


def _remember(seeds: Seeds, target: str, block: Block) -> None:
    if isinstance(block.value, dict) and isinstance(block.value.get("id"), str):
        seeds.broken[target][block.value["id"]] = block.value


def _entity(seeds: Seeds, block: Block) -> None:
    value: Any = block.value
    if not isinstance(value, dict):
        seeds.problems.append(_no_block(block, "an entity"))
        return
    label = value.get("type")
    if label not in ENTITIES:
        message = f"unknown entity type '{label}'" if label else "entity needs 'type'"
        near = did_you_mean(label, ENTITIES) if isinstance(label, str) else ""
        hint = near or f"known: {', '.join(sorted(ENTITIES))}"
        seeds.problems.append(block.problem("UNKNOWN-TYPE", message, hint, path=("type",)))
        _remember(seeds, "entities", block)
        return
    item, problems = parse(block, ENTITIES[label], f"{label} '{value.get('id', '?')}'", besides="type")
    seeds.problems += problems
    if item is not None:
        seeds.entities.append(Placed(seeds.names.given(item), block))
    else:
        _remember(seeds, "entities", block)


def _fact(seeds: Seeds, block: Block) -> None:
    keys: Any = block.value
    if not isinstance(keys, dict):
        seeds.problems.append(_no_block(block, "a fact"))
        return
    name = f"fact '{keys.get('id', '?')}'"
    if ("metric" in keys) == ("predicate" in keys):
        seeds.problems.append(_neither(block, name))
        _remember(seeds, "relations", block)
    elif "metric" in keys:
        _simple("figures", Figure, name)(seeds, block)
    else:
        _simple("relations", Relation, name)(seeds, block)


def _no_block(block: Block, what: str) -> Problem:
    shown = f"'{block.value:.60}'" if isinstance(block.value, str) else "this"
    return block.problem(
        "SHAPE", f"{what} must be a block of keys and values, and {shown} is none", "see seeds/README.md"
    )


def _neither(block: Block, name: str) -> Problem:
    """A fact that says neither, or both, of what makes it a relation or a figure; a misspelt key is named."""
    if "metric" in block.keys:
        hint = "two facts are two blocks; take one of the two keys out"
        return block.problem("SHAPE", f"{name} has both 'predicate' and 'metric'", hint, path=("metric",), key=True)
    for key in sorted(block.keys.keys() - {*Relation.model_fields, *Figure.model_fields}):
        if hint := did_you_mean(key, ("predicate", "metric")):
            return block.problem("UNKNOWN-FIELD", f"{name} has no field '{key}'", hint, path=(key,), key=True)
    hint = "a relation has a predicate and an object, a figure a metric and its value"
    return block.problem("SHAPE", f"{name} needs either 'predicate' or 'metric'", hint)


_SECTIONS: dict[str, Callable[[Seeds, Block], None]] = {
    "sources": _simple("sources", Source, "source"),
    "entities": _entity,
    "facts": _fact,
    "conflicts": _simple("conflicts", ConflictBlock, "conflict"),
    "sentences": _simple("sentences", Sentence, "sentence"),
}
_FORMS = {
    "sources": [Form.of(Source)],
    "entities": [Form.of(shape, "type") for shape in ENTITIES.values()],
    "facts": [Form.of(Relation), Form.of(Figure)],
    "conflicts": [Form.of(ConflictBlock)],
    "sentences": [Form.of(Sentence)],
}
