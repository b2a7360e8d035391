"""What follows for a case from facts of the graph that were not written for it: owners, ties and models of a company.

A fact of the case is set by what shows it. What only hints at it, such as a tie that was announced, stands beside a
fact that stays unknown.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from ...graph.entry.case_model import ServiceSpec
from ...graph.entry.condition import YES, scalar
from ...graph.entry.outlook import Known
from ...graph.model.technology import made_by
from ..ask import Ask
from ..rows import cited
from ..words import statement
from .rows import Held, Ref

_PARENTS = statement("""MATCH (c:ChinaAI)-[o:SUBSIDIARY_OF]->(p:ChinaAI:Company)
WHERE c.id IN $ids AND {{in_force(o)}}
RETURN p.id AS id, p.country AS country, c.name + ' SUBSIDIARY_OF ' + p.name AS text, o.fact_id AS fact_id,
       o.confidence AS confidence, o.sources AS sources
ORDER BY id""")
_SHARES = statement("""MATCH (c:ChinaAI {id: $id, kind: 'joint-venture'})<-[o:OWNS_STAKE_IN]-(p:ChinaAI:Company)
WHERE {{in_force(o)}}
RETURN p.name AS name, p.country AS country, o.percent AS percent, p.name + ' OWNS_STAKE_IN ' + c.name AS text,
       o.share AS share, o.fact_id AS fact_id, o.confidence AS confidence, o.sources AS sources
ORDER BY fact_id""")
_PRODUCTS = statement("""MATCH (c:ChinaAI)-[o:DEVELOPED|OPERATES|MANUFACTURED]->(p:ChinaAI:Product)
WHERE c.id IN $ids AND {{in_force(o)}}
RETURN DISTINCT p.id AS id ORDER BY id""")
# An operating system or a driver that a car holds is no model.
_USES = statement("""MATCH (c:ChinaAI)-[r:EMBEDS]->(m:ChinaAI)
WHERE c.id IN $ids AND {{in_force_either(r)}} AND (m:Model OR m:ModelFamily)
MATCH (m)<-[d:DEVELOPED]-(x:ChinaAI:Company) WHERE {{known_either(d)}} AND x.country = 'CN'
MATCH (x)<-[o:SUBSIDIARY_OF]-(l:ChinaAI:LegalEntity) WHERE {{in_force(o)}}
MATCH (l)<-[b:FILED_BY]-(f:ChinaAI:Filing) WHERE f.kind = 'filing' AND {{stands(b)}} AND {{known_either(f)}}
WITH DISTINCT c, r, m, x
OPTIONAL MATCH (x)-[g:SUBSIDIARY_OF]-(y:ChinaAI:Company) WHERE {{in_force(g)}}
WITH c, r, m, x, collect(y.id) AS house
RETURN c.name + ' uses ' + m.name + ' of ' + x.name AS text, x.id AS maker, house, r.fact_id AS fact_id,
       r.confidence AS confidence, r.sources AS sources
ORDER BY fact_id, text""")
_TIES = statement("""MATCH (c:ChinaAI)-[t:PARTNERS_WITH|USES_SERVICE_OF|LICENSES_TO]-(y:ChinaAI:Company)
WHERE c.id IN $ids AND y.id IN $makers AND {{in_force_either(t)}}
RETURN y.name AS name, t.status AS status, t.fact_id AS fact_id, t.confidence AS confidence, t.sources AS sources
ORDER BY t.status = 'announced', fact_id""")
_OWN_MODELS = statement("""MATCH (c:ChinaAI)-[d:DEVELOPED]->(m:ChinaAI)
WHERE c.id IN $ids AND (m:Model OR m:ModelFamily) AND {{known_either(d)}} AND d.status <> 'announced'
OPTIONAL MATCH (m)<-[o:OF]-(r:ChinaAI:Observation) WHERE r.metric = 'released' AND {{known(r)}} AND {{stands(o)}}
WITH c, d, m, min(r.date) AS released
RETURN m.modality AS modality, d.fact_id AS fact_id, c.name + ' developed ' + m.name AS text,
       d.confidence AS confidence, d.sources AS sources
