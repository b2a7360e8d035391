"""The graph as a folder of static pages: one address for each entity, source and question.

Everything is written from the same rows as the single page. A page is written only where its bytes differ
from what stands, and a page of an earlier run that no longer belongs goes, so that a second run touches
nothing. A folder that holds other files is refused.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import networkx as nx

from ..graph.model import HIDDEN
from ..graph.seen import grouped
from ..graph.when import WORDS
from . import clean
from .collect import EdgeRow, NodeRow, Rows, collect
from .errors import ViewError
from .frame import packaged, save, template
from .legend import edge_names, look

MARK = "site.json"
Progress = Callable[[int, int], None]
#: What the facts of an entity are grouped by.
_THEMES: tuple[tuple[str, frozenset[str]], ...] = (
    ("Partners and suppliers", frozenset({"PARTNERS_WITH", "SUPPLIES", "USES_SERVICE_OF", "LICENSES_TO", "HOSTS"})),
    ("Models and products", frozenset({
        "EMBEDS", "DEVELOPED", "OFFERS", "OPERATES", "MANUFACTURED", "DERIVED_FROM", "SUCCEEDS", "TRAINED_ON",
        "RUNS_ON", "SUPPORTS", "IN_FAMILY", "LICENSED_UNDER",
    })),
    ("Lists, bans and permits", frozenset({"NAMED_IN", "RESTRICTS", "PERMITS", "REVIEWS", "REGULATES", "APPLIED_TO"})),
    ("Talks, rivals, statements", frozenset({
        "NEGOTIATED_WITH", "CONSIDERED", "DISPUTES_WITH", "COMPETES_WITH", "SPOKE_ABOUT",
    })),
    ("Money and owners", frozenset({
        "INVESTED_IN", "OWNS_STAKE_IN", "ACQUIRED", "SUBSIDIARY_OF", "SPUN_OUT_OF", "LISTED_ON", "MEMBER_OF_INDEX",
        "BENEFITED_FROM",
    })),
    ("People", frozenset({"FOUNDED", "LEADS"})),
)  # fmt: skip
#: Attributes that are told elsewhere on the page, or nowhere.
_STRUCTURED = frozenset({"kind", "facts", "conflict", "spec"})
_TYPES = {
    "Company": "Organization", "Fund": "Organization", "LegalEntity": "Organization", "Person": "Person",
    "Authority": "GovernmentOrganization", "Jurisdiction": "AdministrativeArea", "Model": "SoftwareApplication",
    "ModelFamily": "SoftwareApplication", "Product": "Product", "Chip": "Product", "Service": "Service",
    "Instrument": "Legislation", "Article": "Legislation", "Filing": "GovernmentPermit", "Event": "Event",
    "Exchange": "Organization", "Notice": "Report",
}  # fmt: skip


@dataclass(frozen=True)
class Question:
    """A saved question with its rows for its example: `columns` and `rows` of plain values."""

    name: str
    title: str
    title_zh: str
    question: str
    command: str
    columns: Sequence[str]
    rows: Sequence[Mapping[str, Any]]

    def clean(self) -> Question:
        """The same with every text safe to show."""
        safe: Any = clean.value(vars(self))
        return Question(**safe)


@dataclass
class Site:
    """What a site was built to: pages in all, written, left as they were, and taken away."""

    folder: Path
    pages: int = 0
    written: int = 0
    gone: int = 0
    kept: set[str] = field(default_factory=set)


def check(folder: Path, base: str) -> None:
    """Raises ViewError where a site can't stand there: as `write_site`, before anything is asked."""
    if base and clean.link(base) is None:
        raise ViewError("the base of a site is a web address", base, "for example https://example.org/china-ai/")
    if folder.exists() and not (folder / MARK).exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ViewError("the folder holds other files", str(folder), "name an empty or a new folder")


