"""Write the generated pages: `python -m chinaai.cli.docs [FOLDER]`, the checkout's docs/ by default."""

from __future__ import annotations

import sys
import tempfile
from datetime import date
from pathlib import Path

from ..face import KnowledgeGraph
from ..graph.schema_page import editor_schema, schema_page
from ..graph.store import open_store
from ..loaders.build import build, read_shipped
from ..queries.questions_page import questions_page
from .architecture import architecture_page


def pages(kg: KnowledgeGraph) -> dict[str, str]:
    """Text of every generated page by file name; example rows come from this graph, which is the shipped one."""
    return {
        "architecture.md": architecture_page(),
        "schema.md": schema_page(),
        "seed-file.schema.json": editor_schema(),
        "questions.md": questions_page(kg),
    }


def generate(folder: Path) -> dict[str, str]:
    """The pages, from the shipped graph built in a folder of its own."""
    with open_store(folder) as store:
        build(store, read_shipped(), today=date.today())
        return pages(KnowledgeGraph(store))


def main() -> None:
    """Write the pages."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("docs")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        for name, text in generate(Path(folder)).items():
            (target / name).write_text(text, encoding="utf-8", newline="\n")
            sys.stderr.write(f"wrote {target / name}\n")


if __name__ == "__main__":
    main()
