"""The reviewed lines beside the register: mends, places, changed names, owners, and services.

Each file is a mapping with known sections; an unknown key, a missing reason or source is a problem at its line.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from ...graph.dates import Dated
from ...graph.model import ENTITIES
from ...graph.model.base import Country, Entity, Slug
from ...graph.model.evidence import Source
from ...graph.problems import Problem
from ..curated.names import read_names
from ..yaml_reader import Block, Reasoned, Shape, Written, lines_of, parse, read_yaml

COLUMNS = ("period", "kind", "seq", "province", "name", "entity", "number", "date", "extra")


class Place(Written):
    """A place of the register, by the id of the curated place, and the prefix that its numbers bear."""

    printed: str
    id: Slug
    prefix: str = Field(pattern=r"^[A-Za-z]+$")
    code: str | None = Field(None, pattern=r"^[0-9]{2}$", description="First two digits of its divisions, GB/T 2260.")
    name: str | None = Field(None, description="English name, in seeds of a day when no curated place had the id.")
    note: str | None = Field(None, description="As `name`.")


class Change(Written):
    """Put `to` in the place of `from`, which must stand in the field exactly once."""

    field: Literal["kind", "name", "entity", "number", "date", "province"]
    printed: str = Field(alias="from", min_length=1)
    mended: str = Field(alias="to")


class RowMend(Reasoned):
    """A mend of the rows whose printed numbers it names, and of no others."""

    id: Slug
    numbers: list[str] = Field(min_length=1)
    change: list[Change] = Field(default_factory=list)
    swap: list[Literal["name", "entity"]] = Field(default_factory=list)

    @model_validator(mode="after")
    def _something(self) -> RowMend:
        if bool(self.change) == bool(self.swap) or (self.swap and len(set(self.swap)) != 2):
            raise ValueError("a mend has either 'change' or 'swap' of two fields")
        return self


class PrefixMend(Reasoned):
    """Another spelling of a place's prefix, allowed only in rows of that place."""

    id: Slug
    printed: str
    province: str
    use: str


class DateMark(Reasoned):
    """A mark behind a date, and what it means."""

    id: Slug
    printed: str
    means: Literal["late"]


class HeaderRow(Reasoned):
    """Cells of a table's header that the source keeps as if it were a row; refused."""

    id: Slug
    cells: dict[str, str]


class Gap(Reasoned):
    """A sequence number that the register never used."""

    kind: Literal["备案", "登记"]
    seq: int


class EntityChange(Reasoned):
    """Two printed names of one legal entity; `to` names the identity."""

    printed: str = Field(alias="from")
    to: str
    kind: Literal["renamed", "misprint", "short-form"]
    since: Dated | None = None
    sources: list[Slug] = Field(min_length=1)


class Owner(Written):
    """Which company controls a legal entity, and what says so."""

    entity: str
    owner: Slug
    owner_name: str
    owner_country: Country
    share: Literal["wholly", "majority", "joint-venture", "unknown"] = "unknown"
    percent: float | None = Field(None, gt=0, le=100)
    since: Dated | None = None
    as_of: Dated | None = None
    basis: str = Field(min_length=3)
    sources: list[Slug] = Field(min_length=1)
    confidence: float = Field(gt=0, lt=1)
    note: str | None = None


class _Filed(Reasoned):
    """What is known of a filed service; `printed` is the service as printed."""

    printed: str
    entity: str
    confidence: float = Field(gt=0, lt=1)
    sources: list[Slug] = Field(min_length=1)


class ServiceLine(_Filed):
    """A filed service that is a curated model, family or product."""

    is_: Slug = Field(alias="is")


class KindLine(_Filed):
    """Which kind of service a filed service is."""

    kind: Slug = Field(description="Id of a kind of service of the market-entry seeds.")


class Saying(Reasoned):
    """Words by which a row says its own kind of service: those that stand at the end, where Chinese says what it is."""

    kind: Slug = Field(description="Id of a kind of service of the market-entry seeds.")
    field: Literal["name", "scenario"] = "name"
    ends: list[str] = Field(min_length=1)
    tails: bool = Field(True, description="Whether the words that say no kind of their own may follow.")
    but: list[str] = Field(default_factory=list, description="Words that make another thing of it, anywhere.")
    confidence: float = Field(gt=0, lt=1)
    sources: list[Slug] = Field(min_length=1)


class Tail(Reasoned):
    """Words at the end of a name that say no kind of their own."""

    words: list[str] = Field(min_length=1)


class Unjudged(Reasoned):
    """A filed service that was looked at and whose kind stays open; no word speaks of it."""

    printed: str
    entity: str


