// ---
// title: Companies in mainland China that a company controls or shares
// title_zh: 一家公司在中国大陆的控股或合资企业
// question: Which companies in mainland China does this company control or hold a joint venture in?
// row: OnshoreRow
// params:
//   company: Company
// areas: [registers]
// example: {company: Apple, as_of: '2026-11-24'}
// ---
CALL () {
  // A unit that control lists alone print may stand anywhere: they do not say where.
  MATCH (c:ChinaAI {id: $company})<-[r:SUBSIDIARY_OF]-(e:ChinaAI:LegalEntity)
  WHERE coalesce(e.dataset, '') <> 'lists'
  RETURN e AS onshore, r AS r, 'LegalEntity' AS kind
  UNION
  MATCH (c:ChinaAI {id: $company})<-[r:SUBSIDIARY_OF]-(e:ChinaAI:Company)
  WHERE e.country = 'CN'
  RETURN e AS onshore, r AS r, 'Company' AS kind
  UNION
  MATCH (c:ChinaAI {id: $company})-[r:OWNS_STAKE_IN|FOUNDED]->(e:ChinaAI:Company)
  WHERE e.country = 'CN' AND e.kind = 'joint-venture'
  RETURN e AS onshore, r AS r, 'Company' AS kind
}
WITH onshore, r, kind
WHERE {{in_force(r)}}
RETURN type(r) AS relation, onshore.id AS onshore_id, onshore.name AS onshore, kind AS onshore_type,
       coalesce(r.basis, r.scope) AS basis, r.fact_id AS fact_id, r.status AS status, r.since AS since,
       r.confidence AS confidence, r.sources AS sources
ORDER BY onshore_type, onshore, fact_id
