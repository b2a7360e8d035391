// ---
// title: Requirements of a service, with authority and legal basis
// title_zh: 某类服务的合规要求（主管机关与法律依据）
// question: What does a launch of this kind of service need from this kind of actor, as of a day?
// row: RequirementRow
// show: [requirement, status, instrument, article]
// params:
//   service: ServiceKind
//   actor: {choices: [fie, offshore, domestic], labels: [EntryActor], about: 'fie (foreign-invested company), offshore or domestic', default: fie}
// areas: [law]
// example: {service: phone-assistant, actor: fie, as_of: '2026-11-24'}
// ---
MATCH (o:ChinaAI:EntryPlan)-[s:INCLUDES]->(r:ChinaAI:Requirement)
WHERE {{stands(s)}} AND o.service = $service AND o.actor = $actor AND {{in_force(o)}}
WITH r, s, o ORDER BY o.rank
WITH r, s.step AS status, s.days_min AS days_min, s.days_typical AS days_typical, s.days_max AS days_max,
     s.measures AS measures, s.days_basis AS days_basis, collect(DISTINCT o.strategy) AS strategies,
     collect(s.bound_by) AS bound, count(*) AS plans
OPTIONAL MATCH (r)-[d:DECIDED_BY]->(a:ChinaAI:Authority) WHERE {{stands(d)}}
WITH r, status, days_min, days_typical, days_max, measures, days_basis, strategies, bound, plans, a, d ORDER BY r.id, d.order
WITH r, status, days_min, days_typical, days_max, measures, days_basis, strategies, bound, plans,
     head(collect(a.name)) AS authority
OPTIONAL MATCH (r)-[b:BASED_ON]->(l:ChinaAI)
WHERE {{in_force(b)}} AND (size(bound) < plans OR any(one IN bound WHERE l.id IN one))
OPTIONAL MATCH (l)-[p:PART_OF]->(i:ChinaAI:Instrument)
WHERE {{in_force(p)}}
RETURN r.id AS requirement_id, r.name AS requirement, r.name_zh AS requirement_zh, status, strategies,
       r.when AS applies_when, r.when_zh AS applies_when_zh, authority,
       coalesce(i.name, l.name) AS instrument, CASE WHEN i IS NULL THEN null ELSE l.art END AS article,
       b.says AS says, b.verified AS verified, r.known_from AS in_force, r.blocks_launch AS blocks_launch, days_min,
       days_typical, days_max, measures, days_basis,
       r.confidence AS confidence, coalesce(b.sources, []) + coalesce(r.sources, []) AS sources
ORDER BY requirement_id, status, days_min, days_max, b.order, instrument, article
