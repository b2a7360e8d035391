"""The one door to the store: what a batch may hold is what the declarations allow."""

from __future__ import annotations

import contextlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from typing import Any

import numpy as np
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from . import compiled, form, sense, statements
from .compiled import Compiled
from .completed import completed
from .days import Fault
from .elements import Edge, Elements, Node, Place, Stream, chunks
from .model import EDGES, NODES
from .model.values import PATTERNS
from .nearest import did_you_mean
from .prints import Array, Index, array_of, key_prints, prints
from .problems import Problem
from .store import Store
from .whole import Whole

#: A node that must stand: its type and id.
End = tuple[str, str]
#: Ids that the store is asked for in one statement, and needed ones that are kept until they are looked for.
TOGETHER, MOST = 10_000, 50_000


def admit(
    elements: Elements, store: Store, *, beside: Mapping[str, str] | None = None, today: date | None = None
) -> list[Problem]:  # fmt: skip
    """Everything that keeps a batch from being loaded; nothing where it may be.

    Args:
        beside, today: as for `Gate`; today is that of the machine where none is given.
    """
    gate = Gate(elements.dataset, beside, elements.places, today or date.today())
    return _through(gate, elements, store).problems(store)


def by_themselves(elements: Elements, today: date | None = None) -> list[Problem]:
    """What is wrong with elements wherever they come; whether what they refer to stands is not looked for.

    Args:
        today: as for `Gate`.
    """
    return _through(Gate(elements.dataset, None, elements.places, today), elements, None).told()


def _through(gate: Gate, elements: Elements, store: Store | None) -> Gate:
    if not gate.batch(elements):
        return gate
    elements = completed(elements)
    keys: dict[str, list[str]] = {"node": [], "fact": []}
    for group in chunks(elements.nodes):
        nodes = gate.writable(gate.formed(group, node=True))
        gate.see(nodes, node=True)
        gate.nodes(nodes)
        gate.own(key_prints(node.id for node in nodes), kinds_of(nodes))
        keys["node"] += [node.id for node in nodes]
    for ties in chunks(elements.edges):
        edges = gate.writable(gate.formed(ties, node=False))
        gate.see(edges, node=False)
        gate.edges(edges)
        keys["fact"] += [edge.fact_id for edge in edges]
    for what, held in keys.items():
        gate.twice(what, (key for key, count in Counter(held).items() if count > 1))
    gate.together(elements, store)
    return gate


