// ---
// title: Time to listing, from acceptance to notice
// title_zh: 从受理到公示的天数分布
// question: How many days passed between acceptance and listing, by kind, notice, province, year or owner?
// row: SpanRow
// show: [group, n, median, shortest, longest]
// params:
//   by: {choices: [kind, notice, province, year, owner], about: 'what the groups are; the year is that of the listing', default: kind}
//   kind: {choices: [filing, registration], about: 'filing (备案) or registration (登记); where it is left out, both for by=kind, else filing, as the two are never pooled', required: false}
// example: {by: kind, as_of: '2026-11-24'}
// ---
MATCH (f:ChinaAI:Filing)
WHERE {{known_either(f)}}
  AND (f.kind = $kind OR $kind IS NULL AND ($by = 'kind' OR f.kind = 'filing'))
OPTIONAL MATCH (f)-[b:FILED_BY]->(e:ChinaAI:LegalEntity) WHERE {{stands(b)}}
WITH f, CASE $by WHEN 'kind' THEN f.kind WHEN 'notice' THEN f.period WHEN 'province' THEN f.province
       WHEN 'year' THEN toString(f.listed.year) WHEN 'owner' THEN coalesce(e.owner_class, 'not known') END AS group
WITH group, f.kind AS kind, count(f) AS listed, count(f.days_to_listing) AS n, min(f.days_to_listing) AS shortest,
     percentileCont(f.days_to_listing, 0.25) AS quartile1, percentileCont(f.days_to_listing, 0.5) AS median,
     percentileCont(f.days_to_listing, 0.75) AS quartile3, max(f.days_to_listing) AS longest
WHERE group IS NOT NULL
WITH *, listed - n AS unknown
RETURN group, kind, n, unknown, shortest, quartile1, median, quartile3, longest,
       CASE WHEN n = 0 THEN 'no wait known: every number bears the day of listing or a later one'
            WHEN unknown > n THEN 'no wait known for ' + toString(unknown) + ' of ' + toString(listed)
                 + ': their numbers bear the day of listing or a later one; the ' + toString(n)
                 + ' others are not typical of them'
            WHEN n < 5 AND unknown > 0 THEN 'fewer than 5 waits: read them one by one; no wait known for '
                 + toString(unknown) + ' more'
            WHEN n < 5 THEN 'fewer than 5 waits: read them one by one'
            WHEN unknown > 0 THEN 'no wait known for ' + toString(unknown) + ' of ' + toString(listed) END AS note,
       n > 0 AS derived, 0.6 AS confidence, ['cac-genai-register'] AS sources
ORDER BY group, kind
