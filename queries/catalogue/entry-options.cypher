// ---
// title: Market-entry options, fastest first
// title_zh: 市场准入方案（由快到慢）
// question: Which minimal sets of steps lead this kind of actor to the market with this service, as of a day?
// row: OptionRow
// params:
//   service: {type: entity, about: 'kind of service', labels: [ServiceKind]}
//   actor: {type: string, about: 'fie (foreign-invested company), offshore or domestic', default: fie}
//   without: {type: string, about: 'requirement that must not be used', required: false}
//   as_of: {type: date, about: 'day the answer is for', default: today}
// columns:
//   option_id: string
//   route_id: string
//   route: string
//   requirements: strings
//   size: integer
//   days_min: float
//   days_typical: float
//   days_max: float
//   open_ended: boolean
//   critical: strings
//   complete: boolean
//   confidence: float
//   sources: sources
// example: {service: phone-assistant, actor: fie, as_of: '2026-11-24'}
// ---
MATCH (o:ChinaAI:EntryOption)-[t:OPTION_OF]->(e:ChinaAI:EntryRoute)
WHERE t.retired IS NULL AND $service IN o.services AND o.actor = $actor AND o.retired IS NULL
  AND (o.known_from IS NULL OR o.known_from <= $as_of) AND (o.valid_to IS NULL OR o.valid_to > $as_of)
  AND ($without IS NULL OR NOT $without IN o.requirements)
OPTIONAL MATCH (o)-[s:INCLUDES]->(r:ChinaAI:Requirement) WHERE s.retired IS NULL
WITH o, e, r ORDER BY o.id, r.id
WITH o, e, min(CASE WHEN r IS NULL THEN null ELSE coalesce(r.confidence, 0.0) END) AS confidence,
     reduce(all = [], x IN collect(coalesce(r.sources, [])) | all + x) AS pages
RETURN o.id AS option_id, e.id AS route_id, e.name AS route, o.requirements AS requirements, o.size AS size,
       o.days_min AS days_min, o.days_typical AS days_typical, o.days_max AS days_max, o.open_ended AS open_ended,
       o.critical AS critical, o.complete AS complete, confidence, e.sources + pages AS sources
ORDER BY days_typical, o.effort, days_max, size, route_id, option_id
