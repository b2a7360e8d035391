"""The ids that blocks of market entry name: a field says by its name what it holds the id of, or a list of ids."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from pydantic import BaseModel

#: Where in a block an id stands, the id, and the kind of thing that it must be.
Reference = tuple[tuple[str | int, ...], str, str]
#: Kind of thing by the name of a field, at the top of a block or anywhere inside it.
FIELDS = {
    "source": "source", "sources": "source", "authority": "authority", "authorities": "authority",
    "issuers": "authority", "parent": "authority", "instrument": "instrument", "replaces": "instrument",
    "at": "article", "service": "service", "services": "service", "register_kind": "service",
    "requirement": "requirement", "requirements": "requirement", "needs": "requirement",
    "first": "requirement", "then": "requirement", "includes": "requirement", "lifted_by": "requirement",
    "partner_evidence": "requirement", "company": "company", "companies": "company", "partners": "company",
    "holder": "company", "strategies": "strategy",
}  # fmt: skip


def references(item: BaseModel, path: tuple[str | int, ...] = ()) -> Iterator[Reference]:
    """Every id that a block names.

    Args:
        path: where the block stands in the one that holds it.
    """
    for name, kind in _fields(type(item)):
        value = getattr(item, name)
        if not value:
            continue
        several = [((*path, name, i), one) for i, one in enumerate(value)] if isinstance(value, list) else None
        for at, one in several if several is not None else [((*path, name), value)]:
            if isinstance(one, BaseModel):
                yield from references(one, at)
            elif one and kind:
                yield at, one, kind


@cache
def _fields(model: type[BaseModel]) -> list[tuple[str, str | None]]:
    return [(name, FIELDS.get(name)) for name in model.model_fields]
