"""docs/architecture.md: the picture of who imports whom, drawn from the code."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
#: Rooms of the house, from the ground up, and what stands in each.
ROOMS = {
    "graph/model": "what a type is: nodes, edges, what they carry",
    "graph": "elements, gate, plan, apply, store",
    "graph/engine": "the embedded engine and a local server",
    "graph/entry": "market entry: conditions, plans, time",
    "graph/export": "other tools' forms",
    "loaders": "from files to elements",
    "loaders/curated": "the curated facts",
    "loaders/cac": "the register of generative-AI services",
    "loaders/entry": "the rules of market entry",
    "queries": "from questions to rows",
    "queries/entry": "market entry, answered",
    "view": "the page",
    "face": "the one object of Python",
    "cli": "the command, the tools, the generated pages",
}


def architecture_page() -> str:
    """The page, with an arrow from each room to those it imports."""
    arrows = _arrows()
    names = {room: room.replace("/", "_") for room in ROOMS}
    lines = [f'  {names[room]}["{room}<br/>{about}"]' for room, about in ROOMS.items()]
    lines += [f"  {names[here]} --> {names[there]}" for here, there in sorted(arrows)]
    table = [f"| `{room}` | {about} | {_told(room, arrows)} |" for room, about in ROOMS.items()]
    return (
        "\n\n".join(
            [
                "# Architecture",
                "Drawn from the imports of the code by `python -m chinaai.cli.docs`. Do not edit.",
                "Data goes one way: files, elements, the gate, the plan, the store; then questions, rows, and from"
                " them the page, the command, the tools and the files. No arrow points back up; a test keeps it so.",
                "```mermaid\ngraph BT\n" + "\n".join(lines) + "\n```",
                "| room | what stands in it | imports |\n|---|---|---|\n" + "\n".join(table),
            ]
        )
        + "\n"
    )


def _told(room: str, arrows: set[tuple[str, str]]) -> str:
    found = [there for here, there in sorted(arrows) if here == room]
    return ", ".join(found) or "nothing of ours"


def _arrows() -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for path in sorted(ROOT.rglob("*.py")):
        inside = path.relative_to(ROOT).with_suffix("").parts
        here = _room(inside)
        if here is None:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.level:
                base = inside[: len(inside) - node.level]
                for alias in node.names:
                    there = _room((*base, *(node.module or "").split("."), alias.name))
                    if there is not None and there != here:
                        found.add((here, there))
    return found


def _room(parts: tuple[str, ...]) -> str | None:
    """The innermost room that a module stands in; tests, benchmarks and others are none."""
    kept = [part for part in parts if part]
    for depth in (2, 1):
        if len(kept) >= depth and "/".join(kept[:depth]) in ROOMS:
            return "/".join(kept[:depth])
    return None
