"""Conditions over the facts of a case: a small typed language, three-valued.

A condition is written as data (see `docs/market-entry.md`): a mapping holds where all of its keys hold, `any`, `all`
and `not` join, a list of values means one of them, `from` and `below` compare bands, dates and the built-in `day`.
Every value is text; an unknown fact is None. Truth is Kleene's strong three-valued logic: True, False, or None where
it depends on facts that are not known. Terms follow DMN (unary tests) where it has one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pydantic import GetCoreSchemaHandler
from pydantic_core import core_schema

#: Facts of a case by name; what is absent or None is unknown.
Values = Mapping[str, str | None]
#: Built-in fact: the day on which the step would be done, as 2027-01-01.
DAY = "day"
YES, NO = "yes", "no"
_BOOL = {"true": YES, "yes": YES, "false": NO, "no": NO}


@dataclass(frozen=True)
class Test:
    """One fact against values, or against the ends of a span of ordered values."""

    fact: str
    values: tuple[str, ...] = ()
    since: str | None = None
    below: str | None = None


@dataclass(frozen=True)
class All:
    """Holds where every part does; without a part it always holds."""

    parts: tuple[Node, ...] = ()


@dataclass(frozen=True)
class Any_:
    """Holds where some part does; without a part it never holds."""

    parts: tuple[Node, ...] = ()


@dataclass(frozen=True)
class Not:
    """Holds where its part does not."""

    part: Node


Node = Test | All | Any_ | Not
ALWAYS, NEVER = All(), Any_()


class Condition:
    """A condition as it was written, with the tree it means. Equal where the text is equal."""

    def __init__(self, written: Any) -> None:
        """Raises ValueError where the shape is not a condition; facts and values are checked elsewhere."""
        self.written = _plain(written)
        self.node = read(self.written)
        self._hash = hash(self.node)  # of a tree it is worked out anew each time

    @property
    def chosen(self) -> bool:
        """True for `chosen`: never called for by the case, only needed by a way that was taken."""
        return bool(self.written == "chosen")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Condition) and self.written == other.written

    def __hash__(self) -> int:
        return self._hash

    def __repr__(self) -> str:
        return f"Condition({self.written!r})"

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        def build(value: Any) -> Condition:
            return value if isinstance(value, cls) else cls(value)

        schema = core_schema.no_info_plain_validator_function(
            build, serialization=core_schema.plain_serializer_function_ser_schema(lambda item: item.written)
        )
        schema["metadata"] = {"pydantic_js_functions": [lambda _core, _handler: {}]}
        return schema


def _plain(value: Any) -> Any:
    """Scalars as text, so that YAML and JSON mean the same."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, bool):
        return YES if value else NO
    return value if value is None else str(value)


def scalar(text: str) -> str:
    """A value as the engine keeps it: yes and no for the spellings of truth."""
    return _BOOL.get(text.lower(), text)


def read(written: Any) -> Node:
    """The tree of a written condition. Raises ValueError that says what is wrong."""
    if written == "always":
        return ALWAYS
    if written == "chosen":
        return NEVER
    if not isinstance(written, Mapping):
        raise ValueError("a condition is `always`, `chosen`, or a mapping such as {paid: yes}")
    if not written:
        raise ValueError("an empty condition says nothing; write `always`")
    parts = [_part(str(key), value) for key, value in written.items()]
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def _part(key: str, value: Any) -> Node:
    if key in ("any", "all"):
        if not isinstance(value, (list, tuple)) or not value:
            raise ValueError(f"`{key}` takes a list of conditions")
        parts = tuple(read(item) for item in value)
        return Any_(parts) if key == "any" else All(parts)
    if key == "not":
        return Not(read(value))
    if isinstance(value, Mapping):
        if not value or not value.keys() <= {"from", "below"}:
            raise ValueError(f"`{key}` is compared with `from` and `below`; for alternatives write a list")
        return Test(key, (), value.get("from"), value.get("below"))
    values = value if isinstance(value, (list, tuple)) else [value]
    if not values or not all(isinstance(item, str) for item in values):
        raise ValueError(f"`{key}` needs a value or a list of values")
    return Test(key, tuple(scalar(item) for item in values))


