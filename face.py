"""The public face: questions, networks, pages and exports over one connection."""

from __future__ import annotations

import html
import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .queries.api import AsOf, MarketEntry, Rows
from .queries.params import LIMIT, TEXT, QueryError, apart, as_of_day, called, converted, path_of, texts

if TYPE_CHECKING:
    import networkx as nx

    from .bundles import Bundle, Verdict
    from .graph.export.formats import Summary
    from .graph.export.reading import Progress
    from .graph.export.selection import Selection
    from .graph.store import Store
    from .queries.network import CommunityRow, EvidencePathRow, FactNetwork, InfluenceRow
    from .view.site import Site

# networkx and the page's libraries take a second to import, and most questions need neither: they are
# imported where they are used.


@dataclass(frozen=True)
class Page:
    """A page in memory: Jupyter shows it, `save` writes it."""

    text: str = field(repr=False)

    def __repr__(self) -> str:
        return f"<Page, {len(self.text.encode()) // 1000} kB; .save('page.html') keeps it>"

    def _repr_html_(self) -> str:
        return f'<iframe srcdoc="{html.escape(self.text)}" width="100%" height="720" style="border:0"></iframe>'

    def save(self, target: str | os.PathLike[str]) -> Path:
        """Write the page as UTF-8 and give its path."""
        from .view.frame import save

        place = path_of("target", target)
        save(place, self.text)
        return place


