// ---
// title: Market-entry options, fastest first
// title_zh: 市场准入方案（由快到慢）
// question: Which minimal sets of steps lead this kind of actor to the market with this service, as of a day?
// row: OptionRow
// params:
//   service: ServiceKind
//   actor: {choices: [fie, offshore, domestic], about: 'fie (foreign-invested company), offshore or domestic', default: fie}
//   without: {labels: [Requirement], about: 'requirement that must not be used, as r.jv50', required: false}
// example: {service: phone-assistant, actor: fie, as_of: '2026-11-24'}
// ---
MATCH (o:ChinaAI:EntryOption)-[t:OPTION_OF]->(e:ChinaAI:EntryRoute)
WHERE {{stands(t)}} AND $service IN o.services AND o.actor = $actor AND {{in_force(o)}}
  AND ($without IS NULL OR NOT $without IN o.requirements)
OPTIONAL MATCH (o)-[s:INCLUDES]->(r:ChinaAI:Requirement) WHERE {{stands(s)}}
WITH o, e, r ORDER BY o.id, r.id
WITH o, e, min(CASE WHEN r IS NULL THEN null ELSE coalesce(r.confidence, 0.0) END) AS confidence,
     reduce(all = [], x IN collect(coalesce(r.sources, [])) | all + x) AS pages
RETURN o.id AS option_id, e.id AS route_id, e.name AS route, o.requirements AS requirements, o.size AS size,
       o.days_min AS days_min, o.days_typical AS days_typical, o.days_max AS days_max, o.open_ended AS open_ended,
       o.critical AS critical, o.complete AS complete, confidence, e.sources + pages AS sources
ORDER BY days_typical, o.effort, days_max, size, route_id, option_id
