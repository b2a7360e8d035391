"""What changed, as a briefing in Markdown or an Atom feed (RFC 4287)."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from datetime import UTC, datetime, time
from itertools import groupby
from typing import Literal

from ..graph.dates import PartialDate
from ..graph.seen import grouped
from .answers import counted
from .rows import ChangeRow

Span = Literal["week", "month"]
_ATOM = "http://www.w3.org/2005/Atom"
#: Stands before the id of each entry, so that a feed reader knows it again: a tag URI (RFC 4151).
TAG = "tag:chinaai,2026:"
#: What XML 1.0 can't hold.
_NOT_XML = re.compile(r"[^\t\n\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")


def group_of(row: ChangeRow, span: Span) -> str:
    """The month (2025-02) or ISO week (2025-W07) of the last day that the row's day may mean."""
    last = PartialDate.parse(row.day).last
    if span == "month":
        return last.isoformat()[:7]
    year, week, _ = last.isocalendar()
    return f"{year}-W{week:02d}"


def sentence(row: ChangeRow) -> str:
    """The row as one plain sentence without its day and sources."""
    parts = [row.subject]
    words = (row.relation or "").replace("_", " ")
    if words != row.what:
        parts += [words.lower() if words.isupper() else words, _figure(row.object or "")]
    told = " ".join(filter(None, parts))
    return f"{told} ({row.detail})" if row.detail else told


def _figure(text: str) -> str:
    """A value with its unit, its thousands parted; any other text as it is."""
    return re.sub(r"^\d+(?= |$)", lambda number: grouped(int(number[0])), text)


def markdown(rows: Sequence[ChangeRow], title: str, bounds: str = "", span: Span = "month") -> str:
    """A briefing: by week or month, each line with its day, what happened, status and sources as links.

    Rows whose day may lie outside the window stand apart at the end, so that nobody reads them as sure.

    Args:
        bounds: to which day was searched; stands last.
    """
    out = [f"# {title}", "", f"{counted(len(rows))}. Days are told as exactly as their sources tell them.", ""]
    sure = [row for row in rows if row.inside]
    for name, group in groupby(sure, key=lambda row: group_of(row, span)):
        out += [f"## {name}", "", *map(_line, group), ""]
    if len(sure) < len(rows):
        out += ["## May lie outside the window: the day is not told more exactly", ""]
        out += [*(_line(row) for row in rows if not row.inside), ""]
    out += [f"*{_plain(bounds)}*", ""] if bounds else []
    return "\n".join(out)


def _line(row: ChangeRow) -> str:
    links = ", ".join(f"[{_plain(s.publisher or s.title or s.id)}]({s.url})" if s.url else _plain(s.publisher or s.id)
                      for s in row.sources)  # fmt: skip
    status = f", {row.status}" if row.status else ""
    return f"- **{row.day}** {row.what}: {_plain(sentence(row))} ({row.kind}{status}; `{row.fact_id}`) {links}".rstrip()


def _plain(text: str) -> str:
    """Text in which Markdown has no signs left to read."""
    for sign in "\\`*_[]<>#|":
        text = text.replace(sign, "\\" + sign)
    return " ".join(text.split())


def atom(rows: Sequence[ChangeRow], title: str, *, updated: datetime, address: str = "") -> str:
    """The rows as an Atom feed, the latest first.

    Args:
        updated: when the feed was made.
        address: where the feed will stand, as its own link.
    """
    ET.register_namespace("", _ATOM)
    feed = ET.Element(f"{{{_ATOM}}}feed")
    _add(feed, "id", address or TAG + "changes")
    _add(feed, "title", title)
    _add(feed, "updated", updated.astimezone(UTC).isoformat(timespec="seconds"))
    _add(_add(feed, "author"), "name", "chinaai")
    if address:
        _add(feed, "link", rel="self", href=address)
    for row in reversed(rows):
        last = PartialDate.parse(row.day).last
        entry = _add(feed, "entry")
        _add(entry, "id", f"{TAG}{row.fact_id}:{row.what.replace(' ', '-')}:{row.day}")
        _add(entry, "title", f"{row.what}: {sentence(row)}")
        _add(entry, "updated", datetime.combine(last, time(), UTC).isoformat())
        for source in row.sources:
            if source.url:
                rel = "alternate" if source.url == next(s.url for s in row.sources if s.url) else "related"
                _add(entry, "link", rel=rel, href=source.url, title=source.publisher or source.id)
        _add(entry, "category", term=row.kind)
        _add(
            entry, "summary", f"{row.day}, {row.status or 'no status'}; fact {row.fact_id}; {len(row.sources)} sources"
        )
    ET.indent(feed)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(feed, encoding="unicode") + "\n"


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    child.text = _NOT_XML.sub("", text) or None
    return child
