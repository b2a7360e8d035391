"""Publishers' spellings that surely mean a curated thing: `registers/outside-names.yaml`, read for one data set."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from ..graph.identity import name_key
from ..graph.model.base import Slug
from ..graph.problems import Problem
from .identity import Identity
from .yaml_reader import Reasoned, lines_of, read_yaml

NAMES = "outside-names.yaml"


class NameLine(Reasoned):
    """A publisher's spelling and the curated thing it means."""

    loader: str
    printed: str
    is_: Slug = Field(alias="is")


def read_spellings(seeds: Path, dataset: str, identity: Identity) -> tuple[dict[str, str], list[Problem]]:
    """Ids by the keys of the spellings that a data set has lines for; none where the folder has no such file."""
    path = seeds / "registers" / NAMES
    if not path.is_file():
        return {}, []
    root, problems = read_yaml(path, f"registers/{NAMES}")
    lines, more = lines_of(root, "names", NameLine, "line")
    found, problems = {}, problems + more
    for line, block in lines:
        if line.loader != dataset:
            continue
        if line.is_ not in identity.entities:
            hint = "use the id of a curated entity"
            problems.append(block.problem("UNKNOWN-ENTITY", f"unknown thing '{line.is_}'", hint, path=("is",)))
            continue
        found[name_key(line.printed)] = line.is_
    return found, problems
