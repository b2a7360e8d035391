// ---
// title: A first market-entry plan, step by step
// title_zh: 首选市场准入方案（逐步）
// question: Which steps does the best plan of this kind of actor have for this kind of service, as of a day?
// row: StepRow
// show: [requirement, status, performer]
// params:
//   service: ServiceKind
//   actor: {choices: [fie, offshore, domestic], labels: [EntryActor], about: 'fie (foreign-invested company), offshore or domestic', default: fie}
//   option: {labels: [EntryPlan], about: 'id of a plan from entry-options; the first where it is left out', required: false}
// areas: [law]
// example: {service: phone-assistant, actor: fie, as_of: '2026-11-24'}
// ---
MATCH (o:ChinaAI:EntryPlan)-[t:PLAN_OF]->(e:ChinaAI:EntryStrategy)
WHERE {{stands(t)}} AND o.service = $service AND o.actor = $actor AND {{in_force(o)}} AND o.rank > 0
  AND ($option IS NULL OR o.id = $option)
WITH o, e ORDER BY o.rank, o.id LIMIT 1
MATCH (o)-[s:INCLUDES]->(r:ChinaAI:Requirement) WHERE {{stands(s)}}
OPTIONAL MATCH (w:ChinaAI {id: coalesce(s.way, '')})
OPTIONAL MATCH (r)-[d:DECIDED_BY]->(a:ChinaAI:Authority) WHERE {{stands(d)}}
WITH e, o, s, r, w, a, d ORDER BY r.id, d.order
WITH e, o, s, r, w, head(collect(a.name)) AS authority
OPTIONAL MATCH (r)-[b:BASED_ON]->(l:ChinaAI)
WHERE {{in_force(b)}} AND (s.bound_by IS NULL OR l.id IN s.bound_by)
OPTIONAL MATCH (l)-[p:PART_OF]->(i:ChinaAI:Instrument)
WHERE {{in_force(p)}}
WITH e, o, s, r, w, authority, b, l, i ORDER BY r.id, b.order
WITH e, o, s, r, w, authority, head(collect({instrument: coalesce(i.name, l.name), verified: b.verified,
       article: CASE WHEN i IS NULL THEN null ELSE l.art END, sources: coalesce(b.sources, [])})) AS basis
RETURN e.name AS strategy, o.gate AS gate, s.step AS status, s.level AS level, r.id AS requirement_id,
       r.name AS requirement, r.name_zh AS requirement_zh, w.name AS way, s.performer AS performer,
       r.blocks_launch AS blocks_launch, s.critical AS critical, authority, basis.instrument AS instrument,
       basis.article AS article, basis.verified AS verified, s.days_min AS days_min, s.days_typical AS days_typical,
       s.days_max AS days_max, s.measures AS measures, s.days_basis AS days_basis, s.days_n AS days_n,
       r.confidence AS confidence, coalesce(basis.sources, []) + coalesce(r.sources, []) AS sources
ORDER BY CASE status WHEN 'due' THEN 0 WHEN 'depends' THEN 1 ELSE 2 END, coalesce(level, 99), requirement_id
