"""What the loaders of outside data share: names joined by reviewed lines or not at all, nodes, facts and figures."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from pydantic import Field

from ..graph.confidence import judge
from ..graph.dates import PartialDate
from ..graph.elements import Batch, Edge, Node
from ..graph.identity import name_key
from ..graph.model.base import Entity, Slug
from ..graph.model.evidence import Source
from ..graph.problems import Problem
from .base import Context, Loaded
from .curated.elements import entity_node, source_node
from .table import Line, Table, one_if_shifted
from .yaml_reader import Block, Reasoned, Shape, lines_of, parse, read_yaml

#: Label and id of a node.
End = tuple[str, str]
#: Seats that count as Chinese: the mainland, Hong Kong and Macao.
CHINESE = frozenset({"CN", "HK", "MO"})
NAMES = "outside-names.yaml"
#: Country names as data sets write them.
COUNTRIES = {
    "China": "CN", "Hong Kong": "HK", "Taiwan": "TW", "United States of America": "US", "Canada": "CA", "Japan": "JP",
    "United Kingdom of Great Britain and Northern Ireland": "GB", "France": "FR", "Germany": "DE", "Singapore": "SG",
    "Korea (Republic of)": "KR", "Switzerland": "CH", "Israel": "IL", "Australia": "AU", "Finland": "FI",
}  # fmt: skip


class NameLine(Reasoned):
    """A publisher's spelling and the curated thing it means."""

    loader: str
    printed: str
    is_: Slug = Field(alias="is")


def _readable(dataset: str, shown: str, exact: str) -> str:
    """An id that people can read, told apart from all others by a part of a hash."""
    plain = unicodedata.normalize("NFKD", shown).encode("ascii", "ignore").decode().casefold()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")
    return "-".join(part for part in (dataset, slug, hashlib.sha256(exact.encode()).hexdigest()[:6]) if part)


def own_id(dataset: str, label: str, key: str) -> str:
    """Id of a thing that no curated file holds: the same in every release that spells the key so, form apart."""
    return _readable(dataset, key, f"{label}\n{name_key(key)}")


@dataclass
class Cells:
    """One row under check: reads cells by their kind and collects what is wrong with them."""

    table: Table
    line: Line
    cells: dict[str, str]
    today: date | None = None  # that of the machine where none is given
    _found: list[Problem] = field(default_factory=list)

    def wrong(self, column: str, code: str, message: str, hint: str = "") -> None:
        """Note a problem at a cell."""
        self._found.append(self.table.problem(self.line, column, code, message, hint))

    def text(self, column: str) -> str:
        """A cell that must not be empty."""
        if not self.cells[column]:
            self.wrong(column, "EMPTY-CELL", f"'{column}' is empty", "a cell was lost, or the line was cut")
        return self.cells[column]

    def number(self, column: str) -> float | None:
        """A number above zero, or None where the cell is empty or wrong."""
        text = self.cells[column]
        if re.fullmatch(r"[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,2})?", text) and float(text) > 0:
            return float(text)
        if text:
            hint = "expected digits, as 512, 0.5 or 1.5e+22"
            self.wrong(column, "NUMBER", f"'{text[:40]}' is not a number above zero", hint)
        return None

    def day(self, column: str, *, ahead: bool = False) -> str:
        """A day as YYYY-MM-DD; where the cell holds none, a problem and a day that nobody will use.

        Args:
            ahead: allow days to come. Without it a day after tomorrow, or before 1900, is a problem.
        """
        text = self.cells[column]
        try:
            found = date.fromisoformat(text if len(text) == 10 else "")
        except ValueError:
            self.wrong(column, "DATE", f"'{text[:40]}' is not a day", "expected YYYY-MM-DD")
            return date.min.isoformat()
        self._lies(column, found, ahead=ahead)
        return found.isoformat()

    def span(self, column: str, *, ahead: bool = False) -> str:
        """A date of any precision, as 2025, 2025-02 or 2025-02-13; empty, with a problem, where it is none.

        Args:
            ahead: allow spans to come, as `day` does.
        """
        try:
            found = PartialDate.parse(self.cells[column])
        except ValueError as error:
            self.wrong(column, "DATE", str(error))
            return ""
        self._lies(column, found.first, ahead=ahead)
        return str(found)

    def _lies(self, column: str, found: date, *, ahead: bool) -> None:
        latest = (self.today or date.today()) + timedelta(days=1)
        if found.year < 1900 or (found > latest and not ahead):
            hint = "a digit was mistyped, or the clock of this machine is wrong"
            side = "in the future" if found > latest else "too far back"
            self.wrong(column, "DATE", f"'{self.cells[column]}' lies {side}", hint)

    def told(self) -> list[Problem]:
        """What is wrong with the row; three cells or more mean that it is shifted."""
        return one_if_shifted(self.table, self.line, self._found)


