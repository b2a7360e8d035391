// ---
// title: Requirements of a service, with authority and legal basis
// title_zh: 某类服务的合规要求（主管机关与法律依据）
// question: What does a launch of this kind of service need from this kind of actor, as of a day?
// row: RequirementRow
// params:
//   service: {type: entity, about: 'kind of service', labels: [ServiceKind]}
//   actor: {type: string, about: 'fie (foreign-invested company), offshore or domestic', default: fie}
//   as_of: {type: date, about: 'day the answer is for', default: today}
// columns:
//   requirement_id: string
//   requirement: string
//   requirement_zh: string
//   routes: strings
//   authority: string
//   instrument: string
//   article: string
//   says: string
//   verified: boolean
//   in_force: date
//   days_min: float
//   days_typical: float
//   days_max: float
//   days_basis: string
//   confidence: float
//   sources: sources
// example: {service: phone-assistant, actor: fie, as_of: '2026-11-24'}
// ---
MATCH (o:ChinaAI:EntryOption)-[s:INCLUDES]->(r:ChinaAI:Requirement)
WHERE s.retired IS NULL AND $service IN o.services AND o.actor = $actor AND o.retired IS NULL
  AND (o.known_from IS NULL OR o.known_from <= $as_of) AND (o.valid_to IS NULL OR o.valid_to > $as_of)
WITH r, s, o ORDER BY o.route
WITH r, s.days_min AS days_min, s.days_typical AS days_typical, s.days_max AS days_max, s.days_basis AS days_basis,
     collect(DISTINCT o.route) AS routes
OPTIONAL MATCH (r)-[d:DECIDED_BY]->(a:ChinaAI:Authority) WHERE d.retired IS NULL
WITH r, days_min, days_typical, days_max, days_basis, routes, a, d ORDER BY r.id, d.order
WITH r, days_min, days_typical, days_max, days_basis, routes, head(collect(a.name)) AS authority
OPTIONAL MATCH (r)-[b:BASED_ON]->(l:ChinaAI)
WHERE b.retired IS NULL AND (b.known_from IS NULL OR b.known_from <= $as_of)
  AND (b.valid_to IS NULL OR b.valid_to > $as_of)
OPTIONAL MATCH (l)-[p:PART_OF]->(i:ChinaAI:Instrument)
WHERE (p.known_from IS NULL OR p.known_from <= $as_of)
  AND (p.valid_to IS NULL OR p.valid_to > $as_of)
  AND p.status <> 'denied' AND p.retired IS NULL
RETURN r.id AS requirement_id, r.name AS requirement, r.name_zh AS requirement_zh, routes, authority,
       coalesce(i.name, l.name) AS instrument, CASE WHEN i IS NULL THEN null ELSE l.art END AS article,
       b.says AS says, b.verified AS verified, r.known_from AS in_force, days_min, days_typical,
       days_max, days_basis,
       r.confidence AS confidence, coalesce(b.sources, []) + coalesce(r.sources, []) AS sources
ORDER BY requirement_id, days_min, days_max, b.order, instrument, article
