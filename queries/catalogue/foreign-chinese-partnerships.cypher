// ---
// title: Partnerships between foreign and Chinese companies
// title_zh: 中外企业合作
// question: Which foreign companies work with which Chinese ones, as of a day?
// row: PairRow
// show: [foreign_company, chinese_company, when, status]
// params:
//   sector: {choices: [devices, cars, mobility, cloud, models, chips, robots, consumer-internet, retail, health, finance, software, telecom, media-games, education, public, industry, services], about: 'only where one of the two is in this sector', required: false}
// areas: [partnerships]
// example: {as_of: '2025-03-01'}
// ---
MATCH (f:ChinaAI:Company)-[r:PARTNERS_WITH]-(c:ChinaAI:Company)
WHERE c.country = 'CN' AND NOT f.country IN ['CN', 'HK', 'MO']
  AND {{in_force(r)}}
  AND ($sector IS NULL OR $sector IN coalesce(f.sectors, []) OR $sector IN coalesce(c.sectors, []))
RETURN f.id AS foreign_id, f.name AS foreign_company, f.country AS country,
       c.id AS chinese_id, c.name AS chinese_company, r.product AS product,
       {{evidence(r)}}
ORDER BY foreign_id, chinese_id, fact_id
