"""Names by which things of market entry are asked for: no word may mean two things of one type."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...graph.entry.profile import choice_keys
from ...graph.identity import keys_of, name_keys
from ...graph.model.base import Entity
from ...graph.problems import Problem
from ..curated.read import Placed
from ..identity import Identity
from .read import EntrySeeds

#: Sections whose blocks one question may ask for, each with the word for one of them.
_ASKED = {
    ("services",): "kind of service", ("requirements", "prohibitions"): "requirement", ("strategies",): "strategy",
    ("actors",): "actor", ("facts",): "fact", ("instruments",): "instrument", ("authorities",): "authority",
    ("offices",): "office",
}  # fmt: skip

#: What a curated entity may say of a rule as well: field of the block, and of the entity.
_TOLD_TOO = {"number": "number", "promulgated": "promulgated", "effective": "effective", "until": "repealed"}


def keys_of_item(item: Any, label: str = "", **more: Any) -> list[str]:
    """Keys under which a block is found: its id, its names in both languages, its aliases, and its hints.

    Args:
        label: type of its node; names of law are read by rules of their own.
        more: properties of the node that names may be told by.
    """
    names = [word for _, word in _names(item)]
    return keys_of({**more, "id": item.id, "aliases": names}, label, hints=getattr(item, "hints", ()))


def check_names(seeds: EntrySeeds) -> Iterator[Problem]:
    """Names that lead to two blocks, told where the later one bears them; and choices of a fact with one name."""
    for sections, what in _ASKED.items():
        held: dict[str, Placed[Any]] = {}
        for placed in (placed for section in sections for placed in seeds.blocks[section]):
            yield from _taken(placed, held, what)
    for placed in seeds.blocks["facts"]:
        means: dict[str, str] = {}
        for i, choice in enumerate(placed.item.choices):
            for key in choice_keys(choice):
                if means.setdefault(key, choice.id) != choice.id:
                    said = f"the choices '{means[key]}' and '{choice.id}' have the name key '{key}'"
                    at = ("choices", i)
                    yield placed.block.problem("AMBIGUOUS-NAME", said, "keep it for one of the two", path=at)
                    break


def one_language(seeds: EntrySeeds) -> Iterator[Problem]:
    """Ways without a Chinese name among several, which are told as a choice, and bars without Chinese words."""
    for placed in seeds.blocks["requirements"]:
        for i, way in enumerate(placed.item.ways if len(placed.item.ways) > 1 else ()):
            if not way.name_zh:
                said = f"'{placed.item.id}' is met in several ways, and {way.id} has no name_zh"
                yield placed.block.problem("ONE-LANGUAGE", said, "add its Chinese name", path=("ways", i))
    for placed in seeds.blocks["prohibitions"]:
        if not placed.item.summary_zh:
            said = f"'{placed.item.id}' has no summary_zh"
            yield placed.block.problem("ONE-LANGUAGE", said, "add what it says in Chinese")


def doubles(seeds: EntrySeeds, identity: Identity) -> Iterator[Problem]:
    """Bodies and rules that curated facts speak of too: one thing is one node, found by all its names."""
    for section, label in (("authorities", "Authority"), ("instruments", "Instrument")):
        for placed in seeds.blocks[section]:
            item, what = placed.item, _ASKED[section,]
            if item.entity in identity.entities:
                yield from _told_otherwise(placed, identity.entities[item.entity], what)
            for path, word in _names(item):
                found = identity.find(word, label)
                own = [one for one in found if getattr(identity.entities[one], "country", None) in (None, "CN")]
                if item.entity is None and own:
                    said = f"the {what} '{item.id}' bears the name '{word}' of '{own[0]}' of the curated facts"
                    hint = f"say 'entity: {own[0]}' where it is the same, else keep the name for one of the two"
                    yield placed.block.problem("SAME-THING", said, hint, path=path)
                    break
                if item.entity in identity.entities and path != ("id",) and found != [item.entity]:
                    said = f"'{item.entity}' stands for the {what} '{item.id}' and is not found by its name '{word}'"
                    hint = f"add the name to the aliases of '{item.entity}'"
                    yield placed.block.problem("LOST-NAME", said, hint, path=path)


def _told_otherwise(placed: Placed[Any], entity: Entity, what: str) -> Iterator[Problem]:
    """Days and numbers of a block that the curated entity tells otherwise: what is curated would hide them."""
    for own, field in _TOLD_TOO.items():
        one, other = getattr(placed.item, own, None), getattr(entity, field, None)
        if one is not None and other is not None and str(one) != str(other):
            said = f"the {what} '{placed.item.id}' says {own} {one}, and '{entity.id}', which stands for it, {other}"
            hint = f"mend one of the two; answers show that of '{entity.id}'"
            yield placed.block.problem("TOLD-OTHERWISE", said, hint, path=(own,))


def _taken(placed: Placed[Any], held: dict[str, Placed[Any]], what: str) -> Iterator[Problem]:
    """Names of a block that another bears already, each told once; its own are held from now on."""
    for path, word in _names(placed.item):
        others = [held[key] for key in name_keys([word]) if key in held]
        if others and others[0].item.id != placed.item.id:  # a doubled id is told as such
            other = others[0]
            said = f"the name '{word}' of the {what} '{placed.item.id}' means '{other.item.id}' too"
            hint = f"that stands in {other.block.file}:{other.block.line}; keep it for one of the two"
            yield placed.block.problem("AMBIGUOUS-NAME", said, hint, path=path)
    for key in keys_of_item(placed.item):
        held.setdefault(key, placed)


def _names(item: Any) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every name of a block and where it stands."""
    for field in ("id", "name", "name_zh"):
        if word := getattr(item, field):
            yield (field,), word
    for i, word in enumerate(getattr(item, "aliases", ())):
        yield ("aliases", i), word
