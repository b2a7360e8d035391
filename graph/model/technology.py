"""What is made: models, their families, products, chips and licences."""

from __future__ import annotations

from pydantic import Field

from .base import Entity


class Model(Entity, zh="模型", look="orange square", family="technology", term="schema:SoftwareApplication"):
    """One version of an AI model."""

    modality: str | None = Field(None, description="text, vision, speech, video, multimodal …")
    hub_names: list[str] = Field(default_factory=list, description="Repository names on model hubs.")

    def names(self) -> list[str]:
        """All names it can be found by."""
        return [*super().names(), *self.hub_names]


#: What a model makes by a word of its modality: those of our own facts, and of the open lists, which write `Language`.
_MAKES = {
    "text": ("text", "language", "multi"),
    "image": ("image",),
    "voice": ("speech", "audio", "voice"),
    "video": ("video",),
}


def made_by(modality: str | None) -> set[str]:
    """What a model makes of `text`, `image`, `voice` and `video`; one of which no modality is told writes text."""
    words = (modality or "text").lower()
    return {made for made, names in _MAKES.items() if any(name in words for name in names)}


class ModelFamily(Entity, zh="模型系列", look="red square", family="technology", term="schema:ProductGroup"):
    """A line of models under one name; also what is meant where a source states no version."""


class Product(Entity, zh="产品", look="sky square", family="technology", term="schema:Product"):
    """A product, service or platform that people or firms use."""

    kind: str | None = Field(None, description="phone, car, app, cloud service, chat assistant …")


class Chip(Entity, zh="芯片", look="green square", family="technology", term="schema:Product"):
    """A processor for AI work."""


class Licence(Entity, zh="许可协议", look="grey square", crowd=True, family="technology", term="schema:CreativeWork"):
    """Terms under which weights or code may be used."""

    spdx: str | None = Field(None, description="SPDX identifier where there is one.")


NODE_TYPES: tuple[type[Entity], ...] = (Model, ModelFamily, Product, Chip, Licence)
