"""Market-entry paths of a company: the planner's, with what the graph knows of it, partners and precedents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

from ...graph.entry.sets import LIMIT
from ..ask import Ask
from ..rows import SourceRef
from .company import Asker, asker
from .from_store import entry_graph
from .partners import candidates, partner_steps
from .planner import entry_paths
from .rows import Duration, EntryAnswer, EntryPath, Gap, Partner, Precedent, Ref

#: Requirement whose days the register shows.
FILING = "r.gai-filing"
#: The other gate of a generative service: registration of an application on a filed model.
REGISTRATION = "r.gai-reg"
#: Candidates shown for each partner step of a path.
SHOWN_PARTNERS = 5


def market_entry_paths(
    ask: Ask,
    company: str,
    service: str,
    as_of: date,
    *,
    actor: str | None = None,
    having: Iterable[str] = (),
    without: Iterable[str] = (),
    also: Iterable[str] = (),
    limit: int | None = None,
    bound: int = LIMIT,
) -> EntryAnswer:
    """See `KnowledgeGraph.market_entry_paths`; here names are ids already."""
    who = asker(ask, company, as_of, date.today(), actor)
    graph = entry_graph(ask.store)
    answer = entry_paths(
        graph, who.actor, service, as_of, having=having, without=without, also=also, show=limit, bound=bound
    )
    known = _precedents(ask, who, service, as_of)
    steps = partner_steps(graph, (name for path in answer.paths for name in path.requirements))
    partners = candidates(ask, graph, who.company, service, steps, as_of)
    seen = register_times(ask, known, service, as_of)
    return answer.model_copy(
        update={
            "company": who.company,
            "actor_why": who.why,
            "actor_facts": who.facts,
            "paths": [_joined(path, who, known, partners, seen) for path in answer.paths],
            "record": [item for item in known if item.own],
            "off_route": [item for item in known if item.kind == "case" and not item.routes and not item.own],
        }
    )


def partners_for(ask: Ask, company: str, service: str, as_of: date, *, actor: str | None = None) -> list[Partner]:
    """See `KnowledgeGraph.partners_for`; here names are ids already."""
    who = asker(ask, company, as_of, date.today(), actor)
    graph = entry_graph(ask.store)
    answer = entry_paths(graph, who.actor, service, as_of)
    steps = partner_steps(graph, (name for path in answer.paths for name in path.requirements))
    found = candidates(ask, graph, who.company, service, steps, as_of)
    return [partner for step in steps for partner in found[step]]


def _joined(
    path: EntryPath,
    who: Asker,
    known: list[Precedent],
    partners: dict[str, list[Partner]],
    seen: list[Duration],
) -> EntryPath:
    steps = [
        step.model_copy(
            update={
                "held": who.held.get(step.requirement.id, []),
                "evidence_on_time": [*step.evidence_on_time, *(seen if step.requirement.id == FILING else [])],
            }
        )
        for step in path.steps
    ]
    return path.model_copy(
        update={
            "steps": steps,
            "gaps": [*path.gaps, *_untried(path, known)],
            "partners": [p for name in path.requirements for p in partners.get(name, [])[:SHOWN_PARTNERS]],
            "precedents": [item for item in known if item.kind != "case" or path.route.id in item.routes],
        }
    )


def _untried(path: EntryPath, known: list[Precedent]) -> Iterator[Gap]:
    """A gate that no register row of this kind of service has passed, where rows of the kind passed another one."""
    passed = Counter(item.requirement for item in known if item.requirement)
    if passed and not passed.keys() & set(path.requirements):
        gate = next((name for name in (REGISTRATION, FILING) if name in path.requirements), None)
        if gate:
            rows = ", ".join(f"{n} met {name}" for name, n in sorted(passed.items()))
            text = f"register rows of this kind of service: {rows}, none {gate}"
            yield Gap(code="no-precedent", requirement=gate, text=text)


def _precedents(ask: Ask, who: Asker, service: str, as_of: date) -> list[Precedent]:
    """Precedents of the kind of service: the company's own first, then those of the same place, then the others."""
    found = [_precedent(row, who.company.id) for row in ask.run("precedents", service=service, as_of=as_of)]
    at_home = who.actor == "domestic"

    def place(item: Precedent) -> tuple[Any, ...]:
        same = bool(item.countries) and ("CN" in item.countries) == at_home
        return (not item.own, not same, item.kind == "case", item.started or "9", item.id)

    return sorted(found, key=place)


def _precedent(row: Any, company: str) -> Precedent:
    known = zip(row.company_ids, row.companies, strict=True) if row.company_ids else ()
    return Precedent(
        id=row.precedent_id,
        name=row.precedent,
        kind=row.kind,
        own=company in row.company_ids,
        who=", ".join(row.companies),
        companies=[Ref(id=key, name=name) for key, name in known],
        countries=row.countries,
        partners=row.partners,
        routes=row.routes,
        requirement=row.requirement,
        number=row.number,
        status=row.status,
        status_as_of=row.status_as_of,
        outcome=row.outcome,
        started=row.started,
        listed=row.listed,
        days=row.days,
        days_basis=row.days_basis,
        derived=row.derived,
        disputed=row.disputed,
        timeline=row.timeline,
        confidence=row.confidence,
        sources=row.sources,
    )


def register_times(ask: Ask, known: list[Precedent], service: str, as_of: date) -> list[Duration]:
    """What the register shows of a filing's wait: of all, of foreign owners', of this kind of service.

    The wait runs from the date in the number, read as the day of acceptance, to the listing; what comes
    before is not in it. So it stands beside the time of the whole step and never takes its place here.
    """
    rows = [("all filings", row) for row in ask.run("time-to-listing", by="kind", kind="filing", as_of=as_of)]
    owners = ask.run("time-to-listing", by="owner", kind="filing", as_of=as_of)
    rows += [("filings of foreign-owned companies", row) for row in owners if row.group == "foreign"]
    found = [
        _wait(f"{what} (middle half {row.quartile1:g} to {row.quartile3:g})", row.n, row, as_of)
        for what, row in rows
        if row.n
    ]
    same = [item for item in known if item.kind == "filing" and item.days is not None]
    if same:
        days = sorted(item.days for item in same if item.days is not None)
        span = _Span(days[0], median(days), days[-1], same[0].sources)
        found.append(_wait(f"filings for {service}", len(days), span, as_of))
    return found


@dataclass(frozen=True)
class _Span:
    shortest: float
    median: float
    longest: float
    sources: list[SourceRef]


def _wait(what: str, n: int, span: Any, as_of: date) -> Duration:
    rule = f"Register: {what} listed by {as_of}, from the date in the number to the listing; preparation not in it."
    return Duration(
        min=span.shortest,
        typical=span.median,
        max=span.longest,
        basis="observed",
        n=n,
        clock="derived",
        rule=rule,
        article=None,
        source=span.sources[0] if span.sources else None,
    )