class Domain:
    """What the facts of a case may be, and the named conditions among them.

    Args:
        order: of each fact its values in rising order; None for an open domain (country, date), compared as text.
        derived: named conditions by fact.
    """

    def __init__(self, order: Mapping[str, tuple[str, ...] | None], derived: Mapping[str, Condition]) -> None:
        self.order = {**order, DAY: None}
        self.derived = dict(derived)
        self._place = {name: {value: i for i, value in enumerate(values)} for name, values in order.items() if values}
        self._expanded = lru_cache(maxsize=None)(self._expand)
        self._read = lru_cache(maxsize=None)(self._facts_read)
        self._compiled: dict[Condition, Callable[[Values], bool | None]] = {}

    def expand(self, node: Node) -> Node:
        """The tree with every named condition written out. Raises ValueError for a ring of them."""
        return self._expanded(node, ())

    def _expand(self, node: Node, inside: tuple[str, ...]) -> Node:
        if isinstance(node, Test):
            named = self.derived.get(node.fact)
            if named is None:
                return node
            if node.fact in inside:
                raise ValueError(f"'{node.fact}' is defined by itself: {' → '.join([*inside, node.fact])}")
            tree = self._expanded(named.node, (*inside, node.fact))
            wanted = set(node.values)
            if wanted == {YES, NO}:
                return ALWAYS
            return tree if wanted == {YES} else Not(tree)
        if isinstance(node, Not):
            return Not(self._expanded(node.part, inside))
        parts = tuple(self._expanded(part, inside) for part in node.parts)
        return All(parts) if isinstance(node, All) else Any_(parts)

    def truth(self, condition: Condition, values: Values) -> bool | None:
        """True, False, or None where it depends on unknown facts."""
        found = self._compiled.get(condition)
        if found is None:
            found = self._compiled[condition] = self._compile(self.expand(condition.node))
        return found(values)

    def _compile(self, node: Node) -> Callable[[Values], bool | None]:
        if isinstance(node, Test):
            fact, test = node.fact, self._tester(node)
            return lambda values: None if (value := values.get(fact)) is None else test(value)
        if isinstance(node, Not):
            inner = self._compile(node.part)
            return lambda values: None if (found := inner(values)) is None else not found
        parts = [self._compile(part) for part in node.parts]
        stop = isinstance(node, Any_)

        def join(values: Values) -> bool | None:
            unknown = False
            for part in parts:
                found = part(values)
                if found is stop:
                    return stop
                unknown = unknown or found is None
            return None if unknown else not stop

        return join

    def _tester(self, node: Test) -> Callable[[str], bool]:
        if node.values:
            wanted = frozenset(node.values)
            return lambda value: value in wanted
        place = self._place.get(node.fact)
        since, below = node.since, node.below
        if place is None:
            return lambda value: (since is None or value >= since) and (below is None or value < below)
        low = place[since] if since is not None else 0
        high = place[below] if below is not None else len(place)
        return lambda value: low <= place[value] < high

    def residual(self, node: Node, values: Values) -> Node:
        """What is left of an expanded tree once the known facts are put in; ALWAYS and NEVER where nothing is."""
        if isinstance(node, Test):
            value = values.get(node.fact)
            if value is None:
                return node
            return ALWAYS if self._tester(node)(value) else NEVER
        if isinstance(node, Not):
            part = self.residual(node.part, values)
            return NEVER if part == ALWAYS else ALWAYS if part == NEVER else Not(part)
        stop, go = (NEVER, ALWAYS) if isinstance(node, All) else (ALWAYS, NEVER)
        left = []
        for part in node.parts:
            found = self.residual(part, values)
            if found == stop:
                return stop
            if found != go:
                left.append(found)
        if len(left) == 1:
            return left[0]
        return (All if isinstance(node, All) else Any_)(tuple(left)) if left else go

    def depends_on(self, condition: Condition, values: Values) -> list[str]:
        """The unknown facts that its truth depends on, sorted; none where it is known."""
        return sorted(facts_of(self.residual(self.expand(condition.node), values)))

    def against(self, condition: Condition, values: Values) -> set[str]:
        """Facts of those parts that make a condition false, the parts that hold left out."""
        return self._against(self.expand(condition.node), values)

    def _against(self, node: Node, values: Values) -> set[str]:
        if isinstance(node, Test | Not):
            return facts_of(node)
        found = [part for part in node.parts if self.residual(part, values) == NEVER]
        return {fact for part in found for fact in self._against(part, values)}

    def facts_read(self, condition: Condition) -> frozenset[str]:
        """Facts that are no named conditions and that it reads."""
        return self._read(condition)

    def _facts_read(self, condition: Condition) -> frozenset[str]:
        return frozenset(facts_of(self.expand(condition.node)))

    def samples(self, nodes: Iterable[Node]) -> dict[str, tuple[str, ...]]:
        """For each fact the values that some tree can tell apart."""
        named: dict[str, set[str]] = {}
        for node in nodes:
            for test in tests_of(node):
                found = named.setdefault(test.fact, set())
                found |= {*test.values, *(end for end in (test.since, test.below) if end is not None)}
        return {
            fact: self.order.get(fact) or tuple(sorted({*ends, "~", "0000-00-00"} if fact == DAY else {*ends, "~"}))
            for fact, ends in named.items()
        }

    def can(self, node: Node, values: Values, wanted: bool) -> bool:
        """True where the unknown facts can be set so that the tree holds (or, for `wanted` False, does not)."""
        tree = self.expand(node)
        return self._search(tree if wanted else Not(tree), dict(values), self.samples([tree]))

    def _search(self, node: Node, values: dict[str, str | None], samples: Mapping[str, tuple[str, ...]]) -> bool:
        left = self.residual(node, values)
        if left in (ALWAYS, NEVER):
            return left == ALWAYS
        fact = next(iter(tests_of(left))).fact
        return any(self._search(left, {**values, fact: value}, samples) for value in samples[fact])


def tests_of(node: Node) -> Iterable[Test]:
    """Every test of a tree, in order."""
    if isinstance(node, Test):
        yield node
    elif isinstance(node, Not):
        yield from tests_of(node.part)
    else:
        for part in node.parts:
            yield from tests_of(part)


def facts_of(node: Node) -> set[str]:
    """Names of the facts a tree reads."""
    return {test.fact for test in tests_of(node)}
