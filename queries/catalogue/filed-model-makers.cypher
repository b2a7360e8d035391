// ---
// title: Model makers with a filing, who could be a partner
// title_zh: 已完成备案、可作为合作方的模型企业
// question: Which Chinese companies hold a 备案 of a model of their own that a partner could call, as of a day?
// row: MakerRow
// show: [company, models]
// areas: [registers]
// example: {as_of: '2026-11-24'}
// ---
MATCH (f:ChinaAI:Filing)-[b:FILED_BY]->(e:ChinaAI:LegalEntity)-[o:SUBSIDIARY_OF]->(c:ChinaAI:Company)
WHERE f.kind = 'filing' AND e.owner_class = 'domestic' AND {{known_either(f)}}
  AND {{stands(b)}} AND {{in_force(o)}}
MATCH (f)-[v:COVERS]->(s:ChinaAI:Service)-[t:REALISES]->(m:ChinaAI)
WHERE {{stands(v, t)}}
WITH c, o, f, m ORDER BY f.listed, f.id, m.id, o.fact_id
WITH c, count(DISTINCT f) AS n, min(f.listed) AS first_listed, collect(DISTINCT m.name) AS models,
     max(o.confidence) AS confidence, collect(DISTINCT head(f.sources)) AS sources
RETURN c.id AS company_id, c.name AS company, c.name_zh AS company_zh, n, first_listed, models, confidence, sources
ORDER BY n DESC, company_id
