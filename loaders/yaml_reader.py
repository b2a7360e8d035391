"""YAML with the position of every key and value kept, every scalar as text, and every defect reported.

PyYAML's composer gives marks; its constructors are not used, since they would turn `2025-02` into
something else and fold duplicate keys in silence.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ..graph.identity import invisible
from ..graph.model.values import LONGEST
from ..graph.problems import Problem
from .input_file import read_input
from .wrong_values import problem_of
from .yaml_words import SUSPECT, no_yaml, odd_key, read_otherwise

Shape = TypeVar("Shape", bound=BaseModel)
Path_ = tuple[str | int, ...]
#: Most blocks inside one another; what people write has 8.
_DEEPEST = 40
_NULL = {"", "~", "null", "Null", "NULL"}


class Written(BaseModel):
    """A block that a person writes: no unknown key, no change after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Reasoned(Written):
    """A line in which a person decides something, and says why."""

    reason: str = Field(min_length=10)


@dataclass(slots=True)
class Block:
    """A mapping, list or text with its position. `value` is plain Python with text scalars."""

    file: str
    line: int
    column: int
    value: Any
    children: dict[str | int, Block] = field(default_factory=dict)
    keys: dict[str, tuple[int, int]] = field(default_factory=dict)

    def at(self, path: Path_, *, key: bool = False) -> tuple[int, int]:
        """Line and column of the nearest block on a path; of the key itself where `key` is set."""
        block = self
        for i, step in enumerate(path):
            if key and i == len(path) - 1 and step in block.keys:
                return block.keys[str(step)]
            if step not in block.children:
                break
            block = block.children[step]
        return block.line, block.column

    def listed(self, key: str) -> list[Block]:
        """The blocks of the list under a key; none where there is no such list."""
        held = self.children.get(key)
        return list(held.children.values()) if held is not None and isinstance(held.value, list) else []

    def problem(self, code: str, message: str, hint: str = "", *, path: Path_ = (), key: bool = False) -> Problem:
        """A problem at a path inside this block."""
        line, column = self.at(path, key=key)
        return Problem(self.file, line, column, code, message, hint)


def read_yaml(path: Path, shown: str | None = None) -> tuple[Block | None, list[Problem]]:
    """Compose one file. `shown` is the name used in problems; the path by default."""
    name = shown or str(path)
    try:
        data = read_input(path)
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        hint = f"first bad byte at offset {error.start}; save it as UTF-8"
        return None, [Problem(name, line, 1, "ENCODING", "the file is not UTF-8", hint)]
    except OSError as error:
        return None, [Problem(name, 0, 0, "FILE", f"the file can't be read: {error.strerror}")]
    return compose(text, name)


def compose(text: str, name: str) -> tuple[Block | None, list[Problem]]:
    """Compose YAML text into blocks; problems are syntax errors, what would be cut off, and duplicate keys."""
    try:
        node = yaml.compose(text, Loader=_Untyped)
    except yaml.YAMLError as error:
        return None, [no_yaml(text, name, error)]
    if node is None:
        return None, [Problem(name, 0, 0, "EMPTY", "the file is empty", "delete it or fill it")]
    problems: list[Problem] = []
    return _Blocks(name, text, problems).block(node), problems


