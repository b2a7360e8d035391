"""The reviewed lines beside the register: mends, places, changed names, owners, and services.

Each file is a mapping with known sections; an unknown key, a missing reason or source is a problem at its line.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

from ...graph.dates import Dated
from ...graph.model import ENTITIES
from ...graph.model.base import Country, Entity, Slug
from ...graph.model.evidence import Source
from ...graph.problems import Problem
from ..curated.names import read_names
from ..yaml_reader import Block, parse, read_yaml

Item = TypeVar("Item", bound=BaseModel)
COLUMNS = ("period", "kind", "seq", "province", "name", "entity", "number", "date", "extra")


class _Reviewed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Place(_Reviewed):
    """A place of the register, by the id of the curated place, and the prefix that its numbers bear."""

    printed: str
    id: Slug
    prefix: str = Field(pattern=r"^[A-Za-z]+$")
    code: str | None = Field(None, pattern=r"^[0-9]{2}$", description="First two digits of its divisions, GB/T 2260.")
    name: str | None = Field(None, description="English name, in seeds of a day when no curated place had the id.")
    note: str | None = Field(None, description="As `name`.")


class Change(_Reviewed):
    """Put `to` in the place of `from`, which must stand in the field exactly once."""

    field: Literal["kind", "name", "entity", "number", "date", "province"]
    printed: str = Field(alias="from", min_length=1)
    mended: str = Field(alias="to")


class RowMend(_Reviewed):
    """A mend of the rows whose printed numbers it names, and of no others."""

    id: Slug
    numbers: list[str] = Field(min_length=1)
    change: list[Change] = Field(default_factory=list)
    swap: list[Literal["name", "entity"]] = Field(default_factory=list)
    reason: str = Field(min_length=10)

    @model_validator(mode="after")
    def _something(self) -> RowMend:
        if bool(self.change) == bool(self.swap) or (self.swap and len(set(self.swap)) != 2):
            raise ValueError("a mend has either 'change' or 'swap' of two fields")
        return self


class PrefixMend(_Reviewed):
    """Another spelling of a place's prefix, allowed only in rows of that place."""

    id: Slug
    printed: str
    province: str
    use: str
    reason: str = Field(min_length=10)


class DateMark(_Reviewed):
    """A mark behind a date, and what it means."""

    id: Slug
    printed: str
    means: Literal["late"]
    reason: str = Field(min_length=10)


class HeaderRow(_Reviewed):
    """Cells of a table's header that the source keeps as if it were a row; refused."""

    id: Slug
    cells: dict[str, str]
    reason: str = Field(min_length=10)


class Gap(_Reviewed):
    """A sequence number that the register never used."""

    kind: Literal["备案", "登记"]
    seq: int
    reason: str = Field(min_length=10)


class EntityChange(_Reviewed):
    """Two printed names of one legal entity; `to` names the identity."""

    printed: str = Field(alias="from")
    to: str
    kind: Literal["renamed", "misprint", "short-form"]
    since: Dated | None = None
    reason: str = Field(min_length=10)
    sources: list[Slug] = Field(min_length=1)


class Owner(_Reviewed):
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


class ServiceLine(_Reviewed):
    """A filed service that is a curated model, family or product. `printed` is the service as printed."""

    printed: str
    entity: str
    is_: Slug = Field(alias="is")
    reason: str = Field(min_length=10)
    confidence: float = Field(gt=0, lt=1)
    sources: list[Slug] = Field(min_length=1)


