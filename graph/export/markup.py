"""What GraphML and GEXF share: XML text, and one column for each property and kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from .values import Kind, kind_of, to_text

#: Characters that XML 1.0 can't hold, not even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NUMBERS: dict[Kind, str] = {"integer": "long", "float": "double", "boolean": "boolean"}


class Xml:
    """Escapes text and counts what XML could not hold."""

    def __init__(self) -> None:
        self.replaced = 0

    def text(self, value: str) -> str:
        """Text between tags; a carriage return survives only as a reference."""
        return escape(self._allowed(value), {"\r": "&#13;"})

    def attribute(self, value: str) -> str:
        """A quoted attribute value; line ends and tabs survive as references."""
        return quoteattr(self._allowed(value))

    def remarks(self) -> list[str]:
        """What the user has to know."""
        if not self.replaced:
            return []
        what = "character that XML can't hold by U+FFFD; jsonl keeps it"
        if self.replaced > 1:
            what = "characters that XML can't hold by U+FFFD; jsonl keeps them"
        return [f"replaced {self.replaced} control {what}"]

    def _allowed(self, value: str) -> str:
        text, count = _FORBIDDEN.subn("\ufffd", value)
        self.replaced += count
        return text


def columns(kinds: Mapping[str, Mapping[str, Kind]], skip: frozenset[str] = frozenset()) -> list[tuple[str, Kind]]:
    """All (property, kind) pairs of several types, sorted."""
    return sorted({(name, kind) for props in kinds.values() for name, kind in props.items() if name not in skip})


def column_id(name: str, kind: Kind) -> str:
    """Id of a column; it ends with the kind, which tells how its text is read."""
    return f"{name}.{kind}"


def cells(props: Mapping[str, Any], skip: frozenset[str] = frozenset()) -> Iterator[tuple[str, str]]:
    """(column id, text) of each property that is there."""
    for name, value in sorted(props.items()):
        if name not in skip:
            yield column_id(name, kind_of(value)), to_text(value)
