// ---
// title: Who hosts or offers which model
// title_zh: 谁托管或提供哪个模型
// question: On which clouds and platforms can this model be had, as of a day?
// row: EmbedRow
// params:
//   model: {about: 'model, family or product; all where it is left out', labels: [Model, ModelFamily, Product], required: false}
// areas: [partnerships]
// example: {model: DeepSeek-R1, as_of: '2025-12-31'}
// ---
CALL () {
  MATCH (u:ChinaAI)-[r:HOSTS]->(m:ChinaAI) RETURN u, r, m
  UNION ALL
  MATCH (u:ChinaAI)-[r:OFFERS]->(m:ChinaAI) RETURN u, r, m
  UNION ALL
  MATCH (u:ChinaAI)-[r:SUPPORTS]->(m:ChinaAI) RETURN u, r, m
}
WITH u, r, m
WHERE ($model IS NULL OR m.id = $model OR EXISTS {
    (m)-[f:IN_FAMILY]->(:ChinaAI {id: $model})
    WHERE {{in_force(f)}} })
  AND {{in_force(r)}}
OPTIONAL MATCH (m)<-[e:DEVELOPED]-(d:ChinaAI)
WHERE {{in_force(e)}}
WITH u, r, m, min(d.name) AS developer
RETURN u.id AS user_id, u.name AS user, {{label(u)}} AS user_type,
       m.id AS model_id, m.name AS model, developer, r.product AS product,
       {{evidence(r)}}
ORDER BY model_id, user_id, fact_id
