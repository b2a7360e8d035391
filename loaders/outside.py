"""What the loaders of outside data share: names joined by reviewed lines or not at all, nodes, facts and figures."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, cast

from pydantic import Field

from ..graph.dates import PartialDate
from ..graph.elements import Batch, Edge, Node
from ..graph.gate import by_themselves
from ..graph.identity import name_key
from ..graph.model.base import Entity, Slug
from ..graph.model.evidence import Conflict, Source
from ..graph.problems import Problem
from ..graph.seen import grouped
from .base import Loaded
from .curated.elements import entity_node, source_node
from .evidence import DAYS, evidence
from .identity import Identity
from .telling import At, Telling, given_of
from .yaml_reader import Reasoned, lines_of, read_yaml

#: Label and id of a node.
End = tuple[str, str]
#: A date as a loader may give it; as text in the forms that `Cells.span` reads.
Day = PartialDate | date | str
#: Types of those who act, of which one name means one.
_WHO = ("Authority", "Company", "Fund", "Person")
#: Seats that count as Chinese: the mainland, Hong Kong and Macao.
CHINESE = frozenset({"CN", "HK", "MO"})
#: Country names as data sets write them.
COUNTRIES = {
    "China": "CN", "Hong Kong": "HK", "Taiwan": "TW", "United States of America": "US", "Canada": "CA", "Japan": "JP",
    "United Kingdom of Great Britain and Northern Ireland": "GB", "France": "FR", "Germany": "DE", "Singapore": "SG",
    "Korea (Republic of)": "KR", "Switzerland": "CH", "Israel": "IL", "Australia": "AU", "Finland": "FI",
}  # fmt: skip
#: Publishers' spellings that surely mean a curated thing.
_NAMES = "registers/outside-names.yaml"


def _readable(dataset: str, shown: str, exact: str) -> str:
    """An id that people can read, told apart from all others by a part of a hash."""
    plain = unicodedata.normalize("NFKD", shown).encode("ascii", "ignore").decode().casefold()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")
    return "-".join(part for part in (dataset, slug, hashlib.sha256(exact.encode()).hexdigest()[:6]) if part)


def own_id(dataset: str, label: str, key: str) -> str:
    """Id of a thing that no curated file holds: the same in every release that spells the key so, form apart."""
    return _readable(dataset, key, f"{label}\n{name_key(key)}")


class _Spelling(Reasoned):
    """A publisher's spelling and the curated thing it means."""

    loader: str
    printed: str
    is_: Slug = Field(alias="is")


def _spellings(seeds: Path, dataset: str, identity: Identity) -> tuple[dict[str, str], list[Problem]]:
    """Ids by the keys of the spellings that a data set has lines for; none where the folder has no such file."""
    path = seeds / _NAMES
    if not path.is_file():
        return {}, []
    root, problems = read_yaml(path, _NAMES)
    lines, more = lines_of(root, "names", _Spelling, "line")
    found, problems = {}, problems + more
    for line, block in lines:
        if line.loader != dataset:
            continue
        if line.is_ not in identity.entities:
            hint = "use the id of a curated entity"
            problems.append(block.problem("UNKNOWN-ENTITY", f"unknown thing '{line.is_}'", hint, path=("is",)))
            continue
        found[name_key(line.printed)] = line.is_
    return found, problems


