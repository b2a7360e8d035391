"""Read seeds/entry/*.yaml into typed blocks, each with its position."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from ...graph.entry.model import NAMELESS, SHAPES, EntryGraph
from ...graph.entry.rules import Rules
from ...graph.problems import Problem
from ..curated.read import Placed
from ..yaml_reader import Block, Form, parse, read_yaml, regrouped, sections_of

#: Sections of the files, and the word for one block of each.
SECTIONS = {
    "sources": "source", "authorities": "authority", "instruments": "instrument", "services": "service",
    "requirements": "requirement", "prohibitions": "prohibition", "cases": "case", "facts": "fact", "actors": "actor",
    "strategies": "strategy", "offices": "office", "ahead": "item of law ahead",
    "gate_evidence": "evidence on the gate", "company_facts": "facts of a company", "order": "order",
}  # fmt: skip


@dataclass
class EntrySeeds:
    """All blocks of the folder by section, in file order, and the problems met on the way."""

    folder: Path
    blocks: dict[str, list[Placed[Any]]] = field(default_factory=lambda: {name: [] for name in SECTIONS})
    problems: list[Problem] = field(default_factory=list)

    def graph(self) -> EntryGraph:
        """The typed graph; of blocks with one id the first counts."""
        found: dict[str, Any] = {name: [placed.item for placed in self.blocks[name]] for name in NAMELESS}
        for name in SECTIONS.keys() - NAMELESS:
            found[name] = {name: placed.item for name, placed in self.placed(name).items()}
        return EntryGraph.model_construct(None, **found)

    @cached_property
    def rules(self) -> Rules:
        """The rules of the graph; what was worked out for one of their cases is kept for the next to ask."""
        return Rules(self.graph())

    def placed(self, section: str) -> dict[str, Placed[Any]]:
        """Blocks of a section by id."""
        found: dict[str, Placed[Any]] = {}
        for placed in self.blocks[section]:
            found.setdefault(placed.item.id, placed)
        return found


_FORMS = {name: [Form.of(SHAPES[name])] for name in SECTIONS}


def read_entry(folder: Path) -> EntrySeeds:
    """Read every file of a folder. Problems are collected, never raised."""
    seeds = EntrySeeds(folder)
    files = sorted(folder.glob("*.yaml")) if folder.is_dir() else []
    if not files:
        seeds.problems.append(Problem(str(folder), 0, 0, "FILE", "there are no market-entry seeds", "expected *.yaml"))
    for path in files:
        root, problems = read_yaml(path, f"{folder.name}/{path.name}")
        seeds.problems += problems
        blocks, more = sections_of(root, SECTIONS) if root is not None else ([], [])
        blocks, moved = regrouped(blocks, _FORMS)
        seeds.problems += more + moved
        for name, block in blocks:
            _read_block(seeds, name, block)
    return seeds


def _read_block(seeds: EntrySeeds, name: str, block: Block) -> None:
    what = SECTIONS[name]
    named = name not in NAMELESS and isinstance(block.value, dict)
    label = f"{what} '{block.value.get('id', '?')}'" if named else what
    item, problems = parse(block, SHAPES[name], label)
    seeds.problems += problems
    if item is not None:
        seeds.blocks[name].append(Placed(item, block))
