// ---
// title: Companies that hold the evidence a partner needs
// title_zh: 具备合作方资质证据的企业
// question: Which Chinese companies were seen to hold what this partner step asks for, as of a day?
// row: PartnerEvidenceRow
// show: [company, evidence]
// params:
//   requirement: {about: 'partner step: r.modelpartner, r.licensee or r.map-partner', labels: [Requirement]}
// areas: [registers]
// example: {requirement: r.licensee, as_of: '2026-11-24'}
// ---
CALL () {
  MATCH (p:ChinaAI {id: $requirement})
  MATCH (f:ChinaAI:Filing)-[q:SATISFIES]->(m:ChinaAI:Requirement)
  WHERE m.id = p.partner_evidence AND {{stands(q)}} AND {{known_either(f)}}
  MATCH (f)-[b:FILED_BY]->(l:ChinaAI:LegalEntity) WHERE {{stands(b)}} AND l.owner_class = 'domestic'
  MATCH (l)-[o:SUBSIDIARY_OF]->(c:ChinaAI:Company)
  WHERE c.country = 'CN' AND {{in_force(o)}}
  MATCH (f)-[s:COVERS]->(v:ChinaAI:Service) WHERE {{stands(s)}}
  MATCH (v)-[t:REALISES]->(x:ChinaAI) WHERE {{stands(t)}}
  RETURN c.id AS company_id, c.name AS company, c.name_zh AS company_zh, m.id AS requirement,
         f.name + ', ' + f.kind_zh + ' ' + f.number + ' (' + x.name + ')' AS evidence, 'filing' AS kind,
         f.listed AS since, f.id AS fact_id, o.confidence AS confidence, f.sources + o.sources AS sources
  UNION
  MATCH (p:ChinaAI {id: $requirement})
  MATCH (x:ChinaAI:Case)-[q:SATISFIES]->(m:ChinaAI:Requirement)
  WHERE m.id = p.partner_evidence AND {{in_force(q)}}
    AND {{known(x)}}
  MATCH (c:ChinaAI:Company) WHERE c.id = q.holder
  RETURN c.id AS company_id, c.name AS company, c.name_zh AS company_zh, m.id AS requirement,
         q.says AS evidence, 'case' AS kind, CASE WHEN q.since IS NOT NULL THEN q.known_from END AS since,
         q.fact_id AS fact_id, q.confidence AS confidence, q.sources AS sources
}
RETURN company_id, company, company_zh, requirement, evidence, kind, since, fact_id, confidence, sources
ORDER BY company_id, since, fact_id