class KindLine(_Reviewed):
    """Which kind of service a filed service is. `printed` is the service as printed."""

    printed: str
    entity: str
    kind: Slug = Field(description="Id of a kind of service of the market-entry seeds.")
    reason: str = Field(min_length=10)
    confidence: float = Field(gt=0, lt=1)
    sources: list[Slug] = Field(min_length=1)


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
    sources: dict[str, Source] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_lookups(folder: Path) -> Lookups:
    """Read every reviewed file of a registers folder. Problems are collected, never raised."""
    found = Lookups()
    places, _ = _section(found, folder / "cac-places.yaml", "places", Place)
    found.places = {place.printed: place for place in places}
    mends = folder / "cac-mends.yaml"
    for mend in _section(found, mends, "rows", RowMend)[0]:
        for number in mend.numbers:
            found.rows.setdefault(number, []).append(mend)
    found.prefixes = {(m.printed, m.province): m for m in _section(found, mends, "prefixes", PrefixMend)[0]}
    found.marks = _section(found, mends, "date_marks", DateMark)[0]
    found.headers = _section(found, mends, "headers", HeaderRow)[0]
    found.gaps = {(gap.kind, gap.seq): gap for gap in _section(found, mends, "gaps", Gap)[0]}
    changes = _section(found, folder / "entity-changes.yaml", "changes", EntityChange)[0]
    found.changes = {change.printed: change for change in changes}
    found.owners = list(zip(*_section(found, folder / "owners.yaml", "owners", Owner), strict=True))
    found.services = list(zip(*_section(found, folder / "services.yaml", "services", ServiceLine), strict=True))
    found.kinds = list(zip(*_section(found, folder / "kinds.yaml", "kinds", KindLine), strict=True))
    found.sources = {source.id: source for source in _section(found, folder / "sources.yaml", "sources", Source)[0]}
    for name in ("owners-companies.yaml", "services.yaml"):
        _things(found, folder / name)
    further = read_names(folder.parent)  # its problems are told with the seeds
    found.things = {key: (further.given(item), block) for key, (item, block) in found.things.items()}
    _check_sources(found)
    found.problems = list(dict.fromkeys(found.problems))
    return found


def _things(found: Lookups, path: Path) -> None:
    """Entities that owners and services refer to and that no curated file may hold yet."""
    root, _ = read_yaml(path, f"registers/{path.name}")
    section = root.children.get("entities") if root else None
    for block in section.children.values() if section else ():
        kind = block.value.get("type") if isinstance(block.value, dict) else None
        if kind not in ("Company", "ModelFamily", "Product"):
            found.problems.append(block.problem("UNKNOWN-TYPE", f"'{kind}' can't stand here", path=("type",)))
            continue
        value: dict[str, Any] = {key: given for key, given in block.value.items() if key != "type"}
        plain = Block(block.file, block.line, block.column, value, block.children, block.keys)
        item, problems = parse(plain, ENTITIES[kind], kind)
        found.problems += problems
        if item is not None and item.id in found.things:
            found.problems.append(block.problem("DUPLICATE-ID", f"'{item.id}' stands twice", path=("id",)))
        elif item is not None:
            found.things[item.id] = (item, block)


def _check_sources(found: Lookups) -> None:
    owners = [(line.sources, block) for line, block in found.owners]
    services = [(line.sources, block) for line, block in found.services]
    kinds = [(line.sources, block) for line, block in found.kinds]
    for sources, block in (*owners, *services, *kinds):
        for i, source in enumerate(sources):
            if source not in found.sources:
                hint = "add it to registers/sources.yaml"
                problem = block.problem("UNKNOWN-SOURCE", f"unknown source '{source}'", hint, path=("sources", i))
                found.problems.append(problem)


def _section(found: Lookups, path: Path, key: str, shape: type[Item]) -> tuple[list[Item], list[Block]]:
    root, problems = read_yaml(path, f"registers/{path.name}")
    found.problems += problems
    if root is None:
        return [], []
    section = root.children.get(key)
    if section is None or not isinstance(section.value, list):
        found.problems.append(root.problem("SHAPE", f"expected a list '{key}'"))
        return [], []
    items, blocks = [], []
    for block in section.children.values():
        item, problems = parse(block, shape, f"{key} line")
        found.problems += problems
        if item is not None:
            items.append(item)
            blocks.append(block)
    return items, blocks