@dataclass
class Outside(Telling):
    """The elements of one outside data set, growing.

    A fact rests on the source of the data set, or on those that are named for it. What a method is given and can't be
    becomes a problem, at the place it is given with, and reading goes on; nothing is raised.
    """

    _lines: dict[str, str] = field(default_factory=dict)
    #: What was made, to be found by its names as what is curated.
    _own: Identity = field(default_factory=Identity)
    #: By the id of what was made: what it was given, and where it stands in the batch.
    _made: dict[str, tuple[dict[str, Any], int]] = field(default_factory=dict)
    _cited: dict[str, tuple[Source, dict[str, Any]]] = field(default_factory=dict)
    _ids: set[str] = field(default_factory=set)
    #: Facts and figures by their ids: the list that holds one, and where in it.
    _facts: dict[str, tuple[list[Any], int]] = field(default_factory=dict)
    #: Properties given for what stands already, with the ids of these things.
    _unwritten: dict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))

    def __post_init__(self) -> None:
        self.loaded = Loaded(Batch(self.dataset, [source_node(self.source)]))
        self._lines, self.loaded.problems = _spellings(self.context.seeds, self.dataset, self.context.identity)
        self._within_time(None, {name: getattr(self.source, name) for name in ("published", "retrieved")})

    def cite(self, name: str, /, *, at: At | None = None, **props: Any) -> Source | None:
        """A source of a single fact, added once; a page is told from others by its address, or else by `name`.

        Args:
            at: where the source stands in the file, for problems.
            props: fields of `chinaai.graph.model.evidence.Source`, `publisher` and `kind` among them.
        Returns:
            The source, or None where a field is wrong, which is then a problem.
        """
        one = _readable(self.dataset, str(name), str(props.get("url") or name))
        given = {"id": one, "title": name, **props}
        held = self._cited.get(one)
        if held is not None and held[1] == given:
            return held[0]
        found = self._shaped(Source, f"source '{name}'", at, given)
        if found is None or held is not None:
            if found is not None and held is not None:
                first, second = ({key: getattr(one, key) or "not given" for key in given} for one in (held[0], found))
                self._differ(f"source '{held[0].title}'", one, first, second, at)
            return held[0] if held is not None else None
        self._cited[one] = found, given
        self._stands(one, at)
        self.loaded.batch.nodes.append(source_node(found))
        return found

    def join(self, names: Iterable[str], *labels: str) -> End | None:
        """The one curated thing of a type that bears any of the names; None where there is none, or several."""
        identity = self.context.identity
        wanted = [one for one in ([names] if isinstance(names, str) else names) if one and self._is_name(one, None)]
        lines = {self._lines[key] for key in map(name_key, wanted) if key in self._lines}
        fitting = {one for one in lines if identity.entities[one].label() in labels}
        found = sorted(fitting or {one for name in wanted for one in identity.find(name, *labels)})
        if len(found) > 1:
            self.remark(f"'{wanted[0]}' is left unjoined: it may be {' or '.join(found)}")
        elif found:
            self.loaded.joined[wanted[0]] = found[0]
        return (identity.entities[found[0]].label(), found[0]) if len(found) == 1 else None

    def join_or_make(
        self, shape: type[Entity], name: str, *, key: str = "", at: At | None = None, **props: Any
    ) -> End:  # fmt: skip
        """The curated thing of a name, or a node of this data set, which is found again by another spelling too.

        What is curated keeps its own properties: those given here are of what is made. A name is a problem where
        `make` says so.
        """
        label = shape.label()
        if not self._is_name(name, at) or not (found := self.join([name], label)):
            before = self._own.find(name, label) if not key and isinstance(name, str) else []
            if len(before) != 1:
                return self.make(shape, name, key=key, at=at, **props)
            first = str(self._own.entities[before[0]].name)
            if name_key(first) != name_key(name):
                self.remark(f"'{name}' is taken for '{first}' of this data set")
            return self._node(shape, before[0], {"name": first, **props}, False, at)
        given = {key: value for key, value in props.items() if value is not None}
        entity = self._shaped(shape, f"{label} '{name}'", at, {"id": found[1], "name": name, **given})
        standing = self.context.identity.entities[found[1]]
        for one in given if entity is not None else ():
            if getattr(entity, one) != getattr(standing, one, None):
                self._unwritten[one][found[1]] = None
        return found

    def make(
        self, shape: type[Entity], name: str, *, key: str = "", namesake: bool = False, at: At | None = None,
        **props: Any,
    ) -> End:  # fmt: skip
        """A node of this data set, once for each key (the name, where none is given).

        A later call adds properties that the first one left out; one that differs is a problem. So is a name that
        means another thing already: by a name of two neither could be asked for.

        Args:
            namesake: it is known to be another thing under the same name, and is asked for by its id.
            at: where it stands in the file, for problems.
        """
        one = own_id(self.dataset, shape.label(), str(key or name))
        if not self._is_name(name, at):
            return shape.label(), one
        return self._node(shape, one, {"name": name, **props}, namesake, at)

    def _node(self, shape: type[Entity], one: str, props: dict[str, Any], namesake: bool, at: At | None) -> End:
        end, what = (shape.label(), one), f"{shape.label()} '{props['name']}'"
        held, number = self._made.get(one, ({}, len(self.loaded.batch.nodes)))
        if held and all(held.get(key) == value for key, value in props.items() if value is not None):
            return end
        found = self._shaped(shape, what, at, {"id": one, **given_of(props)})
        if found is None or self._differ(what, one, held, props, at):
            return end
        props = {**props, **given_of(held)}
        found = self._shaped(shape, what, at, {"id": one, **given_of(props)}) if held else found
        if found is not None:
            if not held:
                self._stands(one, at)
                self.loaded.batch.nodes.append(entity_node(found))
            self._made[one] = props, number
            node = self._apart(found, namesake, at)
            known = {key: value for key, value in node.props.items() if props.get(key, 0) is not None}  # no default
            self.loaded.batch.nodes[number] = replace(node, props={**known, "sources": [self.source.id]})
        return end

    def put(self, item: Entity, *, at: At | None = None) -> End:
        """A node of this data set under the id that it bears; its names are a problem where `make` says so."""
        if self._stands(item.id, at):
            node = self._apart(item, False, at)
            self.loaded.batch.nodes.append(replace(node, props={**node.props, "sources": [self.source.id]}))
        return item.label(), item.id

    def _apart(self, entity: Entity, namesake: bool, at: At | None) -> Node:
        """The node, under no key of a part of its names that is another's; a whole name that is another's is told."""
        node, knowing = entity_node(entity), (self.context.identity, self._own)
        group = _WHO if node.label in _WHO else (node.label,)
        names = dict.fromkeys(entity.names()[1:])
        for name in () if namesake else names:
            for known in knowing:
                bearers = [one for one in known.find(name, *group) if one != node.id]
                if len(bearers) == 1:  # a name of several means none of them already
                    self._borne(name, known.entities[bearers[0]], node.label, at)
        whole = set(map(name_key, entity.names()))
        keys = [
            key for key in cast(list[str], node.props.get("keys", []))
            if key in whole or not any(known.bearing(key, *group) - {node.id} for known in knowing)
        ]  # fmt: skip
        self._own.add(entity)
        return Node(node.label, node.id, {**node.props, "keys": keys})

    def _borne(self, name: str, other: Entity, label: str, at: At | None) -> None:
        first = self._first(other.id)
        if other.label() != label:
            hint = f"take it as {other.label()}, or give the {label} a name of its own"
            self._wrong(at, "OTHER-TYPE", f"'{name}' is the {other.label()} {other.id}, and no {label}", hint)
            return
        said = f"'{name}' is the name of the {label} {other.id}" + (f", {first}" if first else "")
        self._wrong(at, "AMBIGUOUS-NAME", said, "join it, give it another name, or leave the alias out")

    def fact(
        self, kind: str, key: Sequence[object], start: End, end: End, *, status: str = "reported",
        announced: Day | None = None, as_of: Day | None = None, sources: Sequence[Source | None] = (),
        confidence: float | None = None, at: At | None = None, **props: Any,
    ) -> str:  # fmt: skip
        """A relation. `key` holds the fewest words that tell it from all others of its kind.

        From when and to when it counts follows from `since`, `announced`, `as_of`, `until` and the sources, as for a
        curated fact (decisions/0002).

        Args:
            sources: what it rests on, as `cite` gave them; the source of the data set where empty. Its confidence is
                that of these sources, by the rule.
            confidence: the publisher's own, from 0 to 1, in place of the rule's; it is told as his.
            at: where it stands in the file, for problems.
            props: `since`, `until` and further properties of its type, as docs/schema.md lists them.
        Returns:
            Its id.
        """
        words = self._words(key, at)
        one = _readable(self.dataset, " ".join(words), "\n".join((kind, *words)))
        said = self._evidence(status, {"announced": announced, "as_of": as_of, **props}, sources, at, lasts=True)
        if confidence is not None:
            said |= {"confidence": confidence, "confidence_why": f"as {self.source.publisher} has it"}
        if self._stands(one, at):
            self._hold(one, self.loaded.batch.edges, Edge(kind, one, start, end, said))
        return one

    def figure(
        self, metric: str, subject: str, of: End, *, key: Sequence[object] = (), value: float | None = None,
        unit: str | None = None, day: Day | None = None, by: End | None = None, status: str = "reported",
        announced: Day | None = None, as_of: Day | None = None, sources: Sequence[Source | None] = (),
        at: At | None = None, **props: Any,
    ) -> str:  # fmt: skip
        """An observation of a figure or a date; `subject` is the name that the source has for the thing.

        Args:
            key: what tells it from other figures of this metric for the same subject, such as the year.
            value, unit: of a metric that is a number; `day` is that of one that is a date.
            by: who counted.
            status, announced, as_of, sources, at, props: as for `fact`.
        Returns:
            Its id.
        """
        words, days = [str(subject), *self._words(key, at)], self._days({"day": day}, at)
        number = grouped(value) if isinstance(value, int | float) else value
        what = str(days["day"]) if days else f"{number} {unit}"
        text = {"metric": metric, "name": f"{subject}: {metric} {what}", "value": value, "unit": unit}
        dated: dict[str, Any] = {"date": days["day"], "date_from": days["day"].first} if days else {}
        said = self._evidence(status, {"announced": announced, "as_of": as_of, **props}, sources, at, lasts=False)
        one = _readable(self.dataset, " ".join((words[0], metric, *words[1:])), "\n".join((metric, *words)))
        if not self._is_name(subject, at) or not self._stands(one, at):
            return one
        self._hold(one, self.loaded.batch.nodes, Node("Observation", one, {**text, **dated, **said}))
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

    def finish(self, summary: str) -> Loaded:
        """What was read; nothing of it where a problem stands."""
        if self.loaded.problems:  # what the gate would find is told with them, and not after they are mended
            self.loaded.problems = sorted({*self.loaded.problems, *by_themselves(self.loaded.batch)})
            self.loaded.batch = Batch(self.dataset)
        for name, ids in self._unwritten.items():
            shown = ", ".join(list(ids)[:3]) + (f" and {len(ids) - 3} more" if len(ids) > 3 else "")
            self.loaded.remarks.append(f"'{name}' is not written for {shown}: what stands already keeps its own")
        if undated := [one for one, (held, number) in self._facts.items() if not held[number].props.get("known_from")]:
            said = f"facts without a day, in the answers of every day: {len(undated)}, such as {undated[0]}"
            self.loaded.remarks.append(f"{said}; give a day of each, or `published` of the source")
        self.loaded.remarks.append(summary)
        return self.loaded

    def _stands(self, one: str, at: At | None) -> bool:
        """Note where an element was read, for what the gate may find; False and a problem for a second one."""
        if one in self._ids:
            hint = "; ".join(filter(None, (self._first(one), "put into `key` what tells the two apart")))
            self._wrong(at, "DUPLICATE-ID", f"the id '{one}' stands twice", hint)
            return False
        self._ids.add(one)
        if at is not None:
            block = self._block(at)
            self.loaded.batch.places.setdefault(one, (block.file, block.line, block.column))
        return True

    def _evidence(
        self, status: str, props: dict[str, Any], sources: Sequence[Source | None], at: At | None, *, lasts: bool
    ) -> dict[str, Any]:
        """Evidence by the rule and whatever else is given, which goes before it."""
        days = self._days({name: props.pop(name, None) for name in DAYS}, at)
        given = [sources] if isinstance(sources, str | Source) else sources
        cited = [source for source in given if isinstance(source, Source)]  # None is told by `cite`
        for odd in (one for one in given if one is not None and not isinstance(one, Source)):
            self._wrong(at, "SOURCE", f"sources can't hold {odd!r:.60}", "give what `cite` gave")
        reviewed = self.context.reviewed
        return {**evidence(status, days, cited or [self.source], reviewed, lasts=lasts), **props}
