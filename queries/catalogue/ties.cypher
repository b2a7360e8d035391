// ---
// title: Everything that joins an entity with others
// title_zh: 与某实体相关的全部事实
// question: What is known of this entity and others, as of a day?
// row: TieRow
// params:
//   entity: {type: entity, about: 'anything in the graph, by any of its names', labels: []}
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
// example: {entity: DeepSeek, as_of: '2025-03-01'}
// ---
MATCH (c:ChinaAI {id: $entity})-[r]-(o:ChinaAI)
WHERE r.sources IS NOT NULL AND (r.known_from IS NULL OR r.known_from <= $as_of)
  AND (r.valid_to IS NULL OR r.valid_to > $as_of)
  AND r.status <> 'denied' AND r.retired IS NULL AND coalesce(r.preferred, true)
RETURN type(r) AS relation, CASE WHEN startNode(r).id = $entity THEN 'out' ELSE 'in' END AS direction,
       o.id AS other_id, o.name AS other, head([l IN labels(o) WHERE l <> 'ChinaAI']) AS other_type,
       r.fact_id AS fact_id, r.status AS status, r.since AS since, r.until AS until,
       r.announced AS announced, r.as_of AS seen, r.scope AS scope, r.conflict AS conflict,
       r.confidence AS confidence, r.sources AS sources
ORDER BY relation, direction, other_id, fact_id
