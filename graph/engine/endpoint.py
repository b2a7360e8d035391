"""Where a database answers, and who may ask it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True)
class Endpoint:
    """Everything needed to connect over Bolt. Passwords stay out of its printed form.

    Attributes:
        uri: address with its scheme.
        database: name of the database, or None for the server's own default.
        engine: which rules apply to the statements and the schema step.
        reader: user and password of an account that can't write, or None where access mode does that.
        where: folder or address, for messages.
    """

    uri: str
    username: str
    password: str = field(repr=False)
    database: str | None
    engine: Literal["embedded", "neo4j"]
    reader: tuple[str, str] | None = field(repr=False)
    where: str
