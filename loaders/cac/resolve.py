"""Who filed and what: one identity for the spellings of a legal entity, its owner, and the service it filed."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date

from ...graph.identity import visible
from ...graph.model.base import Entity
from ...graph.model.register import LegalEntity, Service
from ...graph.problems import Problem
from ..identity import Identity
from ..yaml_reader import Block
from .lookups import KindLine, Lookups, Owner, ServiceLine, Unjudged
from .mend import CacRow

_QUOTES = str.maketrans("", "", '"“”‘’「」《》')
_OFFSHORE = frozenset({"HK", "MO", "TW"})


def plain(name: str) -> str:
    """A printed name with brackets and letters of one width, no spaces and one case."""
    return "".join(unicodedata.normalize("NFKC", visible(name)).casefold().split())


class Sayings:
    """What rows say of their own kind, by the reviewed words.

    A name ends in what it is: 智能客服助手 is a customer service, 客服培训 is training.
    """

    def __init__(self, known: Lookups) -> None:
        tails = _any(known.tails)
        self._rules = [
            (line, re.compile(f"({_any(line.ends)})" + (f"(?:{tails})*$" if line.tails and tails else "$")))
            for line, _ in known.says
        ]

    def of(self, row: CacRow) -> Iterator[KindLine]:
        """The kinds that a row says, each with the words that say it."""
        for line, ending in self._rules:
            printed = plain(getattr(row, line.field) or "").translate(_QUOTES)
            found = ending.search(printed)
            if found and not any(plain(word) in printed for word in line.but):
                word = next(word for word in line.ends if plain(word) == found[1])
                yield KindLine(
                    printed=row.name, entity=row.entity, kind=line.kind, reason=f"{line.reason} ({word}).",
                    confidence=line.confidence, sources=line.sources,
                )  # fmt: skip


def _any(words: Collection[str]) -> str:
    return "|".join(re.escape(plain(word)) for word in sorted(words, key=len, reverse=True))


def _hashed(prefix: str, *parts: str) -> str:
    return prefix + hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


@dataclass
class Resolved:
    """Identities of a register, and what they could not be joined to."""

    entities: dict[str, LegalEntity] = field(default_factory=dict)
    services: dict[str, Service] = field(default_factory=dict)
    filer: dict[int, str] = field(default_factory=dict)  # line of the row -> entity id
    covered: dict[int, str] = field(default_factory=dict)  # line of the row -> service id
    owners: dict[str, Owner] = field(default_factory=dict)  # entity id -> its owner
    realised: list[tuple[str, ServiceLine]] = field(default_factory=list)  # service id -> curated thing
    kinds: list[tuple[str, KindLine]] = field(default_factory=list)  # service id -> kind of service
    first_listed: dict[str, date] = field(default_factory=dict)  # entity or service id -> first listing
    things: list[Entity] = field(default_factory=list)  # entities that no curated file holds
    labels: dict[str, str] = field(default_factory=dict)  # id of a company or thing -> its label
    unused: list[str] = field(default_factory=list)  # reviewed lines whose entity or service is not in the file
    problems: list[Problem] = field(default_factory=list)


class Resolver:
    """Joins the rows of a register to entities, owners and curated things."""

    def __init__(self, known: Lookups, identity: Identity) -> None:
        self.known, self.identity = known, identity
        self.curated = {
            plain(name): item.id
            for item in identity.entities.values()
            if isinstance(item, LegalEntity)
            for name in item.names()
        }
        self.changes = {plain(printed): change.to for printed, change in known.changes.items()}

    def entity_id(self, printed: str) -> str:
        """Id of a legal entity by any of its printed names."""
        current = plain(self._current(printed))
        return self.curated.get(current) or _hashed("le-", current)

    def service_id(self, entity: str, name: str) -> str:
        """Id of a service: the legal entity and the name."""
        return _hashed("svc-", self.entity_id(entity), plain(name))

    def resolve(self, rows: list[CacRow]) -> Resolved:
        """Entities, services and their joins. Problems are collected in the result."""
        found = Resolved()
        spellings: dict[str, list[str]] = defaultdict(list)
        for row in rows:
            entity, service = self.entity_id(row.entity), self.service_id(row.entity, row.name)
            found.filer[row.line], found.covered[row.line] = entity, service
            spellings[entity].append(row.entity)
            found.services.setdefault(service, Service(id=service, name=row.name))
            for key in (entity, service):
                found.first_listed[key] = min(row.listed, found.first_listed.get(key, row.listed))
        self._owners(found, spellings)
        for entity, printed in spellings.items():
            if entity not in self.identity.entities:
                found.entities[entity] = self._entity(entity, printed, found.owners.get(entity))
        self._realised(found)
        self._kinds(found, rows)
        return found

    def _current(self, printed: str) -> str:
        return self.changes.get(plain(printed), printed)

    def _entity(self, entity: str, printed: list[str], owner: Owner | None) -> LegalEntity:
        counts = Counter(printed)
        current = {name for name in counts if plain(name) == plain(self._current(name))}
        name = max(current, key=lambda n: (counts[n], n)) if current else self._current(printed[0])
        seat = None if owner is None else owner.owner_country
        return LegalEntity(
            id=entity, name=name, name_zh=name, printed=sorted(counts),
            aliases=sorted(set(counts) - {name}),
            owner_class=None if seat is None else "domestic" if seat == "CN"
            else "hongkong-macao-taiwan" if seat in _OFFSHORE else "foreign",
        )  # fmt: skip

    def _owners(self, found: Resolved, spellings: dict[str, list[str]]) -> None:
        for line, block in self.known.owners:
            entity = self.entity_id(line.entity)
            if entity not in spellings:
                found.unused.append(line.entity)
                continue
            if not self._known(found, line.owner, block, "owner", "Company"):
                continue
            self._same_seat(found, line, block)
            held = found.owners.setdefault(entity, line)
            if held.owner != line.owner:
                message = f"'{line.entity}' has two owners, {held.owner} and {line.owner}"
                found.problems.append(block.problem("TWO-OWNERS", message, "keep one line", path=("owner",)))

    def _same_seat(self, found: Resolved, line: Owner, block: Block) -> None:
        """The line's country decides the owner's class, so it must not differ from the company's own."""
        company = self.identity.entities.get(line.owner) or self.known.things[line.owner][0]
        country = getattr(company, "country", None)
        if country not in (None, line.owner_country):
            message = f"{line.owner} has its seat in {country}, not in {line.owner_country}"
            found.problems.append(
                block.problem("OWNER-COUNTRY", message, "mend one of the two", path=("owner_country",))
            )

    def _realised(self, found: Resolved) -> None:
        for line, block in self.known.services:
            service = self.service_id(line.entity, line.printed)
            if service not in found.services:
                found.unused.append(f"{line.printed} ({line.entity})")
            elif self._known(found, line.is_, block, "is", "Model", "ModelFamily", "Product"):
                found.realised.append((service, line))

    def _kinds(self, found: Resolved, rows: list[CacRow]) -> None:
        """Kinds by reviewed lines; of services that no line is about, those that their rows say."""
        looked_at = set()
        lines: list[KindLine | Unjudged] = [*(line for line, _ in self.known.kinds), *self.known.unjudged]
        for line in lines:
            service = self.service_id(line.entity, line.printed)
            if service not in found.services:
                found.unused.append(f"{line.printed} ({line.entity})")
                continue
            looked_at.add(service)
            if isinstance(line, KindLine):
                found.kinds.append((service, line))
        sayings = Sayings(self.known)
        by_rule = {
            (service, line.kind): line
            for row in rows
            if (service := found.covered[row.line]) not in looked_at
            for line in sayings.of(row)
        }
        found.kinds += [(service, line) for (service, _), line in by_rule.items()]

    def _known(self, found: Resolved, wanted: str, block: Block, at: str, *labels: str) -> bool:
        """True where the id is curated, or written beside the register and under no other id in the seeds."""
        if wanted in found.labels:
            return True
        curated = self.identity.entities.get(wanted)
        if curated is not None and curated.label() in labels:
            found.labels[wanted] = curated.label()
            return True
        if wanted not in self.known.things or curated is not None:
            hint = f"curated ids of type {' or '.join(labels)}, or add it beside the register"
            found.problems.append(block.problem("UNKNOWN-ENTITY", f"unknown {at} '{wanted}'", hint, path=(at,)))
            return False
        item, place = self.known.things[wanted]
        others = sorted({other for name in item.names() for other in self.identity.find(name, item.label())})
        if others:
            message = f"'{wanted}' is curated under the id {', '.join(others)}"
            found.problems.append(place.problem("NAME-KNOWN", message, "use that id", path=("id",)))
            return False
        found.labels[wanted] = item.label()
        found.things.append(item)
        return True