def write_site(
    graph: nx.MultiDiGraph, folder: Path, *, title: str, questions: Iterable[Question] = (), base: str = "",
    day: str = "", progress: Progress | None = None,
) -> Site:  # fmt: skip
    """Write the site.

    Args:
        graph: the whole graph, as `to_networkx` gives it.
        folder: where it goes; made where it is missing.
        title: name of the site.
        questions: saved questions with the rows of their examples.
        base: address under which the folder will stand (`https://…/`), for the sitemap; relative where empty.
        day: day of the answers, as ISO text.
        progress: called with pages done and pages in all.
    Returns:
        What was written.
    Raises:
        ViewError: the folder holds files that are no site of ours, or `base` is no web address.
    """
    check(folder, base)
    mark = folder / MARK
    old = set(json.loads(mark.read_text(encoding="utf-8"))["files"]) if mark.exists() else set()
    site = Site(folder)
    asked = [question.clean() for question in questions]
    builder = _Builder(collect(_drawn(graph)), clean.text(title), base.rstrip("/") + "/" if base else "", day)
    texts = builder.pages(asked)
    total = builder.count + len(asked)
    for number, (name, text) in enumerate(texts):
        site.kept.add(name)
        site.pages += name.endswith(".html")
        site.written += _write(folder / name, text)
        if progress and number % 200 == 0:
            progress(number, total)
    for name in sorted(old - site.kept):
        (folder / name).unlink(missing_ok=True)
        site.gone += 1
    _write(mark, json.dumps({"title": title, "files": sorted(site.kept)}, ensure_ascii=False, indent=0))
    return site


def _write(path: Path, text: str) -> bool:
    raw = text.encode("utf-8")
    if path.exists() and path.stat().st_size == len(raw) and path.read_bytes() == raw:
        return False
    save(path, text)
    return True


def _drawn(graph: nx.MultiDiGraph) -> nx.MultiDiGraph:
    keep = [node for node, data in graph.nodes(data=True) if data.get("label") not in HIDDEN]
    part: nx.MultiDiGraph = graph.subgraph(keep)
    return part


def page_name(key: str) -> str:
    """File name of an id: itself where it is plain, else cleaned with a short hash, so that no two meet."""
    plain = re.sub(r"[^A-Za-z0-9._-]", "-", key).strip(".")[:80]
    if plain == key and key.lower() == key:
        return plain
    return f"{plain.lower() or 'x'}-{hashlib.sha256(key.encode()).hexdigest()[:8]}"


