// ---
// title: Developers and their models
// title_zh: 开发者与模型
// question: Which models did this developer make, as of a day?
// row: ModelRow
// params:
//   developer: {type: entity, about: 'company, by any of its names; all where it is left out', labels: [Company], required: false}
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
//   developer_id: string
//   developer: string
//   model_id: string
//   model: string
//   model_type: string
//   family: string
//   released: string
//   licence: string
// example: {developer: DeepSeek, as_of: '2025-12-31'}
// ---
MATCH (c:ChinaAI:Company)-[r:DEVELOPED]->(m:ChinaAI)
WHERE ($developer IS NULL OR c.id = $developer) AND (m:Model OR m:ModelFamily)
  AND (r.known_from IS NULL OR r.known_from <= $as_of)
  AND (r.valid_to IS NULL OR r.valid_to > $as_of)
  AND r.status <> 'denied' AND r.retired IS NULL AND coalesce(r.preferred, true)
OPTIONAL MATCH (m)<-[o:OF]-(d:ChinaAI:Observation)
WHERE d.metric = 'released' AND (d.known_from IS NULL OR d.known_from <= $as_of) AND d.status <> 'denied'
  AND coalesce(d.preferred, true) AND d.retired IS NULL AND o.retired IS NULL
WITH c, r, m, min(d.date) AS released
OPTIONAL MATCH (m)-[g:IN_FAMILY]->(f:ChinaAI)
WHERE (g.known_from IS NULL OR g.known_from <= $as_of)
  AND (g.valid_to IS NULL OR g.valid_to > $as_of)
  AND g.status <> 'denied' AND g.retired IS NULL AND coalesce(g.preferred, true)
WITH c, r, m, released, min(f.name) AS family
OPTIONAL MATCH (m)-[u:LICENSED_UNDER]->(l:ChinaAI)
WHERE (u.known_from IS NULL OR u.known_from <= $as_of)
  AND (u.valid_to IS NULL OR u.valid_to > $as_of)
  AND u.status <> 'denied' AND u.retired IS NULL AND coalesce(u.preferred, true)
WITH c, r, m, released, family, min(l.name) AS licence
RETURN c.id AS developer_id, c.name AS developer, m.id AS model_id, m.name AS model,
       head([x IN labels(m) WHERE x <> 'ChinaAI']) AS model_type, family, released, licence,
       r.fact_id AS fact_id, r.status AS status, r.since AS since, r.until AS until,
       r.announced AS announced, r.as_of AS seen, r.scope AS scope, r.conflict AS conflict,
       r.confidence AS confidence, r.sources AS sources
ORDER BY developer_id, released, model_id, fact_id
