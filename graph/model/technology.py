"""What is made: models, their families, products, chips and licences."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from .base import Entity


class Model(Entity, zh="模型", look="orange square"):
    """One version of an AI model."""

    term: ClassVar[str | None] = "schema:SoftwareApplication"
    family: ClassVar[str] = "technology"

    modality: str | None = Field(None, description="text, vision, speech, video, multimodal …")
    hub_names: list[str] = Field(default_factory=list, description="Repository names on model hubs.")

    def names(self) -> list[str]:
        """All names it can be found by."""
        return [*super().names(), *self.hub_names]


class ModelFamily(Entity, zh="模型系列", look="red square"):
    """A line of models under one name; also what is meant where a source states no version."""

    term: ClassVar[str | None] = "schema:ProductGroup"
    family: ClassVar[str] = "technology"


class Product(Entity, zh="产品", look="sky square"):
    """A product, service or platform that people or firms use."""

    term: ClassVar[str | None] = "schema:Product"
    family: ClassVar[str] = "technology"

    kind: str | None = Field(None, description="phone, car, app, cloud service, chat assistant …")


class Chip(Entity, zh="芯片", look="green square"):
    """A processor for AI work."""

    term: ClassVar[str | None] = "schema:Product"
    family: ClassVar[str] = "technology"


class Licence(Entity, zh="许可协议", look="grey square", crowd=True):
    """Terms under which weights or code may be used."""

    term: ClassVar[str | None] = "schema:CreativeWork"
    family: ClassVar[str] = "technology"

    spdx: str | None = Field(None, description="SPDX identifier where there is one.")


NODE_TYPES: tuple[type[Entity], ...] = (Model, ModelFamily, Product, Chip, Licence)
