// ---
// title: Time to listing, from acceptance to notice
// title_zh: 从受理到公示的天数分布
// question: How many days passed between acceptance and listing, by kind, notice, province, year or owner?
// row: SpanRow
// params:
//   by: {type: string, about: 'kind, notice, province, year (of listing) or owner', default: kind}
//   kind: {type: string, about: 'filing (备案) or registration (登记); both where it is left out', required: false}
//   as_of: {type: date, about: 'day the answer is for', default: today}
// columns:
//   group: string
//   n: integer
//   shortest: integer
//   quartile1: float
//   median: float
//   quartile3: float
//   longest: integer
//   derived: boolean
//   confidence: float
//   sources: sources
// example: {by: kind, as_of: '2026-11-24'}
// ---
MATCH (f:ChinaAI:Filing)
WHERE f.days_to_listing IS NOT NULL AND f.retired IS NULL AND ($kind IS NULL OR f.kind = $kind)
  AND (f.known_from IS NULL OR f.known_from <= $as_of)
OPTIONAL MATCH (f)-[b:FILED_BY]->(e:ChinaAI:LegalEntity) WHERE b.retired IS NULL
WITH f, CASE $by WHEN 'kind' THEN f.kind WHEN 'notice' THEN f.period WHEN 'province' THEN f.province
       WHEN 'year' THEN toString(f.listed.year) WHEN 'owner' THEN coalesce(e.owner_class, 'not known') END AS group
WITH group, count(f) AS n, min(f.days_to_listing) AS shortest, percentileCont(f.days_to_listing, 0.25) AS quartile1,
     percentileCont(f.days_to_listing, 0.5) AS median, percentileCont(f.days_to_listing, 0.75) AS quartile3,
     max(f.days_to_listing) AS longest
WHERE group IS NOT NULL
RETURN group, n, shortest, quartile1, median, quartile3, longest, true AS derived, 0.6 AS confidence,
       ['cac-genai-register'] AS sources
ORDER BY group
