// ---
// title: Newest model of each maker
// title_zh: 各家最新模型
// question: Which model did each maker release last, as of a day?
// row: NewestModelRow
// show: [developer, model, released, undated]
// params:
//   developer: {about: 'company, by any of its names; all where it is left out', labels: [Company], required: false}
// areas: [models]
// example: {developer: Moonshot, as_of: '2026-11-24'}
// ---
CALL () {
  MATCH (c:ChinaAI {id: coalesce($developer, '')}) WHERE c:Company RETURN c
  UNION
  UNWIND CASE WHEN $developer IS NULL THEN [1] ELSE [] END AS every
  MATCH (c:ChinaAI:Company) RETURN c
}
MATCH (c)-[a:DEVELOPED]->(:ChinaAI:Model)<-[b:OF]-(e:ChinaAI:Observation)
WHERE e.metric = 'released' AND e.date_from <= $as_of
  AND {{in_force(a)}} AND {{known(e)}} AND {{stands(b)}}
WITH c, max(e.date) AS newest
MATCH (c)-[r:DEVELOPED]->(m:ChinaAI:Model)<-[o:OF]-(d:ChinaAI:Observation)
WHERE d.metric = 'released' AND d.date = newest AND {{in_force(r)}} AND {{known(d)}} AND {{stands(o)}}
WITH DISTINCT c, r, m, newest
OPTIONAL MATCH (m)-[g:IN_FAMILY]->(f:ChinaAI)
WHERE {{in_force(g)}}
WITH c, r, m, newest, min(f.name) AS family
OPTIONAL MATCH (m)-[u:LICENSED_UNDER]->(l:ChinaAI)
WHERE {{in_force(u)}}
WITH c, r, m, newest, family, min(l.name) AS licence
// Of models whose day of release is not known, those that no source shows before that day may be newer.
OPTIONAL MATCH (c)-[w:DEVELOPED]->(x:ChinaAI:Model)
WHERE {{in_force(w)}} AND coalesce(w.announced, w.as_of) >= left(newest, size(coalesce(w.announced, w.as_of)))
OPTIONAL MATCH (x)<-[q:OF]-(y:ChinaAI:Observation)
WHERE y.metric = 'released' AND {{known(y)}} AND {{stands(q)}}
WITH c, r, m, newest, family, licence, x, count(y) AS days
ORDER BY x.name
WITH c, r, m, newest, family, licence, collect(DISTINCT CASE WHEN days = 0 THEN x.name END) AS undated
RETURN c.id AS developer_id, c.name AS developer, m.id AS model_id, m.name AS model,
       {{label(m)}} AS model_type, family, newest AS released, licence, undated,
       {{evidence(r)}}
ORDER BY released DESC, developer_id, model_id, fact_id
