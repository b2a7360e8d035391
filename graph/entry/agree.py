"""Facts of a case that go together: the asker's word stands before the graph, and with a fact all that rests on it."""

from __future__ import annotations

from collections.abc import Mapping

from ..errors import ChinaAIError
from .condition import NO
from .facts import Words
from .model import EntryGraph
from .outlook import Known

#: Whose word stands: the asker's before the graph's, the graph's before what is taken without knowing.
_WEIGHT = {"asker": 2, "profile": 2, "graph": 1}


class Contradiction(ChinaAIError):
    """Two facts of a case that exclude each other, both said by the asker."""


def settled(graph: EntryGraph, facts: Mapping[str, Known]) -> dict[str, Known]:
    """The facts of a case, where none stands without those that it can only be with (`only_with`).

    Of two that exclude each other the weaker falls, and keeps what the graph holds in `against`. Two facts of the graph
    stay as they are: both sides of a conflict are shown. Of a fact that nobody gave the other tells: who holds a
    licence has a company.

    Raises:
        Contradiction: the asker says both.
    """
    found, words = dict(facts), Words(graph.facts)
    pairs = [(name, need, value) for name, spec in graph.facts.items() for need, value in spec.only_with.items()]
    for name, need, value in sorted(pairs, key=lambda pair: -_weight(facts[pair[0]])):
        has, other = found[name], found[need]
        mine, theirs = _weight(has), _weight(other)
        if has.value == NO or other.value == value or (has.value is None and not theirs):
            continue
        if mine > theirs or (other.value is None and has.value is not None):
            why = f"follows from: {words.fact(name, str(has.value))}"
            found[need] = Known(value, has.origin, why, follows=name).over(other)
        elif mine < theirs:
            why = f"follows from: {words.fact(need, str(other.value))}"
            found[name] = Known(NO, other.origin, why, follows=need).over(has)
        elif has.origin != "graph":
            what = f"'{name}' can't be '{has.value}' where '{need}' is '{other.value}'"
            raise Contradiction(what, hint=f"leave out one of the two, or say that {words.fact(need, value)}")
    return found


def _weight(known: Known) -> int:
    return _WEIGHT.get(known.origin, 0)
