// ---
// title: Partnerships of a company
// title_zh: 一家公司的合作关系
// question: Who works with this company, as of a day?
// row: PartnershipRow
// params:
//   company: Company
// areas: [partnerships]
// example: {company: Apple, as_of: '2025-03-01'}
// ---
MATCH (c:ChinaAI {id: $company})-[r:PARTNERS_WITH]-(p:ChinaAI)
WHERE {{in_force(r)}}
RETURN p.id AS partner_id, p.name AS partner, p.name_zh AS partner_zh, p.country AS country, r.product AS product, coalesce(r.steps, []) AS history,
       {{evidence(r)}}
ORDER BY r.known_from, partner_id, fact_id
