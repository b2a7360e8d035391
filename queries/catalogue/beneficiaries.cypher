// ---
// title: Beneficiaries of an event
// title_zh: 事件的受益者
// question: Who gained after this event or firm, as of a day?
// row: TieRow
// params:
//   event: {type: entity, about: 'event or company', labels: [Event, Company]}
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
// example: {event: deepseek-rally-2025, as_of: '2025-03-01'}
// ---
MATCH (o:ChinaAI)-[r:BENEFITED_FROM]->(e:ChinaAI {id: $event})
WHERE (r.known_from IS NULL OR r.known_from <= $as_of)
  AND (r.valid_to IS NULL OR r.valid_to > $as_of)
  AND r.status <> 'denied' AND r.retired IS NULL AND coalesce(r.preferred, true)
RETURN type(r) AS relation, 'in' AS direction, o.id AS other_id, o.name AS other,
       head([l IN labels(o) WHERE l <> 'ChinaAI']) AS other_type,
       r.fact_id AS fact_id, r.status AS status, r.since AS since, r.until AS until,
       r.announced AS announced, r.as_of AS seen, r.scope AS scope, r.conflict AS conflict,
       r.confidence AS confidence, r.sources AS sources
ORDER BY other_id, fact_id
