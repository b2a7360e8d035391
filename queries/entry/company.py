"""What the graph knows of a company as facts of a case, each with the facts that show it."""

from __future__ import annotations

from datetime import date

from ...graph.countries import country_code
from ...graph.entry.condition import NO, YES, scalar, tests_of
from ...graph.entry.model import EntryGraph
from ...graph.entry.outlook import Known
from ...graph.marks import MARK
from ..ask import Ask
from ..words import statement
from .inferred import capital, held_of, model_contract, onshore, own_model
from .rows import Held, Ref

_COMPANY = f"""MATCH (c:{MARK} {{id: $id}})
RETURN c.id AS id, c.name AS name, c.name_zh AS name_zh, c.country AS country, coalesce(c.sectors, []) AS sectors"""
_GROUP = statement("""MATCH (x:ChinaAI:Company)-[o:SUBSIDIARY_OF]->(c:ChinaAI)
WHERE c.id IN $ids AND {{in_force_either(o)}}
RETURN DISTINCT x.id AS id ORDER BY id""")
_FILINGS = statement("""MATCH (f:ChinaAI:Filing)-[b:FILED_BY]->(l:ChinaAI:LegalEntity)
MATCH (l)-[o:SUBSIDIARY_OF]->(c:ChinaAI) WHERE c.id IN $ids
MATCH (f)-[q:SATISFIES]->(m:ChinaAI:Requirement)
WHERE {{stands(b, q)}} AND {{known_either(f)}} AND {{in_force_either(o)}}
OPTIONAL MATCH (f)-[s:COVERS]->(v:ChinaAI:Service)-[g:FOR_SERVICE]->(k:ChinaAI:ServiceKind)
WHERE {{stands(s, g)}}
WITH f, o, m, collect(DISTINCT k.id) AS kinds
RETURN m.id AS requirement, f.id AS fact_id, f.name + ', ' + f.kind_zh + ' ' + f.number AS text, f.kind AS gate,
       kinds, o.confidence AS confidence, f.sources + o.sources AS sources
ORDER BY f.listed, fact_id""")
# What became of a case counts from the day on which it did; before, the case is open, as in the precedents.
_PROOFS = statement("""MATCH (k:ChinaAI:Case)-[o:CASE_OF]->(c:ChinaAI)
WHERE c.id IN $ids AND o.role = 'company' AND {{stands(o)}}
MATCH (k)-[q:SATISFIES]->(m:ChinaAI:Requirement)
WHERE {{known(k)}} AND {{in_force_either(q)}}
  AND NOT (k.status IN ['ended', 'refused', 'announced'] AND (k.status_from IS NULL OR k.status_from <= $as_of))
RETURN m.id AS requirement, q.open AS open, q.fact_id AS fact_id, q.says AS text, q.confidence AS confidence,
       q.sources AS sources
ORDER BY fact_id""")


def asker(
    ask: Ask, graph: EntryGraph, company: str, service: str, as_of: date, seat: str | None = None
) -> tuple[Ref, dict[str, Known]]:
    """A company by its names, and what the graph knows of it on a day as facts of the case.

    What it does not know stays unknown: no company on record in mainland China is not taken as none.

    Args:
        company: id of the company.
        service: id of the kind of service; a listed row of another kind is no record of this one.
        seat: where the asker says that it has its seat; abroad, nothing follows from a seat in mainland China.
    """
    (row,) = ask.store.read(_COMPANY, id=company)
    country, sectors = row.pop("country"), row.pop("sectors")
    this = Ref(**row)
    group = [company]
    for _ in range(2):
        group = list(dict.fromkeys([*group, *(x["id"] for x in ask.store.read(_GROUP, ids=group, as_of=as_of))]))
    read: dict[str, Known] = {}
    if country:
        why = f"{this.name} has its seat in {country}"
        read["seat"] = Known(country, "graph", why)
        read["capital"] = Known("foreign", "graph", why) if country != "CN" else capital(ask, this, as_of)
    at_home = country == "CN" and seat in (None, "CN")
    read |= onshore(ask, this, group, as_of, at_home=at_home)
    read |= _listed(ask, group, service, graph, as_of)
    read |= model_contract(ask, group, as_of)
    if "finance" in sectors:  # its supervisors bind it in whatever it launches
        read["finance"] = Known(YES, "assumption", f"{this.name} is a bank, an insurer or another firm in finance")
    if at_home:
        read |= own_model(ask, group, graph.services[service], as_of)
    facts = {f.id: read[f.graph] for f in graph.facts.values() if f.graph in read and _fits(graph, f.id, read[f.graph])}
    facts |= _proved(ask, graph, group, as_of)
    return this, {**facts, **recorded(ask, graph, service, as_of, company=company)}


