// ---
// title: A company's filings beside their notices
// title_zh: 某公司备案用时与同批中位数对比
// question: How long did this company's filings take, beside the median of the same kind in the same notice?
// row: BesideRow
// show: [service, accepted, listed, days]
// params:
//   company: Company
// example: {company: Apple, as_of: '2026-11-24'}
// ---
MATCH (:ChinaAI {id: $company})<-[o:SUBSIDIARY_OF]-(:ChinaAI:LegalEntity)<-[b:FILED_BY]-(f:ChinaAI:Filing)
WHERE {{known_either(f)}}
  AND {{stands(b)}} AND {{in_force(o)}}
MATCH (f)-[i:PUBLISHED_IN]->(p:ChinaAI:Notice)<-[j:PUBLISHED_IN]-(x:ChinaAI:Filing)
WHERE {{stands(i)}} AND {{stands(j)}} AND {{stands(x)}} AND x.kind = f.kind
WITH f, o, p, count(x) AS listed, count(x.days_to_listing) AS notice_n,
     percentileCont(x.days_to_listing, 0.5) AS notice_median
RETURN {{filing(f)}},
       p.name AS notice, notice_n, listed - notice_n AS notice_unknown, notice_median,
       CASE WHEN f.days_note IS NOT NULL THEN f.days_note
            WHEN notice_n < 5 THEN 'fewer than 5 waits in this notice' END AS note,
       o.confidence AS confidence, f.sources + o.sources AS sources
ORDER BY f.listed, number
