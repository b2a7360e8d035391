"""A new fact written into the seeds, in place: the rest of the file stays byte for byte as it was.

The block is put in as text at a position that the reader of the seeds knows; a library that loads a file and dumps it
would set three thousand lines anew. What is written is first checked in a copy of the folder.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from ...graph.confidence import page_at
from ...graph.errors import ChinaAIError
from ...graph.export.target import replacing_file
from ...graph.model import EDGES, METRICS
from ...graph.nearest import did_you_mean
from ...graph.problems import InputError, Problem
from ..yaml_reader import Block, compose
from .check import check_seeds
from .kinds import kinds_of
from .read import REGISTER_COMPANIES, Seeds, read_seeds

_DATE = re.compile(r"[0-9]{4}(-([0-9]{2}(-[0-9]{2})?|Q[1-4]|H[12]))?")
_PLAIN = re.compile(r"[A-Za-z_一-鿿][\w .;/+%()一-鿿-]*")


#: Files that may be made for a fact.
_NEW_FILE = re.compile(r"facts-[a-z0-9]+(-[a-z0-9]+)*\.yaml")
_KEY = re.compile(r"^(\s*(?:- )?)(\w+):")
#: Keys of a block whose option has another name; others are named as their option.
_OPTIONS = {"sources": "--source", "url": "--source"}


@dataclass(frozen=True)
class Written:
    """A fact that passed: where it is to stand, what the checks doubt of it, and its file before and with it."""

    fact: str
    file: str
    line: int
    doubts: list[Problem]
    before: bytes | None
    text: str


def end_of(seeds: Seeds, name: str, at: str) -> str:
    """The id that a name means. Raises ChinaAIError with near names where it means none or several."""
    identity = seeds.identity()
    found = identity.find(name)
    if len(found) == 1:
        return found[0]
    if found:
        raise ChinaAIError(f"'{name}' as {at} may be {', '.join(found)}", hint="give the id")
    near = identity.near(name)
    hint = f"did you mean {' or '.join(near)}? else " if near else ""
    raise ChinaAIError(f"unknown {at} '{name}'", hint=f"{hint}add it to `entities` of a seed file first")


def source_by(seeds: Seeds, given: str) -> str | None:
    """Id of a source by its id or its address; none where the seeds don't hold it."""
    for placed in seeds.sources:
        if given == placed.item.id or (placed.item.url and page_at(given) == page_at(placed.item.url)):
            return placed.item.id
    return None


def same_fact(seeds: Seeds, fact: Mapping[str, Any]) -> str | None:
    """Id of a fact that says the same of the same two, or the same figure of the same span."""
    for placed in seeds.relations:
        item = placed.item
        ends = {fact.get("subject"), fact.get("object")}
        if item.predicate == fact.get("predicate") and {item.subject, item.object} == ends:
            turned = item.subject != fact["subject"] and not EDGES[item.predicate].symmetric
            if not turned and (item.scope, item.product) == (fact.get("scope"), fact.get("product")):
                return item.id
    for figure in seeds.figures:
        one = figure.item
        keys = (one.subject, one.metric, str(one.as_of or ""), one.market, one.measured_by, one.scope)
        names = ("subject", "metric", "as_of", "market", "measured_by", "scope")
        wanted = tuple(str(fact.get(name) or "") if name == "as_of" else fact.get(name) for name in names)
        if keys == wanted:
            return one.id
    return None


def fact_id(seeds: Seeds, fact: Mapping[str, Any]) -> str:
    """A free id: ends and predicate, or subject, metric and span."""
    day = fact.get("as_of") or fact.get("announced") or fact.get("date") or ""
    parts = (
        (fact["subject"], fact["predicate"].lower(), fact["object"]) if "predicate" in fact
        else (fact["subject"], fact["metric"], day)
    )  # fmt: skip
    base = re.sub(r"[^a-z0-9]+", "-", "-".join(str(part) for part in parts if part).lower()).strip("-")
    taken = {placed.item.id for placed in seeds.facts} | set(seeds.broken["relations"]) | set(seeds.broken["figures"])
    return next(name for n in range(1, 1000) if (name := base if n == 1 else f"{base}-{n}") not in taken)


