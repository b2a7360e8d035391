"""What the law is made of: instruments and their articles."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ..dates import Dated
from .base import Country, Entity
from .shapes import Kept


class InstrumentKept(Kept):
    """What the seeds of market entry say of an instrument."""

    legal_status: Literal["in-force", "superseded", "superseded-in-practice", "draft", "repealed"] | None = None
    effective_seen: bool | None = Field(None, description="True where the first day in force was read on a page.")
    revised: list[str] = Field(default_factory=list, description="Dates of its revisions.")


class Instrument(
    Entity, zh="法律文件", look="blue diamond", en="Legal instrument",
    family="regulation", term="eli:LegalResource", kept=InstrumentKept,
):  # fmt: skip
    """A law, rule, plan, licence type or standard."""

    kind: str | None = Field(None, description="law, departmental rule, plan, standard, licence …")
    number: str | None = Field(None, description="Official number.")
    country: Country | None = None
    promulgated: Dated | None = None
    effective: Dated | None = Field(None, description="Date on which it came into force.")
    repealed: Dated | None = None


NODE_TYPES: tuple[type[Entity], ...] = (Instrument,)
