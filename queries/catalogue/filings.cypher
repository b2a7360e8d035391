// ---
// title: Filings of a company
// title_zh: 一家公司的备案与登记
// question: Which generative-AI services did this company and its subsidiaries file or register, as of a day?
// row: FilingRow
// show: [service, kind, listed]
// params:
//   company: Company
// areas: [registers]
// example: {company: Tesla, as_of: '2026-11-24'}
// ---
MATCH (top:ChinaAI {id: $company})
OPTIONAL MATCH (top)<-[s:SUBSIDIARY_OF]-(sub:ChinaAI:Company)
WHERE {{in_force(s)}}
WITH top, collect(sub.id) + [top.id] AS owners
UNWIND owners AS owner
MATCH (c:ChinaAI {id: owner})<-[o:SUBSIDIARY_OF]-(e:ChinaAI:LegalEntity)<-[b:FILED_BY]-(f:ChinaAI:Filing)
WHERE {{known_either(f)}}
  AND {{stands(b)}} AND {{in_force(o)}}
RETURN DISTINCT c.id AS company_id, c.name AS company, c.country AS country, e.name AS entity,
       {{filing(f)}},
       o.basis AS owner_basis, o.confidence AS confidence, f.sources + o.sources AS sources
ORDER BY listed, company_id, number
