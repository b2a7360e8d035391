"""From printed names to members: who is the same in all editions, and from when to when each stands on the list."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from ...graph.dates import PartialDate
from .forms import Printed
from .reviewed import Edition, ListLine


@dataclass(frozen=True)
class Stay:
    """An unbroken time on a list: editions in which it stands, the first day, and the day on which it is gone."""

    editions: tuple[str, ...]
    since: PartialDate
    until: PartialDate | None
    why: str | None


@dataclass
class Member:
    """One member of one list under all names that its editions print; the newest one comes first."""

    control_list: str
    rows: list[Printed] = field(default_factory=list)
    stays: list[Stay] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """Printed and former names, newest first."""
        rows = sorted(self.rows, key=lambda row: row.edition, reverse=True)
        return list(dict.fromkeys(name for row in rows for name in (row.name, *row.former)))

    @property
    def short(self) -> list[str]:
        """Abbreviations and other names that the list gives in brackets."""
        return list(dict.fromkeys(name for row in self.rows for name in (*row.also, row.name_zh) if name))

    @property
    def parent(self) -> str:
        """The member under which the newest edition prints it."""
        return next((row.parent for row in sorted(self.rows, key=lambda r: r.edition, reverse=True) if row.parent), "")


def plain(name: str) -> str:
    """A printed name without case, width, accents, brackets' style and signs; company forms stay."""
    text = unicodedata.normalize("NFKD", name).casefold()
    return re.sub(r"[\W_]+", "", text) or text


def members_of(line: ListLine, printed: Iterable[Printed]) -> list[Member]:
    """Members of one list with their stays, in the order of their newest names."""
    groups = _grouped(printed)
    for member in groups:
        member.stays = _stays(line, member)
    return sorted(groups, key=lambda member: member.names[0])


def _grouped(printed: Iterable[Printed]) -> list[Member]:
    """Rows of one name, or of a name and its former one, are one member."""
    groups: dict[str, Member] = {}
    for row in printed:
        keys = [plain(name) for name in (row.name, *row.former)]
        held = list({id(groups[key]): groups[key] for key in keys if key in groups}.values())
        member = held[0] if held else Member(row.control_list)
        for other in held[1:]:
            member.rows += other.rows
        member.rows.append(row)
        for key in [*keys, *(plain(name) for one in member.rows for name in (one.name, *one.former))]:
            groups[key] = member
    return list({id(member): member for member in groups.values()}.values())


def _stays(line: ListLine, member: Member) -> list[Stay]:
    stays: list[Stay] = []
    standing: list[Edition] = []
    printed_on = {row.edition for row in member.rows}
    kept = [end for end in line.no_ends if end.name is None or plain(end.name) in {plain(n) for n in member.names}]
    ends = {row.until: row for row in member.rows if row.until}
    for edition in line.editions:
        here = str(edition.day) in printed_on
        if not here and standing:
            ended = next((u for u in ends if standing[-1].day.first < _day(u) <= edition.day.first), None)
            if ended and any(str(end.until) == ended for end in kept):
                ended = None
            carried = edition.kind == "adds" or any(
                end.stays_through and edition.day.first <= end.stays_through.first for end in kept
            )
            if ended or not carried:
                why = None if ended else f"not printed in the edition of {edition.day}; no notice of a removal was read"
                gone = PartialDate.parse(ended) if ended else edition.day
                stays.append(Stay(tuple(str(e.day) for e in standing), standing[0].day, gone, why))
                standing = []
                continue
        if here or standing:
            standing.append(edition)
    if standing:
        last = max(ends, default="")
        open_ = not last or _day(last) <= standing[-1].day.first or any(str(end.until) == last for end in kept)
        until = None if open_ else PartialDate.parse(last)
        stays.append(Stay(tuple(str(e.day) for e in standing), standing[0].day, until, None))
    return stays


def _day(text: str) -> date:
    return PartialDate.parse(text).first
