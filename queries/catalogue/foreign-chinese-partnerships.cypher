// ---
// title: Partnerships between foreign and Chinese companies
// title_zh: 中外企业合作
// question: Which foreign companies work with which Chinese ones, as of a day?
// row: PairRow
// params:
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
//   foreign_id: string
//   foreign_company: string
//   country: string
//   chinese_id: string
//   chinese_company: string
//   product: string
// example: {as_of: '2025-03-01'}
// ---
MATCH (f:ChinaAI:Company)-[r:PARTNERS_WITH]-(c:ChinaAI:Company)
WHERE c.country = 'CN' AND NOT f.country IN ['CN', 'HK', 'MO']
  AND (r.known_from IS NULL OR r.known_from <= $as_of)
  AND (r.valid_to IS NULL OR r.valid_to > $as_of)
  AND r.status <> 'denied' AND r.retired IS NULL AND coalesce(r.preferred, true)
RETURN f.id AS foreign_id, f.name AS foreign_company, f.country AS country,
       c.id AS chinese_id, c.name AS chinese_company, r.product AS product,
       r.fact_id AS fact_id, r.status AS status, r.since AS since, r.until AS until,
       r.announced AS announced, r.as_of AS seen, r.scope AS scope, r.conflict AS conflict,
       r.confidence AS confidence, r.sources AS sources
ORDER BY foreign_id, chinese_id, fact_id
