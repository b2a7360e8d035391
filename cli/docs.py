"""Write the generated pages: `python -m chinaai.cli.docs [FOLDER]`, the checkout's docs/ by default."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from ..face import KnowledgeGraph
from ..graph.schema_page import editor_schema, schema_page
from ..graph.store import open_store
from ..loaders.build import build, read_shipped
from ..queries.questions_page import questions_page
from ..queries.saved import catalogue
from .architecture import architecture_page
from .main import in_words


def pages(kg: KnowledgeGraph, told: Callable[[str], None] = lambda line: None) -> dict[str, str]:
    """Text of every generated page by file name; example rows come from this graph, which is the shipped one.

    Args:
        told: called with a line before each page.
    """
    makers: dict[str, Callable[[], str]] = {
        "architecture.md": architecture_page,
        "schema.md": schema_page,
        "seed-file.schema.json": editor_schema,
        "questions.md": lambda: questions_page(kg),
    }
    made = {}
    for name, make in makers.items():
        told(f"making {name}")
        made[name] = make()
    return made


def generate(folder: Path, told: Callable[[str], None]) -> dict[str, str]:
    """The pages, from the shipped graph built in a folder of its own."""
    catalogue()  # a file that can't be read is told before the work
    told("building the graph that ships, for the rows of the examples")
    with open_store(folder) as store:
        build(store, read_shipped(), today=date.today())
        return pages(KnowledgeGraph(store), told)


def main() -> None:
    """Write the pages."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("docs")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        for name, text in generate(Path(folder), _say).items():
            (target / name).write_text(text, encoding="utf-8", newline="\n")
            _say(f"wrote {target / name}")


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    in_words(main)
