// ---
// title: Companies that hold the evidence a partner needs
// title_zh: 具备合作方资质证据的企业
// question: Which Chinese companies were seen to hold what this partner step asks for, as of a day?
// row: PartnerEvidenceRow
// params:
//   requirement: {type: entity, about: 'partner step: r.modelpartner, r.licensee or r.map-partner', labels: [Requirement]}
//   as_of: {type: date, about: 'day the answer is for', default: today}
// columns:
//   company_id: string
//   company: string
//   company_zh: string
//   requirement: string
//   evidence: string
//   kind: string
//   since: date
//   fact_id: string
//   confidence: float
//   sources: sources
// example: {requirement: r.licensee, as_of: '2026-11-24'}
// ---
CALL () {
  MATCH (p:ChinaAI {id: $requirement})
  MATCH (f:ChinaAI:Filing)-[q:SATISFIES]->(m:ChinaAI:Requirement)
  WHERE m.id = p.partner_evidence AND q.retired IS NULL AND f.retired IS NULL
    AND (f.known_from IS NULL OR f.known_from <= $as_of)
  MATCH (f)-[b:FILED_BY]->(l:ChinaAI:LegalEntity) WHERE b.retired IS NULL AND l.owner_class = 'domestic'
  MATCH (l)-[o:SUBSIDIARY_OF]->(c:ChinaAI:Company)
  WHERE c.country = 'CN' AND (o.known_from IS NULL OR o.known_from <= $as_of)
    AND (o.valid_to IS NULL OR o.valid_to > $as_of) AND o.status <> 'denied' AND o.retired IS NULL
  MATCH (f)-[s:COVERS]->(v:ChinaAI:Service) WHERE s.retired IS NULL
  MATCH (v)-[t:REALISES]->(x:ChinaAI) WHERE t.retired IS NULL
  RETURN c.id AS company_id, c.name AS company, c.name_zh AS company_zh, m.id AS requirement,
         f.name + ', ' + f.kind_zh + ' ' + f.number + ' (' + x.name + ')' AS evidence, 'filing' AS kind,
         f.listed AS since, f.id AS fact_id, o.confidence AS confidence, f.sources + o.sources AS sources
  UNION
  MATCH (p:ChinaAI {id: $requirement})
  MATCH (x:ChinaAI:Case)-[q:SATISFIES]->(m:ChinaAI:Requirement)
  WHERE m.id = p.partner_evidence AND (q.known_from IS NULL OR q.known_from <= $as_of)
    AND (q.valid_to IS NULL OR q.valid_to > $as_of) AND q.status <> 'denied' AND q.retired IS NULL
    AND x.retired IS NULL AND (x.known_from IS NULL OR x.known_from <= $as_of)
  MATCH (c:ChinaAI:Company) WHERE c.id = q.holder
  RETURN c.id AS company_id, c.name AS company, c.name_zh AS company_zh, m.id AS requirement,
         q.says AS evidence, 'case' AS kind, q.known_from AS since, q.fact_id AS fact_id,
         q.confidence AS confidence, q.sources AS sources
}
RETURN company_id, company, company_zh, requirement, evidence, kind, since, fact_id, confidence, sources
ORDER BY company_id, since, fact_id
