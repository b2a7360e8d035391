"""The files from which the import tool makes a whole graph: elements by type, and the parts of the manifest.

An element is written as a load would write it, with the same properties. The columns of a type are the properties that
its declaration allows, and what they hold is seen as the rows come, so that the header is written last, into a file of
its own. (Rows that are shorter than their header are read wrongly by the tool.)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import IO, Any

from .apply import stamped
from .compiled import fields_of
from .elements import BOOKKEEPING, Edge
from .errors import ExportError
from .export.cells import ARGUMENTS, CSV_TYPES, cell, quoted
from .export.values import Kind, kind_of, to_text
from .manifest import NEW, Row
from .marks import MARK
from .plan import Fresh, LoadError, LoadPlan
from .statements import STATE
from .store import BATCH

#: Bytes that are written together; the tool's own least buffer, which must hold the longest value.
_BUFFER, _LEAST = 1 << 18, 4 << 20
_PLAIN: dict[type, Kind] = {bool: "boolean", int: "integer", date: "date"}
_NODE_ID, _ENDS = "id:ID", (":START_ID", ":END_ID")
#: Ids of the manifest's parts are none of the graph's.
_STATE_ID = f"id:ID({STATE})"


@dataclass
class _Table:
    """One file of rows and its header."""

    folder: Path
    name: str
    option: str  # `--nodes=LABELS` or `--relationships=TYPE`
    fixed: tuple[str, ...]  # columns that every row begins with
    places: dict[str, int]  # of the other columns, by property
    kinds: list[Kind | None] = field(default_factory=list)  # what they hold; None where no row had it yet
    file: IO[str] | None = None

    def __post_init__(self) -> None:
        self.kinds = [None] * len(self.places)

    def line(self, fixed: list[str], props: dict[str, Any], where: str) -> str | None:
        """A row; None where a property is of another kind than the column."""
        kinds, places = self.kinds, self.places
        cells = [""] * len(kinds)
        for name, value in props.items():
            sort = type(value)
            if sort is str:  # as most are
                kind: Kind = "string"
                text = '"' + value.replace('"', '""') + '"'
            elif sort in _PLAIN:
                kind, text = _PLAIN[sort], to_text(value)
            else:
                kind, text = kind_of(value), cell(value, where)
            place = places[name]
            if kinds[place] != kind:
                if kinds[place] is not None:
                    return None
                kinds[place] = kind
            cells[place] = text
        return ",".join(fixed) + "," + ",".join(cells)

    def write(self, line: str) -> None:
        if self.file is None:
            self.file = (self.folder / f"{self.name}.csv").open("w", _BUFFER, encoding="utf-8", newline="")
        self.file.write(line + "\n")

    def close(self) -> str:
        """Write the header; the tool's argument."""
        assert self.file is not None
        self.file.close()
        names = [f"{name}:{self._type(place)}" for name, place in self.places.items()]
        header = ",".join([*self.fixed, *names]) + "\n"
        (self.folder / f"{self.name}-header.csv").write_text(header, encoding="utf-8", newline="")
        return f"{self.option}={self.name}-header.csv,{self.name}.csv"

    def _type(self, place: int) -> str:
        kind = self.kinds[place]
        return "IGNORE" if kind is None else CSV_TYPES[kind]


@cache
def _places(kind: str, node: bool) -> dict[str, int]:
    """Places of the columns of a type: what its declaration allows, and what the store itself writes."""
    names = [name for name in (*fields_of(kind, node=node), *BOOKKEEPING) if not (node and name == "id")]
    return {name: place for place, name in enumerate(dict.fromkeys(names))}


class Files:
    """Writes the files of one import into an empty folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.counts: dict[int, int] = defaultdict(int)  # elements by the number of their type
        self.parts = 0
        self._tables: dict[str, list[_Table]] = defaultdict(list)
        self._longest, self._lines = 0, False

    def add(self, plan: LoadPlan) -> Iterable[int]:
        """Write what a plan adds; gives now and then the number of elements that were written since.

        Raises:
            LoadError: a value can't be written so; the message names the element.
            OSError: a file can't be written.
        """
        waiting: dict[int, list[tuple[str, bytes]]] = defaultdict(list)  # what a part needs of each element
        for one in plan.fresh():
            self._element(one, plan.dataset)
            self.counts[one.kind] += 1
            group = waiting[one.kind]
            group.append((one.element.key, one.entry))
            if len(group) == BATCH:
                yield self._part(plan.dataset, one.kind, waiting.pop(one.kind))
        for kind in sorted(waiting):
            yield self._part(plan.dataset, kind, waiting[kind])

    def close(self) -> list[str]:
        """Finish the files; the arguments of the tool that name and describe them."""
        found = [table.close() for tables in self._tables.values() for table in tables]
        return [
            *ARGUMENTS, "--path-pattern-style=none", "--bad-tolerance=0",
            f"--multiline-fields={'true' if self._lines else 'false'}",
            f"--read-buffer-size={max(_LEAST, 2 * self._longest)}", *found,
        ]  # fmt: skip

    def _element(self, one: Fresh, dataset: str) -> None:
        element, props = one.element, stamped(one, dataset)
        if isinstance(element, Edge):
            fixed = [quoted(element.start[1]), quoted(element.end[1])]
            places = _places(element.type, False)
            self._row(f"--relationships={element.type}", _ENDS, places, fixed, props, element.key)
        else:
            fixed = [quoted(props.pop("id"))]
            places = _places(element.label, True)
            self._row(f"--nodes={MARK}:{element.label}", (_NODE_ID,), places, fixed, props, element.key)

    def _part(self, dataset: str, kind: int, items: list[tuple[str, bytes]]) -> int:
        self.parts += 1
        keys, entries = zip(*items, strict=True)
        # Without the rules' fingerprint: it counts as checked when the database has answered and counted.
        props = {**Row(dataset, kind, NEW, keys, entries).of(self.parts), "rules": ""}
        name = props.pop("id")
        places = {name: place for place, name in enumerate(props)}
        self._row(f"--nodes={STATE}", (_STATE_ID,), places, [quoted(name)], props, name)
        return len(items)

    def _row(
        self, option: str, names: tuple[str, ...], places: dict[str, int], fixed: list[str], props: dict[str, Any],
        key: str,
    ) -> None:  # fmt: skip
        tables = self._tables[option]
        try:
            for table in tables:
                line = table.line(fixed, props, key)
                if line is not None:
                    break
            else:  # the first row of its type, or one with a property of another kind than all before
                name = f"{option.rpartition('=')[2].replace(':', '-')}-{len(tables)}"
                tables.append(table := _Table(self.folder, name, option, names, places))
                line = table.line(fixed, props, key)
                assert line is not None
        except ExportError as error:
            what = f"'{key}' can't be written for the import: {error.what}"
            raise LoadError(what, hint="load it without --bulk") from error
        self._longest = max(self._longest, len(line) * 4)
        self._lines = self._lines or "\n" in line or "\r" in line
        table.write(line)
