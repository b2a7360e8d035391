"""Is a bundle untouched, and would its question today give the same answer? If not, which facts differ, and how."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from ..graph.elements import changed_fields
from ..graph.store import Store
from .archive import BundleError, seal, unpacked
from .behind import behind, fields_of, plain
from .crate import Question

#: Gives the rows of a question as they are today, as plain values.
Asker = Callable[[Question], list[dict[str, Any]]]


@dataclass(frozen=True)
class Difference:
    """A fact, entity or source that is not today as it was: `added`, `withdrawn`, or `mended` with its fields."""

    id: str
    what: str
    fields: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    """What was found. `same` is None where the question was not asked again."""

    path: Path
    seal: str
    question: Question | None
    wrong: list[str]
    same: bool | None = None
    rows_then: int = 0
    rows_now: int | None = None
    differences: list[Difference] = field(default_factory=list)

    @property
    def untouched(self) -> bool:
        """True where every byte is as it was written."""
        return not self.wrong

    def to_dict(self) -> dict[str, Any]:
        """Plain values."""
        return {**asdict(self), "path": str(self.path), "untouched": self.untouched}


@dataclass(frozen=True)
class Held:
    """What a bundle holds, read back."""

    question: Question
    rows: list[dict[str, Any]]
    facts: list[dict[str, Any]]
    sources: list[dict[str, Any]]
    seal: str
    wrong: list[str]
    made: str


def read_bundle(path: Path) -> Held:
    """Read a bundle back, whether or not it was touched.

    Raises:
        BundleError: it is none, or so damaged that its question or rows can't be read.
    """
    files, wrong = unpacked(path)
    try:
        return Held(
            Question(**json.loads(files["question.json"])), json.loads(files["rows.json"]),
            _lines(files["facts.jsonl"]), _lines(files["sources.jsonl"]), seal(files), wrong,
            str(json.loads(files["graph.json"])["made"]),
        )  # fmt: skip
    except (KeyError, ValueError, TypeError) as error:
        told = "; ".join(wrong) or f"{error} can't be read"
        raise BundleError(f"no bundle of an answer, or a damaged one: {told}", str(path)) from error


def verify(path: Path, store: Store | None = None, ask: Asker | None = None) -> Verdict:
    """Check a bundle, and where a graph is given ask its question again.

    Raises:
        BundleError: the file is no bundle.
        ChinaAIError: the question can't be asked today, as where a name is unknown now.
    """
    held = read_bundle(path)
    if held.wrong or store is None or ask is None:
        return Verdict(path, held.seal, held.question, held.wrong, rows_then=len(held.rows))
    rows = plain(ask(held.question))
    facts, sources = behind(store, rows)
    then = {**_by_id(held.facts), **_by_id(held.sources)}
    # what no longer stands behind an answer may still stand in the graph
    before, pages = behind(store, [key for _, key in then])
    now = {**_by_id(before), **_by_id(pages), **_by_id(facts), **_by_id(sources)}
    in_answer = {*_by_id(facts), *_by_id(sources)}
    differences = []
    for key in sorted(then.keys() | in_answer):
        if key not in now or now[key]["props"].get("retired"):
            differences.append(Difference(key[1], "withdrawn"))
        elif key not in then:
            differences.append(Difference(key[1], "added"))
        elif changed := changed_fields(fields_of(then[key]), fields_of(now[key])):
            differences.append(Difference(key[1], "mended", changed))
    return Verdict(
        path, held.seal, held.question, [], rows == held.rows, len(held.rows), len(rows),
        differences,
    )  # fmt: skip


def _by_id(elements: list[dict[str, Any]]) -> dict[tuple[str, str], dict[str, Any]]:
    return {(str(e["type"]), str(e["id"])): e for e in elements}


def _lines(data: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in data.decode().splitlines() if line]
