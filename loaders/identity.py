"""From names to ids: listing, whole name, name without its legal form; ambiguity is refused with candidates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz import fuzz, process

from ..graph.identity import house_keys, keys_of, name_key, name_steps, only_a_rule, own_registered, two_names
from ..graph.model.base import Entity


class Identity:
    """Names of the curated entities. Never guesses: near names are only ever offered as a hint."""

    def __init__(self, entities: Iterable[Entity] = ()) -> None:
        self.entities: dict[str, Entity] = {}
        self._ids_by_key: dict[str, set[str]] = defaultdict(set)
        self._alike: dict[str, list[str]] = {}  # a name that a lost file had is missed a hundred times
        for entity in entities:
            self.add(entity)

    def add(self, entity: Entity) -> None:
        """Make an entity known under all its names."""
        self.entities[entity.id] = entity
        self._alike.clear()
        more = {field: getattr(entity, field, ()) for field in ("houses", "listed")}
        for key in keys_of(entity.model_dump(), entity.label(), **more):
            self._ids_by_key[key].add(entity.id)

    def find(self, name: str, *labels: str) -> list[str]:
        """Ids that bear the name, an id before all else; only those of the given types where any are.

        The whole name comes before the name without its legal form, as in a question; and as there a name with a
        Chinese legal form is not that of a company which is registered under others.
        """
        if name in self.entities and self._fits(name, labels):
            return [name]
        for step in name_steps(name, labels):
            found = sorted({i for key in step for i in self._ids_by_key.get(key, ()) if self._fits(i, labels)})
            if found:
                return [] if len(found) == 1 and self._another(name, found[0]) else found
        both = two_names(name)
        one, other = (self.find(part, *labels) for part in both) if both else ([], [])
        return one if one == other else []

    def bearing(self, key: str, *labels: str) -> set[str]:
        """Ids that are found under a key; only those of the given types where any are."""
        return {one for one in self._ids_by_key.get(key, ()) if self._fits(one, labels)}

    def near(self, name: str, *labels: str, limit: int = 3) -> list[str]:
        """Ids with a name like the given one, best first, for a hint."""
        exact = self.find(name, *labels)
        if exact:
            return exact
        for key in house_keys(name):
            house = [one for one in sorted(self._ids_by_key.get(key, ())) if self._fits(one, labels)]
            if house:
                return house
        found = [i for key in self._keys_like(name) for i in sorted(self._ids_by_key[key]) if self._fits(i, labels)]
        return list(dict.fromkeys(found))[:limit]

    def _keys_like(self, name: str) -> list[str]:
        if name not in self._alike:
            keys, like = list(self._ids_by_key), fuzz.WRatio
            found = process.extract(name_key(name), keys, scorer=like, limit=12, score_cutoff=75)
            self._alike[name] = [key for key, _, _ in found]
        return self._alike[name]

    def ambiguous(self) -> list[tuple[str, list[str]]]:
        """Keys that name several entities of one type, with their ids; the shortest key of the same ones."""
        found: dict[tuple[str, ...], str] = {}
        whole = ((key, ids) for key, ids in self._ids_by_key.items() if not only_a_rule(key))
        for key, ids in sorted(whole, key=lambda item: (len(item[0]), item[0])):
            by_label: dict[str, list[str]] = defaultdict(list)
            for i in sorted(ids):
                by_label[self.entities[i].label()].append(i)
            for same in by_label.values():
                if len(same) > 1:
                    found.setdefault(tuple(same), key)
        return [(key, list(ids)) for ids, key in found.items()]

    def _another(self, name: str, one: str) -> bool:
        if one in self._ids_by_key.get(name_key(name), ()):
            return False
        return not own_registered(name, getattr(self.entities[one], "legal_names", None) or ())

    def _fits(self, entity_id: str, labels: tuple[str, ...]) -> bool:
        return not labels or self.entities[entity_id].label() in labels
