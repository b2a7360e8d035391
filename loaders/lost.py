"""What follows from a file that could not be read: other files name what it holds, and none of that is their fault."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from ..graph.problems import Problem
from .input_file import read_input

#: Codes of a file, or a section of one, that nothing was read of.
LOST = frozenset({"YAML", "ENCODING", "FILE", "EMPTY", "SECTION"})
#: Codes that say of a thing, the first that they quote, that it does not stand, or that too little speaks of it.
_FOLLOW = re.compile(r"UNKNOWN-(?!FIELD|TYPE|PREDICATE|METRIC)|(SEED-REF|CONFLICT|UNCITED-SOURCE|UNREAD-FACT|TICKER)$")
#: Counts of all that stands.
_COUNTED = "FLOOR"
_WORD, _QUOTED = re.compile(r"\w(?:[\w.:-]*\w)?"), re.compile("'([^']+)'")


def is_lost(problem: Problem) -> bool:
    """Whether it says that a file or a section was not read; a section that stands twice is read once."""
    return problem.code in LOST or (problem.code == "DUPLICATE-KEY" and problem.column == 1)


def without_consequences(problems: Iterable[Problem], folder: Path) -> list[Problem]:
    """The problems without those that follow from a lost file alone: what they miss is written in it.

    Args:
        folder: the seeds, below which the files of problems stand.
    """
    every = list(problems)
    files = {problem.file for problem in every if is_lost(problem)} - {"about.yaml"}  # which names nothing
    if not files:
        return every
    texts = [_words(folder / name) for name in sorted(files)]
    held = frozenset().union(*(words for words in texts if words is not None))
    unseen = None in texts
    return [one for one in every if not _follows(one, held, unseen)]


def _follows(problem: Problem, held: frozenset[str], unseen: bool) -> bool:
    if problem.code == _COUNTED:
        return True
    if is_lost(problem) or not _FOLLOW.match(problem.code):
        return False
    quoted = _QUOTED.search(problem.message)
    return unseen or (quoted is not None and _holds(held, quoted[1]))


def _holds(held: frozenset[str], name: str) -> bool:
    """An article bears the id of its instrument: i.gai.17 stands where i.gai is written."""
    parts = name.split(".")
    return any(".".join(parts[:end]) in held for end in range(min(2, len(parts)), len(parts) + 1))


def _words(path: Path) -> frozenset[str] | None:
    """All words of a file; None where it can't be read at all."""
    try:
        return frozenset(_WORD.findall(read_input(path).decode("utf-8", "replace")))
    except OSError:
        return None
