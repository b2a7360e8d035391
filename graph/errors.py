"""Errors a user may meet. Each says what happened, where, and what to do."""

from __future__ import annotations


class ChinaAIError(Exception):
    """Root of all errors of this package.

    Args:
        what: what went wrong, without a final full stop.
        where: file, address or name it concerns; may be empty.
        hint: what to do about it; may be empty.
    """

    def __init__(self, what: str, where: str = "", hint: str = "") -> None:
        self.what, self.where, self.hint = what, where, hint
        text = what + (f" ({where})" if where else "") + (f"; {hint}" if hint else "")
        super().__init__(text)


class StoreError(ChinaAIError):
    """The database can't be reached, refuses, or holds something unexpected."""


class EngineError(StoreError):
    """The embedded engine or the local server can't be started or used."""
