// ---
// title: Market-entry plans of a kind of service, best first
// title_zh: 某类服务的市场准入方案（由优到次）
// question: By which strategies and gates can this kind of actor bring this kind of service to the market, as of a day?
// row: OptionRow
// show: [strategy, gate, days_p50, days_p90, closed_by]
// params:
//   service: ServiceKind
//   actor: {choices: [fie, offshore, domestic], labels: [EntryActor], about: 'fie (foreign-invested company), offshore or domestic', default: fie}
//   without: {labels: [Requirement], about: 'requirement that must not be due, as r.jv50', required: false}
// areas: [law]
// example: {service: phone-assistant, actor: fie, as_of: '2026-11-24'}
// ---
MATCH (o:ChinaAI:EntryPlan)-[t:PLAN_OF]->(e:ChinaAI:EntryStrategy)
WHERE {{stands(t)}} AND o.service = $service AND o.actor = $actor AND {{in_force(o)}}
  AND ($without IS NULL OR NOT $without IN coalesce(o.due, []))
OPTIONAL MATCH (o)-[s:INCLUDES]->(r:ChinaAI:Requirement) WHERE {{stands(s)}}
WITH o, e, r ORDER BY o.id, r.id
WITH o, e, min(CASE WHEN r IS NULL THEN null ELSE coalesce(r.confidence, 0.0) END) AS confidence,
     reduce(all = [], x IN collect(coalesce(r.sources, [])) | all + x) AS pages
RETURN o.id AS option_id, o.rank AS rank, e.id AS strategy_id, e.name AS strategy, o.gate AS gate,
       o.gate_tier AS gate_tier, o.gate_evidence AS gate_evidence, coalesce(o.due, []) AS due,
       coalesce(o.held, []) AS held, coalesce(o.depends, []) AS depends, coalesce(o.unknown, []) AS unknown,
       coalesce(o.closed_by, []) AS closed_by, coalesce(o.bars, []) AS bars, coalesce(o.untimed, []) AS untimed,
       o.days_p10 AS days_p10, o.days_p50 AS days_p50, o.days_p80 AS days_p80, o.days_p90 AS days_p90,
       confidence, coalesce(e.sources, []) + pages AS sources
ORDER BY size(closed_by) > 0, rank, option_id
