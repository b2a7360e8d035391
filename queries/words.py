"""Words of the catalogue: rules that stand once and are written out where a question uses them.

A question says `{{in_force(r)}}` and means the whole test. Words expand to Cypher that runs unchanged on both engines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from inspect import signature

from ..graph.marks import MARK
from ..graph.model import EDGES
from .rows import EVIDENCE, Row

_WORD = re.compile(r"\{\{\s*(\w+)\(([^(){}]*)\)\s*\}\}")
_EDGE = re.compile(
    r"-\[\s*(?P<name>\w+)?\s*(?::(?P<types>[\w|]+|\{\{\w+\(\)\}\}))?(?P<chain>\s*\*[\d.]*)?\s*(?:\{[^{}]*\})?\s*\]-"
)
_COMMENT = re.compile(r"//[^\n]*")
#: Columns that a word writes out where the row has them, and the property that each is read from.
_EVIDENCE = {**{column: column for column in EVIDENCE}, "seen": "as_of"}
_FIGURE = ("metric", "value", "unit", "text", "date", "rank", "approximate", "preferred")
COLUMNS = {
    "evidence": _EVIDENCE,
    "figure": {**{column: column for column in _FIGURE}, **_EVIDENCE, "fact_id": "id"},
    "filing": {
        "service": "name", "kind": "kind", "number": "number", "province": "province", "accepted": "accepted",
        "listed": "listed", "days": "days_to_listing", "derived": "days_to_listing IS NOT NULL", "fact_id": "id",
    },
}  # fmt: skip


class UndeclaredError(ValueError):
    """A type of relationship that nothing declares; its text is the name."""


def stands(name: str) -> str:
    """A load still wants it."""
    return f"{name}.retired IS NULL"


def known(name: str) -> str:
    """It stands, was known by the day asked and not denied, and no other side of its conflict is preferred."""
    return f"{known_either(name)} AND coalesce({name}.preferred, true)"


def known_either(name: str) -> str:
    """The same, both sides of a conflict among it."""
    return f"({name}.known_from IS NULL OR {name}.known_from <= $as_of) AND {not_denied(name)}"


def not_denied(name: str) -> str:
    """It stands, and nobody denies it: the whole test where no day is asked for, as a name is looked up."""
    return f"coalesce({name}.status, '') <> 'denied' AND {stands(name)}"


def in_force(name: str) -> str:
    """It is known, and has not ended by the day asked."""
    return f"{known(name)} AND {_open(name)}"


def in_force_either(name: str) -> str:
    """The same, both sides of a conflict among it."""
    return f"{known_either(name)} AND {_open(name)}"


def closed_too(name: str) -> str:
    """Whatever became of it: only for a question that leads from an older answer to what it rested on."""
    return f"{name} IS NOT NULL"


def _open(name: str) -> str:
    return f"({name}.valid_to IS NULL OR {name}.valid_to > $as_of)"


def label(name: str) -> str:
    """Its type."""
    return f"head([_l IN labels({name}) WHERE _l <> '{MARK}'])"


def joined(name: str) -> str:
    """The texts of a list in one, with commas between them."""
    return f"reduce(_t = '', _o IN {name} | _t + CASE WHEN _t = '' THEN '' ELSE ', ' END + _o)"


def alike(loaded: str, told: str, day: str) -> str:
    """By a day, a fact tells the listing that a loaded list holds: it has no other day, or tells it less exactly."""
    start, told_start = (f"coalesce({name}.since, {name}.announced)" for name in (loaded, told))
    over, told_over = (f"coalesce({name}.valid_to <= ${day}, false)" for name in (loaded, told))
    return (
        f"size(coalesce({loaded}.editions, [])) > 0 AND size(coalesce({told}.editions, [])) = 0 "
        f"AND coalesce({told}.status, '') <> 'denied' AND {told_over} = {over} "
        f"AND ({told_start} IS NULL OR {start} STARTS WITH {told_start}) "
        f"AND ({told}.until IS NULL OR {loaded}.until STARTS WITH {told}.until)"
    )


def surest(fact: str, others: str) -> str:
    """Confidence of what several facts tell alike: that of the surest."""
    return (
        f"reduce(_best = {fact}.confidence, _o IN {others} | "
        "CASE WHEN _o.confidence > _best THEN _o.confidence ELSE _best END)"
    )


def pages(fact: str, others: str) -> str:
    """Sources of what several facts tell alike."""
    return f"reduce(_all = {fact}.sources, _o IN {others} | _all + _o.sources)"


def scopes(fact: str, others: str) -> str:
    """What facts that tell the same are limited to, in one text; null where none says."""
    said = f"[_o IN [{fact}] + {others} WHERE _o.scope IS NOT NULL | _o.scope]"
    return f"CASE WHEN size({said}) > 0 THEN {joined(said)} END"


def told_together(fact: str, others: str) -> dict[str, str]:
    """Columns of a fact's evidence that those which tell the same have a part in."""
    first = "head([_o IN [{0}] + {1} WHERE _o.{2} IS NOT NULL | _o.{2}])"
    return {
        **{column: first.format(fact, others, column) for column in ("announced", "conflict")},
        "scope": scopes(fact, others),
        "others": f"[_o IN {others} | _o.fact_id]",
        "confidence": surest(fact, others),
        "sources": pages(fact, others),
    }


