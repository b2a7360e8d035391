"""Words that were perhaps meant, as a hint in a message."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

#: Least share of its signs that a word has in common with a near one; of a Chinese word of two signs one may be wrong.
_LATIN, _CHINESE = 0.6, 0.5


def nearest(word: str, known: Iterable[str], number: int = 1) -> list[str]:
    """The known words nearest to one, the best first, whether their letters are large or small."""
    as_known = {one.casefold(): one for one in known}
    cutoff = _LATIN if any(sign.isascii() for sign in word) else _CHINESE
    return [as_known[one] for one in get_close_matches(word.casefold(), as_known, n=number, cutoff=cutoff)]


def did_you_mean(word: str, known: Iterable[str], number: int = 1) -> str:
    """`did you mean x or y?` of the known words nearest to one; empty where none is near."""
    near = nearest(word, known, number)
    return f"did you mean {' or '.join(near)}?" if near else ""
