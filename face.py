"""The public face: questions, networks, pages and exports over one connection."""

from __future__ import annotations

import html
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .queries.api import KnowledgeGraph as Questions

if TYPE_CHECKING:
    import networkx as nx

# networkx and the page's libraries take a second to import, and most questions need neither: they are
# imported where they are used.


@dataclass(frozen=True)
class Page:
    """A page in memory: Jupyter shows it, `save` writes it."""

    text: str

    def _repr_html_(self) -> str:
        return f'<iframe srcdoc="{html.escape(self.text)}" width="100%" height="720" style="border:0"></iframe>'

    def save(self, target: str | os.PathLike[str]) -> Path:
        """Write the page as UTF-8 and give its path."""
        path = Path(target)
        path.write_text(self.text, encoding="utf-8", newline="\n")
        return path


class KnowledgeGraph(Questions):
    """Questions, and the graph as a network, a page or a file."""

    def to_networkx(self) -> nx.MultiDiGraph:
        """The whole graph with all properties: node key = id, edge key = fact_id."""
        from .graph.export.network import to_networkx

        return to_networkx(self.store)

    def view(
        self, target: str | os.PathLike[str] | None = None, *, focus: Sequence[str] = (), hops: int = 1,
        path: tuple[str, str] | None = None, route: tuple[str, str] | None = None, everything: bool = False,
        lang: str = "en", theme: str = "auto",
    ) -> Path | Page:  # fmt: skip
        """The graph as one self-contained page; written to `target`, or given back for a notebook.

        Args:
            focus: names whose neighbourhood is drawn; an overview of the curated graph where empty.
            hops: how far the neighbourhood reaches, 1 to 3.
            path: two names; the page opens on the way from one to the other.
            route: company and kind of service; the page opens on the first market-entry path.
            everything: draw the register as well.
            lang: `en` or `zh`.
            theme: `auto`, `light` or `dark`.
        Raises:
            QueryError: a name is unknown or ambiguous.
            ViewError: the page can't be drawn.
        """
        from .view import render, write
        from .view.choose import chosen, neighbourhood

        whole = self.to_networkx()
        ids = [self.names.resolve(name) for name in focus]
        ends = (self.names.resolve(path[0]), self.names.resolve(path[1])) if path else None
        steps = self._route_steps(*route) if route else None
        graph = neighbourhood(whole, ids, hops) if ids else chosen(whole, everything=everything)
        options: dict[str, Any] = {
            "focus": ids or None, "hops": hops, "path": ends, "lang": lang, "theme": theme, "route": steps,
        }  # fmt: skip
        title = "中国人工智能生态知识图谱" if lang == "zh" else "China AI ecosystem"
        if target is None:
            return Page(render(graph, title=title, **options))
        return write(graph, target, title=title, **options)

    def _route_steps(self, company: str, service: str) -> list[dict[str, Any]]:
        answer = self.market_entry_paths(company, service, limit=1)
        if not answer.paths:
            return []
        return [
            {
                "id": step.requirement.id, "level": step.level, "title": step.requirement.name,
                "title_zh": step.requirement.name_zh, "authority": ", ".join(a.name for a in step.authority),
                "duration": _days(step.duration), "needs": step.needs,
            }
            for step in answer.paths[0].steps
        ]  # fmt: skip


def _days(duration: Any) -> str:
    """An interval with its basis; never a bare number."""
    if duration is None:
        return "time unknown"
    span = [f"{value:g}" for value in (duration.min, duration.typical, duration.max) if value is not None]
    return f"{' / '.join(span)} days ({duration.basis})" if span else f"time unknown ({duration.basis})"