def file_for(seeds: Seeds, fact: Mapping[str, Any]) -> str:
    """The file that holds most facts of the predicate or metric; of all facts where it holds none."""
    word = fact.get("predicate") or fact.get("metric")
    same = [p.block.file for p in seeds.relations if p.item.predicate == word]
    same += [p.block.file for p in seeds.figures if p.item.metric == word]
    counts = Counter(same or [p.block.file for p in seeds.facts])
    if not counts:
        raise ChinaAIError("the folder holds no facts yet", hint="name the file with --file")
    return min(counts, key=lambda name: (-counts[name], name))


def checked(seeds: Seeds, fact: dict[str, Any], source: dict[str, Any] | None, file: str) -> Written:
    """The file as it would stand with a fact, and its source where that is new, once every check has passed in a copy.

    Raises:
        ChinaAIError: the file is none of the folder, and no name for a new one.
        InputError: with the fact the seeds would have problems, each told with the option that was wrong.
    """
    taken = [placed for placed in seeds.facts if placed.item.id == fact["id"]]
    for placed in taken:
        where = f"it stands in {placed.block.file}:{placed.block.line}"
        raise InputError([Problem("--id", 0, 0, "DUPLICATE-ID", f"fact id '{fact['id']}' stands twice", where)])
    before = _bytes_of(seeds, file)
    text = (before or b"").decode("utf-8")
    if source is not None:
        text = _with(text, file, "sources", source, after=None)
    text = _with(text, file, "facts", fact, after=("subject", fact["subject"]))
    told = {(problem.code, problem.message) for problem in check_seeds(seeds)}
    with tempfile.TemporaryDirectory(prefix="chinaai-add-") as temporary:
        after = read_seeds(_copy(seeds.folder, Path(temporary) / "seeds", file, text))
        new = [problem for problem in check_seeds(after) if (problem.code, problem.message) not in told]
    if new:
        raise InputError(_as_option(problem, file, text.splitlines()) for problem in new)
    placed = next(one for one in after.facts if one.item.id == fact["id"])
    doubts = [problem for problem in kinds_of(after) if f"'{fact['id']}'" in problem.message]
    return Written(fact["id"], file, placed.block.line, doubts, before, text)


def write(seeds: Seeds, done: Written) -> None:
    """Write what was checked, in place. Raises ChinaAIError where the file was changed meanwhile."""
    path = seeds.folder / done.file
    if (path.read_bytes() if path.exists() else None) != done.before:
        raise ChinaAIError(f"{done.file} was changed meanwhile", str(path), "run the command again")
    with replacing_file(path) as part:
        part.write_bytes(done.text.encode("utf-8"))


def _bytes_of(seeds: Seeds, file: str) -> bytes | None:
    """What a file of the folder holds; None where it is to be made."""
    path = seeds.folder / file
    if path.name == file and path.suffix == ".yaml" and path.is_file():
        return path.read_bytes()
    if _NEW_FILE.fullmatch(file) and not path.exists():
        return None
    names = ", ".join(sorted(p.name for p in seeds.folder.glob("facts*.yaml")))
    hint = f"one of {names}, or a new one named facts-TOPIC.yaml"
    raise ChinaAIError(f"there is no file '{file}' in {seeds.folder}", hint=hint)


def _copy(folder: Path, copy: Path, file: str, text: str) -> Path:
    """The seeds in another folder, with one file as it would be."""
    copy.mkdir()
    for one in folder.glob("*.yaml"):
        shutil.copy(one, copy)
    if (folder / REGISTER_COMPANIES).is_file():
        (copy / "registers").mkdir()
        shutil.copy(folder / REGISTER_COMPANIES, copy / REGISTER_COMPANIES)
    (copy / file).write_bytes(text.encode("utf-8"))
    return copy


