"""Words that were perhaps meant, as a hint in a message."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(word: str, known: Iterable[str], number: int = 1) -> str:
    """`did you mean x or y?` of the known words nearest to one; empty where none is near."""
    near = get_close_matches(word, list(known), n=number)
    return f"did you mean {' or '.join(near)}?" if near else ""