@dataclass
class Lookups:
    """All reviewed lines. `blocks` keeps the place of each line by its identity, for problems."""

    places: dict[str, Place] = field(default_factory=dict)
    rows: dict[str, list[RowMend]] = field(default_factory=dict)
    prefixes: dict[tuple[str, str], PrefixMend] = field(default_factory=dict)
    marks: list[DateMark] = field(default_factory=list)
    headers: list[HeaderRow] = field(default_factory=list)
    gaps: dict[tuple[str, int], Gap] = field(default_factory=dict)
    changes: dict[str, EntityChange] = field(default_factory=dict)
    owners: list[tuple[Owner, Block]] = field(default_factory=list)
    things: dict[str, tuple[Entity, Block]] = field(default_factory=dict)  # companies, families, products
    services: list[tuple[ServiceLine, Block]] = field(default_factory=list)
    kinds: list[tuple[KindLine, Block]] = field(default_factory=list)
    says: list[tuple[Saying, Block]] = field(default_factory=list)
    tails: list[str] = field(default_factory=list)
    unjudged: list[Unjudged] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_lookups(folder: Path) -> Lookups:
    """Read every reviewed file of a registers folder. Problems are collected, never raised."""
    found = Lookups()
    roots: dict[str, Block | None] = {}

    def lines(name: str, key: str, shape: type[Shape]) -> list[tuple[Shape, Block]]:
        if name not in roots:
            roots[name], problems = read_yaml(folder / name, f"registers/{name}")
            found.problems += problems
        items, problems = lines_of(roots[name], key, shape, f"{key} line")
        found.problems += problems
        return items

    mends = "cac-mends.yaml"
    found.places = {place.printed: place for place, _ in lines("cac-places.yaml", "places", Place)}
    for mend, _ in lines(mends, "rows", RowMend):
        for number in mend.numbers:
            found.rows.setdefault(number, []).append(mend)
    found.prefixes = {(mend.printed, mend.province): mend for mend, _ in lines(mends, "prefixes", PrefixMend)}
    found.marks = [mark for mark, _ in lines(mends, "date_marks", DateMark)]
    found.headers = [header for header, _ in lines(mends, "headers", HeaderRow)]
    found.gaps = {(gap.kind, gap.seq): gap for gap, _ in lines(mends, "gaps", Gap)}
    found.changes = {change.printed: change for change, _ in lines("entity-changes.yaml", "changes", EntityChange)}
    found.owners = lines("owners.yaml", "owners", Owner)
    found.services = lines("services.yaml", "services", ServiceLine)
    found.kinds = lines("kinds.yaml", "kinds", KindLine)
    found.says = lines("kind-words.yaml", "says", Saying)
    found.tails = [word for tail, _ in lines("kind-words.yaml", "tails", Tail) for word in tail.words]
    found.unjudged = [line for line, _ in lines("kind-words.yaml", "unjudged", Unjudged)]
    found.sources = {source.id: source for source, _ in lines("sources.yaml", "sources", Source)}
    companies, problems = read_yaml(folder / "owners-companies.yaml", "registers/owners-companies.yaml")
    found.problems += problems
    for root in (companies, roots["services.yaml"]):  # families and products stood there in seeds of former days
        _things(found, root)
    further = read_names(folder.parent)  # its problems are told with the seeds
    found.things = {key: (further.given(item), block) for key, (item, block) in found.things.items()}
    _check_sources(found)
    found.problems = list(dict.fromkeys(found.problems))
    return found


def _things(found: Lookups, root: Block | None) -> None:
    """Entities that owners and services refer to and that no curated file may hold yet."""
    for block in root.listed("entities") if root else ():
        kind = block.value.get("type") if isinstance(block.value, dict) else None
        if kind not in ("Company", "ModelFamily", "Product"):
            found.problems.append(block.problem("UNKNOWN-TYPE", f"'{kind}' can't stand here", path=("type",)))
            continue
        item, problems = parse(block, ENTITIES[kind], kind, besides="type")
        found.problems += problems
        if item is not None and item.id in found.things:
            found.problems.append(block.problem("DUPLICATE-ID", f"'{item.id}' stands twice", path=("id",)))
        elif item is not None:
            found.things[item.id] = (item, block)


def _check_sources(found: Lookups) -> None:
    cited = [
        (line.sources, block)
        for held in (found.owners, found.services, found.kinds, found.says)
        for line, block in held
    ]
    for sources, block in cited:
        for i, source in enumerate(sources):
            if source not in found.sources:
                hint = "add it to registers/sources.yaml"
                problem = block.problem("UNKNOWN-SOURCE", f"unknown source '{source}'", hint, path=("sources", i))
                found.problems.append(problem)
