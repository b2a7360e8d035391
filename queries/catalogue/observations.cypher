// ---
// title: Figures and dates of an entity
// title_zh: 某实体的数据
// question: What was measured or dated of this company, model, index or market, up to a day?
// row: ObservationRow
// params:
//   entity: {type: entity, about: 'company, model, index, market …', labels: []}
//   metric: {type: metric, about: 'one metric; all where it is left out', required: false}
//   as_of: {type: date, about: 'day the answer is for', default: today}
// columns:
//   fact_id: string
//   subject: string
//   metric: string
//   value: float
//   unit: string
//   text: string
//   date: string
//   seen: string
//   market: string
//   measured_by: string
//   rank: integer
//   scope: string
//   status: string
//   conflict: string
//   confidence: float
//   sources: sources
// example: {entity: hstech, as_of: '2025-03-01'}
// ---
MATCH (o:ChinaAI:Observation)-[f:OF]->(s:ChinaAI {id: $entity})
WHERE ($metric IS NULL OR o.metric = $metric)
  AND (o.known_from IS NULL OR o.known_from <= $as_of) AND o.status <> 'denied' AND o.retired IS NULL
  AND coalesce(o.preferred, true) AND f.retired IS NULL
OPTIONAL MATCH (o)-[m:IN_MARKET]->(k:ChinaAI) WHERE m.retired IS NULL
OPTIONAL MATCH (o)-[b:MEASURED_BY]->(w:ChinaAI) WHERE b.retired IS NULL
RETURN o.id AS fact_id, s.name AS subject, o.metric AS metric, o.value AS value, o.unit AS unit, o.text AS text,
       o.date AS date, o.as_of AS seen, k.name AS market, w.name AS measured_by, o.rank AS rank, o.scope AS scope,
       o.status AS status, o.conflict AS conflict, o.confidence AS confidence, o.sources AS sources
ORDER BY metric, o.known_from, measured_by, fact_id
