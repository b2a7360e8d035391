"""The loaders of control lists: read what is published, join by names and reviewed lines, keep everybody else."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any, ClassVar, Literal

from ...graph.confidence import judge
from ...graph.dates import PartialDate
from ...graph.elements import Batch, Edge, Node
from ...graph.model.actors import ControlList
from ...graph.model.evidence import Source
from ...graph.model.register import LegalEntity, ListEdition
from ...graph.problems import Problem
from ..base import Context, Loaded, Loader, Near
from ..curated.elements import entity_node, source_node
from ..outside import End, own_id
from ..remote import Remote
from .forms import Printed, read_printed
from .members import Member, Stay, members_of, plain
from .reviewed import MEMBERS, Edition, ListLine, Meant, Reviewed, read_reviewed

#: Where a public transcription of the lists stands, and its terms.
_COPIES = "https://raw.githubusercontent.com/opensanctions/opensanctions/main/datasets"
_TERMS = "OpenSanctions, CC BY-NC 4.0: commercial use needs a licence of theirs"
#: Said on every source: the names come from copies, not from the pages themselves.
_COPY = "Names and days as facts of the official list, taken from a public transcription of it of 2026-08-22."


class ListsLoader(Loader):
    """US lists (1260H by edition, 889, 154, 5949, 1286, MIEU) and China's. A newer file takes its list's place."""

    name: ClassVar[str] = "lists"
    title: ClassVar[str] = (
        "control lists: US 1260H, 889, 154, 5949, 1286, MIEU; China's unreliable entities, export control"
    )
    expects: ClassVar[str] = "a list as CSV, or a folder of them; shipped with the package"
    remotes: ClassVar[tuple[Remote, ...]] = (
        Remote(f"{_COPIES}/us/dod_chinese_milcorps/sanctions.csv", "csv", "section_1260h.csv", terms=_TERMS),
        *(
            Remote(f"{_COPIES}/us/special_leg/source_files/{name}.csv", "csv", f"{name}.csv", terms=_TERMS)
            for name in ("section_1286", "section_154", "section_5949", "section_889")
        ),
    )
    ships: ClassVar[str | None] = f"registers/{MEMBERS}"

    def read(self, path: Path, context: Context) -> Loaded:
        """Read the shipped lists, put those of the file in their place, resolve and join."""
        shipped = context.seeds / "registers" / MEMBERS
        loaded = Loaded(Batch(ListsLoader.name))
        rows = _rows(path, loaded)
        given = {row.control_list for row in rows}
        if path != shipped and not loaded.problems:
            rows += [row for row in read_printed(shipped)[0] if row.control_list not in given]
        return _taken(loaded, rows, context, counted=path == shipped)


class ChinaListsLoader(ListsLoader):
    """A newer file of China's lists; it takes their place in the data set of all lists, and leaves the US ones."""

    name: ClassVar[str] = "cn-lists"
    title: ClassVar[str] = "China's lists: unreliable entities, export control, countermeasures (中国反制与管控清单)"
    expects: ClassVar[str] = "a CSV with names, lists and days of the announcements"
    remotes: ClassVar[tuple[Remote, ...]] = (
        Remote(f"{_COPIES}/cn/sanctions/sanctions.csv", "csv", "cn-sanctions.csv", terms=_TERMS),
    )
    ships: ClassVar[str | None] = None  # the shipped lists are those of `lists`


def _rows(path: Path, loaded: Loaded) -> list[Printed]:
    files = sorted(path.glob("*.csv")) if path.is_dir() else [path]
    if not files:
        loaded.problems.append(Problem(str(path), 0, 0, "FILE", "the folder holds no lists", "expected *.csv"))
    found: list[Printed] = []
    for file in files:
        rows, problems, refused = read_printed(file)
        found += rows
        loaded.problems += problems
        loaded.remarks += refused if len(files) == 1 else [f"{file.name}: {line}" for line in refused]
    return found


def _taken(loaded: Loaded, rows: list[Printed], context: Context, *, counted: bool) -> Loaded:
    reviewed = read_reviewed(context.seeds / "registers")
    loaded.problems += reviewed.problems
    if loaded.problems:
        return Loaded(Batch(loaded.batch.dataset), sorted(set(loaded.problems)))
    return _Joiner(loaded, reviewed, context).run(rows, counted)


