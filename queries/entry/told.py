"""From blocks of the rules to the rows that carry the evidence of a step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from ...graph.entry.draws import Timed
from ...graph.entry.durations import DurationSpec
from ...graph.entry.model import (
    AuthoritySpec,
    BasisSpec,
    EntryGraph,
    InstrumentSpec,
)
from ...graph.entry.plan import Bar
from ...graph.entry.rules import Rules
from ..rows import SourceRef
from .rows import BarRow, Duration, LegalBasis, OfficeRow, Part, Ref


class Teller:
    """Rows about the rules, from one reading of them."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.graph: EntryGraph = rules.graph

    def source(self, source_id: str) -> SourceRef:
        """A source as it stands in answers."""
        s = self.graph.sources[source_id]
        shown = str(s.published) if s.published else None
        return SourceRef(id=s.id, title=s.title, publisher=s.publisher, published=shown, url=s.url, kind=s.kind)

    def sources(self, ids: Iterable[str | None]) -> list[SourceRef]:
        """Sources in order, each once."""
        return [self.source(name) for name in dict.fromkeys(ids) if name and name in self.graph.sources]

    def requirement(self, name: str) -> Ref:
        """A requirement or prohibition by id and names."""
        return Ref.like(self.graph.requirements.get(name) or self.graph.prohibitions[name])

    def authorities(self, ids: Iterable[str]) -> list[Ref]:
        """Authorities by id and names."""
        return [curated(self.graph.authorities[name]) for name in ids]

    def basis(self, item: BasisSpec) -> LegalBasis:
        """One legal basis with instrument, date and the page of the check."""
        instrument, article = self.graph.articles[item.at]
        since = self.graph.span(item.at)[0]
        return LegalBasis.like(
            item, article=article.art if article else None, article_id=item.at, instrument=curated(instrument),
            in_force_from=str(since) if since else None, verdict=item.checked.verdict, was=item.checked.was,
            checked_on=self.source(item.checked.source) if item.checked.source else None,
        )  # fmt: skip

    def part(self, spec: DurationSpec, cause: str | None) -> Part:
        """One interval with what it measures and rests on."""
        page = self.source(spec.source) if spec.source else None
        return Part.like(spec, cause=cause, source=page)

    def duration(self, span: Timed) -> Duration:
        """The interval of a step."""
        return Duration.like(span, parts=[self.part(spec, cause) for spec, cause in span.parts])

    def offices(self, requirement: str, province: str | None) -> list[OfficeRow]:
        """Where a step is brought: the province's office, national portals, or all provinces where none is known."""
        return [
            OfficeRow.like(office, sources=self.sources(office.sources))
            for office in self.graph.offices.values()
            if requirement in office.requirements and office.province in (None, province)
        ]

    def facts(self, names: Iterable[str], lang: str = "en") -> str:
        """Names of facts in a list."""
        words = [self.rules.words.name(name, "zh" if lang == "zh" else "en") for name in names if name]
        return ("、" if lang == "zh" else ", ").join(words)

    def bar(self, bar: Bar, strategy: str | None, values: Mapping[str, str | None], day: date) -> BarRow:
        """A prohibition, how the plan stands to it, and its law."""
        item = bar.spec
        law = [self.basis(one) for one in self.rules.basis(item, values, day)]
        pages = [*item.sources, *(b.checked_on.id for b in law if b.checked_on)]
        lifts = [self.graph.requirements[name] for name in bar.lifted_by]
        met, met_zh = "; ".join(one.name for one in lifts), "；".join(one.name_zh or one.name for one in lifts)
        why = {
            "lifted": (f"met by: {met}", f"满足以下事项即可解除：{met_zh}"),
            "binding": (item.summary, item.summary_zh or item.summary),
            "conditional": (f"depends on: {self.facts(bar.facts)}", f"取决于：{self.facts(bar.facts, 'zh')}"),
        }[bar.state]
        return BarRow.like(
            item, strategy=strategy, state=bar.state, closes=bar.closes, private=item.no_legal_basis is not None,
            why=why[0], why_zh=why[1], lifted_by=bar.lifted_by, basis=law, sources=self.sources(pages),
        )  # fmt: skip


def curated(item: AuthoritySpec | InstrumentSpec) -> Ref:
    """A body or a law by its names, under the id of the curated entity that it is."""
    return Ref.like(item, id=item.entity or item.id)


def articles(rows: Iterable[LegalBasis]) -> list[str]:
    """Articles as one reads them: instrument and article."""
    return [f"{row.instrument.name}, {row.article}" if row.article else row.instrument.name for row in rows]


def by_instrument(rows: Iterable[LegalBasis]) -> list[str]:
    """Each instrument once with its articles: `Cybersecurity Law 21, 23`."""
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row.instrument.name, []).extend([row.article] if row.article else [])
    return [f"{name} {', '.join(dict.fromkeys(articles))}".strip() for name, articles in found.items()]