def _fits(graph: EntryGraph, fact: str, known: Known) -> bool:
    values = graph.facts[fact].values()
    return values is None or known.value is None or known.value in values


def _listed(ask: Ask, group: list[str], service: str, graph: EntryGraph, as_of: date) -> dict[str, Known]:
    """Own rows of the register for the kind; one whose kind nobody judged shows a gate, and holds nothing."""
    kind = graph.services[service].register_kind or service
    rows = ask.store.read(_FILINGS, ids=group, as_of=as_of)
    found = {}
    for gate, reader in (("filing", "listed-filing"), ("registration", "listed-registration")):
        same = [row for row in rows if row["gate"] == gate and kind in row["kinds"]]
        held = held_of(ask, same)
        if held:
            found[reader] = Known(YES, "graph", held[0].text, tuple(held))
    return found


def _proved(ask: Ask, graph: EntryGraph, group: list[str], as_of: date) -> dict[str, Known]:
    """What was seen to be met in cases of the company sets the facts by which the requirement is held; what was seen
    and leaves open whether it holds here is told beside a fact that stays unknown."""
    rows = ask.store.read(_PROOFS, ids=group, as_of=as_of)
    found: dict[str, Known] = {}
    for row, held in zip(rows, held_of(ask, rows), strict=True):
        item = graph.requirements.get(row["requirement"])
        if item is None or item.held_when is None:
            continue
        for test in tests_of(item.held_when.node):
            fact = graph.facts[test.fact]
            if fact.type == "bool" and fact.group == "who" and YES in test.values and fact.when is None:
                known = Known(YES, "graph", held.text, (held,))
                if row["open"]:
                    known = Known(None, "unknown", f"{held.text} {row['open']}", (held,))
                found.setdefault(test.fact, known)
    return found


def recorded(
    ask: Ask, graph: EntryGraph, service: str, as_of: date, *, company: str | None = None, name: str | None = None
) -> dict[str, Known]:
    """What a curator put on record of a company for its cases."""
    found: dict[str, Known] = {}
    for line in graph.company_facts:
        if (line.company != company if company else line.name != name) or (
            line.services and service not in line.services
        ):
            continue
        if (line.since and as_of < line.since.first) or (line.until and as_of >= line.until.first):
            continue
        page = ask.pages([line.source])
        held = Held(fact_id=line.source, text=line.says, confidence=None, sources=list(page.values()))
        if line.seat:
            found.setdefault("seat", Known(line.seat, "graph", line.says, (held,)))
        for fact, value in line.facts.items():
            found[fact] = Known(scalar(value), "graph", line.says, (held,))
    return found


def stranger(graph: EntryGraph, text: str) -> str | None:
    """Name of a company that the graph does not have and of which something is on record."""
    wanted = text.strip().casefold()
    for line in graph.company_facts:
        if line.name and wanted in (line.name.casefold(), *(other.casefold() for other in line.names)):
            return line.name
    return None


def from_profile(seat: str | None, onshore: bool | None) -> dict[str, str]:
    """Facts of who asks by the two words of a profile."""
    found = {}
    if seat is not None:
        found["seat"] = seat
        found["capital"] = "domestic" if country_code(seat) == "CN" else "foreign"
    if onshore is not None:
        found["onshore_company"] = YES if onshore else NO
    return found
