"""Words that were perhaps meant, as a hint in a message."""

from __future__ import annotations

import re
from collections.abc import Iterable

#: Percent of their signs that a word has in common with a near one at least; of a Chinese word of two signs one may be
#: wrong.
_LATIN, _CHINESE = 60, 50
_WORD = re.compile(r"[^\W_]+")


def nearest(word: str, known: Iterable[str], number: int = 1, least: int | None = None) -> list[str]:
    """The known words nearest to one, the best first, whether their letters are large or small.

    Args:
        least: percent of its signs that a word must have in common, where another rule than the common one holds.
    """
    from rapidfuzz import fuzz, process  # most words are right, and its import takes longer than all else here

    as_known = {one.casefold(): one for one in known}
    cutoff = least or (_LATIN if any(sign.isascii() for sign in word) else _CHINESE)
    like = process.extract(word.casefold(), list(as_known), scorer=fuzz.ratio, limit=number, score_cutoff=cutoff)
    return [as_known[one] for one, _, _ in like]


def sharing(word: str, known: Iterable[str], number: int = 3) -> list[str]:
    """The known words that hold a word whole or stand whole in it, the one most like it in length first.

    语音助手 stands in 车载语音助手 and in 手机语音助手; `voice assistant` in `in-car voice assistant`.
    """
    text = _spaced(word)
    found = [one for one in known if _holds(text, _spaced(one)) or _holds(_spaced(one), text)]
    return sorted(found, key=lambda one: abs(len(one) - len(word)))[:number]


def _spaced(word: str) -> str:
    return " ".join(["", *_WORD.findall(word.casefold()), ""])


def _holds(text: str, part: str) -> bool:
    """Whether words stand whole in a text; Chinese ones of two signs or more, which nothing divides, anywhere."""
    plain = part.strip()
    return bool(plain) and (part in text or (len(plain) > 1 and not plain.isascii() and plain in text))


def did_you_mean(word: str, known: Iterable[str], number: int = 1) -> str:
    """`did you mean x or y?` of the known words nearest to one; empty where none is near."""
    near = nearest(word, known, number)
    return f"did you mean {' or '.join(near)}?" if near else ""
