// ---
// title: Filers whose owner is not known
// title_zh: 归属未知的备案主体
// question: Which legal entities in the register have no known owner, most filings first?
// row: UnownedRow
// params:
//   limit: {type: integer, about: 'most rows', default: 100, least: 1}
// unsure: all rows, for that no owner is known is told by no page
// example: {limit: 10}
// ---
MATCH (f:ChinaAI:Filing)-[b:FILED_BY]->(e:ChinaAI:LegalEntity)
WHERE {{stands(f, b)}}
OPTIONAL MATCH (e)-[o:SUBSIDIARY_OF]->(c:ChinaAI:Company) WHERE {{stands(o)}}
WITH e, f, count(o) AS owners ORDER BY f.number, f.id
WHERE owners = 0
WITH e, count(f) AS n, collect(f.name) AS services, collect(DISTINCT head(f.sources)) AS sources
RETURN e.id AS entity_id, e.name AS entity, n, services, null AS confidence, sources
ORDER BY n DESC, entity_id LIMIT $limit
