// ---
// title: Law ahead
// title_zh: 将生效的法规与征求意见稿
// question: Which law comes into force after this day, is drafted or reported, and which duties does it touch?
// row: LawAheadRow
// show: [day, says, instrument]
// params:
//   requirement: {labels: [Requirement], about: 'only what touches this duty', required: false}
// areas: [law]
// example: {as_of: '2026-11-24'}
// ---
MATCH (h:ChinaAI:LawAhead)
WHERE h.first_day IS NULL OR h.first_day > $as_of OR h.legal_status IN ['draft', 'planned', 'reported']
OPTIONAL MATCH (h)-[t:TOUCHES]->(r:ChinaAI:Requirement) WHERE {{stands(t)}}
WITH h, r ORDER BY h.id, r.id
WITH h, collect(r.id) AS duty_ids, collect(r.name) AS duties
WHERE $requirement IS NULL OR $requirement IN duty_ids
OPTIONAL MATCH (h)-[u:TOUCHES]->(i:ChinaAI:Instrument) WHERE {{stands(u)}}
RETURN h.id AS item_id, h.day AS day, h.day_means AS day_means, h.legal_status AS status, h.name AS says,
       h.name_zh AS says_zh, i.name AS instrument, duty_ids, duties, h.concerns AS concerns, h.concerns_zh AS concerns_zh,
       h.watch AS watch, coalesce(h.sources, []) AS sources
ORDER BY day IS NULL, day, item_id
