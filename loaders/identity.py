"""From names to ids: exact legal name, ticker, hub name, then alias; ambiguity is refused with candidates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz import fuzz, process

from ..graph.identity import name_key
from ..graph.model.base import Entity


class Identity:
    """Names of the curated entities. Never guesses: near names are only ever offered as a hint."""

    def __init__(self, entities: Iterable[Entity] = ()) -> None:
        self.entities: dict[str, Entity] = {}
        self._ids_by_key: dict[str, set[str]] = defaultdict(set)
        for entity in entities:
            self.add(entity)

    def add(self, entity: Entity) -> None:
        """Make an entity known under all its names."""
        self.entities[entity.id] = entity
        for name in entity.names():
            self._ids_by_key[name_key(name)].add(entity.id)

    def find(self, name: str, *labels: str) -> list[str]:
        """Ids that bear the name, an id before all else; only those of the given types where any are."""
        if name in self.entities and self._fits(name, labels):
            return [name]
        return sorted(i for i in self._ids_by_key.get(name_key(name), ()) if self._fits(i, labels))

    def near(self, name: str, *labels: str, limit: int = 3) -> list[str]:
        """Ids with a name like the given one, best first, for a hint."""
        exact = self.find(name, *labels)
        if exact:
            return exact
        matches = process.extract(name_key(name), list(self._ids_by_key), scorer=fuzz.WRatio, limit=12, score_cutoff=75)
        found = [i for key, _, _ in matches for i in sorted(self._ids_by_key[key]) if self._fits(i, labels)]
        return list(dict.fromkeys(found))[:limit]

    def ambiguous(self) -> list[tuple[str, list[str]]]:
        """Keys that name several entities of one type, with their ids."""
        found = []
        for key, ids in sorted(self._ids_by_key.items()):
            by_label: dict[str, list[str]] = defaultdict(list)
            for i in sorted(ids):
                by_label[self.entities[i].label()].append(i)
            found += [(key, same) for same in by_label.values() if len(same) > 1]
        return found

    def _fits(self, entity_id: str, labels: tuple[str, ...]) -> bool:
        return not labels or self.entities[entity_id].label() in labels
