// ---
// title: Filings of a company
// title_zh: 一家公司的备案与登记
// question: Which generative-AI services did this company and its subsidiaries file or register, as of a day?
// row: FilingRow
// params:
//   company: {type: entity, about: 'company, by any of its names', labels: [Company]}
//   as_of: {type: date, about: 'day the answer is for', default: today}
// columns:
//   company_id: string
//   company: string
//   country: string
//   service: string
//   entity: string
//   kind: string
//   number: string
//   province: string
//   accepted: date
//   listed: date
//   days: integer
//   derived: boolean
//   owner_basis: string
//   fact_id: string
//   confidence: float
//   sources: sources
// example: {company: Tesla, as_of: '2026-11-24'}
// ---
MATCH (top:ChinaAI {id: $company})
OPTIONAL MATCH (sub:ChinaAI:Company)-[s:SUBSIDIARY_OF]->(top)
WHERE (s.known_from IS NULL OR s.known_from <= $as_of)
  AND (s.valid_to IS NULL OR s.valid_to > $as_of) AND s.status <> 'denied' AND s.retired IS NULL
WITH top, collect(sub.id) + [top.id] AS owners
UNWIND owners AS owner
MATCH (c:ChinaAI {id: owner})<-[o:SUBSIDIARY_OF]-(e:ChinaAI:LegalEntity)<-[b:FILED_BY]-(f:ChinaAI:Filing)
WHERE f.retired IS NULL AND (f.known_from IS NULL OR f.known_from <= $as_of)
  AND b.retired IS NULL AND (o.known_from IS NULL OR o.known_from <= $as_of)
  AND (o.valid_to IS NULL OR o.valid_to > $as_of) AND o.status <> 'denied' AND o.retired IS NULL
RETURN DISTINCT c.id AS company_id, c.name AS company, c.country AS country, f.name AS service, e.name AS entity,
       f.kind AS kind, f.number AS number, f.province AS province, f.accepted AS accepted, f.listed AS listed,
       f.days_to_listing AS days, f.days_to_listing IS NOT NULL AS derived, o.basis AS owner_basis, f.id AS fact_id,
       o.confidence AS confidence, f.sources + o.sources AS sources
ORDER BY listed, company_id, number
