"""What the law is made of: instruments and their articles."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from .base import Country, Entity


class Instrument(Entity):
    """A law, rule, plan, licence type or standard."""

    term: ClassVar[str | None] = "eli:LegalResource"
    family: ClassVar[str] = "regulation"

    kind: str | None = Field(None, description="law, departmental rule, plan, standard, licence …")
    number: str | None = Field(None, description="Official number.")
    country: Country | None = None
    promulgated: str | None = None
    effective: str | None = Field(None, description="Date on which it came into force.")
    repealed: str | None = None


NODE_TYPES: tuple[type[Entity], ...] = (Instrument,)
