"""From the requirement graph to the rows that carry the evidence of a step."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ...graph.confidence import Confidence, judge
from ...graph.entry.durations import DurationSpec
from ...graph.entry.law import basis_on
from ...graph.entry.model import BasisSpec, EntryGraph, ProhibitionSpec, RequirementSpec
from ...graph.model.evidence import WEAK_KINDS
from ..rows import SourceRef
from .rows import Duration, Gap, LegalBasis, Ref


def source_ref(graph: EntryGraph, source_id: str) -> SourceRef:
    """A source as it stands in answers."""
    s = graph.sources[source_id]
    return SourceRef(
        id=s.id,
        title=s.title,
        publisher=s.publisher,
        published=str(s.published) if s.published else None,
        url=s.url,
        kind=s.kind,
    )


def source_refs(graph: EntryGraph, ids: Iterable[str | None]) -> list[SourceRef]:
    """Sources in order, each once."""
    return [source_ref(graph, name) for name in dict.fromkeys(ids) if name]


def authority_refs(graph: EntryGraph, ids: Iterable[str]) -> list[Ref]:
    """Authorities by id and names."""
    found = (graph.authorities[name] for name in ids)
    return [Ref(id=a.entity or a.id, name=a.name, name_zh=a.name_zh) for a in found]


def legal_rows(graph: EntryGraph, basis: Iterable[BasisSpec]) -> list[LegalBasis]:
    """Legal bases with instrument, date and the page of the check."""
    rows = []
    for item in basis:
        instrument, article = graph.articles[item.at]
        since = graph.span(item.at)[0]
        rows.append(
            LegalBasis(
                article=article.art if article else None,
                article_id=item.at,
                instrument=Ref(id=instrument.entity or instrument.id, name=instrument.name, name_zh=instrument.name_zh),
                says=item.says,
                in_force_from=str(since) if since else None,
                verified=item.verified,
                verdict=item.checked.verdict,
                was=item.checked.was,
                checked_on=source_ref(graph, item.checked.source) if item.checked.source else None,
            )
        )
    return rows


def instruments(rows: Iterable[LegalBasis]) -> list[Ref]:
    """Instruments of some legal bases, each once."""
    return list({row.instrument.id: row.instrument for row in rows}.values())


def article_labels(rows: Iterable[LegalBasis]) -> list[str]:
    """Articles as one reads them: instrument and article."""
    return [f"{row.instrument.name}, {row.article}" if row.article else row.instrument.name for row in rows]


def duration_row(graph: EntryGraph, spec: DurationSpec) -> Duration:
    """An interval with its basis and source."""
    return Duration(
        min=spec.min,
        typical=spec.typical,
        max=spec.max,
        basis=spec.basis,
        n=spec.n,
        clock=spec.clock,
        rule=spec.rule,
        article=spec.article,
        source=source_ref(graph, spec.source) if spec.source else None,
    )


def cited(item: RequirementSpec | ProhibitionSpec, basis: Iterable[BasisSpec]) -> list[str]:
    """Ids of all pages behind a requirement: its own and those its law was checked on."""
    ids = [*item.sources, *(b.checked.source for b in basis if b.checked.source)]
    none = getattr(item, "no_legal_basis", None)
    return list(dict.fromkeys([*ids, *([none.checked.source] if none and none.checked.source else [])]))


def confidence_of(graph: EntryGraph, item: RequirementSpec | ProhibitionSpec, day: date) -> Confidence | None:
    """The written rule over its pages: confirmed where a basis was checked, else reported; None without a page."""
    basis = basis_on(graph, item, day)
    pages = [graph.sources[name] for name in cited(item, basis)]
    if not pages:
        return None
    status = "confirmed" if any(b.verified for b in basis) else "reported"
    return judge(pages, status, reviewed=day, last_seen=None, open_ended=False)


def gaps_of(graph: EntryGraph, item: RequirementSpec, duration: DurationSpec | None, day: date) -> list[Gap]:
    """What a reader must not overlook about a requirement."""
    basis = basis_on(graph, item, day)
    found: list[tuple[str, str]] = []
    if item.no_legal_basis:
        found.append(("no-legal-basis", item.no_legal_basis.why))
    for b in basis:
        if not b.verified:
            rows = legal_rows(graph, [b])
            found.append(("unverified-basis", f"{article_labels(rows)[0]}: no page with its text was read"))
    pages = [graph.sources[name] for name in cited(item, basis)]
    if not pages:
        found.append(("no-source", "no page was read"))
    elif all(page.kind in WEAK_KINDS for page in pages):
        found.append(("weak-source", f"only {', '.join(sorted({page.kind for page in pages}))} pages"))
    if duration is not None and duration.basis == "estimate":
        found.append(("estimate", duration.rule))
    return [Gap(code=code, requirement=item.id, text=text) for code, text in found]
