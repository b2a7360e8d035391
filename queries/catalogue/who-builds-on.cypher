// ---
// title: Who builds on a model
// title_zh: 谁在用某个模型或系列进行开发
// question: Which models, products and companies build on this model or family, or serve it from their own machines, itself or through a model made from it, as of a day?
// row: BuilderRow
// show: [user, how, model]
// params:
//   model: {about: 'model, family or product with a model in it', labels: [Model, ModelFamily, Product]}
// areas: [models, partnerships]
// example: {model: Qwen, as_of: '2026-11-24'}
// ---
MATCH (t:ChinaAI {id: $model})
OPTIONAL MATCH (t)<-[f:IN_FAMILY]-(m:ChinaAI)
WHERE {{in_force(f)}}
WITH t, collect(DISTINCT m.id) + [t.id] AS own
CALL (own) {
  UNWIND own AS key
  MATCH (m:ChinaAI {id: key})
  RETURN m, 0 AS steps
  UNION
  UNWIND own AS key
  MATCH p = (:ChinaAI {id: key})<-[:DERIVED_FROM*1..3]-(m:ChinaAI)
  WHERE NOT m.id IN own AND all(d IN relationships(p) WHERE {{in_force(d)}})
  RETURN m, length(p) AS steps
}
WITH own, m, min(steps) AS steps
MATCH (m)<-[r:DERIVED_FROM|EMBEDS|USES_SERVICE_OF|HOSTS|SUPPORTS]-(u:ChinaAI)
WHERE NOT u.id IN own AND {{in_force(r)}}
OPTIONAL MATCH (u)<-[b:DEVELOPED|OPERATES|MANUFACTURED]-(c:ChinaAI:Company)
WHERE {{in_force(b)}}
WITH own, m, steps, u, r, c ORDER BY c.name
WITH own, m, steps, u, r, collect(DISTINCT c.name) AS makers
RETURN u.id AS user_id, u.name AS user, {{label(u)}} AS user_type,
       CASE WHEN u:Company THEN [u.name] ELSE makers END AS companies,
       CASE type(r) WHEN 'DERIVED_FROM' THEN 'made from it' WHEN 'EMBEDS' THEN 'builds it in'
            WHEN 'USES_SERVICE_OF' THEN 'uses it as a service' WHEN 'HOSTS' THEN 'serves it from own machines' ELSE 'is made to work with it' END AS how,
       m.id AS model_id, m.name AS model, steps > 0 AS indirect, r.product AS product,
       {{evidence(r)}}
ORDER BY indirect, how, user_id, model_id, fact_id
