// ---
// title: Who hosts or offers which model
// title_zh: 谁托管或提供哪个模型
// question: On which clouds and platforms can this model be had, as of a day?
// row: EmbedRow
// show: [user, model, product]
// params:
//   model: {about: 'model, family or product; all where it is left out', labels: [Model, ModelFamily, Product], required: false}
// areas: [partnerships]
// example: {model: DeepSeek-R1, as_of: '2025-12-31'}
// ---
CALL () {
  MATCH (m:ChinaAI {id: coalesce($model, '')}) RETURN m
  UNION
  MATCH (:ChinaAI {id: coalesce($model, '')})<-[f:IN_FAMILY]-(m:ChinaAI) WHERE {{in_force(f)}} RETURN m
  UNION
  UNWIND CASE WHEN $model IS NULL THEN [1] ELSE [] END AS every
  MATCH (m:ChinaAI)<-[x:HOSTS|OFFERS|SUPPORTS]-(:ChinaAI) WHERE {{stands(x)}} RETURN m
}
MATCH (m)<-[r:HOSTS|OFFERS|SUPPORTS]-(u:ChinaAI)
WHERE {{in_force(r)}}
OPTIONAL MATCH (m)<-[e:DEVELOPED]-(d:ChinaAI)
WHERE {{in_force(e)}}
WITH u, r, m, min(d.name) AS developer
RETURN u.id AS user_id, u.name AS user, {{label(u)}} AS user_type,
       m.id AS model_id, m.name AS model, developer, r.product AS product,
       {{evidence(r)}}
ORDER BY model_id, user_id, fact_id
