"""Cells of the CSV files that `neo4j-admin database import full` reads."""

from __future__ import annotations

from typing import Any

from ..errors import ExportError
from .values import Kind, to_text

#: Stands between the items of a list; no text that people write holds this control character.
SEPARATOR = "\x1f"
#: Arguments of the tool that say how the files are written.
ARGUMENTS = ("--id-type=string", "--array-delimiter=U+001F")
CSV_TYPES: dict[Kind, str] = {
    "string": "string", "integer": "long", "float": "double", "boolean": "boolean", "date": "date",
    "strings": "string[]", "integers": "long[]", "floats": "double[]",
}  # fmt: skip


def cell(value: Any, where: str) -> str:
    """A value as text; absent is empty. Raises ExportError where a list item holds the separator.

    Every text in quotes: the csv module can't tell an empty text from none before Python 3.12.
    """
    if value is None:
        return ""
    if isinstance(value, list):
        text = SEPARATOR.join(map(to_text, value))
        if text.count(SEPARATOR) >= len(value) or value == [""]:
            raise ExportError("a list holds the separator of lists or one empty text alone", where, "use jsonl")
        return quoted(text)
    return quoted(value) if isinstance(value, str) else to_text(value)


def quoted(text: str) -> str:
    """A text in quotes."""
    return '"' + text.replace('"', '""') + '"'
