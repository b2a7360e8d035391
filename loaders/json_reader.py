"""JSON with the position of every key and value kept, read into the same blocks as YAML.

The standard library gives values without their places. YAML's reader takes most JSON, but neither tabs nor the
surrogate pairs in which JSON writes rare characters.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..graph.problems import Problem
from .input_file import check_regular
from .yaml_reader import Block

_SPACE = re.compile(r"[ \t\r\n]*")
_STRING = re.compile(r'"(?:[^"\\\x00-\x1f]|\\.)*"')
_WORD = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null")
#: Deeper nesting than any data set has; more would exhaust Python's stack.
DEEPEST = 200
_CUT = "the file was cut, or is no JSON"


def read_json(path: Path, shown: str | None = None) -> tuple[Block | None, list[Problem]]:
    """Read one file; scalars become text, null None. Problems are syntax errors and keys that stand twice.

    Args:
        shown: name used in problems; the path by default.
    """
    name = shown or str(path)
    try:
        check_regular(path)
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        hint = f"first bad byte at offset {error.start}"
        return None, [Problem(name, 0, 0, "ENCODING", "the file is not UTF-8", hint)]
    except OSError as error:
        return None, [Problem(name, 0, 0, "FILE", f"the file can't be read: {error.strerror}")]
    reader = _Reader(name, text)
    try:
        block, end = reader.value(reader.skip(0), 0)
        if reader.skip(end) < len(text):
            raise _Wrong("expected the end of the file", reader.skip(end))
    except _Wrong as wrong:
        hint = _CUT if wrong.place >= len(text) else ""
        return None, [*reader.problems, reader.problem(wrong.place, "JSON", f"not valid JSON: {wrong}", hint)]
    return block, reader.problems


def read_json_lines(path: Path, problems: list[Problem]) -> Iterator[dict[str, Any]]:
    """The objects of a file of JSON lines, one at a time; a line that is none is a problem, told once.

    Args:
        problems: `problems` of the `Loaded` that is being made. Nothing is written while any stands.
    Raises:
        OSError: the file can't be read.
    """
    before = set(problems)
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                found = json.loads(line) if line.strip() else {}
                column, said = 1, "" if isinstance(found, dict) else "the line is no JSON object"
            except UnicodeDecodeError:
                column, said = 1, "the line is not UTF-8"
            except json.JSONDecodeError as error:
                column, said = error.colno, f"not valid JSON: {error.msg[:1].lower()}{error.msg[1:]}"
            told = Problem(path.name, number, column, "JSON", said, _CUT)
            if said and told not in before:
                problems.append(told)
            elif not said and found:
                yield found


class _Wrong(Exception):
    def __init__(self, message: str, place: int) -> None:
        super().__init__(message)
        self.place = place


class _Reader:
    def __init__(self, name: str, text: str) -> None:
        self.name, self.text = name, text
        self.problems: list[Problem] = []
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def problem(self, place: int, code: str, message: str, hint: str = "") -> Problem:
        """A problem at an offset of the text."""
        return Problem(self.name, *self._where(place), code, message, hint)

    def _where(self, place: int) -> tuple[int, int]:
        line = bisect_right(self._starts, place)
        return line, place - self._starts[line - 1] + 1

    def skip(self, place: int) -> int:
        """The next sign that is no white space."""
        match = _SPACE.match(self.text, place)
        return match.end() if match else place

    def value(self, place: int, depth: int) -> tuple[Block, int]:
        """The block at a place, and the place after it."""
        if depth > DEEPEST:
            raise _Wrong(f"nested more than {DEEPEST} deep", place)
        block = Block(self.name, *self._where(place), None)
        sign = self.text[place : place + 1]
        if sign == "{":
            return block, self._object(block, place, depth)
        if sign == "[":
            return block, self._array(block, place, depth)
        if sign == '"':
            block.value, end = self._string(place)
            return block, end
        word = _WORD.match(self.text, place)
        if word is None:
            raise _Wrong("expected a value", place)
        block.value = None if word[0] == "null" else word[0]
        return block, word.end()

    def _object(self, block: Block, place: int, depth: int) -> int:
        for start in self._items(place, "}"):
            if self.text[start : start + 1] != '"':
                raise _Wrong("expected a key in double quotes", start)
            key, end = self._string(start)
            end = self.skip(end)
            if self.text[end : end + 1] != ":":
                raise _Wrong("expected ':' after the key", end)
            child, self._end = self.value(self.skip(end + 1), depth + 1)
            if key in block.keys:
                hint = f"first in line {block.keys[key][0]}"
                self.problems.append(self.problem(start, "DUPLICATE-KEY", f"'{key}' stands twice in one block", hint))
                continue
            block.keys[key], block.children[key] = self._where(start), child
        block.value = {key: child.value for key, child in block.children.items()}
        return self._end

    def _array(self, block: Block, place: int, depth: int) -> int:
        for start in self._items(place, "]"):
            child, self._end = self.value(start, depth + 1)
            block.children[len(block.children)] = child
        block.value = [child.value for child in block.children.values()]
        return self._end

    def _items(self, place: int, closing: str) -> Iterator[int]:
        """Where each item begins; the caller leaves its end in `_end`, and finds there the end of the whole."""
        place = self.skip(place + 1)
        if self.text[place : place + 1] == closing:
            self._end = place + 1
            return
        while True:
            yield place
            place = self.skip(self._end)
            sign = self.text[place : place + 1]
            if sign == closing:
                self._end = place + 1
                return
            if sign != ",":
                raise _Wrong(f"expected ',' or '{closing}'", place)
            place = self.skip(place + 1)

    def _string(self, place: int) -> tuple[str, int]:
        match = _STRING.match(self.text, place)
        if match is None:
            raise _Wrong("a text does not end, or holds a control character", place)
        try:
            return str(json.loads(match[0])), match.end()
        except json.JSONDecodeError as error:
            raise _Wrong("a text holds an unknown escape", place + error.pos) from error
