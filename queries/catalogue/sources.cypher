// ---
// title: Sources of a fact
// title_zh: 事实的来源
// question: Which sources does this fact rest on, who else has read them, and how did its confidence come about?
// row: SourceRow
// show: [publisher, title, published, kind]
// params:
//   fact: {type: fact, about: 'id of a fact, as every row shows it'}
// example: {fact: apple-with-alibaba}
// ---
CALL () {
  MATCH (a:ChinaAI)-[r:{{types()}} {fact_id: $fact}]->(:ChinaAI)
  WHERE r.sources IS NOT NULL AND {{closed_too(r)}}
  RETURN r.fact_id AS fact_id, r.sources AS ids, r.confidence AS confidence, r.confidence_why AS confidence_why,
         coalesce(r.read, []) AS told
  UNION
  MATCH (o:ChinaAI {id: $fact})
  WHERE o.sources IS NOT NULL
  RETURN o.id AS fact_id, o.sources AS ids, o.confidence AS confidence, o.confidence_why AS confidence_why,
         coalesce(o.read, []) AS told
}
UNWIND ids AS id
MATCH (s:ChinaAI {id: id})
RETURN DISTINCT fact_id, s.id AS source_id, s.title AS title, s.publisher AS publisher, s.published AS published,
       s.kind AS kind, s.origin AS origin, s.url AS url, confidence, confidence_why,
       CASE WHEN size(told) = 0 THEN 'not read by a second reader' ELSE reduce(t = head(told), x IN tail(told) | t + '; ' + x) END AS read,
       [s.id] AS sources
ORDER BY fact_id, source_id