class _Joiner:
    def __init__(self, loaded: Loaded, reviewed: Reviewed, context: Context) -> None:
        self.loaded, self.reviewed, self.context = loaded, reviewed, context
        self.batch = loaded.batch
        self.meant: dict[str, Meant] = {}
        for line, block in reviewed.names:
            for one in (line.is_, line.of, *line.not_):
                if one is not None and one not in context.identity.entities:
                    message, hint = f"unknown company '{one}'", "use the id of a curated entity"
                    loaded.problems.append(block.problem("UNKNOWN-ENTITY", message, hint))
            self.meant[plain(line.printed)] = line
        self.ends: dict[tuple[str, str], End] = {}  # list and plain printed name -> node
        self.by_word: dict[str, list[tuple[str, str]]] = defaultdict(list)  # first word -> name's words, company
        for one, item in context.identity.entities.items():
            names = (item.name, item.name_zh, *item.aliases, *getattr(item, "legal_names", ()))
            for words in map(_words, filter(None, names)) if item.label() in ("Company", "Fund") else ():
                if len(words.strip()) >= 3:
                    self.by_word[words.split()[0]].append((words, one))
        self.made: set[str] = set()  # nodes and owners of members that stand already

    def run(self, rows: list[Printed], counted: bool) -> Loaded:
        by_list: dict[str, list[Printed]] = defaultdict(list)
        for row in rows:
            by_list[row.control_list].append(row)
        for one, printed in sorted(by_list.items()):
            line = self._line(one, printed, counted)
            if line is not None and not self.loaded.problems:  # a reviewed name that means nobody can't be joined
                self._list(line, printed)
        if self.loaded.problems:
            return Loaded(Batch(self.batch.dataset), sorted(set(self.loaded.problems)))
        return self.loaded

    def _line(self, one: str, printed: list[Printed], counted: bool) -> ListLine | None:
        """The reviewed list with every edition that the rows name; one that nobody reviewed is newer, and adds."""
        line = self.reviewed.lists.get(one)
        if line is None:
            self._wrong(f"unknown list '{one}'", "describe it in registers/control-lists.yaml")
            return None
        counts = Counter(row.edition for row in printed)
        known = {str(edition.day): edition for edition in line.editions}
        for day, edition in known.items():
            if counts[day] != edition.printed and (counted or counts[day]):
                what = f"{one}, edition of {day}: {counts[day]} names, it prints {edition.printed}"
                self._wrong(what, "the file was cut or edited; fetch it again, or mend control-lists.yaml")
        whole = any(edition.kind == "full" for edition in line.editions)  # else each file may hold what is new alone
        if not counted and whole and not any(counts[day] for day in known):
            self._wrong(f"{one}: none of the editions {', '.join(known)} is in the file", "fetch the whole list")
        kind: Literal["full", "adds"] = "full" if whole else "adds"
        fresh = [
            Edition(day=PartialDate.parse(day), kind=kind, printed=n, title=line.name)
            for day, n in sorted(counts.items()) if day not in known
        ]  # fmt: skip
        editions = sorted([*line.editions, *fresh], key=lambda edition: edition.day.first)
        return line.model_copy(update={"editions": [e for e in editions if counted or counts[str(e.day)]]})

    def _wrong(self, message: str, hint: str) -> None:
        self.loaded.problems.append(Problem(MEMBERS, 0, 0, "COUNT", message, hint))

    def _list(self, line: ListLine, printed: list[Printed]) -> None:
        sources = {str(edition.day): _source(line, edition) for edition in line.editions}
        later = {str(edition.day): _later(line, edition) for edition in line.editions if edition.later}
        self.batch.nodes += [source_node(source) for source in (*sources.values(), *later.values())]
        target = self._target(line, sources)
        members = members_of(line, printed)
        for edition in line.editions:
            self._edition(line, edition, target, members, sources[str(edition.day)])
        joined = units = 0
        for member in members:
            end, unit = self._end(member)
            joined, units = joined + (end[0] != "LegalEntity"), units + unit
            for stay in member.stays:
                self._named(line, member, stay, end, target, [sources[day] for day in stay.editions], later)
        for member in members:
            self._parent(member)
        tied = {pair for edge in self.batch.edges if edge.type == "SUBSIDIARY_OF"
                for pair in ((edge.start[1], edge.end[1]), (edge.end[1], edge.start[1]))}  # fmt: skip
        self.loaded.near = [
            near for near in self.loaded.near
            if (self.ends[near.where, plain(near.printed)][1], near.like) not in tied
        ]  # fmt: skip
        where = ", ".join(f"{e.day}: {self._standing(members, str(e.day))}" for e in line.editions)
        self.loaded.remarks.append(
            f"{line.id}: {len(printed)} printed names, {len(members)} members ({where}); {joined} are companies here, "
            f"{units} are units of one, {len(members) - joined - units} stay unjoined"
        )

    @staticmethod
    def _standing(members: list[Member], day: str) -> int:
        return sum(any(day in stay.editions for stay in member.stays) for member in members)

    def _target(self, line: ListLine, sources: dict[str, Source]) -> End:
        if line.id not in self.context.identity.entities:
            item = ControlList(
                id=line.id, name=line.name, name_zh=line.name_zh, aliases=line.aliases, country=line.country,
                effect=line.effect, effect_zh=line.effect_zh, effect_page=line.effect_page,
            )  # fmt: skip
            node = entity_node(item)
            self.batch.nodes.append(
                Node(node.label, node.id, {**node.props, "sources": sorted(s.id for s in sources.values())})
            )
        return "ControlList", line.id

    def _edition(self, line: ListLine, edition: Edition, target: End, members: list[Member], source: Source) -> None:
        one = f"edition-{line.id}-{edition.day}"
        item = ListEdition(
            id=one, name=f"{line.name}, {edition.day}", name_zh=f"{line.name_zh}（{edition.day}）", day=edition.day,
            day_from=edition.day.first, kind=edition.kind, names_printed=edition.printed,
            members=self._standing(members, str(edition.day)), website=edition.url,
        )  # fmt: skip
        node = entity_node(item)
        self.batch.nodes.append(Node(node.label, node.id, {**node.props, "sources": [source.id]}))
        self.batch.edges.append(Edge.keyed("EDITION_OF", ("ListEdition", one), target))

    def _end(self, member: Member) -> tuple[End, bool]:
        """The company that a member is, or its own node; and whether that node is a unit of a company."""
        meant = next((self.meant[plain(name)] for name in member.names if plain(name) in self.meant), None)
        found = {
            one for name in member.names for one in self.context.identity.find(name, "Company", "Fund", "LegalEntity")
        }
        found -= set(meant.not_) if meant else set()
        chosen = meant.is_ if meant else None
        if len(found) == 1 and chosen is None and not (meant and meant.of):
            chosen = min(found)
        if chosen:
            self.loaded.joined |= dict.fromkeys(member.names, chosen)
            end: End = (self.context.identity.entities[chosen].label(), chosen)
        else:
            end = ("LegalEntity", own_id(self.batch.dataset, "LegalEntity", plain(member.names[0])))
            if end[1] not in self.made:
                self.made.add(end[1])
                zh = next((row.name_zh for row in member.rows if row.name_zh), None)
                aliases = [name for name in dict.fromkeys((*member.names[1:], *member.short)) if name != zh]
                item = LegalEntity(id=end[1], name=member.names[0], name_zh=zh, aliases=aliases, printed=member.names)
                self.batch.nodes.append(entity_node(item))
            if not meant and len(found) > 1:
                self.loaded.remarks.append(
                    f"{member.control_list}: '{member.names[0]}' may be {' or '.join(sorted(found))}"
                )
            elif not meant:
                self._look_alike(member)
        for name in member.names:
            self.ends[member.control_list, plain(name)] = end
        if meant and meant.of and not chosen:
            self._unit(end, meant.of, f"reviewed: {meant.reason}", member, 0.8)
        return end, bool(meant and meant.of and not chosen)

    def _look_alike(self, member: Member) -> None:
        """Companies whose name is a short name of the member, or stands in its name as whole words."""
        short = {one: name for name in member.short for one in self.context.identity.find(name, "Company", "Fund")}
        for one, name in short.items():
            self.loaded.near.append(Near(member.control_list, member.names[0], one, f"the list calls it '{name}' too"))
        words = _words(" | ".join((*member.names, *member.short)))
        within = {one for word in words.split() for name, one in self.by_word.get(word, ()) if name in words}
        for one in sorted(within - short.keys()):
            self.loaded.near.append(
                Near(member.control_list, member.names[0], one, "its name stands in the printed one")
            )

    def _parent(self, member: Member) -> None:
        """Under whom the list prints a member. Between two companies of the graph the curated facts decide."""
        end = self.ends[member.control_list, plain(member.names[0])]
        above = self.ends.get((member.control_list, plain(member.parent))) if member.parent else None
        if above is None and member.parent:
            found = self.context.identity.find(member.parent, "Company", "Fund")
            above = (self.context.identity.entities[found[0]].label(), found[0]) if len(found) == 1 else None
        if above is not None and above != end and "LegalEntity" in (end[0], above[0]):
            self._unit(
                end, above[1], f"{member.control_list} prints it under '{member.parent}'", member, 0.85, above[0]
            )

    def _unit(self, end: End, owner: str, basis: str, member: Member, sure: float, label: str | None = None) -> None:
        key = f"{end[1]}/subsidiary-of"
        if key in self.made:
            return
        self.made.add(key)
        kind = label or self.context.identity.entities[owner].label()
        first = min(stay.since.first for stay in member.stays)
        props: dict[str, Any] = {
            "status": "reported", "confidence": sure, "confidence_why": f"list: {basis}", "weak": False,
            "sources": sorted({f"{member.control_list}-{row.edition}" for row in member.rows}), "share": "unknown",
            "basis": basis, "known_from": first, "known_from_basis": "first listing",
        }  # fmt: skip
        self.batch.edges.append(Edge("SUBSIDIARY_OF", key, end, (kind, owner), props))

    def _named(
        self, line: ListLine, member: Member, stay: Stay, end: End, target: End, sources: list[Source],
        later: dict[str, Source],
    ) -> None:  # fmt: skip
        seen = sources[-1].published
        judged = judge(
            sources, "confirmed", reviewed=self.context.reviewed, last_seen=seen.first if seen else None,
            open_ended=stay.until is None,
        )  # fmt: skip
        printed = list(dict.fromkeys(row.name for row in member.rows if row.edition in stay.editions))
        first = plain(member.names[0])
        said = [e.later.text for e in line.editions if e.later and any(r.edition == str(e.day) for r in member.rows)]
        told = [later[day] for day in later if any(row.edition == day for row in member.rows)]
        props = {
            "status": "confirmed" if stay.until is None else "ended", "since": str(stay.since),
            "until": str(stay.until) if stay.until else None, "as_of": stay.editions[-1],
            "known_from": stay.since.first if stay.since.precision == "day" else stay.since.after,
            "known_from_basis": "valid_from", "valid_to": stay.until.first if stay.until else None,
            "confidence": judged.value, "confidence_why": judged.why, "weak": judged.weak,
            "scope": "; ".join(text for text in (stay.why, *said) if text) or None,
            "sources": [source.id for source in (*sources, *told)], "printed": printed, "editions": list(stay.editions),
        }  # fmt: skip
        one = f"{own_id(self.batch.dataset, 'NAMED_IN', f'{member.control_list} {first}')}-{stay.since}"
        self.batch.edges.append(Edge("NAMED_IN", one, end, target, props))


#: Words that tell no company from another.
_FORMS = frozenset((
    "co", "company", "corp", "corporation", "inc", "ltd", "limited", "llc", "group", "holding", "holdings", "the", "of",
    "and",
))  # fmt: skip


def _words(name: str) -> str:
    """The words of a name between single spaces, for finding a name in another one; forms of companies are left out."""
    words = re.sub(r"[^a-z0-9\u4e00-\u9fff]+", " ", name.casefold()).split()
    return f" {' '.join(word for word in words if word not in _FORMS)} "


def _source(line: ListLine, edition: Edition) -> Source:
    return Source(
        id=f"{line.id}-{edition.day}", url=edition.url, publisher=line.publisher, title=edition.title,
        published=edition.day, kind="official", licence="open" if line.country == "US" else "unknown",
        language="en" if line.country == "US" else "zh", note=_COPY,
    )  # fmt: skip


def _later(line: ListLine, edition: Edition) -> Source:
    assert edition.later
    return Source(
        id=f"{line.id}-{edition.day}-later", url=edition.later.url, publisher=edition.later.publisher,
        published=edition.later.published, kind="news", language="en",
    )  # fmt: skip
