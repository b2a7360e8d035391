"""What a free query may not do, told from its text before it is sent.

The engines keep writes out themselves (an account or an access mode that only reads). This check stands in
front for what they let a reader do beyond reading the graph: files and addresses through LOAD CSV, other
people's connections and transactions, the server's own state. It reads the text as the language does, with
escapes and comments resolved, and refuses too much rather than too little.
"""

from __future__ import annotations

import re

from .errors import StoreError

_ESCAPE = re.compile(r"\\u+([0-9a-fA-F]{4})")
#: Strings, comments and quoted names, whichever begins first.
_QUOTED = re.compile(
    r"""(?P<string>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(?P<comment>/\*.*?\*/|//[^\n\r]*)|`(?P<name>[^`]*)`""",
    re.DOTALL,
)
_PREFIX = re.compile(r"^(?:(?:EXPLAIN|PROFILE|CYPHER(?: \d+)?(?: \w+=\w+)*) )+", re.IGNORECASE)
#: First words of statements that change data, schema, accounts or the server.
_FIRST = re.compile(
    "ALTER|BEGIN|COMMIT|CREATE|DEALLOCATE|DELETE|DENY|DETACH|DROP|DRYRUN|ENABLE|FOREACH|GRANT|INSERT|MERGE|REALLOCATE|"
    "REMOVE|RENAME|REVOKE|ROLLBACK|SET|START|STOP|TERMINATE",
    re.IGNORECASE,
)
_FILES = re.compile(r"\bLOAD CSV\b", re.IGNORECASE)
_CALL = re.compile(r"\bCALL ((?:\w+ ?\. ?)+\w+)", re.IGNORECASE)
#: Procedures that don't read the graph: those of the server, but for two, and those that tend its caches and indexes.
_SERVER = re.compile(
    r"dbms\.(?!components$|info$)|tx\.|db\.(clear|prepare|await|resample|stats|checkpoint)", re.IGNORECASE
)


def check_reads(text: str, where: str) -> None:
    """Raise StoreError where a query would do more than read the graph."""
    for plain in {_plain(_unescaped(text)), _plain(text)}:
        if _FILES.search(plain):
            raise StoreError(
                "LOAD CSV reads files and addresses, not the graph", where, "load data with 'chinaai load'"
            )
        if _FIRST.match(_PREFIX.sub("", plain)):
            raise StoreError("this connection reads only; the query would write", where, "change facts in seeds/")
        for match in _CALL.finditer(plain):
            name = match[1].replace(" ", "")
            if _SERVER.match(name):
                raise StoreError(f"procedure {name} does more than read the graph", where, "use the server's own tools")


def explains(text: str) -> bool:
    """True where a query asks for its plan and is not run."""
    return _plain(text).upper().startswith("EXPLAIN ")


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)


def _plain(text: str) -> str:
    """One line without strings and comments, quoted names without their quotes."""
    bare = _QUOTED.sub(lambda m: "''" if m["string"] else " " if m["comment"] else m["name"], text)
    return " ".join(bare.replace("\u180e", " ").split())