class _Builder:
    def __init__(self, rows: Rows, title: str, base: str, day: str) -> None:
        self.rows, self.title, self.base, self.day = rows, title, base, day
        self.at = [f"e/{page_name(row.id)}.html" for row in rows.nodes]
        self.source_at = [f"s/{page_name(str(row[0]))}.html" for row in rows.sources]
        self.edges: dict[int, list[EdgeRow]] = defaultdict(list)
        self.users: dict[int, list[EdgeRow]] = defaultdict(list)
        for edge in rows.edges:
            self.edges[edge.start].append(edge)
            if edge.end != edge.start:
                self.edges[edge.end].append(edge)
            for source in edge.sources:
                self.users[source].append(edge)
        self.records: dict[int, list[int]] = defaultdict(list)
        for place, row in enumerate(rows.nodes):
            for source in row.sources:
                self.records[source].append(place)
        self.figures = defaultdict(list)
        for figure in rows.figures:
            self.figures[figure.node].append(figure)
        self.count = len(rows.nodes) + len(rows.sources) + 6
        self.entity, self.source, self.list, self.ask = (
            template(f"site_{name}.html.j2") for name in ("entity", "source", "list", "question")
        )

    def pages(self, questions: list[Question]) -> Iterable[tuple[str, str]]:
        """Every file of the site with its text."""
        for name in ("site.css", "site.js"):
            yield name, packaged("assets", "site", name)
        for place, row in enumerate(self.rows.nodes):
            yield self.at[place], self._entity(place, row)
        for place in range(len(self.rows.sources)):
            yield self.source_at[place], self._source(place)
        for question in questions:
            yield f"q/{page_name(question.name)}.html", self._question(question)
        groups = self._groups()
        yield "index.html", self.list.render(self._frame("", self.title), questions=questions, groups=groups,
                                             page_name=page_name, nodes=len(self.rows.nodes),
                                             edges=len(self.rows.edges), sources=len(self.rows.sources))  # fmt: skip
        yield "search-data.js", self._search()
        yield "sitemap.xml", self._sitemap(questions)
        yield "llms.txt", self._llms(questions)
        yield "robots.txt", f"User-agent: *\nAllow: /\nSitemap: {self.base}sitemap.xml\n"

    def _frame(self, up: str, title: str) -> dict[str, Any]:
        return {"up": up, "title": title, "site": self.title, "day": self.day, "digest": self.rows.digest[:12]}

    def _groups(self) -> list[dict[str, Any]]:
        by: dict[str, list[int]] = defaultdict(list)
        for place, row in enumerate(self.rows.nodes):
            by[row.label].append(place)
        order = sorted(by, key=lambda label: (label not in ("Company", "Model", "Product", "Person"), label))
        return [
            {"look": look(label), "count": len(by[label]),
             "items": [self._link(place) for place in self._most_linked(by[label])[:400]]}
            for label in order
        ]  # fmt: skip

    def _entity(self, place: int, row: NodeRow) -> str:
        themes: dict[str, list[dict[str, Any]]] = defaultdict(list)
        structure: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for edge in self.edges[place]:
            other = edge.end if edge.start == place else edge.start
            arrow = "→" if edge.start == place else "←"
            if not edge.status and not edge.sources:
                structure[f"{edge_names(edge.type)[0]} {arrow}"].append((self.at[other], self.rows.nodes[other].name))
                continue
            theme = next((name for name, kinds in _THEMES if edge.type in kinds), "Other facts")
            themes[theme].append({**self._fact(edge), "arrow": arrow, "other": self._link(other)})
        figures = [
            {"what": str(f.more.get("metric", f.more.get("id"))).replace("_", " "), "value": _value(f.more),
             "when": f.more.get("as_of") or self._when(f.when), "scope": f.more.get("scope"),
             "market": f.more.get("market"), "by": f.more.get("measured_by"), "confidence": f.confidence,
             "sources": [self._cite(s) for s in f.sources]}
            for f in sorted(self.figures[place], key=lambda f: (-(f.known_from or -10**9), str(f.more.get("id"))))
        ]  # fmt: skip
        order = [name for name, _ in _THEMES] + ["Other facts"]
        return self.entity.render(
            self._frame("../", row.name), row=row, look=look(row.label),
            themes=[(name, themes[name]) for name in order if name in themes], figures=figures,
            structure=sorted(structure.items()), sources=[self._cite(s) for s in row.sources],
            about=[(key.replace("_", " "), _told(value)) for key, value in row.more.items() if key not in _STRUCTURED],
            ld=_structured(row, self.base + self.at[place], [self.rows.sources[s] for s in row.sources]),
        )  # fmt: skip

    def _fact(self, edge: EdgeRow) -> dict[str, Any]:
        en, zh = edge_names(edge.type)
        return {
            "id": edge.id, "kind": en, "kind_zh": zh, "status": edge.status, "when": self._when(edge.when),
            "confidence": edge.confidence, "scope": edge.more.get("scope"), "product": edge.more.get("product"),
            "disputed": edge.more.get("conflict"), "sources": [self._cite(s) for s in edge.sources],
            "why": edge.more.get("confidence_why"),
        }  # fmt: skip

    @staticmethod
    def _when(words: Sequence[tuple[str, str]]) -> str:
        return ", ".join(WORDS[word][0].format(text) for word, text in words) or "date unknown"

    def _link(self, place: int) -> tuple[str, str, str]:
        return self.at[place], self.rows.nodes[place].name, self.rows.nodes[place].name_zh

    def _most_linked(self, places: Iterable[int]) -> list[int]:
        return sorted(places, key=lambda place: (-len(self.edges[place]), self.rows.nodes[place].id))

    def _cite(self, source: int) -> tuple[str, str]:
        row = self.rows.sources[source]
        return self.source_at[source], str(row[2] or row[1] or row[0])

    def _source(self, place: int) -> str:
        key, name, publisher, published, kind, url, raw = self.rows.sources[place]
        facts = [
            {**self._fact(edge), "start": self._link(edge.start), "end": self._link(edge.end)}
            for edge in self.users[place]
        ]
        about = [self._link(n) for n in self.records[place]]
        return self.source.render(
            self._frame("../", str(name or publisher or key)), key=key, publisher=publisher, published=published,
            kind=kind, url=url, raw=raw, facts=facts, about=about,
            ld={"@context": "https://schema.org", "@type": "CreativeWork", "name": name or publisher or key,
                "url": url, "datePublished": published, "publisher": publisher},
        )  # fmt: skip

    def _question(self, question: Question) -> str:
        place = {row.id: self.at[number] for number, row in enumerate(self.rows.nodes)}
        return self.ask.render(
            self._frame("../", question.title), q=question, at=place, told=_told,
            ld={"@context": "https://schema.org", "@type": "Dataset", "name": question.title,
                "description": question.question, "license": "https://creativecommons.org/licenses/by/4.0/"},
        )  # fmt: skip

    def _search(self) -> str:
        rows = [[self.at[n], row.name, row.name_zh, " ".join([row.id, *row.aliases]), look(row.label).en]
                for n, row in enumerate(self.rows.nodes)]  # fmt: skip
        text = json.dumps(rows, ensure_ascii=False, separators=(",", ":")).replace("\u2028", "").replace("\u2029", "")
        return f"window.SEARCH={text};\n"

    def _sitemap(self, questions: list[Question]) -> str:
        names = ["index.html", *self.at, *self.source_at, *(f"q/{page_name(q.name)}.html" for q in questions)]
        last = f"<lastmod>{self.day}</lastmod>" if self.day else ""
        lines = [f"<url><loc>{escape(self.base + name)}</loc>{last}</url>" for name in names]
        head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        return head + "\n".join(lines) + "\n</urlset>\n"

    def _llms(self, questions: list[Question]) -> str:
        lines = [f"# {self.title}", "",
                 "> Cited, dated facts on the AI ecosystem of China. Each page shows facts with status, date, "
                 "confidence and sources; what is not known is left out, both sides of a conflict stay.", "",
                 "## Questions"]  # fmt: skip
        lines += [f"- [{q.title}]({self.base}q/{page_name(q.name)}.html): {q.question}" for q in questions]
        top = self._most_linked(range(len(self.rows.nodes)))
        lines += ["", "## Best documented entities"]
        lines += [f"- [{self.rows.nodes[n].name}]({self.base}{self.at[n]})" for n in top[:100]]
        return "\n".join(lines) + "\n"


