"""Errors a user may meet. Each says what happened, where, and what to do."""

from __future__ import annotations

import re

#: User name and password in an address. Those of a database may hold any sign, a slash among them.
_ACCOUNT = re.compile(r"\b((?:bolt|neo4j)(?:\+s|\+ssc)?://)[^\s'\"]*@|(://)[^/\s'\"?#@]*@", re.IGNORECASE)

_PORT, _IPV6 = re.compile(r"[0-9]*(/.*)?"), re.compile(r"\[|[0-9a-f]*:[0-9a-f]*:[0-9a-f:.]*(/|$)", re.IGNORECASE)


def without_account(text: str) -> str:
    """The text with user name and password taken out of every address in it."""
    return _ACCOUNT.sub(lambda match: match[1] or match[2], text)


def may_be_told(address: str) -> str:
    """An address of a database as it may be told: without account, whatever stands before it, and without a query.

    A query may hold a password, and a password an `@` or `?`: where the two can't be told apart, no host is named. Nor
    is a port that is no number.
    """
    head, _, tail = address.rpartition("@")
    scheme = re.match(r"[A-Za-z][\w+.-]*://", address)
    begin = scheme[0] if scheme else ""
    if not head:
        return begin + _host(re.split(r"[?#]", address[len(begin) :])[0])
    return begin + ("…" if re.search(r"[?&#]\w+=", head) else re.split(r"[?#]", tail)[0])


def _host(rest: str) -> str:
    """Host and port. What stands where the port should and is no number may be a password: bolt://neo4j:s3cret."""
    host, colon, port = rest.partition(":")
    told = not colon or _PORT.fullmatch(port) or _IPV6.match(rest)
    return rest if told else f"{host}:…"


def holds_account(address: str) -> bool:
    """Whether user name or password stand in an address, before its host or in its query."""
    return (
        "@" in address or re.search(r"[?&#](user|pass|pwd|auth|token|cred|secret)", address, re.IGNORECASE) is not None
    )


class ChinaAIError(Exception):
    """Root of all errors of this package. No message holds a password that stood in an address.

    Args:
        what: what went wrong, without a final full stop.
        where: file, address or name it concerns; may be empty.
        hint: what to do about it; may be empty.
    """

    def __init__(self, what: str, where: str = "", hint: str = "") -> None:
        what, where, hint = (without_account(part) for part in (what, where, hint))
        self.what, self.where, self.hint = what, where, hint
        text = what + (f" ({where})" if where else "") + (f"; {hint}" if hint else "")
        super().__init__(text)


class StoreError(ChinaAIError):
    """The database can't be reached, refuses, or holds something unexpected."""


class GoneError(StoreError):
    """The connection is lost; what was read may be read again, what was written may stand or not."""


class EngineError(StoreError):
    """The embedded engine or the local server can't be started or used."""


class UnansweredError(StoreError):
    """Nothing came back within the time that we wait."""


class ExportError(ChinaAIError):
    """The graph can't be written in this form or to this place; what stood there before is unharmed."""
