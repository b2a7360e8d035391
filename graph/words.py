"""The words by which a full-text index finds a node, and the query that asks it, the same on both engines.

The text that is indexed is made here: whole keys with `=` before them, and from their ends with `@`, Latin words, and
Chinese characters and pairs of them, divided by spaces. So the engines need no analyser of their own, and find the same
nodes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from .identity import folded, name_key, name_steps
from .legal import RULED

#: Properties that hold names and codes.
_NAMED = (
    "id", "name", "name_zh", "aliases", "tickers", "hub_names", "legal_names", "printed", "number", "number_printed",
)  # fmt: skip
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af]+")
_WORD = re.compile(r"[^\W_]+")
_SPECIAL = re.compile(r'([+\-!(){}\[\]^"~*?:\\/=&|<>])')
#: Most characters of a word that is indexed, and most words of a question.
_LONG, _MOST = 40, 24


def has_chinese(text: str) -> bool:
    """Whether any character of a text is a Chinese one."""
    return _HAN.search(text) is not None


def words_of(props: Mapping[str, Any]) -> str | None:
    """The text to be indexed for a node; None for a node that no name leads to."""
    keys = props.get("keys")
    if not keys:
        return None
    whole = [key for key in keys if not any(c.isspace() for c in key)]
    found = [f"={key}" for key in whole] + [f"@{key[::-1]}" for key in whole]
    for field in _NAMED:
        held = props.get(field)
        for name in [held] if isinstance(held, str) else held or ():
            text = folded(str(name))
            for run in _HAN.findall(text):
                found += [*run, *_pairs(run)]
            found += _latin(text)
    return " ".join(dict.fromkeys(found))


def key_query(keys: Iterable[str]) -> str:
    """A query for nodes that bear any of the keys."""
    return " ".join(_exact(key) for key in keys)


def search_query(text: str) -> str:
    """A query for nodes that bear all words of a text; a Latin word may be the beginning of one. Empty for no word."""
    plain = folded(text)
    terms = [_either(word) for word in _latin(plain)]
    for run in _HAN.findall(plain):
        terms += [_escaped(part) for part in (_pairs(run) or run)]
    keys = " ".join(f"{_exact(key)}^20" for step in name_steps(text, RULED) for key in step)
    joined = "".join(run for run in _HAN.findall(plain))
    if len(_HAN.findall(plain)) > 1 and not _latin(plain):  # spaces between characters are no matter
        keys += f" ({' '.join('+' + _escaped(pair) for pair in _pairs(joined))})"
    every = " ".join(f"+{term}" for term in terms[:_MOST])
    return f"{keys} ({every})".strip() if terms else keys


def near_query(text: str) -> str:
    """A query for nodes with a like name: the whole misspelt by a letter, any word by more, any pair of characters.

    A letter that is wrong leaves one half of a name whole, so that its beginning and its end find what it was meant
    for. To ask for what is spelled alike would read the embedded engine's whole index, a quarter of a second each.
    """
    plain, key = folded(text), name_key(text)
    terms = _slipped(key) if 1 < len(key) <= _LONG else []
    for word in _latin(plain):
        part = max(3, len(word) // 3)
        terms += [f"{_escaped(word)}^4", f"{_escaped(word)}*"]
        terms += [f"{_escaped(word[:part])}*", f"@{_escaped(word[::-1][:part])}*"] if len(word) > 3 else []
    for run in _HAN.findall(plain):
        terms += [_escaped(part) for part in (_pairs(run) or run)]
    return " ".join(terms[: 2 * _MOST])


def _slipped(key: str) -> list[str]:
    """Terms for the keys that are a letter away from this one."""
    half = len(key) // 2
    if len(key) < 4 and key.isascii():  # a letter or two begin too much
        return [f"{_exact(key)}~1"]
    turned = key[: half - 1] + key[half] + key[half - 1] + key[half + 1 :]  # where it is in both halves
    return [f"{_exact(key[:half])}*^2", f"@{_escaped(key[half:][::-1])}*^2", f"{_exact(turned)}^2"]


def _latin(text: str) -> list[str]:
    rest = _HAN.sub(" ", text)
    whole = [word[:_LONG] for word in _WORD.findall(rest)]
    parts = [part for word in whole for part in re.findall(r"[a-z]+|\d+", word) if part != word]
    return list(dict.fromkeys([*whole, *(part for part in parts if len(part) > 1)]))


def _pairs(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)]


def _exact(key: str) -> str:
    return _escaped(f"={key}")


def _either(word: str) -> str:
    return f"({_escaped(word)}^4 {_escaped(word)}*)"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
