// ---
// title: Developers and their models
// title_zh: 开发者与模型
// question: Which models did this developer make, as of a day?
// row: ModelRow
// show: [model, model_type, released, licence]
// params:
//   developer: {about: 'company, by any of its names; all where it is left out', labels: [Company], required: false}
// areas: [models]
// example: {developer: DeepSeek, as_of: '2025-12-31'}
// ---
CALL () {
  MATCH (c:ChinaAI {id: coalesce($developer, '')}) WHERE c:Company RETURN c
  UNION
  UNWIND CASE WHEN $developer IS NULL THEN [1] ELSE [] END AS every
  MATCH (c:ChinaAI:Company) RETURN c
}
MATCH (c)-[r:DEVELOPED]->(m:ChinaAI)
WHERE (m:Model OR m:ModelFamily) AND {{in_force(r)}}
OPTIONAL MATCH (m)<-[o:OF]-(d:ChinaAI:Observation)
WHERE d.metric = 'released' AND {{known(d)}} AND {{stands(o)}}
WITH c, r, m, min(d.date) AS released
OPTIONAL MATCH (m)-[g:IN_FAMILY]->(f:ChinaAI)
WHERE {{in_force(g)}}
WITH c, r, m, released, min(f.name) AS family
OPTIONAL MATCH (m)-[u:LICENSED_UNDER]->(l:ChinaAI)
WHERE {{in_force(u)}}
WITH c, r, m, released, family, min(l.name) AS licence
RETURN c.id AS developer_id, c.name AS developer, m.id AS model_id, m.name AS model,
       {{label(m)}} AS model_type, family, released, licence,
       {{evidence(r)}}
ORDER BY developer_id, coalesce(released, '') DESC, model_id, fact_id
