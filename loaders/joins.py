"""The joins that stand, names taken for a known thing by registers, lists and data sets, and a sample of them.

What is not joined but looks alike is told by the loaders, as `Near`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from random import Random
from typing import Any

from .build import Shipped
from .opendata import COLUMNS as MODEL_COLUMNS
from .opendata import MODELS
from .table import read_table

#: Kinds of joins, and the share of a sample that each has.
KINDS = {"legal entity": 2, "list member": 1, "model": 1}
COLUMNS = ("kind", "printed", "joined", "name", "basis", "sources")


@dataclass(frozen=True, order=True)
class Join:
    """A printed name, the id and name of the known thing it was taken for, and what that rests on."""

    kind: str
    printed: str
    joined: str
    name: str
    basis: str
    sources: tuple[str, ...] = ()


def joins(shipped: Shipped) -> list[Join]:
    """Every join of what ships, sorted: legal entities with owners, members of lists, models of open data."""
    batches = [loaded.batch for _, loaded in shipped.loaded]
    names = {node.id: str(node.props["name"]) for batch in batches for node in batch.nodes if "name" in node.props}
    pages = {node.id: str(node.props.get("url") or node.id) for batch in batches for node in batch.nodes
             if node.label == "Source"}  # fmt: skip
    found = {*_models(shipped, names)}
    for batch in batches:
        for edge in batch.edges:
            cited = tuple(sorted(pages.get(one, one) for one in _texts(edge.props.get("sources"))))
            (label, start), end = edge.start, edge.end[1]
            if batch.dataset == "cac" and edge.type == "SUBSIDIARY_OF":
                basis = " ".join(str(edge.props[key]) for key in ("basis", "share") if edge.props.get(key))
                found.add(Join("legal entity", names[start], end, names[end], basis, cited))
            elif batch.dataset == "lists" and edge.type == "NAMED_IN" and label != "LegalEntity":
                printed = " | ".join(_texts(edge.props.get("printed")))
                found.add(Join("list member", printed, start, names[start], f"on {end}", cited))
    return sorted(found)


def _texts(value: Any) -> list[str]:
    return [str(one) for one in value or ()]


def _models(shipped: Shipped, names: dict[str, str]) -> Iterator[Join]:
    path = shipped.seeds.folder / "registers" / MODELS
    for _, cells in read_table(path, MODEL_COLUMNS)[0].rows() if path.is_file() else ():
        given = [
            f"{name} ({by})" for name, by in ((cells["epoch"], "Epoch"), (cells["modelsdev"], "models.dev")) if name
        ]
        if cells["is"] or len(given) > 1:
            name = names.get(cells["is"], cells["name"])
            yield Join("model", " | ".join(given), cells["is"] or cells["name"], name, f"made by {cells['makers']}")


def digest(found: list[Join]) -> int:
    """A seed that only the finished joins give: the first 8 hexadecimal digits of the SHA-256 of all of them."""
    text = "\n".join("\t".join(map(str, astuple(one))) for one in sorted(found))
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16)


def sample_joins(found: list[Join], number: int, seed: int | None = None) -> tuple[int, list[Join]]:
    """The seed and `number` joins drawn without replacement by it, from each kind its share; all where there are fewer.

    Args:
        seed: by default the digest of the joins, so that whoever changes one draws others.
    """
    used = digest(found) if seed is None else seed
    draw, shares = Random(used), sum(KINDS.values())
    chosen: list[Join] = []
    for kind, share in KINDS.items():
        held = sorted(one for one in found if one.kind == kind)
        chosen += draw.sample(held, min(-(-number * share // shares), len(held)))
    return used, sorted(chosen[:number])


def row(join: Join) -> dict[str, Any]:
    """A join as a row of a table."""
    return {name: list(value) if isinstance(value := getattr(join, name), tuple) else value for name in COLUMNS}