def _value(more: Mapping[str, Any]) -> str:
    value = next((more[key] for key in ("value", "text", "date") if more.get(key) is not None), "")
    unit = str(more.get("unit") or "")
    value = value if isinstance(value, str) else grouped(value)
    return f"{value} %" if unit == "percent" else f"{value} {unit}".strip()


def _told(value: Any) -> str:
    """A value as one line of text."""
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_told(item)}" for key, item in value.items() if item not in (None, ""))
    if isinstance(value, list):
        return "; ".join(_told(item) for item in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else grouped(value) if isinstance(value, float) else str(value)


def _structured(row: NodeRow, address: str, sources: Sequence[Sequence[Any]]) -> dict[str, Any]:
    """JSON-LD of an entity: schema.org's nearest type, its names, what is the same elsewhere, and its sources."""
    same = []
    wikidata = row.more.get("wikidata")
    if isinstance(wikidata, str) and wikidata.startswith("Q") and wikidata[1:].isdigit():
        same.append(f"https://www.wikidata.org/entity/{wikidata}")
    website = clean.link(row.more.get("website"))
    found: dict[str, Any] = {
        "@context": "https://schema.org", "@type": _TYPES.get(row.label, "Thing"), "@id": address,
        "identifier": row.id, "name": row.name,
        "alternateName": [name for name in dict.fromkeys([row.name_zh, *row.aliases]) if name and name != row.name],
        "url": website, "sameAs": same, "citation": [source[5] for source in sources if source[5]],
    }  # fmt: skip
    return {key: value for key, value in found.items() if value not in (None, [], "")}
