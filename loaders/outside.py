"""What the loaders of outside data share: names joined by reviewed lines or not at all, nodes, facts and figures."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import Field

from ..graph.confidence import STATUS_FACTOR, judge
from ..graph.dates import PartialDate
from ..graph.elements import Batch, Edge, Node
from ..graph.gate import by_themselves
from ..graph.identity import name_key
from ..graph.model.base import Entity, Slug
from ..graph.model.evidence import Conflict, Source
from .base import Context, Loaded
from .cells import MISTYPED, Cells, beyond
from .curated.elements import entity_node, source_node
from .yaml_reader import Block, Reasoned, Shape, lines_of, parse, read_yaml

#: Label and id of a node.
End = tuple[str, str]
#: Where something stands: an item of a nested file, or a row of a table.
At = Block | Cells
#: Types of those who act, of which one name means one.
_WHO = ("Authority", "Company", "Fund", "Person")
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
    #: Facts and figures by their ids: the list that holds one, and where in it.
    _facts: dict[str, tuple[list[Any], int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.loaded = Loaded(Batch(self.dataset, [source_node(self.source)]))
        self._read_lines()

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

    def cite(self, name: str, /, *, at: At | None = None, **props: Any) -> Source | None:
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
            self._within_time(at, found.published)
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
        self, shape: type[Entity], name: str, *, key: str = "", at: At | None = None, **props: Any
    ) -> End:  # fmt: skip
        """The curated thing of a name, or a node of this data set.

        A company that bears the name of an authority, a fund or a person is a problem: two of one name could not be
        asked for by it.
        """
        label = shape.label()
        found = self.join([name], label)
        if found is None and label in _WHO and (other := self.join([name], *(set(_WHO) - {label}))):
            hint = f"take it as {other[0]}, or give the {label} a name of its own"
            self._wrong(at, "OTHER-TYPE", f"'{name}' is the {other[0]} {other[1]}, and no {label}", hint)
            return label, own_id(self.dataset, label, key or name)
        return found or self.make(shape, name, key=key, at=at, **props)

    def make(self, shape: type[Entity], name: str, *, key: str = "", at: At | None = None, **props: Any) -> End:
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
            self._stands(one, at)
            self.loaded.batch.nodes.append(self._nodes[one])
        return shape.label(), one

    def put(self, item: Entity, *, at: At | None = None) -> End:
        """A node of this data set under the id that it bears."""
        node = entity_node(item)
        self._stands(node.id, at)
        self.loaded.batch.nodes.append(Node(node.label, node.id, {**node.props, "sources": [self.source.id]}))
        return node.label, node.id

    def fact(
        self, kind: str, key: Sequence[object], start: End, end: End, *, status: str = "reported",
        announced: PartialDate | None = None, as_of: PartialDate | None = None, sources: Sequence[Source] = (),
        confidence: float | None = None, at: At | None = None, **props: Any,
    ) -> str:  # fmt: skip
        """A relation. `key` holds the fewest words that tell it from all others of its kind.

        Args:
            sources: what it rests on, as `cite` gave them; the source of the data set where empty. Its confidence is
                that of these sources, by the rule.
            confidence: the publisher's own, from 0 to 1, in place of the rule's; it is told as his.
            at: where it stands in the file, for problems.
            props: further properties of its type, as docs/schema.md lists them.
        Returns:
            Its id.
        """
        words = [str(word) for word in key]
        one = _readable(self.dataset, " ".join(words), "\n".join((kind, *words)))
        holds = props.get("until") is None and status not in ("ended", "denied")
        evidence = self._evidence(status, announced, as_of, open_ended=holds, sources=sources, at=at)
        if confidence is not None:
            evidence |= {"confidence": confidence, "confidence_why": f"as {self.source.publisher} has it"}
        self._stands(one, at)
        self._hold(one, self.loaded.batch.edges, Edge(kind, one, start, end, {**evidence, **props}))
        return one

    def figure(
        self, metric: str, subject: str, of: End, *, value: float | None = None, unit: str | None = None,
        day: PartialDate | None = None, by: End | None = None, status: str = "reported",
        announced: PartialDate | None = None, as_of: PartialDate | None = None, sources: Sequence[Source] = (),
        at: At | None = None, **props: Any,
    ) -> str:  # fmt: skip
        """An observation of a figure or a date; `subject` is the name that the source has for the thing.

        Args:
            value, unit: of a metric that is a number; `day` is that of one that is a date.
            by: who counted.
            status, announced, as_of, sources, at, props: as for `fact`.
        Returns:
            Its id.
        """
        what = str(day) if day else f"{value:g} {unit}" if isinstance(value, int | float) else f"{value} {unit}"
        text = {"metric": metric, "name": f"{subject}: {metric} {what}", "value": value, "unit": unit}
        dated: dict[str, Any] = {"date": day, "date_from": day.first} if day else {}
        evidence = self._evidence(status, announced, as_of, open_ended=False, sources=sources, at=at)
        one = _readable(self.dataset, f"{subject} {metric}", f"{metric}\n{subject}")
        self._stands(one, at)
        self._hold(one, self.loaded.batch.nodes, Node("Observation", one, {**evidence, **text, **dated, **props}))
        for kind, end in (("OF", of), ("MEASURED_BY", by)):
            if end is not None:
                self.loaded.batch.edges.append(Edge.keyed(kind, ("Observation", one), end))
        return one

    def conflict(
        self, slug: str, question: str, sides: Sequence[str], *, prefer: str | None = None, reason: str | None = None,
        at: At | None = None,
    ) -> None:  # fmt: skip
        """A question on which facts or figures of this data set disagree; all of them stay.

        Args:
            slug: its name, such as `kestrel-byd-day`, which no other conflict of the graph has.
            sides: two or more, by the ids that `fact` and `figure` gave.
            prefer: the one to be read first; `reason` says why.
        """
        given = {"id": f"conflict.{slug}", "name": question, "question": question, "conflict": slug,
                 "facts": sorted(sides), "prefer": prefer, "reason": reason}  # fmt: skip
        for side in {*sides, *filter(None, [prefer])} - self._facts.keys():
            self._wrong(at, "SIDE", f"conflict '{slug}': '{side}' is no fact of this data set", "give what `fact` gave")
        found = self._shaped(Conflict, f"conflict '{slug}'", at, {k: v for k, v in given.items() if v is not None})
        if found is None:
            return
        here = self.put(found, at=at)
        known = [one for one in dict.fromkeys(sides) if one in self._facts]
        for one in known:
            held, number = self._facts[one]
            marks = {"conflict": slug, **({} if prefer is None else {"preferred": one == prefer})}
            held[number] = replace(held[number], props={**held[number].props, **marks})
        for about in dict.fromkeys(map(self._subject, known)):
            self.loaded.batch.edges.append(Edge.keyed("CONCERNS", here, about, about[1]))

    def _hold(self, one: str, held: list[Any], element: Node | Edge) -> None:
        self._facts[one] = held, len(held)
        held.append(element)

    def _subject(self, one: str) -> End:
        held, number = self._facts[one]
        if isinstance(held[number], Edge):
            found: End = held[number].start
            return found
        return next(e.end for e in self.loaded.batch.edges if e.type == "OF" and e.start == ("Observation", one))

    def remark(self, text: str) -> None:
        """Tell the user, once."""
        if text not in self._told:
            self._told.add(text)
            self.loaded.remarks.append(text)

    def finish(self, summary: str) -> Loaded:
        """What was read; nothing of it where a problem stands."""
        if self.loaded.problems:  # what the gate would find is told with them, and not after they are mended
            self.loaded.problems = sorted({*self.loaded.problems, *by_themselves(self.loaded.batch)})
            self.loaded.batch = Batch(self.dataset)
        self.loaded.remarks.append(summary)
        return self.loaded

    def _block(self, at: At | None) -> Block:
        return at.block if isinstance(at, Cells) else at or Block(self.dataset, 0, 0, {})

    def _wrong(self, at: At | None, code: str, message: str, hint: str, path: tuple[str, ...] = ()) -> None:
        self.loaded.problems.append(self._block(at).problem(code, message, hint, path=path))

    def _stands(self, one: str, at: At | None) -> None:
        """Note where an element was read, for what the gate may find."""
        if at is not None:
            block = self._block(at)
            self.loaded.batch.places[one] = block.file, block.line, block.column

    def _within_time(self, at: At | None, *told: PartialDate | None) -> None:
        for day in filter(None, told):
            if side := beyond(day.first, self.context.today):
                self._wrong(at, "DATE", f"'{day}' lies {side}", MISTYPED)

    def _shaped(self, shape: type[Shape], what: str, at: At | None, given: dict[str, Any]) -> Shape | None:
        """The typed values, or None and a problem for each that can't be."""
        found, problems = parse(replace(self._block(at), value=given), shape, what)
        self.loaded.problems += problems
        return found

    def _evidence(
        self, status: str, announced: PartialDate | None, as_of: PartialDate | None, *, open_ended: bool,
        sources: Sequence[Source], at: At | None,
    ) -> dict[str, Any]:  # fmt: skip
        """As every fact carries it: what is seen in a span is known when the span is over."""
        self._within_time(at, announced, as_of)
        seen = [span.first for span in (announced, as_of) if span]
        judged = judge(
            list(sources) or [self.source], status if status in STATUS_FACTOR else "reported",
            reviewed=self.context.reviewed, last_seen=max(seen, default=None), open_ended=open_ended,
        )  # fmt: skip
        known = announced.first if announced else None
        if known is None and as_of is not None:
            known = as_of.first if as_of.precision == "day" else as_of.after
        return {
            "status": status, "announced": announced, "as_of": as_of, "known_from": known,
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
