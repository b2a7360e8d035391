// ---
// title: Users, use and shares, by who counts
// title_zh: 用户、用量与份额（按统计机构）
// question: How many users, tokens, units or what share did this market or this company with its products have, counted by whom and of which span, both sides of every conflict?
// row: CountRow
// show: [subject, metric, value, unit, day, measured_by]
// params:
//   market: {about: 'market or country; any where it is left out', labels: [Market, Jurisdiction], required: false}
//   entity: {about: 'company with its products and models, or one of these; any where it is left out', labels: [Company, Product, Model, ModelFamily], required: false}
//   metric: {choices: [market_share, users, monthly_active_users, daily_active_users, tokens_processed, shipments, fleet, rides, market_rank, growth, derivatives], about: 'only this figure', required: false}
// areas: [use]
// example: {market: cn-assistants, as_of: '2026-11-24'}
// ---
CALL () {
  MATCH (s:ChinaAI {id: coalesce($entity, '')})<-[q:OF]-(o:ChinaAI:Observation) WHERE {{stands(q)}} RETURN o, s
  UNION
  MATCH (:ChinaAI {id: coalesce($entity, '')})-[d:DEVELOPED|OPERATES|OFFERS]->(s:ChinaAI) WHERE {{in_force(d)}}
  MATCH (s)<-[q:OF]-(o:ChinaAI:Observation) WHERE {{stands(q)}} RETURN o, s
  UNION
  UNWIND CASE WHEN $entity IS NULL THEN [$market] ELSE [] END AS place
  MATCH (s:ChinaAI {id: place})<-[q:OF]-(o:ChinaAI:Observation) WHERE {{stands(q)}} RETURN o, s
  UNION
  UNWIND CASE WHEN $entity IS NULL THEN [$market] ELSE [] END AS place
  MATCH (:ChinaAI {id: place})<-[i:IN_MARKET]-(o:ChinaAI:Observation)-[q:OF]->(s:ChinaAI)
  WHERE {{stands(i)}} AND {{stands(q)}} RETURN o, s
  UNION
  UNWIND CASE WHEN $entity IS NULL AND $market IS NULL THEN [1] ELSE [] END AS every
  MATCH (o:ChinaAI:Observation)-[q:OF]->(s:ChinaAI) WHERE {{stands(q)}} RETURN o, s
}
WITH o, s
WHERE o.metric IN ['market_share', 'users', 'monthly_active_users', 'daily_active_users', 'tokens_processed', 'shipments',
                   'fleet', 'rides', 'market_rank', 'growth', 'derivatives']
  AND ($metric IS NULL OR o.metric = $metric) AND {{known_either(o)}}
OPTIONAL MATCH (o)-[m:IN_MARKET]->(k:ChinaAI) WHERE {{stands(m)}}
OPTIONAL MATCH (o)-[b:MEASURED_BY]->(w:ChinaAI) WHERE {{stands(b)}}
WITH o, s, k, w
WHERE $market IS NULL OR k.id = $market OR s.id = $market
RETURN s.id AS subject_id, s.name AS subject, coalesce(o.as_of, o.date, o.announced) AS day, w.name AS measured_by,
       k.name AS market,
       {{figure(o)}}
ORDER BY metric, o.known_from DESC, measured_by, value DESC, fact_id
