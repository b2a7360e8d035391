// ---
// title: Who embeds which model
// title_zh: 谁在用哪个模型
// question: Which products and companies use this model or family, or what does this company use, as of a day?
// row: EmbedRow
// show: [user, model, when, status]
// params:
//   model: {about: 'model, family or product; all where it is left out', labels: [Model, ModelFamily, Product], required: false}
// areas: [partnerships]
// example: {model: Qwen, as_of: '2026-11-24'}
// ---
CALL () {
  MATCH (m:ChinaAI {id: coalesce($model, '')}) RETURN m
  UNION
  MATCH (:ChinaAI {id: coalesce($model, '')})<-[f:IN_FAMILY]-(m:ChinaAI) WHERE {{in_force(f)}} RETURN m
  UNION
  UNWIND CASE WHEN $model IS NULL THEN [1] ELSE [] END AS every
  MATCH (m:ChinaAI)<-[x:EMBEDS]-(:ChinaAI) WHERE {{stands(x)}} RETURN m
}
MATCH (m)<-[r:EMBEDS]-(u:ChinaAI)
WHERE {{in_force(r)}}
OPTIONAL MATCH (m)<-[e:DEVELOPED]-(d:ChinaAI)
WHERE {{in_force(e)}}
WITH u, r, m, min(d.name) AS developer
RETURN u.id AS user_id, u.name AS user, {{label(u)}} AS user_type,
       m.id AS model_id, m.name AS model, developer, r.product AS product,
       {{evidence(r)}}
ORDER BY model_id, user_id, fact_id
