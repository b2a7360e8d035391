// ---
// title: Partnerships of a company
// title_zh: 一家公司的合作关系
// question: Who works with this company or its units, as of a day?
// row: PartnershipRow
// params:
//   company: Company
// show: [partner, unit]
// areas: [partnerships]
// example: {company: Apple, as_of: '2025-03-01'}
// ---
MATCH (c:ChinaAI {id: $company})
OPTIONAL MATCH (c)<-[s:SUBSIDIARY_OF]-(u:ChinaAI:Company)
WHERE {{in_force(s)}}
WITH c, collect(u) AS units
UNWIND [c] + units AS side
MATCH (side)-[r:PARTNERS_WITH]-(p:ChinaAI)
WHERE {{in_force(r)}} AND p.id <> $company
RETURN p.id AS partner_id, p.name AS partner, p.name_zh AS partner_zh, p.country AS country,
       CASE WHEN side.id = $company THEN NULL ELSE side.name END AS unit, r.product AS product,
       [step IN coalesce(r.steps, []) WHERE step < toString($as_of) + '~'] AS history,  // none of later days
       {{evidence(r)}}
ORDER BY r.known_from, partner_id, fact_id