ORDER BY d.confidence DESC, coalesce(released, '') DESC, fact_id""")
_HALF = 50.0


def held_of(ask: Ask, rows: Iterable[dict[str, Any]]) -> list[Held]:
    """Facts that show something, with their pages."""
    rows = list(rows)
    pages = ask.pages(name for row in rows for name in row["sources"] or ())
    said = ("fact_id", "text", "confidence")
    return [Held(**{name: row[name] for name in said}, sources=cited(row["sources"], pages)) for row in rows]


def capital(ask: Ask, this: Ref, as_of: date) -> Known:
    """Whose capital stands behind a company with its seat in mainland China: that of whom it belongs to.

    A joint venture with a side abroad is told by its shares, and stays unknown where they are not on record.
    """
    ids = [this.id]
    for _ in range(3):
        rows = ask.store.read(_PARENTS, ids=ids, as_of=as_of)
        if abroad := [row for row in rows if row["country"] not in (None, "CN")]:
            held = held_of(ask, abroad)
            return Known("foreign", "graph", f"{held[0].text}, {abroad[0]['country']}", tuple(held))
        ids = [row["id"] for row in rows]
    rows = ask.store.read(_SHARES, id=this.id, as_of=as_of)
    shares = {row["name"]: row["percent"] for row in rows if row["country"] not in (None, "CN")}
    if not shares:
        return Known("domestic", "graph", f"{this.name} has its seat in CN")
    held, why = held_of(ask, rows), f"{this.name} is a joint venture with {', '.join(shares)}"
    share, told_of_all = sum(one or 0 for one in shares.values()), all(shares.values())
    ours = sum({row["name"]: row["percent"] or 0 for row in rows if row["country"] == "CN"}.values())
    most = [row["name"] for row in rows if row["name"] in shares and row["share"] in ("majority", "wholly")]
    if share > _HALF or most:
        told = f"which holds {share:g}%" if share > _HALF else f"and {most[0]} holds the majority"
        return Known("foreign", "graph", f"{why}, {told}", tuple(held))
    if told_of_all or ours >= _HALF:
        told = f"{share:g}%" if told_of_all else f"at most {100 - ours:g}%"
        return Known("half-foreign", "graph", f"{why}, which holds {told}", tuple(held))
    return Known(None, "unknown", f"{why}, whose share is not on record", tuple(held))


def onshore(ask: Ask, this: Ref, group: Iterable[str], as_of: date, *, at_home: bool) -> dict[str, Known]:
    """Whether the group has a company in mainland China; a share in a joint venture hints at it alone."""
    own: list[Held] = []
    shared: list[Held] = []
    for member in group:
        for row in ask.run("onshore", company=member, as_of=as_of):
            mine = row.relation == "SUBSIDIARY_OF"
            ends = (row.onshore, this.name) if mine else (this.name, row.onshore)
            text = f"{ends[0]} {row.relation} {ends[1]}" + (f" ({row.basis})" if row.basis else "")
            (own if mine else shared).append(Held.like(row, text=text))
    if own or at_home:
        why = own[0].text if own else f"{this.name} has its seat in mainland China"
        return {"onshore-company": Known(YES, "graph", why, tuple(own))}
    if shared:
        why = f"a share in a joint venture is on record, and no company of its own: {shared[0].text}"
        return {"onshore-company": Known(None, "unknown", why, tuple(shared))}
    return {}


def model_contract(ask: Ask, group: Iterable[str], as_of: date) -> dict[str, Known]:
    """A contract with the maker of a filed model, or a company of its house: use, by the company or a product of its
    own, and a tie in force tell of it.

    Open weights are used without a word to their maker, and what was announced may not have come.
    """
    ids = list(group)
    made = [row["id"] for row in ask.store.read(_PRODUCTS, ids=ids, as_of=as_of)]
    hints: list[tuple[str, list[Held]]] = []
    for use in ask.store.read(_USES, ids=[*ids, *made], as_of=as_of):
        ties = ask.store.read(_TIES, ids=ids, makers=[use["maker"], *use["house"]], as_of=as_of)
        for tie in ties[:1]:
            over = tie["status"] == "ended"  # today; on the day asked it held
            said = f"tie with {tie['name']} that ended later" if over else f"{tie['status']} tie with {tie['name']}"
            told = [{**tie, "text": said}]
            if tie["status"] != "announced":
                text = f"{use['text']}, and works with {tie['name']} ({tie['fact_id']})"
                held = held_of(ask, [{**use, "text": text}, *told])
                return {"model-contract": Known(YES, "graph", text, tuple(held))}
            why = f"{use['text']}; a tie with {tie['name']} was announced, and none in force is on record"
            hints.insert(0, (why, held_of(ask, [use, *told])))
        if not ties:
            hints.append((f"{use['text']}; no tie with its maker is on record", held_of(ask, [use])))
    if not hints:
        return {}
    why, held = hints[0]
    return {"model-contract": Known(None, "unknown", why, tuple(held))}


def own_model(ask: Ask, group: Iterable[str], service: ServiceSpec, as_of: date) -> dict[str, Known]:
    """That a maker of models which make what the service makes runs it on one: our guess, for it may call another's."""
    kinds = ("text", "image", "voice", "video")
    wanted = {kind for kind in kinds if scalar(service.facts.get(f"generates_{kind}", "")) == YES}
    rows = ask.store.read(_OWN_MODELS, ids=list(group), as_of=as_of)
    held = held_of(ask, [row for row in rows if made_by(row["modality"]) & wanted][:3])
    if not held:
        return {}
    return {"own-model": Known("own", "assumption", f"it makes models of its own: {held[0].text}", tuple(held))}
