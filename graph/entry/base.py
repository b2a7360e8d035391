"""Base of all market-entry blocks."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from ..model.base import Slug


class Spec(BaseModel):
    """Base of all blocks: no unknown field, no change after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Named(Spec):
    """A block with an id and names in both languages."""

    id: Slug
    name: str = Field(min_length=1)
    name_zh: str | None = None