def types() -> str:
    """Every type of relationship; where a `fact_id` is asked for, the indexes of ids find it."""
    return "|".join(sorted(EDGES))


#: Tests that a relationship or node must pass to be used in an answer; each takes its name.
TESTS: dict[str, Callable[[str], str]] = {
    word.__name__: word for word in (stands, known, known_either, in_force, in_force_either, not_denied, closed_too)
}
#: Words that are written in the place of a value.
VALUES: dict[str, Callable[..., str]] = {word.__name__: word for word in (label, joined, alike, surest, pages, scopes)}


def _told(text: str) -> set[str]:
    """Names of the facts that the rows of a question tell, among them those that it passes on under another name."""
    told = {match[2].split(",")[0].strip() for match in _WORD.finditer(text) if match[1] == "evidence"}
    told |= set(re.findall(r"(\w+)\.fact_id\b", text))
    return told | {name for name, later in re.findall(r"(\w+) AS (\w+)", text) if later in told}


def expand(text: str, row: type[Row], *, ended: bool = False, follows: Sequence[str] = ()) -> str:
    """The Cypher that a question means.

    Args:
        follows: types of relationship that `{{followed()}}` writes out.
        ended: of the facts that its rows tell take those that had ended by the day asked, in place of those in force.
    Raises:
        UndeclaredError: a type of relationship is not declared.
        ValueError: a word is unknown, a rule is written out by hand, or a relationship is used untested.
    """
    lists = {"types": types(), **({"followed": "|".join(follows)} if follows else {})}
    if undeclared := [kind for kind in follows if kind not in EDGES]:
        raise UndeclaredError(undeclared[0])
    used: set[str] = set()
    over = _told(text) if ended else set()

    def test(word: str, name: str) -> str:
        said = TESTS[word](name)
        return said.replace(_open(name), f"{name}.valid_to <= $as_of") if name in over else said

    def write(match: re.Match[str]) -> str:
        word, names = match[1], [name.strip() for name in match[2].split(",")]
        if word in lists and names == [""]:
            return lists[word]
        if word == "followed":
            raise ValueError(
                "{{followed()}} writes the types that the front matter names under 'follows', and it names none"
            )
        if not all(re.fullmatch(r"\w+", name) for name in names):
            raise ValueError(f"{{{{{word}(…)}}}} takes names of nodes or relationships, as {{{{{word}(r)}}}}")
        if word in TESTS:
            used.update(names)
            return " AND ".join(test(word, name) for name in names)
        if word in VALUES and len(names) == len(signature(VALUES[word]).parameters):
            return VALUES[word](*names)
        together = word == "evidence" and len(names) == 2
        if word in COLUMNS and (len(names) == 1 or together):
            held = {column: f"{names[0]}.{said}" for column, said in COLUMNS[word].items()}
            held |= told_together(*names) if together else {}
            return ", ".join(f"{said} AS {column}" for column, said in held.items() if column in row.model_fields)
        known_words = ", ".join((*TESTS, *VALUES, *COLUMNS, "types", "followed"))
        raise ValueError(f"there is no word '{word}' of {len(names)} names; there are: {known_words}")

    cypher = _WORD.sub(write, text)
    bare = _COMMENT.sub("", text)
    if by_hand := re.search(r"\b\w+\.(retired|known_from|valid_to|preferred) IS\b|<> 'denied'", bare):
        raise ValueError(f"'{by_hand[0]}' is a part of a rule; write {{{{stands(r)}}}}, known or in_force instead")
    for edge in _EDGE.finditer(bare):
        name, kinds = edge["name"], edge["types"] or ""
        for kind in kinds.split("|") if kinds and "{" not in kinds else ():
            if kind not in EDGES:
                raise UndeclaredError(kind)
        if edge["chain"]:
            inner = re.search(r"(\w+) IN relationships\(\w+\)", bare)
            name = inner[1] if inner else None
        if name not in used:
            raise ValueError(f"the relationship {edge[0]} is used untested; name it r and write {{{{in_force(r)}}}}")
    return cypher


def statement(text: str) -> str:
    """The Cypher of a statement that stands in our own code: it uses the same words, and keeps the same rules.

    Raises:
        UndeclaredError, ValueError: as `expand`.
    """
    return expand(text, Row)
