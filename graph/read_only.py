"""What a free query may do, told from its structure before it is sent: what is not known to read only is refused.

The engines keep writes of data out themselves (an account or an access mode that only reads). This check stands in
front for what they let a reader do beyond reading the graph: files and addresses, other people's connections and
transactions, other databases, the server's own state. It reads the text as the language does, with escapes and
comments resolved, as a row of words and signs, and holds each clause, procedure, function and SHOW command against a
list of what is allowed. It refuses too much rather than too little.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from .errors import StoreError

_ESCAPE = re.compile(r"\\u+([0-9a-fA-F]{4})")
#: Strings, comments and quoted names, whichever begins first.
QUOTED = re.compile(
    r"""(?P<string>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(?P<comment>/\*.*?\*/|//[^\n\r]*)|`(?P<name>(?:[^`]|``)*)`""",
    re.DOTALL,
)
_TOKEN = re.compile(r"\w+|\S", re.UNICODE)
_PREFIX = re.compile(r"^(?:(?:EXPLAIN|PROFILE|CYPHER(?: \d+)?(?: \w+ ?= ?\w+)*) )+", re.IGNORECASE)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Words with which a query that reads begins.
_BEGINS = _words("MATCH OPTIONAL WITH UNWIND RETURN CALL SHOW LET FILTER FOR WHEN FINISH")
#: Words with which a clause begins that writes or leaves the graph; each stands nowhere else but as a name.
_WRITES = _words(
    "ALTER BEGIN COMMIT CREATE DEALLOCATE DELETE DENY DETACH DROP DRYRUN ENABLE FOREACH GRANT INSERT MERGE "
    "REALLOCATE REMOVE RENAME REVOKE ROLLBACK SET START STOP TERMINATE"
)
#: What SHOW may show: the schema, and what can be called.
_SHOWN = _words("INDEX INDEXES CONSTRAINT CONSTRAINTS FUNCTION FUNCTIONS PROCEDURE PROCEDURES")
_SHOW_MORE = _words(
    "ALL BUILT IN USER DEFINED FULLTEXT LOOKUP POINT RANGE TEXT VECTOR UNIQUE UNIQUENESS KEY NODE REL RELATIONSHIP "
    "PROPERTY EXIST EXISTENCE EXISTS TYPE"
)
#: Procedures that read the graph or say what it is made of.
_PROCEDURES = re.compile(
    r"db\.(labels|relationshiptypes|propertykeys|info|ping|schema\.(visualization|nodetypeproperties|reltypeproperties)|"
    r"index\.(fulltext|vector)\.(querynodes|queryrelationships|listavailableanalyzers))|dbms\.(components|info)"
)
#: Functions with a namespace that work on values alone.
_FUNCTIONS = re.compile(
    r"(date|datetime|localdatetime|localtime|time|duration|point|vector)\.[\w.]+|db\.nameFromElementId|"
    r"apoc\.(coll|convert|date|map|math|number|temporal|text)\.[\w.]+",
    re.IGNORECASE,
)
#: Most characters of a query. An engine reads a text to its end before it looks at the time, and the more slowly the
#: longer it is: a list of 200,000 numbers takes half a minute.
LONGEST = 100_000
_READS_ONLY = "this connection reads only; the query would write"


class Token(NamedTuple):
    """A word or sign of a query; one in backticks can be nothing but a name."""

    word: str
    quoted: bool

    @property
    def names(self) -> bool:
        """Whether it may be a name."""
        return self.quoted or self.word.isidentifier()


def check_reads(text: str, where: str) -> None:
    """Raise StoreError where a query would do more than read the graph, or is too long to be read in time."""
    if len(text) > LONGEST:
        what = f"the query is {len(text):,} characters long, more than {LONGEST:,}"
        raise StoreError(what, where, "send long lists as parameters: UNWIND $list AS item …")
    _check(list(tokens_of(_ESCAPE.sub(lambda match: chr(int(match[1], 16)), text))), where)
    if "\\u" in text:  # one that does not resolve escapes must not find a way past
        _check(list(tokens_of(text)), where, whole=False)


def explains(text: str) -> bool:
    """True where a query asks for its plan and is not run."""
    return " ".join(word for word, _ in tokens_of(text)).upper().startswith("EXPLAIN ")


def _check(tokens: list[Token], where: str, *, whole: bool = True) -> None:
    """Check words and signs.

    Args:
        tokens: each with whether it stood in backticks and can be nothing but a name.
        whole: hold the first word against the list of beginnings.
    """
    words = [(word.upper() if not named else "") for word, named in tokens]
    begin = _begin(words)
    if begin < len(words) and words[begin] in _WRITES:
        raise StoreError(_READS_ONLY, where, "change facts in seeds/")
    for place, word in enumerate(words):
        after = words[place + 1] if place + 1 < len(words) else ""
        if word == "LOAD" and after == "CSV":
            hint = "load data with 'chinaai load'"
            raise StoreError("LOAD CSV reads files and addresses, not the graph", where, hint)
        if word == "SHOW" and place > begin and words[place - 1] == "{":
            _shows(words[place:], where)
        if word == "CALL" and not _a_name(words, place):
            _procedure(tokens, place + 1, where)
        if after == "." and place + 2 < len(words) and (place == 0 or words[place - 1] != "."):
            _function(tokens, place, where)
    if begin >= len(words):
        return
    if words[begin] == "SHOW":
        _shows(words[begin:], where)
    elif words[begin] == "USE":
        raise StoreError("USE asks another database, not this graph", where, "set NEO4J_DATABASE")
    elif whole and words[begin] not in _BEGINS and words[begin].isalpha():
        known = "begin with MATCH, OPTIONAL MATCH, WITH, UNWIND, RETURN, CALL or SHOW"
        raise StoreError(f"'{tokens[begin][0]}' begins no query that reads", where, known)


def _begin(words: list[str]) -> int:
    """Where the query itself begins, after EXPLAIN, PROFILE and the version."""
    match = _PREFIX.match(" ".join(words) + " ")
    return len(match[0].split()) if match else 0


def _a_name(words: list[str], place: int) -> bool:
    """True for a word that can only be a name: of a property, a label, a parameter or a key."""
    before = words[place - 1] if place else ""
    last = place + 1 == len(words)
    return before in (".", ":", "$", "&", "|", "!") or last or words[place + 1] in (":", ".", ",", ")", "]", "}", "=")


def _procedure(tokens: list[Token], place: int, where: str) -> None:
    name, end = _dotted(tokens, place)
    if not name or (end < len(tokens) and tokens[end][0] == "{" and "." not in name):
        return  # a subquery
    if end < len(tokens) and tokens[end][0].upper() not in ("(", "YIELD", "UNION", ";") and "." not in name:
        return  # a variable that bears the name
    if not _PROCEDURES.fullmatch(name.casefold()):
        hint = "procedures that read: db.labels, db.schema.visualization, db.index.fulltext.queryNodes …"
        raise StoreError(f"procedure {name} does more than read the graph", where, hint)


def _function(tokens: list[Token], place: int, where: str) -> None:
    name, end = _dotted(tokens, place)
    called = "." in name and end < len(tokens) and tokens[end][0] == "("
    before = tokens[place - 1][0].upper() if place else ""
    if called and before != "CALL" and not _FUNCTIONS.fullmatch(name):
        raise StoreError(f"function {name} does more than read the graph", where, "use the functions of the language")


def _shows(words: list[str], where: str) -> None:
    """SHOW, alone or one after the other, of nothing but the schema and what can be called."""
    for place, word in enumerate(words):
        if word in ("TERMINATE", *sorted(_WRITES - {"SET", "START", "STOP"})) and not _a_name(words, place):
            raise StoreError(_READS_ONLY, where, "use the server's own tools")
        if word != "SHOW" or _a_name(words, place):
            continue
        rest = iter(words[place + 1 :])
        shown = next((one for one in rest if one not in _SHOW_MORE), "")
        if shown not in _SHOWN:
            what = f"SHOW {shown}".strip()
            raise StoreError(f"{what} tells of the server, not of the graph", where, "SHOW INDEXES and CONSTRAINTS may")


def _dotted(tokens: list[Token], place: int) -> tuple[str, int]:
    """A name with dots that begins here, and where it ends."""
    parts = []
    while place < len(tokens) and (tokens[place][1] or tokens[place][0][0].isalnum() or tokens[place][0][0] == "_"):
        parts.append(tokens[place][0])
        if place + 1 < len(tokens) and tokens[place + 1] == (".", False):
            place += 2
            continue
        return ".".join(parts), place + 1
    return ".".join(parts), place


def tokens_of(text: str) -> Iterator[Token]:
    """Words and signs without comments; a string is one sign, a name in backticks one word."""
    at = 0
    for match in QUOTED.finditer(text):
        yield from (Token(word, False) for word in _TOKEN.findall(text[at : match.start()].replace("\u180e", " ")))
        if match["name"] is not None:
            yield Token(match["name"], True)
        elif match["string"]:
            yield Token("''", False)
        at = match.end()
    yield from (Token(word, False) for word in _TOKEN.findall(text[at:].replace("\u180e", " ")))
