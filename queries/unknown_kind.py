"""What to say of a word that is no kind of service: which kinds it may be of, or that it names a duty or a law."""

from __future__ import annotations

import json
import re
from collections import defaultdict

from ..graph.nearest import nearest, sharing
from ..graph.store import Store
from .names import Names
from .params import QueryError
from .words import statement

_KINDS = statement("""MATCH (k:ChinaAI:ServiceKind) WHERE {{stands(k)}}
RETURN k.id AS id, [k.id, k.name, k.name_zh] + coalesce(k.aliases, []) AS names, k.spec AS spec ORDER BY id""")
#: Percent of its signs that a word has in common with a kind which is spelled like it. A slip of the pen has more, and
#: less makes a hearing aid a kind of learning: who knows no better is led astray.
_SLIP = 80
_AI = re.compile(r"^ai[\s-]*|[\s-]*ai$", re.IGNORECASE)


def unknown_kind(store: Store, lookup: Names, word: str) -> str:
    """A hint: kinds that the word may mean or shares words with, else the duty or law that it names, else kinds that
    are spelled like it; then all kinds."""
    words, kinds = _words(store)
    meant = _hinted(lookup, word)
    said = "" if meant else _law(lookup, word)
    if not meant and not said:
        bare = _AI.sub("", word)  # it is in everybody's name
        near = sharing(word, words) or (sharing(bare, words) if bare else []) or nearest(word, words, least=_SLIP)
        inside = {one for one in near for other in near if one != other and one in other and other in word}
        meant = list(dict.fromkeys(kind for one in near if one not in inside for kind in words[one]))
    said = f"did you mean {' or '.join(meant)}?" if meant else said
    return f"{said} kinds: {', '.join(kinds) or 'none; run chinaai build'}".strip()


def _words(store: Store) -> tuple[dict[str, list[str]], list[str]]:
    """Kinds by their names and by what hints at them, and all kinds."""
    words: dict[str, list[str]] = defaultdict(list)
    rows = store.read(_KINDS)
    for row in rows:
        for name in [*row["names"], *json.loads(row["spec"] or "{}").get("hints", [])]:
            words[name or row["id"]].append(row["id"])
    return words, [row["id"] for row in rows]


def _hinted(lookup: Names, word: str) -> list[str]:
    return [str(row["id"]) for row in lookup.hinted(word, ("ServiceKind",))]


def _law(lookup: Names, word: str) -> str:
    """That a word names a duty or an instrument, of which a case is not asked but which its answer tells."""
    for label, what in (("Requirement", "duty"), ("Instrument", "law")):
        try:
            found = lookup.find(word, (label,))
        except QueryError:
            continue
        how = "chinaai ask law-duties --instrument" if what == "law" else "chinaai ask law-ahead --requirement"
        return (
            f"it names a {what} ({found.id}), of which '{how} {found.id}' tells more; say for which kind of service it "
            "is asked, and the answer says whether it is due there;"
        )
    return ""
