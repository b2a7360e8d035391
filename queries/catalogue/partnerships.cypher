// ---
// title: Partnerships of a company
// title_zh: 一家公司的合作关系
// question: Who works with this company, as of a day?
// row: PartnershipRow
// params:
//   company: {type: entity, about: 'company, by any of its names', labels: [Company]}
//   as_of: {type: date, about: 'day the answer is for', default: today}
// columns:
//   fact_id: string
//   status: string
//   since: string
//   until: string
//   announced: string
//   seen: string
//   scope: string
//   conflict: string
//   confidence: float
//   sources: sources
//   partner_id: string
//   partner: string
//   partner_zh: string
//   country: string
//   product: string
// example: {company: Apple, as_of: '2025-03-01'}
// ---
MATCH (c:ChinaAI {id: $company})-[r:PARTNERS_WITH]-(p:ChinaAI)
WHERE (r.known_from IS NULL OR r.known_from <= $as_of)
  AND (r.valid_to IS NULL OR r.valid_to > $as_of)
  AND r.status <> 'denied' AND r.retired IS NULL AND coalesce(r.preferred, true)
RETURN p.id AS partner_id, p.name AS partner, p.name_zh AS partner_zh, p.country AS country, r.product AS product,
       r.fact_id AS fact_id, r.status AS status, r.since AS since, r.until AS until,
       r.announced AS announced, r.as_of AS seen, r.scope AS scope, r.conflict AS conflict,
       r.confidence AS confidence, r.sources AS sources
ORDER BY r.known_from, partner_id, fact_id
