// ---
// title: Who embeds which model
// title_zh: 谁在用哪个模型
// question: Which products and companies use this model or family, or what does this company use, as of a day?
// row: EmbedRow
// params:
//   model: {type: entity, about: 'model, family or product; all where it is left out', labels: [Model, ModelFamily, Product], required: false}
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
//   user_id: string
//   user: string
//   user_type: string
//   model_id: string
//   model: string
//   developer: string
//   product: string
// example: {model: Qwen, as_of: '2026-11-24'}
// ---
MATCH (u:ChinaAI)-[r:EMBEDS]->(m:ChinaAI)
WHERE ($model IS NULL OR m.id = $model OR EXISTS {
    (m)-[f:IN_FAMILY]->(:ChinaAI {id: $model})
    WHERE (f.known_from IS NULL OR f.known_from <= $as_of)
      AND (f.valid_to IS NULL OR f.valid_to > $as_of)
      AND f.status <> 'denied' AND f.retired IS NULL AND coalesce(f.preferred, true) })
  AND (r.known_from IS NULL OR r.known_from <= $as_of)
  AND (r.valid_to IS NULL OR r.valid_to > $as_of)
  AND r.status <> 'denied' AND r.retired IS NULL AND coalesce(r.preferred, true)
OPTIONAL MATCH (m)<-[e:DEVELOPED]-(d:ChinaAI)
WHERE (e.known_from IS NULL OR e.known_from <= $as_of)
  AND (e.valid_to IS NULL OR e.valid_to > $as_of)
  AND e.status <> 'denied' AND e.retired IS NULL AND coalesce(e.preferred, true)
WITH u, r, m, min(d.name) AS developer
RETURN u.id AS user_id, u.name AS user, head([x IN labels(u) WHERE x <> 'ChinaAI']) AS user_type,
       m.id AS model_id, m.name AS model, developer, r.product AS product,
       r.fact_id AS fact_id, r.status AS status, r.since AS since, r.until AS until,
       r.announced AS announced, r.as_of AS seen, r.scope AS scope, r.conflict AS conflict,
       r.confidence AS confidence, r.sources AS sources
ORDER BY model_id, user_id, fact_id
