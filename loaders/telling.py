"""What is told of a data set as it is read: each problem at its place, and nothing raised."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ..graph.dates import MISTYPED, PartialDate, beyond
from ..graph.days import TOLD
from ..graph.identity import name_key
from ..graph.model.evidence import Source
from .base import Context, Loaded
from .cells import Cells
from .evidence import day_of
from .yaml_reader import Block, Shape, lines_of, parse

#: Where something stands: an item of a nested file, or a row of a table.
At = Block | Cells


def given_of(props: Mapping[str, Any]) -> dict[str, Any]:
    """Those that are known."""
    return {key: value for key, value in props.items() if value is not None}


@dataclass
class Telling:
    """What was read of a data set, and the checks of what its loader gives."""

    dataset: str
    source: Source
    context: Context
    loaded: Loaded = field(init=False)
    _told: set[str] = field(default_factory=set, init=False)

    def items(
        self, root: Block | None, section: str, shape: type[Shape], *, unique: str = ""
    ) -> Iterator[tuple[Block, Shape]]:
        """Each item of a list of the file, with its place, and typed by a pydantic model.

        A number that the file holds as text becomes a number. What an item lacks or holds wrong becomes a problem at
        its place, and the item is passed over.

        Args:
            unique: field that tells one item from all others; a second one with the same value is a problem.
        """
        found, problems = lines_of(root, section, shape, f"item of '{section}'")
        self.loaded.problems += problems
        lines: dict[Any, int] = {}
        for item, block in found:
            key = getattr(item, unique) if unique else id(item)
            if key in lines:
                said, hint = f"{unique} '{key}' stands twice in '{section}'", f"first in line {lines[key]}"
                self._wrong(block, "DUPLICATE-ID", said, hint, path=(unique,))
                continue
            lines[key] = block.line
            yield block, item

    def remark(self, text: str) -> None:
        """Tell the user, once."""
        if text not in self._told:
            self._told.add(text)
            self.loaded.remarks.append(text)

    def _block(self, at: At | None) -> Block:
        return at.block if isinstance(at, Cells) else at or Block(self.dataset, 0, 0, {})

    def _wrong(self, at: At | None, code: str, message: str, hint: str = "", path: tuple[str, ...] = ()) -> None:
        self.loaded.problems.append(self._block(at).problem(code, message, hint, path=path))

    def _is_name(self, name: object, at: At | None) -> bool:
        if not isinstance(name, str):
            self._wrong(at, "NAME", f"a name can't be {name!r:.60}", "give a text, or leave the row out")
        return isinstance(name, str)

    def _words(self, key: object, at: At | None) -> list[str]:
        """The words of a key; a single text is taken for one word, and told."""
        if isinstance(key, str) or not isinstance(key, Iterable):
            self._wrong(at, "KEY", f"key can't be {key!r:.60}", f"give a row of words: ({key!r:.60},)")
            return [str(key)]
        return [str(word) for word in key]

    def _first(self, one: str) -> str:
        """Where an element of an id was first read, in words; empty where that is not known."""
        place = self.loaded.batch.places.get(one)
        return f"first in line {place[1]}" if place else ""

    def _differ(self, what: str, one: str, held: Mapping[str, Any], given: Mapping[str, Any], at: At | None) -> bool:
        """Whether something is given otherwise than at first, each of which is told."""
        differing = [
            key for key, value in given_of(given).items()
            if held.get(key) is not None and held[key] != value
            and not (key == "name" and name_key(str(value)) == name_key(str(held[key])))
        ]  # fmt: skip
        hint = "; ".join(filter(None, (self._first(one), "keep one, or tell the two apart")))
        for key in differing:
            self._wrong(at, "DIFFERS", f"{what}: {key} is '{held[key]}' before, and '{given[key]}' here", hint)
        return bool(differing)

    def _days(self, given: Mapping[str, Any], at: At | None) -> dict[str, PartialDate]:
        """Those that are given and can be; the others are told."""
        found = {}
        for name, value in given_of(given).items():
            try:
                found[name] = day_of(value)
            except ValueError as error:
                self._wrong(at, "DATE", f"{name}: {error}")
        self._within_time(at, found)
        return found

    def _within_time(self, at: At | None, days: Mapping[str, Any]) -> None:
        for name, day in days.items():
            if isinstance(day, PartialDate) and (side := beyond(day.first, self.context.today, ahead=name not in TOLD)):
                self._wrong(at, "DATE", f"{name} '{day}' lies {side}", MISTYPED)

    def _shaped(self, shape: type[Shape], what: str, at: At | None, given: dict[str, Any]) -> Shape | None:
        """The typed values, or None and a problem for each that can't be."""
        found, problems = parse(replace(self._block(at), value=given), shape, what)
        self.loaded.problems += problems
        self._within_time(at, {name: getattr(found, name) for name in shape.model_fields if found is not None})
        return found
