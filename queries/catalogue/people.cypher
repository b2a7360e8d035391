// ---
// title: People of a company
// title_zh: 一家公司的人物
// question: Who founded or leads this company, its units, models and products, as what, since when, and who has left, as of a day?
// row: PersonRow
// show: [person, role, of, standing]
// params:
//   company: Company|Fund|ModelFamily|Product
// areas: [people]
// example: {company: Alibaba, as_of: '2026-11-24'}
// ---
MATCH (c:ChinaAI {id: $company})
OPTIONAL MATCH (c)<-[s:SUBSIDIARY_OF]-(u:ChinaAI)
WHERE {{in_force(s)}}
WITH c, collect(DISTINCT u.id) AS units
OPTIONAL MATCH (c)-[d:DEVELOPED|OPERATES]->(t:ChinaAI)
WHERE {{in_force(d)}}
WITH c, units, collect(DISTINCT t.id) AS made
UNWIND units + [c.id] + made AS part
MATCH (o:ChinaAI {id: part})
MATCH (o)<-[r:LEADS|FOUNDED]-(p:ChinaAI)
WHERE {{known(r)}}
RETURN DISTINCT p.id AS person_id, p.name AS person, p.name_zh AS person_zh,
       CASE type(r) WHEN 'FOUNDED' THEN 'founder' ELSE coalesce(r.role, 'head') END AS role,
       o.id AS of_id, o.name AS of,
       CASE WHEN type(r) = 'FOUNDED' THEN 'founded' WHEN {{in_force(r)}} THEN 'in office' ELSE 'left' END AS standing,
       {{evidence(r)}}
ORDER BY standing, of_id <> $company, of_id, person_id, fact_id
