// ---
// title: Paths between two entities, with evidence
// title_zh: 两个实体之间的路径与证据
// question: How are these two connected in at most three steps, as of a day?
// row: PathRow
// params:
//   start: {about: 'one end, by any of its names', labels: []}
//   end: {about: 'the other end', labels: []}
//   limit: {type: integer, about: 'most rows', default: 25, least: 1}
// follows: [PARTNERS_WITH, SUPPLIES, USES_SERVICE_OF, LICENSES_TO, INVESTED_IN, OWNS_STAKE_IN, SUBSIDIARY_OF, SPUN_OUT_OF, ACQUIRED, DEVELOPED, EMBEDS, HOSTS, OPERATES, OFFERS, SUPPORTS, DERIVED_FROM, IN_FAMILY, RUNS_ON]
// example: {start: Apple, end: Qwen, as_of: '2025-03-01'}
// ---
MATCH p = (a:ChinaAI {id: $start})-[:{{followed()}}*1..3]-(b:ChinaAI {id: $end})
WHERE all(r IN relationships(p) WHERE {{in_force(r)}})
  AND all(n IN nodes(p) WHERE single(m IN nodes(p) WHERE m.id = n.id))
WITH p, length(p) AS length, [n IN nodes(p) | n.name] AS nodes,
     [r IN relationships(p) | {from: startNode(r).id, relation: type(r), to: endNode(r).id, fact_id: r.fact_id,
       status: r.status, since: r.since, announced: r.announced, seen: r.as_of, scope: r.scope,
       confidence: r.confidence, sources: r.sources}] AS steps,
     reduce(low = 1.0, r IN relationships(p) | CASE WHEN r.confidence < low THEN r.confidence ELSE low END) AS confidence,
     reduce(all = [], r IN relationships(p) | all + r.sources) AS sources,
     reduce(key = '', r IN relationships(p) | key + '/' + r.fact_id) AS path_key
RETURN length, nodes, steps, confidence, sources
ORDER BY length, confidence DESC, path_key LIMIT $limit
