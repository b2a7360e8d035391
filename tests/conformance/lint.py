"""What shared Cypher keeps away from, as a check of the text alone.

It knows our way of writing (keywords in capitals), not the whole language: what it can't read as a node
or a relationship pattern it leaves alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from chinaai.graph.marks import MARK
from chinaai.graph.statements import STATE, constraints

_COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)
_STRING = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")
_NAME = r"(?:\w+|`[^`]*`)"
_LABELS = rf"(?:\s*[:&|]\s*!?(?:{_NAME}|\$\([^)]*\)))*"
_NODE = re.compile(rf"\(\s*(?P<name>\w+)?(?P<labels>{_LABELS})\s*(?P<props>\{{[^{{}}]*\}})?\s*(?:WHERE [^()]*)?\)")
_BARE = re.compile(r"\)\s*<?--+>?\s*\(")
_KEYWORDS = {"MATCH", "MERGE", "CREATE", "WHERE", "NOT", "AND", "OR", "EXISTS", "COUNT", "COLLECT", "DELETE"}

#: What no shared statement may hold: the reason, and how it is recognised in text without comments and strings.
FORBIDDEN: dict[str, re.Pattern[str]] = {
    "a label or type given as a parameter": re.compile(r"\$\("),
    "SHORTEST in place of shortestPath": re.compile(r"\bSHORTEST\b"),
    "NEXT": re.compile(r"\bNEXT\b"),
    "several statements": re.compile(r";"),
    "a full-text or vector index": re.compile(r"\b(FULLTEXT|VECTOR)\s+INDEX\b", re.IGNORECASE),
    "an id of the engine": re.compile(r"\b(elementId|id)\s*\(", re.IGNORECASE),
    "a procedure or function that is not there": re.compile(r"\b(apoc|gds|coll)\.", re.IGNORECASE),
    "a tilde in a label": re.compile(r"[:&|]\s*`[^`]*~[^`]*`"),
    "a look-up by id with two labels": re.compile(rf"\(\s*\w*\s*:\s*{_NAME}\s*[:&]\s*{_NAME}\s*\{{[^}}]*\bid\s*:"),
    "a version of the language": re.compile(r"^\s*CYPHER\b"),
    "a clause of the newer language": re.compile(r"\b(LET|FILTER)\b"),
    "the first label": re.compile(r"\blabels\(\w+\)\s*\[|\bhead\(\s*labels\("),
    "LOAD CSV": re.compile(r"\bLOAD\s+CSV\b", re.IGNORECASE),
    "an own transaction in the statement": re.compile(r"\bIN\s+(\d+ CONCURRENT )?TRANSACTIONS\b"),
    "a pattern without a relationship type": _BARE,
}


#: A condition that keeps what bears the mark, and nothing beside it.
_TESTED = re.compile(rf"(?<=\bWHERE )\w+:{MARK}(?: AND \w+:{MARK})*(?! OR)(?= [A-Z])")
#: Words of the catalogue, and what binds names: `AS name`, a subquery with what it is given, UNION, a MATCH.
_WORDS = re.compile(r"\{\{.*?\}\}")
_STEP = re.compile(r"\bAS (?P<name>\w+)|\bCALL ?\((?P<given>[^)]*)\) ?\{|\b(?P<union>UNION)\b|\bMATCH ")
_NEXT = re.compile(r" (WHERE|RETURN|WITH|UNWIND|CALL|OPTIONAL|MATCH|CREATE|MERGE|SET|DELETE|REMOVE|UNION)\b")


def unique_keys() -> set[tuple[str, str]]:
    """Labels and types with the property that a constraint makes unique."""
    found = (re.search(r"[(\[]\w+:(\w+)[)\]].*REQUIRE \w+\.(\w+) IS UNIQUE", text) for text in constraints().values())
    return {(match[1], match[2]) for match in found if match}


def clean(text: str) -> str:
    """The text without comments, strings emptied, white space as single blanks."""
    return " ".join(_COMMENT.sub(" ", _STRING.sub("''", text)).split())


def lint(text: str) -> list[str]:
    """Reasons why a statement may not be shared between the engines; an empty list where it may."""
    bare = clean(text)
    found = [reason for reason, pattern in FORBIDDEN.items() if pattern.search(_without_set_label(reason, bare))]
    found += [f"MERGE on {what}, which nothing makes unique" for what in _loose_merges(bare)]
    found += [f"node {node} without the mark" for node in _unmarked(bare)]
    return found


def lint_question(text: str) -> list[str]:
    """Reasons why a saved question is refused: those of `lint`, and its order."""
    found = lint(text)
    bare = clean(text)
    if re.search(r"\bUNION\b", _outer(bare)):
        found.append("UNION at the outside, whose rows nothing sorts")
    last = _outer(bare).rsplit("RETURN", 1)[-1]
    if "ORDER BY" not in last and not re.fullmatch(r" (count|sum|avg|min|max)\([^()]*\) AS \w+", last):
        found.append("no ORDER BY")
    return found


def first_of_any(text: str) -> list[str]:
    """Where the first of a list is taken that nothing has sorted, so that each engine may name another."""
    bare = clean(_WORDS.sub("true", text))
    found = []
    for match in re.finditer(r"\bhead\(collect\(|\bcollect\([^()]*\)\[0\]", bare):
        clauses = re.findall(r"\b(?:WITH|MATCH|CALL|UNWIND|ORDER BY)\b", bare[: match.start()])
        if clauses[-2:] != ["ORDER BY", "WITH"]:
            found.append(f"{match[0]} of a list that nothing sorts")
    return found


def _without_set_label(reason: str, bare: str) -> str:
    # `SET n:$(label)` is the one form that both engines carry out.
    return re.sub(r"\bSET \w+:\$\([^)]*\)", "", bare) if "parameter" in reason else bare


def _outer(bare: str) -> str:
    """The text outside of all braces."""
    depth, kept = 0, []
    for sign in bare:
        depth += (sign == "{") - (sign == "}")
        if depth == 0 and sign != "}":
            kept.append(sign)
    return "".join(kept)


def _loose_merges(bare: str) -> Iterator[str]:
    unique = unique_keys()
    for match in re.finditer(r"\bMERGE\s*(.*?)(?= SET | ON | RETURN | MATCH | WITH |$)", bare):
        pattern = re.search(r"-\[\w*:(\w+)\s*\{(\w+):[^,}]*\}\s*\]", match[1]) or re.fullmatch(
            r"\(\w*:(\w+)\s*\{(\w+):[^,}]*\}\)", match[1].strip()
        )
        if pattern is None or (pattern[1], pattern[2]) not in unique:
            yield match[1].strip()


def _unmarked(bare: str) -> Iterator[str]:
    bound = set(re.findall(r"\bAS (\w+)", bare)) | set(re.findall(r"\b(\w+) IN \w", bare))
    for match in _TESTED.finditer(bare):
        bound |= set(re.findall(r"(\w+):", match[0]))
    for match in _NODE.finditer(bare):
        before = bare[: match.start()].rstrip()
        word = re.search(r"(\w+)$", before)
        if word and word[1] not in _KEYWORDS:
            continue  # a function's brackets
        if before.endswith(("CALL", "FOR")) or not (
            match["name"] or match["labels"] or _is_pattern(before, bare, match)
        ):
            continue
        labels = set(re.findall(_NAME, match["labels"]))
        if labels & {MARK, STATE}:
            bound.add(match["name"])
        elif match["name"] not in bound or match["name"] is None:
            yield match[0]


def far_ends(text: str) -> list[str]:
    """Paths that begin at a node to be found, where another of theirs is known: by its id, or from a clause before.

    The embedded engine turns a single step round by itself where the id is a parameter; any other such path it follows
    as it is written, through all nodes.
    """
    bare = clean(_WORDS.sub("true", text))
    found: list[str] = []
    known: set[str] = set()
    outer: list[tuple[int, set[str], set[str]]] = []  # where a subquery ends, what is known around it and within it
    for step in _STEP.finditer(bare):
        while outer and step.start() > outer[-1][0]:
            known = outer[-1][1] | set(re.findall(r" AS (\w+)", bare[: step.start()].rpartition("RETURN")[2]))
            outer.pop()
        if step["name"]:
            known.add(step["name"])
        elif step["given"] is not None:
            inside = set(re.findall(r"\w+", step["given"]))
            outer.append((_end_of(bare, step.end() - 1), known, inside))
            known = set(inside)
        elif step["union"]:
            known = set(outer[-1][2]) if outer else set()
        else:
            for path in re.split(r",(?![^(\[{]*[)\]}])", _clause(bare, step.end())):
                bare_path = path.partition(" = ")[2] or path
                nodes = list(_NODE.finditer(re.sub(r"\[[^\]]*\]", "[]", bare_path)))
                held = [node["name"] in known or "id:" in (node["props"] or "") for node in nodes]
                if any(held) and not held[0]:
                    found.append(bare_path.strip())
                known |= {node["name"] for node in nodes if node["name"]}
    return found


def open_lookups(text: str, optional: Iterable[str] = ()) -> list[str]:
    """Look-ups by an id that may be null. On the embedded engine they read every node, to find none."""
    loose = "|".join(re.escape(f"${name}") for name in optional)
    what = rf"(?!row\.)\w+\.\w+|[^{{}}()$]* \+ [\w.]+{'|' + loose if loose else ''}"
    return [match[0] for match in re.finditer(rf"\{{id: (?:{what})\}}", clean(text))]


def _end_of(bare: str, at: int) -> int:
    depth = 0
    for place in range(at, len(bare)):
        depth += (bare[place] == "{") - (bare[place] == "}")
        if depth == 0:
            return place
    return len(bare)


def _clause(bare: str, begin: int) -> str:
    depth = 0
    for place in range(begin, len(bare)):
        depth += (bare[place] in "([{") - (bare[place] in ")]}")
        if depth < 0 or (depth == 0 and _NEXT.match(bare, place)):
            return bare[begin:place]
    return bare[begin:]


def _is_pattern(before: str, bare: str, match: re.Match[str]) -> bool:
    return before.endswith("-") or before.endswith(">") or bare[match.end() :].lstrip().startswith(("-", "<"))
