"""The public face: questions, networks, pages and exports over one connection."""

from __future__ import annotations

import html
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .queries.api import AsOf, Rows
from .queries.api import KnowledgeGraph as Questions
from .queries.saved import QueryError, as_of_day

if TYPE_CHECKING:
    import networkx as nx

    from .graph.export.formats import Summary
    from .graph.export.reading import Progress
    from .graph.export.selection import Selection
    from .queries.network import FactNetwork
    from .queries.rows_network import CommunityRow, EvidencePathRow, InfluenceRow

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

    def to_networkx(self, as_of: AsOf = None) -> nx.MultiDiGraph:
        """The graph with all properties: node key = id, edge key = fact_id.

        Args:
            as_of: only what an answer for that day uses; everything, with its dates, where it is left out.
        """
        from .graph.export.network import to_networkx

        return to_networkx(self.store, _selection(as_of))

    def influence(self, as_of: AsOf = None, *, limit: int = 20) -> Rows[InfluenceRow]:
        """Who stands in the middle: PageRank over the facts in force on a day, weighted by confidence.

        Args:
            as_of: day whose facts count; today where it is left out.
            limit: most rows, the highest score first.
        """
        return self._network(as_of, limit).influence(limit)

    def communities(self, as_of: AsOf = None, *, limit: int = 20) -> Rows[CommunityRow]:
        """Who belongs with whom: communities round hubs, as the page draws them; the largest first."""
        return self._network(as_of, limit).communities(limit)

    def evidence_path(self, start: str, end: str, as_of: AsOf = None) -> Rows[EvidencePathRow]:
        """The chain of facts between two entities with the largest product of confidences; no row where none is."""
        ends = self.names.resolve(start), self.names.resolve(end)
        return self._network(as_of).evidence_path(*ends)

    def _network(self, as_of: AsOf, limit: int = 1) -> FactNetwork:
        from .queries.network import FactNetwork, checked_limit

        checked_limit(limit)
        return FactNetwork(self, as_of_day(as_of))

    def export(
        self, target: str | os.PathLike[str], form: str, *, as_of: AsOf = None, licence: str | None = None,
        base: str | None = None, progress: Progress | None = None,
    ) -> Summary:  # fmt: skip
        """Write the graph for another tool; the file or folder appears whole or not at all.

        Args:
            form: name of a form, as `chinaai export --help` lists them.
            as_of: only what an answer for that day uses.
            licence: `open` leaves out every fact that rests on a source of another licence class.
            base: address under which RDF names lie.
            progress: called with elements done and elements in all.
        Returns:
            What was written, and what was left out, in words.
        Raises:
            ExportError: the form is unknown or the place can't be written; what stood there is unharmed.
        """
        from .graph.export.formats import export

        return export(self.store, Path(target), form, _selection(as_of, licence), base=base, progress=progress)

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
        from .queries.entry.drawing import days_of

        answer = self.market_entry_paths(company, service, limit=1)
        if not answer.paths:
            return []
        return [
            {
                "id": step.requirement.id, "level": step.level, "title": step.requirement.name,
                "title_zh": step.requirement.name_zh, "authority": ", ".join(a.name for a in step.authority),
                "duration": days_of(step.duration), "needs": step.needs, "way": step.way.name,
                "performer": step.performer, "articles": step.article, "documents": step.documents,
                "validity": step.validity, "confidence": step.confidence,
                "sources": [f"{page.publisher}: {page.url or page.id}" for page in step.sources],
            }
            for step in answer.paths[0].steps
        ]  # fmt: skip


def _selection(as_of: AsOf = None, licence: str | None = None) -> Selection:
    from .graph.export.selection import Selection

    if licence not in (None, "open"):
        raise QueryError(f"there is no licence class '{licence}' to ask for", hint="use open, or leave it out")
    return Selection(as_of=None if as_of is None else as_of_day(as_of), licence="open" if licence else None)
