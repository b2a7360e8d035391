"""Remarks on a file that is being read, from wherever in the reading they arise."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_HELD: ContextVar[list[str] | None] = ContextVar("notes", default=None)
#: Most remarks of one kind of reading that are told; the rest is counted.
_MOST = 20


@contextmanager
def noting() -> Iterator[list[str]]:
    """Collect what is noted inside the block."""
    found: list[str] = []
    token = _HELD.set(found)
    try:
        yield found
    finally:
        _HELD.reset(token)
        if len(found) > _MOST:
            found[_MOST:] = [f"and {len(found) - _MOST} more remarks of this kind"]


def note(text: str) -> None:
    """Note a remark for whoever collects; nothing where nobody does."""
    held = _HELD.get()
    if held is not None:
        held.append(text)
