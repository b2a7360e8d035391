// ---
// title: Filed services of foreign-owned companies
// title_zh: 外资企业的生成式人工智能服务备案与登记
// question: Which generative-AI services of foreign-owned companies stand in the register, as of a day?
// row: FilingRow
// show: [company, service, kind]
// areas: [registers]
// example: {as_of: '2026-11-24'}
// ---
MATCH (f:ChinaAI:Filing)-[b:FILED_BY]->(e:ChinaAI:LegalEntity)-[o:SUBSIDIARY_OF]->(c:ChinaAI:Company)
WHERE e.owner_class = 'foreign' AND {{known_either(f)}}
  AND {{stands(b)}} AND {{in_force(o)}}
RETURN c.id AS company_id, c.name AS company, c.country AS country, e.name AS entity,
       {{filing(f)}},
       o.basis AS owner_basis, o.confidence AS confidence, f.sources + o.sources AS sources
ORDER BY listed, company_id, number