class KnowledgeGraph(MarketEntry):
    """The graph over one connection: a method a question, market entry, networks, pages and files.

    Close it, or use it as a context manager. Names of entities may be ids, English or Chinese names, aliases, tickers
    or registered names. `as_of` is a date or text such as 2025-03-01 or 2025-02 (its last day); today where it is left
    out. All methods raise QueryError for an unknown or ambiguous name and StoreError where the database fails. One
    connection may be used by several threads.
    """

    def __init__(self, store: Store, *, home: Path | None = None) -> None:
        super().__init__(store)
        self._home = home
        self._known: dict[date, KnowledgeGraph] = {}
        self._opening = threading.Lock()

    def as_known(self, day: date | str, told: Callable[[str], None] | None = None) -> KnowledgeGraph:
        """The same graph as it was known here on a day, before later mends; closed with this one.

        What the seeds then said is built once beside the graph. Data that was loaded beside the seeds has no history
        and is not in it. Where no `as_of` is given, answers are for that day.

        Args:
            told: called with a line where it must be built first.
        Raises:
            ChinaAIError: the day lies before the first seeds, or ahead.
            StoreError: the engine can't be used.
        """
        from .loaders.known import open_known

        wanted, told = as_of_day(day, "known"), called("told", told)
        with self._opening:
            found = self._known.get(wanted)
            if found is None:
                store = open_known(wanted, self._home_folder(), told=told)
                found = KnowledgeGraph(store or self.store, home=self._home_folder())
                found.today = wanted
                self._known[wanted] = found
        return found

    def _home_folder(self) -> Path:
        """Folder beside whose graph that of another day is kept."""
        from .graph.home import home_folder

        if self._home is None and self.store.engine != "neo4j":
            return Path(self.store.endpoint.where).parent
        return self._home or home_folder()

    def close(self) -> None:
        """Close the connection, those to other days, and the engines where this process runs them."""
        for graph in self._known.values():
            if graph.store is not self.store:
                graph.close()
        self._known.clear()
        super().close()

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
        most = converted("limit", LIMIT, limit)
        return self._network(as_of).influence(most)

    def communities(self, as_of: AsOf = None, *, limit: int = 20) -> Rows[CommunityRow]:
        """Who belongs with whom: communities round hubs, as the page draws them; the largest first."""
        most = converted("limit", LIMIT, limit)
        return self._network(as_of).communities(most)

    def evidence_path(self, start: str, end: str, as_of: AsOf = None) -> Rows[EvidencePathRow]:
        """The chain of facts between two entities with the largest product of confidences; no row where none is."""
        ends = self.resolve(start), self.resolve(end)
        apart(*ends)
        return self._network(as_of).evidence_path(*ends)

    def _network(self, as_of: AsOf) -> FactNetwork:
        from .queries.network import FactNetwork

        return FactNetwork(self, self.day(as_of))

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

        place, progress = path_of("target", target), called("progress", progress)
        return export(self.store, place, form, _selection(as_of, licence), base=base, progress=progress)

    def bundle(self, target: str | os.PathLike[str], question: str, **params: Any) -> Bundle:
        """Ask a saved question and keep its answer as one file: rows, every fact and source behind them, provenance.

        Args:
            target: a new .zip; an RO-Crate 1.2.
            question: name of a saved question, or `paths` for market entry.
            params: as `run`, or `market_entry_paths`, takes them.
        Raises:
            BundleError: the target's name does not end in .zip.
            ExportError: the place can't be written.
        """
        from .bundles.archive import zip_place
        from .bundles.asked import keep, keep_paths

        if (known := params.pop("known", None)) is not None:
            return self.as_known(known).bundle(target, question, **params)
        place = zip_place(path_of("target", target))
        if question == "paths":
            return keep_paths(self, params, self.market_entry_paths(**params), place)
        return keep(self, question, params, self.run(question, **params), place)

    def verify(self, bundle: str | os.PathLike[str]) -> Verdict:
        """Whether a bundle is untouched, and what its question answers today: which facts differ, and in which fields.

        Raises:
            BundleError: the file is no bundle.
        """
        from .bundles.asked import verified

        return verified(self, path_of("bundle", bundle))

    def cite(self, what: str | os.PathLike[str], style: str = "bibtex") -> str:
        """A citation of a fact with its sources, of a source, or of a kept answer with all its sources.

        Args:
            what: id of a fact, figure, filing or source; or the path of a bundle, which ends in .zip.
            style: `bibtex`, `csl` (CSL-JSON), `apa` or `gb7714` (GB/T 7714-2015).
        Raises:
            ChinaAIError: there is no such thing or style, or the bundle was touched.
        """
        from .bundles.archive import is_bundle
        from .bundles.citing import checked, cited, items_of, items_of_bundle

        checked(style)
        found = items_of_bundle(Path(what)) if is_bundle(str(what)) else items_of(self.store, str(what))
        return cited(found, style)

    def view(
        self, target: str | os.PathLike[str] | None = None, *, focus: Sequence[str] = (), hops: int = 1,
        path: tuple[str, str] | None = None, route: tuple[str, str] | None = None, everything: bool = False,
        lang: str = "en", theme: str = "auto", as_of: AsOf = None, start: str | None = None,
    ) -> Path | Page:  # fmt: skip
        """The graph as one self-contained page; written to `target`, or given back for a notebook.

        Args:
            focus: names whose dossier and neighbourhood come first; who works with whom where empty.
            hops: how far the neighbourhood of the focus reaches, 1 to 3.
            path: two names; the page opens on the way from one to the other, without focus or route.
            route: company and kind of service; the page opens on its market-entry plan.
            everything: the register as well.
            lang: `en` or `zh`.
            theme: `auto`, `light` or `dark`.
            as_of: day the page opens for, today where it is left out; the reader can change it.
            start: view to open: who, entity, timeline, plan, changes, sources or graph.
        Raises:
            QueryError: a name is unknown or ambiguous.
            ViewError: the page can't be drawn.
        """
        from .view import ViewError, render, write
        from .view.choose import chosen, neighbourhood
        from .view.options import Options, check_opening
        from .view.register import filings_of

        ids = [self.resolve(name) for name in texts("focus", focus)]
        ends = [self.resolve(name) for name in texts("path", path, 2)] if path is not None else None
        if ends:
            apart(ends[0], ends[1])
        options: dict[str, Any] = {
            "focus": ids or None, "hops": hops, "path": ends, "lang": lang, "theme": theme, "start": start,
        }  # fmt: skip
        check_opening(ids, hops, path, route)
        hops = Options.of(options).hops  # what can't be is refused before the graph is read
        place, day = None if target is None else path_of("target", target), self.day(as_of)
        options["plans"] = None if route is None else [self._plan(*texts("route", route, 2))]
        whole = self.to_networkx()
        if not whole:
            raise ViewError("the graph is empty", self.store.endpoint.where, "run 'chinaai build' first")
        graph = neighbourhood(whole, ids, hops) if ids else chosen(whole, everything=everything)
        graph.graph["as_of"] = day
        options |= {"filings": filings_of(whole), "events": self._events()}
        graph.graph["searched"] = self.searched()
        title = "中国人工智能生态知识图谱" if lang == "zh" else "China AI ecosystem"
        if self.today:
            title += f"（截至 {self.today} 所知）" if lang == "zh" else f", as known on {self.today}"
        if place is None:
            return Page(render(graph, title=title, **options))
        return write(graph, place, title=title, **options)

    def site(
        self, folder: str | os.PathLike[str], *, title: str = "China AI ecosystem", base: str = "",
        progress: Callable[[int, int], None] | None = None,
    ) -> Site:  # fmt: skip
        """The graph as static pages in a folder: one address for each entity, source and question.

        Args:
            folder: a new or empty folder, or an earlier site, of which only what differs is written anew.
            title: name of the site.
            base: address under which the folder will stand, for the sitemap.
            progress: called with pages done and pages in all.
        Raises:
            ViewError: the folder holds other files, or `base` is no web address.
        """
        place, title, base = path_of("folder", folder), converted("title", TEXT, title), converted("base", TEXT, base)
        if not title.strip():
            raise QueryError("'title' is empty", "", "name the site, or leave it out")
        from .view.site import Question, check, write_site

        progress = called("progress", progress)
        check(place, base)
        asked = []
        for name, query in self.questions().items():
            front, found = query.front, self.run(name, **query.front.example)
            told = (name, front.title, front.title_zh, front.question, query.command)
            asked.append(Question(*told, found.columns, found.to_dicts()))
        return write_site(
            self.to_networkx(), place, title=title, questions=asked, base=base,
            day=date.today().isoformat(), progress=progress,
        )  # fmt: skip

    def _events(self) -> list[tuple[str, str, str, str | None, str, str, list[str]]]:
        """All that has a day, as the page's view of changes reads it; the register's listings come with its rows."""
        rows = self.run("changes", start=date(1949, 10, 1), end=date(2100, 1, 1))
        return [
            (
                row.day,
                row.what,
                row.kind,
                row.fact_id if row.object_id else None,
                row.subject_id,
                row.detail or "",
                [source.id for source in row.sources],
            )
            for row in rows
            if row.what != "figure" and row.kind != "filing"
        ]

    def _plan(self, company: str, service: str) -> dict[str, Any]:
        from .view.plans import slim

        answer = self.market_entry_paths(company, service)
        names = self.resolve(company, ("Company",)), answer.service.id
        return slim("/".join(names), f"{company} × {service}", names[0], answer.to_dict())


def _selection(as_of: AsOf = None, licence: str | None = None) -> Selection:
    from .graph.export.selection import Selection

    if licence not in (None, "open"):
        raise QueryError(f"there is no licence class '{licence}' to ask for", hint="use open, or leave it out")
    return Selection(as_of=None if as_of is None else as_of_day(as_of), licence="open" if licence else None)