@dataclass
class Outside:
    """The elements of one outside data set, growing.

    A fact rests on the source of the data set, or on those that are named for it. What a method is given and can't be
    becomes a problem, at the place it is given with, and reading goes on; nothing is raised.
    """

    dataset: str
    source: Source
    context: Context
    loaded: Loaded = field(init=False)
    _lines: dict[str, str] = field(default_factory=dict)
    _nodes: dict[str, Node] = field(default_factory=dict)
    _told: set[str] = field(default_factory=set)
    _cited: dict[str, Source] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.loaded = Loaded(Batch(self.dataset, [source_node(self.source)]))
        self._read_lines()

    def items(self, root: Block | None, section: str, shape: type[Shape]) -> Iterator[tuple[Block, Shape]]:
        """Each item of a list of the file, with its place, and typed by a pydantic model.

        A number that the file holds as text becomes a number. What an item lacks or holds wrong becomes a problem at
        its place, and the item is passed over.
        """
        found, problems = lines_of(root, section, shape, f"item of '{section}'")
        self.loaded.problems += problems
        yield from ((block, item) for item, block in found)

    def cite(self, name: str, *, at: Block | None = None, **props: Any) -> Source | None:
        """A source of a single fact, added once; a page is told from others by its address, or else by `name`.

        Args:
            at: where the source stands in the file, for problems.
            props: fields of `chinaai.graph.model.evidence.Source`, `publisher` and `kind` among them.
        Returns:
            The source, or None where a field is wrong, which is then a problem.
        """
        one = _readable(self.dataset, name, str(props.get("url") or name))
        if one not in self._cited:
            found = self._shaped(Source, f"source '{name}'", at, {"id": one, "title": name, **props})
            if found is None:
                return None
            self._cited[one] = found
            self.loaded.batch.nodes.append(source_node(found))
        return self._cited[one]

    def join(self, names: Iterable[str], *labels: str) -> End | None:
        """The one curated thing of a type that bears any of the names; None where there is none, or several."""
        identity, wanted = self.context.identity, [name for name in names if name]
        lines = {self._lines[key] for key in map(name_key, wanted) if key in self._lines}
        fitting = {one for one in lines if identity.entities[one].label() in labels}
        found = sorted(fitting or {one for name in wanted for one in identity.find(name, *labels)})
        if len(found) > 1:
            self.remark(f"'{wanted[0]}' is left unjoined: it may be {' or '.join(found)}")
        return (identity.entities[found[0]].label(), found[0]) if len(found) == 1 else None

    def join_or_make(
        self, shape: type[Entity], name: str, *, key: str = "", at: Block | None = None, **props: Any
    ) -> End:  # fmt: skip
        """The curated thing of a name, or a node of this data set."""
        return self.join([name], shape.label()) or self.make(shape, name, key=key, at=at, **props)

    def make(self, shape: type[Entity], name: str, *, key: str = "", at: Block | None = None, **props: Any) -> End:
        """A node of this data set, once for each key (the name, where none is given); the first one stands.

        Args:
            at: where it stands in the file, for problems.
        """
        one = own_id(self.dataset, shape.label(), key or name)
        if one not in self._nodes:
            given = {k: v for k, v in props.items() if v is not None}
            entity = self._shaped(shape, f"{shape.label()} '{name}'", at, {"id": one, "name": name, **given})
            if entity is None:
                return shape.label(), one
            node = entity_node(entity)
            known = {k: v for k, v in node.props.items() if k not in props or k in given}  # no default for None
            self._nodes[one] = Node(node.label, one, {**known, "sources": [self.source.id]})
            self.loaded.batch.nodes.append(self._nodes[one])
        return shape.label(), one

    def put(self, item: Entity) -> End:
        """A node of this data set under the id that it bears."""
        node = entity_node(item)
        self.loaded.batch.nodes.append(Node(node.label, node.id, {**node.props, "sources": [self.source.id]}))
        return node.label, node.id

    def fact(
        self, kind: str, key: tuple[str, ...], start: End, end: End, *, announced: PartialDate | None = None,
        as_of: PartialDate | None = None, sources: Sequence[Source] = (), confidence: float | None = None,
        **props: Any,
    ) -> None:  # fmt: skip
        """A relation. `key` holds the fewest words that tell it from all others of its kind.

        Args:
            sources: what it rests on, as `cite` gave them; the source of the data set where empty. Its confidence is
                that of these sources.
            confidence: the publisher's own, from 0 to 1, in place of the rule's; it is told as his.
        """
        evidence = self._evidence(announced, as_of, open_ended=True, sources=sources)
        if confidence is not None:
            evidence |= {"confidence": confidence, "confidence_why": f"as {self.source.publisher} has it"}
        one = _readable(self.dataset, " ".join(key), "\n".join((kind, *key)))
        self.loaded.batch.edges.append(Edge(kind, one, start, end, {**evidence, **props}))

    def figure(
        self, metric: str, subject: str, of: End, *, value: float | None = None, unit: str | None = None,
        day: PartialDate | None = None, by: End | None = None, announced: PartialDate | None = None,
        as_of: PartialDate | None = None, sources: Sequence[Source] = (), **props: Any,
    ) -> None:  # fmt: skip
        """An observation of a figure or a date; `subject` is the name that the source has for the thing."""
        what = str(day) if day else f"{value:g} {unit}"
        text = {"metric": metric, "name": f"{subject}: {metric} {what}", "value": value, "unit": unit}
        dated: dict[str, Any] = {"date": day, "date_from": day.first} if day else {}
        evidence = self._evidence(announced, as_of, open_ended=False, sources=sources)
        one = _readable(self.dataset, f"{subject} {metric}", f"{metric}\n{subject}")
        node = Node("Observation", one, {**evidence, **text, **dated, **props})
        self.loaded.batch.nodes.append(node)
        for kind, end in (("OF", of), ("MEASURED_BY", by)):
            if end is not None:
                self.loaded.batch.edges.append(Edge.keyed(kind, ("Observation", node.id), end))

    def remark(self, text: str) -> None:
        """Tell the user, once."""
        if text not in self._told:
            self._told.add(text)
            self.loaded.remarks.append(text)

    def finish(self, summary: str) -> Loaded:
        """What was read; nothing of it where a problem stands."""
        self.loaded.problems = sorted(set(self.loaded.problems))
        if self.loaded.problems:
            self.loaded.batch = Batch(self.dataset)
        self.loaded.remarks.append(summary)
        return self.loaded

    def _shaped(self, shape: type[Shape], what: str, at: Block | None, given: dict[str, Any]) -> Shape | None:
        """The typed values, or None and a problem for each that can't be."""
        at = at or Block(self.dataset, 0, 0, {})
        found, problems = parse(replace(at, value=given), shape, what)
        self.loaded.problems += problems
        return found

    def _evidence(
        self, announced: PartialDate | None, as_of: PartialDate | None, *, open_ended: bool, sources: Sequence[Source]
    ) -> dict[str, Any]:
        """As every fact carries it: what is seen in a span is known when the span is over."""
        seen = [span.first for span in (announced, as_of) if span]
        judged = judge(
            list(sources) or [self.source], "reported", reviewed=self.context.reviewed,
            last_seen=max(seen, default=None), open_ended=open_ended,
        )  # fmt: skip
        known = announced.first if announced else None
        if known is None and as_of is not None:
            known = as_of.first if as_of.precision == "day" else as_of.after
        return {
            "status": "reported", "announced": announced, "as_of": as_of, "known_from": known,
            "known_from_basis": "announced" if announced else "as_of" if as_of else None,
            "confidence": judged.value, "confidence_why": judged.why, "weak": judged.weak,
            "sources": [source.id for source in sources] or [self.source.id],
        }  # fmt: skip

    def _read_lines(self) -> None:
        path = self.context.seeds / "registers" / NAMES
        if not path.is_file():
            return
        root, problems = read_yaml(path, f"registers/{NAMES}")
        self.loaded.problems += problems
        lines, more = lines_of(root, "names", NameLine, "line")
        self.loaded.problems += more
        for line, block in lines:
            if line.loader != self.dataset:
                continue
            if line.is_ not in self.context.identity.entities:
                hint = "use the id of a curated entity"
                message = f"unknown thing '{line.is_}'"
                self.loaded.problems.append(block.problem("UNKNOWN-ENTITY", message, hint, path=("is",)))
                continue
            self._lines[name_key(line.printed)] = line.is_
