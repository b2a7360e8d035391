// ---
// title: Talks and choices
// title_zh: 洽谈与选择
// question: With whom did this company talk or whom did it consider, as of a day?
// row: TieRow
// params:
//   company: {type: entity, about: 'company, by any of its names', labels: [Company]}
//   as_of: {type: date, about: 'day the answer is for', default: today}
// columns:
//   fact_id: string
//   status: string
//   since: string
//   until: string
//   announced: string
//   seen: string
//   scope: string
//   conflict: string
//   confidence: float
//   sources: sources
//   relation: string
//   direction: string
//   other_id: string
//   other: string
//   other_type: string
// example: {company: Apple, as_of: '2025-02-12'}
// ---
MATCH (c:ChinaAI {id: $company})-[r:NEGOTIATED_WITH|CONSIDERED]-(o:ChinaAI)
WHERE (r.known_from IS NULL OR r.known_from <= $as_of)
  AND (r.valid_to IS NULL OR r.valid_to > $as_of)
  AND r.status <> 'denied' AND r.retired IS NULL AND coalesce(r.preferred, true)
RETURN type(r) AS relation, CASE WHEN startNode(r).id = $company THEN 'out' ELSE 'in' END AS direction,
       o.id AS other_id, o.name AS other, head([l IN labels(o) WHERE l <> 'ChinaAI']) AS other_type,
       r.fact_id AS fact_id, r.status AS status, r.since AS since, r.until AS until,
       r.announced AS announced, r.as_of AS seen, r.scope AS scope, r.conflict AS conflict,
       r.confidence AS confidence, r.sources AS sources
ORDER BY relation, other_id, fact_id