def _as_option(problem: Problem, file: str, lines: list[str]) -> Problem:
    """A problem of a text that nobody wrote, told at the option that was wrong; at the file where none is known."""
    if problem.file != file:
        return problem
    key = _KEY.match(lines[problem.line - 1]) if 0 < problem.line <= len(lines) else None
    # the block as a whole begins where its first key does
    whole = key is None or (key[1].strip() == "-" and problem.column <= key.start(2) + 1)
    word = "" if key is None or whole else key[2]
    option = _OPTIONS.get(word, f"--{word.replace('_', '-')}") if word else file
    return Problem(option, 0, 0, problem.code, problem.message, problem.hint)


def as_block(values: Mapping[str, Any], indent: int = 0) -> str:
    """The block as the seeds write it, one key a line, what is not given left out."""
    given = {key: value for key, value in values.items() if value not in (None, "", [])}
    lines = [f"{key}: {_scalar(value)}" for key, value in given.items()]
    space = " " * indent
    return "\n".join(f"{space}{'- ' if n == 0 else '  '}{line}" for n, line in enumerate(lines)) + "\n"


def _with(text: str, file: str, section: str, values: Mapping[str, Any], after: tuple[str, str] | None) -> str:
    """The text with a further block in a section: behind the last one like it, or at the section's end."""
    root, _ = compose(text, file)
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    blocks = root.listed(section) if root is not None else []
    if not blocks:
        if root is not None and section in root.children:
            raise ChinaAIError(
                f"the section '{section}' of {file} is empty", hint="delete its line, or name another file"
            )
        return "".join(lines) + f"{section}:\n" + as_block(values)
    place = len(blocks) - 1
    if after is not None:
        like = [
            n
            for n, block in enumerate(blocks)
            if isinstance(block.value, dict) and block.value.get(after[0]) == after[1]
        ]
        place = like[-1] if like else place
    end = blocks[place + 1].line - 1 if place + 1 < len(blocks) else _end(lines, blocks[place])
    indent = max(len(lines[blocks[0].line - 1]) - len(lines[blocks[0].line - 1].lstrip(" ")), 0)
    while end > blocks[place].line and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1  # a comment before the next block belongs to that
    return "".join([*lines[:end], as_block(values, indent), *lines[end:]])


def _end(lines: list[str], last: Block) -> int:
    """Number of lines before the key that follows the last block of a section."""
    for number in range(last.line, len(lines)):
        if lines[number][:1].strip() and not lines[number].startswith(("-", "#")):
            return number
    return len(lines)


def _scalar(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(_scalar(item) for item in value) + "]"
    text = str(int(value)) if isinstance(value, float) and value == int(value) else str(value)
    number = re.fullmatch(r"-?\d+(\.\d+)?", text)
    if (
        _DATE.fullmatch(text)
        or number
        or (_PLAIN.fullmatch(text) and text == text.strip() and yaml.safe_load(text) == text)
    ):
        return text
    return yaml.safe_dump(text, allow_unicode=True, default_style='"', width=10**9).strip()


def words_of(fact: Mapping[str, Any]) -> None:
    """Refuse a predicate or metric that is not declared, with the nearest; one of the two must be there."""
    predicate, metric = fact.get("predicate"), fact.get("metric")
    if (predicate is None) == (metric is None):
        raise ChinaAIError("a fact has a predicate and an object, or a metric", hint="see docs/schema.md")
    known = {name for name, edge in EDGES.items() if not edge.structural} if predicate else set(METRICS)
    word = str(predicate or metric)
    if word not in known:
        what = "predicate" if predicate else "metric"
        hint = (
            did_you_mean(word.upper() if predicate else word.lower(), sorted(known), 2) or "docs/schema.md lists them"
        )
        raise ChinaAIError(f"there is no {what} '{word}'", hint=hint)
