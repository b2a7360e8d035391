// ---
// title: Approvals of a company's AI in China, reports beside the register
// title_zh: 一家公司在华人工智能审批：报道与登记对照
// question: What is said of this company's approvals in China as of a day, what does the register list, and which of the two is preferred and why?
// row: ApprovalRow
// show: [kind, day, says]
// params:
//   company: Company
// areas: [registers]
// example: {company: Apple, as_of: '2026-11-24'}
// ---
MATCH (c:ChinaAI {id: $company})
OPTIONAL MATCH (c)<-[s:SUBSIDIARY_OF]-(:ChinaAI:LegalEntity)<-[m:FILED_BY]-(:ChinaAI:Filing)-[v:COVERS]->(:ChinaAI)-[z:REALISES]->(p:ChinaAI)
WHERE {{in_force(s)}} AND {{stands(m, v, z)}}
WITH c, collect(DISTINCT p.id) AS filed
OPTIONAL MATCH (c)-[d:DEVELOPED]->(x:ChinaAI:Product)
WHERE {{in_force(d)}}
WITH c, filed, collect(DISTINCT x.id) AS developed
WITH filed + developed + [c.id] AS things
CALL (things) {
  MATCH (:ChinaAI {id: $company})<-[w:SUBSIDIARY_OF]-(e:ChinaAI:LegalEntity)<-[by:FILED_BY]-(f:ChinaAI:Filing)
  WHERE {{known_either(f)}} AND {{stands(by)}}
    AND {{in_force(w)}}
  RETURN 'register' AS kind, f.name AS about, 'listed as ' + f.kind_zh + ' ' + f.number + ' of ' + e.name AS says,
         toString(f.listed) AS day, 'confirmed' AS status, f.preferred AS stored, f.conflict AS conflict,
         f.id AS fact_id, w.confidence AS confidence, f.sources + w.sources AS sources
  UNION
  UNWIND things AS one
  MATCH (b:ChinaAI {id: one})-[r:PERMITS|RESTRICTS|APPLIED_TO]-(a:ChinaAI:Authority)
  WHERE a.country = 'CN'
    AND {{in_force_either(r)}}
  RETURN 'report' AS kind, b.name AS about,
         CASE type(r) WHEN 'APPLIED_TO' THEN b.name + ' applied to ' + a.name ELSE a.name + ' ' + type(r) + ' ' + b.name END
           + coalesce(': ' + r.scope, '') AS says,
         coalesce(r.as_of, r.announced, r.since) AS day, r.status AS status, r.preferred AS stored,
         r.conflict AS conflict, r.fact_id AS fact_id, r.confidence AS confidence, r.sources AS sources
  UNION
  UNWIND things AS one
  MATCH (b:ChinaAI {id: one})<-[q:OF]-(o:ChinaAI:Observation)
  WHERE o.metric IN ['status_in_market', 'approved_for_public'] AND {{stands(q)}}
    AND {{known_either(o)}}
  RETURN 'report' AS kind, b.name AS about, coalesce(o.text, o.metric + ' ' + o.date) AS says,
         coalesce(o.as_of, o.date) AS day, o.status AS status, o.preferred AS stored,
         o.conflict AS conflict, o.id AS fact_id, o.confidence AS confidence, o.sources AS sources
}
OPTIONAL MATCH (k:ChinaAI {id: 'conflict.' + coalesce(conflict, '')}) WHERE {{stands(k)}}
OPTIONAL MATCH (w:ChinaAI {id: coalesce(k.prefer, '')})
WITH *, CASE WHEN w.known_from > $as_of THEN null ELSE stored END AS preferred, k.reason AS why
RETURN kind, about, says, day, status, preferred, CASE WHEN preferred IS NULL THEN null ELSE why END AS reason,
       conflict, fact_id, confidence, sources
ORDER BY day, kind, fact_id
