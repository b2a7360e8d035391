"""Names in a free query that the declarations do not know: to a database a mistyped one only means no rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import pairwise

from .compiled import fields_of
from .elements import BOOKKEEPING
from .marks import MARK
from .model import EDGES, NODES
from .model.properties import PROPERTIES_ZH
from .nearest import did_you_mean
from .read_only import Token, tokens_of

#: A label, or the type of a relationship: its name, and True for a label.
Kind = tuple[str, bool]
_OPEN, _CLOSE = frozenset("([{"), frozenset(")]}")
#: Signs that join labels or types to one expression.
_JOINS = frozenset("&|!:%")


def unknown_names(text: str, stands: Callable[[str, bool], bool]) -> list[str]:
    """What to tell of a query's labels, types and properties that are neither declared nor in the graph.

    Args:
        text: the query.
        stands: whether the graph holds a node under a label, or, where told False, a relationship of a type.
    """
    tokens = list(tokens_of(text))
    told = []
    bound: dict[str, set[Kind]] = defaultdict(set)  # what a variable is
    read: list[tuple[set[Kind], str]] = []
    for variable, kinds, keys in _patterns(tokens):
        for name, label in sorted(kinds):
            declared = NODES if label else EDGES
            if name not in declared and name != MARK and not stands(name, label):
                zh = {kind.zh: one for one, kind in declared.items()}
                told.append(_told(f"nothing in the graph is of the type '{name}'", name, declared, zh))
        bound[variable] |= kinds
        read += [(kinds, key) for key in keys]
    for variable in ("", *_made(tokens)):
        bound.pop(variable, None)
    read += [(bound[variable], key) for variable, key in _properties(tokens) if variable in bound]
    for kinds, key in read:
        types = sorted((name, label) for name, label in kinds if name != MARK)
        if types and all(name in (NODES if label else EDGES) for name, label in types):
            fields = {*BOOKKEEPING, *(one for name, label in types for one in fields_of(name, node=label))}
            if key not in fields | _anywhere():  # what another type has was meant so: as-of is asked of all alike
                zh = {PROPERTIES_ZH[one]: one for one in fields & PROPERTIES_ZH.keys()}
                of = " or ".join(name for name, _ in types)
                told.append(_told(f"{of} has no property '{key}'", key, fields, zh))
    return list(dict.fromkeys(told))


@cache
def _anywhere() -> frozenset[str]:
    """Properties that some type declares."""
    return frozenset(one for label, kinds in ((True, NODES), (False, EDGES)) for name in kinds
                     for one in fields_of(name, node=label))  # fmt: skip


def _made(tokens: list[Token]) -> Iterator[str]:
    """Variables that a query makes of something else: a list, a map, what it counted."""
    for before, after in pairwise(tokens):
        if before.word.upper() == "AS":
            yield after.word
        if after.word.upper() == "IN":
            yield before.word


def _told(said: str, name: str, known: Iterable[str], zh: Mapping[str, str]) -> str:
    """What is said of a name, with the one that was perhaps meant; `zh` are the known ones by their Chinese names."""
    meant = f"did you mean {zh[name]}?" if name in zh else did_you_mean(name, known)
    return "; ".join(filter(None, (said, meant)))


def _patterns(tokens: list[Token]) -> Iterator[tuple[str, set[Kind], list[str]]]:
    """Each expression of labels or types: its variable, what it names, and the keys of the map behind it."""
    opened: list[str] = []
    at = 0
    while at < len(tokens):
        word = "" if tokens[at].quoted else tokens[at].word
        within = opened[-1] if opened else ""
        if word in _OPEN:
            arrow = word == "[" and at > 0 and tokens[at - 1].word == "-"
            opened.append("-[" if arrow else word)
        elif word in _CLOSE:
            del opened[-1:]
        elif word == ":" and within in ("", "(", "-["):  # in a map a key stands before it
            names, end = _expression(tokens, at)
            before = tokens[at - 1] if at else Token("", False)
            if names and tokens[at + 1].word != ":":  # x :: INTEGER asks for a type of value
                yield (
                    before.word if before.names else "",
                    {(name, within != "-[") for name in names},
                    _keys(tokens, end),
                )
            at = end
            continue
        at += 1


def _expression(tokens: list[Token], at: int) -> tuple[list[str], int]:
    """The names of an expression that begins with a colon, and where it ends."""
    names: list[str] = []
    wanted = False
    while at < len(tokens):
        if not tokens[at].quoted and tokens[at].word in _JOINS:
            wanted = True
        elif wanted and tokens[at].names:
            names.append(tokens[at].word)
            wanted = False
        else:
            break
        at += 1
    return names, at


def _keys(tokens: list[Token], at: int) -> list[str]:
    """Keys of the map that begins here, if one does; none of the maps within it."""
    depth, keys = 0, []
    for place in range(at, len(tokens)):
        word = tokens[place].word
        depth += (word in _OPEN) - (word in _CLOSE)
        if word == ":" and depth == 1 and tokens[place - 1].names and tokens[place - 2].word in ("{", ","):
            keys.append(tokens[place - 1].word)
        if depth <= 0:
            break
    return keys


def _properties(tokens: list[Token]) -> Iterator[tuple[str, str]]:
    """Variables with the property that is read of each."""
    for place in range(1, len(tokens) - 1):
        before, sign, name = tokens[place - 1 : place + 2]
        first = place < 2 or tokens[place - 2].word not in (".", "$")
        follows = tokens[place + 2].word if place + 2 < len(tokens) else ""
        if sign.word == "." and first and before.names and name.names and follows not in ("(", "."):
            yield before.word, name.word