class Gate:
    """Checks the elements of a data set, some at a time: first nodes, then edges.

    Checked are types, ids, the types of both ends, properties and their values, evidence where the declaration asks
    for it, and that every end, source and conflict stands in the batch, in the store or in `beside`.

    Args:
        beside: ids and types of the nodes of batches that are loaded together with this one, before it.
        places: where an element was read, by its id; a problem with another names the data set.
        today: the day after which nothing can have been said or seen; not looked at where none is given.
    """

    def __init__(
        self, dataset: str, beside: Mapping[str, str] | None = None, places: Mapping[str, Place] = Stream.places,
        today: date | None = None,
    ) -> None:  # fmt: skip
        self._told = _Told(dataset, places, today)
        self._beside = beside or {}
        self._whole = Whole()
        self._needed: dict[End, str] = {}  # what must stand, and an element that says so
        self._own: list[tuple[Array, Array]] = []
        self._index: Index | None = None
        self._labels: Array = np.zeros(0, dtype=np.uint16)

    def batch(self, elements: Elements) -> bool:
        """Whether the batch can be gone through at all; what is wrong is noted."""
        found = list(form.of_batch(elements))
        for key, what, hint in found:
            self._told.add("FORM", key, what, hint)
        return not found

    def formed(self, elements: Sequence[Any], *, node: bool) -> Sequence[Any]:
        """Those whose parts are of the right kind; what the others are is noted."""
        fits = form.is_node if node else form.is_edge
        if all(map(fits, elements)):
            return elements
        for one in elements:
            for key, what, hint in () if fits(one) else form.of_element(one, node=node):
                self._told.add("FORM", key, what, hint)
        return [one for one in elements if fits(one)]

    def writable(self, elements: Sequence[Any]) -> list[Any]:
        """Those that can be hashed, and so compared and written; what the others hold is noted."""
        with contextlib.suppress(TypeError, ValueError, RecursionError):
            prints(elements)
            return list(elements)
        fitting = []
        for one in elements:
            try:
                _ = one.digest
            except (TypeError, ValueError, RecursionError):
                self._refuse(one)
            else:
                fitting.append(one)
        return fitting

    def _refuse(self, one: Node | Edge) -> None:
        before = len(self._told.problems)
        if isinstance(one, Node):
            self.nodes([one])
            self.own(key_prints([one.id]), kinds_of([one]))  # an edge to it has no fault of its own
        elif self._told.declared(one, one.type, EDGES, "edge type") and self._told.ends(one):
            self._told.shape(one, compiled.of_edge(one.type, False), one.type)
        if len(self._told.problems) == before:
            for key, what, hint in form.of_values(one):
                self._told.add("FORM", key, what, hint)

    def nodes(self, nodes: Iterable[Node]) -> None:
        """Check nodes by themselves."""
        for node in nodes:
            if self._told.declared(node, node.label, NODES, "node type"):
                shape = compiled.of_node(node.label)
                self._need(shape, node, self._told.shape(node, shape, node.label))

    def own(self, keys: Array, kinds: Array) -> None:
        """Nodes that the data set holds, checked now or earlier: fingerprints of ids, and numbers of types."""
        self._own.append((keys, kinds))

    def edges(self, edges: Sequence[Edge]) -> None:
        """Check edges, after all nodes are known."""
        fitting = []
        for edge in edges:
            if self._told.declared(edge, edge.type, EDGES, "edge type") and self._told.ends(edge):
                bare_from = EDGES[edge.type].bare_from
                bare = bool(bare_from) and ("status" not in edge.props or "sources" not in edge.props)
                shape = compiled.of_edge(edge.type, bare and self._label(edge.start[1]) in bare_from)
                self._need(shape, edge, self._told.shape(edge, shape, edge.type))
                fitting.append(edge)
        if fitting:
            ends = [end for edge in fitting for end in (edge.start, edge.end)]
            for number in map(int, np.flatnonzero(~self._stand(ends))):
                self._needed.setdefault(ends[number], fitting[number // 2].fact_id)
        if len(self._needed) > MOST:
            self._settle()

    def see(self, elements: Sequence[Any], *, node: bool) -> None:
        """Take notice of all elements of the data set, those that stand unchanged among them, nodes first."""
        (self._whole.nodes if node else self._whole.edges)(elements)

    def together(self, elements: Elements, store: Store | None) -> None:
        """Tell what the elements seen are not to each other; without a store, not what they refer to."""
        found = list(self._whole.told(elements))
        for key, code, what, hint in (*found, *(self._whole.sides(self._label, store) if store else ())):
            self._told.add(code, key, what, hint)

    def twice(self, what: str, keys: Iterable[str]) -> None:
        """Tell ids that stand more than once."""
        for key in keys:
            self._told.add("DUPLICATE-ID", key, f"the {what} id stands twice", "an id names one thing in a data set")

    def told(self) -> list[Problem]:
        """What was found by now."""
        return sorted(self._told.problems)

    def problems(self, store: Store) -> list[Problem]:
        """All that was found, after a look at what the store holds."""
        self._settle()
        labels = {key: self._label(key) for _, key in self._needed}
        self._told.missing(self._needed, {key: label for key, label in labels.items() if label}, store)
        return self.told()

    def _settle(self) -> None:
        """Leave of what is needed only what the data set does not hold."""
        ends = list(self._needed)
        if ends:
            there = self._stand(ends)
            self._needed = {end: self._needed[end] for end, stands in zip(ends, there, strict=True) if not stands}

    def _need(self, shape: Compiled, element: Node | Edge, wrong: Set[tuple[str | int, ...]]) -> None:
        for name, ref in shape.refs:
            held = element.props.get(name)
            for number, value in enumerate(held) if isinstance(held, list) else ((None, held),):
                if isinstance(value, str) and (name, number) not in wrong and (name,) not in wrong:
                    self._needed.setdefault((ref.label, f"{ref.prefix}{value}"), element.key)

    def _known(self) -> Index:
        if self._index is None:
            keys, kinds = zip(*self._own, strict=True) if self._own else ((), ())
            self._labels = np.concatenate([*kinds, np.zeros(0, dtype=np.uint16)])
            self._index = Index(np.concatenate([*keys, array_of(b"")]))
            self._own = []
        return self._index

    def _label(self, key: str) -> str | None:
        """Type of a node of the batch, or of one beside it."""
        at, found = self._known().find(key_prints([key]))
        number = int(self._labels[at[0]]) if found[0] else UNKNOWN
        return LABELS[number] if number != UNKNOWN else self._beside.get(key)

    def _stand(self, ends: Sequence[End]) -> Array:
        """Which of them are nodes of the batch, or beside it, of that type."""
        at, found = self._known().find(key_prints(key for _, key in ends))
        wanted = np.array([NUMBER.get(label, UNKNOWN) for label, _ in ends], dtype=np.uint16)
        there: Array = found & (self._labels[at] == wanted if len(self._labels) else False)
        if self._beside:
            for number in map(int, np.flatnonzero(~found)):
                there[number] = self._beside.get(ends[number][1]) == ends[number][0]
        return there


#: Types of nodes in their order, and the number of a type that is not declared.
LABELS = tuple(sorted(NODES))
NUMBER = {label: number for number, label in enumerate(LABELS)}
UNKNOWN = 0xFFFF


def kinds_of(nodes: Iterable[Node]) -> Array:
    """Numbers of the types of nodes."""
    return np.array([NUMBER.get(node.label, UNKNOWN) for node in nodes], dtype=np.uint16)


class _Told:
    """The problems of one batch, growing."""

    def __init__(self, dataset: str, places: Mapping[str, Place], today: date | None) -> None:
        self.dataset, self.today = dataset, today
        self.places = places
        self.problems: list[Problem] = []

    def add(self, code: str, key: str, message: str, hint: str = "") -> None:
        """Note a problem of an element."""
        where, line, column = self.places.get(key) or (f"data set {self.dataset}", 0, 0)
        file, told, tip = (form.readable(part) for part in (where, f"'{key}': {message}", hint))
        self.problems.append(Problem(file, line, column, code, told, tip))

    def declared(self, element: Node | Edge, name: str, known: dict[str, Any], what: str) -> bool:
        """Whether the type of an element is declared."""
        if name not in known:
            hint = did_you_mean(str(name), known) or "the types are listed in docs/schema.md"
            self.add("UNKNOWN-TYPE", element.key, f"unknown {what} '{name}'", hint)
        return name in known

    def ends(self, edge: Edge) -> bool:
        """Whether both ends are of types that the edge may join."""
        kind = EDGES[edge.type]
        fit = True
        for what, (label, _), allowed in (("start", edge.start, kind.subjects), ("end", edge.end, kind.objects)):
            if label not in allowed:
                message = f"{edge.type} can't {what} at the type '{label}'"
                self.add("EDGE-END", edge.key, message, f"allowed: {', '.join(allowed)}")
                fit = False
        return fit

    def shape(self, element: Node | Edge, shape: Compiled, kind: str) -> Set[tuple[str | int, ...]]:
        """Properties against the declaration, each by itself and then all together; where those stand that can't be."""
        props = element.props
        found: list[Fault] = []
        wrong: Set[tuple[str | int, ...]] = frozenset()
        if not shape.unwritten.isdisjoint(props):
            found += sense.kept_by_others(props, shape.unwritten)
            props = {name: value for name, value in props.items() if name not in shape.unwritten}
        try:
            model = shape.validator.validate_python(props, strict=True)
        except ValidationError as error:
            details = error.errors(include_url=False)
            wrong = {detail["loc"][:2] for detail in details}
            for detail in details:
                self.add(*_words(detail, element.key, kind, shape.model))
        else:
            found += _as_written(shape, props, model)
            day = self.today
            found += sense.of_node(element, day) if isinstance(element, Node) else sense.of_edge(element, day)
        for code, what, hint in found:
            self.add(code, element.key, what, hint)
        return wrong

    def missing(self, needed: dict[End, str], own: dict[str, str], store: Store) -> None:
        """Ends, sources and conflicts that stand nowhere, or as another type."""
        elsewhere = sorted({key for _, key in needed if key not in own})
        standing: dict[str, list[str]] = defaultdict(list)
        for ids in chunks(elsewhere, TOGETHER):
            standing |= {row["id"]: row["labels"] for row in store.read(statements.KNOWN_ENDS, ids=ids)}
        for (label, key), user in needed.items():
            labels = [own[key]] if key in own else standing[key]
            if label not in labels:
                others = ", ".join(name for name in labels if name in NODES)
                what = f"'{key}' is no {label} but {others}" if others else f"{label} '{key}' does not stand"
                hint = "name the type that it has" if others else "load it first, or put it into the batch"
                self.add("MISSING-NODE", user, what, hint)


def _as_written(shape: Compiled, props: Mapping[str, Any], model: BaseModel) -> Iterator[Fault]:
    """Numbers that no database holds, and values in another form than the one in which they are kept."""
    for name in shape.numbers:
        value = props.get(name)
        if isinstance(value, int) and not -(2**63) <= value < 2**63:
            yield "VALUE", f"{name} can't be {value!r:.60}", "it is beyond 64 bits"
    for name in shape.written:
        if name in props:
            given, held = props[name], getattr(model, name)
            many = isinstance(held, list)
            for one, form_of_it in zip(given, held, strict=True) if many else [(given, held)]:
                if one != str(form_of_it):
                    yield "VALUE", f"{name} can't be {one!r:.60}", f"write it as '{form_of_it}'"


def _words(detail: ErrorDetails, key: str, kind: str, model: type[BaseModel]) -> tuple[str, str, str, str]:
    """Code, key, message and hint for one error of pydantic."""
    name = str(detail["loc"][0]) if detail["loc"] else ""
    if detail["type"] == "extra_forbidden":
        hint = did_you_mean(name, model.model_fields) or "declare it in graph/model, or leave it out"
        return "UNKNOWN-PROPERTY", key, f"{kind} has no property '{name}'", hint
    if detail["type"] == "invalid_key":
        return (
            "VALUE",
            key,
            f"a property can't be named {detail['input']!r:.60}",
            "write the name of a declared property",
        )
    about = model.model_fields[name].description or "" if name in model.model_fields else ""
    if detail["type"] == "missing":
        evidence = name in ("status", "confidence", "sources")
        code = "NO-EVIDENCE" if evidence else "MISSING-PROPERTY"
        return code, key, f"{kind} needs '{name}'", about or ("a fact says how sure it is and who says so" * evidence)
    said = detail["msg"].removeprefix("Value error, ").removeprefix("Input ")
    if detail["type"] == "string_pattern_mismatch":
        said = PATTERNS.get(detail["ctx"]["pattern"], said)
    return "VALUE", key, f"{name} can't be {detail['input']!r:.60}", said if about == "" else f"{said}; {about}"