class _Untyped(yaml.CSafeLoader):
    """Composes without looking for a type of each scalar, which nobody asks for."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> str:
        """One tag for all."""
        return "tag:yaml.org,2002:str"


class _Blocks:
    """Nodes as blocks. What an anchor repeats is refused, since a few lines of it may stand for gigabytes."""

    def __init__(self, name: str, text: str, problems: list[Problem]) -> None:
        self._name, self._text, self._problems = name, text, problems
        self._suspect = SUSPECT.search(text) is not None
        self._seen: set[int] = set()

    def block(self, node: yaml.Node, depth: int = 0) -> Block:
        """One node with all below it."""
        place = node.start_mark.line + 1, node.start_mark.column + 1
        block = Block(self._name, *place, None)
        if id(node) in self._seen:
            hint = "write it out; anchors and aliases are refused"
            self._tell(place, "ALIAS", "an alias (*) repeats this block", hint)
            return block
        if depth > _DEEPEST:
            self._tell(place, "DEPTH", f"more than {_DEEPEST} blocks stand inside one another", "see seeds/README.md")
            return block
        self._seen.add(id(node))
        self._whole(node)
        if isinstance(node, yaml.ScalarNode):
            self._scalar(node, block)
        elif isinstance(node, yaml.SequenceNode):
            block.children = {i: self.block(child, depth + 1) for i, child in enumerate(node.value)}
            block.value = [child.value for child in block.children.values()]
        elif isinstance(node, yaml.MappingNode):
            self._mapping(node, block, depth)
        return block

    def _scalar(self, node: yaml.ScalarNode, block: Block) -> None:
        plain = not node.style  # None or empty, by the composer's build
        block.value = None if plain and node.value in _NULL else node.value
        if len(node.value) > LONGEST:
            said = f"a text of {len(node.value):,} characters; at most {LONGEST:,} are allowed"
            self._tell((block.line, block.column), "LONG", said, "cut it; the source holds the rest")
            block.value = None

    def _mapping(self, node: yaml.MappingNode, block: Block, depth: int) -> None:
        for key_node, value_node in node.value:
            key = str(key_node.value)[:LONGEST]
            position = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            if not isinstance(key_node, yaml.ScalarNode):
                self._tell(position, "KEY", "a list or block stands in the place of a key", "write a word")
                continue
            self._whole(key_node)
            if odd := odd_key(key):
                self._tell(position, "KEY", *odd)
                continue
            if key in block.keys:
                first = f"first in line {block.keys[key][0]}"
                self._tell(position, "DUPLICATE-KEY", f"'{key}' stands twice in one block", first)
                continue
            block.keys[key] = position
            block.children[key] = self.block(value_node, depth + 1)
        block.value = {key: child.value for key, child in block.children.items()}

    def _whole(self, node: yaml.Node) -> None:
        """Tell what of a node would be lost."""
        if not self._suspect:
            return
        first = node.value[0][0] if isinstance(node, yaml.MappingNode) and node.value else None
        if first is not None and first.start_mark.index == node.start_mark.index:
            return  # a block begins with its first key, which is looked at for itself
        for said in read_otherwise(self._text, node):
            self._tell(*said)

    def _tell(self, place: tuple[int, int], code: str, message: str, hint: str) -> None:
        self._problems.append(Problem(self._name, *place, code, message, hint))


def sections_of(root: Block, known: Collection[str]) -> tuple[list[tuple[str, Block]], list[Problem]]:
    """Every block of a file that is a mapping of lists, with the name of its list; a list is one of those known."""
    hint = f"known: {', '.join(sorted(known))}"
    if not isinstance(root.value, dict):
        return [], [root.problem("SECTION", "a seed file is a mapping of lists", hint)]
    found: list[tuple[str, Block]] = []
    problems = []
    for key, section in root.children.items():
        if key not in known:
            problems.append(root.problem("SECTION", f"unknown section '{key}'", hint, path=(key,), key=True))
        elif not isinstance(section.value, list):
            problems.append(section.problem("SECTION", f"'{key}' must be a list of blocks"))
        else:
            found += [(str(key), block) for block in section.children.values()]
    return found, problems


@dataclass(frozen=True)
class Form:
    """The keys of a kind of block: those that it must have, and those that it may."""

    needs: frozenset[str]
    knows: frozenset[str]

    @classmethod
    def of(cls, shape: type[BaseModel], *besides: str) -> Form:
        """That of a shape, with further keys that it must have."""
        names = {field.alias or name: field for name, field in shape.model_fields.items()}
        needs = {name for name, field in names.items() if field.is_required()}
        return cls(frozenset({*needs, *besides}), frozenset({*names, *besides}))


def regrouped(
    blocks: Iterable[tuple[str, Block]], forms: Mapping[str, Collection[Form]]
) -> tuple[list[tuple[str, Block]], list[Problem]]:
    """The blocks of a file, each under the list whose form it has; where it stood under another, the first is told.

    A heading that was lost puts all below it into the list above: one defect, and not one for each of their keys.
    """
    found: list[tuple[str, Block]] = []
    problems: list[Problem] = []
    before = ("", "")
    for name, block in blocks:
        keys = set(block.value) if isinstance(block.value, dict) else set()
        meant = name
        if keys and not any(keys <= form.knows for form in forms[name]):
            fits = (one for one, some in forms.items() if any(form.needs <= keys <= form.knows for form in some))
            meant = next(fits, name)
        if meant != name and before != (name, meant):
            said = f"a block of '{meant}' stands under '{name}'"
            problems.append(block.problem("SECTION", said, f"write '{meant}:' above it, or move it there"))
        before = (name, meant)
        found.append((meant, block))
    return found, problems


def lines_of(
    root: Block | None, key: str, shape: type[Shape], what: str
) -> tuple[list[tuple[Shape, Block]], list[Problem]]:  # fmt: skip
    """The typed lines of a file's list under a key, each with its place; none of a file that could not be read."""
    if root is None:
        return [], []
    problems, found = [], []
    if key not in root.children:
        problems.append(root.problem("SECTION", f"expected a list '{key}'"))
    elif not isinstance(root.children[key].value, list):
        problems.append(root.problem("SECTION", f"'{key}' must be a list", path=(key,)))
    for block in root.listed(key):
        item, wrong = parse(block, shape, what)
        problems += wrong
        if item is not None:
            found.append((item, block))
    return found, problems


def parse(
    block: Block, shape: type[Shape], what: str, *, besides: str = ""
) -> tuple[Shape | None, list[Problem]]:  # fmt: skip
    """Type a mapping by a pydantic model; every error becomes a problem at its own key or value.

    Args:
        besides: a key that is no field, as that which says which model it is.
    """
    if not isinstance(block.value, dict):
        return None, [block.problem("SHAPE", f"{what} must be a block of keys and values")]
    unseen = list(_unseen(block, what))
    if unseen:
        return None, unseen
    given = {key: value for key, value in block.value.items() if value is not None and key != besides}
    try:
        return shape.model_validate(given), []
    except ValidationError as error:
        found = [problem_of(block, shape, what, item) for item in error.errors(include_url=False)]
        return None, list(dict.fromkeys(found))


def _unseen(block: Block, what: str) -> Iterator[Problem]:
    """Texts that are blank, or hold characters that can't be seen and make two names of one."""
    for key, child in block.children.items():
        if isinstance(child.value, str) and (codes := invisible(child.value)):
            message = f"{what}: '{key}' holds {', '.join(codes)}, which can't be seen"
            yield child.problem("INVISIBLE", message, "delete it; it came with a copied text")
        elif isinstance(child.value, str) and child.value and not child.value.strip():
            yield child.problem("BLANK", f"{what}: '{key}' is blank", "write a text, or leave the line out")
        elif child.children:
            yield from _unseen(child, what)
