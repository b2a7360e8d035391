// ---
// title: Figures and dates of an entity
// title_zh: 某实体的数据
// question: What was measured or dated of this company, model, index or market, up to a day?
// row: ObservationRow
// show: [metric, value, unit, text, when]
// params:
//   entity: {about: 'company, model, index, market …', labels: []}
//   metric: {type: metric, about: 'one metric; all where it is left out', required: false}
// areas: [capital, models, use]
// example: {entity: hstech, as_of: '2025-03-01'}
// ---
MATCH (s:ChinaAI {id: $entity})<-[f:OF]-(o:ChinaAI:Observation)
WHERE ($metric IS NULL OR o.metric = $metric)
  AND {{known(o)}} AND {{stands(f)}}
OPTIONAL MATCH (o)-[m:IN_MARKET]->(k:ChinaAI) WHERE {{stands(m)}}
OPTIONAL MATCH (o)-[b:MEASURED_BY]->(w:ChinaAI) WHERE {{stands(b)}}
RETURN s.name AS subject, k.name AS market, w.name AS measured_by,
       {{figure(o)}}
ORDER BY metric, o.known_from, measured_by, fact_id
