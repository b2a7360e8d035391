// ---
// title: Open conflicts, side by side
// title_zh: 存在分歧的事实
// question: On what do the sources disagree, and which side is preferred?
// row: ConflictRow
// show: [question, says]
// example: {}
// ---
CALL () {
  MATCH (c:ChinaAI:Conflict) WHERE {{stands(c)}}
  WITH reduce(all = [], facts IN collect(c.facts) | all + facts) AS sides
  MATCH (a:ChinaAI)-[r:{{types()}}]->(b:ChinaAI)
  WHERE r.fact_id IN sides AND {{stands(r)}}
  MATCH (c:ChinaAI {id: 'conflict.' + coalesce(r.conflict, '')})
  RETURN c.conflict AS conflict, c.question AS question, r.fact_id AS fact_id,
         a.name + ' ' + type(r) + ' ' + b.name + coalesce(': ' + r.scope, '') AS says, r.preferred AS preferred,
         c.reason AS reason, r.status AS status, coalesce(r.since, r.announced) AS since, r.as_of AS seen,
         r.confidence AS confidence, r.sources AS sources
  UNION
  MATCH (c:ChinaAI:Conflict) WHERE {{stands(c)}}
  UNWIND c.facts AS side
  MATCH (o:ChinaAI {id: side})
  WHERE o:Observation AND {{stands(o)}}
  RETURN c.conflict AS conflict, c.question AS question, o.id AS fact_id,
         o.name + coalesce(': ' + o.scope, '') AS says, o.preferred AS preferred,
         c.reason AS reason, o.status AS status, coalesce(o.since, o.announced) AS since, o.as_of AS seen,
         o.confidence AS confidence, o.sources AS sources
  UNION
  MATCH (c:ChinaAI:Conflict) WHERE {{stands(c)}}
  UNWIND c.facts AS side
  MATCH (f:ChinaAI {id: side})-[by:FILED_BY]->(e:ChinaAI)
  WHERE f:Filing AND {{stands(f, by)}}
  RETURN c.conflict AS conflict, c.question AS question, f.id AS fact_id,
         e.name + ' ' + f.kind_zh + ' ' + f.number + ': ' + f.name AS says, f.preferred AS preferred,
         c.reason AS reason, 'confirmed' AS status, toString(f.listed) AS since, null AS seen,
         f.confidence AS confidence, f.sources AS sources
}
RETURN conflict, question, fact_id, says, preferred, reason, status, since, seen, confidence, sources
ORDER BY conflict, fact_id
