"""Legal citations that no page was read for, and those whose page is the text of another law."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ...graph.problems import Problem
from .read import EntrySeeds, read_entry

_FRAME = re.compile(r"\(.*?\)|\b(the|of|people's republic of china|prc|china's|law text|text)\b|[^a-z0-9 ]")


def unverified_bases(folder: Path) -> list[str]:
    """`requirement: article` of every legal basis that no page was read for; none where there is no such folder."""
    if not folder.is_dir():
        return []
    graph = read_entry(folder).graph()
    cited = [(item.id, item.legal_basis) for item in graph.requirements.values()]
    cited += [(item.id, item.legal_basis) for item in graph.prohibitions.values()]
    return sorted(f"{name}: {basis.at}" for name, bases in cited for basis in bases if not basis.verified)


def other_law(seeds: EntrySeeds) -> Iterator[Problem]:
    """Citations whose checked page bears the name of another instrument of the seeds, and not of the one cited.

    A page is known by its title; one that bears the name of no instrument is a page about several, and passes.
    """
    graph = seeds.graph()
    names = {key: [core for core in (_core(law.name), law.name_zh) if core] for key, law in graph.instruments.items()}
    for section in ("requirements", "prohibitions"):
        for placed in seeds.placed(section).values():
            for place, basis in enumerate(placed.item.legal_basis):
                page = graph.sources.get(basis.checked.source or "")
                cited = ".".join(basis.at.split(".")[:2])
                if page is None or cited not in graph.instruments or page.id in graph.instruments[cited].sources:
                    continue
                titled = {key for key, own in names.items() if any(name in _told(page.title or "") for name in own)}
                if titled and cited not in titled:
                    said = f"'{placed.item.id}' cites {basis.at}; its page {page.id} is of {', '.join(sorted(titled))}"
                    path = ("legal_basis", place, "checked", "source")
                    yield placed.block.problem("OTHER-LAW", said, "name the page that holds this law", path=path)


def _core(name: str) -> str:
    core = " ".join(_FRAME.sub(" ", name.casefold()).split())
    return core if len(core.split()) > 1 else ""


def _told(title: str) -> str:
    return f"{' '.join(_FRAME.sub(' ', title.casefold()).split())} | {title}"
