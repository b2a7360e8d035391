// ---
// title: Who has done it - cases and register rows for a kind of service
// title_zh: 某类服务的先例（案例与备案登记）
// question: Who has brought this kind of service to the market or was stopped, when, and how many days did it take?
// row: PrecedentRow
// show: [precedent, companies, days, status]
// params:
//   service: ServiceKind
//   as_of: {type: date, about: 'day the answer is for; what became known later is left out', default: today}
// judged: true
// areas: [registers]
// example: {service: phone-assistant, as_of: '2026-11-24'}
// ---
CALL () {
  MATCH (k:ChinaAI {id: $service})<-[s:FOR_SERVICE]-(x:ChinaAI:Case)
  WHERE {{stands(s)}} AND {{known(x)}}
  OPTIONAL MATCH (x)-[o:CASE_OF]->(c:ChinaAI:Company) WHERE {{stands(o)}}
  WITH x, c, o ORDER BY c.id
  WITH x, [n IN collect(CASE WHEN o.role = 'company' THEN c END) | n.name] AS companies,
       [n IN collect(CASE WHEN o.role = 'company' THEN c END) | n.id] AS company_ids,
       [n IN collect(CASE WHEN o.role = 'company' THEN c END) | coalesce(n.country, '?')] AS countries,
       [n IN collect(CASE WHEN o.role = 'partner' THEN c END) | n.name] AS partners
  OPTIONAL MATCH (x)-[p:PRECEDENT_FOR]->(e:ChinaAI:EntryStrategy) WHERE {{stands(p)}}
  WITH x, companies, company_ids, countries, partners, e ORDER BY e.id
  WITH x, companies, company_ids, countries, partners, collect(e.id) AS strategies,
       x.status_from IS NULL OR x.status_from <= $as_of AS over
  // a case that ended in a row of the register is told once, with that row's number
  OPTIONAL MATCH (f:ChinaAI {id: coalesce(x.filing, '')}) WHERE over
  OPTIONAL MATCH (f)-[q:SATISFIES]->(m:ChinaAI:Requirement) WHERE {{stands(q)}}
  RETURN x.id AS precedent_id, x.name AS precedent, 'case' AS kind,
         CASE WHEN size(companies) > 0 THEN companies ELSE [x.who] END AS companies, company_ids, countries, partners,
         strategies, m.id AS requirement, f.number AS number, CASE WHEN over THEN x.status ELSE 'open' END AS status,
         CASE WHEN over THEN x.status_as_of END AS status_as_of, CASE WHEN over THEN x.outcome END AS outcome,
         // what was first heard of it on the day of the listing or later is no beginning
         CASE WHEN f.listed IS NULL OR x.started < toString(f.listed) THEN x.started
              ELSE toString(f.accepted) END AS started, f.listed AS listed, CASE WHEN over THEN x.days END AS days,
         CASE WHEN over THEN x.days_basis END AS days_basis, x.days IS NOT NULL AND over AS derived,
         x.disputed AS disputed,
         [t IN coalesce(x.timeline, []) WHERE split(t, ': ')[0] <= toString($as_of)] AS timeline,
         x.confidence AS confidence, coalesce(x.sources, []) + coalesce(f.sources, []) AS sources
  UNION
  // rows that a case tells are looked up once, not for each row
  MATCH (k:ChinaAI {id: $service})
  OPTIONAL MATCH (k)<-[z:FOR_SERVICE]-(x:ChinaAI:Case)
  WHERE {{stands(z)}} AND {{known(x)}} AND (x.status_from IS NULL OR x.status_from <= $as_of)
  WITH k, collect(x.filing) AS told
  MATCH (k)<-[g:FOR_SERVICE]-(v:ChinaAI:Service)
  WHERE {{stands(g)}}
  MATCH (v)<-[s:COVERS]-(f:ChinaAI:Filing) WHERE {{stands(s)}} AND NOT f.id IN told
  MATCH (f)-[q:SATISFIES]->(m:ChinaAI:Requirement)
  WHERE {{stands(q)}} AND {{known_either(f)}}
  OPTIONAL MATCH (f)-[b:FILED_BY]->(l:ChinaAI:LegalEntity) WHERE {{stands(b)}}
  OPTIONAL MATCH (l)-[o:SUBSIDIARY_OF]->(c:ChinaAI:Company)
  WHERE {{in_force(o)}}
  RETURN f.id AS precedent_id, f.name AS precedent, f.kind AS kind, [coalesce(c.name, l.name)] AS companies,
         CASE WHEN c IS NULL THEN [] ELSE [c.id] END AS company_ids,
         CASE WHEN c IS NULL THEN [] ELSE [coalesce(c.country, '?')] END AS countries, [] AS partners, [] AS strategies,
         m.id AS requirement, f.number AS number, 'listed' AS status, toString(f.listed) AS status_as_of,
         f.kind_zh + ' ' + f.number AS outcome, toString(f.accepted) AS started, f.listed AS listed,
         f.days_to_listing AS days,
         CASE WHEN f.days_to_listing IS NULL THEN f.days_note
              ELSE coalesce(f.days_note, 'from the date in the number to the listing') END AS days_basis,
         f.days_to_listing IS NOT NULL AS derived, null AS disputed, [] AS timeline,
         coalesce(g.confidence, 0.6) AS confidence, f.sources + coalesce(g.sources, []) AS sources
}
RETURN precedent_id, precedent, kind, companies, company_ids, countries, partners, strategies, requirement, number, status,
       status_as_of, outcome, started, listed, days, days_basis, derived, disputed, timeline, confidence, sources
ORDER BY kind, started, precedent_id
