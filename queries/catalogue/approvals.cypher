// ---
// title: Approvals of a company's AI in China, reports beside the register
// title_zh: 一家公司在华人工智能审批：报道与登记对照
// question: What is said of this company's approvals in China as of a day, what does the register list, and which of the two is preferred and why?
// row: ApprovalRow
// params:
//   company: {type: entity, about: 'company, by any of its names', labels: [Company]}
//   as_of: {type: date, about: 'day the answer is for', default: today}
// columns:
//   kind: string
//   about: string
//   says: string
//   day: string
//   status: string
//   preferred: boolean
//   reason: string
//   conflict: string
//   fact_id: string
//   confidence: float
//   sources: sources
// example: {company: Apple, as_of: '2026-11-24'}
// ---
MATCH (c:ChinaAI {id: $company})
OPTIONAL MATCH (c)<-[s:SUBSIDIARY_OF]-(:ChinaAI:LegalEntity)<-[m:FILED_BY]-(:ChinaAI:Filing)-[v:COVERS]->(:ChinaAI)-[z:REALISES]->(p:ChinaAI)
WHERE (s.known_from IS NULL OR s.known_from <= $as_of)
  AND (s.valid_to IS NULL OR s.valid_to > $as_of) AND s.status <> 'denied' AND s.retired IS NULL
  AND m.retired IS NULL AND v.retired IS NULL AND z.retired IS NULL
WITH c, collect(DISTINCT p.id) AS filed
OPTIONAL MATCH (c)-[d:DEVELOPED]->(x:ChinaAI:Product)
WHERE (d.known_from IS NULL OR d.known_from <= $as_of)
  AND (d.valid_to IS NULL OR d.valid_to > $as_of) AND d.status <> 'denied' AND d.retired IS NULL
WITH c, filed, collect(DISTINCT x.id) AS developed
WITH filed + developed + [c.id] AS things
CALL (things) {
  MATCH (f:ChinaAI:Filing)-[by:FILED_BY]->(e:ChinaAI:LegalEntity)-[w:SUBSIDIARY_OF]->(:ChinaAI {id: $company})
  WHERE f.retired IS NULL AND f.known_from <= $as_of AND by.retired IS NULL
    AND (w.known_from IS NULL OR w.known_from <= $as_of)
    AND (w.valid_to IS NULL OR w.valid_to > $as_of) AND w.status <> 'denied' AND w.retired IS NULL
  RETURN 'register' AS kind, f.name AS about, 'listed as ' + f.kind_zh + ' ' + f.number + ' of ' + e.name AS says,
         toString(f.listed) AS day, 'confirmed' AS status, f.preferred AS stored, f.conflict AS conflict,
         f.id AS fact_id, w.confidence AS confidence, f.sources + w.sources AS sources
  UNION
  MATCH (a:ChinaAI:Authority)-[r:PERMITS|RESTRICTS]->(b:ChinaAI)
  WHERE b.id IN things AND a.country = 'CN'
    AND (r.known_from IS NULL OR r.known_from <= $as_of)
    AND (r.valid_to IS NULL OR r.valid_to > $as_of) AND r.status <> 'denied' AND r.retired IS NULL
  RETURN 'report' AS kind, b.name AS about, a.name + ' ' + type(r) + ' ' + b.name + coalesce(': ' + r.scope, '') AS says,
         coalesce(r.as_of, r.announced, r.since) AS day, r.status AS status, r.preferred AS stored,
         r.conflict AS conflict, r.fact_id AS fact_id, r.confidence AS confidence, r.sources AS sources
  UNION
  MATCH (b:ChinaAI)-[r:APPLIED_TO]->(a:ChinaAI:Authority)
  WHERE b.id IN things AND a.country = 'CN'
    AND (r.known_from IS NULL OR r.known_from <= $as_of)
    AND (r.valid_to IS NULL OR r.valid_to > $as_of) AND r.status <> 'denied' AND r.retired IS NULL
  RETURN 'report' AS kind, b.name AS about, b.name + ' applied to ' + a.name + coalesce(': ' + r.scope, '') AS says,
         coalesce(r.as_of, r.announced, r.since) AS day, r.status AS status, r.preferred AS stored,
         r.conflict AS conflict, r.fact_id AS fact_id, r.confidence AS confidence, r.sources AS sources
  UNION
  MATCH (o:ChinaAI:Observation)-[q:OF]->(b:ChinaAI)
  WHERE b.id IN things AND o.metric IN ['status_in_market', 'approved_for_public'] AND q.retired IS NULL
    AND (o.known_from IS NULL OR o.known_from <= $as_of) AND o.status <> 'denied' AND o.retired IS NULL
  RETURN 'report' AS kind, b.name AS about, coalesce(o.text, o.metric + ' ' + o.date) AS says,
         coalesce(o.as_of, o.date) AS day, o.status AS status, o.preferred AS stored,
         o.conflict AS conflict, o.id AS fact_id, o.confidence AS confidence, o.sources AS sources
}
WITH kind, about, says, day, status, stored, conflict, fact_id, confidence, sources
OPTIONAL MATCH (k:ChinaAI:Conflict) WHERE k.conflict = conflict AND k.retired IS NULL
OPTIONAL MATCH (w:ChinaAI {id: k.prefer})
WITH kind, about, says, day, status, conflict, fact_id, confidence, sources,
     CASE WHEN w.known_from > $as_of THEN null ELSE stored END AS preferred, k.reason AS why
RETURN kind, about, says, day, status, preferred, CASE WHEN preferred IS NULL THEN null ELSE why END AS reason,
       conflict, fact_id, confidence, sources
ORDER BY day, kind, fact_id
